"""What an index of names holds: one text that means one thing, and how texts are compared and kept."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.model.dates import holds

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One text that means one thing, in one usage, over one interval of days."""

    text: str
    kind: str
    key: str
    usage: str
    """Whose name or code it is, such as ``undl``."""
    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it means that on that day."""
        return holds(self.start, self.end, day)

    @property
    def span(self) -> str:
        """Its interval in words."""
        if self.start and self.end:
            return f"from {self.start} until {self.end}"
        if self.start:
            return f"since {self.start}"
        return f"until {self.end}" if self.end else "at all times"


def normal(text: str) -> str:
    """The form in which two spellings of one name are the same.

    Accents, case, apostrophes and punctuation are dropped, ``&`` is "and", ``St.`` is "saint", a
    leading "the" is dropped.
    """
    bare = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(c for c in bare if not unicodedata.combining(c)).casefold().replace("&", " and ")
    words = re.sub(r"[\W_]+", " ", bare).split()
    words = ["saint" if word == "st" else word for word in words]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def likeness(a: str, b: str) -> float:
    """How alike two spellings are, 0 to 1: half for the order of the letters, half for the letters."""
    order = difflib.SequenceMatcher(None, a, b).ratio()
    return (order + difflib.SequenceMatcher(None, sorted(a), sorted(b)).ratio()) / 2


def to_json(entries: Iterable[Entry]) -> str:
    """Entries as JSON, sorted, one a line."""
    rows: list[str] = []
    for e in sorted(entries, key=lambda e: (e.kind, e.key, e.usage, e.text, str(e.start))):
        days = [day.isoformat() if day else None for day in (e.start, e.end)]
        rows.append(json.dumps([e.text, e.kind, e.key, e.usage, *days], ensure_ascii=False))
    return "[\n" + ",\n".join(rows) + "\n]\n"


def from_json(text: str) -> list[Entry]:
    """The entries that ``to_json`` wrote."""
    return [
        Entry(
            word,
            kind,
            key,
            usage,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end) if end else None,
        )
        for word, kind, key, usage, start, end in json.loads(text)
    ]
