"""States divided into blocs by their votes, and whether the blocs are more than chance and choice of method.

The network ties each state to those it agrees with most by kappa; Leiden finds its communities (V. Traag,
L. Waltman, N. van Eck, Scientific Reports 9, 2019). Any network has communities of some kind, and methods
find blocs where there are none, so two tests come with them: votes shuffled within each state, which keep
its shares and undo every agreement, and other seeds and resolutions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg.votes.ballots import OUT, Ballots
from kg.votes.measures import between

STRONGEST = 8
"""To how many others each state is tied."""
RESOLUTIONS = (0.8, 0.9, 1.0, 1.1, 1.2)
"""Of Leiden; the blocs shown are those of 1."""
SEEDS = 10
"""Runs at each resolution."""
SHUFFLES = 19
"""Shuffled votes; if none comes up to the votes as they were, that is one chance in twenty."""
STABLE = 0.5
"""Least likeness (adjusted Rand index) of the runs for blocs to be shown."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division of states into blocs, and what the tests of it gave."""

    blocs: NDArray[np.int64]
    """The bloc of each state, the largest first."""
    together: NDArray[np.float64]
    """Shape [state, state]: share of runs in which two states stood in one bloc."""
    modularity: float
    shuffled: float
    """The highest modularity that shuffled votes gave."""
    stability: float
    """Mean adjusted Rand index of the runs with the blocs shown, 0 (chance) to 1."""

    @property
    def holds(self) -> bool:
        """Whether it is more than chance and choice of method."""
        return (
            len(np.unique(self.blocs[self.tied])) > 1
            and self.modularity > self.shuffled
            and self.stability >= STABLE
        )

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Whether each state stands in a bloc with any other."""
        return np.bincount(self.blocs)[self.blocs] > 1


def divide(ballots: Ballots, seed: int = 0) -> tuple[Division, NDArray[np.float32]]:
    """The blocs in some ballots, and the kappa of all pairs of states."""
    kappa, _ = between(ballots, "kappa")
    edges = _edges(kappa)
    runs = [
        (resolution, *_leiden(edges, len(kappa), resolution, seed * SEEDS + run))
        for resolution in RESOLUTIONS
        for run in range(SEEDS)
    ]
    _, modularity, best = max((run for run in runs if run[0] == 1.0), key=lambda run: run[1])
    divisions = np.stack([division for _, _, division in runs])
    together = (divisions[:, :, None] == divisions[:, None, :]).mean(axis=0)
    stability = float(np.mean([_likeness(best, division) for division in divisions]))
    shuffled = max(_shuffled_modularities(ballots, seed))
    return Division(_by_size(best), together, modularity, shuffled, stability), kappa


def _shuffled_modularities(ballots: Ballots, seed: int) -> list[float]:
    """The modularity of blocs in shuffled votes, one for each shuffle."""
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(SHUFFLES):
        kappa, _ = between(_shuffled(ballots, generator), "kappa")
        modularity, _ = _leiden(_edges(kappa), len(kappa), 1.0, seed)
        found.append(modularity)
    return found


def _edges(kappa: NDArray[np.float32]) -> list[tuple[str, str, float]]:
    """The ties of each state to those it agrees with most, where it agrees more than by chance."""
    values = np.nan_to_num(kappa, nan=-1.0).astype(np.float64)
    np.fill_diagonal(values, -1.0)
    values = values.round(6)  # products of matrices may differ in their last bits between machines
    ranked = np.argsort(-values, axis=1, kind="stable")[:, :STRONGEST]
    pairs = {
        (min(i, j), max(i, j))
        for i in range(len(values))
        for j in ranked[i].tolist()
        if values[i, j] > 0
    }
    return [(str(i), str(j), float(values[i, j])) for i, j in sorted(pairs)]


def _leiden(
    edges: list[tuple[str, str, float]], size: int, resolution: float, seed: int
) -> tuple[float, NDArray[np.int64]]:
    """Modularity and the community of each state; one without ties is alone."""
    import graspologic_native

    division = np.arange(size) + size
    if not edges:
        return 0.0, division
    quality, found = graspologic_native.leiden(
        edges=edges, resolution=resolution, seed=seed, iterations=2
    )
    for node, community in found.items():
        division[int(node)] = community
    return float(quality), division


def _shuffled(ballots: Ballots, generator: np.random.Generator) -> Ballots:
    """The ballots with each state's answers in another order, where it gave one."""
    answers = ballots.answers.copy()
    for column in answers.T:
        cast = column != OUT
        column[cast] = generator.permutation(column[cast])
    return replace(ballots, answers=answers)


def _likeness(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """The adjusted Rand index of two divisions (L. Hubert, P. Arabie, Journal of Classification 2, 1985)."""
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    both, rows, columns, whole = (
        float((n * (n - 1) / 2).sum())
        for n in (table, table.sum(axis=1), table.sum(axis=0), np.array([float(len(one))]))
    )
    chance, most = rows * columns / whole, (rows + columns) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def _by_size(division: NDArray[np.int64]) -> NDArray[np.int64]:
    names, first, counts = np.unique(division, return_index=True, return_counts=True)
    order = sorted(range(len(names)), key=lambda i: (-counts[i], first[i]))
    rank = {names[i]: n for n, i in enumerate(order, 1)}
    return np.array([rank[name] for name in division])
