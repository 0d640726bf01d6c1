"""Blocs that the votes themselves show, and whether they are more than chance and choice of method.

The network ties each state to those it agrees with most by kappa; Leiden finds its communities (V. Traag,
L. Waltman, N. van Eck, Scientific Reports 9, 2019). Any network has communities of some kind, and methods
find blocs where there are none, so two tests come with them: votes shuffled within each state, which keep
its shares and undo every agreement, and other seeds and resolutions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import choice, labels
from kg.analysis.choice import Asked
from kg.analysis.measured import FEW, Measured, Receipt, method
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes.ballots import OUT, Ballots
from kg.votes.measures import between, told

if TYPE_CHECKING:
    pass

STRONGEST = 8
"""To how many others each state is tied."""
RESOLUTIONS = (0.8, 0.9, 1.0, 1.1, 1.2)
"""Of Leiden; the blocs shown are those of 1."""
SEEDS = 10
"""Runs at each resolution."""
SHUFFLES = 19
"""Shuffled votes; if none comes up to the votes as they were, that is one chance in twenty."""
STABLE = 0.5
"""Least likeness (adjusted Rand index) of the runs for blocs to be told."""
PART = 0.25
"""Least share of the roll calls that a state must have voted in."""


@dataclass(frozen=True, slots=True)
class Found:
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
            and (self.stability >= STABLE)
        )

    @property
    def tied(self) -> NDArray[np.bool_]:
        """Whether each state stands in a bloc with any other."""
        return np.bincount(self.blocs)[self.blocs] > 1


def find(ballots: Ballots, seed: int = 0) -> tuple[Found, NDArray[np.float32]]:
    """The blocs in some ballots, and the kappa of all pairs of states."""
    kappa, _ = between(ballots, "kappa")
    edges = _edges(kappa)
    runs = [
        (resolution, *_leiden(edges, len(kappa), resolution, seed * SEEDS + run))
        for resolution in RESOLUTIONS
        for run in range(SEEDS)
    ]
    best = max((run for run in runs if run[0] == 1.0), key=lambda run: run[1])
    divisions = np.stack([division for _, _, division in runs])
    together = (divisions[:, :, None] == divisions[:, None, :]).mean(axis=0)
    stability = np.mean([_likeness(best[2], division) for division in divisions])
    generator = np.random.default_rng(seed)
    shuffled = [
        _leiden(_edges(between(_shuffled(ballots, generator), "kappa")[0]), len(kappa), 1.0, seed)[
            0
        ]
        for _ in range(SHUFFLES)
    ]
    return Found(_by_size(best[2]), together, best[1], max(shuffled), float(stability)), kappa


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
    options = ballots.options.copy()
    for column in options.T:
        cast = column != OUT
        column[cast] = generator.permutation(column[cast])
    return Ballots(ballots.rollcalls, ballots.states, options, ballots.absent)


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


def blocs(snapshot: Snapshot, *, seed: int = 0, **asked: Unpack[Asked]) -> Measured:
    """The blocs that the votes show; no row where they are no more than chance.

    Columns: bloc (1 is the largest), state, name, stability (share of runs in which it stood with the
    others of its bloc, mean), within and outside (mean kappa with its bloc and with all others).

    Args:
        snapshot: The graph.
        seed: Of Leiden and the shuffles.
        **asked: See ``Asked``.

    Raises:
        QueryError: There are too few roll calls or states.
    """
    chosen = choice.choice(snapshot, asked)
    count = len(chosen.ballots.rollcalls)
    part = (chosen.ballots.options != OUT).mean(axis=0) >= PART
    if count < FEW or part.sum() < 2 * STRONGEST:
        raise QueryError(
            f"{count} roll calls and {int(part.sum())} states that voted in a quarter of them are too few "
            f"for blocs, which need {FEW} and {2 * STRONGEST}; widen the period"
        )
    states = tuple(s for s, taken in zip(chosen.ballots.states, part, strict=True) if taken)
    ballots = Ballots(
        chosen.ballots.rollcalls, states, chosen.ballots.options[:, part], chosen.ballots.absent
    )
    found, kappa = find(ballots, seed)
    names = labels.labels(snapshot, states)
    rows: list[tuple[Any, ...]] = []
    for i in np.nonzero(found.tied)[0].tolist():
        state = states[i]
        mates = found.blocs == found.blocs[i]
        others = ~mates
        mates[i] = False
        rows.append(
            (
                *(int(found.blocs[i]), state, names[state]),
                told(found.together[i, mates].mean()) if mates.any() else None,
                *(_mean(kappa[i, side]) for side in (mates, others)),
            )
        )
    rows.sort(key=lambda row: (row[0], -(row[4] if row[4] is not None else -2), row[1]))
    shown = f"modularity {found.modularity:.2f}, at most {found.shuffled:.2f} of shuffled votes; "
    shown += f"stability {found.stability:.2f} over {len(RESOLUTIONS) * SEEDS} runs"
    notes = list(chosen.notes)
    notes += [shown if found.holds else f"no blocs here: {shown}, where {STABLE} is the least"]
    if alone := [names[s] for s, tied in zip(states, found.tied, strict=True) if not tied]:
        listed = ", ".join(alone[:8]) + (f" and {len(alone) - 8} more" if len(alone) > 8 else "")
        notes.append(
            "in no bloc, since they agree with no other beyond chance, as where a state always votes the "
            f"same: {listed}"
        )
    if left := int((~part).sum()):
        notes.append(
            f"{left} states that voted in less than a quarter of the roll calls are left out"
        )
    return Measured(
        "Blocs that the votes show",
        ("bloc", "state", "name", "stability", "within", "outside"),
        tuple(rows) if found.holds else (),
        Receipt(
            **(
                method("kappa")
                | {
                    "method": "blocs",
                    "name": "communities by Leiden in the network of kappa",
                    "formula": f"modularity, each state tied to the {STRONGEST} it agrees with most; kappa "
                    "is Cohen's, unweighted",
                    "formula_source": "V. Traag, L. Waltman, N. van Eck, Scientific Reports 9, 2019; on the "
                    "votes of states: K. Macon, P. Mucha, M. Porter, Physica A 391, 2012",
                    "range": "",
                }
            ),
            **chosen.receipt,
            interval=f"{len(RESOLUTIONS)} resolutions by {SEEDS} seeds, {SHUFFLES} shuffles of the votes",
            seed=seed,
            notes=tuple(notes),
            votes=f"kg compare A B {chosen.options} --votes, for any two states A and B".replace(
                "  ", " "
            ),
        ),
    )


def _mean(values: NDArray[np.float32]) -> float | None:
    defined = values[np.isfinite(values)]
    return told(float(defined.astype(np.float64).mean().round(6))) if len(defined) else None


def matrix(snapshot: Snapshot, table: Measured, **asked: Unpack[Asked]) -> NDArray[np.float32]:
    """The kappa of all pairs of the states of a table of blocs, in its order."""
    chosen = choice.choice(snapshot, asked)
    kappa, _ = between(chosen.ballots, "kappa")
    places = [chosen.ballots.states.index(row["state"]) for row in table]
    return kappa[np.ix_(places, places)]
