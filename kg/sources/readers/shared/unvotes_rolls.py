"""Roll calls as E. Voeten lists them, made accounts: their dates, and the symbols that can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.model import symbols
from kg.model.accounts import Account, Text
from kg.model.dates import PartialDate
from kg.model.words import ASSEMBLY, Question
from kg.sources.intake.cells import slug
from kg.sources.intake.place import Place
from kg.sources.readers.shared import undl

_EXACT_DAY = 58
"""First session whose days are right."""
_NUMBERED = 18
"""First session whose ``unres`` is a number of a resolution."""
_NUMBERED_SPECIAL = 6
"""The same of special sessions."""
_CERTAIN = 31
"""First session whose letters are parts of a text alone."""
ISSUES = {
    "me": "Palestinian conflict",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "hr": "Human rights",
    "co": "Colonialism",
    "ec": "Economic development",
}
"""Columns of the raw form that mark an issue."""


@dataclass(slots=True)
class RollCallRow:
    """What a table of roll calls says of one."""

    cells: dict[str, str]
    place: Place
    line: int

    def note_problem(self, kind: str, text: str) -> None:
        """Note something about it that was not understood."""
        self.place.note_problem(kind, self.line, text)


def start_account(rcid: str, row: RollCallRow, printed: PartialDate, issues: list[str]) -> Account:
    """A roll call without its votes, under its number."""
    cells = {name: "" if cell == "NA" else cell for name, cell in row.cells.items()}
    session = cells.get("session", "")
    number = int(session) if re.fullmatch("[0-9]{1,4}", session) else 0
    on = printed if number >= _EXACT_DAY else PartialDate(printed.year, printed.month)
    key = f"rcid-{slug(rcid)}"
    marked = [issue for column, issue in ISSUES.items() if cells.get(column) == "1"]
    return Account(
        source=row.place.source,
        number=rcid,
        key=key,
        text=Text(
            key=key,
            symbol="",
            kind="document",
            title=" ".join((cells.get("short") or cells.get("descr", "")).split()),
            date=on,
            session=session,
            subjects=tuple(dict.fromkeys([*issues, *marked])),
        ),
        organ=ASSEMBLY,
        date=on,
        question=_question(cells),
        note=f"unres {cells['unres']}" if cells.get("unres") else "",
        complete=False,
    )


def _question(cells: dict[str, str]) -> Question:
    if cells.get("amend") == "1":
        return "amendment"
    return "paragraph" if cells.get("para") == "1" else "whole-text"


def give_symbols(accounts: dict[str, Account], rollcalls: dict[str, RollCallRow]) -> None:
    """Give the votes on whole texts the symbol that each of them alone can have."""
    candidates: dict[str, tuple[symbols.Symbol, int]] = {}
    for rcid, one in accounts.items():
        if one.question != "whole-text":
            one.text.kind = one.question
        elif candidate := _symbol(rollcalls[rcid].cells.get("unres", "")):
            candidates[rcid] = candidate
    counts = Counter(symbol for symbol, _ in candidates.values())
    for rcid, (symbol, session) in candidates.items():
        one = accounts[rcid]
        if counts[symbol] > 1:
            text = f"rcid {rcid}: {symbol}; kept by number"
            rollcalls[rcid].note_problem("symbol not unique", text)
        elif session >= _CERTAIN:
            one.key, one.text.key = symbol.short, symbol.key
            one.text.symbol, one.text.kind = str(symbol), undl.kind(symbol)
        else:
            one.maybe = symbol.short


def _symbol(unres: str) -> tuple[symbols.Symbol, int] | None:
    """The resolution that ``unres`` names, and the session that says how far it is to be trusted."""
    match = re.match(r"(?:A/RES|(R|SS|ESS))/(?:(E?S-)?(\d{1,4}))/", unres, re.ASCII)
    if match is None:
        return None
    number = int(match[3])
    special = match[1] in ("SS", "ESS") or bool(match[2])
    if number < (_NUMBERED_SPECIAL if special else _NUMBERED):
        return None
    symbol = symbols.parse(unres)
    return (symbol, _CERTAIN if special else number) if symbol and symbol.kind else None
