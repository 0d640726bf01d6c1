"""Votes of the General Assembly as E. Voeten codes them: the tidy tables of ``unvotes`` and the raw file.

The tidy form has three tables: votes (``yes``, ``no``, ``abstain``; absences are left out), roll calls and
issues. The raw form codes 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member, with or without the roll
calls' columns beside them. What is known of the form and handled on purpose:

- ``NA`` as a code is Namibia and "no code"; it is never a code here, the name decides.
- Before session 58 the day of ``date`` is not to be trusted, the month is.
- ``unres`` holds a page number up to session 17; letters after the number of sessions 18 to 30 may be parts
  of a text or votes in a row; values repeat. A symbol is taken where only one roll call can have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from kg.errors import RecordError
from kg.model.accounts import Account
from kg.model.words import Option
from kg.sources.intake.cells import spelled, undecimal
from kg.sources.intake.dates import DateColumn
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Head, Layout, csv_with, head_of
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters
from kg.sources.readers.shared import unvotes_rolls
from kg.sources.readers.shared.unvotes_rolls import ISSUES, RollCallRow

PRINTED: dict[str, Option] = {
    "yes": "yes", "no": "no", "abstain": "abstain", "absent": "nonvoting",
    "1": "yes", "2": "abstain", "3": "no", "8": "nonvoting",
    "1.0": "yes", "2.0": "abstain", "3.0": "no", "8.0": "nonvoting",
}  # fmt: skip
"""What is printed for a vote."""
_NOT_A_MEMBER = ("9", "9.0")
_NO_CODE = ("", "NA")
_ROLLCALL = ("session", "date", "unres", "amend", "para", "short", "descr")
_KNOWN = {
    *("rcid", "vote", "country", "country_code", "countryname", "ccode", "member", "year", "name"),
    *_ROLLCALL, *ISSUES, "importantvote", "short_name", "issue", "yes", "no", "abstain",
}  # fmt: skip


_VOTES = csv_with("rcid, vote, country|countryname|ccode|country_code")
_ROLLCALLS = csv_with("rcid, session, date, unres")
_ISSUES = csv_with("rcid, issue")


class _UnvotesReader:
    """All tables of one source: votes can be understood only once the roll calls are known."""

    def __init__(self, intake: Intake, source: str) -> None:
        self.intake, self.source = intake, source
        self.parts: list[Part] = []
        """All tables, in the order in which they were read."""
        self.vote_parts: list[Part] = []
        self.rollcalls: dict[str, RollCallRow] = {}
        self.issues: dict[str, list[str]] = {}
        self.accounts: dict[str, Account] = {}
        """By number, what was made of the roll calls."""
        self.dates: dict[str, DateColumn] = {}
        """By file, the dates of its roll calls."""

    def read(self, part: Part) -> int:
        self.parts.append(part)
        place = Place(part, self.intake, self.source)
        head = head_of(replace(part, watch=None))
        if _VOTES(head):
            self.vote_parts.append(part)
            return 0
        return self._read_rollcalls(place) if _ROLLCALLS(head) else self._read_issues(place)

    def _read_rollcalls(self, place: Place) -> int:
        rows = CsvRows(place)
        for line, cells in _by_column(rows):
            rcid = cells["rcid"]
            if rcid in self.rollcalls:
                text = f"rcid {rcid} stands twice; the first is kept"
                place.note_problem("repeated roll call", line, text)
                continue
            self.rollcalls[rcid] = RollCallRow(cells, place, line)
        read_here = (row for row in self.rollcalls.values() if row.place.part == place.part)
        self.read_dates(place, (row.cells["date"] for row in read_here))
        return rows.count

    def read_dates(self, place: Place, texts: Iterable[str]) -> None:
        """Find out how the dates of a file are printed."""
        self.dates[place.part.name] = column = DateColumn(texts, place.part)
        self.intake.add_remark(place.part.name, column.remark)

    def _read_issues(self, place: Place) -> int:
        rows = CsvRows(place)
        for _, cells in _by_column(rows):
            self.issues.setdefault(cells["rcid"], []).append(cells["issue"])
        return rows.count

    def finish(self) -> None:
        """Make accounts of the tables that were read.

        Raises:
            SourceError: There are no votes, or none of the roll calls that they were cast in.
        """
        if not self.vote_parts:
            raise self.parts[0].error_at(
                0,
                "lists roll calls or issues without votes",
                remedy="give the table of votes with it",
            )
        for part in self.vote_parts:
            before = len(self.accounts)
            count = self._read_votes(Place(part, self.intake, self.source))
            for entry in self.intake.files:
                if entry.file == part.name:
                    entry.row_count, entry.rollcall_count = count, len(self.accounts) - before
        self.intake.accounts += self.accounts.values()
        for rcid, row in self.rollcalls.items():
            if rcid not in self.accounts:
                row.note_problem("roll call without votes", f"rcid {rcid}; left out")
        unvotes_rolls.give_symbols(self.accounts, self.rollcalls)

    def _read_votes(self, place: Place) -> int:
        rows = CsvRows(place)
        cells = rows.cells()
        votes = _VotesFile(self, place, _columns(rows.place, next(cells)[1]))
        if votes.lists_rollcalls:
            self.read_dates(place, _column(place, votes.columns.index("date")))
        votes.read(cells)
        votes.voters.close()
        rows.check_any()
        return rows.count


def _column(place: Place, at: int) -> set[str]:
    """All that stands in a column."""
    cells = CsvRows(Place(place.unwatched, place.intake, place.source)).cells()
    next(cells)
    return {row[at] for _, row in cells}


def _columns(place: Place, header: list[str]) -> list[str]:
    """The columns in one spelling; those that are not known are noted."""
    columns = [spelled(column) for column in header]
    for name, column in zip(columns, header, strict=True):
        if name not in _KNOWN or columns.count(name) > 1:
            place.note_problem("column not read", 1, f"{column!r}")
    return columns


def _by_column(rows: CsvRows) -> Iterator[tuple[int, dict[str, str]]]:
    cells = rows.cells()
    columns = _columns(rows.place, next(cells)[1])
    for line, row in cells:
        yield line, _first_of_each(columns, row)


def _first_of_each(columns: list[str], row: list[str]) -> dict[str, str]:
    """Column to cell; of two columns of one name the first."""
    cells: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=True):
        cells.setdefault(column, undecimal(cell))
    return cells


class _VotesFile:
    """A table of votes while it is read, with the columns of roll calls beside them or without."""

    def __init__(self, tables: _UnvotesReader, place: Place, columns: list[str]) -> None:
        self.tables, self.place, self.columns = tables, place, columns
        self.lists_rollcalls = all(name in columns for name in ("session", "date", "unres"))
        if not self.lists_rollcalls and not tables.rollcalls:
            raise place.error_at(
                1,
                "lists votes without their roll calls",
                remedy="give the table of roll calls with it",
            )
        codes = "unvotes-code" if "country_code" in columns else "cow"
        self.voters = Voters(place, PRINTED, names="unvotes", codes=codes)

    def _place_of(self, *names: str) -> int:
        """Where the first of some columns stands; -1 where none does."""
        return next((self.columns.index(name) for name in names if name in self.columns), -1)

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        """Add all votes."""
        name_at = self._place_of("countryname", "country")
        code_at = self._place_of("country_code", "ccode")
        rcid_at, vote_at = self._place_of("rcid"), self._place_of("vote")
        rollcalls = self.tables.rollcalls
        current, account, on = None, None, date.min
        for line, row in rows:
            if row[rcid_at] != current:
                current, rcid = row[rcid_at], undecimal(row[rcid_at])
                if self.lists_rollcalls and rcid not in rollcalls:
                    cells = _first_of_each(self.columns, row)
                    rollcalls[rcid] = RollCallRow(cells, self.place, line)
                account, on = self._account(rcid, line)
            if account is None:
                text = f"rcid {current}; left out"
                self.place.note_problem("vote without roll call", line, text)
                continue
            name = row[name_at] if name_at >= 0 else ""
            code = row[code_at] if code_at >= 0 and row[code_at] not in _NO_CODE else ""
            self._add_vote(account, on, name, code, row[vote_at], line)

    def _add_vote(
        self, account: Account, on: date, name: str, code: str, printed: str, line: int
    ) -> None:
        if printed in _NOT_A_MEMBER:
            account.complete = True
            return
        if PRINTED.get(printed) == "nonvoting":
            account.complete = True
        self.voters.add_vote(account, on, name, code, printed, line)

    def _account(self, rcid: str, line: int) -> tuple[Account | None, date]:
        """The account of a roll call, and the last day of what is printed for its date."""
        row, accounts = self.tables.rollcalls.get(rcid), self.tables.accounts
        if row is None:
            return None, date.min
        try:
            printed = self.tables.dates[row.place.part.name].day(row.cells["date"])
        except RecordError as error:
            row.note_problem("no date", f"rcid {rcid}: {error}; left out")
            return None, date.min
        if rcid not in accounts:
            issues = self.tables.issues.get(rcid, [])
            accounts[rcid] = one = unvotes_rolls.start_account(rcid, row, printed, issues)
            one.path, one.line = self.place.part.name, line
        return accounts[rcid], printed.latest


def _layout(marks: str, recognises: Callable[[Head], bool]) -> Layout:
    return Layout(
        key="unvotes",
        exhaustive=True,
        several_files=True,
        title="United Nations General Assembly Voting Data (E. Voeten), as tidy or raw tables",
        publisher="Erik Voeten, Harvard Dataverse",
        url="https://hdl.handle.net/1902.1/12379",
        licence="cite Voeten, Strezhnev and Bailey, doi 10.7910/DVN/LEJUQZ",
        marks=marks,
        recognises=recognises,
        reader=_UnvotesReader,
    )


LAYOUTS = (
    _layout("rcid, vote, and country, country_code or ccode", _VOTES),
    _layout("rcid, session, date, unres (roll calls of unvotes)", _ROLLCALLS),
    _layout("rcid, issue (issues of unvotes)", _ISSUES),
)
