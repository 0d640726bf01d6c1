"""What the record says of states, organisations and texts, as measures name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.snapshot import Snapshot
from kg.rdf import iris, terms
from kg.votes.ballots import Ballots


@dataclass(frozen=True, slots=True)
class Heading:
    """A roll call as a row of a table begins."""

    day: date
    rollcall: str
    symbol: str
    """Of the text that was voted on; empty where it has none."""
    title: str

    @property
    def cells(self) -> tuple[date, str, str, str]:
        """The four in order."""
        return self.day, self.rollcall, self.symbol, self.title


_RECORD = DefaultGraph()
HEADING = ("date", "rollcall", "symbol", "title")
"""The columns of a heading."""


def values(
    snapshot: Snapshot,
    prop: str,
    about: NamedNode | None = None,
    graph: NamedNode | DefaultGraph = _RECORD,
) -> Iterator[tuple[str, str]]:
    """Key of a thing and what the record, or a graph beside it, says, for each that has the property."""
    for quad in snapshot.store.quads_for_pattern(about, terms.term(prop), None, graph):
        subject, value = (str(getattr(term, "value", "")) for term in (quad.subject, quad.object))
        yield _key(subject), _key(value) if isinstance(quad.object, NamedNode) else value


def _key(iri: str) -> str:
    return iris.shorten(iri).partition(":")[2]


def labels(snapshot: Snapshot, keys: Iterable[str], kind: str = "state") -> dict[str, str]:
    """What states, or things of another kind, are called."""
    return {key: _one(snapshot, kind, key, "rdfs:label") or key for key in keys}


def short(snapshot: Snapshot, kind: str, key: str) -> str:
    """The short name of a thing, where it has one, else its label."""
    return _one(snapshot, kind, key, "shortName") or labels(snapshot, [key], kind)[key]


def _one(snapshot: Snapshot, kind: str, key: str, prop: str) -> str:
    return next((value for _, value in values(snapshot, prop, terms.thing(kind, key))), "")


def headings(snapshot: Snapshot, ballots: Ballots, rows: Iterable[int]) -> list[Heading]:
    """Day, roll call, symbol and title of some of the roll calls."""
    found = []
    for i in rows:
        rollcall, document, day, _ = ballots.rollcalls.row(i)
        symbol, title = (_one(snapshot, "document", document, p) for p in ("symbol", "title"))
        found.append(Heading(day, rollcall, symbol, title))
    return found


def listed(names: list[str], most: int = 8) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
