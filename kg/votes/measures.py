"""How alike two states vote, and how much a group holds together: the formulas of ``methods`` in numpy.

Two states are compared by their joint table: how often one did this while the other did that. To kappa, pi
and the share of same votes, yes, abstain and no are three different answers. To agreement, S and weighted
kappa they stand in a row: an abstention is one step from either, and a yes two steps from a no; an absence
that counts as an answer of its own is one step from each other. Nothing here rounds; what is not defined is
not a number here, and None or empty outside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.votes.ballots import OUT, Ballots
from kg.votes.kernel import all_pairs
from kg.votes.methods import METHODS, Likeness

DISTANCE = np.array([[0, 1, 2, 1], [1, 0, 1, 1], [2, 1, 0, 1], [1, 1, 1, 0]], dtype=np.float64)
"""How far one answer is from another: yes, abstain, no, absent."""


def value(measure: str, tables: NDArray[Any]) -> NDArray[np.float64]:
    """A measure of joint tables, shape [..., answer, answer]; not a number where it is not defined."""
    cells = np.moveaxis(tables.astype(np.float64), (-2, -1), (0, 1))
    number, _ = _alike(measure, cells)
    return number


def between(ballots: Ballots, measure: str) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """A measure of every pair of states, and in how many roll calls both took part.

    Returns:
        Two arrays of shape [state, state]; not a number where the measure is not defined.
    """
    number, counts = _alike(measure, all_pairs(ballots))
    return number, counts.astype(np.int32)


def _alike(measure: str, cells: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """A measure of joint tables, shape [answer, answer, ...], and how many roll calls each counts."""
    likeness = METHODS[measure].likeness
    if likeness is None:
        raise ValueError(f"{measure} is no measure of two states")
    kinds = len(cells)
    own, theirs = cells.sum(axis=1), cells.sum(axis=0)
    counts = own.sum(axis=0)
    apart = _apart(likeness, kinds, lambda k, other: cells[k, other], counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        if likeness.chance == "none":
            return np.asarray(1 - apart / (counts * likeness.unit)), counts
        whole = counts * counts
        if likeness.chance == "pooled":
            own = theirs = own + theirs
            whole = whole * 4
        chance = _apart(likeness, kinds, lambda k, other: own[k] * theirs[other], whole)
        number = 1 - (apart / counts) / (chance / whole)
        return np.where(chance > 0, number, number.dtype.type(np.nan)), counts


def _apart(
    likeness: Likeness,
    kinds: int,
    cell: Callable[[int, int], NDArray[Any]],
    whole: NDArray[Any],
) -> NDArray[Any]:
    """The sum of all cells of joint tables, each as often as its two answers are apart.

    Args:
        likeness: How far answers are apart.
        kinds: How many answers there are.
        cell: Of an answer and the other's: how often they met.
        whole: The sum of all cells, each once.
    """
    if not likeness.steps:
        return np.asarray(whole - np.sum([cell(k, k) for k in range(kinds)], axis=0))
    total = np.zeros_like(whole)
    for k in range(kinds):
        for other in range(k):
            total += whole.dtype.type(DISTANCE[k, other]) * (cell(k, other) + cell(other, k))
    return total


def agreement_index(counts: NDArray[np.integer]) -> NDArray[np.float64]:
    """The agreement index of counts of yes, abstain and no, shape [..., 3]."""
    most, whole = counts.max(axis=-1), counts.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((most - (whole - most) / 2) / whole)


def rice(counts: NDArray[np.integer]) -> NDArray[np.float64]:
    """The Rice index of counts of yes, abstain and no, shape [..., 3]; abstentions do not count."""
    yes, no = counts[..., 0], counts[..., 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.abs(yes - no) / (yes + no))


def rounded(number: float | NDArray[Any]) -> float | None:
    """A number without the noise of its last bits, the same on every machine; None if it is none."""
    return round(float(number), 9) + 0.0 if np.isfinite(number) else None


def lines(counts: NDArray[np.integer]) -> NDArray[np.int8]:
    """What most said in each roll call, of counts of shape [roll call, 3].

    ``OUT`` where two answers were as many.
    """
    ranked = np.sort(counts, axis=1)
    return np.where(ranked[:, 2] > ranked[:, 1], counts.argmax(axis=1), OUT).astype(np.int8)
