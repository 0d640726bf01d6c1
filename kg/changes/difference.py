"""``Difference``: what two editions of the facts say differently, change by change."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import Literal

from kg.output.csv import rows_to_csv

What = Literal["added", "removed", "changed"]
ROLL_CALL, ACCOUNT, VOTE, FILE = "roll call", "account", "vote", "file"
"""The kinds of change that are not named by what stands in the graph."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Alteration:
    """One thing that is new, gone or other than it was."""

    kind: str
    """``roll call``, ``account`` (of one, beside the record), ``vote``, ``file``, or a kind of thing."""
    what: What
    """What happened to it."""
    date: str
    """The day of a roll call; empty for all else."""
    thing: str
    """What it is about, as ``kind:key``; the name of a file."""
    label: str
    """What a reader calls it."""
    field: str
    """What of it changed: of a vote the state, else a property; empty where all of it came or went."""
    before: str
    """What was said; of a roll call that went, its votes counted."""
    after: str
    """What is said now; of a roll call that came, its votes counted."""
    beside: str
    """The source that says so beside the record; empty for the record itself."""


COLUMNS = tuple(field.name for field in fields(Alteration))
"""The columns of a difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateVotes:
    """How many votes of one state in the record came, went and changed."""

    state: str
    """Its key."""
    name: str
    """What it is called."""
    added: int
    """In roll calls that came."""
    removed: int
    """In roll calls that went."""
    changed: int
    """In roll calls that both have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one edition says otherwise than another."""

    old: str
    """What the former is."""
    new: str
    """What the later is."""
    changes: tuple[Alteration, ...]
    """By kind, what happened, day and thing."""
    states: tuple[StateVotes, ...]
    """Each state with a vote that came, went or changed, those with most changed votes first."""
    limits: tuple[str, ...] = ()
    """What could not be compared, in sentences."""

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not self.changes

    @property
    def counts(self) -> Counter[tuple[str, What]]:
        """How many changes there are of each kind and of what happened."""
        return Counter((change.kind, change.what) for change in self.changes)

    def of(self, kind: str, what: What | None = None) -> list[Alteration]:
        """The changes of a kind, in the record or beside it."""
        return [c for c in self.changes if c.kind == kind and what in (None, c.what)]

    def to_csv(self) -> str:
        """A row for each change, with the columns ``COLUMNS``."""
        return rows_to_csv(COLUMNS, ([getattr(c, name) for name in COLUMNS] for c in self.changes))

    def to_json(self) -> str:
        """Everything, as one JSON object."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"
