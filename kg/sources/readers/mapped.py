"""A user's own CSV of votes, read through a small mapping file in TOML that says what its columns mean.

::

    key = "my-archive"                  # names the source in the graph
    title = "Votes from my archive"
    organ = "UNGA"                      # or "UNSC"
    complete = true                     # whether members that cast no vote are listed

    [columns]
    state = "country"                   # or code = "iso3", or both
    vote = "vote"
    resolution = "resolution"
    date = "date"                       # YYYY-MM-DD

    [usage]                             # optional: whose names and codes, see kg.model.usages.USAGES
    code = "iso3"

    [votes]
    yes = ["Y"]
    no = ["N"]
    abstain = ["A"]
    nonvoting = ["X", ""]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.calls import Call
from kg.errors import RecordError, SourceError
from kg.model.accounts import Account
from kg.model.records import Source
from kg.model.usages import USAGES
from kg.model.words import ASSEMBLY, OPTIONS, ORGANS, Option, Organ
from kg.sources.intake.cells import spelled
from kg.sources.intake.layout import Layout, each_file
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.intake.voters import Voters
from kg.sources.readers.shared import undl
from kg.sources.readers.shared.undl import PrintedRecord

LAYOUTS: tuple[Layout, ...] = ()
"""None of its own: each mapping file gives one; see ``load``."""
NEEDED = ("vote", "resolution", "date")
OPTIONAL = ("state", "code", "title", "session", "meeting")
_TEXTS = ("key", "title", "publisher", "url", "licence", "organ")
_TABLES = ("columns", "usage", "votes")


@dataclass(frozen=True, slots=True)
class VoteMapping:
    """What a mapping file says."""

    source: Source
    organ: Organ
    complete: bool
    columns: dict[str, str]
    """What is meant to the name of the column, in one spelling."""
    usage: dict[str, str]
    """``state`` and ``code`` to whose names or codes they are."""
    votes: dict[str, Option]
    """What is printed for a vote to what it says."""


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
        mapping = _mapping(table, path)
    except RecordError as error:
        remedy = (Call("help", (__name__,)), " shows a mapping")
        raise SourceError(path, 0, str(error), remedy=remedy) from error
    wanted = tuple(mapping.columns.values())
    return Layout(
        key=mapping.source.source,
        title=mapping.source.title,
        publisher=mapping.source.publisher,
        url=mapping.source.url,
        licence=mapping.source.licence,
        marks=f"{', '.join(table['columns'].values())} ({path.name})",
        recognises=lambda head: head.kind == "csv" and head.has(*wanted),
        reader=each_file(lambda place: _MappedFile(place, mapping).read()),
    )


def _mapping(table: dict[str, Any], path: Path) -> VoteMapping:
    if extra := sorted(table.keys() - {*_TEXTS, *_TABLES, "complete"}):
        raise RecordError(f"{extra[0]!r} is nothing a mapping says")
    texts = {name: table.get(name, "") for name in _TEXTS}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise RecordError(f"{name} is no text")
    organ = texts["organ"] or ASSEMBLY
    if organ not in ORGANS:
        raise RecordError(f"organ {organ!r} is not {' or '.join(ORGANS)}")
    complete = table.get("complete", False)
    if not isinstance(complete, bool):
        raise RecordError("complete is not true or false")
    columns = _columns(table)
    usages = _strings(table, "usage")
    for name, usage in usages.items():
        if name not in ("state", "code") or usage not in USAGES:
            raise RecordError(f"[usage] {name} = {usage!r}; known usages: {', '.join(USAGES)}")
    source = Source(
        source=texts["key"] or path.stem,
        title=texts["title"] or f"Votes as mapped by {path.name}",
        publisher=texts["publisher"],
        url=texts["url"],
        licence=texts["licence"],
    )
    return VoteMapping(source, organ, complete, columns, usages, _options(table))


def _columns(table: dict[str, Any]) -> dict[str, str]:
    columns = _strings(table, "columns")
    if lacking := [name for name in NEEDED if name not in columns]:
        raise RecordError(f"[columns] lacks {', '.join(lacking)}")
    if "state" not in columns and "code" not in columns:
        raise RecordError("[columns] needs state or code")
    if extra := sorted(columns.keys() - {*NEEDED, *OPTIONAL}):
        raise RecordError(f"[columns] says {extra[0]!r}; known: {', '.join((*NEEDED, *OPTIONAL))}")
    return {meaning: spelled(column) for meaning, column in columns.items()}


def _strings(table: dict[str, Any], name: str) -> dict[str, str]:
    strings = table.get(name, {})
    if not isinstance(strings, dict) or not all(isinstance(v, str) for v in strings.values()):
        raise RecordError(f"[{name}] is no table of texts")
    return dict(strings)


def _options(table: dict[str, Any]) -> dict[str, Option]:
    """What is printed for a vote to the option it stands for."""
    votes = table.get("votes", {})
    if not isinstance(votes, dict) or not votes:
        raise RecordError("[votes] is missing; say what stands for yes, no, abstain, nonvoting")
    options: dict[str, Option] = {}
    for option, printed in votes.items():
        if option not in OPTIONS:
            raise RecordError(f"[votes] {option!r} is not one of {', '.join(OPTIONS)}")
        for text in printed if isinstance(printed, list) else [printed]:
            if not isinstance(text, str):
                raise RecordError(
                    f"[votes] {option} holds {text!r}, which is no text; put it in quotes"
                )
            if text in options:
                raise RecordError(f"[votes] {text!r} stands for two options")
            options[text] = option
    return options


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
        self.accounts: dict[tuple[str, str], Account | None] = {}
        """By what is printed for the resolution and the date; None where no account can be made."""

    def read(self) -> int:
        """Read all rows; how many there are."""
        rows = CsvRows(self.place)
        for line, row in rows.named(tuple(self.mapping.columns.values())):
            self._add_vote(line, self._by_meaning(row))
        self.voters.close()
        return rows.count

    def _by_meaning(self, row: Mapping[str, str]) -> dict[str, str]:
        absent = dict.fromkeys((*NEEDED, *OPTIONAL), "")
        return absent | {what: row[column] for what, column in self.mapping.columns.items()}

    def _add_vote(self, line: int, row: dict[str, str]) -> None:
        key = row["resolution"], row["date"]
        if key not in self.accounts:
            self.accounts[key] = self._start_account(line, row)
        account = self.accounts[key]
        if account is None:
            text = f"{key[0]!r} on {key[1]!r}"
            self.place.note_problem("row of a roll call left out", line, text)
            return
        name, code, printed = row["state"], row["code"], row["vote"]
        self.voters.add_vote(account, account.day, name, code, printed, line)

    def _start_account(self, line: int, row: dict[str, str]) -> Account | None:
        record = PrintedRecord(
            number=row["resolution"] or f"line-{line}",
            symbol=row["resolution"],
            date=row["date"],
            title=row["title"],
            session=row["session"],
            meeting=row["meeting"],
        )
        account = undl.start_account(self.place, line, record)
        if account is None:
            return None
        account.organ, account.complete = self.mapping.organ, self.mapping.complete
        account.result, account.text.url = "", ""
        self.place.intake.accounts.append(account)
        return account
