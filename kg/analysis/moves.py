"""Who changed: between two votes, or between two periods."""

from __future__ import annotations

import re
from typing import Unpack

import numpy as np

from kg.analysis import labels
from kg.analysis.choice import Filter, sources
from kg.analysis.measured import Measured
from kg.analysis.periods import between_periods
from kg.analysis.receipt import Receipt
from kg.calls import Call
from kg.errors import QueryError, UnknownNameError
from kg.graph.snapshot import Snapshot
from kg.model.words import OPTIONS, Continuity
from kg.votes.methods import Method
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN

_PERIOD = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:(?:\.\.|/|:)(\d{4}(?:-\d\d(?:-\d\d)?)?))?")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_WORDS = {CODES[option]: option for option in OPTIONS} | {
    NOT_A_MEMBER: "no member",
    UNKNOWN: "unknown",
}
"""What a member did, by its code."""
_ORDER = ("no", "abstain", "nonvoting", "yes", "no member")
"""In which order changes are listed."""
_CHANGE = Method(
    key="moves",
    name="change of vote",
    formula="what a member did in one roll call and in the other",
    source="the record of both votes",
)


def moves(
    snapshot: Snapshot, before: str, after: str, *, seed: int = 0, **which: Unpack[Filter]
) -> Measured:
    """Who changed between two votes, or two periods; see ``between_votes`` and ``between_periods``.

    Args:
        snapshot: The graph.
        before: A roll call by any form of its symbol, or a period: 2014, 2010-2014, 2014-03..2015-02.
        after: Another of the same kind.
        seed: Of the chance that periods are held against.
        **which: Which votes count; see ``Filter``. Between two votes only the continuity counts.

    Raises:
        UnknownNameError: One is neither a vote nor a period.
        QueryError: They are not of one kind, are one, are not in order, or have too few votes.
    """
    first, second = _period(before), _period(after)
    if first and second:
        return between_periods(snapshot, first, second, seed, which)
    if first or second:
        raise QueryError(f"{before!r} and {after!r}: give two votes or two periods")
    rolls = [_roll(snapshot, name) for name in (before, after)]
    unused = {name for name, value in which.items() if value and value != "skip"} - {"continuity"}
    if unused:
        raise QueryError(
            f"between two votes nothing is chosen: leave out {', '.join(sorted(unused))}"
        )
    return between_votes(snapshot, rolls[0], rolls[1], which.get("continuity", "state"))


def _period(text: str) -> tuple[str, str] | None:
    """First and last moment of a period; None where the text is none."""
    match = _YEARS.fullmatch(text) or _PERIOD.fullmatch(text)
    return (match[1], match[2] or match[1]) if match else None


def _roll(snapshot: Snapshot, name: str) -> str:
    try:
        return snapshot.names.resolve(name, "rollcall")
    except UnknownNameError as error:
        raise UnknownNameError(
            name,
            "is no vote in the graph, and no period such as 2014 or 2010-2014",
            error.nearest,
        ) from error


def between_votes(
    snapshot: Snapshot, before: str, after: str, continuity: Continuity = "state"
) -> Measured:
    """The states that did in one roll call what they did not do in the other.

    Columns: state, name, before, after. Absence and not being a member are changes too.
    """
    if before == after:
        raise QueryError(f"{before} is held against itself", remedy="name two votes")
    table = snapshot.votes
    places = [table.rollcalls["rollcall"].to_list().index(key) for key in (before, after)]
    days = [table.rollcalls["date"][i] for i in places]
    titles = sources(snapshot, [table.rollcalls["source"][i] for i in places])
    cast = [int(np.isin(table.matrix[i], list(CODES.values())).sum()) for i in places]
    changes = _changes(snapshot, places, continuity)
    names = labels.labels(snapshot, [state for state, *_ in changes])
    return Measured(
        f"Who changed from {before.replace('_', '/')} to {after.replace('_', '/')}",
        ("state", "name", "before", "after"),
        tuple((state, names[state], *words) for state, *words in changes),
        Receipt(
            measure=_CHANGE,
            start=min(days),
            end=max(days),
            rollcall_count=2,
            kept=f"{before} with {cast[0]} members and {after} with {cast[1]}",
            absent="own",
            continuity=continuity,
            source=tuple(titles.values()),
            derived=tuple(titles),
            votes=(_roll_call(before), "; ", _roll_call(after)),
        ),
    )


def _roll_call(key: str) -> Call:
    return Call("query", ("roll-call",), (("resolution", key),))


def _changes(
    snapshot: Snapshot, places: list[int], continuity: Continuity
) -> list[tuple[str, str, str]]:
    """Each state that changed, with what it did before and after; noes first."""
    changes = [
        (state, _WORDS[before], _WORDS[after])
        for state, (before, after) in _codes(snapshot, places, continuity).items()
        if _WORDS[before] != _WORDS[after] and UNKNOWN not in (before, after)
    ]
    changes.sort(key=lambda row: (_ORDER.index(row[2]), _ORDER.index(row[1]), row[0]))
    return changes


def _codes(
    snapshot: Snapshot, places: list[int], continuity: Continuity
) -> dict[str, tuple[int, int]]:
    """What each state did in two roll calls; the holders of a seat as its last one with ``seat``."""
    table, seats = snapshot.votes, snapshot.seats if continuity == "seat" else {}
    holders: dict[str, list[tuple[str, int, int]]] = {}
    for i, state in enumerate(table.states):
        before, after = (int(table.matrix[place, i]) for place in places)
        holders.setdefault(seats.get(state, f"state {state}"), []).append((state, before, after))
    codes = {}
    for columns in holders.values():
        out = (NOT_A_MEMBER, UNKNOWN)
        first = next((c for c in columns if c[1] not in out), columns[0])
        last = next((c for c in columns if c[2] not in out), first)
        codes[last[0]] = first[1], last[2]
    return codes
