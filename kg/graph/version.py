"""The version of a graph folder that answers, opened read-only: a ``Snapshot`` of files on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import Store, Triple

from kg.calls import Call, Phrase
from kg.errors import GraphError, RecordError, UnknownNameError
from kg.graph import folder, reading
from kg.graph.parts import Parts
from kg.model.names import Names
from kg.model.records import Source, Sourced

if TYPE_CHECKING:
    import polars as pl

    from kg.votes.table import VoteTable

R = TypeVar("R", bound=Sourced)
T = TypeVar("T")


class Version:
    """One published version of a graph folder.

    Args:
        root: The graph folder.
        version: The folder of a version in it; None means the one that answers.

    Raises:
        GraphError: Nothing was published there, or it is damaged or of another layout.
    """

    def __init__(self, root: Path, version: Path | None = None) -> None:
        self.root = root
        self.manifest: Mapping[str, Any] = folder.manifest(root, version)
        self.parts = Parts(version or folder.current(root))

    @property
    def repair(self) -> Phrase:
        """What to do where a part of it is damaged."""
        return folder.build_again(self.root)

    @cached_property
    def store(self) -> Store:
        """The triples, for patterns; a query of a user never comes here."""
        return self._undamaged(self.parts.open_store)

    @cached_property
    def names(self) -> Names:
        """Every name and code that means something in this graph."""
        return self._undamaged(self.parts.read_names)

    @cached_property
    def accounts(self) -> VoteTable:
        """The vote table with every source's account of each roll call."""
        return self._undamaged(self.parts.read_votes)

    @cached_property
    def votes(self) -> VoteTable:
        """The vote table of the record: each roll call once."""
        return self.accounts.record

    @cached_property
    def seats(self) -> dict[str, str]:
        """State to seat, of the seats that several states held one after the other."""
        return self._undamaged(self.parts.read_seats)

    @cached_property
    def observations(self) -> pl.DataFrame:
        """The record counted; see ``kg.votes.counts.observations`` for its columns."""
        return self._undamaged(self.parts.read_observations)

    def things(self) -> Iterator[Triple]:
        """The triples of the record that are neither votes nor observations, some perhaps twice."""
        return self._undamaged(self.parts.read_things)

    def records(self, record: type[R]) -> Iterator[R]:
        """Every record of a class of ``kg.model.records`` that the default graph holds, by key."""
        return reading.records(self.store, record)

    def record(self, kind: str, key: str) -> Sourced | None:
        """The record of one thing, such as ``rollcall`` and ``ES-11_6``; None where there is none."""
        return reading.record(self.store, kind, key)

    def source(self, key: str) -> Source:
        """The work that a source key stands for.

        Raises:
            UnknownNameError: No source has that key.
        """
        try:
            work = reading.source(self.store, key)
        except RecordError:
            work = None
        if work is None:
            raise UnknownNameError(
                key, "is no known source", remedy=(Call("query", ("sources",)), " lists them")
            )
        return work

    def known(self, dataset: str) -> date:
        """The last day that a data set tells of; of ``roll_calls``, the record and files of votes included.

        Raises:
            KeyError: There is no such data set.
        """
        datasets = self.manifest["datasets"]
        names = {dataset}
        if dataset == "roll_calls":
            names |= {file["source"] for file in self.manifest["given"] if file["roll_calls"]}
            names |= {name for name, held in datasets.items() if held.get("roll_calls")}
        return max(date.fromisoformat(datasets[name]["known"]) for name in names)

    def _undamaged(self, read: Callable[[], T]) -> T:
        """What a part holds; an error about damage gets the way to mend it."""
        try:
            return read()
        except GraphError as error:
            raise GraphError(error.problem, remedy=self.repair) from error
