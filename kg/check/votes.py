"""Votes counted again: against printed totals, against the members of the day, and source against source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.words import OPTIONS, Option
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN, VoteTable

if TYPE_CHECKING:
    pass

_WORDS: dict[int, Option] = {code: option for option, code in CODES.items()}
_LISTED = 6
"""Most states that one finding names."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not add up, or that a reader should know."""

    level: Literal["finding", "remark"]
    """``finding`` is wrong somewhere; ``remark`` is not, and worth a look."""
    kind: str
    """Such as ``totals``, ``vote without a seat``, ``sources: date``, ``dates``, ``reference``, ``shape``."""
    thing: str
    """What it is about, as ``kind:key``."""
    text: str
    """What does not add up."""


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What does not add up in the accounts of roll calls."""
    table = snapshot.accounts
    seats = _Seats(snapshot, table)
    counts = table.counts().drop("rollcall").to_numpy()
    first: dict[str, int] = {}
    for i, row in enumerate(table.rollcalls.iter_rows(named=True)):
        yield from _totals(row, table.matrix[i], counts[i])
        yield from _members(row, table, i, seats.on(row["organ"], row["date"]))
        if row["record"]:
            first[row["rollcall"]] = i
        elif row["rollcall"] in first:
            yield from _differ(table, first[row["rollcall"]], i)


def _totals(
    row: dict[str, Any], votes: NDArray[np.int8], counted: NDArray[np.int64]
) -> Iterator[Finding]:
    known = np.isin(votes, list(_WORDS))
    if not known.any():
        yield _told("remark", "totals", row, "totals only; the single votes are unknown")
        return
    if not counted[:3].any():
        text = "nobody cast a vote in the source; the single votes may be missing there"
        yield _told("remark", "totals", row, text)
    for option, count in zip(OPTIONS, counted.tolist(), strict=True):
        printed = row[option]
        if printed is not None and count != printed and (row["complete"] or option != "nonvoting"):
            yield _told(
                "finding", "totals", row, f"{count} {option} votes counted, {printed} printed"
            )
    listed = int(known.sum()) + int((votes == UNKNOWN).sum() if row["complete"] else 0)
    if row["member_count"] is not None and row["complete"] and listed != row["member_count"]:
        text = f"{listed} members listed, {row['member_count']} printed"
        yield _told("finding", "totals", row, text)


def _members(
    row: dict[str, Any], table: VoteTable, i: int, seats: tuple[NDArray[np.bool_], int] | None
) -> Iterator[Finding]:
    if seats is None:
        return
    members, size = seats
    votes = table.matrix[i]
    cast = np.isin(votes, list(_WORDS))
    printed = sum(row[option] or 0 for option in OPTIONS)
    if row["record"] and printed > size:
        yield _told(
            "finding", "more votes than members", row, f"{printed} printed votes of {size} members"
        )
    for j in np.nonzero(cast & ~members)[0].tolist():
        text = f"state:{table.states[j]} voted and held no seat that day"
        yield _told("finding", "vote without a seat", row, text)
    if not cast.any() or not row["complete"]:
        return
    for j in np.nonzero((votes == UNKNOWN) & members)[0].tolist():
        text = f"state:{table.states[j]} has a vote that could not be read"
        yield _told("finding", "unread vote", row, text)
    for j in np.nonzero((votes == NOT_A_MEMBER) & members)[0].tolist():
        text = (
            f"state:{table.states[j]} was a member that day and has no vote, not even a missing one"
        )
        yield _told("finding", "member without a vote", row, text)


def _differ(table: VoteTable, i: int, j: int) -> Iterator[Finding]:
    """What two sources say differently of one roll call."""
    record, other = table.rollcalls.row(i, named=True), table.rollcalls.row(j, named=True)
    day = "%Y-%m-%d" if record["exact"] and other["exact"] else "%Y-%m"
    if record["date"].strftime(day) != other["date"].strftime(day):
        text = f"{other['source']} dates it {_date(other)}, {record['source']} {_date(record)}"
        yield _told("finding", "sources: date", other, text)
    for option in OPTIONS:
        a, b = record[option], other[option]
        if a is not None and b is not None and a != b:
            text = f"{other['source']} prints {b} {option} votes, {record['source']} {a}"
            yield _told("finding", "sources: totals", other, text)
    mine, theirs = table.matrix[i], table.matrix[j]
    kinds: dict[str, list[str]] = {}
    for k in np.nonzero(mine != theirs)[0].tolist():
        kind = _kind(
            int(mine[k]), int(theirs[k]), complete=other["complete"] and record["complete"]
        )
        if kind:
            said = f"{table.states[k]} {_word(mine[k])}/{_word(theirs[k])}"
            kinds.setdefault(kind, []).append(said)
    for kind, states in sorted(kinds.items()):
        more = f" and {len(states) - _LISTED} more" if len(states) > _LISTED else ""
        text = f"{record['source']}/{other['source']}: {', '.join(states[:_LISTED])}{more}"
        yield _told("finding", f"sources: {kind}", other, text)


def _kind(mine: int, theirs: int, *, complete: bool) -> str:
    """What sort of difference it is; empty where one source is only silent."""
    a, b = _WORDS.get(mine), _WORDS.get(theirs)
    if a is None and b is None:
        return ""
    if a is None or b is None:
        silent = mine if a is None else theirs
        told = b if a is None else a
        if told == "nonvoting" and not complete:
            return ""
        return "vote not listed" if silent in (UNKNOWN, NOT_A_MEMBER) else ""
    if "nonvoting" in (a, b):
        return "absent in one"
    return "abstention in one" if "abstain" in (a, b) else "yes against no"


def _word(code: int) -> str:
    return _WORDS.get(int(code), "not listed")


def _date(row: dict[str, Any]) -> str:
    return str(row["date"]) if row["exact"] else row["date"].strftime("%Y-%m")


def _told(
    level: Literal["finding", "remark"], kind: str, row: dict[str, Any], text: str
) -> Finding:
    beside = "" if row["record"] else f"{row['source']}: "
    return Finding(level, kind, f"rollcall:{row['rollcall']}", beside + text)


class _Seats:
    """Who held a seat in an organ on a day, as truth values over the states of a table."""

    def __init__(self, snapshot: Snapshot, table: VoteTable) -> None:
        self._columns = {f"state:{state}": i for i, state in enumerate(table.states)}
        self._held: dict[str, list[things.Thing]] = {}
        for held in things.of(snapshot.store, "Holding"):
            if held.one("role") == "role:member":
                self._held.setdefault(held.one("organisation"), []).append(held)
        self._known: dict[tuple[str, date], tuple[NDArray[np.bool_], int]] = {}

    def on(self, organ: str, day: date) -> tuple[NDArray[np.bool_], int] | None:
        """The members that day and how many they are; None of an organ whose seats are not in the graph."""
        held = self._held.get(f"organisation:{organ}")
        if held is None:
            return None
        if (organ, day) not in self._known:
            here = np.zeros(len(self._columns), dtype=np.bool_)
            seated = [seat for seat in held if seat.holds(day)]
            for seat in seated:
                if (at := self._columns.get(seat.one("state"))) is not None:
                    here[at] = True
            self._known[organ, day] = here, len(seated)
        return self._known[organ, day]
