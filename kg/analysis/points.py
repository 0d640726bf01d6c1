"""Where states stand on one line, found from a session's votes by an item-response model.

Each state has a point, each roll call two thresholds and how sharply it tells states apart; yes, abstain and
no are ordered answers of the graded response model (F. Samejima, Psychometrika Monograph 17, 1969). The
points are integrated out over a grid and the roll calls fitted by EM (R. Bock, M. Aitkin, Psychometrika
46(4), 1981): the model of K. Imai, J. Lo, J. Olmsted, American Political Science Review 110(4), 2016, whose
variational steps are needed for thousands of voters; for two hundred the exact ones take a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import choice, labels
from kg.analysis.choice import Asked
from kg.analysis.measured import FEW, Measured, Receipt
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes.ballots import OUT
from kg.votes.measures import told

if TYPE_CHECKING:
    pass

LEAST_VOTES = 10
"""Fewest votes of a state, and fewest roll calls, for points to be told."""
POSITIVE = ("USA", "GBR", "FRA", "CAN")
"""The line points to the first of these that voted."""

_GRID = np.linspace(-12, 12, 241)
_STEPS = 500
"""Most rounds of EM; it ends before when no point moves by more than a ten-thousandth."""
_CLOSE = 1e-4
_SHARP, _WIDE = 0.5, 0.05
"""Precision of the priors of sharpness (around 0) and of thresholds, which keep lopsided votes finite."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Points and what they came from."""

    points: NDArray[np.float64]
    """Shape [state], mean 0 and standard deviation 1 over the states."""
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    """The middle 95 % of what the model leaves open of each point."""
    rounds: int
    """How many rounds of EM were made."""


def fit(options: NDArray[np.int8]) -> Fit:
    """Points of states from what they answered: shape [roll call, state], 0, 1, 2 or ``OUT``.

    The sign is arbitrary here.
    """
    hot = np.stack([options == k for k in range(3)]).astype(np.float64)  # answer, roll call, state
    sharp, edges = _start(options)
    points = np.zeros(options.shape[1])
    prior = np.exp(-(_GRID**2) / 2)
    rounds = 0
    while rounds < _STEPS:
        rounds += 1
        chances = np.log(_chances(sharp, edges))  # answer, roll call, grid
        fits = np.tensordot(hot, chances, axes=([0, 1], [0, 1]))
        weights = np.exp(fits - fits.max(axis=1, keepdims=True)) * prior
        weights /= weights.sum(axis=1, keepdims=True)
        before, points = points, weights @ _GRID
        if np.abs(points - before).max() < _CLOSE:
            break
        sharp, edges = _improved(sharp, edges, hot @ weights)
    spread = points.std()
    scaled = (_GRID - points.mean()) / spread
    sums = weights.cumsum(axis=1) - weights / 2  # up to the middle of each cell of the grid
    low, high = (
        np.array([np.interp(share, row, scaled) for row in sums]) for share in (0.025, 0.975)
    )
    return Fit((points - points.mean()) / spread, low, high, rounds)


def _start(options: NDArray[np.int8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sharpness from the main axis of the votes, thresholds from the shares of the answers."""
    seen = options != OUT
    numbers = np.where(seen, options.astype(float), np.nan)
    middle = np.nanmean(numbers, axis=1, keepdims=True)
    centred = np.where(seen, numbers - middle, 0.0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axis = vectors[:, -1]
    axis = (axis - axis.mean()) / axis.std()
    sharp: NDArray[np.float64] = centred @ axis / np.maximum((seen * axis**2).sum(axis=1), 1) * 2
    shares = np.stack([(options <= k).sum(axis=1) - (~seen).sum(axis=1) for k in (0, 1)])
    shares = (shares + 0.5) / (seen.sum(axis=1) + 1)
    return sharp, np.asarray(np.log(shares / (1 - shares)))


def _below(sharp: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of an answer up to yes, and up to abstain, at each point: [2, roll call, grid]."""
    return np.asarray(1 / (1 + np.exp(-(edges[:, :, None] - sharp[None, :, None] * _GRID))))


def _chances(sharp: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of each answer at each point: shape [answer, roll call, grid]."""
    yes, upto = _below(sharp, edges)
    return np.asarray(np.clip(np.stack([yes, upto - yes, 1 - upto]), 1e-12, 1))


def _improved(
    sharp: NDArray[np.float64], edges: NDArray[np.float64], due: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One damped Newton step for each roll call, towards the expected answers [answer, roll call, grid]."""
    yes, upto = _below(sharp, edges)
    chances = _chances(sharp, edges)
    slope = np.stack([yes * (1 - yes), upto * (1 - upto)])
    zero = np.zeros_like(yes)
    # how each answer's chance changes with both thresholds; with the point it is minus their sum
    by_edge = np.stack(
        [
            np.stack([slope[0], -slope[0], zero]),
            np.stack([zero, slope[1], -slope[1]]),
        ]
    )
    change = np.stack(
        [*by_edge, -by_edge.sum(axis=0) * _GRID]
    )  # parameter, answer, roll call, grid
    ratio = due / chances
    gradient = np.einsum("pkjg,kjg->jp", change, ratio)
    expected = due.sum(axis=0)
    information = np.einsum("pkjg,qkjg,kjg->jpq", change, change, expected / chances)
    precision = np.array([_WIDE, _WIDE, _SHARP])
    now = np.stack([*edges, sharp], axis=1)
    gradient -= precision * now
    information += np.diag(precision)
    step = np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
    step = np.clip(step, -1, 1)
    after = now + step
    first, second = after[:, 0], after[:, 1]
    apart = np.maximum(second - first, 1e-3)
    return after[:, 2], np.stack([first, first + apart])


def points(snapshot: Snapshot, **asked: Unpack[Asked]) -> Measured:
    """Where states stand on one line, by what they voted.

    Columns: state, name, point, low, high, n (votes cast). States with fewer than ten votes are left out.

    Args:
        snapshot: The graph.
        **asked: See ``Asked``; absences are skipped.

    Raises:
        QueryError: There are too few roll calls or states.
    """
    if asked.get("absent", "skip") == "own":
        raise QueryError(
            "points have yes, abstain and no as ordered answers; give absent skip or as-no"
        )
    chosen = choice.choice(snapshot, asked)
    options = chosen.ballots.options
    counts = (options != OUT).sum(axis=0)
    taken = np.nonzero(counts >= LEAST_VOTES)[0]
    if not len(taken):
        raise QueryError(_few(len(options), 0))
    told_apart = options[:, taken]
    cast = [(told_apart == k).sum(axis=1) for k in range(3)]
    rows = np.nonzero(sum(cast) > np.max(cast, axis=0))[0]
    if len(rows) < LEAST_VOTES or len(taken) < LEAST_VOTES:
        raise QueryError(_few(len(rows), len(taken)))
    states = [chosen.ballots.states[i] for i in taken]
    found = fit(told_apart[rows])
    anchor = next((state for state in POSITIVE if state in states), "")
    sign = -1.0 if anchor and found.points[states.index(anchor)] < 0 else 1.0
    values = [found.points * sign, *(found.low * sign, found.high * sign)[:: int(sign)]]
    names, days = labels.labels(snapshot, states), chosen.ballots.rollcalls["date"]
    told_rows: list[tuple[Any, ...]] = [
        (state, names[state], *(told(value[i]) for value in values), int(counts[taken[i]]))
        for i, state in enumerate(states)
    ]
    told_rows.sort(key=lambda row: (-row[2], row[0]))
    notes = list(chosen.notes)
    notes += [f"positive is the side of {names[anchor]}" if anchor else "the sign is arbitrary"]
    if left := len(counts) - len(taken):
        notes.append(f"{left} states with fewer than {LEAST_VOTES} votes are left out")
    if len(rows) < FEW:
        notes.append(f"few votes: {len(rows)} roll calls")
    if found.rounds == _STEPS:
        notes.append(f"the fit still moved after {_STEPS} rounds")
    return Measured(
        "Where states stand on one line",
        ("state", "name", "point", "low", "high", "n"),
        tuple(told_rows),
        Receipt(
            method="points",
            name="ideal points, one dimension",
            formula="graded response model of yes, abstain, no, fitted by EM; mean 0, deviation 1",
            formula_source="F. Samejima 1969; R. Bock, M. Aitkin, Psychometrika 46(4), 1981; for votes: "
            "K. Imai, J. Lo, J. Olmsted, American Political Science Review 110(4), 2016",
            **chosen.narrowed(rows),
            interval="the middle 95 % of what the model leaves open, the roll calls taken as fitted",
            notes=tuple(notes),
            votes=f"kg query roll-calls from={days[int(rows[0])].year} to={days[int(rows[-1])].year}",
        ),
    )


def _few(rolls: int, states: int) -> str:
    return (
        f"{rolls} roll call{'s' * (rolls != 1)} and {states} states with at least {LEAST_VOTES} votes are "
        f"too few for points, which need {LEAST_VOTES} of both; widen the period"
    )
