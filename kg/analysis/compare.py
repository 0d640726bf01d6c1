"""Who votes with whom: one state and all others, or two states through time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.choice import Choice, Filter, choose, state_of
from kg.analysis.measured import Measured
from kg.analysis.receipt import Receipt
from kg.calls import Argument
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.output.text import plural
from kg.votes import intervals
from kg.votes.ballots import OUT, WORDS, Ballots, periods
from kg.votes.intervals import BOOTSTRAP, LEAST
from kg.votes.kernel import joint, table_of
from kg.votes.measures import DISTANCE, rounded, value
from kg.votes.methods import MEASURES, METHODS


def partners(
    snapshot: Snapshot,
    name: str,
    measure: str = "kappa",
    *,
    seed: int = 0,
    **which: Unpack[Filter],
) -> Measured:
    """One state and all others, closest first.

    Columns: rank, state, name, the measure, low, high, n (common votes), same (share of same votes),
    differing (how many were not the same), remark.
    States with fewer than five common votes, or without a defined measure, are counted in the receipt.

    Args:
        snapshot: The graph.
        name: A state.
        measure: One of ``MEASURES``.
        seed: Of the bootstrap.
        **which: Which votes count; see ``Filter``.

    Raises:
        UnknownNameError: The name means no state.
        QueryError: No vote or too few count, or the measure is defined with no other state.
    """
    _check(measure)
    choice = choose(snapshot, which)
    state = state_of(snapshot, choice, name)
    _refuse_constant(choice.ballots.column(state), state, measure)
    company = _company(choice.ballots, state, measure)
    if not company.tables:
        raise QueryError(
            f"{state} has fewer than {LEAST} votes in common with every other state",
            remedy="widen the period",
        )
    names = labels.labels(snapshot, [state, *company.tables])
    rows = [
        (rank, other, names[other], *_numbers(measure, table, seed, (state, other)))
        for rank, (other, table) in enumerate(company.tables.items(), 1)
    ]
    receipt = replace(
        _receipt(choice, measure, seed, (state, next(iter(company.tables)))),
        of=(f"state:{state}",),
        notes=(*choice.notes, *_left_out(snapshot, company)),
    )
    columns = ("rank", "state", "name", *_columns(measure))
    return Measured(f"Who votes with {names[state]}", columns, tuple(rows), receipt)


def _refuse_constant(answers: NDArray[np.int8], state: str, measure: str) -> None:
    """Refuse to compare by kappa a state that always did the same."""
    answers = answers[answers != OUT]
    constant = len(answers) >= LEAST and (answers == answers[0]).all()
    if constant and measure in ("kappa", "weighted-kappa"):
        raise QueryError(
            f"{state} always voted {WORDS[answers[0]]} in the {len(answers)} roll calls that count, and "
            f"{measure} is 0 or undefined with everyone then",
            remedy=("take ", Argument("measure"), " same or agreement"),
        )


@dataclass(frozen=True, slots=True)
class _Company:
    """The states that one state can be compared with."""

    tables: dict[str, NDArray[np.int64]]
    """State to its joint table with the one, closest first."""
    few_count: int
    """How many others have fewer common votes than say anything."""
    undefined: tuple[str, ...]
    """Others with which the measure is not defined."""


def _company(ballots: Ballots, state: str, measure: str) -> _Company:
    tables = joint(ballots, state)
    values, same, counts = value(measure, tables), value("same", tables), tables.sum(axis=(1, 2))
    others = [i for i, other in enumerate(ballots.states) if other != state and counts[i]]
    enough = [i for i in others if counts[i] >= LEAST]
    defined = [i for i in enough if np.isfinite(values[i])]
    defined.sort(key=lambda i: (-values[i].round(9), -same[i], ballots.states[i]))
    return _Company(
        {ballots.states[i]: tables[i] for i in defined},
        len(others) - len(enough),
        tuple(ballots.states[i] for i in enough if not np.isfinite(values[i])),
    )


def _left_out(snapshot: Snapshot, company: _Company) -> list[str]:
    notes = []
    if company.few_count:
        notes.append(f"left out for fewer than {LEAST} common votes: {company.few_count}")
    if company.undefined:
        names = list(labels.labels(snapshot, company.undefined).values())
        notes.append(f"left out because both always voted the same one way: {labels.listed(names)}")
    return notes


def pair(
    snapshot: Snapshot,
    name: str,
    other: str,
    measure: str = "kappa",
    *,
    seed: int = 0,
    **which: Unpack[Filter],
) -> Measured:
    """Two states year by year, and over the whole period in the last row.

    Columns: period, the measure, low, high, n (common votes), same (share of same votes), differing (how many
    were not the same), remark. A year with fewer than five common votes has no measure.

    Args:
        snapshot: The graph.
        name: A state.
        other: Another.
        measure: One of ``MEASURES``.
        seed: Of the bootstrap.
        **which: Which votes count; see ``Filter``.

    Raises:
        UnknownNameError: A name means no state.
        QueryError: The two are one, or have too few votes in common.
    """
    _check(measure)
    choice = choose(snapshot, which)
    a, b = _ends(snapshot, choice, name, other)
    both = _common(choice.ballots, a, b)
    if len(both) < LEAST:
        raise QueryError(
            f"{a} and {b} have {plural(len(both), 'vote')} in common here, and {LEAST} are the fewest that "
            "say anything",
            remedy="widen the period",
        )
    rows = _by_period(choice.ballots, (a, b), both, measure, seed)
    names = labels.labels(snapshot, [a, b])
    undefined = any(row[1] is None for row in rows)
    few = (
        f"a year has no {measure} with fewer than {LEAST} common votes, or where it is not defined"
    )
    receipt = replace(
        _receipt(choice, measure, seed, (a, b), both),
        of=(f"state:{a}", f"state:{b}"),
        notes=(*choice.notes, few) if undefined else choice.notes,
    )
    title = f"{names[a]} and {names[b]} through time"
    return Measured(title, ("period", *_columns(measure)), rows, receipt)


def _by_period(
    ballots: Ballots, states: tuple[str, str], both: NDArray[np.intp], measure: str, seed: int
) -> tuple[tuple[Any, ...], ...]:
    """The numbers of two states in each year, and in all of them."""
    mine, theirs = (ballots.column(state)[both] for state in states)
    return tuple(
        (
            period,
            *_numbers(measure, table_of(mine[here], theirs[here], ballots.kinds), seed, states),
        )
        for period, here in periods(ballots.years[both])
    )


def votes(
    snapshot: Snapshot,
    name: str,
    other: str,
    measure: str = "kappa",
    *,
    differing: bool = False,
    **which: Unpack[Filter],
) -> Measured:
    """The votes of two states that a measure of them is made of, one row for each roll call.

    Columns: date, rollcall, symbol, title, one column for each state, distance, record (its source).

    Args:
        snapshot: The graph.
        name: A state.
        other: Another.
        measure: One of ``MEASURES``.
        differing: Only those in which the two did not do the same; with none, there is no row.
        **which: Which votes count; see ``Filter``.

    Raises:
        UnknownNameError: A name means no state.
        QueryError: The two are one, or have no vote in common.
    """
    _check(measure)
    choice = choose(snapshot, which)
    a, b = _ends(snapshot, choice, name, other)
    both = _common(choice.ballots, a, b)
    if not len(both):
        raise QueryError(f"{a} and {b} have no vote in common here", remedy="widen the period")
    mine, theirs = (choice.ballots.column(state) for state in (a, b))
    listed = both[mine[both] != theirs[both]] if differing else both
    sources = choice.ballots.rollcalls["source"].to_list()
    headings = labels.headings(snapshot, choice.ballots, listed.tolist())
    rows = []
    for i, heading in zip(listed.tolist(), headings, strict=True):
        distance = int(DISTANCE[mine[i], theirs[i]])
        cells = WORDS[mine[i]], WORDS[theirs[i]], distance, sources[i]
        rows.append((*heading.cells, *cells))
    names = labels.labels(snapshot, [a, b])
    receipt = choice.receipt(METHODS[measure], listed if rows else both)
    if differing:
        kept = f"{receipt.kept}, {len(rows)} of the {plural(len(both), 'common vote')} differ"
        receipt = replace(receipt, kept=kept)
    what = "The differing votes" if differing else "The votes"
    columns = (*labels.HEADING, a, b, "distance", "record")
    return Measured(f"{what} of {names[a]} and {names[b]}", columns, tuple(rows), receipt)


def _columns(measure: str) -> list[str]:
    """The columns of the numbers; the share of same votes is not put beside itself."""
    columns = [measure, "low", "high", "n"]
    if measure != "same":
        columns.append("same")
    return [*columns, "differing", "remark"]


def _numbers(measure: str, table: NDArray[np.int64], seed: int, states: Iterable[str]) -> list[Any]:
    """The cells of ``_columns`` for a joint table; no measure of fewer than five votes."""
    count = int(table.sum())
    number = rounded(value(measure, table)) if count >= LEAST else None
    bounds: intervals.Bounds = (None, None)
    if number is not None:
        bounds = intervals.of_measure(measure, table, seed, *sorted(states))
    cells = [number, *bounds, count]
    if measure != "same":
        cells.append(rounded(value("same", table)))
    return [*cells, count - int(table.trace()), intervals.remark(table)]


def _receipt(
    choice: Choice,
    measure: str,
    seed: int,
    pair: tuple[str, str],
    rows: NDArray[np.intp] | None = None,
) -> Receipt:
    """The receipt of numbers with intervals, behind which stand the votes of a pair of states."""
    return replace(
        choice.receipt(METHODS[measure], rows),
        interval=BOOTSTRAP,
        seed=seed,
        votes=(
            choice.votes("compare", pair),
            "; those that differ: ",
            choice.votes("compare", pair, "differing"),
        ),
    )


def _common(ballots: Ballots, a: str, b: str) -> NDArray[np.intp]:
    """The roll calls in which both took part."""
    return np.nonzero((ballots.column(a) != OUT) & (ballots.column(b) != OUT))[0]


def _ends(snapshot: Snapshot, choice: Choice, name: str, other: str) -> tuple[str, str]:
    a, b = (state_of(snapshot, choice, given) for given in (name, other))
    if a == b:
        raise QueryError(f"{name} and {other} are one state here ({a})", remedy="name two")
    return a, b


def _check(measure: str) -> None:
    if measure not in MEASURES:
        raise QueryError(f"{measure!r} is no measure of two states", allowed=MEASURES)
