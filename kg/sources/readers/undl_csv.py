"""The UN Digital Library's bulk CSV of votes: a row for each member and resolution, in all its years.

The files of 2026 (20 columns, with ``vote_note``), of 2025 (without it) and of 2024 (``ms_codes``,
``ms_votes``, ``NV``, another order and other names of the totals) are read by the names of their columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from kg.model.accounts import Account
from kg.sources.intake import stream
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Head, Layout, spelled
from kg.sources.intake.stream import LONGEST_LINE, Part, Table
from kg.sources.intake.voters import Voter
from kg.sources.readers import undl
from kg.sources.readers.undl import Listed

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("undl_id",),
    "code": ("ms_code", "ms_codes"),
    "name": ("ms_name", "ms_names"),
    "vote": ("ms_vote", "ms_votes"),
    "date": ("date", "dates"),
    "symbol": ("resolution", "resolutions"),
    "session": ("session", "sessions"),
    "draft": ("draft", "drafts"),
    "report": ("committee_report", "committee_reports"),
    "meeting": ("meeting", "meetings"),
    "title": ("title", "titles", "description"),
    "agenda": ("agenda_title", "agenda_titles", "agenda"),
    "subjects": ("subjects", "subject"),
    "note": ("vote_note",),
    "modality": ("modality",),
    "yes": ("total_yes", "yes"),
    "no": ("total_no", "no"),
    "abstain": ("total_abstentions", "abstentions"),
    "nonvoting": ("total_non_voting", "non_voting"),
    "members": ("total_ms", "total_voting", "total_member_states"),
    "url": ("undl_link",),
}
"""What a column says to the names it goes by, in one spelling."""
NEEDED = ("number", "vote", "date", "symbol")
_UNUSED = {"permanent_member"}
"""Read from the record of seats, not from here."""


def _places(header: list[str]) -> dict[str, int]:
    spelt = [spelled(column) for column in header]
    return {
        told: next(spelt.index(name) for name in names if name in spelt)
        for told, names in COLUMNS.items()
        if any(name in spelt for name in names)
    }


def _knows(head: Head) -> bool:
    return (
        head.kind == "csv"
        and all(any(name in head.columns for name in COLUMNS[told]) for told in NEEDED)
        and head.has("ms_code|ms_codes|ms_name|ms_names")
    )


def _council(head: Head) -> bool:
    return head.has("permanent_member") or (head.has("description") and not head.has("session"))


@dataclass(slots=True)
class _Open:
    """A roll call whose rows are being read."""

    account: Account | None
    first: tuple[str, ...]
    """What its first row says of the roll call."""
    lead: bytes = b""
    """What a row of it begins with, as it stands in the file; empty where that cannot be told."""
    tail: bytes = b""
    """What a row of it ends in."""


class _Reading:
    """A bulk file while it is read.

    Rows of one roll call differ in nothing but the member and its vote. A line that begins and ends as the
    first row of its roll call, with a middle that was taken apart before, need not be taken apart again.
    """

    def __init__(self, part: Part, table: Table, source: str, intake: Intake) -> None:
        self.part, self.table, self.source, self.intake = part, table, source, intake
        header = table.header
        self.at = _places(header)
        for i, column in enumerate(header):
            if i not in self.at.values() and spelled(column) not in _UNUSED:
                intake.tell("column not read", part, 1, f"{column!r}")
        votes = {self.at[name] for name in ("code", "name", "vote") if name in self.at}
        votes |= {i for i, column in enumerate(header) if spelled(column) in _UNUSED}
        rest = [i for i in range(len(header)) if i not in votes]
        self.told = itemgetter(*rest)
        self.voters = undl.voters(intake, part, source)
        self.middle = (
            len(votes) if votes == set(range(1, len(votes) + 1)) and self.at["number"] == 0 else 0
        )
        """How many columns after the number differ within a roll call; 0 where they stand elsewhere."""
        self._open: dict[str, _Open] = {}

    def rows(self) -> int:
        """Read all rows; how many there are."""
        table, readline, count = self.table, self.table.file.readline, 0
        lead = tail = b""
        start = stop = today = 0
        current = ""
        quick: dict[bytes, tuple[Voter, int]] = {}
        ballots: dict[str, int] = {}
        number_at = self.at["number"]
        opened: _Open | None = None
        on = date.min
        while raw := readline(LONGEST_LINE + 1):
            table.line += 1
            if lead and raw.startswith(lead) and raw.endswith(tail):
                known = quick.get(raw[start:stop])
                if known is not None:
                    voter, vote = known
                    if voter.since <= today < voter.until and voter.state not in ballots:
                        ballots[voter.state] = vote
                        voter.count += 1
                        if voter.last != on:
                            voter.met(on)
                        count += 1
                        continue
            line = table.line
            row = table.row(raw)
            if row is None:
                continue
            count += 1
            if row[number_at] != current or opened is None:
                current = row[number_at]
                opened = self._opened(row, raw, line)
                lead, tail = opened.lead, opened.tail
                start, stop = len(lead), -len(tail)
                if opened.account is not None:
                    on, ballots = opened.account.day, opened.account.ballots
                    today = on.toordinal()
            known = self._vote(row, line, opened)
            if (
                known
                and lead
                and table.line == line
                and raw.startswith(lead)
                and raw.endswith(tail)
            ):
                quick[raw[start:stop]] = known
        self.voters.close()
        return count

    def _vote(self, row: list[str], line: int, opened: _Open) -> tuple[Voter, int] | None:
        """Enter the vote of a row; who voted and what, if every row of that kind says the same."""
        account, part, at, intake = opened.account, self.part, self.at, self.intake
        if account is None:
            intake.tell("row of a roll call left out", part, line, f"record {row[at['number']]}")
            return None
        regular = self.told(row) == opened.first
        if not regular:
            told = f"{account.key}: not what line {account.line} says of the roll call"
            intake.tell("row differs", part, line, told)
        name = row[at["name"]] if "name" in at else ""
        code = row[at["code"]] if "code" in at else ""
        if not name and not code and account.text.modality == "without-vote":
            return None
        known = self.voters.enter(account, account.day, name, code, row[at["vote"]], line)
        return known if regular else None

    def _opened(self, row: list[str], raw: bytes, line: int) -> _Open:
        """The roll call that a row belongs to, a new one if it is the first of its record."""
        number = row[self.at["number"]]
        if number in self._open:
            return self._open[number]

        def cell(name: str) -> str:
            return row[self.at[name]] if name in self.at else ""

        listed = Listed(
            number=number.strip(),
            symbol=cell("symbol"),
            date=cell("date"),
            title=cell("title"),
            session=cell("session"),
            meeting=cell("meeting"),
            note=cell("note"),
            modality=cell("modality"),
            drafts=tuple(cell("draft").split("|")),
            reports=tuple(cell("report").split("|")),
            agenda=tuple(cell("agenda").split("|")),
            subjects=tuple(cell("subjects").split("|")),
            totals=tuple(cell(name) for name in (*undl.TOTALS, "members")),
            url=cell("url") if cell("url").startswith("https://") else "",
        )
        account = undl.begin(listed, self.source, self.part, line, self.intake)
        if account is not None:
            self.intake.accounts.append(account)
        lead, tail = self._ends(row, raw, line) if self.middle and account else (b"", b"")
        opened = self._open[number] = _Open(account, self.told(row), lead, tail)
        return opened

    def _ends(self, row: list[str], raw: bytes, line: int) -> tuple[bytes, bytes]:
        """What stands before and after the columns that differ; empty unless both are whole cells."""
        if self.table.line != line:  # the row is longer than its line
            return b"", b""
        commas = list(_commas(raw, self.middle + 1))
        if len(commas) <= self.middle:
            return b"", b""
        lead, tail = raw[: commas[0] + 1], raw[commas[-1] :]
        middle = raw[commas[0] + 1 : commas[-1]]
        cells = [_cells(lead + b"x"), _cells(middle), _cells(b"x" + tail)]
        cut = self.middle + 1
        right = [[row[0], "x"], row[1:cut], ["x", *row[cut:]]]
        return (lead, tail) if cells == right else (b"", b"")


def _commas(raw: bytes, count: int) -> Iterator[int]:
    """Where the first commas outside quotes stand."""
    inside = False
    for i, char in enumerate(raw):
        if char == 0x22:
            inside = not inside
        elif char == 0x2C and not inside:
            yield i
            count -= 1
            if not count:
                return


def _cells(raw: bytes) -> list[str]:
    try:
        return next(csv.reader([raw.decode("utf-8-sig")], strict=True), [])
    except (csv.Error, UnicodeDecodeError):
        return []


def read(part: Part, intake: Intake, source: str) -> int:
    """Read a bulk file; see ``Layout.read``."""
    with stream.opened(part) as file:
        before = len(intake.accounts)
        count = _Reading(part, Table(part, file), source, intake).rows()
    if not count:
        raise part.blame(1, "holds no row below its header; is the file whole?")
    read_here = intake.accounts[before:]
    intake.texts += [(source, account.text) for account in read_here if _without_vote(account)]
    intake.accounts[before:] = [account for account in read_here if not _without_vote(account)]
    return count


def _without_vote(account: Account) -> bool:
    """Whether it is no roll call, but a text of which the file says that it was adopted without one."""
    return account.text.modality == "without-vote" and not account.ballots and not account.printed


def _layout(key: str, organ: str, council: bool) -> Layout:
    return Layout(
        key=key,
        whole=True,
        title=f"UN Digital Library: {organ} voting data, bulk file",
        publisher=undl.PUBLISHER,
        url="https://digitallibrary.un.org/record/" + ("4055387" if council else "4060887"),
        licence=undl.LICENCE,
        told_by="undl_id, ms_code(s), ms_vote(s), date, resolution(s)"
        + (", permanent_member or description" if council else ""),
        knows=lambda head: _knows(head) and _council(head) is council,
        read=read,
    )


LAYOUTS = (
    _layout("undl-ga", "General Assembly", False),
    _layout("undl-sc", "Security Council", True),
)
