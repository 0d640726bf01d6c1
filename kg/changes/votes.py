"""Votes of two editions, compared table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.changes.difference import ACCOUNT, ROLL_CALL, VOTE, Alteration, StateVotes, What
from kg.changes.statements import Labels
from kg.model.words import OPTIONS
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN, VoteTable

Place = tuple[str, str]
"""A roll call, and the source that gives an account of it beside the record; empty for the record."""
_WORDS = {code: str(option) for option, code in CODES.items()} | {
    UNKNOWN: "not known",
    NOT_A_MEMBER: "no vote",
}
_COMPARED = ("date", "organ", "result", "question", "number", *OPTIONS, "member_count")
"""Columns of the vote table that are compared where no statements say the same and both give them."""


def compare(
    old: VoteTable, new: VoteTable, labels: Labels, *, beside: bool, columns: bool
) -> tuple[list[Alteration], tuple[StateVotes, ...]]:
    """Roll calls that came, went or changed, and whose votes.

    Args:
        old: Every account of the former edition.
        new: Every account of the later one.
        labels: What things are called.
        beside: Whether the accounts beside the record are compared too.
        columns: Whether what is printed of a roll call is compared, beside its votes.
    """
    states = tuple(sorted({*old.states, *new.states}))
    tables = [_Table(table, states, beside=beside) for table in (old, new)]
    before, after = tables
    changes = [
        *_whole(before, after, "removed", labels),
        *_whole(after, before, "added", labels),
    ]
    shared = [place for place in after.places if place in before.places]
    changed = list(_votes(before, after, shared, labels))
    if columns:
        changes += _columns(before, after, shared, labels)
    counts = {
        "added": after.by_state(before),
        "removed": before.by_state(after),
        "changed": Counter(change.field for change in changed if not change.beside),
    }
    return [*changes, *changed], _states(counts, labels)


class _Table:
    """A vote table with a column for each state of both editions."""

    def __init__(self, table: VoteTable, states: tuple[str, ...], *, beside: bool) -> None:
        self.table, self.states = table, states
        self.complete = _complete(table)
        self.matrix = _widened(table, states)
        rows = table.rollcalls
        self._days = rows["date"].to_list() if "date" in rows.columns else [None] * len(rows)
        self.places: dict[Place, int] = {}
        named = zip(rows["rollcall"], rows["source"], rows["record"], strict=True)
        for i, (rollcall, source, is_record) in enumerate(named):
            if is_record or beside:
                self.places.setdefault((rollcall, "" if is_record else source), i)

    def day(self, row: int) -> str:
        """The day of a roll call; empty where it is not known here."""
        day: date | None = self._days[row]
        return day.isoformat() if day else ""

    def only_here(self, other: _Table) -> list[Place]:
        """The accounts that the other table does not have."""
        return [place for place in self.places if place not in other.places]

    def by_state(self, other: _Table) -> Counter[str]:
        """How many votes each state has in the roll calls of the record that the other does not have."""
        rows = [self.places[place] for place in self.only_here(other) if not place[1]]
        cast = np.isin(self.matrix[rows], list(CODES.values())).sum(axis=0).tolist()
        return Counter({state: n for state, n in zip(self.states, cast, strict=True) if n})


def _complete(table: VoteTable) -> NDArray[np.bool_]:
    """Which accounts list the members that cast no vote too."""
    if "complete" in table.rollcalls.columns:
        return table.rollcalls["complete"].to_numpy()
    return np.ones(len(table.rollcalls), dtype=np.bool_)


def _widened(table: VoteTable, states: tuple[str, ...]) -> NDArray[np.int8]:
    """The matrix with a column for each state of both editions."""
    empty = (table.matrix == UNKNOWN).all(axis=1)
    filler = np.where(_complete(table) & ~empty, NOT_A_MEMBER, UNKNOWN).astype(np.int8)
    matrix = np.repeat(filler[:, None], len(states), axis=1)
    place = {state: i for i, state in enumerate(states)}
    matrix[:, [place[state] for state in table.states]] = table.matrix
    return matrix


def _whole(here: _Table, there: _Table, what: What, labels: Labels) -> Iterator[Alteration]:
    """Roll calls that only one edition has."""
    for place in here.only_here(there):
        row = here.places[place]
        codes = here.matrix[row]
        counts = [(int((codes == CODES[o]).sum()), o) for o in OPTIONS]
        known = any(count for count, _ in counts)
        counted = ", ".join(f"{n} {o}" for n, o in counts) if known else "votes not known"
        before, after = (counted, "") if what == "removed" else ("", counted)
        kind = ACCOUNT if place[1] else ROLL_CALL
        yield _change(kind, what, here.day(row), place, labels, "", before, after)


def _votes(
    before: _Table, after: _Table, shared: list[Place], labels: Labels
) -> Iterator[Alteration]:
    """Votes that changed in roll calls that both have."""
    rows = [[table.places[place] for place in shared] for table in (before, after)]
    left, right = before.matrix[rows[0]], after.matrix[rows[1]]
    both_complete = before.complete[rows[0]] & after.complete[rows[1]]
    for i, j in np.argwhere(_differ(left, right, both_complete)).tolist():
        words = _WORDS[int(left[i, j])], _WORDS[int(right[i, j])]
        what: What = "changed"
        day = after.day(rows[1][i]) or before.day(rows[0][i])
        yield _change(VOTE, what, day, shared[i], labels, after.states[j], *words)


def _differ(
    left: NDArray[np.int8], right: NDArray[np.int8], both_complete: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where votes differ; an absence and silence do only where both accounts list absences."""
    one, other = _read(left), _read(right)
    absent = CODES["nonvoting"]
    silent = ((one == absent) & (other == NOT_A_MEMBER)) | (
        (other == absent) & (one == NOT_A_MEMBER)
    )
    differing: NDArray[np.bool_] = (one != other) & (both_complete[:, None] | ~silent)
    return differing


def _read(matrix: NDArray[np.int8]) -> NDArray[np.int8]:
    """Votes as they are compared: that none is listed and that none is known come to the same."""
    return np.where(matrix == UNKNOWN, np.int8(NOT_A_MEMBER), matrix)


def _columns(
    before: _Table, after: _Table, shared: list[Place], labels: Labels
) -> Iterator[Alteration]:
    """What is printed of a roll call otherwise than it was; what only one prints is no change."""
    frames = [table.table.rollcalls for table in (before, after)]
    names = [n for n in _COMPARED if all(n in frame.columns for frame in frames)]
    rows: list[list[dict[str, Any]]] = [
        frame.select("source", *names)[[table.places[place] for place in shared]].to_dicts()
        for frame, table in zip(frames, (before, after), strict=True)
    ]
    for place, old, new in zip(shared, *rows, strict=True):
        for name in names:
            if _says_otherwise(name, old, new):
                cells = str(old[name]), str(new[name])
                day = after.day(after.places[place])
                kind = ACCOUNT if place[1] else ROLL_CALL
                yield _change(kind, "changed", day, place, labels, name, *cells)


def _says_otherwise(name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether two rows both fill a column, and otherwise; each source has numbers of its own."""
    if name == "number" and old["source"] != new["source"]:
        return False
    return old[name] != new[name] and all(row[name] not in (None, "") for row in (old, new))


def _change(
    kind: str,
    what: What,
    day: str,
    place: Place,
    labels: Labels,
    field: str,
    before: str,
    after: str,
) -> Alteration:
    rollcall, source = place
    thing = f"rollcall:{rollcall}"
    return Alteration(
        kind=kind,
        what=what,
        date=day,
        thing=thing,
        label=labels(thing),
        field=field,
        before=before,
        after=after,
        beside=source,
    )


def _states(counts: dict[str, Counter[str]], labels: Labels) -> tuple[StateVotes, ...]:
    found = [
        StateVotes(
            state=state,
            name=labels(f"state:{state}") or state,
            added=counts["added"][state],
            removed=counts["removed"][state],
            changed=counts["changed"][state],
        )
        for state in set().union(*counts.values())
    ]
    return tuple(sorted(found, key=lambda s: (-s.changed, -s.removed, -s.added, s.state)))
