"""Measures of two states in some years, for whoever asks for many of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kg.model.words import Continuity
from kg.votes import kernel, measures
from kg.votes.ballots import Selection, choose
from kg.votes.methods import FUNCTIONS
from kg.votes.table import VoteTable


class Pairs:
    """Measures of pairs of states in some years.

    Args:
        table: The record.
        seats: State to the seat that it held, of seats that had several holders.
        continuity: Whose votes are taken as one state's.
    """

    def __init__(
        self, table: VoteTable, seats: Mapping[str, str], continuity: Continuity = "state"
    ) -> None:
        self._seats = seats if continuity == "seat" else {}
        self._ballots = choose(table, seats, Selection(continuity=continuity))
        self._years = self._ballots.years
        self._holders = {self._seats[s]: s for s in self._ballots.states if s in self._seats}
        self._columns: dict[str, NDArray[np.int8]] = {}

    def _column(self, state: str) -> NDArray[np.int8]:
        if state not in self._columns:
            holder = self._holders.get(self._seats.get(state, ""), state)
            self._columns[state] = self._ballots.column(holder)
        return self._columns[state]

    def measure(self, name: str, a: str, b: str, start: int, end: int) -> float | int | None:
        """A function of two states in the years start to end; None where it is not defined.

        Args:
            name: One of ``FUNCTIONS`` or of ``COUNTS`` of ``kg.votes.methods``.
            a: Key of a state.
            b: Of another.
            start: First year.
            end: Last year.
        """
        first, last = self._years.searchsorted([start, end + 1])
        mine, theirs = (self._column(state)[first:last] for state in (a, b))
        table = kernel.table_of(mine, theirs)
        if name == "commonVotes":
            return int(table.sum())
        if name == "sameVotes":
            return int(table.trace())
        return measures.rounded(measures.value(FUNCTIONS[name], table))
