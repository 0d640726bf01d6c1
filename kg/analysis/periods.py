"""Whose company changed from one period to another, beside what chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.choice import Choice, Filter, choose
from kg.analysis.measured import Measured
from kg.analysis.receipt import Receipt
from kg.calls import Argument
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes.ballots import OUT, Ballots
from kg.votes.intervals import FEW, LEAST
from kg.votes.measures import between, rounded
from kg.votes.methods import METHODS, Method

DEALS = 99
"""How often the roll calls of two periods are dealt out anew."""
Period = tuple[str, str]
"""First and last moment, each a day, month or year."""
_COMPANY = Method(
    key="moves",
    name="change of company",
    formula="mean over all other states of |kappa after - kappa before|, kappa unweighted",
    source=METHODS["kappa"].source,
    range="0 and more",
)
_COLUMNS = (
    *("state", "name", "moved", "chance", "remark", "closer_to", "closer_by"),
    *("further_from", "further_by", "n_before", "n_after"),
)


def between_periods(
    snapshot: Snapshot, before: Period, after: Period, seed: int, which: Filter
) -> Measured:
    """Who votes with others than before.

    Columns: state, name, moved (mean change of kappa with each other state, without its sign), chance (what
    moved would come to in 95 of 100 cases, were the roll calls dealt to the two periods at random), remark,
    closer_to, closer_by, further_from, further_by, n_before, n_after.

    Raises:
        QueryError: The periods are not in order, or too few states voted in both.
    """
    choices = _choose_both(snapshot, before, after, which)
    sides = _sides(choices)
    shift = _shift(sides, seed)
    states = sides[0].states
    names = labels.labels(snapshot, states)
    rows = [_row(i, states, names, shift) for i in range(len(states))]
    rows.sort(key=lambda row: (-row[2], row[0]))
    most = rows[0][0]
    nearest = states[int(np.nanargmax(shift.change[states.index(most)]))]
    receipt = replace(
        _receipt(choices),
        interval=f"chance: the 95th of 100 values, the roll calls dealt to the periods {DEALS} times",
        seed=seed,
        votes=(
            choices[0].votes("compare", (most, nearest)),
            "; ",
            choices[1].votes("compare", (most, nearest)),
        ),
    )
    return Measured(
        f"Who moved from {_span(before)} to {_span(after)}", _COLUMNS, tuple(rows), receipt
    )


def _span(period: Period) -> str:
    start, end = period
    return start if start == end else f"{start}-{end}"


def _choose_both(
    snapshot: Snapshot, before: Period, after: Period, which: Filter
) -> tuple[Choice, Choice]:
    if any(which.get(name) is not None for name in ("start", "end", "on")):
        raise QueryError(
            "two periods say when already",
            remedy=(
                *("leave out ", Argument("start"), ", ", Argument("end")),
                *(" and ", Argument("on")),
            ),
        )
    earlier = choose(snapshot, {**which, "start": before[0], "end": before[1]})
    later = choose(snapshot, {**which, "start": after[0], "end": after[1]})
    if earlier.ballots.rollcalls["date"][-1] >= later.ballots.rollcalls["date"][0]:
        raise QueryError(
            "the second period begins before the first ends", remedy="give them in order"
        )
    return earlier, later


def _sides(choices: tuple[Choice, Choice]) -> tuple[Ballots, Ballots]:
    """The ballots of the two periods, of the states that voted often enough in both."""
    earlier, later = (choice.ballots for choice in choices)
    states = sorted(set(earlier.states) & set(later.states))
    counts = [_vote_counts(side.of_states(states)) for side in (earlier, later)]
    often = np.min(counts, axis=0) >= FEW
    states = [state for state, enough in zip(states, often, strict=True) if enough]
    if len(states) < LEAST:
        raise QueryError(
            f"{len(states)} states cast {FEW} votes that count in both periods, and {LEAST} are the fewest "
            "to be held against each other",
            remedy="widen the periods",
        )
    return earlier.of_states(states), later.of_states(states)


def _vote_counts(ballots: Ballots) -> NDArray[np.int64]:
    """How many votes each state cast."""
    return np.asarray((ballots.answers != OUT).sum(axis=0))


@dataclass(frozen=True, slots=True)
class _Shift:
    """How the company of each state changed."""

    change: NDArray[np.float64]
    """Kappa after less kappa before: shape [state, state], not a number on the diagonal."""
    moved: NDArray[np.float64]
    """The mean of the changes of each state, without their sign."""
    chance: NDArray[np.float64]
    """What that comes to in 95 of 100 cases where the roll calls are dealt out at random."""
    vote_counts: NDArray[np.int64]
    """How many votes each state cast in each period: shape [2, state]."""


def _shift(sides: tuple[Ballots, Ballots], seed: int) -> _Shift:
    before, after = sides
    change = _kappa(after) - _kappa(before)
    pool = replace(
        before,
        rollcalls=pl.concat([before.rollcalls, after.rollcalls]),
        answers=np.concatenate([before.answers, after.answers]),
    )
    generator = np.random.default_rng(seed)
    cut = len(before.answers)
    dealt = np.stack([_mean_size(_dealt(pool, cut, generator)) for _ in range(DEALS)])
    counts = np.stack([_vote_counts(side) for side in sides])
    return _Shift(change, _mean_size(change), np.quantile(dealt, 0.95, axis=0), counts)


def _kappa(ballots: Ballots) -> NDArray[np.float64]:
    kappa = between(ballots, "kappa")[0].astype(np.float64)
    np.fill_diagonal(kappa, np.nan)
    return kappa


def _mean_size(change: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.nanmean(np.abs(change), axis=1))


def _dealt(pool: Ballots, cut: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """The change of kappa, had the roll calls been dealt to the two periods by lot."""
    first = np.zeros(len(pool.answers), dtype=bool)
    first[generator.permutation(len(pool.answers))[:cut]] = True
    return _kappa(pool.where(~first)) - _kappa(pool.where(first))


def _row(i: int, states: tuple[str, ...], names: dict[str, str], shift: _Shift) -> tuple[Any, ...]:
    """The row of one state."""
    change = shift.change[i]
    nearest, furthest = int(np.nanargmax(change)), int(np.nanargmin(change))
    return (
        states[i],
        names[states[i]],
        rounded(shift.moved[i].round(6)),
        rounded(shift.chance[i].round(6)),
        "within chance" if shift.moved[i] <= shift.chance[i] else "",
        names[states[nearest]],
        rounded(change[nearest].round(6)),
        names[states[furthest]],
        rounded(change[furthest].round(6)),
        *shift.vote_counts[:, i].tolist(),
    )


def _receipt(choices: tuple[Choice, Choice]) -> Receipt:
    """The receipt of both periods together."""
    before, after = (choice.receipt(_COMPANY) for choice in choices)
    periods = " and ".join(
        f"{r.rollcall_count:,} from {r.start} to {r.end}" for r in (before, after)
    )
    return replace(
        after,
        start=before.start,
        rollcall_count=before.rollcall_count + after.rollcall_count,
        kept=f"{after.kept}; {periods}",
        notes=(
            *before.notes,
            f"only states that cast at least {FEW} votes in both periods",
            "the votes are those of the first state and the one it came closest to",
        ),
    )
