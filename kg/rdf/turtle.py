"""Turtle and N-Triples that are the same bytes for the same triples, on every machine.

Subjects, predicates and objects are sorted by what they are called in the file, prefixes are fixed
and only those in use are declared. Literals keep their datatype; what Turtle may abbreviate (whole
numbers) is abbreviated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf import iris

_RDF_TYPE = iris.expand("rdf:type")
_STRING = iris.expand("xsd:string")
_INTEGER = iris.expand("xsd:integer")
_CANONICAL = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
_TEXT_ESCAPE = re.compile(
    '[\x00-\x1f\x7f-\x9f\\\\"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]'
)
_SHORT_ESCAPE = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"'}


def turtle(triples: Iterable[Triple]) -> str:
    """The triples as Turtle, each once, sorted."""
    return "".join(lines(triples))


def lines(triples: Iterable[Triple]) -> Iterator[str]:
    """The pieces of ``turtle``, one subject each after the prefixes."""
    found = sorted({(name(t.subject), _predicate(t.predicate), name(t.object)) for t in triples})
    used = {word.partition(":")[0] for row in found for word in row if _is_short(word)}
    used |= {_datatype(row[2]).partition(":")[0] for row in found if row[2].startswith('"')}
    for prefix in sorted(used & iris.PREFIXES.keys()):
        yield f"@prefix {prefix}: <{iris.PREFIXES[prefix]}> .\n"
    subject = predicate = ""
    piece: list[str] = []
    for s, p, o in found:
        if s != subject:
            if piece:
                yield "".join([*piece, " .\n"])
            piece, subject = [f"\n{s} {p} {o}"], s
        elif p != predicate:
            piece.append(f" ;\n    {p} {o}")
        else:
            piece.append(f" ,\n        {o}")
        predicate = p
    if piece:
        yield "".join([*piece, " .\n"])


def ntriples(triples: Iterable[Triple]) -> str:
    """The triples as N-Triples, each once, sorted by line."""
    return "".join(
        sorted({f"{_full(t.subject)} {_full(t.predicate)} {_full(t.object)} .\n" for t in triples})
    )


def name(term: object) -> str:
    """A term as Turtle writes it, shortened where a prefix of ours fits."""
    if isinstance(term, NamedNode):
        short = iris.shorten(term.value)
        return short if short != term.value else f"<{_iri(term.value)}>"
    if isinstance(term, Literal):
        return _literal(term, short=True)
    raise TypeError(f"{term!r} is neither an IRI nor a literal; the graph has no blank nodes")


def _predicate(term: NamedNode) -> str:
    return "a" if term.value == _RDF_TYPE else name(term)


def _full(term: object) -> str:
    if isinstance(term, NamedNode):
        return f"<{_iri(term.value)}>"
    if isinstance(term, Literal):
        return _literal(term, short=False)
    raise TypeError(f"{term!r} is neither an IRI nor a literal; the graph has no blank nodes")


def _literal(term: Literal, *, short: bool) -> str:
    kind = term.datatype.value
    if short and kind == _INTEGER and _CANONICAL.fullmatch(term.value):
        return term.value
    text = f'"{_TEXT_ESCAPE.sub(_escape, term.value)}"'
    if term.language:
        return f"{text}@{term.language}"
    if kind == _STRING:
        return text
    return f"{text}^^{name(term.datatype) if short else _full(term.datatype)}"


def _datatype(literal: str) -> str:
    return literal[literal.rindex('"') + 1 :].removeprefix("^^")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT_ESCAPE.get(char) or f"\\u{ord(char):04X}"


def _iri(text: str) -> str:
    return re.sub(r'[\x00-\x20<>"{}|^`\\]', lambda m: f"\\u{ord(m[0]):04X}", text)


def _is_short(word: str) -> bool:
    return not word.startswith(("<", '"')) and ":" in word
