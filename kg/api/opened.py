"""A graph folder, opened: what is there, and what answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import Quad, Triple

from kg.graph import folder
from kg.graph.snapshot import beside, coverage, quads, triples
from kg.graph.version import Version
from kg.model import dates
from kg.model.names import Names
from kg.model.records import Source
from kg.query.ask import Answerer
from kg.query.pool import Pool
from kg.query.worker import Worker

if TYPE_CHECKING:
    from kg.votes.table import VoteTable


class Opened:
    """A published graph, read-only, with what is in it as it stands.

    Args:
        root: The graph folder.
        workers: How many questions can be answered at the same time, each in a process of its own.
    """

    def __init__(self, root: Path | str, *, workers: int = 1) -> None:
        self.root = Path(root)
        self.snapshot = Version(self.root)
        """What is there: triples, names, votes, records; read-only and without verbs."""
        self._answerer: Answerer = _answerer(self.snapshot, workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that answer questions, if any was started."""
        self._answerer.close()

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Versions, counts, digests and licences of what is in the graph."""
        return self.snapshot.manifest

    @property
    def names(self) -> Names:
        """Every name and code that means something in this graph."""
        return self.snapshot.names

    @property
    def votes(self) -> VoteTable:
        """The vote table of the record: each roll call once."""
        return self.snapshot.votes

    @property
    def beside(self) -> tuple[str, ...]:
        """IRIs of the named graphs, in which sources keep their own accounts beside the record."""
        return beside(self.snapshot)

    def triples(self, graph: str = "") -> Iterator[Triple]:
        """Every triple of the record, or of a graph beside it, subject by subject.

        Args:
            graph: The IRI of a named graph, one of ``beside``; empty means the record.
        """
        return triples(self.snapshot, graph)

    def quads(self) -> Iterator[Quad]:
        """Every quad of the record and of the accounts beside it."""
        return quads(self.snapshot)

    def source(self, key: str) -> Source:
        """The work that a source key stands for.

        Args:
            key: The key of a source, such as ``union-state-treaty-1999``.

        Raises:
            UnknownNameError: No source has that key.
        """
        return self.snapshot.source(key)

    def covers(self, *datasets: str) -> tuple[date, date]:
        """The first and the last day that the facts reach.

        Args:
            *datasets: Names of data sets, as ``manifest["datasets"]`` has them, such as ``alliances``: the
                last day is the earliest of their last days. With none it is the latest of all.
        """
        return coverage(self.snapshot, datasets)


def given_day(on: date | str | None) -> date | None:
    """A day that was given as ``date`` or as ``YYYY-MM-DD``; None where none was.

    Raises:
        RecordError: It is no day.
    """
    return dates.day(on) if isinstance(on, str) else on


def _answerer(version: Version, workers: int) -> Answerer:
    remedy = folder.build_again(version.root)
    if workers == 1:
        return Worker(version.parts, remedy=remedy)
    return Pool(version.parts, workers, remedy=remedy)
