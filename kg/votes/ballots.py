"""Which votes a measure is made of: roll calls of a period, and what each state did in them.

Votes on whole texts in the General Assembly count, as in the literature; paragraphs and amendments do not,
since a no to an amendment can mean support of the text. A roll call in which all that voted said the same
tells no two states apart and is left out, unless a selection asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.model.dates import Interval
from kg.model.words import ASSEMBLY, Absence, Continuity, Unanimity
from kg.votes.table import CODES, VoteTable

CONTESTED = 0.1
"""A roll call is contested where at least this share of the votes were not as most were."""

YES, ABSTAIN, NO, ABSENT = range(4)
WORDS = ("yes", "abstain", "no", "absent")
"""What an answer is called."""
CAST = (YES, ABSTAIN, NO)
"""The answers that are votes."""
OUT = -1
"""The state was no member, or what it did is not known."""
_ANSWERS = {CODES["yes"]: YES, CODES["abstain"]: ABSTAIN, CODES["no"]: NO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which roll calls count, and as whose votes.

    Which roll calls and states count depends on the votes that were cast, whatever an absence counts as.
    """

    start: date | None = None
    """First day; None means from the first roll call on."""
    end: date | None = None
    """Last day, included; None means up to the last roll call."""
    documents: Collection[str] | None = None
    """Only votes on these documents; None means on any."""
    contested: bool = False
    """Leave out roll calls in which nine of ten votes were the same."""
    unanimous: Unanimity = "without"
    """What becomes of roll calls in which all that voted said the same."""
    absent: Absence = "skip"
    """What an absence counts as."""
    continuity: Continuity = "state"
    """``seat`` gives the last holder of a seat the votes of those that held it before."""


EVERY = Selection()
"""All roll calls that tell two states apart."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """What each state did in each roll call that counts."""

    rollcalls: pl.DataFrame
    """One row for each: rollcall, document, date and source, in the order of the dates."""
    states: tuple[str, ...]
    """Keys of the states that took part in any of them."""
    answers: NDArray[np.int8]
    """Shape [roll call, state]; ``YES``, ``ABSTAIN``, ``NO``, ``ABSENT`` or ``OUT``."""
    absent: Absence = "skip"
    """How absences were treated; ``ABSENT`` occurs with ``own`` alone."""

    @property
    def kinds(self) -> int:
        """How many different answers there are."""
        return 4 if self.absent == "own" else 3

    def column(self, state: str) -> NDArray[np.int8]:
        """What a state did in each roll call; ``OUT`` throughout for one that took part in none."""
        if state not in self.states:
            return np.full(len(self.answers), OUT, np.int8)
        return self.answers[:, self.states.index(state)]

    def where(self, rows: NDArray[np.bool_]) -> Ballots:
        """The roll calls for which a column of truth values is true, and all states."""
        rollcalls = self.rollcalls.filter(pl.Series(rows))
        return Ballots(rollcalls, self.states, self.answers[rows], self.absent)

    def of_states(self, states: Sequence[str]) -> Ballots:
        """All roll calls, and what some of the states did in them."""
        columns = [self.states.index(state) for state in states]
        return Ballots(self.rollcalls, tuple(states), self.answers[:, columns], self.absent)

    @property
    def years(self) -> NDArray[np.int32]:
        """The year of each roll call."""
        return self.rollcalls["date"].dt.year().to_numpy()


def periods(years: NDArray[np.int32]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each year and which roll calls are of it, then ``whole`` and all of them."""
    for year in np.unique(years).tolist():
        yield str(year), years == year
    yield "whole", np.ones(len(years), dtype=bool)


def choose(
    table: VoteTable,
    seats: Mapping[str, str],
    selection: Selection = EVERY,
    seated: Mapping[str, Sequence[Interval]] | None = None,
) -> Ballots:
    """The roll calls that count, and what each state did in them.

    Args:
        table: The record.
        seats: State to the seat that it held, of seats that had several holders.
        selection: Which roll calls count.
        seated: State to the times at which it held a seat in the Assembly: only then can it be absent.
            None takes the record's word.
    """
    taken = table.where(_of_period(table.rollcalls, selection))
    answers = np.full(taken.matrix.shape, OUT, dtype=np.int8)
    for code, answer in _ANSWERS.items():
        answers[taken.matrix == code] = answer
    keep = _dividing(answers, selection)
    took_part = (answers[keep] != OUT).any(axis=0)
    if selection.absent != "skip":
        away = (taken.matrix == CODES["nonvoting"]) & _seated(taken, seated)
        answers[away & took_part] = ABSENT if selection.absent == "own" else NO
    answers, states = _merged(
        answers[keep][:, took_part],
        tuple(compress(taken.states, took_part)),
        seats if selection.continuity == "seat" else {},
    )
    rollcalls = taken.rollcalls.filter(pl.Series(keep))
    return Ballots(
        rollcalls.select("rollcall", "document", "date", "source"),
        states,
        answers,
        selection.absent,
    )


def _of_period(rollcalls: pl.DataFrame, selection: Selection) -> pl.Series:
    """Whether each roll call is of a whole text in the Assembly, in the period, on the documents."""
    rows = (rollcalls["question"] == "whole-text") & (rollcalls["organ"] == ASSEMBLY)
    if selection.start:
        rows &= rollcalls["date"] >= selection.start
    if selection.end:
        rows &= rollcalls["date"] <= selection.end
    if selection.documents is not None:
        rows &= rollcalls["document"].is_in(list(selection.documents))
    return rows


def _dividing(answers: NDArray[np.int8], selection: Selection) -> NDArray[np.bool_]:
    """Whether the votes cast in each roll call are as different as the selection wants them."""
    counts = np.stack([(answers == answer).sum(axis=1) for answer in CAST], axis=1)
    cast, most = counts.sum(axis=1), counts.max(axis=1, initial=0)
    keep = {"without": cast > most, "with": cast > 0, "only": (cast > 0) & (cast == most)}[
        selection.unanimous
    ]
    if selection.contested:
        keep &= cast - most >= CONTESTED * cast
    return np.asarray(keep)


def _seated(table: VoteTable, seated: Mapping[str, Sequence[Interval]] | None) -> NDArray[np.bool_]:
    """Whether each state held a seat on the day of each roll call."""
    if seated is None:
        return np.ones(table.matrix.shape, dtype=bool)
    days = table.rollcalls["date"].to_list()
    mask = np.zeros(table.matrix.shape, dtype=bool)
    for i, state in enumerate(table.states):
        for interval in seated.get(state, ()):
            mask[interval.among(days), i] = True
    return mask


def _merged(
    answers: NDArray[np.int8], states: tuple[str, ...], seats: Mapping[str, str]
) -> tuple[NDArray[np.int8], tuple[str, ...]]:
    """The columns by name of the state, those of all holders of one seat joined under its last holder."""
    holders: dict[str, list[int]] = {}
    for i, state in enumerate(states):
        holders.setdefault(seats.get(state, f"state {state}"), []).append(i)
    joined = dict(_joined(answers, states, columns) for columns in holders.values())
    if not joined:
        return answers, states
    names = tuple(sorted(joined))
    return np.stack([joined[name] for name in names], axis=1), names


def _joined(
    answers: NDArray[np.int8], states: tuple[str, ...], columns: list[int]
) -> tuple[str, NDArray[np.int8]]:
    """The holder of a seat that voted last, and what the holders of the seat did."""
    last_vote = {i: np.nonzero(answers[:, i] != OUT)[0].max(initial=-1) for i in columns}
    *earlier, last = sorted(columns, key=last_vote.__getitem__)
    column = answers[:, last].copy()
    for i in earlier:
        column = np.where(column == OUT, answers[:, i], column)
    return states[last], column
