"""Organisations and treaties, and who belongs to them: the tables of ``data/alliances/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.model.dates import Interval, PartialDate
from kg.model.records.base import Dated, Record
from kg.model.words import Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Record):
    """A treaty and what its parties owe each other."""

    key_field: ClassVar[str] = "treaty"
    treaty: str
    """Its key, such as ``north-atlantic-treaty-1949``."""
    title: str
    """Its title in full."""
    signed: PartialDate | None = None
    """When it was signed."""
    in_force: PartialDate | None = None
    """When it first came into force."""
    end: PartialDate | None = None
    """First day on which it was no longer in force."""
    obligations: tuple[Obligation, ...] = ()
    """What the text binds its parties to, in ATOP's terms."""

    def __post_init__(self) -> None:
        super(Treaty, self).__post_init__()
        Interval(self.in_force, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Dated):
    """An organisation, an informal grouping, or a treaty relation without an organisation."""

    key_field: ClassVar[str] = "organisation"
    organisation: str
    """Its key, such as ``CSTO`` or ``USA_JPN_1960``."""
    name: str
    """Its English name in full."""
    short_name: str = ""
    """What it is called for short."""
    kind: Literal["organisation", "grouping", "alliance", "organ", "regional-group"]
    """``organisation`` has organs; ``grouping`` is informal; ``alliance`` is a treaty relation; ``organ`` and
    ``regional-group`` are parts of the United Nations, in which a seat is no tie of its own."""
    treaties: tuple[str, ...] = ()
    """The treaties that constitute it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Dated):
    """One state in one organisation or alliance over one unbroken interval."""

    key_field: ClassVar[str] = "organisation"
    organisation: str
    """The organisation or alliance."""
    state: str
    """The member."""
    role: Literal["member", "observer", "associate", "candidate", "partner"]
    """In what capacity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Dated):
    """A member that was suspended, and did not leave."""

    key_field: ClassVar[str] = "organisation"
    organisation: str
    """The organisation that suspended it."""
    state: str
    """The member suspended."""
