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

    [usage]                             # optional: whose names and codes, see kg.model.names.SYSTEMS
    code = "iso3"

    [votes]
    yes = ["Y"]
    no = ["N"]
    abstain = ["A"]
    nonvoting = ["X", ""]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import RecordError, SourceError
from kg.model.accounts import Account
from kg.model.names import SYSTEMS
from kg.model.records import Source
from kg.model.words import OPTIONS, Option
from kg.sources.intake import stream
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout, spelled
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters
from kg.sources.readers import undl
from kg.sources.readers.undl import Listed

NEEDED = ("vote", "resolution", "date")
OPTIONAL = ("state", "code", "title", "session", "meeting")
_TEXTS = ("key", "title", "publisher", "url", "licence", "organ")
_TABLES = ("columns", "usage", "votes")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says."""

    source: Source
    organ: Literal["UNGA", "UNSC"]
    complete: bool
    columns: dict[str, str]
    """What is meant to the name of the column."""
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
        told = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(path, 0, f"is no mapping in TOML: {error}") from error
    try:
        mapping = _mapping(told, path)
    except RecordError as error:
        raise SourceError(path, 0, f"{error}; kg build --help shows a mapping") from error
    wanted = tuple(spelled(column) for column in mapping.columns.values())
    return Layout(
        key=mapping.source.source,
        title=mapping.source.title,
        publisher=mapping.source.publisher,
        url=mapping.source.url,
        licence=mapping.source.licence,
        told_by=f"{', '.join(mapping.columns.values())} ({path.name})",
        knows=lambda head: head.kind == "csv" and head.has(*wanted),
        read=lambda part, intake, source: _read(part, intake, source, mapping),
    )


def _mapping(told: dict[str, Any], path: Path) -> Mapping:
    if extra := sorted(told.keys() - {*_TEXTS, *_TABLES, "complete"}):
        raise RecordError(f"{extra[0]!r} is nothing a mapping says")
    texts = {name: told.get(name, "") for name in _TEXTS}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise RecordError(f"{name} is no text")
    organ = texts["organ"] or "UNGA"
    if organ not in ("UNGA", "UNSC"):
        raise RecordError(f"organ {organ!r} is not UNGA or UNSC")
    complete = told.get("complete", False)
    if not isinstance(complete, bool):
        raise RecordError("complete is not true or false")
    columns, usage = _strings(told, "columns"), _strings(told, "usage")
    if lacking := [name for name in NEEDED if name not in columns]:
        raise RecordError(f"[columns] lacks {', '.join(lacking)}")
    if "state" not in columns and "code" not in columns:
        raise RecordError("[columns] needs state or code")
    if extra := sorted(columns.keys() - {*NEEDED, *OPTIONAL}):
        raise RecordError(f"[columns] says {extra[0]!r}; known: {', '.join((*NEEDED, *OPTIONAL))}")
    for name, system in usage.items():
        if name not in ("state", "code") or system not in SYSTEMS:
            raise RecordError(f"[usage] {name} = {system!r}; known usages: {', '.join(SYSTEMS)}")
    source = Source(
        source=texts["key"] or path.stem,
        title=texts["title"] or f"Votes as mapped by {path.name}",
        publisher=texts["publisher"],
        url=texts["url"],
        licence=texts["licence"],
    )
    return Mapping(source, organ, complete, columns, usage, _codes(told))  # type: ignore[arg-type]


def _strings(told: dict[str, Any], name: str) -> dict[str, str]:
    table = told.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise RecordError(f"[{name}] is no table of texts")
    return dict(table)


def _codes(told: dict[str, Any]) -> dict[str, Option]:
    table = told.get("votes", {})
    if not isinstance(table, dict) or not table:
        raise RecordError("[votes] is missing; say what stands for yes, no, abstain, nonvoting")
    codes: dict[str, Option] = {}
    for option, printed in table.items():
        if option not in OPTIONS:
            raise RecordError(f"[votes] {option!r} is not one of {', '.join(OPTIONS)}")
        for text in printed if isinstance(printed, list) else [printed]:
            if not isinstance(text, str):
                raise RecordError(
                    f"[votes] {option} holds {text!r}, which is no text; put it in quotes"
                )
            if text in codes:
                raise RecordError(f"[votes] {text!r} stands for two options")
            codes[text] = option
    return codes


def _read(part: Part, intake: Intake, source: str, mapping: Mapping) -> int:
    with stream.opened(part) as file:
        rows = stream.rows(part, file)
        header = [spelled(column) for column in next(rows)[1]]
        at = {told: header.index(spelled(name)) for told, name in mapping.columns.items()}
        for i, column in enumerate(header):
            if i not in at.values():
                intake.tell("column not read", part, 1, repr(column))
        voters = Voters(
            intake,
            part,
            source,
            mapping.votes,
            names=mapping.usage.get("state"),
            codes=mapping.usage.get("code", "iso3"),
        )
        count = _votes(part, rows, at, voters, intake, source, mapping)
        voters.close()
    if not count:
        raise part.blame(1, "holds no row below its header; is the file whole?")
    return count


def _votes(
    part: Part, rows: Iterator[tuple[int, list[str]]], at: dict[str, int], voters: Voters,
    intake: Intake, source: str, mapping: Mapping,
) -> int:  # fmt: skip
    found: dict[tuple[str, str], Account | None] = {}
    count = 0
    for count, (line, row) in enumerate(rows, 1):  # noqa: B007  the last is the number of rows

        def cell(name: str, row: list[str] = row) -> str:
            return row[at[name]].strip() if name in at else ""

        key = cell("resolution"), cell("date")
        if key not in found:
            found[key] = _account(key, cell, part, line, intake, source, mapping)
        account = found[key]
        if account is None:
            told = f"{key[0]!r} on {key[1]!r}"
            intake.tell("row of a roll call left out", part, line, told)
            continue
        name, code, printed = cell("state"), cell("code"), cell("vote")
        voters.enter(account, account.day, name, code, printed, line)
    return count


def _account(
    key: tuple[str, str],
    cell: Any,
    part: Part,
    line: int,
    intake: Intake,
    source: str,
    mapping: Mapping,
) -> Account | None:
    listed = Listed(
        number=key[0] or f"line-{line}",
        symbol=key[0],
        date=key[1],
        title=cell("title"),
        session=cell("session"),
        meeting=cell("meeting"),
    )
    account = undl.begin(listed, source, part, line, intake)
    if account is None:
        return None
    account.organ, account.complete = mapping.organ, mapping.complete
    account.result, account.text.url = "", ""
    intake.accounts.append(account)
    return account
