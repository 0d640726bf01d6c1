"""The curated facts of ``data/``: which file holds which records, and the rules between files."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from kg.calls import Argument
from kg.errors import GraphError
from kg.model import records
from kg.model.facts import Facts, Row
from kg.model.records import Source, Sourced
from kg.model.seats import voting_times
from kg.model.words import ASSEMBLY, UNITED_NATIONS
from kg.sources.curated import table

T = TypeVar("T", bound=Sourced)

TABLES: tuple[tuple[str, type[Sourced], tuple[str, ...]], ...] = (
    ("states/states.csv", records.State, ("state",)),
    ("states/aliases.csv", records.Alias, ("alias", "system", "start")),
    ("states/seats.csv", records.Holding, ("seat", "state", "start")),
    ("states/changes.csv", records.Change, ("change",)),
    ("alliances/treaties.csv", records.Treaty, ("treaty",)),
    ("alliances/organisations.csv", records.Organisation, ("organisation",)),
    ("alliances/memberships.csv", records.Membership, ("organisation", "state", "start")),
    ("alliances/council.csv", records.Membership, ("organisation", "state", "start")),
    ("alliances/regional_groups.csv", records.Membership, ("organisation", "state", "start")),
    ("alliances/suspensions.csv", records.Suspension, ("organisation", "state", "start")),
    ("roll_calls/documents.csv", records.Document, ("document",)),
    ("roll_calls/sponsors.csv", records.Sponsorship, ("document", "state")),
    ("roll_calls/topics.csv", records.Topic, ("document", "topic")),
    ("roll_calls/roll_calls.csv", records.RollCall, ("rollcall",)),
    ("roll_calls/votes.csv", records.Vote, ("rollcall", "state")),
    ("officials/officials.csv", records.Official, ("official",)),
    ("officials/posts.csv", records.Post, ("post",)),
    ("officials/tenures.csv", records.Tenure, ("tenure",)),
    ("statements/articles.csv", records.Article, ("article",)),
    ("statements/statements.csv", records.Statement, ("statement",)),
    ("statements/claims.csv", records.Claim, ("claim",)),
)
"""File, record, and the fields that no two rows may share."""

KINDS: dict[str, type[Sourced]] = {
    "state": records.State,
    "treaty": records.Treaty,
    "organisation": records.Organisation,
    "document": records.Document,
    "rollcall": records.RollCall,
    "official": records.Official,
    "post": records.Post,
    "tenure": records.Tenure,
    "article": records.Article,
    "statement": records.Statement,
    "claim": records.Claim,
    "change": records.Change,
}
"""Kinds of thing that have a key of their own; the key's field is named as the kind is."""

_REFERENCES: dict[type[Sourced], dict[str, str]] = {
    records.Alias: {"state": "state"},
    records.Holding: {"state": "state", "organ": "organisation"},
    records.Change: {"before": "state", "after": "state"},
    records.Organisation: {"treaties": "treaty"},
    records.Membership: {"organisation": "organisation", "state": "state"},
    records.Suspension: {"organisation": "organisation", "state": "state"},
    records.Document: {"amends": "document", "adopts": "document"},
    records.Sponsorship: {"document": "document", "state": "state"},
    records.Topic: {"document": "document"},
    records.RollCall: {"document": "document", "organ": "organisation"},
    records.Vote: {"rollcall": "rollcall", "state": "state"},
    records.Post: {"state": "state", "organisation": "organisation"},
    records.Tenure: {"official": "official", "post": "post"},
    records.Statement: {
        "speaker": "official",
        "tenure": "tenure",
        "state": "state",
        "article": "article",
    },
    records.Claim: {
        "article": "article",
        "rollcall": "rollcall",
        "states": "state",
        "organisations": "organisation",
    },
}


def read_facts(root: Path) -> Facts:
    """All facts below ``root``, checked row by row and against each other.

    Raises:
        GraphError: There is no such folder.
        SourceError: A file or a row is not as it must be.
    """
    if not root.is_dir():
        raise GraphError(
            f"{root} is not a folder of facts",
            remedy=("name one with ", Argument("data"), ", or leave it out"),
        )
    names = sorted({path.split("/")[0] for path, _, _ in TABLES})
    facts = Facts(root, {name: table.describe(root / name) for name in names}, {})
    for name in names:
        for row in table.read(root / name / "sources.csv", Source):
            if row.record.source in facts.sources:
                raise row.error(
                    f"the source {row.record.source!r} stands twice", remedy="give it another key"
                )
            facts.sources[row.record.source] = (row.record, name)
    for path, record, unique in TABLES:
        name, file = path.split("/")
        limits = facts.descriptions[name].limits.get(file)
        rows = list(table.read(root / path, record, limits))
        _no_twins(rows, unique)
        facts.tables.setdefault(record, []).extend(rows)
    facts.tables[records.Membership] += _of_united_nations(facts)
    _check_references(facts)
    _check_members(facts)
    _check_overlaps(facts)
    return facts


def _of_united_nations(facts: Facts) -> list[Row[Sourced]]:
    """The members and observers of the United Nations, who are those that hold a seat in the Assembly."""
    keys = {each.organisation for each in facts.records(records.Organisation)}
    return [
        Row(
            records.Membership(
                organisation=UNITED_NATIONS,
                state=row.record.state,
                role=row.record.role,
                start=row.record.start,
                end=row.record.end,
                source=row.record.source,
                status=row.record.status,
                note=row.record.note,
            ),
            row.path,
            row.line,
        )
        for row in facts.rows(records.Holding)
        if row.record.organ == ASSEMBLY and UNITED_NATIONS in keys
    ]


def _no_twins(rows: Iterable[Row[Sourced]], unique: tuple[str, ...]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(getattr(row.record, name) for name in unique)
        if key in seen:
            twice = ", ".join(f"{name} {value}" for name, value in zip(unique, key, strict=True))
            raise row.error(
                f"{twice} stands already in line {seen[key]}", remedy="remove one of the two"
            )
        seen[key] = row.line


def _check_references(facts: Facts) -> None:
    keys = {
        kind: {getattr(record, kind) for record in facts.records(cls)}
        for kind, cls in KINDS.items()
    }
    for record, rows in facts.tables.items():
        for row in rows:
            for key in row.record.source:
                if key not in facts.sources:
                    problem = f"source {key!r} is not in any sources.csv"
                    raise row.error(problem, remedy="add it there")
            _check_row(row, _REFERENCES.get(record, {}), keys)


def _check_row(row: Row[Sourced], references: dict[str, str], keys: dict[str, set[str]]) -> None:
    """Refuse a row that names a thing which is not there."""
    for name, kind in references.items():
        value = getattr(row.record, name)
        for key in (value,) if isinstance(value, str) else value:
            if key and key not in keys[kind]:
                remedy = f"add it or mend the key{_nearest(key, keys[kind])}"
                raise row.error(f"{name} {key!r} is no known {kind}", remedy=remedy)
    for link in getattr(row.record, "about", ()):
        kind, _, key = link.partition(":")
        if key not in keys.get(kind, ()):
            remedy = f"write kind:key{_nearest(key, keys.get(kind, set()))}"
            raise row.error(f"about {link!r} is nothing known", remedy=remedy)


def _nearest(key: str, keys: set[str]) -> str:
    near = difflib.get_close_matches(key, sorted(keys), n=3, cutoff=0.5)
    return f"; nearest known: {', '.join(near)}" if near else ""


def _check_members(facts: Facts) -> None:
    """Refuse a vote of a state that was no member that day, and two accounts of one seat."""
    times = voting_times(facts.records(records.Holding))
    rollcalls = {record.rollcall: record for record in facts.records(records.RollCall)}
    for row in facts.rows(records.Vote):
        rollcall = rollcalls[row.record.rollcall]
        seated = times.get((rollcall.organ, row.record.state), [])
        if not any(interval.holds(rollcall.date.latest) for interval in seated):
            raise row.error(
                f"{row.record.state} held no seat in {rollcall.organ} on {rollcall.date}, the day of "
                f"{rollcall.rollcall}",
                remedy="mend the vote here or the seat in states/seats.csv",
            )


def _check_overlaps(facts: Facts) -> None:
    """Refuse two rows that say the same of one state at one time."""
    for record, names in (
        (records.Membership, ("organisation", "state", "role")),
        (records.Suspension, ("organisation", "state")),
        (records.Holding, ("organ", "seat")),
        (records.Alias, ("alias", "system")),
        (records.Tenure, ("official", "post")),
    ):
        groups: dict[tuple[str, ...], list[Row[Sourced]]] = {}
        for row in facts.tables[record]:
            groups.setdefault(tuple(getattr(row.record, n) for n in names), []).append(row)
        for key, rows in groups.items():
            for i, row in enumerate(rows):
                for other in rows[:i]:
                    if row.record.interval.overlaps(other.record.interval):  # type: ignore[attr-defined]
                        raise row.error(
                            f"{' '.join(key)} overlaps with line {other.line}",
                            remedy="mend start or end",
                        )
