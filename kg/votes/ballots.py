"""Which votes a measure is made of: roll calls of a period, and what each state did in them.

Votes on whole texts in the General Assembly count, as in the literature; paragraphs and amendments do not,
since a no to an amendment can mean support of the text. A roll call in which all that voted said the same
tells no two states apart and is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.model.words import Continuity
from kg.votes.table import CODES, VoteTable

Absence = Literal["skip", "own", "as-no"]
"""What an absence counts as: nothing, an answer of its own, or a no."""
ABSENCES: tuple[Absence, ...] = ("skip", "own", "as-no")
CONTESTED = 0.1
"""A roll call is contested where at least this share of the votes were not as most were."""

YES, ABSTAIN, NO, ABSENT = range(4)
WORDS = ("yes", "abstain", "no", "absent")
"""What an answer is called."""
OUT = -1
"""The state was no member, or what it did is not known."""
_OPTIONS = {CODES["yes"]: YES, CODES["abstain"]: ABSTAIN, CODES["no"]: NO}


@dataclass(frozen=True, slots=True)
class Ballots:
    """What each state did in each roll call that counts."""

    rollcalls: pl.DataFrame
    """One row for each: rollcall, document, date and source, in the order of the dates."""
    states: tuple[str, ...]
    """Keys of the states that took part in any of them."""
    options: NDArray[np.int8]
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
            return np.full(len(self.options), OUT, np.int8)
        return self.options[:, self.states.index(state)]

    def where(self, rows: NDArray[np.bool_]) -> Ballots:
        """The roll calls for which a column of truth values is true, and all states."""
        found = self.rollcalls.filter(pl.Series(rows))
        return Ballots(found, self.states, self.options[rows], self.absent)

    @property
    def years(self) -> NDArray[np.int32]:
        """The year of each roll call."""
        return self.rollcalls["date"].dt.year().to_numpy()


def choose(
    table: VoteTable,
    seats: Mapping[str, str],
    *,
    start: date | None = None,
    end: date | None = None,
    documents: Collection[str] | None = None,
    contested: bool = False,
    absent: Absence = "skip",
    continuity: Continuity = "state",
    unanimous: bool = False,
    held: Mapping[str, Sequence[tuple[date, date]]] | None = None,
) -> Ballots:
    """The roll calls that count, and what each state did in them.

    Args:
        table: The record.
        seats: State to the seat that it held, of seats that had several holders.
        start: First day.
        end: Last day.
        documents: Only votes on these documents.
        contested: Leave out roll calls in which nine of ten votes were the same.
        absent: What an absence counts as.
        continuity: ``seat`` gives the last holder of a seat the votes of those that held it before.
        unanimous: Keep roll calls in which all that voted said the same.
        held: State to the first day of each of its seats in the Assembly and the day after the last: only
            then can it be absent. None takes the record's word.

    Which roll calls and states count is told from the votes that were cast, whatever an absence counts as.
    """
    frame = table.rollcalls
    rows = (frame["question"] == "whole-text") & (frame["organ"] == "UNGA")
    if start:
        rows &= frame["date"] >= start
    if end:
        rows &= frame["date"] <= end
    if documents is not None:
        rows &= frame["document"].is_in(list(documents))
    chosen = table.where(rows)
    options = np.full(chosen.matrix.shape, OUT, dtype=np.int8)
    for code, option in _OPTIONS.items():
        options[chosen.matrix == code] = option
    counts = np.stack([(options == option).sum(axis=1) for option in (YES, ABSTAIN, NO)], axis=1)
    cast, most = counts.sum(axis=1), counts.max(axis=1, initial=0)
    keep = cast > 0 if unanimous else cast > most
    if contested:
        keep &= cast - most >= CONTESTED * cast
    took_part = (options[keep] != OUT).any(axis=0)
    if absent != "skip":
        away = (chosen.matrix == CODES["nonvoting"]) & _seated(chosen, held)
        options[away & took_part] = ABSENT if absent == "own" else NO
    kept, states = _merged(
        options[keep][:, took_part],
        tuple(s for s, part in zip(chosen.states, took_part, strict=True) if part),
        seats if continuity == "seat" else {},
    )
    return Ballots(
        chosen.rollcalls.filter(pl.Series(keep)).select("rollcall", "document", "date", "source"),
        states,
        kept,
        absent,
    )


def _seated(
    table: VoteTable, held: Mapping[str, Sequence[tuple[date, date]]] | None
) -> NDArray[np.bool_]:
    """Whether each state held a seat on the day of each roll call."""
    if held is None:
        return np.ones(table.matrix.shape, dtype=bool)
    days = table.rollcalls["date"].to_numpy().astype("datetime64[D]")
    seated = np.zeros(table.matrix.shape, dtype=bool)
    for i, state in enumerate(table.states):
        for start, end in held.get(state, ()):
            seated[:, i] |= (days >= np.datetime64(start)) & (days < np.datetime64(end))
    return seated


def _merged(
    options: NDArray[np.int8], states: tuple[str, ...], seats: Mapping[str, str]
) -> tuple[NDArray[np.int8], tuple[str, ...]]:
    """The columns, those of all holders of one seat joined under its last holder."""
    held: dict[str, list[int]] = {}
    for i, state in enumerate(states):
        held.setdefault(seats.get(state, f"state {state}"), []).append(i)
    columns, names = [], []
    for places in held.values():
        taken = [np.nonzero(options[:, i] != OUT)[0] for i in places]
        order = sorted(range(len(places)), key=lambda n: taken[n].max(initial=-1))
        whole = options[:, places[order[-1]]].copy()
        for n in order[:-1]:
            whole = np.where(whole == OUT, options[:, places[n]], whole)
        columns.append(whole)
        names.append(states[places[order[-1]]])
    if not columns:
        return options, states
    by_name = sorted(range(len(names)), key=names.__getitem__)
    return np.stack([columns[i] for i in by_name], axis=1), tuple(names[i] for i in by_name)
