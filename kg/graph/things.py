"""Things of the graph read back into Python, one class at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.snapshot import TripleStore
from kg.rdf import iris

_RECORD = DefaultGraph()
"""The default graph: what stands beside the record is asked for by name."""
_TYPE = NamedNode(iris.expand("rdf:type"))
_LABEL = iris.expand("rdfs:label")
_DERIVED = iris.expand("prov:wasDerivedFrom")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing and all that the graph says of it, as text: IRIs of ours as ``kind:key``."""

    iri: str
    facts: dict[str, tuple[str, ...]]
    """Property (bare name for ours) to its values, sorted."""

    @property
    def id(self) -> str:
        """``kind:key``."""
        return name(self.iri)

    @property
    def key(self) -> str:
        """The key alone."""
        return self.id.partition(":")[2]

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return self.one("label") or self.id

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources it was taken from."""
        return tuple(source.partition(":")[2] for source in self.facts.get("wasDerivedFrom", ()))

    @property
    def unchecked(self) -> bool:
        """Whether it was not compared with the primary record."""
        return self.one("status") == "status:unchecked"

    def one(self, prop: str) -> str:
        """The one value of a property, or empty."""
        return next(iter(self.facts.get(prop, ())), "")

    def all(self, prop: str) -> tuple[str, ...]:
        """All values of a property."""
        return self.facts.get(prop, ())

    def holds(self, on: date | None) -> bool:
        """Whether its interval certainly covers the day; always where no day is asked for."""
        if on is None:
            return True
        day, start, end = on.isoformat(), self.one("startDay"), self.one("endDay")
        return (not start or start <= day) and (not end or day < end)


def of(store: TripleStore, *classes: str) -> Iterator[Thing]:
    """Every thing of these classes of ours, by key."""
    names: set[str] = set()
    for cls in classes:
        kind = NamedNode(iris.term(cls))
        names |= {
            _iri(quad.subject) for quad in store.quads_for_pattern(None, _TYPE, kind, _RECORD)
        }
    for iri in sorted(names):
        yield get(store, iri)


def get(store: TripleStore, iri: str) -> Thing:
    """One thing by its IRI; without facts if the graph has none."""
    facts: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, _RECORD):
        prop = quad.predicate.value
        facts.setdefault(_bare(prop), []).append(_text(quad.object))
    return Thing(iri, {prop: tuple(sorted(values)) for prop, values in facts.items()})


def values(store: TripleStore, iri: str, predicate: NamedNode) -> tuple[str, ...]:
    """All values of one property of a thing, sorted, as ``Thing.all`` has them; the rest is not read."""
    quads = store.quads_for_pattern(NamedNode(iri), predicate, None, _RECORD)
    return tuple(sorted(_text(quad.object) for quad in quads))


def pairs(store: TripleStore, predicate: NamedNode) -> list[tuple[str, str]]:
    """What a property leads from and to, in order: things as ``kind:key``, literals as text."""
    quads = store.quads_for_pattern(None, predicate, None, _RECORD)
    return sorted((_text(quad.subject), _text(quad.object)) for quad in quads)


@lru_cache(maxsize=1 << 16)
def name(iri: str) -> str:
    """``kind:key`` for a thing of ours, the shortened IRI for any other."""
    return iris.shorten(iri)


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else name(_iri(term))


def _iri(term: object) -> str:
    if not isinstance(term, NamedNode):
        raise TypeError(f"{term} in a graph of IRIs and literals")
    return term.value


@lru_cache(maxsize=1024)
def _bare(prop: str) -> str:
    if prop == _LABEL:
        return "label"
    if prop == _DERIVED:
        return "wasDerivedFrom"
    return prop.removeprefix(iris.KG) if prop.startswith(iris.KG) else name(prop)
