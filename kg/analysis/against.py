"""Two groups of states beside each other, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis.choice import Filter
from kg.analysis.group import Group, choose_cast, group_of
from kg.analysis.measured import Measured
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes import intervals
from kg.votes.ballots import CAST, OUT, Ballots, periods
from kg.votes.intervals import BOOTSTRAP, LEAST
from kg.votes.measures import DISTANCE, agreement_index, lines, rounded
from kg.votes.methods import METHODS

_AGREEMENT = replace(
    METHODS["agreement"],
    formula="mean over pairs of a member of one and a member of the other of 1 - distance / 2, mean over "
    "roll calls; a state in both is not paired with itself",
)
_COLUMNS = (
    *("period", "agreement", "low", "high"),
    *("same-line", "same-line-low", "same-line-high", "lines"),
    *("n", "first", "second"),
)
_NOTES = (
    "first and second are the agreement index of each group alone, in these roll calls",
    "same-line is the share of the lines: roll calls in which most of each group said one thing",
)


def against(
    snapshot: Snapshot,
    names: Sequence[str],
    others: Sequence[str],
    *,
    seed: int = 0,
    **which: Unpack[Filter],
) -> Measured:
    """Two groups beside each other, year by year.

    Columns: period, agreement (mean agreement of a member of one with a member of the other), low, high,
    same-line (share of roll calls in which most of both said the same, of those in which each had a line),
    same-line-low, same-line-high, lines (how many those are), n, first and second (agreement index of
    each). A state in both groups is not paired with itself. Unanimous votes are left out unless asked for.

    Raises:
        UnknownNameError: A name means nothing.
        QueryError: The names make no group, or too few votes count.
    """
    choice = choose_cast(snapshot, which, unanimous="without")
    one, two = group_of(snapshot, choice, names), group_of(snapshot, choice, others)
    beside = _beside(choice.ballots, one, two)
    if len(beside.taken) < LEAST:
        raise QueryError(
            f"{one.title} and {two.title} both voted in {len(beside.taken)} roll calls here, and {LEAST} "
            "are the fewest that say anything",
            remedy="widen the period",
        )
    receipt = replace(
        choice.receipt(_AGREEMENT, beside.taken),
        interval=BOOTSTRAP,
        seed=seed,
        of=(*one.of, *two.of),
        notes=(*choice.notes, *_NOTES),
        votes=(choice.votes("bloc", names), "; ", choice.votes("bloc", others)),
    )
    rows = _rows(beside, choice.ballots.years[beside.taken], seed)
    return Measured(f"{one.title} beside {two.title}", _COLUMNS, rows, receipt)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Two groups in the roll calls in which a member of one can be paired with a member of the other."""

    taken: NDArray[np.intp]
    """Those roll calls."""
    first: NDArray[np.int64]
    """Yes, abstentions and no of the one group in each of them."""
    second: NDArray[np.int64]
    """Of the other."""
    agreement: NDArray[np.float64]
    """The mean agreement of all pairs in each of them."""


def _beside(ballots: Ballots, one: Group, two: Group) -> _Beside:
    first, second = one.counts(ballots.answers), two.counts(ballots.answers)
    shared = (one.mask & two.mask & np.isin(ballots.answers, CAST)).sum(axis=1)
    pairs = first.sum(axis=1) * second.sum(axis=1) - shared
    taken = np.nonzero(pairs > 0)[0]
    first, second = first[taken], second[taken]
    # In each roll call r, first[r, k] members of one gave answer k and second[r, l] of the other gave l:
    # that many pairs are DISTANCE[k, l] apart. A state in both is 0 apart from itself, so it adds nothing
    # to the sum, and ``shared`` takes it out of the number of pairs.
    apart = np.einsum("rk,kl,rl->r", first, DISTANCE[:3, :3], second) / pairs[taken]
    return _Beside(taken, first, second, 1 - apart / 2)


def _rows(beside: _Beside, years: NDArray[np.int32], seed: int) -> tuple[tuple[Any, ...], ...]:
    one, two = lines(beside.first), lines(beside.second)
    both_lined = (one != OUT) & (two != OUT)
    rows = []
    for period, here in periods(years):
        same = (one == two)[here & both_lined]
        rows.append(
            (
                period,
                *intervals.mean(beside.agreement[here], seed),
                *intervals.mean(same.astype(np.float64), seed),
                len(same),
                int(here.sum()),
                *(_own_index(side[here]) for side in (beside.first, beside.second)),
            )
        )
    return tuple(rows)


def _own_index(counts: NDArray[np.int64]) -> float | None:
    """The mean agreement index of a group, over roll calls in which two or more of it voted."""
    indices = agreement_index(counts[counts.sum(axis=1) > 1])
    return rounded(indices.mean()) if len(indices) >= LEAST else None
