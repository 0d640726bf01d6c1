"""What is on a drawing: things and dated ties between them, as plain records.

Ids are any text that is unique on its page, such as ``state:BLR``; sources are named by key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kg.errors import RecordError
from kg.model import dates
from kg.model.words import OBLIGATIONS
from kg.views.page import SourceRef, Status, check_days, check_present, check_unique

STRENGTHS = (*OBLIGATIONS, "none")
"""What a tie binds to, strongest first; ``none`` is a tie without such an obligation."""


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
    """What it binds to, of ``kg.model.words.OBLIGATIONS``."""
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
        odd = set(self.obligations) - set(OBLIGATIONS)
        if odd:
            raise RecordError(f"tie {self.id!r} binds to {min(odd)!r}, no known obligation")

    @property
    def strength(self) -> str:
        """The strongest of its obligations, or ``none``."""
        return next((name for name in STRENGTHS if name in self.obligations), "none")

    def holds(self, day: str) -> bool:
        """Whether it is in force on an ISO day."""
        return dates.holds(self.start_day, self.end_day, day)


@runtime_checkable
class Drawing(Protocol):
    """What a page with a drawing has besides."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """What is drawn."""
        ...

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The lines between."""
        ...


def check_drawing(
    nodes: tuple[Node, ...], ties: tuple[Tie, ...], sources: tuple[SourceRef, ...]
) -> None:
    """Refuse an id that comes twice, and a use of what is not on the page."""
    check_unique("source", (source.key for source in sources))
    check_unique("node", (node.id for node in nodes))
    check_unique("tie", (tie.id for tie in ties))
    ends = [end for tie in ties for end in (tie.source, tie.target)]
    check_present("node", ends, (node.id for node in nodes))
    cited = [key for node in nodes for key in node.sources]
    cited += [key for tie in ties for key in tie.sources]
    check_present("source", cited, (source.key for source in sources))
