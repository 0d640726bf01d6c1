"""Where states stand on one line, by what they voted; ``kg.votes.scale`` finds the points."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.choice import Choice, Filter, choose
from kg.analysis.measured import Measured
from kg.calls import Call
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.output.text import plural
from kg.votes.ballots import CAST, OUT
from kg.votes.intervals import FEW
from kg.votes.measures import rounded
from kg.votes.methods import METHODS
from kg.votes.scale import STEPS, Fit, fit

LEAST_VOTES = 10
"""Fewest votes of a state, and fewest roll calls, for points to be found."""
POSITIVE = ("USA", "GBR", "FRA", "CAN")
"""The line points to the first of these that voted."""


def points(snapshot: Snapshot, **which: Unpack[Filter]) -> Measured:
    """Where states stand on one line, by what they voted.

    Columns: state, name, point, low, high, n (votes cast). States with fewer than ten votes are left out.

    Args:
        snapshot: The graph.
        **which: Which votes count; see ``Filter``. An absence is skipped or a no.

    Raises:
        QueryError: There are too few roll calls or states.
    """
    if which.get("absent", "skip") == "own":
        raise QueryError(
            "points have yes, abstain and no as ordered answers", remedy="give absent skip or as-no"
        )
    choice = choose(snapshot, which)
    counts = (choice.ballots.answers != OUT).sum(axis=0)
    columns, rows = _enough(choice.ballots.answers)
    states = [choice.ballots.states[i] for i in columns]
    anchor = next((state for state in POSITIVE if state in states), "")
    fitted = _turned(fit(choice.ballots.answers[:, columns][rows]), states, anchor)
    names = labels.labels(snapshot, states)
    table: list[tuple[Any, ...]] = []
    for i, state in enumerate(states):
        numbers = (rounded(side[i]) for side in (fitted.points, fitted.low, fitted.high))
        table.append((state, names[state], *numbers, int(counts[columns[i]])))
    table.sort(key=lambda row: (-row[2], row[0]))
    side = f"positive is the side of {names[anchor]}" if anchor else "the sign is arbitrary"
    receipt = replace(
        choice.receipt(METHODS["points"], rows),
        interval="the middle 95 % of what the model leaves open, the roll calls taken as fitted",
        notes=(*choice.notes, side, *_notes(len(counts) - len(columns), len(rows), fitted)),
        votes=(_roll_calls(choice, rows),),
    )
    columns_ = ("state", "name", "point", "low", "high", "n")
    return Measured("Where states stand on one line", columns_, tuple(table), receipt)


def _enough(answers: NDArray[np.int8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The states with enough votes, and the roll calls that tell them apart, by their places.

    Raises:
        QueryError: There are too few of either.
    """
    columns = np.nonzero((answers != OUT).sum(axis=0) >= LEAST_VOTES)[0]
    if not len(columns):
        raise _too_few(len(answers), 0)
    cast = np.stack([(answers[:, columns] == answer).sum(axis=1) for answer in CAST])
    rows = np.nonzero(cast.sum(axis=0) > cast.max(axis=0))[0]
    if len(rows) < LEAST_VOTES or len(columns) < LEAST_VOTES:
        raise _too_few(len(rows), len(columns))
    return columns, rows


def _too_few(roll_count: int, state_count: int) -> QueryError:
    return QueryError(
        f"{plural(roll_count, 'roll call')} and {state_count} states with at least {LEAST_VOTES} votes are "
        f"too few for points, which need {LEAST_VOTES} of both",
        remedy="widen the period",
    )


def _turned(fitted: Fit, states: list[str], anchor: str) -> Fit:
    """The points with the anchor on the positive side."""
    if not anchor or fitted.points[states.index(anchor)] >= 0:
        return fitted
    return replace(fitted, points=-fitted.points, low=-fitted.high, high=-fitted.low)


def _notes(left_count: int, roll_count: int, fitted: Fit) -> list[str]:
    """What was left out, and what makes the points unsure."""
    notes = []
    if left_count:
        notes.append(f"{left_count} states with fewer than {LEAST_VOTES} votes are left out")
    if roll_count < FEW:
        notes.append(f"few votes: {roll_count} roll calls")
    if fitted.rounds == STEPS:
        notes.append(f"the fit still moved after {STEPS} rounds")
    return notes


def _roll_calls(choice: Choice, rows: NDArray[np.intp]) -> Call:
    """The question that lists the roll calls, by year."""
    days = choice.ballots.rollcalls["date"]
    first, last = days[int(rows[0])].year, days[int(rows[-1])].year
    return Call("query", ("roll-calls",), (("start", first), ("end", last)))
