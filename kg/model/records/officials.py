"""Persons and the offices they hold: the tables of ``data/officials/``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kg.errors import RecordError
from kg.model.records.base import Dated, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Record):
    """A person who holds or held an office."""

    key_field: ClassVar[str] = "official"
    official: str
    """Key, such as ``Putin``."""
    name: str
    """The name in English."""
    also_known_as: str = ""
    """Other spellings and scripts, divided by ``|``."""
    wikidata: str = ""
    """Wikidata item, such as ``Q7747``."""

    def __post_init__(self) -> None:
        super(Official, self).__post_init__()
        if self.wikidata and not re.fullmatch(r"Q[1-9][0-9]*", self.wikidata):
            raise RecordError(f"wikidata {self.wikidata!r} is not an item, such as Q7747")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Record):
    """An office that persons hold one after the other."""

    key_field: ClassVar[str] = "post"
    post: str
    """Key, such as ``RUS_president``."""
    title: str
    """What it is called."""
    state: str = ""
    """The state that the office speaks for."""
    organisation: str = ""
    """The organisation that the office is in or accredited to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure(Dated):
    """One person in one office over one unbroken interval."""

    key_field: ClassVar[str] = "tenure"
    tenure: str
    """Key, such as ``Putin_RUS_president_2012``."""
    official: str
    """The person."""
    post: str
    """The office."""
