"""What all forms of UN Digital Library voting data share: codes, dates, titles, the making of an account."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import RecordError
from kg.model import symbols
from kg.model.accounts import Account, Text
from kg.model.dates import PartialDate
from kg.model.words import OPTIONS, DocumentKind, Option
from kg.sources.intake.intake import Intake
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters

PUBLISHER = "United Nations, Dag Hammarskjöld Library"
LICENCE = "copyright United Nations; non-commercial use with attribution (UNDL terms of use)"
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
class Listed:
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


def begin(listed: Listed, source: str, part: Part, line: int, intake: Intake) -> Account | None:
    """An account without votes, of what a record says; None where it has no day to stand on."""
    named = listed.symbol.strip() or f"record {listed.number}"
    try:
        on = day(listed.date)
    except RecordError as error:
        intake.tell("no date", part, line, f"{named}: {error}; left out, its votes with it")
        return None
    text, symbol = _text(listed, source, on, part, line, intake)
    account = Account(
        source=source,
        number=listed.number,
        key=symbol.short if symbol else text.key,
        text=text,
        organ="UNSC" if (symbol.organ if symbol else listed.meeting[:1]) == "S" else "UNGA",
        date=on,
        result="adopted" if symbol and symbol.kind else "",
        meeting=_filled(listed.meeting),
        note=_filled(listed.note),
        path=part.name,
        line=line,
    )
    _totals(account, listed.totals, part, line, intake)
    return account


def without_roll_call(listed: Listed, source: str, part: Part, line: int, intake: Intake) -> Text:
    """The text of a record that holds no roll call."""
    try:
        on = day(listed.date)
    except RecordError as error:
        intake.tell("no date", part, line, f"record {listed.number}: {error}; kept without a date")
        on = None
    text, _ = _text(listed, source, on, part, line, intake)
    if text.modality == "vote":  # the record does not say so, and holds none
        text.modality = "unrecorded"
    return text


def _text(
    listed: Listed, source: str, on: PartialDate | None, part: Part, line: int, intake: Intake
) -> tuple[Text, symbols.Symbol | None]:
    """What a record says of its text, and the symbol of it."""
    symbol = symbols.parse(listed.symbol)
    if symbol is None:
        named = listed.symbol.strip() or f"record {listed.number}"
        told = f"{named}: {listed.symbol!r} is no UN symbol; kept by number"
        intake.tell("no symbol", part, line, told)
    numbered = "undl" if source.startswith("undl-") else source
    return Text(
        key=symbol.key if symbol else f"{numbered}-{slug(listed.number)}",
        symbol=listed.symbol.strip() if symbol else "",
        kind=kind(symbol),
        title=title(listed.title),
        date=on,
        session=listed.session.strip() or (symbol.session if symbol else ""),
        agenda=kept(listed.agenda),
        subjects=kept(listed.subjects),
        reports=kept(listed.reports),
        drafts=kept(listed.drafts),
        modality="without-vote" if "without" in listed.modality.lower() else "vote",
        url=listed.url or RECORD + slug(listed.number),
    ), symbol


def voters(intake: Intake, part: Part, source: str) -> Voters:
    """Who votes in a file of the Digital Library, and what is printed for a vote there."""
    return Voters(intake, part, source, PRINTED, names="undl", codes="undl-code", fold=True)


def _totals(
    account: Account, printed: tuple[str, ...], part: Part, line: int, intake: Intake
) -> None:
    for option, cell in zip((*TOTALS, "members"), printed, strict=False):
        match = _WHOLE.fullmatch(cell.strip())
        if match is None:
            if cell.strip() not in _NONE:
                intake.tell(
                    "unread total", part, line, f"{account.key}: {option} {cell!r} is no number"
                )
        elif option == "members":
            account.member_count = int(match[1])
        else:
            account.printed[option] = int(match[1])  # type: ignore[index]  # one of TOTALS


def leave_out(listed: Listed, count: int, part: Part, line: int, intake: Intake) -> None:
    """Tell of each vote of a record that has no account."""
    for _ in range(count):
        intake.tell("vote left out", part, line, f"record {listed.number}")


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
    whole = " ".join(text.split())
    return _ENDING.sub("", whole) if _ENDING.search(whole) else whole


def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts that say something, each once, in their order."""
    return tuple(dict.fromkeys(filled for text in texts if (filled := _filled(text))))


def _filled(text: str) -> str:
    return "" if text.strip() in _NONE else text.strip()


def slug(text: str) -> str:
    """A source's number in the letters of a key."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text[:60]).strip("-") or "unnumbered"
