"""Votes counted again: against printed totals, against the members of the day, and source against source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.check.finding import Finding, Level
from kg.graph.snapshot import Snapshot
from kg.model.records import Holding
from kg.model.seats import voting_times
from kg.model.words import OPTIONS, Option
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN, VoteTable

Row = dict[str, Any]
"""A row of ``VoteTable.rollcalls``."""
_WORDS: dict[int, Option] = {code: option for option, code in CODES.items()}
_NO_SEAT = "voted and held no seat that day"
_UNREAD = "has a vote that could not be read"
_NO_VOTE = "was a member that day and has no vote, not even a missing one"
_ADMITTED = "became a member that day and has no vote; the vote may have come first"
_LISTED = 6
"""Most states that one finding names."""


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What does not add up in the accounts of roll calls."""
    table = snapshot.accounts
    counts = table.counts().drop("rollcall").to_numpy()
    is_vote = np.isin(table.matrix, list(_WORDS))
    listed = is_vote.sum(axis=1).tolist()
    unread = (table.matrix == UNKNOWN).sum(axis=1).tolist()
    rows = list(table.rollcalls.iter_rows(named=True))
    # a second account may be dated before the record, and then stands before it
    record_rows = {row["rollcall"]: i for i, row in enumerate(rows) if row["record"]}
    for i, row in enumerate(rows):
        yield from _totals(row, counts[i].tolist(), listed[i], unread[i])
        if not row["record"] and row["rollcall"] in record_rows:
            yield from _differ(table, record_rows[row["rollcall"]], i)
    yield from _members(snapshot, table, rows, is_vote)


def _totals(row: Row, counts: list[int], listed: int, unread: int) -> Iterator[Finding]:
    """Votes counted again against the printed totals.

    Args:
        row: The roll call.
        counts: Votes counted, in the order of ``OPTIONS``.
        listed: Members with a vote, or with one that is missing by their own will.
        unread: Members whose vote could not be read, or, where not all members are listed, is not there.
    """
    if not listed:
        text = "totals only; the single votes are unknown"
        yield _finding("remark", "totals", row, text)
        return
    if not any(counts[:3]):
        text = "nobody cast a vote in the source; the single votes may be missing there"
        yield _finding("remark", "totals", row, text)
    for option, count in zip(OPTIONS, counts, strict=True):
        printed = row[option]
        if printed is not None and count != printed and (row["complete"] or option != "nonvoting"):
            text = f"{count} {option} votes counted, {printed} printed"
            yield _finding("finding", "totals", row, text)
    members = listed + unread
    if row["member_count"] is not None and row["complete"] and members != row["member_count"]:
        text = f"{members} members listed, {row['member_count']} printed"
        yield _finding("finding", "totals", row, text)


def _members(
    snapshot: Snapshot, table: VoteTable, rows: list[Row], is_vote: NDArray[np.bool_]
) -> Iterator[Finding]:
    """Votes against the members of the day, of the organs whose seats are in the graph.

    A state that is not listed on the day of its admission is no finding: the vote may have come first.
    """
    is_member, joined, sizes = _seats(snapshot, table, rows)
    for row, size in zip(rows, sizes, strict=True):
        printed = sum(row[option] or 0 for option in OPTIONS)
        if size is not None and row["record"] and printed > size:
            text = f"{printed} printed votes of {size} members"
            yield _finding("finding", "more votes than members", row, text)
    has_seats = np.array([size is not None for size in sizes], dtype=np.bool_)[:, None]
    is_complete = table.rollcalls["complete"].to_numpy()[:, None]
    listed = is_member & is_complete & np.any(is_vote, axis=1, keepdims=True)
    silent = (table.matrix == NOT_A_MEMBER) & listed
    without = "member without a vote"
    kinds: tuple[tuple[NDArray[np.bool_], Level, str, str], ...] = (
        (is_vote & ~is_member & has_seats, "finding", "vote without a seat", _NO_SEAT),
        ((table.matrix == UNKNOWN) & listed, "finding", "unread vote", _UNREAD),
        (silent & ~joined, "finding", without, _NO_VOTE),
        (silent & joined, "remark", without, _ADMITTED),
    )
    for cells, level, kind, text in kinds:
        for i, j in np.argwhere(cells).tolist():
            yield _finding(level, kind, rows[i], f"state:{table.states[j]} {text}")


def _seats(
    snapshot: Snapshot, table: VoteTable, rows: list[Row]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], list[int | None]]:
    """Whose the seats in the organ of each roll call were on its day, or in the month where no day is known.

    Returns:
        Truth values of the shape of the matrix of the table: who was a member, and who became one that day;
        and for each roll call how many members there were, those without a column included, None for an
        organ whose seats are not in the graph.
    """
    column = {state: i for i, state in enumerate(table.states)}
    holdings = list(snapshot.records(Holding))
    admitted = {(h.organ, h.state, h.interval.start_day) for h in holdings}
    spans: dict[str, list[tuple[int | None, date | None, date | None, bool]]] = {}
    for (organ, state), times in voting_times(holdings).items():
        for days in ((time.start_day, time.end_day) for time in times):
            span = (
                column.get(state),
                *days,
                days[0] is not None and (organ, state, days[0]) in admitted,
            )
            spans.setdefault(organ, []).append(span)
    is_member, joined = np.zeros((2, *table.matrix.shape), dtype=np.bool_)
    sizes: list[int | None] = []
    members: dict[tuple[str, date, date], tuple[list[int], list[int], int | None]] = {}
    for i, row in enumerate(rows):
        organ, last = row["organ"], row["date"]
        first = last if row["exact"] else last.replace(day=1)
        at = organ, first, last
        if at not in members:
            of_organ = spans.get(organ, ())
            seated = [
                s for s in of_organ if (not s[1] or s[1] <= last) and (not s[2] or first < s[2])
            ]
            members[at] = (
                [c for c, *_ in seated if c is not None],
                [c for c, start, _, new in seated if c is not None and new and start >= first],
                len(seated) if organ in spans else None,
            )
        is_member[i, members[at][0]] = True
        joined[i, members[at][1]] = True
        sizes.append(members[at][2])
    return is_member, joined, sizes


def _differ(table: VoteTable, i: int, j: int) -> Iterator[Finding]:
    """What two sources say differently of one roll call."""
    record, other = table.rollcalls.row(i, named=True), table.rollcalls.row(j, named=True)
    day = "%Y-%m-%d" if record["exact"] and other["exact"] else "%Y-%m"
    if record["date"].strftime(day) != other["date"].strftime(day):
        text = f"{other['source']} dates it {_date(other)}, {record['source']} {_date(record)}"
        yield _finding("finding", "sources: date", other, text)
    for option in OPTIONS:
        a, b = record[option], other[option]
        if a is not None and b is not None and a != b:
            text = f"{other['source']} prints {b} {option} votes, {record['source']} {a}"
            yield _finding("finding", "sources: totals", other, text)
    mine, theirs = table.matrix[i], table.matrix[j]
    kinds: dict[str, list[str]] = {}
    for k in np.nonzero(mine != theirs)[0].tolist():
        kind = _kind(
            int(mine[k]), int(theirs[k]), complete=other["complete"] and record["complete"]
        )
        if kind:
            words = f"{table.states[k]} {_word(mine[k])}/{_word(theirs[k])}"
            kinds.setdefault(kind, []).append(words)
    for kind, states in sorted(kinds.items()):
        more = f" and {len(states) - _LISTED} more" if len(states) > _LISTED else ""
        text = f"{record['source']}/{other['source']}: {', '.join(states[:_LISTED])}{more}"
        yield _finding("finding", f"sources: {kind}", other, text)


def _kind(mine: int, theirs: int, *, complete: bool) -> str:
    """What sort of difference it is; empty where one source is only silent."""
    a, b = _WORDS.get(mine), _WORDS.get(theirs)
    if a is None and b is None:
        return ""
    if a is None or b is None:
        silent = mine if a is None else theirs
        word = b if a is None else a
        if word == "nonvoting" and not complete:
            return ""
        return "vote not listed" if silent in (UNKNOWN, NOT_A_MEMBER) else ""
    if "nonvoting" in (a, b):
        return "absent in one"
    return "abstention in one" if "abstain" in (a, b) else "yes against no"


def _word(code: int) -> str:
    return _WORDS.get(int(code), "not listed")


def _date(row: Row) -> str:
    return str(row["date"]) if row["exact"] else row["date"].strftime("%Y-%m")


def _finding(level: Level, kind: str, row: Row, text: str) -> Finding:
    beside = "" if row["record"] else f"{row['source']}: "
    return Finding(level, kind, f"rollcall:{row['rollcall']}", beside + text)
