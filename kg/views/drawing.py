"""What is on a drawing: sources, things and dated ties between them, as plain records.

Ids are any text that is unique on its page, such as ``state:BLR``; sources are named by key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.errors import RecordError

Status = Literal["", "unchecked"]
STRENGTHS = ("defence", "offence", "neutrality", "nonaggression", "consultation", "none")
"""What a tie binds to, strongest first; ``none`` is a tie without such an obligation."""


def check_days(*texts: str) -> None:
    """Refuse a text that is neither empty nor one ISO day."""
    for day in filter(None, texts):
        try:
            whole = date.fromisoformat(day).isoformat() == day
        except ValueError:
            whole = False
        if not whole:
            raise RecordError(f"{day!r} is not one day; write YYYY-MM-DD")


def check_held(what: str, asked: Iterable[str], held: Iterable[str]) -> None:
    """Refuse a name that is asked for and not held."""
    missing = sorted(set(asked) - set(held))
    if missing:
        raise RecordError(f"{what} {missing[0]!r} is not on the page; add it or leave out its use")


def check_unique(what: str, keys: Iterable[str]) -> None:
    """Refuse a key that comes twice."""
    for key, count in Counter(keys).items():
        if count > 1:
            raise RecordError(f"{what} {key!r} is on the page {count} times; ids are unique")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A work that a fact on the page was taken from."""

    key: str
    """Its key, such as ``north-atlantic-treaty-1949``."""
    title: str
    """Its title in full."""
    url: str = ""
    """Where it can be read; becomes a link only if it begins with http:// or https://."""
    publisher: str = ""
    """Who published it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One line of facts about a thing."""

    label: str
    """What it says, such as ``Regional group``."""
    value: str
    """What it is, such as ``Eastern European``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing on a drawing."""

    id: str
    """Unique on the page, such as ``state:BLR``."""
    label: str
    """Its name in full."""
    short: str = ""
    """What is written on the drawing, such as ``NATO``; empty to write the label."""
    kind: str
    """``state``, ``organisation``, ``alliance``, ``grouping``, ``person``; another is a dot too."""
    group: str = ""
    """What a state is coloured and filtered by, such as its regional group."""
    size: float = 0.0
    """How prominent it is among its kind, 0 to 1; the prominent are labelled first."""
    x: float = 0.0
    """Across, in any unit; the drawing is stretched to its frame."""
    y: float = 0.0
    """Down, in any unit."""
    column: int = 0
    """On a path page: how many hops from the start."""
    codes: tuple[str, ...] = ()
    """Other texts to find it by: codes, keys, other names."""
    details: tuple[Detail, ...] = ()
    """Facts for its panel, in the order to be read."""
    start_day: str = ""
    """First day on which it exists, ISO; empty for since before the record."""
    end_day: str = ""
    """First day on which it no longer exists, ISO; empty while it does."""
    sources: tuple[str, ...] = ()
    """Keys of its sources."""
    status: Status = ""
    """``unchecked`` where its facts were not compared with the primary record."""
    note: str = ""
    """A remark for the reader."""

    def __post_init__(self) -> None:
        check_days(self.start_day, self.end_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A dated tie between two nodes of a page."""

    id: str
    """Unique on the page."""
    source: str
    """The node it goes from; for a membership the member."""
    target: str
    """The node it goes to; for a membership the organisation."""
    kind: str
    """``treaty`` where it binds to something, ``membership`` where not, or what else it is."""
    label: str
    """What it is: ``member``, or the title of a treaty between the two."""
    obligations: tuple[str, ...] = ()
    """What it binds to, of ``STRENGTHS``."""
    start: str = ""
    """First day inside as it is known: ``1991``, ``1991-12`` or ``1991-12-26``."""
    end: str = ""
    """First day outside as it is known; empty while it lasts."""
    start_day: str = ""
    """First day on which it certainly holds, ISO; empty for since before the record."""
    end_day: str = ""
    """First day on which it may have ended, ISO; empty while it lasts."""
    sources: tuple[str, ...] = ()
    """Keys of its sources."""
    status: Status = ""
    """``unchecked`` where it was not compared with the primary record."""
    note: str = ""
    """A remark for the reader."""

    def __post_init__(self) -> None:
        check_days(self.start_day, self.end_day)
        odd = set(self.obligations) - set(STRENGTHS[:-1])
        if odd:
            raise RecordError(f"tie {self.id!r} binds to {min(odd)!r}, no known obligation")

    @property
    def strength(self) -> str:
        """The strongest of its obligations, or ``none``."""
        return next((name for name in STRENGTHS if name in self.obligations), "none")

    def holds(self, day: str) -> bool:
        """Whether it is in force on an ISO day."""
        return (not self.start_day or self.start_day <= day) and (
            not self.end_day or day < self.end_day
        )
