"""What all forms of UN Digital Library voting data share: codes, dates, titles, the making of an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kg.errors import RecordError
from kg.model import symbols
from kg.model.accounts import Account, Text
from kg.model.dates import PartialDate
from kg.model.words import ASSEMBLY, COUNCIL, OPTIONS, DocumentKind, Option
from kg.sources.intake.cells import slug
from kg.sources.intake.layout import Layout
from kg.sources.intake.place import Place
from kg.sources.intake.voters import Voters

PUBLISHER = "United Nations, Dag Hammarskjöld Library"
LICENCE = "copyright United Nations; non-commercial use with attribution (UNDL terms of use)"
SEARCH = "https://digitallibrary.un.org/search?cc=Voting%20Data"
RECORD = "https://digitallibrary.un.org/record/"

PRINTED: dict[str, Option] = {
    "Y": "yes",
    "N": "no",
    "A": "abstain",
    "X": "nonvoting",
    "NV": "nonvoting",
    "": "nonvoting",
}
"""What is printed for a vote: ``X``, blank (records) and ``NV`` (2024) say that no vote was cast."""
TOTALS = OPTIONS
"""The order in which totals are printed."""
_ENDING = re.compile(
    r"\s*[:.]?\s*(?:resolution|decision)s?\s*/\s*adopted by (?:the )?(?:General Assembly|Security Council)"
    r"\s*\.?\s*",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0+)?Z?)?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)
_NONE = ("", "N/A", "NA", "nan", "None")


@dataclass(slots=True, kw_only=True)
class PrintedRecord:
    """What a record says of a roll call before its votes, as printed."""

    number: str
    symbol: str
    date: str
    title: str = ""
    session: str = ""
    meeting: str = ""
    note: str = ""
    modality: str = ""
    drafts: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    """Yes, no, abstentions, non-voting, members, as printed."""
    url: str = ""
    number_given: bool = False
    """Whether the number is what a user knows it by, so that no symbol is missed."""

    @property
    def name(self) -> str:
        """What a note calls it."""
        return self.symbol.strip() or f"record {self.number}"


def layout(**fields: Any) -> Layout:
    """A layout of the Digital Library: the publisher and the licence are the same for all."""
    return Layout(publisher=PUBLISHER, licence=LICENCE, collection="undl", **fields)


def start_account(place: Place, line: int, record: PrintedRecord) -> Account | None:
    """An account without votes, of what a record says; None where it has no day to stand on."""
    try:
        on = day(record.date)
    except RecordError as error:
        text = f"{record.name}: {error}; left out, its votes with it"
        place.note_problem("no date", line, text)
        return None
    document, symbol = _text(place, line, record, on)
    account = Account(
        source=place.source,
        number=record.number,
        key=symbol.short if symbol else document.key,
        text=document,
        organ=COUNCIL if (symbol.organ if symbol else record.meeting[:1]) == "S" else ASSEMBLY,
        date=on,
        result="adopted" if symbol and symbol.kind else "",
        meeting=_filled(record.meeting),
        note=_filled(record.note),
        path=place.part.name,
        line=line,
    )
    _add_totals(place, line, account, record.totals)
    return account


def add_text(place: Place, line: int, record: PrintedRecord) -> None:
    """Take in the text of a record that holds no roll call."""
    try:
        on = day(record.date)
    except RecordError as error:
        text = f"record {record.number}: {error}; kept without a date"
        place.note_problem("no date", line, text)
        on = None
    document, _ = _text(place, line, record, on)
    if document.modality == "vote":  # the record does not say so, and holds none
        document.modality = "unrecorded"
    place.intake.texts.append((place.source, document))


def _text(
    place: Place, line: int, record: PrintedRecord, on: PartialDate | None
) -> tuple[Text, symbols.Symbol | None]:
    """What a record says of its text, and the symbol of it."""
    symbol = symbols.parse(record.symbol)
    if symbol is None and (record.symbol or not record.number_given):
        text = f"{record.name}: {record.symbol!r} is no UN symbol; kept by number"
        place.note_problem("no symbol", line, text)
    numbered = "undl" if place.source.startswith("undl-") else place.source
    return Text(
        key=symbol.key if symbol else f"{numbered}-{slug(record.number)}",
        symbol=record.symbol.strip() if symbol else "",
        kind=kind(symbol),
        title=title(record.title),
        date=on,
        session=record.session.strip() or (symbol.session if symbol else ""),
        agenda=kept(record.agenda),
        subjects=kept(record.subjects),
        reports=kept(record.reports),
        drafts=kept(record.drafts),
        modality="without-vote" if "without" in record.modality.lower() else "vote",
        url=record.url or RECORD + slug(record.number),
    ), symbol


def voters(place: Place) -> Voters:
    """Who votes in a file of the Digital Library, and what is printed for a vote there."""
    return Voters(place, PRINTED, names="undl", codes="undl-code", fold=True)


def _add_totals(place: Place, line: int, account: Account, printed: tuple[str, ...]) -> None:
    for option, cell in zip((*TOTALS, "members"), printed, strict=False):
        match = _WHOLE.fullmatch(cell.strip())
        if match is None:
            if cell.strip() not in _NONE:
                text = f"{account.key}: {option} {cell!r} is no number"
                place.note_problem("unread total", line, text)
        elif option == "members":
            account.member_count = int(match[1])
        else:
            account.printed[option] = int(match[1])  # type: ignore[index]  # one of TOTALS


def leave_out(place: Place, line: int, record: PrintedRecord, count: int) -> None:
    """Note each vote of a record that has no account."""
    for _ in range(count):
        place.note_problem("vote left out", line, f"record {record.number}")


def day(text: str) -> PartialDate:
    """The day that a printed date names.

    Raises:
        RecordError: It names none.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise RecordError(f"{text!r} is not a day; expected YYYY-MM-DD")
    return PartialDate.parse(match[1])


def kind(symbol: symbols.Symbol | None) -> DocumentKind:
    """What kind of document a symbol is of."""
    if symbol is None:
        return "document"
    if symbol.kind:
        return "decision" if symbol.kind == "DEC" else "resolution"
    return "draft-resolution" if "/L." in symbol.rest else "document"


def title(text: str) -> str:
    """A title without the words that every title ends in."""
    return _ENDING.sub("", " ".join(text.split()))


def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts that say something, each once, in their order."""
    return tuple(dict.fromkeys(filled for text in texts if (filled := _filled(text))))


def _filled(text: str) -> str:
    return "" if text.strip() in _NONE else text.strip()
