"""How alike two states vote, as functions over the vote table that SPARQL can call.

Votes on whole texts in the General Assembly that both states cast, yes, abstain or no, count; those of
which all that voted said the same are left out, since they tell no two states apart. A vote apart by one
step (an abstention beside a yes or a no) is half as far as yes from no.

Source:
    agreement: A. Lijphart, "The Analysis of Bloc Voting in the General Assembly", American Political
    Science Review 57(4), 1963; in the form of E. Voeten's DyadicAgreementScores. kappa: J. Cohen, weighted,
    1968; proposed for foreign policy by F. Häge, "Choice or Circumstance?", Political Analysis 19(3), 2011.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.model import Continuity
from kg.votes import CODES, NOT_A_MEMBER, UNKNOWN, VoteTable

_CAST = [CODES[option] for option in ("yes", "abstain", "no")]


@dataclass(slots=True)
class Pairs:
    """Measures of pairs of states.

    Args:
        table: The record.
        seats: State to the seat that it held, of seats that had several holders.
        continuity: Whose votes are taken as one state's.
    """

    table: VoteTable
    seats: Mapping[str, str]
    continuity: Continuity = "state"
    _years: NDArray[np.int32] = field(init=False)
    _matrix: NDArray[np.int8] = field(init=False)
    _columns: dict[str, NDArray[np.int8]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        frame = self.table.rollcalls
        rows = ((frame["question"] == "whole-text") & (frame["organ"] == "UNGA")).to_numpy()
        matrix = self.table.matrix[rows]
        cast = np.isin(matrix, _CAST)
        lowest = np.where(cast, matrix, 9).min(axis=1, initial=9)
        highest = np.where(cast, matrix, 0).max(axis=1, initial=0)
        told_apart = lowest < highest
        self._matrix = matrix[told_apart]
        self._years = frame["date"].dt.year().to_numpy()[rows][told_apart]

    def column(self, state: str) -> NDArray[np.int8] | None:
        """What a state, or the holders of its seat, did in each roll call; None of one that never voted."""
        if state not in self._columns:
            states = [state]
            if self.continuity == "seat" and state in self.seats:
                states = [other for other, seat in self.seats.items() if seat == self.seats[state]]
            found = [
                self._matrix[:, self.table.states.index(s)]
                for s in states
                if s in self.table.states
            ]
            if not found:
                return None
            whole = found[0]
            for other in found[1:]:
                whole = np.where(np.isin(whole, [UNKNOWN, NOT_A_MEMBER]), other, whole)
            self._columns[state] = whole
        return self._columns[state]

    def both(
        self, a: str, b: str, start: int, end: int
    ) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """The votes of two states, of those roll calls that both cast one in, in the years start to end."""
        mine, theirs = self.column(a), self.column(b)
        if mine is None or theirs is None:
            return np.empty(0, np.int8), np.empty(0, np.int8)
        taken = (self._years >= start) & (self._years <= end)
        taken &= np.isin(mine, _CAST) & np.isin(theirs, _CAST)
        return mine[taken], theirs[taken]

    def agreement(self, a: str, b: str, start: int, end: int) -> float | None:
        """Mean of 1 less half the distance of the two votes, 0 to 1; None without a common vote."""
        mine, theirs = self.both(a, b, start, end)
        return _exact(1 - float(np.abs(mine - theirs).mean()) / 2) if len(mine) else None

    def kappa(self, a: str, b: str, start: int, end: int) -> float | None:
        """Agreement beyond what the two states' own shares of votes make likely, at most 1.

        None without a common vote, or where both always voted the same one way.
        """
        mine, theirs = self.both(a, b, start, end)
        if not len(mine):
            return None
        observed = float(np.abs(mine - theirs).mean())
        shares = [np.bincount(votes, minlength=4)[1:4] / len(votes) for votes in (mine, theirs)]
        steps = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
        expected = float(shares[0] @ steps @ shares[1])
        return _exact(1 - observed / expected) if expected else None

    def common(self, a: str, b: str, start: int, end: int) -> int:
        """In how many roll calls both cast a vote."""
        return len(self.both(a, b, start, end)[0])

    def same(self, a: str, b: str, start: int, end: int) -> int:
        """In how many of them both cast the same."""
        mine, theirs = self.both(a, b, start, end)
        return int((mine == theirs).sum())


def _exact(value: float) -> float:
    """The value without the noise of its last bits, so that it is the same on every machine."""
    return round(value, 9) + 0.0
