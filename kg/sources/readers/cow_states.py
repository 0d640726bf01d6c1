"""Correlates of War: the state system, which says what state a number means when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.cells import dated, whole
from kg.sources.intake.layout import Layout
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared.alliances import StateNumbers, outside
from kg.sources.readers.shared.cow import layout

_COLUMNS = (
    *("ccode", "statenme", "stateabb", "version"),
    *("styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
)


def read(place: Place) -> int:
    """Read the state system: which state a number means when, as aliases; see ``each_file``."""
    states, rows = StateNumbers(place, "cow"), CsvRows(place)
    for line, row in rows.named(_COLUMNS):
        try:
            start = dated(row["styear"], row["stmonth"], row["stday"])
            last = dated(row["endyear"], row["endmonth"], row["endday"])
            lasting = last is not None and str(last) == f"{whole(row['version']):0>4}-12-31"
            end = None if lasting else outside(last)
        except RecordError as error:
            place.note_problem("date not read", line, f"{row['ccode']}: {error}; left out")
            continue
        if start is None or last is None:
            text = f"{row['ccode']}: lacks a start or an end; left out"
            place.note_problem("no date", line, text)
            continue
        number = whole(row["ccode"]) or row["ccode"]
        pieces = states.pieces(number, start.latest, max(start.latest, last.earliest))
        if not pieces:
            text = f"number {number!r} means none on {start}; left out"
            place.note_problem("unknown state", line, text)
        elif pieces[1:]:
            each = ", ".join(f"{state} from {day}" for day, state in pieces)
            text = f"number {number} means {each}; one record for each"
            place.note_problem("state changed", line, text)
        note = f"{row['statenme']} ({row['stateabb']}) in the state system."
        if lasting:
            note = f"{note} Known to {last}."
        for state, since, until in _between(pieces, start, end):
            place.add_record(
                line,
                records.Alias,
                alias=number,
                system="cow",
                state=state,
                start=since,
                end=until,
                note=note,
            )
    return rows.count


def _between(
    pieces: list[tuple[date, str]], start: PartialDate, end: PartialDate | None
) -> Iterator[tuple[str, PartialDate, PartialDate | None]]:
    """State, start and end of each piece; the first begins at the start, the last ends at the end."""
    turns = [PartialDate.parse(day.isoformat()) for day, _ in pieces[1:]]
    starts, ends = [start, *turns], [*turns, end]
    for (_, state), since, until in zip(pieces, starts, ends, strict=False):
        yield state, since, until


LAYOUTS: tuple[Layout, ...] = (
    layout(
        key="cow-states",
        title="State System Membership",
        page="state-system-membership",
        read=read,
        marks="stateabb, ccode, statenme, styear, endyear",
    ),
)
