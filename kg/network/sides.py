"""Links of roll calls, made from the vote table in one pass: to the text voted on, and to the few on a side.

A side of a vote is all that answered the same; as a thing of the network it is named ``side:ES-11_6-no``.
There are tens of thousands of these links, so they stay columns; one becomes a ``Link`` when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.words import Option
from kg.network.links import Link
from kg.rdf import iris
from kg.rdf.terms import DERIVED, term
from kg.votes.table import CODES

TELLING = 0.15
"""A side of a vote is telling if at most this share of the votes cast is on it."""

_CAST: tuple[Option, ...] = ("yes", "no", "abstain")


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a vote that few were on."""

    row: int
    """Place of the roll call in the table."""
    option: Option
    """What they answered."""
    count: int
    """How many they were."""


class Sides:
    """The roll calls up to a day, and the telling sides of each.

    Links are numbered: first one for each roll call, to its text; then one for each vote on a telling side,
    from the state to the side; then one for each side, to its roll call.

    Args:
        snapshot: The graph.
        on: The last day; None takes all.
    """

    def __init__(self, snapshot: Snapshot, on: date | None = None) -> None:
        table = snapshot.votes
        if on is not None:
            table = table.where(table.rollcalls["date"] <= on)
        self._snapshot = snapshot
        self._states = table.states
        self._days: list[date] = table.rollcalls["date"].to_list()
        self._keys: list[str] = table.rollcalls["rollcall"].to_list()
        self._documents: list[str] = table.rollcalls["document"].to_list()
        answers = np.stack([table.matrix == CODES[option] for option in _CAST])
        counts = answers.sum(axis=2)
        telling = (counts > 1) & (counts <= TELLING * counts.sum(axis=0))
        options, rows = np.nonzero(telling)
        self.sides = [
            Side(row, _CAST[option], count)
            for row, option, count in zip(
                rows.tolist(), options.tolist(), counts[telling].tolist(), strict=True
            )
        ]
        self._read: dict[int, Link] = {}
        self._side_of, self._state_of = np.nonzero(answers[options, rows])

    @cached_property
    def voted(self) -> Mapping[str, date]:
        """Document to the day of the vote on it; of several votes, of the first by its key."""
        rows = sorted(range(len(self._keys)), key=self._keys.__getitem__, reverse=True)
        return {self._documents[row]: self._days[row] for row in rows}

    @cached_property
    def rollcalls(self) -> list[str]:
        """The roll calls as ``kind:key``, one for each row."""
        return [f"rollcall:{key}" for key in self._keys]

    @cached_property
    def documents(self) -> list[str]:
        """What each was on, as ``kind:key``."""
        return [f"document:{key}" for key in self._documents]

    @cached_property
    def states(self) -> list[str]:
        """The states as ``kind:key``, one for each column of the vote table."""
        return [f"state:{key}" for key in self._states]

    @cached_property
    def names(self) -> list[str]:
        """The sides as ``kind:key``."""
        return [f"side:{self._keys[side.row]}-{side.option}" for side in self.sides]

    def ends(self, index: Mapping[str, int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where the links begin and where they end, each by the number that the index gives its name."""
        rolls, documents, states, sides = (
            np.array([index.get(name, -1) for name in names], dtype=np.intp)
            for names in (self.rollcalls, self.documents, self.states, self.names)
        )
        rows = np.array([side.row for side in self.sides], dtype=np.intp)
        begins = np.concatenate([rolls, states[self._state_of], sides])
        return begins, np.concatenate([documents, sides[self._side_of], rolls[rows]])

    @property
    def nodes(self) -> set[str]:
        """The things that the links join."""
        voters = {self.states[i] for i in np.unique(self._state_of).tolist()}
        return voters.union(self.rollcalls, self.documents, self.names)

    @property
    def text_count(self) -> int:
        """How many of the links lead to a text; all others are of votes."""
        return len(self._keys)

    def link(self, number: int) -> Link:
        """A link with its evidence, read from the record of the roll call."""
        if number < len(self._keys):
            return self._evidence(number)
        number -= len(self._keys)
        if number < len(self._side_of):
            side = self._side_of[number]
            a, b = self.states[self._state_of[number]], self.names[side]
            label = "cast one of"
        else:
            side = number - len(self._side_of)
            a, b = self.names[side], self.rollcalls[self.sides[side].row]
            label = "side of"
        text = self._evidence(self.sides[side].row)
        return replace(text, a=a, b=b, kind="vote", label=label)

    def _evidence(self, row: int) -> Link:
        """The link from a roll call to its text, whose evidence all links of the roll call share."""
        if row not in self._read:
            store, iri = self._snapshot.store, iris.thing("rollcall", self._keys[row])
            note = things.values(store, iri, term("note"))
            self._read[row] = Link(
                a=self.rollcalls[row],
                b=self.documents[row],
                kind="text",
                label="vote on",
                record=iri,
                sources=tuple(
                    source.partition(":")[2] for source in things.values(store, iri, DERIVED)
                ),
                start=things.values(store, iri, term("date"))[0],
                start_day=self._days[row].isoformat(),
                event=True,
                unchecked="status:unchecked" in things.values(store, iri, term("status")),
                note=note[0] if note else "",
            )
        return self._read[row]

    def label(self, name: str) -> str:
        """What a side is called, such as ``the 7 no votes on A/RES/ES-11/6``."""
        side = self.sides[self._places[name]]
        document = iris.expand(self.documents[side.row])
        symbols = things.values(self._snapshot.store, document, term("symbol"))
        return f"the {side.count} {side.option} votes on {symbols[0] if symbols else ''}"

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}
