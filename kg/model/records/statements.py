"""Articles, what was said and what is claimed: the tables of ``data/statements/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from kg.model.dates import PartialDate
from kg.model.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """A news article, a secondary source."""

    key_field: ClassVar[str] = "article"
    article: str
    """Key, such as ``roberts-2023-02-24``."""
    headline: str
    """Its headline."""
    author: str = ""
    """Who wrote it."""
    publisher: str = ""
    """Who published it."""
    published: PartialDate | None = None
    """When."""
    url: str = ""
    """Where."""
    language: str = ""
    """BCP 47 language tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """What one person said in one capacity."""

    key_field: ClassVar[str] = "statement"
    statement: str
    """Key."""
    speaker: str
    """The person."""
    tenure: str = ""
    """The capacity: a tenure that held on that day."""
    state: str = ""
    """The state on whose behalf."""
    date: PartialDate
    """When."""
    medium: str = ""
    """By what means: twitter, speech, press, meeting, interview."""
    stance: Literal[
        "asserts", "denies", "callsFor", "supports", "opposes", "thanks", "pledges", "announces"
    ]
    """What the words do."""
    text: str
    """What was said, in our own words."""
    quote: str = ""
    """A few quoted words."""
    about: tuple[str, ...] = ()
    """What it is about: keys with their kind, such as ``rollcall:ES-11_6``."""
    article: str = ""
    """The article that reports it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """One sentence that an article asserts, and how to compare it with the record."""

    key_field: ClassVar[str] = "claim"
    claim: str
    """Key, numbered in the article's order."""
    article: str
    """The article."""
    proposition: str
    """What is claimed, in our own words."""
    anchor: str = ""
    """A few words as they stand in the article."""
    check: Literal[
        "count",
        "voted",
        "voted-exactly",
        "membership-size",
        "rejected",
        "adopted",
        "last-similar",
        "more-than",
        "allied",
        "office",
        "sponsor",
        "none",
    ]
    """How it is compared with the record; ``none`` cannot be."""
    rollcall: tuple[str, ...] = ()
    """The roll calls it speaks of."""
    option: Literal["", "yes", "no", "abstain", "nonvoting"] = ""
    """The voting option it speaks of."""
    states: tuple[str, ...] = ()
    """The states it names."""
    value: str = ""
    """The number or key that it states."""
    date: PartialDate | None = None
    """The day it speaks of."""
    organisations: tuple[str, ...] = ()
    """The organisations it names."""
    reason: str = ""
    """Why it cannot be checked here, and where it could be."""
    about: tuple[str, ...] = ()
    """What it is about: keys with their kind."""
