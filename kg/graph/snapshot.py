"""``Snapshot``: one published version of a graph, read-only. It says what is there and has no verbs.

Everything between the graph and the fronts takes a snapshot. It is a protocol: the graph folder makes one
(``kg.graph.version``), and what answers the same reads from elsewhere can make another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.calls import Phrase
from kg.model.names import Names
from kg.model.records import Source, Sourced
from kg.model.words import COVERAGE_START

if TYPE_CHECKING:
    import polars as pl

    from kg.votes.table import VoteTable

R = TypeVar("R", bound=Sourced)
Graph = NamedNode | DefaultGraph


class TripleStore(Protocol):
    """What is asked of a store by pattern, or by SPARQL of our own."""

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,  # noqa: A002  the engine's own word
        graph_name: Graph | None = None,
    ) -> Iterable[Quad]:
        """The quads that fit; None is anything."""
        ...

    def query(self, query: str) -> Any:
        """What SPARQL of our own finds in the record; what a user writes never comes here."""
        ...

    def named_graphs(self) -> Iterable[NamedNode | BlankNode]:
        """The graphs beside the record."""
        ...


class Snapshot(Protocol):
    """One version of a graph."""

    manifest: Mapping[str, Any]
    """Versions, counts, digests and licences of what is in it."""

    @property
    def store(self) -> TripleStore:
        """The triples, for patterns; a query of a user never comes here."""
        ...

    @property
    def names(self) -> Names:
        """Every name and code that means something in this graph."""
        ...

    @property
    def accounts(self) -> VoteTable:
        """The vote table with every source's account of each roll call."""
        ...

    @property
    def votes(self) -> VoteTable:
        """The vote table of the record: each roll call once."""
        ...

    @property
    def seats(self) -> Mapping[str, str]:
        """State to seat, of the seats that several states held one after the other."""
        ...

    @property
    def observations(self) -> pl.DataFrame:
        """The record counted; see ``kg.votes.counts.observations`` for its columns."""
        ...

    @property
    def repair(self) -> Phrase:
        """What to do where a part of it is damaged."""
        ...

    def records(self, record: type[R]) -> Iterator[R]:
        """Every record of a class of ``kg.model.records`` that the default graph holds, by key.

        Raises:
            KeyError: Records of that class have no thing of their own.
        """
        ...

    def record(self, kind: str, key: str) -> Sourced | None:
        """The record of one thing, such as ``rollcall`` and ``ES-11_6``; None where there is none."""
        ...

    def source(self, key: str) -> Source:
        """The work that a source key stands for.

        Raises:
            UnknownNameError: No source has that key.
        """
        ...

    def things(self) -> Iterator[Triple]:
        """The triples of the record that are neither votes nor observations, some perhaps twice."""
        ...

    def known(self, dataset: str) -> date:
        """The last day that a data set tells of.

        Raises:
            KeyError: There is no such data set.
        """
        ...


def coverage(snapshot: Snapshot, datasets: Iterable[str] = ()) -> tuple[date, date]:
    """The first and the last day that the record covers.

    Args:
        snapshot: The graph.
        datasets: Names of data sets that a question rests on, such as ``alliances``: the last day is then
            the earliest of their last days. With none, or none that this graph has, nobody knows what the
            question rests on, and the last day is the latest of all: what is later is surely not covered.
    """
    present = snapshot.manifest["datasets"]
    days = [snapshot.known(name) for name in datasets if name in present]
    if not days:
        return COVERAGE_START, max(map(snapshot.known, present))
    return COVERAGE_START, min(days)


CURATED = ("alliances", "officials", "roll_calls", "states", "statements")
"""The data sets of ``data/``, one folder each."""


def triples(snapshot: Snapshot, graph: str = "") -> Iterator[Triple]:
    """Every triple of the record, or of a graph beside it, subject by subject.

    Args:
        snapshot: The graph.
        graph: The IRI of a named graph, one of ``beside``; empty means the record.
    """
    name = NamedNode(graph) if graph else DefaultGraph()
    for quad in snapshot.store.quads_for_pattern(None, None, None, name):
        yield quad.triple


def quads(snapshot: Snapshot) -> Iterator[Quad]:
    """Every quad of the record and of the accounts beside it."""
    yield from snapshot.store.quads_for_pattern(None, None, None, None)


def beside(snapshot: Snapshot) -> tuple[str, ...]:
    """IRIs of the named graphs, in which sources keep their own accounts beside the record."""
    return tuple(sorted(name.value for name in snapshot.store.named_graphs()))
