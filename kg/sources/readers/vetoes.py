"""Vetoes in the Security Council, a row for each vote that one or more of them decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from datetime import date

from kg.errors import RecordError
from kg.model import symbols
from kg.model.accounts import Account, Text
from kg.model.dates import PartialDate
from kg.model.words import DocumentKind
from kg.sources.intake.cells import MISSING, Table, dated, whole
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout
from kg.sources.intake.stream import Part

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


def read(part: Part, intake: Intake, source: str) -> int:
    """Read a table of vetoes; see ``Layout.read``."""
    csv = Table(part, intake, source)
    taken: dict[str, tuple[object, ...]] = intake.held.setdefault(f"vetoes {source}", {})
    meetings: Counter[str] = intake.held.setdefault(f"meetings {source}", Counter())
    count = 0
    for count, (line, row) in enumerate(csv.rows(COLUMNS, _UNUSED), 1):  # noqa: B007
        on = _day(csv, line, row)
        if on is None:
            continue
        vetoers = _vetoers(csv, line, row, on)
        if not vetoers:
            csv.tell("no veto", line, f"{row['draft']!r} names no member; left out")
            continue
        text, note = _text(csv, line, row, on, meetings)
        said = (on, vetoers, text.title)
        if taken.get(text.key) == said:
            csv.tell("row twice", line, f"{text.key} stands with the same votes; left out")
            continue
        if text.key in taken:
            csv.tell("draft twice", line, f"{text.key} was vetoed in another row too")
            text.key = _free(text.key, taken)
        taken[text.key] = said
        account = _account(source, text, on, vetoers)
        account.meeting, account.note = _meeting(csv, line, row), note
        account.path, account.line = part.name, line
        intake.accounts.append(account)
    return count


def _account(source: str, text: Text, on: PartialDate, vetoers: tuple[str, ...]) -> Account:
    return Account(
        source=source,
        number=text.key,
        key=text.key,
        text=text,
        organ="UNSC",
        date=on,
        result="rejected",
        complete=False,
        vetoed_by=vetoers,
    )


def _free(key: str, taken: Container[str]) -> str:
    number = 2
    while f"{key}_veto_{number}" in taken:
        number += 1
    return f"{key}_veto_{number}"


def _day(csv: Table, line: int, row: dict[str, str]) -> PartialDate | None:
    match = _DAY.fullmatch(row["date"])
    try:
        on = dated(match[3], match[1], match[2]) if match else None
    except RecordError:
        on = None
    if on is None or not on.day:
        csv.tell("no date", line, f"{row['date']!r} is no day as M/D/YYYY; left out")
        return None
    for column, number in (("year", on.year), ("month", on.month)):
        if row[column] and whole(row[column]) != str(number):
            told = f"{column} {row[column]!r} beside date {row['date']!r}; the date is taken"
            csv.tell("columns disagree", line, told)
    return on


def _vetoers(csv: Table, line: int, row: dict[str, str], on: PartialDate) -> tuple[str, ...]:
    """The states that vetoed, in the order of the row."""
    printed = [row[column] for column in _VETOES if row[column] not in MISSING]
    _compare(csv, line, row, {name.upper() for name in printed})
    found: list[str] = []
    for name in printed:
        if name.upper() in ("USSR", "RUSSIA"):
            state = "RUS" if on.earliest >= _RUSSIA else "SUN"
            if name.upper() != ("RUSSIA" if state == "RUS" else "USSR"):
                told = f"{name!r} on {on}; the seat was held by {state}, which is taken"
                csv.tell("columns disagree", line, told)
        else:
            known = name.lower() in POWERS
            state = csv.intake.resolver.find(name, "undl", on.earliest) if known else ""
        if not state:
            csv.tell("unknown state", line, f"{name!r} on {on}; its veto is left out")
        elif state not in found:
            found.append(state)
    return tuple(found)


def _compare(csv: Table, line: int, row: dict[str, str], named: set[str]) -> None:
    """Tell of the columns that count vetoes otherwise than the names do."""
    seats = {"RUSSIA" if name == "USSR" else name for name in named}
    due = {column: int(column.upper() in named) for column in POWERS}
    due |= {column: int(seats == group) for column, group in _GROUPS.items()}
    due |= {"single_veto": int(len(named) == 1), "multiple_vetoes": int(len(named) > 1)}
    wrong = [f"{c} {row[c]!r}" for c, number in due.items() if row[c] not in ("", str(number))]
    if row["single_veto"] and not row["multiple_vetoes"]:
        wrong.append("multiple_vetoes ''")
    if wrong:
        told = f"{', '.join(wrong)} beside {', '.join(sorted(named)) or 'no name'}"
        csv.tell("columns disagree", line, f"{told}; the names are taken")


def _text(
    csv: Table, line: int, row: dict[str, str], on: PartialDate, met: Counter[str]
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
        met[printed] += 1
        key, printed = f"{symbol.key}_veto_{met[printed]}", ""
        notes.append(_NO_DRAFT)
    elif symbol and match:
        key, printed = symbol.key, match[1]
        notes += [f"{match[2].capitalize()}."] if match[2] else []
    else:
        key = re.sub(r"[^A-Za-z0-9_.\-]+", "_", printed).strip("._-") or f"veto_{on}"
        csv.tell("no symbol", line, f"{printed!r} is no one symbol; kept as {key}")
        notes.append(f"The source gives as draft: {printed}." if printed else _NO_DRAFT)
        printed = ""
    kind: DocumentKind = "document" if preliminary else "draft-resolution"
    agenda = (item,) if item else ()
    text = Text(key=key, symbol=printed, kind=kind, title=item, date=on, agenda=agenda)
    return text, " ".join(notes)


def _meeting(csv: Table, line: int, row: dict[str, str]) -> str:
    """The symbol of the meeting's record; empty where the source names other documents."""
    printed = "; ".join(row["meeting_record"].split())
    if _MEETING.fullmatch(printed):
        return printed
    csv.tell("no meeting record", line, f"{printed!r} is no symbol of a meeting's record")
    return ""


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        key="vetoes",
        title="Vetoes in the Security Council",
        publisher="World Politics Data Lab, from the list of the UN Dag Hammarskjöld Library",
        url="https://github.com/world-politics-datalab/vetoes-un-security-council",
        licence="MIT",
        told_by="date, draft, meeting_record, member_veto1",
        knows=lambda head: (
            head.kind == "csv" and head.has("date", "draft", "meeting_record", "member_veto1")
        ),
        read=read,
    ),
)
