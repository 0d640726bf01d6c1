"""A user's own CSV of votes, read through a small mapping file in TOML that says what its columns mean.

::

    key = "my-archive"                  # names the source in the graph
    title = "Votes from my archive"
    organ = "UNGA"                      # or "UNSC"; without it the symbols say
    complete = true                     # whether members that cast no vote are listed
    dates = "M/D/YYYY"                  # or D/M/YYYY; without it the column decides
    file = "votes-*.csv"                # where two mappings want the same columns

    [columns]
    state = "country"                   # or code = "iso3", or both
    vote = "vote"
    resolution = "resolution"
    id = "rcid"                         # the roll call's own id, where texts have no symbol
    date = "date"                       # YYYY-MM-DD

    [constants]                         # what is the same in all rows and has no column
    session = "77"

    [usage]                             # optional: whose names and codes, see kg.model.usages.USAGES
    code = "iso3"

    [votes]
    yes = ["Y"]
    no = ["N"]
    abstain = ["A"]
    nonvoting = ["X", ""]

Where each state has a column, ``[wide]`` says so, with the headings that are no name of a state::

    [wide]
    "Aa UNITED STATES" = "USA"
    "remarks" = ""                      # no state
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.calls import Call
from kg.errors import RecordError, SourceError, UnknownNameError
from kg.model import symbols
from kg.model.accounts import Account
from kg.model.words import ASSEMBLY, COUNCIL
from kg.sources.intake.cells import spelled, undecimal
from kg.sources.intake.dates import DateColumn
from kg.sources.intake.layout import Layout, each_file
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.intake.voters import Voters
from kg.sources.readers.shared import undl
from kg.sources.readers.shared.mapping import OF_ROLL_CALL, VoteMapping, read_mapping
from kg.sources.readers.shared.undl import PrintedRecord

LAYOUTS: tuple[Layout, ...] = ()
"""None of its own: each mapping file gives one; see ``load``."""
_Row = dict[str, str]
"""What is meant to what stands there."""


def load(path: Path) -> Layout:
    """The layout that a mapping file describes.

    Raises:
        SourceError: It is missing, not TOML, or lacks something; the text says what.
    """
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(path, 0, f"is no mapping in TOML: {error}") from error
    try:
        mapping = read_mapping(table, path)
    except RecordError as error:
        remedy = (Call("help", (__name__,)), " shows a mapping")
        raise SourceError(path, 0, str(error), remedy=remedy) from error
    wanted = tuple(mapping.printed)
    marks = f"{', '.join(table.get('columns', {}).values())} ({path.name})"
    return Layout(
        key=mapping.source.source,
        title=mapping.source.title,
        publisher=mapping.source.publisher,
        url=mapping.source.url,
        licence=mapping.source.licence,
        marks=marks,
        columns=wanted,
        file=mapping.file,
        recognises=lambda head: head.kind == "csv" and head.has(*wanted),
        reader=each_file(lambda place: _MappedFile(place, mapping).read()),
    )


class _MappedFile:
    """A CSV of votes while it is read through a mapping."""

    def __init__(self, place: Place, mapping: VoteMapping) -> None:
        self.place, self.mapping = place, mapping
        self.voters = Voters(
            place,
            mapping.votes,
            names=mapping.usage.get("state"),
            codes=mapping.usage.get("code", "iso3"),
        )
        self.accounts: dict[tuple[str, ...], Account | None] = {}
        """By all that is printed for a roll call; None where there can be none."""
        self.by_id: dict[str, dict[tuple[str, str], Account | None]] = {}
        """By id, which may be empty, then by resolution and day, however they are spelled."""
        self.dates = self._dates()

    def _dates(self) -> DateColumn:
        column = self.mapping.columns.get("date")
        if column is None:
            return DateColumn((), self.place.part, "YYYY-MM-DD")
        rows = CsvRows(Place(self.place.unwatched, self.place.intake, self.place.source)).cells()
        at = [spelled(name) for name in next(rows)[1]].index(column)
        dates = DateColumn({row[at] for _, row in rows}, self.place.part, self.mapping.dates)
        self.place.intake.add_remark(self.place.part.name, dates.remark)
        return dates

    def read(self) -> int:
        """Read all rows; how many there are."""
        rows = CsvRows(self.place)
        for line, row in self._long(rows) if self.mapping.wide is None else self._wide(rows):
            self._add_vote(line, row)
        self.voters.close()
        rows.check_any()
        return rows.count

    def _long(self, rows: CsvRows) -> Iterator[tuple[int, _Row]]:
        """The votes of a file in which each row is one."""
        absent = (
            dict.fromkeys(("vote", "state", "code", *OF_ROLL_CALL), "") | self.mapping.constants
        )
        for line, row in rows.named(self.mapping.printed):
            yield line, absent | {what: row[at] for what, at in self.mapping.columns.items()}

    def _wide(self, rows: CsvRows) -> Iterator[tuple[int, _Row]]:
        """The votes of a file in which each row is a roll call and each state has a column."""
        cells = rows.cells()
        header = next(cells)[1]
        names = [spelled(column) for column in header]
        places = {what: names.index(column) for what, column in self.mapping.columns.items()}
        states = self._headings(
            {at: column.strip() for at, column in enumerate(header) if at not in places.values()}
        )
        absent = (
            dict.fromkeys(("vote", "state", "code", *OF_ROLL_CALL), "") | self.mapping.constants
        )
        for line, row in cells:
            said = absent | {what: row[at].strip() for what, at in places.items()}
            for at, state in states.items():
                vote = row[at].strip()
                if vote or "" in self.mapping.votes:
                    yield line, said | {"state": state, "vote": vote}

    def _headings(self, headings: dict[int, str]) -> dict[int, str]:
        """Place of a column to what names its state; those that are none are left out.

        Raises:
            SourceError: A heading means no state, or what the mapping says for it does not.
        """
        given = self.mapping.wide or {}
        states = {at: given.get(heading, heading) for at, heading in headings.items()}
        for heading, state in given.items():
            if state and not self._meaning(state)[0]:
                raise self.place.error_at(1, f"[wide] {heading!r} = {state!r}, which is no state")
        unknown = [
            (heading, near)
            for at, heading in headings.items()
            if states[at] == heading
            for known, near in [self._meaning(heading)]
            if not known
        ]
        if unknown:
            lines = ", ".join(f'"{heading}" = "{near}"' for heading, near in unknown[:12])
            more = f" and {len(unknown) - 12} more" if len(unknown) > 12 else ""
            raise self.place.error_at(
                1,
                f"{len(unknown)} of {len(headings)} headings are no state that is known",
                remedy=f'say in [wide] which they are, or "" for a column that is none: {lines}{more}',
            )
        return {at: state for at, state in states.items() if state}

    def _meaning(self, heading: str) -> tuple[bool, str]:
        """Whether a heading means a state on some day; else the state whose name is most like it."""
        names, usage = self.place.intake.names, self.mapping.usage.get("state")
        days = (None, *names.turns(heading))
        near = ""
        for day in days:
            try:
                names.resolve(heading, "state", on=day, usage=usage)
            except UnknownNameError as error:
                near = near or next(iter(error.nearest), "")
            else:
                return True, ""
        keys = {entry.key for entry in names.entries if near and entry.text == near}
        return False, keys.pop() if len(keys) == 1 else near

    def _add_vote(self, line: int, row: _Row) -> None:
        key = tuple(row[what] for what in OF_ROLL_CALL)
        if key not in self.accounts:
            self.accounts[key] = self._account(line, row)
        account = self.accounts[key]
        if account is None:
            text = f"{row['resolution'] or row['id']!r} on {row['date']!r}{self._hint(row)}"
            self.place.note_problem("row of a roll call left out", line, text)
            return
        name, code, vote = row["state"], row["code"], row["vote"]
        printed = vote if vote in self.mapping.votes else undecimal(vote)
        self.voters.add_vote(account, account.day, name, code, printed, line)

    def _account(self, line: int, row: _Row) -> Account | None:
        """The account that a row is of: one id with another resolution or day is another roll call."""
        known = self.by_id.setdefault(row["id"], {})
        said = self._said(row)
        if row["id"] and said not in known and not all(said):
            said = self._completed(said, known)
        if said not in known:
            known[said] = self._start_account(line, row, len(known) + 1)
            return known[said]
        account = known[said]
        if account is not None:
            text = f"{account.key}: not as in line {account.line}; what stands there is taken"
            self.place.note_problem("row differs", line, text)
        return account

    def _said(self, row: _Row) -> tuple[str, str]:
        """Resolution and day in one spelling, or as they stand where they are none."""
        symbol = symbols.parse(row["resolution"])
        try:
            day = str(self.dates.day(row["date"]))
        except RecordError:
            day = row["date"]
        return (symbol.key if symbol else row["resolution"]), day

    @staticmethod
    def _completed(said: tuple[str, str], known: Iterable[tuple[str, str]]) -> tuple[str, str]:
        """The only resolution and day of an id that an empty cell can stand for, else what was said."""
        fitting = [
            one
            for one in known
            if all(mine in ("", theirs) for mine, theirs in zip(said, one, strict=True))
        ]
        return fitting[0] if len(fitting) == 1 else said

    def _hint(self, row: _Row) -> str:
        if row["resolution"] or row["id"]:
            return ""
        return (
            ": neither resolution nor id is filled, so votes of one day cannot be kept apart; "
            'in [columns] say id = "..." for the column with the number of the roll call'
        )

    def _start_account(self, line: int, row: _Row, place: int) -> Account | None:
        """A new account, the first of its id or a later one."""
        if not row["resolution"] and not row["id"]:
            return None
        try:
            on = str(self.dates.day(row["date"]))
        except RecordError as error:
            self.place.note_problem("no date", line, f"{row['resolution'] or row['id']}: {error}")
            return None
        record = PrintedRecord(
            number=row["id"] or row["resolution"],
            symbol=row["resolution"],
            date=on,
            title=row["title"],
            session=row["session"],
            meeting=row["meeting"],
            number_given=bool(row["id"]),
        )
        account = undl.start_account(self.place, line, record)
        if account is None:
            return None
        if row["id"] and place > 1 and not account.text.symbol:  # its key is of the id alone
            account.key = account.text.key = f"{account.key}-{place}"
        self._set_organ(account, line)
        account.complete, account.result, account.text.url = self.mapping.complete, "", ""
        self.place.intake.accounts.append(account)
        return account

    def _set_organ(self, account: Account, line: int) -> None:
        """Who voted: as the symbol says, else the meeting, else the mapping.

        Raises:
            SourceError: None of them says.
        """
        symbol = symbols.parse(account.text.symbol) or symbols.parse(account.meeting)
        by_symbol = {"A": ASSEMBLY, "S": COUNCIL}.get(symbol.organ) if symbol else None
        organ = by_symbol or self.mapping.organ
        if organ is None:
            raise self.place.error_at(
                line,
                f"who voted on {account.number!r} is not said: its symbol is none of the Assembly or the "
                "Council, and the mapping has no organ",
                remedy='say organ = "UNGA" or organ = "UNSC" in the mapping',
            )
        if self.mapping.organ not in (None, organ):
            text = f"{account.text.symbol} is of {organ}, the mapping says {self.mapping.organ}"
            self.place.note_problem("organ differs", line, f"{text}; taken by symbol")
        account.organ = organ
