"""The records: what one row of one file under ``data/`` says, checked when it is made.

A field is named as its column is. ``source`` holds keys of ``sources.csv``, ``status``
is ``unchecked`` where the fact was not compared with the primary record, ``note`` is for the reader.
``start`` is the first day inside, ``end`` the first day outside; both are as exact as they are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from kg.dates import Interval, PartialDate
from kg.errors import RecordError

COVERAGE_START = date(1945, 10, 24)
"""The Charter of the United Nations in force: an empty start of a state means no later than this."""

Option = Literal["yes", "no", "abstain", "nonvoting"]
OPTIONS: tuple[Option, ...] = ("yes", "no", "abstain", "nonvoting")
Continuity = Literal["state", "seat"]
"""Whether a state's votes are its own alone, or those of all that held its seat one after the other."""
CONTINUITIES: tuple[Continuity, ...] = ("state", "seat")
Obligation = Literal["defence", "offence", "neutrality", "nonaggression", "consultation"]
_KEY = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Anything that names the source it was taken from."""

    source: tuple[str, ...]
    """Keys of ``sources.csv``, of the same folder or another; at least one."""

    def __post_init__(self) -> None:
        if not self.source:
            raise RecordError("source is empty; every row names the source it was taken from")
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and "\x00" in value:
                raise RecordError(f"{field.name} holds a NUL character")
        key = getattr(self, fields(type(self))[self._key_at()].name)
        if isinstance(key, str):
            _check_key(key)

    @classmethod
    def _key_at(cls) -> int:
        return next(i for i, f in enumerate(fields(cls)) if f.name not in _TAIL)


def _check_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise RecordError(f"{key!r} is not a key; use letters, digits, '_', '-' and '.'")


_TAIL = ("source", "status", "note", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Sourced):
    """A fact that may be unchecked and may carry a remark."""

    status: Literal["", "unchecked"] = ""
    """``unchecked`` where it was not compared with the primary record."""
    note: str = ""
    """A remark for the reader, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Record):
    """What holds over an interval."""

    start: PartialDate | None = None
    """First day inside."""
    end: PartialDate | None = None
    """First day outside, empty while it lasts."""

    def __post_init__(self) -> None:
        super(Dated, self).__post_init__()
        self.interval  # noqa: B018  an interval that cannot be is refused here

    @property
    def interval(self) -> Interval:
        """The interval from start to end."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One work that facts were taken from (``sources.csv``)."""

    source: str
    """Its key, such as ``north-atlantic-treaty-1949``."""
    title: str
    """Its title in full."""
    publisher: str = ""
    """Who published it."""
    date: PartialDate | None = None
    """When it was published or signed."""
    url: str = ""
    """An address where it can be read, empty where none is sure."""
    licence: str = ""
    """Under what terms it may be used, as far as stated."""

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise RecordError(f"url {self.url!r} does not begin with https:// or http://")
        _check_key(self.source)
        if not self.title:
            raise RecordError("title is empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Dated):
    """A state or territory over its existence; an earlier name is not another state."""

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
            _check_key(self.group.replace(" ", "_"))
        if self.m49 and not re.fullmatch(r"[0-9]{3}", self.m49):
            raise RecordError(f"m49 {self.m49!r} is not three digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Dated):
    """One name or code that means a state, in whose usage and from when to when."""

    alias: str
    """The text, such as ``BYELORUSSIAN SSR`` or ``365``."""
    system: str
    """Whose usage: ``name`` for anyone's, else ``undl``, ``unvotes-code``, ``cow`` and so on."""
    state: str
    """The state it means."""

    def __post_init__(self) -> None:
        super(Alias, self).__post_init__()
        _check_key(self.system)

    @classmethod
    def _key_at(cls) -> int:
        return [f.name for f in fields(cls)].index("state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(Dated):
    """One state's tenure of one seat at the United Nations (``seats.csv``)."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Record):
    """A treaty and what its parties owe each other."""

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

    organisation: str
    """Its key, such as ``CSTO`` or ``USA_JPN_1960``."""
    name: str
    """Its English name in full."""
    short_name: str = ""
    """What it is called for short."""
    kind: Literal["organisation", "grouping", "alliance", "organ"]
    """``organisation`` has organs; ``grouping`` is informal; ``alliance`` is a treaty relation."""
    treaties: tuple[str, ...] = ()
    """The treaties that constitute it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Dated):
    """One state in one organisation or alliance over one unbroken interval."""

    organisation: str
    """The organisation or alliance."""
    state: str
    """The member."""
    role: Literal["member", "observer", "associate", "candidate", "partner"]
    """In what capacity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Dated):
    """A member that was suspended, and did not leave."""

    organisation: str
    """The organisation that suspended it."""
    state: str
    """The member suspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A text before the Assembly: draft, amendment or resolution."""

    document: str
    """Its key: the symbol with ``_`` for ``/``, such as ``A_RES_ES-11_6``."""
    symbol: str
    """Its UN symbol, such as ``A/RES/ES-11/6``."""
    kind: Literal["resolution", "draft-resolution", "amendment"]
    """What it is."""
    title: str
    """Its title."""
    date: PartialDate | None = None
    """When it was adopted or put forward."""
    session: str = ""
    """The session, such as ``ES-11``."""
    amends: str = ""
    """The draft that an amendment would change."""
    adopts: str = ""
    """The draft that became this resolution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsorship(Record):
    """One state that put its name to one draft."""

    document: str
    """The draft."""
    state: str
    """The sponsor."""
    date: PartialDate | None = None
    """When it became one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """One thing that one text is about."""

    document: str
    """The text."""
    topic: str
    """The topic, such as ``withdrawal-of-forces``."""

    def __post_init__(self) -> None:
        super(Topic, self).__post_init__()
        _check_key(self.topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall(Record):
    """One recorded vote with its printed totals; the single votes may be unknown."""

    rollcall: str
    """Its key, such as ``ES-11_6``."""
    document: str
    """What was voted on."""
    organ: str
    """Who voted, such as ``UNGA``."""
    date: date
    """The day of the vote."""
    meeting: str = ""
    """The record of the meeting, such as ``A/ES-11/PV.19``."""
    result: Literal["adopted", "rejected"]
    """What came of it."""
    yes: int
    """Printed number in favour."""
    no: int
    """Printed number against."""
    abstain: int
    """Printed number of abstentions."""
    nonvoting: int | None = None
    """Printed number of members that cast no vote; empty where it was not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Sourced):
    """What one state did in one roll call."""

    rollcall: str
    """The roll call."""
    state: str
    """The state."""
    vote: Option
    """``nonvoting`` does not tell absence from silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Record):
    """A person who holds or held an office."""

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

    tenure: str
    """Key, such as ``Putin_RUS_president_2012``."""
    official: str
    """The person."""
    post: str
    """The office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """A news article, a secondary source."""

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
