"""Turtle and N-Triples that are the same bytes for the same triples, on every machine.

Subjects, predicates and objects are sorted by what they are called in the file, prefixes are fixed
and only those in use are declared. Literals keep their datatype; what Turtle may abbreviate (whole
numbers) is abbreviated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

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
    yield from grouped(sorted(triples, key=subject_iri))


def grouped(triples: Iterable[Triple]) -> Iterator[str]:
    """The pieces of ``turtle`` for triples that come subject by subject, as a store gives them.

    Only the text is held in memory, never the triples.
    """
    yield from written(*pieces(triples))


def trig(record: Pieces, graphs: Mapping[str, Iterable[Triple]]) -> Iterator[str]:
    """The pieces of TriG: the default graph, then each named graph by its name; subject by subject each."""
    used, subjects = record
    named = []
    for graph in sorted(graphs):
        prefixes, inside = pieces(graphs[graph])
        used = used | prefixes | {_named(graph).partition(":")[0]}
        named.append((_named(graph), inside))
    yield from written(used, subjects)
    for short, inside in named:
        yield f"\n{short} {{\n"
        for _, text in sorted(inside):
            yield f"\n{text} .\n"
        yield "}\n"


Pieces = tuple[set[str], list[tuple[str, str]]]
"""The prefixes in use, and each subject with all that is said of it, in no order."""


def written(prefixes: set[str], pieces: list[tuple[str, str]]) -> Iterator[str]:
    """The pieces of a Turtle file, sorted."""
    for prefix in sorted(prefixes & iris.PREFIXES.keys()):
        yield f"@prefix {prefix}: <{iris.PREFIXES[prefix]}> .\n"
    for _, text in sorted(pieces):
        yield f"\n{text} .\n"


def pieces(triples: Iterable[Triple]) -> Pieces:
    """Triples that come subject by subject, as pieces of Turtle."""
    used: set[str] = set()
    subjects: list[tuple[str, str]] = []
    for subject, group in groupby(triples, key=subject_iri):
        pairs = {(_predicate(t.predicate.value), name(t.object)) for t in group}
        subjects.append(piece(_named(subject), pairs, used))
    return used, subjects


def pair(triple: Triple) -> tuple[str, str]:
    """Predicate and object of a triple as Turtle writes them."""
    return _predicate(triple.predicate.value), name(triple.object)


def piece(subject: str, pairs: set[tuple[str, str]], used: set[str]) -> tuple[str, str]:
    """A subject and all that is said of it.

    Args:
        subject: As Turtle writes it.
        pairs: Predicates and objects as Turtle writes them; an object may be a list of several.
        used: Prefixes in use; grows by those of the piece.
    """
    for p, o in pairs:
        used.add(p.partition(":")[0])
        used.add((_datatype(o) if o[0] == '"' else o).partition(":")[0])
    used.add(subject.partition(":")[0])
    return subject, _piece(subject, sorted(pairs))


def _piece(subject: str, pairs: list[tuple[str, str]]) -> str:
    out, last = [subject], ""
    for p, o in pairs:
        if p == last:
            out.append(f" ,\n        {o}")
        elif last:
            out.append(f" ;\n    {p} {o}")
        else:
            out.append(f" {p} {o}")
        last = p
    return "".join(out)


def subject_iri(triple: Triple) -> str:
    """The IRI of the subject; there are no blank nodes."""
    node = triple.subject
    if not isinstance(node, NamedNode):
        raise TypeError(f"{node!r} is neither an IRI nor a literal; the graph has no blank nodes")
    return node.value


def ntriples(triples: Iterable[Triple]) -> str:
    """The triples as N-Triples, each once, sorted by line."""
    return "".join(ntriples_lines(triples))


def ntriples_lines(triples: Iterable[Triple]) -> list[str]:
    """The lines of N-Triples, each once, sorted."""
    return sorted(set(map(line, triples)))


def nquads(quads: Iterable[Quad]) -> list[str]:
    """The lines of N-Quads, each once, sorted."""
    return sorted({line(quad.triple, _graph_name(quad)) for quad in quads})


def line(triple: Triple, graph: str = "") -> str:
    """A triple as a line of N-Triples, or of N-Quads where it is of a named graph."""
    end = f" {_angled(graph)} .\n" if graph else " .\n"
    return f"{_full(triple.subject)} {_full(triple.predicate)} {_full(triple.object)}{end}"


def _graph_name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name.value)


def name(term: object) -> str:
    """A term as Turtle writes it, shortened where a prefix of ours fits."""
    if isinstance(term, NamedNode):
        return _named(term.value)
    if isinstance(term, Literal):
        return _literal(term, short=True)
    raise TypeError(f"{term!r} is neither an IRI nor a literal; the graph has no blank nodes")


@lru_cache(maxsize=1 << 17)
def _named(iri: str) -> str:
    short = iris.shorten(iri)
    return short if short != iri else f"<{_iri(iri)}>"


@lru_cache(maxsize=1 << 10)
def _predicate(iri: str) -> str:
    return "a" if iri == _RDF_TYPE else _named(iri)


@lru_cache(maxsize=1 << 17)
def _angled(iri: str) -> str:
    return f"<{_iri(iri)}>"


def _full(term: object) -> str:
    if isinstance(term, NamedNode):
        return _angled(term.value)
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
