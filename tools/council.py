"""Who sat in the Security Council: ``python -m tools.council GRAPH`` writes rows of ``council.csv``.

The graph needs the Council's roll calls of every year. Each lists all members of its day, so that who is
listed in a year was a member. A term is two years (article 23 of the Charter), from 1 January to 31 December
(rule 139 of the Assembly), or one where two states shared it. What no roll call shows - terms that began in
the middle of a year, terms of years to come - stands in ``BESIDE`` and ``TO_COME``.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import kg
from kg.model.records import Holding
from kg.model.words import ASSEMBLY, COUNCIL, COVERAGE_START
from kg.votes.table import NOT_A_MEMBER

COLUMNS = ("organisation", "state", "role", "start", "end", "source", "status", "note")
_PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
_SEEN = "un-digital-library un-charter ga-rules-of-procedure"
_FIRST = ("1946-01-17", "unchecked", "first meeting of the Council; elected on 1946-01-12")
BESIDE: dict[tuple[str, int], tuple[str, str, str]] = {
    **{(state, 1946): _FIRST for state in ("AUS", "BRA", "EGY", "MEX", "NLD", "POL")},
    ("MEX", 1980): ("1980-01-07", "unchecked", "elected on this day, after 154 ballots in vain"),
}
"""State and first year of a term that did not begin on 1 January: its start, status and note."""
TO_COME = (("BHR", "COL", "COD", "LVA", "LBR"), 2026, "un-news-2025-06-03")
"""Elected for two years from a year of which the graph has no roll call, and where it was told."""


@dataclass(frozen=True, slots=True)
class Term:
    """An unbroken time of a state in the Council."""

    state: str
    start: date
    end: date | None
    is_permanent: bool


class CouncilError(Exception):
    """The roll calls of a year do not show the members that the Charter wants."""


def voters(graph: kg.Graph) -> dict[int, dict[str, tuple[date, date]]]:
    """Year to the states in its roll calls, each with the first and the last day on which it is listed."""
    table = graph.snapshot.votes
    years: dict[int, dict[str, tuple[date, date]]] = {}
    for i, row in enumerate(table.rollcalls.iter_rows(named=True)):
        if row["organ"] == COUNCIL and row["complete"]:
            members = years.setdefault(row["date"].year, {})
            for j in (table.matrix[i] != NOT_A_MEMBER).nonzero()[0].tolist():
                first, last = members.get(table.states[j], (row["date"], row["date"]))
                members[table.states[j]] = min(first, row["date"]), max(last, row["date"])
    return years


def terms(graph: kg.Graph) -> Iterator[Term]:
    """Every time of a state in the Council that the roll calls show, by the first day.

    Raises:
        CouncilError: A year has no roll call, too few or too many members, or a term is too long.
    """
    years = voters(graph)
    seats = {h.state: h for h in graph.snapshot.records(Holding) if h.organ == ASSEMBLY}
    heirs = _heirs(years)
    for state, told in _seated(years, heirs).items():
        for first, last in _runs(state, told):
            is_permanent = state in _PERMANENT
            start = COVERAGE_START if is_permanent else date(first, 1, 1)
            end = None if is_permanent else date(last + 1, 1, 1)
            for other in _before(years, heirs, state, first, last):
                change = seats[other].interval.end_day
                if change is None:
                    raise CouncilError(f"{other} handed its seat over, and no day is known")
                yield Term(other, start, change, is_permanent)
                start = change
            yield Term(state, start, end, is_permanent)


def _seated(
    years: dict[int, dict[str, tuple[date, date]]], heirs: dict[str, str]
) -> dict[str, list[int]]:
    """State to the years in which it, or one whose place it took, was a member."""
    seated: dict[str, list[int]] = {}
    for year in range(min(years), max(years) + 1):
        members = {heirs.get(state, state) for state in years.get(year, ())}
        if len(members) != 5 + (6 if year < 1966 else 10) or not members >= set(_PERMANENT):
            raise CouncilError(f"{year}: {len(members)} members: {' '.join(sorted(members))}")
        for state in members:
            seated.setdefault(state, []).append(year)
    return seated


def _heirs(years: dict[int, dict[str, tuple[date, date]]]) -> dict[str, str]:
    """State to the one that took its place in the middle of a year."""
    heirs: dict[str, str] = {}
    for members in years.values():
        first, last = min(d[0] for d in members.values()), max(d[1] for d in members.values())
        left = [state for state, days in members.items() if days[1] < last]
        came = [state for state, days in members.items() if days[0] > first]
        if len(left) != len(came) or len(left) > 1:
            raise CouncilError(f"{first.year}: {left} left and {came} came")
        heirs |= dict(zip(left, came, strict=True))
    return heirs


def _before(
    years: dict[int, dict[str, tuple[date, date]]],
    heirs: dict[str, str],
    state: str,
    first: int,
    last: int,
) -> list[str]:
    """The states whose place a state took within some years."""
    listed = {name for year in range(first, last + 1) for name in years[year]}
    return [before for before, heir in heirs.items() if heir == state and before in listed]


def _runs(state: str, told: list[int]) -> Iterator[tuple[int, int]]:
    """Years in a row, of which no elected member has more than two."""
    first = told[0]
    for year, after in zip(told, [*told[1:], 0], strict=True):
        if after != year + 1:
            if state not in _PERMANENT and year - first > 1:
                raise CouncilError(f"{state} from {first} to {year} is more than a term")
            yield first, year
            first = after


def rows(graph: kg.Graph) -> Iterator[tuple[str, ...]]:
    """Rows of ``COLUMNS``, in the order of the first days."""
    last = max(voters(graph))
    holdings = {h.state: h for h in graph.snapshot.records(Holding) if h.organ == ASSEMBLY}
    for term in sorted(terms(graph), key=lambda term: (term.start, term.state)):
        start, end = str(term.start), str(term.end or "")
        status = note = ""
        source = " ".join(("un-charter", *holdings[term.state].source))
        if term.is_permanent:
            note = "permanent member"
        else:
            source = _SEEN
            start, status, note = BESIDE.get((term.state, term.start.year), (start, "", ""))
        if term.start.year == last:
            end = str(date(last + 2, 1, 1))
            note = f"elected for two years, of which the roll calls show {last}"
        yield COUNCIL, term.state, "member", start, end, source, status, note
    states, year, source = TO_COME
    for state in sorted(states):
        end = str(date(year + 2, 1, 1))
        yield COUNCIL, state, "member", f"{year}-01-01", end, source, "unchecked", ""


if __name__ == "__main__":
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    with kg.open(Path(sys.argv[1])) as opened:
        out.writerows(rows(opened))
