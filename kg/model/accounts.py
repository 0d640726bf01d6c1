"""Accounts: what one source says of one text, one roll call, or the life of states, kept as its own.

A curated fact of ``data/`` is a record of ``kg.model.records``. What a file of the user says is an account:
two sources may give two accounts of one roll call, and both are kept.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from kg.model.ballots import BallotBytes
from kg.model.dates import PartialDate
from kg.model.words import DocumentKind, Modality, Option, Organ, Question


@dataclass(slots=True, kw_only=True)
class Text:
    """A document as one source lists it."""

    key: str
    """Its key: the symbol in the letters of a key, else the source's own number."""
    symbol: str
    """Its symbol as the source prints it; empty where it has none."""
    kind: DocumentKind
    """What it is."""
    title: str
    """Its title, without the words that every title of the source ends in."""
    date: PartialDate | None = None
    """When it was adopted or put to the vote."""
    session: str = ""
    """The session, such as ``68`` or ``ES-11``."""
    agenda: tuple[str, ...] = ()
    """Titles of the agenda items."""
    subjects: tuple[str, ...] = ()
    """Subject terms of the UN thesaurus."""
    reports: tuple[str, ...] = ()
    """Symbols of the committee reports that it came with."""
    drafts: tuple[str, ...] = ()
    """Symbols of the drafts that it adopts."""
    modality: Modality = "vote"
    """How it was adopted."""
    url: str = ""
    """Where the record of it can be read."""


@dataclass(slots=True, kw_only=True)
class Account:
    """One source's account of one roll call."""

    source: str
    """The source's key, such as ``undl-ga``."""
    number: str
    """The source's own number of it."""
    key: str
    """The key of the roll call, such as ``68_262``."""
    text: Text
    """What was voted on."""
    organ: Organ
    """Who voted."""
    date: PartialDate
    """When, as exactly as the source is to be trusted."""
    question: Question = "whole-text"
    """Whether the whole text was voted on."""
    result: Literal["adopted", "rejected", ""] = ""
    """What came of it; empty where the source does not say."""
    meeting: str = ""
    """Symbol of the record of the meeting."""
    note: str = ""
    """The source's own remark on the vote."""
    printed: dict[Option, int] = field(default_factory=dict)
    """Printed totals, as far as they are printed."""
    member_count: int | None = None
    """Printed number of members."""
    complete: bool = True
    """Whether the source lists the members that cast no vote too."""
    ballots: BallotBytes = field(default_factory=BallotBytes)
    """State to code of ``kg.votes.table.CODES``, or its ``UNKNOWN`` where the vote could not be read."""
    counted: dict[Option, int] = field(default_factory=dict)
    """The ballots counted, once they are in the vote table."""
    maybe: str = ""
    """Key of the roll call that it is, should another source have one of that key in the same month."""
    vetoed_by: tuple[str, ...] = ()
    """Permanent members whose no prevented a decision, where the source says so."""
    path: str = ""
    """The file it was read from."""
    line: int = 0
    """Its first line there."""

    @property
    def day(self) -> datetime.date:
        """The last day that it can have been."""
        return self.date.latest


@dataclass(slots=True)
class NameInUse:
    """A name under which a state voted in one source, and when."""

    source: str
    """The source's key."""
    name: str
    """The name as it is printed there."""
    state: str
    """The state it means."""
    first: datetime.date
    """First day of a vote under it."""
    last: datetime.date
    """Last day of a vote under it."""
    count: int
    """Votes under it, missing ones included."""
