"""Who votes with whom: one state and all others, or two states through time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from kg.analysis import choice, labels
from kg.analysis.choice import Asked, Chosen
from kg.analysis.measured import (
    BOOTSTRAP,
    LEAST,
    Measured,
    Receipt,
    interval,
    method,
    remark,
)
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes.ballots import OUT, WORDS
from kg.votes.measures import DISTANCE, MEASURES, Measure, joint, table_of, told, value

if TYPE_CHECKING:
    pass


_SAME: tuple[tuple[str, ...], ...] = ("same",), ()
"""The share of same votes stands beside each other measure, and not beside itself."""


def partners(
    snapshot: Snapshot,
    name: str,
    measure: Measure = "kappa",
    *,
    seed: int = 0,
    **asked: Unpack[Asked],
) -> Measured:
    """One state and all others, closest first.

    Columns: rank, state, name, the measure, low, high, n (common votes), same (share of same votes), remark.
    States with fewer than five common votes, or without a defined measure, are counted in the receipt.

    Args:
        snapshot: The graph.
        name: A state.
        measure: One of ``MEASURES``.
        seed: Of the bootstrap.
        **asked: See ``Asked``.
    """
    _known(measure)
    chosen = choice.choice(snapshot, asked)
    state = choice.state(snapshot, chosen, name)
    answers = chosen.ballots.column(state)
    answers = answers[answers != OUT]
    constant = len(answers) >= LEAST and (answers == answers[0]).all()
    if constant and measure in ("kappa", "weighted-kappa"):
        raise QueryError(
            f"{state} always voted {WORDS[answers[0]]} in the {len(answers)} roll calls that count, and "
            f"{measure} is 0 or undefined with everyone then; take --measure same or agreement"
        )
    tables = joint(chosen.ballots, state)
    values, same, counts = value(measure, tables), value("same", tables), tables.sum(axis=(1, 2))
    others = [i for i, s in enumerate(chosen.ballots.states) if s != state and counts[i]]
    taken = [i for i in others if counts[i] >= LEAST and np.isfinite(values[i])]
    if not taken:
        raise QueryError(
            f"{state} has fewer than {LEAST} votes in common with every other state; widen the period"
        )
    states = chosen.ballots.states
    taken.sort(key=lambda i: (-values[i].round(9), -same[i], states[i]))
    names = labels.labels(snapshot, [state, *(states[i] for i in taken)])
    rows = []
    for rank, i in enumerate(taken, 1):
        low, high = interval(measure, tables[i], seed, *sorted((state, states[i])))
        rows.append(
            (
                *(rank, states[i], names[states[i]], told(values[i]), low, high, int(counts[i])),
                *(told(same[i]),)[measure == "same" :],
                remark(tables[i]),
            )
        )
    few = sum(counts[i] < LEAST for i in others)
    notes = list(chosen.notes)
    if few:
        notes.append(f"left out for fewer than {LEAST} common votes: {few}")
    if undefined := [i for i in others if counts[i] >= LEAST and not np.isfinite(values[i])]:
        told_of = labels.labels(snapshot, [states[i] for i in undefined[:8]]).values()
        more = f" and {len(undefined) - 8} more" if len(undefined) > 8 else ""
        notes.append(
            f"left out because both always voted the same one way: {', '.join(told_of)}{more}"
        )
    return Measured(
        f"Who votes with {names[state]}",
        ("rank", "state", "name", measure, "low", "high", "n", *_SAME[measure == "same"], "remark"),
        tuple(rows),
        Receipt(
            **method(measure),
            **chosen.receipt,
            interval=BOOTSTRAP,
            seed=seed,
            of=(f"state:{state}",),
            notes=tuple(notes),
            votes=_command("compare", state, states[taken[0]], chosen.options, "--votes"),
        ),
    )


def pair(
    snapshot: Snapshot,
    name: str,
    other: str,
    measure: Measure = "kappa",
    *,
    seed: int = 0,
    **asked: Unpack[Asked],
) -> Measured:
    """Two states year by year, and over the whole period in the last row.

    Columns: period, the measure, low, high, n (common votes), same (share of same votes), remark. A year
    with fewer than five common votes has no measure.

    Args:
        snapshot: The graph.
        name: A state.
        other: Another.
        measure: One of ``MEASURES``.
        seed: Of the bootstrap.
        **asked: See ``Asked``.
    """
    _known(measure)
    chosen = choice.choice(snapshot, asked)
    a, b = _ends(snapshot, chosen, name, other)
    mine, theirs = (chosen.ballots.column(state) for state in (a, b))
    kinds, years = chosen.ballots.kinds, chosen.ballots.years
    both = (mine != OUT) & (theirs != OUT)
    if both.sum() < LEAST:
        raise QueryError(
            f"{a} and {b} have {both.sum()} vote{'s' * int(both.sum() != 1)} in common here, and {LEAST} are "
            "the fewest that say anything; widen the period"
        )
    rows: list[tuple[Any, ...]] = []
    for period in (*np.unique(years[both]).tolist(), "whole"):
        here = both if period == "whole" else both & (years == period)
        table = table_of(mine[here], theirs[here], kinds)
        enough = table.sum() >= LEAST
        number = told(value(measure, table)) if enough else None
        bounds = (
            interval(measure, table, seed, *sorted((a, b))) if number is not None else (None, None)
        )
        same = told(value("same", table))
        more = (same,)[measure == "same" :]
        rows.append((str(period), number, *bounds, int(table.sum()), *more, remark(table)))
    names = labels.labels(snapshot, [a, b])
    notes = list(chosen.notes)
    if any(row[1] is None for row in rows):
        notes.append(
            f"a year has no {measure} with fewer than {LEAST} common votes, or where it is not defined"
        )
    return Measured(
        f"{names[a]} and {names[b]} through time",
        ("period", measure, "low", "high", "n", *_SAME[measure == "same"], "remark"),
        tuple(rows),
        Receipt(
            **method(measure),
            **chosen.narrowed(np.nonzero(both)[0]),
            interval=BOOTSTRAP,
            seed=seed,
            of=(f"state:{a}", f"state:{b}"),
            notes=tuple(notes),
            votes=_command("compare", a, b, chosen.options, "--votes"),
        ),
    )


def votes(
    snapshot: Snapshot, name: str, other: str, measure: Measure = "kappa", **asked: Unpack[Asked]
) -> Measured:
    """The votes of two states that a measure of them is made of, one row for each roll call.

    Columns: date, rollcall, symbol, title, one column for each state, distance, source.
    """
    _known(measure)
    chosen = choice.choice(snapshot, asked)
    a, b = _ends(snapshot, chosen, name, other)
    mine, theirs = (chosen.ballots.column(state) for state in (a, b))
    rows = np.nonzero((mine != OUT) & (theirs != OUT))[0]
    sources = chosen.ballots.rollcalls["source"].to_list()
    if not len(rows):
        raise QueryError(f"{a} and {b} have no vote in common here; widen the period")
    told_of = [
        (*text, WORDS[mine[i]], WORDS[theirs[i]], int(DISTANCE[mine[i], theirs[i]]), sources[i])
        for i, text in zip(
            rows.tolist(), labels.texts(snapshot, chosen.ballots, rows.tolist()), strict=True
        )
    ]
    names = labels.labels(snapshot, [a, b])
    return Measured(
        f"The votes of {names[a]} and {names[b]}",
        ("date", "rollcall", "symbol", "title", a, b, "distance", "record"),
        tuple(told_of),
        Receipt(**method(measure), **chosen.narrowed(rows), notes=chosen.notes),
    )


def _ends(snapshot: Snapshot, chosen: Chosen, name: str, other: str) -> tuple[str, str]:
    a, b = (choice.state(snapshot, chosen, told) for told in (name, other))
    if a == b:
        raise QueryError(f"{name} and {other} are one state here ({a}); name two")
    return a, b


def _known(measure: str) -> None:
    if measure not in MEASURES:
        raise QueryError(f"{measure!r} is no measure of two states; known: {', '.join(MEASURES)}")


def _command(*words: str) -> str:
    return " ".join(filter(None, ("kg", *words)))
