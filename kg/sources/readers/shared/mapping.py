"""What a mapping file says: a user's own account of what the columns of a CSV of votes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import RecordError
from kg.model.dates import PartialDate
from kg.model.records import Source
from kg.model.usages import USAGES
from kg.model.words import OPTIONS, ORGANS, Option, Organ
from kg.sources.intake.cells import spelled
from kg.sources.intake.dates import FORMS

OF_ROLL_CALL = ("resolution", "id", "date", "title", "session", "meeting")
"""What a column or a constant can say of a roll call."""
_OF_VOTE = ("vote", "state", "code")
_TEXTS = ("key", "title", "publisher", "url", "licence", "organ", "dates", "file")
_TABLES = ("columns", "constants", "usage", "votes", "wide")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteMapping:
    """What a mapping file says."""

    source: Source
    organ: Organ | None
    """Who voted; None where the symbols say."""
    complete: bool
    dates: str
    """How dates are printed, one of ``FORMS``; empty where the column decides."""
    file: str
    """The pattern of the names of its files; empty where the columns alone decide."""
    columns: dict[str, str]
    """What is meant to the name of the column, in one spelling."""
    constants: dict[str, str]
    """What is the same for all rows to what it is."""
    usage: dict[str, str]
    """``state`` and ``code`` to whose names or codes they are."""
    votes: dict[str, Option]
    """What is printed for a vote to what it says."""
    wide: dict[str, str] | None
    """Heading to the key of its state, empty for a column that is none; None where a row is one vote."""

    @property
    def printed(self) -> list[str]:
        """Names of the columns that a file of it has to have."""
        return list(self.columns.values())


def read_mapping(table: Mapping[str, Any], path: Path) -> VoteMapping:
    """The mapping in a file of TOML.

    Raises:
        RecordError: It lacks something, or says something that is none of a mapping.
    """
    if extra := sorted(table.keys() - {*_TEXTS, *_TABLES, "complete"}):
        raise RecordError(f"{extra[0]!r} is nothing a mapping says")
    texts = {name: table.get(name, "") for name in _TEXTS}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise RecordError(f"{name} is no text")
    if texts["organ"] and texts["organ"] not in ORGANS:
        raise RecordError(f"organ {texts['organ']!r} is not {' or '.join(ORGANS)}")
    if texts["dates"] and texts["dates"] not in FORMS:
        raise RecordError(f"dates {texts['dates']!r} is not one of {', '.join(FORMS)}")
    complete = table.get("complete", False)
    if not isinstance(complete, bool):
        raise RecordError("complete is not true or false")
    wide = _wide(table)
    constants = _constants(table)
    columns = _columns(table, constants, is_wide=wide is not None)
    if not columns and not texts["file"]:
        raise RecordError('without [columns] it has to say file = "..." for which file it is')
    return VoteMapping(
        source=Source(
            source=texts["key"] or path.stem,
            title=texts["title"] or f"Votes as mapped by {path.name}",
            publisher=texts["publisher"],
            url=texts["url"],
            licence=texts["licence"] or "not stated",
        ),
        organ=next((organ for organ in ORGANS if organ == texts["organ"]), None),
        complete=complete,
        dates=texts["dates"],
        file=texts["file"],
        columns=columns,
        constants=constants,
        usage=_usages(table),
        votes=_options(table),
        wide=wide,
    )


def _columns(
    table: Mapping[str, Any], constants: dict[str, str], *, is_wide: bool
) -> dict[str, str]:
    columns = _strings(table, "columns")
    said = {*columns, *constants}
    lacking = [name for name in ("date",) if name not in said]
    lacking += (
        ["resolution (or id, where texts have no symbol)"]
        if not said & {"resolution", "id"}
        else []
    )
    lacking += ["vote"] if "vote" not in columns and not is_wide else []
    if lacking:
        raise RecordError(
            f"[columns] lacks {', '.join(lacking)}; what is the same in all rows: [constants]"
        )
    if is_wide and (extra := sorted({*_OF_VOTE} & columns.keys())):
        raise RecordError(f"[columns] says {extra[0]!r}, and [wide] that each state has a column")
    if not is_wide and "state" not in columns and "code" not in columns:
        raise RecordError("[columns] needs state or code; where each state has a column: [wide]")
    known = (*_OF_VOTE, *OF_ROLL_CALL)
    if extra := sorted(columns.keys() - {*known}):
        raise RecordError(f"[columns] says {extra[0]!r}; known: {', '.join(known)}")
    if twice := sorted(columns.keys() & constants.keys()):
        raise RecordError(f"{twice[0]} stands in [columns] and in [constants]")
    return {meaning: spelled(column) for meaning, column in columns.items()}


def _constants(table: Mapping[str, Any]) -> dict[str, str]:
    constants = _strings(table, "constants")
    if extra := sorted(constants.keys() - {*OF_ROLL_CALL}):
        raise RecordError(f"[constants] says {extra[0]!r}; known: {', '.join(OF_ROLL_CALL)}")
    if "date" in constants and not PartialDate.parse(constants["date"]).day:
        raise RecordError(f"[constants] date {constants['date']!r} is no day as YYYY-MM-DD")
    return constants


def _usages(table: Mapping[str, Any]) -> dict[str, str]:
    usages = _strings(table, "usage")
    for name, usage in usages.items():
        if name not in ("state", "code") or usage not in USAGES:
            raise RecordError(f"[usage] {name} = {usage!r}; known usages: {', '.join(USAGES)}")
    return usages


def _wide(table: Mapping[str, Any]) -> dict[str, str] | None:
    if "wide" not in table:
        return None
    return {heading.strip(): state for heading, state in _strings(table, "wide").items()}


def _strings(table: Mapping[str, Any], name: str) -> dict[str, str]:
    strings = table.get(name, {})
    if not isinstance(strings, dict) or not all(isinstance(v, str) for v in strings.values()):
        raise RecordError(f"[{name}] is no table of texts")
    return dict(strings)


def _options(table: Mapping[str, Any]) -> dict[str, Option]:
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
