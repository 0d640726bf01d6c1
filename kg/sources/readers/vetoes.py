"""Vetoes in the Security Council, a row for each vote that one or more of them decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from datetime import date

from kg.errors import RecordError
from kg.model import symbols
from kg.model.accounts import Text
from kg.model.dates import PartialDate
from kg.model.words import DocumentKind
from kg.sources.intake.cells import MISSING, dated, whole
from kg.sources.intake.layout import Layout, csv_with, each_file
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared import veto

POWERS = ("china", "france", "russia", "ussr", "usa", "uk")
_GROUPS = {
    "russia_china": {"RUSSIA", "CHINA"},
    "usa_uk": {"USA", "UK"},
    "usa_france": {"USA", "FRANCE"},
    "usa_france_uk": {"USA", "FRANCE", "UK"},
    "france_uk": {"FRANCE", "UK"},
}
_VETOES = ("member_veto1", "member_veto2", "member_veto3")
_COUNTS = ("single_veto", "multiple_vetoes")
COLUMNS = (
    *("year", "month", "date", "draft", "meeting_record", "agenda_item"),
    *(*_VETOES, *_COUNTS, *POWERS, *_GROUPS),
)
_UNUSED = ("crisis_topic", "region")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SYMBOL = re.compile(r"(S/[A-Za-z0-9./]+?)(?:\s*\((as (?:amended|corrected))\))?")
_MEETING = re.compile(r"S/PV\.[0-9]+")
_RUSSIA = date(1991, 12, 24)
"""From that day on the seat of the Soviet Union is held by the Russian Federation."""
_NO_DRAFT = "The source gives no symbol of a draft, only the record of the meeting."
_PRELIMINARY = "On a preliminary question, as the source says."


def read(place: Place) -> int:
    """Read a table of vetoes; see ``each_file``."""
    rows = CsvRows(place)
    taken: dict[str, tuple[object, ...]] = {}
    meetings: Counter[str] = Counter()
    for line, row in rows.named(COLUMNS, _UNUSED):
        on = _day(place, line, row)
        if on is None:
            continue
        vetoers = _vetoers(place, line, row, on)
        if not vetoers:
            place.note_problem("no veto", line, f"{row['draft']!r} names no member; left out")
            continue
        text, note = _text(place, line, row, on, meetings)
        decided = (on, vetoers, text.title)
        if taken.get(text.key) == decided:
            twice = f"{text.key} stands with the same votes; left out"
            place.note_problem("row twice", line, twice)
            continue
        if text.key in taken:
            place.note_problem("draft twice", line, f"{text.key} was vetoed in another row too")
            text.key = _free(text.key, taken)
        taken[text.key] = decided
        account = veto.account(place.source, text, on, vetoers)
        account.meeting, account.note = _meeting(place, line, row), note
        account.path, account.line = place.part.name, line
        place.intake.accounts.append(account)
    return rows.count


def _free(key: str, taken: Container[str]) -> str:
    number = 2
    while f"{key}_veto_{number}" in taken:
        number += 1
    return f"{key}_veto_{number}"


def _day(place: Place, line: int, row: dict[str, str]) -> PartialDate | None:
    match = _DAY.fullmatch(row["date"])
    try:
        on = dated(match[3], match[1], match[2]) if match else None
    except RecordError:
        on = None
    if on is None or not on.day:
        place.note_problem("no date", line, f"{row['date']!r} is no day as M/D/YYYY; left out")
        return None
    for column, number in (("year", on.year), ("month", on.month)):
        if row[column] and whole(row[column]) != str(number):
            text = f"{column} {row[column]!r} beside date {row['date']!r}; the date is taken"
            place.note_problem("columns disagree", line, text)
    return on


def _vetoers(place: Place, line: int, row: dict[str, str], on: PartialDate) -> tuple[str, ...]:
    """The states that vetoed, in the order of the row."""
    printed = [row[column] for column in _VETOES if row[column] not in MISSING]
    _compare(place, line, row, {name.upper() for name in printed})
    states: list[str] = []
    for name in printed:
        if name.upper() in ("USSR", "RUSSIA"):
            state = "RUS" if on.earliest >= _RUSSIA else "SUN"
            if name.upper() != ("RUSSIA" if state == "RUS" else "USSR"):
                text = f"{name!r} on {on}; the seat was held by {state}, which is taken"
                place.note_problem("columns disagree", line, text)
        else:
            is_power = name.lower() in POWERS
            state = place.intake.resolver.state(name, "undl", on.earliest) if is_power else ""
        if not state:
            place.note_problem("unknown state", line, f"{name!r} on {on}; its veto is left out")
        elif state not in states:
            states.append(state)
    return tuple(states)


def _compare(place: Place, line: int, row: dict[str, str], named: set[str]) -> None:
    """Note the columns that count vetoes otherwise than the names do."""
    seats = {"RUSSIA" if name == "USSR" else name for name in named}
    due = {column: int(column.upper() in named) for column in POWERS}
    due |= {column: int(seats == group) for column, group in _GROUPS.items()}
    due |= {"single_veto": int(len(named) == 1), "multiple_vetoes": int(len(named) > 1)}
    wrong = [f"{c} {row[c]!r}" for c, number in due.items() if row[c] not in ("", str(number))]
    if row["single_veto"] and not row["multiple_vetoes"]:
        wrong.append("multiple_vetoes ''")
    if wrong:
        text = f"{', '.join(wrong)} beside {', '.join(sorted(named)) or 'no name'}"
        place.note_problem("columns disagree", line, f"{text}; the names are taken")


def _text(
    place: Place, line: int, row: dict[str, str], on: PartialDate, meetings: Counter[str]
) -> tuple[Text, str]:
    """What was vetoed, under a key of its own, and a remark on it."""
    printed, item = (" ".join(row[column].split()) for column in ("draft", "agenda_item"))
    match = _SYMBOL.fullmatch(printed)
    symbol = symbols.parse(match[1]) if match else None
    notes: list[str] = []
    preliminary = item.lower().endswith("preliminary question")
    if preliminary:
        notes.append(_PRELIMINARY)
    if symbol and _MEETING.fullmatch(printed):
        meetings[printed] += 1
        key, printed = f"{symbol.key}_veto_{meetings[printed]}", ""
        notes.append(_NO_DRAFT)
    elif symbol and match:
        key, printed = symbol.key, match[1]
        notes += [f"{match[2].capitalize()}."] if match[2] else []
    else:
        key = re.sub(r"[^A-Za-z0-9_.\-]+", "_", printed).strip("._-") or f"veto_{on}"
        place.note_problem("no symbol", line, f"{printed!r} is no one symbol; kept as {key}")
        notes.append(f"The source gives as draft: {printed}." if printed else _NO_DRAFT)
        printed = ""
    kind: DocumentKind = "document" if preliminary else "draft-resolution"
    agenda = (item,) if item else ()
    text = Text(key=key, symbol=printed, kind=kind, title=item, date=on, agenda=agenda)
    return text, " ".join(notes)


def _meeting(place: Place, line: int, row: dict[str, str]) -> str:
    """The symbol of the meeting's record; empty where the source names other documents."""
    printed = "; ".join(row["meeting_record"].split())
    if _MEETING.fullmatch(printed):
        return printed
    place.note_problem("no meeting record", line, f"{printed!r} is no symbol of a meeting's record")
    return ""


_MARKS = "date, draft, meeting_record, member_veto1"

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        key="vetoes",
        title="Vetoes in the Security Council",
        publisher="World Politics Data Lab, from the list of the UN Dag Hammarskjöld Library",
        url="https://github.com/world-politics-datalab/vetoes-un-security-council",
        licence="MIT",
        marks=_MARKS,
        recognises=csv_with(_MARKS),
        reader=each_file(read),
    ),
)
