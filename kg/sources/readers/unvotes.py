"""Votes of the General Assembly as E. Voeten codes them: the tidy tables of ``unvotes`` and the raw file.

The tidy form has three tables: votes (``yes``, ``no``, ``abstain``; absences are left out), roll calls and
issues. The raw form codes 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member, with or without the roll
calls' columns beside them. What is known of the form and handled on purpose:

- ``NA`` as a code is Namibia and "no code"; it is never a code here, the name decides.
- Before session 58 the day of ``date`` is not to be trusted, the month is.
- ``unres`` holds a page number up to session 17; letters after the number of sessions 18 to 30 may be parts
  of a text or votes in a row; values repeat. A symbol is taken where it can be meant only once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.errors import RecordError
from kg.model.accounts import Account
from kg.model.words import Option
from kg.sources.intake import stream
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Head, Layout, spelled
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters
from kg.sources.readers import undl, unvotes_rolls
from kg.sources.readers.unvotes_rolls import ISSUES, Told

PRINTED: dict[str, Option] = {
    "yes": "yes", "no": "no", "abstain": "abstain", "absent": "nonvoting",
    "1": "yes", "2": "abstain", "3": "no", "8": "nonvoting",
}  # fmt: skip
"""What is printed for a vote."""
_NOT_A_MEMBER = "9"
_NO_CODE = ("", "NA")
_ROLLCALL = ("session", "date", "unres", "amend", "para", "short", "descr")
_KNOWN = {
    *("rcid", "vote", "country", "country_code", "countryname", "ccode", "member", "year", "name"),
    *_ROLLCALL, *ISSUES, "importantvote", "short_name", "issue", "yes", "no", "abstain",
}  # fmt: skip


@dataclass(slots=True)
class _Held:
    """What is known before the last table is read."""

    parts: list[Part] = field(default_factory=list)
    """All tables, in the order in which they were read."""
    rollcalls: dict[str, Told] = field(default_factory=dict)
    issues: dict[str, list[str]] = field(default_factory=dict)
    votes: list[Part] = field(default_factory=list)
    """Tables of votes, which can be understood only once the roll calls are known."""
    accounts: dict[str, Account] = field(default_factory=dict)
    """By number, what was made of them."""


def _held(intake: Intake, source: str, part: Part) -> _Held:
    held = intake.held.setdefault(source, _Held())
    assert isinstance(held, _Held)
    held.parts.append(part)
    return held


def read_rollcalls(part: Part, intake: Intake, source: str) -> int:
    """Read a table of roll calls; see ``Layout.read``."""
    held, count = _held(intake, source, part), 0
    for line, cells in _table(part, intake):
        count += 1
        rcid = cells["rcid"]
        if rcid in held.rollcalls:
            told = f"rcid {rcid} stands twice; the first is kept"
            intake.tell("repeated roll call", part, line, told)
            continue
        held.rollcalls[rcid] = Told(cells, part, line)
    return count


def read_issues(part: Part, intake: Intake, source: str) -> int:
    """Read a table of issues; see ``Layout.read``."""
    held, count = _held(intake, source, part), 0
    for _, cells in _table(part, intake):
        count += 1
        held.issues.setdefault(cells["rcid"], []).append(cells["issue"])
    return count


def read_votes(part: Part, intake: Intake, source: str) -> int:
    """Keep a table of votes until its roll calls are known; see ``Layout.read``."""
    _held(intake, source, part).votes.append(part)
    return 0


def _header(part: Part, rows: Iterator[tuple[int, list[str]]], intake: Intake) -> list[str]:
    """The columns in one spelling; those that are not known are told."""
    header = next(rows)[1]
    columns = [spelled(column) for column in header]
    for name, column in zip(columns, header, strict=True):
        if name not in _KNOWN or columns.count(name) > 1:
            intake.tell("column not read", part, 1, f"{column!r}")
    return columns


def _table(part: Part, intake: Intake) -> Iterator[tuple[int, dict[str, str]]]:
    with stream.opened(part) as file:
        rows = stream.rows(part, file)
        columns = _header(part, rows, intake)
        for line, row in rows:
            yield line, dict(zip(columns[::-1], row[::-1], strict=True))


def finish(intake: Intake, source: str) -> None:
    """Make accounts of the tables that were read.

    Raises:
        SourceError: There are no votes, or none of the roll calls that they were cast in.
    """
    held = intake.held.pop(source)
    if not held.votes:
        told = "lists roll calls or issues without votes; give the table of votes with it"
        raise held.parts[0].blame(0, told)
    for part in held.votes:
        before = len(held.accounts)
        count = _read_votes(part, held, intake, source)
        for entry in intake.files:
            if entry.file == part.name:
                entry.row_count, entry.rollcall_count = count, len(held.accounts) - before
    intake.accounts += held.accounts.values()
    for rcid, told in held.rollcalls.items():
        if rcid not in held.accounts:
            intake.tell("roll call without votes", told.part, told.line, f"rcid {rcid}; left out")
    unvotes_rolls.give_symbols(held.accounts, held.rollcalls, intake)


def _read_votes(part: Part, held: _Held, intake: Intake, source: str) -> int:
    with stream.opened(part) as file:
        rows = stream.rows(part, file)
        reading = _Reading(part, _header(part, rows, intake), held, intake, source)
        count = reading.votes(rows)
        reading.voters.close()
    if not count:
        raise part.blame(1, "holds no row below its header; is the file whole?")
    return count


class _Reading:
    """A table of votes while it is read, with the columns of roll calls beside them or without."""

    def __init__(
        self, part: Part, columns: list[str], held: _Held, intake: Intake, source: str
    ) -> None:
        self.part, self.columns, self.held = part, columns, held
        self.intake, self.source = intake, source
        self.own = all(name in columns for name in ("session", "date", "unres"))
        if not self.own and not held.rollcalls:
            told = "lists votes without their roll calls; give the table of roll calls with it"
            raise part.blame(1, told)
        codes = "unvotes-code" if "country_code" in columns else "cow"
        self.voters = Voters(intake, part, source, PRINTED, names="unvotes", codes=codes)

    def _place(self, *names: str) -> int:
        """Where the first of some columns stands; -1 where none does."""
        return next((self.columns.index(name) for name in names if name in self.columns), -1)

    def votes(self, rows: Iterator[tuple[int, list[str]]]) -> int:
        """Enter all votes; how many rows there are."""
        name_at, code_at = (
            self._place("countryname", "country"),
            self._place("country_code", "ccode"),
        )
        rcid_at, vote_at, count = self._place("rcid"), self._place("vote"), 0
        current, account, on = None, None, date.min
        for count, (line, row) in enumerate(rows, 1):  # noqa: B007  the last is the number of rows
            if row[rcid_at] != current:
                current = row[rcid_at]
                if self.own and current not in self.held.rollcalls:
                    cells = dict(zip(self.columns[::-1], row[::-1], strict=True))
                    self.held.rollcalls[current] = Told(cells, self.part, line)
                account, on = self._rollcall(current, line)
            if account is None:
                told = f"rcid {current}; left out"
                self.intake.tell("vote without roll call", self.part, line, told)
                continue
            name = row[name_at] if name_at >= 0 else ""
            code = row[code_at] if code_at >= 0 and row[code_at] not in _NO_CODE else ""
            self._vote(account, on, name, code, row[vote_at], line)
        return count

    def _vote(
        self, account: Account, on: date, name: str, code: str, printed: str, line: int
    ) -> None:
        if printed == _NOT_A_MEMBER:
            account.complete = True
            return
        if PRINTED.get(printed) == "nonvoting":
            account.complete = True
        self.voters.enter(account, on, name, code, printed, line)

    def _rollcall(self, rcid: str, line: int) -> tuple[Account | None, date]:
        """The account of a roll call, and the last day of what is printed for its date."""
        told, accounts = self.held.rollcalls.get(rcid), self.held.accounts
        if told is None:
            return None, date.min
        try:
            printed = undl.day(told.cells["date"])
        except RecordError as error:
            self.intake.tell("no date", told.part, told.line, f"rcid {rcid}: {error}; left out")
            return None, date.min
        if rcid not in accounts:
            issues = self.held.issues.get(rcid, [])
            accounts[rcid] = one = unvotes_rolls.account(rcid, told, printed, issues, self.source)
            one.path, one.line = self.part.name, line
        return accounts[rcid], printed.latest


def _layout(
    told: str, knows: Callable[[Head], bool], read: Callable[[Part, Intake, str], int]
) -> Layout:
    return Layout(
        key="unvotes",
        whole=True,
        title="United Nations General Assembly Voting Data (E. Voeten), as tidy or raw tables",
        publisher="Erik Voeten, Harvard Dataverse",
        url="https://hdl.handle.net/1902.1/12379",
        licence="cite Voeten, Strezhnev and Bailey, doi 10.7910/DVN/LEJUQZ",
        told_by=told,
        knows=lambda head: head.kind == "csv" and knows(head),
        read=read,
        finish=finish,
    )


LAYOUTS = (
    _layout(
        "rcid, vote, and country, country_code or ccode",
        lambda head: head.has("rcid", "vote", "country|countryname|ccode|country_code"),
        read_votes,
    ),
    _layout(
        "rcid, session, date, unres (roll calls of unvotes)",
        lambda head: head.has("rcid", "session", "date", "unres"),
        read_rollcalls,
    ),
    _layout("rcid, issue (issues of unvotes)", lambda head: head.has("rcid", "issue"), read_issues),
)
