"""Blocs that the votes themselves show, and whether they are more than chance and choice of method."""

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
from kg.votes.division import RESOLUTIONS, SEEDS, SHUFFLES, STABLE, STRONGEST, Division, divide
from kg.votes.intervals import FEW
from kg.votes.measures import rounded
from kg.votes.methods import Method

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
