"""What the record says of states, organisations and texts, as measures name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.snapshot import Snapshot
from kg.rdf import iris
from kg.votes.ballots import Ballots

if TYPE_CHECKING:
    pass


def of(snapshot: Snapshot, prop: str, about: NamedNode | None = None) -> Iterator[tuple[str, str]]:
    """Key of a thing and what the record says of it, for each that has the property."""
    name = NamedNode(iris.expand(prop) if ":" in prop else iris.term(prop))
    for quad in snapshot.store.quads_for_pattern(about, name, None, DefaultGraph()):
        subject, said = (str(getattr(term, "value", "")) for term in (quad.subject, quad.object))
        yield _key(subject), _key(said) if isinstance(quad.object, NamedNode) else said


def _key(iri: str) -> str:
    return iris.shorten(iri).partition(":")[2]


def labels(snapshot: Snapshot, keys: Iterable[str], kind: str = "state") -> dict[str, str]:
    """What states, or things of another kind, are called."""
    return {key: _one(snapshot, kind, key, "rdfs:label") or key for key in keys}


def called(snapshot: Snapshot, kind: str, key: str) -> str:
    """The short name of a thing, where it has one, else its label."""
    return _one(snapshot, kind, key, "shortName") or labels(snapshot, [key], kind)[key]


def _one(snapshot: Snapshot, kind: str, key: str, prop: str) -> str:
    return next((said for _, said in of(snapshot, prop, NamedNode(iris.thing(kind, key)))), "")


def texts(
    snapshot: Snapshot, ballots: Ballots, rows: Iterable[int]
) -> list[tuple[date, str, str, str]]:
    """Day, roll call, symbol and title of some of the roll calls."""
    found = []
    for i in rows:
        rollcall, document, day, _ = ballots.rollcalls.row(i)
        said = (_one(snapshot, "document", document, prop) for prop in ("symbol", "title"))
        found.append((day, rollcall, *said))
    return found
