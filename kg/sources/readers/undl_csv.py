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
from kg.model.ballots import NO_BALLOT
from kg.sources import LONGEST_LINE
from kg.sources.intake import stream
from kg.sources.intake.cells import spelled
from kg.sources.intake.csv_file import CsvFile
from kg.sources.intake.layout import Head, Layout, each_file
from kg.sources.intake.place import Place
from kg.sources.intake.voters import Voter
from kg.sources.readers.shared import undl
from kg.sources.readers.shared.undl import PrintedRecord

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
        meaning: next(spelt.index(name) for name in names if name in spelt)
        for meaning, names in COLUMNS.items()
        if any(name in spelt for name in names)
    }


def _recognises(head: Head) -> bool:
    return (
        head.kind == "csv"
        and all(any(name in head.columns for name in COLUMNS[meaning]) for meaning in NEEDED)
        and head.has("ms_code|ms_codes|ms_name|ms_names")
    )


def _council(head: Head) -> bool:
    return head.has("permanent_member") or (head.has("description") and not head.has("session"))


@dataclass(slots=True)
class _OpenRollCall:
    """A roll call whose rows are being read."""

    account: Account | None
    first: tuple[str, ...]
    """What its first row says of the roll call."""
    lead: bytes = b""
    """What a row of it begins with, as it stands in the file; empty where that cannot be known."""
    tail: bytes = b""
    """What a row of it ends in."""


class _BulkFile:
    """A bulk file while it is read.

    Rows of one roll call differ in nothing but the member and its vote. A line that begins and ends as the
    first row of its roll call, with a middle that was taken apart before, need not be taken apart again.
    """

    def __init__(self, place: Place, table: CsvFile) -> None:
        self.place, self.table = place, table
        header = table.header
        self.at = _places(header)
        for i, column in enumerate(header):
            if i not in self.at.values() and spelled(column) not in _UNUSED:
                place.note_problem("column not read", 1, f"{column!r}")
        votes = {self.at[name] for name in ("code", "name", "vote") if name in self.at}
        votes |= {i for i, column in enumerate(header) if spelled(column) in _UNUSED}
        self.of_rollcall = itemgetter(*(i for i in range(len(header)) if i not in votes))
        """The cells of a row that say the same in all rows of its roll call."""
        self.voters = undl.voters(place)
        self.middle = (
            len(votes) if votes == set(range(1, len(votes) + 1)) and self.at["number"] == 0 else 0
        )
        """How many columns after the number differ within a roll call; 0 where they stand elsewhere."""
        self._open: dict[str, _OpenRollCall] = {}

    def rows(self) -> int:
        """Read all rows; how many there are.

        Eight of ten lines take the quick way: they begin with ``lead`` and end in ``tail``, and ``quick``
        knows who voted what by the bytes between. All that the loop asks for is kept in local names.
        """
        table, readline, count = self.table, self.table.file.readline, 0
        lead = tail = b""
        start = stop = today = highest = 0
        current = ""
        quick: dict[bytes, tuple[Voter, int]] = {}
        codes = bytearray()
        number_at = self.at["number"]
        opened: _OpenRollCall | None = None
        on = date.min
        while raw := readline(LONGEST_LINE + 1):
            table.line += 1
            if lead and raw.startswith(lead) and raw.endswith(tail):
                before = quick.get(raw[start:stop])
                if before is not None:
                    voter, vote = before
                    if voter.since <= today < voter.until and codes[voter.place] == NO_BALLOT:
                        codes[voter.place] = vote
                        voter.count += 1
                        if voter.last != on:
                            voter.voted(on)
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
                    opened.account.ballots.reach(highest)
                    on, codes = opened.account.day, opened.account.ballots.codes
                    today = on.toordinal()
            cast = self._add_vote(row, line, opened)
            one_line = table.line == line
            if cast and lead and one_line and raw.startswith(lead) and raw.endswith(tail):
                quick[raw[start:stop]] = cast
                highest = max(highest, cast[0].place)
        self.voters.close()
        return count

    def _add_vote(
        self, row: list[str], line: int, opened: _OpenRollCall
    ) -> tuple[Voter, int] | None:
        """Add the vote of a row; who voted and what, if every row of that kind says the same."""
        account, at, note = opened.account, self.at, self.place.note_problem
        if account is None:
            note("row of a roll call left out", line, f"record {row[at['number']]}")
            return None
        regular = self.of_rollcall(row) == opened.first
        if not regular:
            text = f"{account.key}: not what line {account.line} says of the roll call"
            note("row differs", line, text)
        name = row[at["name"]] if "name" in at else ""
        code = row[at["code"]] if "code" in at else ""
        if not name and not code and account.text.modality == "without-vote":
            return None
        cast = self.voters.add_vote(account, account.day, name, code, row[at["vote"]], line)
        return cast if regular else None

    def _opened(self, row: list[str], raw: bytes, line: int) -> _OpenRollCall:
        """The roll call that a row belongs to, a new one if it is the first of its record."""
        number = row[self.at["number"]]
        if number in self._open:
            return self._open[number]

        def cell(name: str) -> str:
            return row[self.at[name]] if name in self.at else ""

        record = PrintedRecord(
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
        account = undl.start_account(self.place, line, record)
        if account is not None:
            self.place.intake.accounts.append(account)
        lead, tail = self._ends(row, raw, line) if self.middle and account else (b"", b"")
        opened = self._open[number] = _OpenRollCall(account, self.of_rollcall(row), lead, tail)
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


def read(place: Place) -> int:
    """Read a bulk file; see ``each_file``."""
    accounts = place.intake.accounts
    before = len(accounts)
    with stream.opened(place.part) as file:
        count = _BulkFile(place, CsvFile(place.part, file)).rows()
    if not count:
        raise place.error_at(1, "holds no row below its header", remedy="is the file whole?")
    read_here = accounts[before:]
    place.intake.texts += [(place.source, one.text) for one in read_here if _without_vote(one)]
    accounts[before:] = [one for one in read_here if not _without_vote(one)]
    return count


def _without_vote(account: Account) -> bool:
    """Whether it is no roll call, but a text of which the file says that it was adopted without one."""
    return account.text.modality == "without-vote" and not account.ballots and not account.printed


def _layout(key: str, organ: str, council: bool) -> Layout:
    marks = "undl_id, ms_code(s), ms_vote(s), date, resolution(s)"
    return undl.layout(
        key=key,
        exhaustive=True,
        title=f"UN Digital Library: {organ} voting data, bulk file",
        url="https://digitallibrary.un.org/record/" + ("4055387" if council else "4060887"),
        marks=f"{marks}, permanent_member or description" if council else marks,
        recognises=lambda head: _recognises(head) and _council(head) is council,
        reader=each_file(read),
    )


LAYOUTS = (
    _layout("undl-ga", "General Assembly", False),
    _layout("undl-sc", "Security Council", True),
)
