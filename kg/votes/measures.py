"""How alike two states vote, and how much a group holds together: the formulas, each with its source.

Two states are compared by their joint table: how often one did this while the other did that. To kappa, pi
and the share of same votes, yes, abstain and no are three different answers. To agreement, S and weighted
kappa they stand in a row: an abstention is one step from either, and a yes two steps from a no; an absence
that counts as an answer of its own is one step from each other. Nothing here rounds; what is not defined is
not a number here, and None or empty outside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.votes.ballots import OUT, Ballots

Measure = Literal["kappa", "weighted-kappa", "pi", "agreement", "s", "same"]


@dataclass(frozen=True, slots=True)
class Method:
    """What a measure is, for the receipt of a number."""

    name: str
    formula: str
    source: str
    range: str


METHODS: dict[str, Method] = {
    "kappa": Method(
        "Cohen's kappa",
        "1 - share of votes that differ / share expected from each state's own yes, abstentions and no",
        "J. Cohen, Educational and Psychological Measurement 20(1), 1960; for states: F. Häge, "
        "Political Analysis 19(3), 2011",
        "at most 1; 0 is what chance alone would give",
    ),
    "weighted-kappa": Method(
        "Cohen's weighted kappa, absolute distance",
        "1 - observed distance / distance expected from each state's own yes, abstentions and no",
        "J. Cohen, Psychological Bulletin 70(4), 1968; for states: F. Häge, Political Analysis 19(3), 2011",
        "at most 1; 0 is what chance alone would give",
    ),
    "agreement": Method(
        "Voeten's agreement",
        "mean of 1 - distance / 2",
        "A. Lijphart, American Political Science Review 57(4), 1963; E. Voeten, DyadicAgreementScores",
        "0 to 1",
    ),
    "same": Method(
        "share of same votes",
        "roll calls in which both said the same / roll calls in which both took part",
        "A. Lijphart, American Political Science Review 57(4), 1963",
        "0 to 1",
    ),
    "s": Method(
        "S, unweighted",
        "1 - 2 * sum of distances / largest possible sum",
        "C. Signorino, J. Ritter, International Studies Quarterly 43(1), 1999",
        "-1 to 1",
    ),
    "pi": Method(
        "Scott's pi",
        "1 - share of votes that differ / share expected from the votes of both states together",
        "W. Scott, Public Opinion Quarterly 19(3), 1955; for states: F. Häge, Political Analysis 19(3), 2011",
        "at most 1; 0 is what chance alone would give",
    ),
    "agreement-index": Method(
        "agreement index",
        "(most - (all - most) / 2) / all, of yes, abstain and no, mean over roll calls",
        "S. Hix, A. Noury, G. Roland, British Journal of Political Science 35(2), 2005",
        "0 to 1",
    ),
    "rice": Method(
        "Rice index",
        "|yes - no| / (yes + no), mean over roll calls",
        "S. Rice, Quantitative Methods in Politics, 1928",
        "0 to 1; abstentions do not count",
    ),
}
MEASURES: tuple[Measure, ...] = ("kappa", "weighted-kappa", "pi", "agreement", "s", "same")
"""The measures of two states."""

DISTANCE = np.array([[0, 1, 2, 1], [1, 0, 1, 1], [2, 1, 0, 1], [1, 1, 1, 0]], dtype=np.float64)
"""How far one answer is from another: yes, abstain, no, absent."""


def joint(ballots: Ballots, state: str) -> NDArray[np.int64]:
    """The joint tables of one state with every state: shape [state, its answer, the other's answer]."""
    mine, kinds = ballots.column(state), ballots.kinds
    tables = np.zeros((len(ballots.states), kinds, kinds), dtype=np.int64)
    for k in range(kinds):
        rows = ballots.options[mine == k]
        for other in range(kinds):
            tables[:, k, other] = (rows == other).sum(axis=0)
    return tables


def table_of(mine: NDArray[np.int8], theirs: NDArray[np.int8], kinds: int = 3) -> NDArray[np.int64]:
    """The joint table of two columns of answers: shape [answer, answer]."""
    both = (mine != OUT) & (theirs != OUT)
    cells = np.bincount(mine[both].astype(np.int64) * kinds + theirs[both], minlength=kinds**2)
    return cells.reshape(kinds, kinds)


_NOMINAL = ("kappa", "pi", "same")
"""Measures to which answers are the same or not, without steps between."""


def value(measure: Measure, tables: NDArray[Any]) -> NDArray[np.float64]:
    """A measure of joint tables, shape [..., answer, answer]; not a number where it is not defined."""
    kinds = tables.shape[-1]
    distance = 1 - np.eye(kinds) if measure in _NOMINAL else DISTANCE[:kinds, :kinds]
    counts = tables.sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = (tables * distance).sum(axis=(-2, -1)) / counts
        if measure in ("same", "s", "agreement"):
            return np.asarray(1 - observed / (2 if measure == "agreement" else 1))
        own, theirs = tables.sum(axis=-1), tables.sum(axis=-2)
        if measure == "pi":
            own = theirs = own + theirs
            counts = 2 * counts
        expected = ((own @ distance) * theirs).sum(axis=-1) / counts**2
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def between(ballots: Ballots, measure: Measure) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """A measure of every pair of states, and in how many roll calls both took part.

    Returns:
        Two arrays of shape [state, state]; not a number where the measure is not defined.
    """
    kinds, size = ballots.kinds, len(ballots.states)
    hot = np.empty((kinds, size, len(ballots.options)), dtype=np.float32)
    for k in range(kinds):
        np.equal(ballots.options.T, k, out=hot[k])
    flat = hot.reshape(kinds * size, -1)
    # float32 counts roll calls exactly up to 2**24
    cells = (flat @ flat.T).reshape(kinds, size, kinds, size)
    own = cells.sum(axis=2)
    counts = own.sum(axis=0)
    apart = _weighed(
        measure, cells[range(kinds), :, range(kinds)], lambda k, o: cells[k, :, o], counts
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        if measure in ("same", "s", "agreement"):
            told_ = 1 - apart / (counts * (2 if measure == "agreement" else 1))
            return told_, counts.astype(np.int32)
        if measure == "pi":
            own = own + own.swapaxes(1, 2)
        whole = counts * counts * (4 if measure == "pi" else 1)
        chance = _weighed(measure, own * own.swapaxes(1, 2), lambda k, o: own[k] * own[o].T, whole)
        told_ = np.where(chance > 0, 1 - (apart / counts) / (chance / whole), np.float32(np.nan))
        return told_, counts.astype(np.int32)


def _weighed(
    measure: Measure,
    same: NDArray[np.float32],
    cell: Callable[[int, int], NDArray[np.float32]],
    whole: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The sum of all cells, each as often as its two answers are apart."""
    if measure in _NOMINAL:
        return np.asarray(whole - same.sum(axis=0))
    total = np.zeros_like(whole)
    for k in range(len(same)):
        for other in range(k):
            apart = cell(k, other)
            total += np.float32(DISTANCE[k, other]) * (apart + apart.T)
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


def told(number: float | NDArray[Any]) -> float | None:
    """A number without the noise of its last bits, the same on every machine; None if it is none."""
    return round(float(number), 9) + 0.0 if np.isfinite(number) else None
