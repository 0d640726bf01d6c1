"""JSON-LD in the words of ``ontology/context.jsonld``, the same bytes for the same triples."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.rdf import iris

_STRING = iris.expand("xsd:string")
_INTEGER = iris.expand("xsd:integer")
_EXACT = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
"""Whole numbers that a JSON number, which may be read as a double, says exactly."""


def document(triples: Iterable[Triple]) -> str:
    """The triples as one JSON-LD document, its things sorted by IRI, its context within."""
    context = Context()
    things: dict[str, dict[str, set[str]]] = {}
    for triple in triples:
        node, word, value = context.fact(triple)
        things.setdefault(node, {}).setdefault(word, set()).add(value)
    nodes = [context.thing(node, facts) for node, facts in sorted(things.items())]
    return "".join([context.head, ",\n".join(nodes), FOOT])


FOOT = "\n]}\n"
"""What ends a document."""


class Context:
    """The words of ``ontology/context.jsonld``, and how a document says things in them."""

    def __init__(self) -> None:
        path = resources.ontology() / "context.jsonld"
        context = json.loads(path.read_text(encoding="utf-8"))["@context"]
        shown = json.dumps(context, ensure_ascii=False, indent=1)
        self.head = f'{{"@context": {shown},\n"@graph": [\n'
        """What begins a document; its things follow, a comma between two."""
        self._words = _Words(context)

    def fact(self, triple: Triple) -> tuple[str, str, str]:
        """The ``@id`` of the subject, the word of the property, and the value as JSON."""
        return self.node(triple.subject), *self.say(triple.predicate.value, triple.object)

    def node(self, term: object) -> str:
        """The ``@id`` of a thing."""
        return self._words.node(term)

    def say(self, prop: str, term: object) -> tuple[str, str]:
        """The word of a property, and a value of it as JSON."""
        word, value = self._words.say(prop, term)
        return word, json.dumps(value, ensure_ascii=False, sort_keys=True)

    def thing(self, node: str, facts: Mapping[str, Collection[str]]) -> str:
        """All that is said of a thing as JSON: each word with its values, in order."""
        said = [f'"@id": {json.dumps(node, ensure_ascii=False)}']
        said += [self.property(word, sorted(facts[word])) for word in sorted(facts)]
        return f"{{{', '.join(said)}}}"

    def property(self, word: str, values: Sequence[str]) -> str:
        """A word with its values, which are JSON and in order."""
        is_list = len(values) > 1 or word in self._words.sets
        shown = f"[{', '.join(values)}]" if is_list else values[0]
        return f"{json.dumps(word, ensure_ascii=False)}: {shown}"


class _Words:
    """Which word of the context says a property with an object of that kind."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._prefixes = {
            word: to for word, to in context.items() if isinstance(to, str) and to[-1] in "/#"
        }
        self.sets: set[str] = set()
        self._plain: dict[str, str] = {}
        self._typed: dict[tuple[str, str], str] = {}
        self._keyed: dict[str, list[tuple[str, str]]] = {}
        self._things: dict[str, str] = {}
        for word, to in context.items():
            if word.startswith("@") or word in self._prefixes:
                continue
            if isinstance(to, str):
                self._plain[self._expand(to)] = word
            else:
                self._define(word, to)

    def _define(self, word: str, to: dict[str, Any]) -> None:
        iri, kind = self._expand(to["@id"]), to.get("@type", "")
        if to.get("@container") == "@set":
            self.sets.add(word)
        if kind == "@vocab" and "@vocab" in to.get("@context", {}):
            self._keyed.setdefault(iri, []).append((to["@context"]["@vocab"], word))
        elif kind in ("@id", "@vocab"):
            self._things[iri] = word
        elif kind:
            self._typed[iri, self._expand(kind)] = word
        elif "@language" not in to:
            self._plain[iri] = word

    def say(self, prop: str, term: object) -> tuple[str, Any]:
        """The word and the value."""
        if prop == iris.expand("rdf:type"):
            iri = _iri(term)
            return "@type", self._plain.get(iri, self._short(iri))
        if isinstance(term, Literal):
            return self._say_literal(prop, term)
        iri = _iri(term)
        for base, word in self._keyed.get(prop, ()):
            key = iri.removeprefix(base)
            if key != iri and ":" not in key:
                return word, key
        if prop in self._things:
            return self._things[prop], self._short(iri)
        return self._short(prop), {"@id": self._short(iri)}

    def _say_literal(self, prop: str, term: Literal) -> tuple[str, Any]:
        kind = term.datatype.value
        if term.language:
            return self._short(prop), {"@language": term.language, "@value": term.value}
        if word := self._typed.get((prop, kind)):
            is_exact = kind == _INTEGER and _EXACT.fullmatch(term.value)
            return word, int(term.value) if is_exact else term.value
        if kind == _STRING:
            return self._plain.get(prop) or self._short(prop), term.value
        return self._short(prop), {"@type": self._short(kind), "@value": term.value}

    def node(self, term: object) -> str:
        """The subject's ``@id``."""
        return self._short(_iri(term))

    def _short(self, iri: str) -> str:
        for prefix, base in self._prefixes.items():
            rest = iri.removeprefix(base)
            if rest != iri and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri

    def _expand(self, word: str) -> str:
        prefix, _, rest = word.partition(":")
        return self._prefixes[prefix] + rest if prefix in self._prefixes else word


def _iri(term: object) -> str:
    if not isinstance(term, NamedNode):
        raise TypeError(f"{term!r} is neither an IRI nor a literal; the graph has no blank nodes")
    return term.value
