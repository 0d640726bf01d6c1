"""The roll calls of the UN Digital Library that come with kg, and the names under which states voted.

``data/record/README.md`` says from what, how and on what terms the tables were made; ``tools/record.py``
writes them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from kg.model import symbols
from kg.model.accounts import Account, NameInUse, Text
from kg.model.words import ASSEMBLY, COUNCIL, OPTIONS, Option, Organ
from kg.sources.intake.layout import csv_with, each_file, head_of
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared import record, undl

_ORGANS = (ASSEMBLY, COUNCIL)
ROLL_CALLS = (
    *(
        "rollcall",
        "number",
        "organ",
        "date",
        "session",
        "symbol",
        "title",
        "draft",
        "report",
        "meeting",
    ),
    *("agenda", "subjects", "totals", "members", "note", "answers"),
)
"""Columns of the roll calls of the UN Digital Library."""
NAMES = ("state", "name", "first_day", "last_day", "votes")
"""Columns of the names under which states voted."""
REMARKS = ("rollcall", "states", "status", "source", "note")
"""Columns of the remarks: what was found when roll calls were looked up elsewhere."""


def _of_library(place: Place, row: dict[str, str]) -> Account:
    symbol = symbols.parse(row["symbol"])
    on = undl.day(row["date"])
    return Account(
        source=place.source,
        number=row["number"],
        key=row["rollcall"],
        text=Text(
            key=symbol.key if symbol else f"undl-{row['number']}",
            symbol=row["symbol"],
            kind=undl.kind(symbol),
            title=row["title"],
            date=on,
            session=row["session"],
            agenda=record.listed(row["agenda"]),
            subjects=record.listed(row["subjects"]),
            reports=record.listed(row["report"]),
            drafts=record.listed(row["draft"]),
            url=undl.RECORD + row["number"],
        ),
        organ=cast(Organ, record.one_of(row["organ"], _ORGANS)),
        date=on,
        result="adopted" if symbol and symbol.kind else "",
        meeting=row["meeting"],
        note=row["note"],
        printed=_totals(row["totals"]),
        member_count=int(row["members"]) if row["members"] else None,
    )


def _totals(cell: str) -> dict[Option, int]:
    totals = cell.split("-") if cell else []
    if totals and len(totals) != len(OPTIONS):
        raise ValueError(f"totals {cell!r} are not {len(OPTIONS)} numbers: {', '.join(OPTIONS)}")
    return dict(zip(OPTIONS, map(int, totals), strict=False))


def _read_library(place: Place) -> int:
    head = head_of(replace(place.part, watch=None))
    if _IS_NAMES(head):
        return _read_names(place)
    if _IS_REMARKS(head):
        return _read_remarks(place)
    return record.read_accounts(place, ROLL_CALLS, _of_library)


def _read_names(place: Place) -> int:
    rows, states = CsvRows(place), record.states_of(place)
    for line, row in rows.named(NAMES):
        with record.at_line(place, line):
            first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
            (state,) = record.known(row["state"], states)
            count = int(row["votes"])
        used = NameInUse(place.source, row["name"], state, first, last, count)
        place.intake.names_in_use.append(used)
    return rows.count


def _read_remarks(place: Place) -> int:
    """Add each remark to the note of its roll call, which was read before."""
    rows, states = CsvRows(place), record.states_of(place)
    accounts = {one.key: one for one in place.intake.accounts if one.source == place.source}
    for line, row in rows.named(REMARKS):
        with record.at_line(place, line):
            if row["rollcall"] not in accounts:
                raise ValueError(f"no table has the roll call {row['rollcall']!r}")
            record.one_of(row["status"], ("checked", "unchecked"))
            who = ", ".join(record.known(row["states"], states)) if row["states"] else ""
        account = accounts[row["rollcall"]]
        remark = f"{f'{who}: ' if who else ''}{row['note']} ({row['status']}; {row['source']})"
        account.note = f"{account.note}; {remark}" if account.note else remark
    return rows.count


_IS_LIBRARY = csv_with("rollcall, organ, totals, answers")
_IS_NAMES = csv_with("state, name, first_day, last_day, votes")
_IS_REMARKS = csv_with("rollcall, states, status, source, note")

LAYOUTS = (
    undl.layout(
        key="record",
        title=f"UN Digital Library: voting data of the Assembly and the Council, {record.BUNDLED}",
        url=undl.SEARCH,
        exhaustive=True,
        several_files=True,
        marks="rollcall, organ, totals, answers (or the names, or the remarks beside them)",
        recognises=lambda head: any(table(head) for table in (_IS_LIBRARY, _IS_NAMES, _IS_REMARKS)),
        reader=each_file(_read_library),
    ),
)
