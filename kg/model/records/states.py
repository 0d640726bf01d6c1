"""States and territories, their names, seats and changes: the tables of ``data/states/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.errors import RecordError
from kg.model.dates import PartialDate
from kg.model.records.base import Dated, Record
from kg.model.words import check_key


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Dated):
    """A state or territory over its existence; an earlier name is not another state."""

    key_field: ClassVar[str] = "state"
    state: str
    """Its key: the ISO 3166-1 alpha-3 code where there is one, such as ``BLR``."""
    name: str
    """The short English name, such as ``Belarus``."""
    official_name: str = ""
    """The name in full, such as ``Republic of Belarus``."""
    kind: Literal["state", "territory"]
    """``territory`` has an ISO code of its own and is no state."""
    iso2: str = ""
    """ISO 3166-1 alpha-2."""
    iso3: str = ""
    """ISO 3166-1 alpha-3."""
    iso3166_3: tuple[str, ...] = ()
    """ISO 3166-3 codes of names and states that were withdrawn."""
    m49: str = ""
    """UN M49, three digits."""
    cow: tuple[str, ...] = ()
    """Correlates of War country numbers."""
    group: str = ""
    """Regional group at the UN today."""

    def __post_init__(self) -> None:
        super(State, self).__post_init__()
        if self.group:
            check_key(self.group.replace(" ", "_"))
        if self.m49 and not re.fullmatch(r"[0-9]{3}", self.m49):
            raise RecordError(f"m49 {self.m49!r} is not three digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Dated):
    """One name or code that means a state, in whose usage and from when to when."""

    key_field: ClassVar[str] = "state"
    alias: str
    """The text, such as ``BYELORUSSIAN SSR`` or ``365``."""
    system: str
    """Whose usage: ``name`` for anyone's, else ``undl``, ``unvotes-code``, ``cow`` and so on."""
    state: str
    """The state it means."""

    def __post_init__(self) -> None:
        super(Alias, self).__post_init__()
        check_key(self.system)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(Dated):
    """One state's tenure of one seat at the United Nations (``seats.csv``)."""

    key_field: ClassVar[str] = "seat"
    seat: str
    """The seat, which continues when its holder changes, such as ``russia``."""
    organ: str
    """The organ it is a seat in, such as ``UNGA``."""
    state: str
    """Who holds it."""
    role: Literal["member", "observer"]
    """``member`` votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """A dated event in the life of states: dissolution, merger, renaming and so on."""

    key_field: ClassVar[str] = "change"
    change: str
    """Its key, such as ``ussr-dissolution-1991``."""
    date: PartialDate
    """When it took effect."""
    kind: Literal[
        "dissolution",
        "secession",
        "merger",
        "renaming",
        "independence",
        "seat-transfer",
        "union-dissolved",
    ]
    """What happened; never a reason to inherit a vote."""
    before: tuple[str, ...] = ()
    """The states before it."""
    after: tuple[str, ...] = ()
    """The states after it."""
