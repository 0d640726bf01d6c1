"""Roll calls that come with kg and are not of the UN Digital Library: vetoed drafts, and Voeten's own.

``data/record/README.md`` says from what, how and on what terms the tables were made; ``tools/record.py``
writes them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from kg.model import symbols
from kg.model.accounts import Account, Text
from kg.model.dates import PartialDate
from kg.model.words import ASSEMBLY, DocumentKind, Question, check_key
from kg.sources.intake.layout import Layout, csv_with, each_file, head_of
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared import record, undl, veto
from kg.sources.readers.shared.unvotes_rolls import ISSUES

_QUESTIONS = ("whole-text", "paragraph", "amendment")
VOETEN = (
    *("rollcall", "rcid", "date", "session", "question", "symbol", "title", "issues", "note"),
    "answers",
)
"""Columns of the roll calls of the General Assembly that only Voeten's set has."""
ISSUES_OF = ("document", "symbol", "issues")
"""Columns of the issues under which Voeten's set files texts that the Library has too."""
VETOES = ("draft", "date", "symbol", "kind", "agenda", "meeting", "vetoed_by", "note")
"""Columns of the drafts vetoed in the Security Council."""


def _of_voeten(place: Place, row: dict[str, str]) -> Account:
    on = PartialDate.parse(row["date"])
    question = cast(Question, record.one_of(row["question"], _QUESTIONS))
    symbol = symbols.parse(row["symbol"])
    is_whole = question == "whole-text"
    return Account(
        source=place.source,
        number=row["rcid"],
        key=row["rollcall"],
        text=Text(
            key=symbol.key if symbol else f"rcid-{row['rcid']}",
            symbol=row["symbol"],
            kind=undl.kind(symbol) if is_whole else cast(DocumentKind, question),
            title=row["title"],
            date=on,
            session=row["session"],
            subjects=_issues(row["issues"]),
        ),
        organ=ASSEMBLY,
        date=on,
        question=question,
        note=row["note"],
        complete=False,
    )


def _issues(cell: str) -> tuple[str, ...]:
    return tuple(ISSUES[record.one_of(code, tuple(ISSUES))] for code in cell.split())


def _read_voeten(place: Place) -> int:
    if not _IS_ISSUES(head_of(replace(place.part, watch=None))):
        return record.read_accounts(place, VOETEN, _of_voeten)
    rows = CsvRows(place)
    for line, row in rows.named(ISSUES_OF):
        with record.at_line(place, line):
            check_key(row["document"])
            symbol, issues = symbols.parse(row["symbol"]), _issues(row["issues"])
        text = Text(
            key=row["document"],
            symbol=row["symbol"],
            kind=undl.kind(symbol),
            title="",
            subjects=issues,
        )
        place.intake.texts.append((place.source, text))
    return rows.count


def _read_vetoes(place: Place) -> int:
    rows, states = CsvRows(place), record.states_of(place)
    for line, row in rows.named(VETOES):
        with record.at_line(place, line):
            check_key(row["draft"])
            on = undl.day(row["date"])
            kind = cast(DocumentKind, record.one_of(row["kind"], ("draft-resolution", "document")))
            vetoed_by = record.known(row["vetoed_by"], states)
        text = Text(
            key=row["draft"],
            symbol=row["symbol"],
            kind=kind,
            title=row["agenda"],
            date=on,
            agenda=record.listed(row["agenda"]),
        )
        one = veto.account(place.source, text, on, vetoed_by)
        one.meeting, one.note = row["meeting"], row["note"]
        one.path, one.line = place.part.name, line
        place.intake.accounts.append(one)
    return rows.count


_IS_VOETEN = csv_with("rollcall, rcid, question, answers")
_IS_ISSUES = csv_with("document, issues")
_IS_VETOES = csv_with("draft, vetoed_by")

LAYOUTS = (
    Layout(
        key="record-vetoes",
        title=f"Vetoes in the Security Council, {record.BUNDLED}",
        publisher="World Politics Data Lab, from the list of the UN Dag Hammarskjöld Library",
        url="https://github.com/world-politics-datalab/vetoes-un-security-council",
        licence="MIT",
        marks="draft, vetoed_by",
        recognises=_IS_VETOES,
        reader=each_file(_read_vetoes),
    ),
    Layout(
        key="record-voeten",
        title=f"Voeten's set: issues, and roll calls that it alone has, {record.BUNDLED}",
        publisher="Erik Voeten, Anton Strezhnev, Michael Bailey: United Nations General Assembly Voting Data",
        url="https://doi.org/10.7910/DVN/LEJUQZ",
        licence="no licence stated; to be cited",
        marks="rollcall, rcid, question, answers (or document, symbol, issues)",
        recognises=lambda head: _IS_VOETEN(head) or _IS_ISSUES(head),
        several_files=True,
        reader=each_file(_read_voeten),
        exhaustive=True,
    ),
)
