"""Texts, and the votes on them: the tables of ``data/roll_calls/``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from kg.model.dates import PartialDate
from kg.model.records.base import FILES_ONLY, Record, Sourced
from kg.model.words import DocumentKind, Modality, Option, Question, check_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A text before the Assembly: draft, amendment or resolution."""

    key_field: ClassVar[str] = "document"
    document: str
    """Its key: the symbol with ``_`` for ``/``, such as ``A_RES_ES-11_6``."""
    symbol: str
    """Its UN symbol, such as ``A/RES/ES-11/6``."""
    kind: DocumentKind
    """What it is."""
    title: str
    """Its title."""
    date: PartialDate | None = None
    """When it was adopted or put forward."""
    session: str = ""
    """The session, such as ``ES-11``."""
    amends: str = ""
    """The draft that an amendment would change."""
    adopts: tuple[str, ...] = ()
    """The drafts that became this resolution."""
    part_of: str = field(default="", metadata=FILES_ONLY)
    """The whole text that it is a part of."""
    revision_of: str = field(default="", metadata=FILES_ONLY)
    """The first form of the text that it revises."""
    modality: Modality | Literal[""] = field(default="", metadata=FILES_ONLY)
    """How it was adopted."""
    agenda: tuple[str, ...] = field(default=(), metadata=FILES_ONLY)
    """Titles of the agenda items."""
    subjects: tuple[str, ...] = field(default=(), metadata=FILES_ONLY)
    """Subject terms of the UN thesaurus."""
    reports: tuple[str, ...] = field(default=(), metadata=FILES_ONLY)
    """Symbols of the committee reports that it came with."""
    url: str = field(default="", metadata=FILES_ONLY)
    """Where the record of it can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsorship(Record):
    """One state that put its name to one draft."""

    key_field: ClassVar[str] = "document"
    document: str
    """The draft."""
    state: str
    """The sponsor."""
    date: PartialDate | None = None
    """When it became one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """One thing that one text is about."""

    key_field: ClassVar[str] = "document"
    document: str
    """The text."""
    topic: str
    """The topic, such as ``withdrawal-of-forces``."""

    def __post_init__(self) -> None:
        super(Topic, self).__post_init__()
        check_key(self.topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall(Record):
    """One recorded vote with its printed totals; the single votes may be unknown."""

    key_field: ClassVar[str] = "rollcall"
    rollcall: str
    """Its key, such as ``ES-11_6``."""
    document: str
    """What was voted on."""
    organ: str
    """Who voted, such as ``UNGA``."""
    date: PartialDate
    """The day of the vote; some files know the month only."""
    meeting: str = ""
    """The record of the meeting, such as ``A/ES-11/PV.19``."""
    result: Literal["adopted", "rejected", ""]
    """What came of it; some files do not say."""
    yes: int | None
    """Printed number in favour; some files print none."""
    no: int | None
    """Printed number against."""
    abstain: int | None
    """Printed number of abstentions."""
    nonvoting: int | None = None
    """Printed number of members that cast no vote; empty where it was not printed."""
    question: Question | Literal[""] = field(default="", metadata=FILES_ONLY)
    """Whether the whole text was voted on."""
    member_count: int | None = field(default=None, metadata=FILES_ONLY)
    """Printed number of members."""
    vetoed_by: tuple[str, ...] = field(default=(), metadata=FILES_ONLY)
    """Permanent members whose no prevented a decision, where the file says so."""
    source_note: str = field(default="", metadata=FILES_ONLY)
    """The file's own remark on the vote."""
    url: str = field(default="", metadata=FILES_ONLY)
    """Where the record of it can be read."""

    @property
    def margin(self) -> int | None:
        """How far the printed yes and no lie apart; None where neither is printed or nobody voted either."""
        if self.yes is None or self.no is None or not (self.yes or self.no):
            return None
        return abs(self.yes - self.no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Sourced):
    """What one state did in one roll call."""

    key_field: ClassVar[str] = "rollcall"
    rollcall: str
    """The roll call."""
    state: str
    """The state."""
    vote: Option
    """``nonvoting`` does not tell absence from silence."""
