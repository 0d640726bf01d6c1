"""What every page has: a title, the works it cites, and the template and scripts that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Protocol

from kg.errors import RecordError

Status = Literal["", "unchecked"]
EVERY_SCRIPT = ("core.js", "theme.js", "search.js", "table.js")
"""The scripts of any page."""
DRAWING_SCRIPTS = (
    *EVERY_SCRIPT,
    "shapes.js",
    "labels.js",
    "graph.js",
    "picture.js",
    "panel.js",
)
"""The scripts of a page with a drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFiles:
    """What shows the pages of one kind."""

    name: str
    """The kind: its template is ``templates/<name>.html.j2``, and its scripts know it by that."""
    scripts: tuple[str, ...]
    """Files of ``static/``, in the order in which they run."""


class Page(Protocol):
    """A record of all that one page shows; what a module of ``kg.views.pages`` builds."""

    files: ClassVar[PageFiles]

    @property
    def title(self) -> str:
        """A sentence or a question."""
        ...

    @property
    def subtitle(self) -> str:
        """What is shown, in one line."""
        ...

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """Every work that the page cites."""
        ...


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


def check_days(*texts: str) -> None:
    """Refuse a text that is neither empty nor one ISO day."""
    for text in filter(None, texts):
        try:
            is_day = date.fromisoformat(text).isoformat() == text
        except ValueError:
            is_day = False
        if not is_day:
            raise RecordError(f"{text!r} is not one day; write YYYY-MM-DD")


def check_present(what: str, names: Iterable[str], present: Iterable[str]) -> None:
    """Refuse a name that is used on the page and is not there."""
    missing = sorted(set(names) - set(present))
    if missing:
        raise RecordError(f"{what} {missing[0]!r} is not on the page; add it or leave out its use")


def check_unique(what: str, keys: Iterable[str]) -> None:
    """Refuse a key that comes twice."""
    for key, count in Counter(keys).items():
        if count > 1:
            raise RecordError(f"{what} {key!r} is on the page {count} times; ids are unique")
