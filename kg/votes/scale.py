"""Where states stand on one line, by what they answered: an item-response model.

Each state has a point, each roll call two thresholds and how sharply it tells states apart; yes, abstain and
no are ordered answers of the graded response model (F. Samejima, Psychometrika Monograph 17, 1969). The
points are integrated out over a grid and the roll calls fitted by EM (R. Bock, M. Aitkin, Psychometrika
46(4), 1981): the model of K. Imai, J. Lo, J. Olmsted, American Political Science Review 110(4), 2016, whose
variational steps are needed for thousands of voters; for two hundred the exact ones take a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.votes.ballots import OUT

_GRID = np.linspace(-12, 12, 241)
STEPS = 500
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


def fit(answers: NDArray[np.int8]) -> Fit:
    """Points of states from what they answered: shape [roll call, state], 0, 1, 2 or ``OUT``.

    The sign is arbitrary here.
    """
    hot = np.stack([answers == k for k in range(3)]).astype(np.float64)  # answer, roll call, state
    sharp, edges = _start(answers)
    points = np.zeros(answers.shape[1])
    prior = np.exp(-(_GRID**2) / 2)
    rounds = 0
    while rounds < STEPS:
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


def _start(answers: NDArray[np.int8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sharpness from the main axis of the votes, thresholds from the shares of the answers."""
    seen = answers != OUT
    numbers = np.where(seen, answers.astype(float), np.nan)
    middle = np.nanmean(numbers, axis=1, keepdims=True)
    centred = np.where(seen, numbers - middle, 0.0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axis = vectors[:, -1]
    axis = (axis - axis.mean()) / axis.std()
    sharp: NDArray[np.float64] = centred @ axis / np.maximum((seen * axis**2).sum(axis=1), 1) * 2
    shares = np.stack([(answers <= k).sum(axis=1) - (~seen).sum(axis=1) for k in (0, 1)])
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
    chances = _chances(sharp, edges)
    change = _slopes(sharp, edges)
    gradient = np.einsum("pkjg,kjg->jp", change, due / chances)
    expected = due.sum(axis=0)
    information = np.einsum("pkjg,qkjg,kjg->jpq", change, change, expected / chances)
    precision = np.array([_WIDE, _WIDE, _SHARP])
    now = np.stack([*edges, sharp], axis=1)
    gradient -= precision * now
    information += np.diag(precision)
    step = np.linalg.solve(information, gradient[:, :, None])[:, :, 0]
    # Far from the best values the curve is no parabola and a whole step can overshoot without end; one
    # unit of the logistic scale is as far as it is trusted.
    after = now + np.clip(step, -1, 1)
    first, second = after[:, 0], after[:, 1]
    # The thresholds must stay in order, or the chance of an abstention between them would be negative;
    # where nobody abstained they close up to a thousandth, which is as good as none.
    apart = np.maximum(second - first, 1e-3)
    return after[:, 2], np.stack([first, first + apart])


def _slopes(sharp: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """How the chance of each answer changes with each parameter: [parameter, answer, roll call, grid].

    The parameters are the two thresholds and the sharpness.
    """
    yes, upto = _below(sharp, edges)
    first, second = yes * (1 - yes), upto * (1 - upto)
    zero = np.zeros_like(yes)
    by_edge = np.stack([np.stack([first, -first, zero]), np.stack([zero, second, -second])])
    # with the point a chance changes as with both thresholds, the other way; with sharpness, times the point
    return np.stack([*by_edge, -by_edge.sum(axis=0) * _GRID])
