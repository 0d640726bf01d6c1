"""Blocs that the votes themselves show, and whether they are more than chance and choice of method.

The network ties each state to those it agrees with most by kappa; Leiden finds its communities (V. Traag,
L. Waltman, N. van Eck, Scientific Reports 9, 2019). Any network has communities of some kind, and methods
find blocs where there are none, so two tests come with them: votes shuffled within each state, which keep
its shares and undo every agreement, and other seeds and resolutions.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.choice import Filter, choose
from kg.analysis.measured import Measured
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes.ballots import OUT, Ballots
from kg.votes.intervals import FEW
from kg.votes.measures import between, rounded
from kg.votes.methods import Method

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
PART = 0.25
"""Least share of the roll calls that a state must have voted in."""


_LEIDEN = Method(
    key="blocs",
    name="communities by Leiden in the network of kappa",
    formula=f"modularity, each state tied to the {STRONGEST} it agrees with most; kappa is Cohen's, "
    "unweighted",
    source="V. Traag, L. Waltman, N. van Eck, Scientific Reports 9, 2019; on the votes of states: "
    "K. Macon, P. Mucha, M. Porter, Physica A 391, 2012",
)
_RUN_COUNT = len(RESOLUTIONS) * SEEDS


@dataclass(frozen=True, slots=True)
class Blocs(Measured):
    """The blocs, one row for each state, and how alike their states vote."""

    kappa: NDArray[np.float32] = field(compare=False, repr=False)
    """Kappa of each pair of the states: shape [row, row]."""


def blocs(snapshot: Snapshot, *, seed: int = 0, **which: Unpack[Filter]) -> Blocs:
    """The blocs that the votes show; no row where they are no more than chance.

    Columns: bloc (1 is the largest), state, name, stability (share of runs in which it stood with the
    others of its bloc, mean), within and outside (mean kappa with its bloc and with all others).

    Args:
        snapshot: The graph.
        seed: Of Leiden and the shuffles.
        **which: Which votes count; see ``Filter``.

    Raises:
        QueryError: There are too few roll calls or states.
    """
    choice = choose(snapshot, which)
    ballots = _regular(choice.ballots)
    division, kappa = divide(ballots, seed)
    names = labels.labels(snapshot, ballots.states)
    rows = _rows(ballots.states, names, division, kappa) if division.holds else []
    places = [ballots.states.index(row[1]) for row in rows]
    left_count = len(choice.ballots.states) - len(ballots.states)
    receipt = replace(
        choice.receipt(_LEIDEN),
        interval=f"{len(RESOLUTIONS)} resolutions by {SEEDS} seeds, {SHUFFLES} shuffles of the votes",
        seed=seed,
        notes=(*choice.notes, *_notes(division, list(names.values()), left_count)),
        votes=(choice.votes("compare", ("A", "B")), ", for any two states A and B"),
    )
    return Blocs(
        "Blocs that the votes show",
        ("bloc", "state", "name", "stability", "within", "outside"),
        tuple(rows),
        receipt,
        kappa[np.ix_(places, places)],
    )


def _regular(ballots: Ballots) -> Ballots:
    """The ballots of the states that voted often enough.

    Raises:
        QueryError: There are too few roll calls or states.
    """
    often = (ballots.answers != OUT).mean(axis=0) >= PART
    states = [s for s, voted in zip(ballots.states, often, strict=True) if voted]
    count = len(ballots.rollcalls)
    if count < FEW or len(states) < 2 * STRONGEST:
        raise QueryError(
            f"{count} roll calls and {len(states)} states that voted in a quarter of them are too few "
            f"for blocs, which need {FEW} and {2 * STRONGEST}",
            remedy="widen the period",
        )
    return ballots.of_states(states)


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


def _rows(
    states: tuple[str, ...],
    names: dict[str, str],
    division: Division,
    kappa: NDArray[np.float32],
) -> list[tuple[Any, ...]]:
    """Each state in a bloc, by bloc, those that belong to it most first."""
    rows: list[tuple[Any, ...]] = []
    for i in np.nonzero(division.tied)[0].tolist():
        mates = division.blocs == division.blocs[i]
        others = ~mates
        mates[i] = False
        rows.append(
            (
                int(division.blocs[i]),
                states[i],
                names[states[i]],
                rounded(division.together[i, mates].mean()) if mates.any() else None,
                _mean(kappa[i, mates]),
                _mean(kappa[i, others]),
            )
        )
    rows.sort(key=lambda row: (row[0], -(row[4] if row[4] is not None else -2), row[1]))
    return rows


def _mean(values: NDArray[np.float32]) -> float | None:
    defined = values[np.isfinite(values)]
    return rounded(float(defined.astype(np.float64).mean().round(6))) if len(defined) else None


def _notes(division: Division, names: list[str], left_count: int) -> list[str]:
    """What the tests gave, who is in no bloc, and how many were left out."""
    tests = (
        f"modularity {division.modularity:.2f}, at most {division.shuffled:.2f} of shuffled votes; "
        f"stability {division.stability:.2f} over {_RUN_COUNT} runs"
    )
    notes = [tests if division.holds else f"no blocs here: {tests}, where {STABLE} is the least"]
    if alone := [name for name, tied in zip(names, division.tied, strict=True) if not tied]:
        notes.append(
            "in no bloc, since they agree with no other beyond chance, as where a state always votes the "
            f"same: {labels.listed(alone)}"
        )
    if left_count:
        notes.append(
            f"{left_count} states that voted in less than a quarter of the roll calls are left out"
        )
    return notes
