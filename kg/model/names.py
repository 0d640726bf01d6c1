"""Which thing a name or a code means, on a date, and in whose usage.

Matching is exact after one fixed normalisation (``normal``); nothing is ever guessed. Names that look
alike are only offered in the message of an error.
"""

from __future__ import annotations

import difflib
import heapq
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kg.errors import UnknownNameError
from kg.model import symbols

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))
_ANYONE = ("key", "name", "iso3", "iso2", "symbol")
_NAMES = ("key", "name")
_FALLBACK: dict[str, tuple[tuple[str, ...], ...]] = {
    "undl": (_NAMES,),
    "undl-code": (("iso3",),),
    "unvotes": (_NAMES,),
    "unvotes-code": (("iso2",),),
    "cow-name": (_NAMES,),
    "cow-abbr": (),
    "crosswalk": (_NAMES,),
    "iso2": (),
    "iso3": (),
    "m49": (),
    "cow": (("cow-column",),),
    "atop": (("cow",), ("cow-column",)),
}
"""Usage to what it falls back on, step by step, where it has no row of its own on that date."""

SYSTEMS: tuple[str, ...] = tuple(_FALLBACK)
"""The usages one can ask for, besides anyone's."""

_RIVALS = {"state", "organisation"}
"""Kinds of which neither goes before the other."""
_ORDER = ("state", "organisation", "official", "rollcall", "document", "post", "treaty")


_ALIKE = 0.66
"""Least likeness of a name that is offered in the place of an unknown one."""


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


@dataclass(frozen=True, slots=True)
class Entry:
    """One text that means one thing, in one usage, over one interval of days."""

    text: str
    kind: str
    key: str
    system: str
    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it means that on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    @property
    def span(self) -> str:
        """Its interval in words."""
        if self.start and self.end:
            return f"from {self.start} until {self.end}"
        if self.start:
            return f"since {self.start}"
        return f"until {self.end}" if self.end else "at all times"


class Names:
    """An index of names and codes."""

    def __init__(self, entries: Iterable[Entry], rolls: Mapping[str, str] | None = None) -> None:
        self.entries = tuple(entries)
        self._rolls = rolls or {}
        """Canonical symbol to roll call, of the texts that no entry names."""

    @cached_property
    def _index(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = {}
        for entry in self.entries:
            index.setdefault(normal(entry.text), []).append(entry)
        return index

    def resolve(
        self,
        text: str,
        kind: str | None = "state",
        *,
        on: date | None = None,
        system: str | None = None,
    ) -> str:
        """The key of what ``text`` means.

        Args:
            text: A name or a code; ``cow:365`` and ``m49:643`` name their system themselves.
            kind: What is asked for, such as ``state``; None takes the first kind that has it.
            on: The day it is said of; None means today's use, else the only use there ever was.
            system: Whose usage, one of ``SYSTEMS``; None means anyone's.

        Raises:
            UnknownNameError: It means nothing, nothing on that day, or more than one thing.
        """
        return self.find(text, kind, on=on, system=system)[1]

    def find(
        self,
        text: str,
        kind: str | None = None,
        *,
        on: date | None = None,
        system: str | None = None,
    ) -> tuple[str, str]:
        """Kind and key of what ``text`` means; see ``resolve``."""
        known = self.known(text, kind, on=on, system=system)
        if known is None:
            asked, wanted, steps, found = self._asked(text, kind, system)
            meant = [e for e in found if any(e.system in usages for usages in steps)]
            raise self._unknown(text, asked, wanted, on, meant)
        return known

    def known(
        self,
        text: str,
        kind: str | None = None,
        *,
        on: date | None = None,
        system: str | None = None,
    ) -> tuple[str, str] | None:
        """As ``find``, and None where the text means nothing, without a search for names that look alike.

        Raises:
            UnknownNameError: It means more than one thing.
        """
        asked, wanted, steps, found = self._asked(text, kind, system)
        for usages in steps:
            held = self._on([e for e in found if e.system in usages], on)
            if held:
                return self._one(text, asked, held, wanted)
        return self._by_symbol(asked, wanted) if steps == (_ANYONE,) else None

    def _asked(
        self, text: str, kind: str | None, system: str | None
    ) -> tuple[str, str | None, tuple[tuple[str, ...], ...], list[Entry]]:
        """The text without a prefix, the kind, the usages to look in, and all entries of that form."""
        prefix, colon, rest = text.partition(":")
        if colon and prefix in SYSTEMS and system is None:
            text, system = rest, prefix
        elif colon and prefix in _ORDER and kind in (None, prefix):
            text, kind = rest, prefix
        form = normal(text)
        if system in ("cow", "atop", "m49") and form.isdecimal():
            form = form.lstrip("0") or "0"
        found = [e for e in self._index.get(form, []) if kind in (None, e.kind)]
        return text, kind, self._steps(system), found

    def _by_symbol(self, text: str, kind: str | None) -> tuple[str, str] | None:
        """Kind and key of a roll call or a document by any form of its symbol, or by its key."""
        if not self._rolls or kind not in (None, "rollcall", "document"):
            return None
        symbol = symbols.parse(text)
        for form in (symbol, symbol.twin) if symbol else ():
            key = self._rolls.get(str(form)) or self._council.get(str(form))
            if key:
                return (kind or "rollcall"), key if kind != "document" else form.key
        if text in self._roll_keys:
            return "rollcall", text
        return None

    @cached_property
    def _roll_keys(self) -> set[str]:
        return set(self._rolls.values())

    @cached_property
    def _council(self) -> dict[str, str]:
        """Symbols of the Council without their year, which their number does without."""
        return {
            re.sub(r"\(\d+\)", "(0)", s): k for s, k in self._rolls.items() if s.startswith("S/")
        }

    def turns(self, text: str) -> list[date]:
        """The days on which what a text means may change, sorted."""
        form = normal(text)
        forms = {form, form.lstrip("0") or "0"}
        entries = [e for f in forms for e in self._index.get(f, [])]
        return sorted({day for e in entries for day in (e.start, e.end) if day})

    @staticmethod
    def _steps(system: str | None) -> tuple[tuple[str, ...], ...]:
        """The usages to look in, each step only where the ones before it have nothing."""
        if system is None:
            return (_ANYONE,)
        if system not in _FALLBACK:
            raise UnknownNameError(
                system, f"is no known usage of names; known: {', '.join(SYSTEMS)}"
            )
        return ((system,), *_FALLBACK[system])

    @staticmethod
    def _on(entries: list[Entry], on: date | None) -> list[Entry]:
        if on is not None:
            return [e for e in entries if e.holds(on)]
        return [e for e in entries if e.end is None] or entries

    @staticmethod
    def _one(given: str, text: str, entries: list[Entry], kind: str | None) -> tuple[str, str]:
        ranked = sorted({e.kind for e in entries}, key=_rank)
        if set(ranked) >= _RIVALS:
            rivals = sorted({f"{e.kind}:{e.key}" for e in entries if e.kind in _RIVALS})
            raise UnknownNameError(given, f"means more than one thing: say {' or '.join(rivals)}")
        keys = {e.key for e in entries if e.kind == ranked[0]}
        for own in (
            {e.key for e in entries if e.kind == ranked[0] and e.key == text},
            {e.key for e in entries if e.kind == ranked[0] and e.text == text},
        ):
            keys = own if len(keys) > 1 and len(own) == 1 else keys
        if len(keys) > 1:
            told = ", ".join(sorted(keys))
            raise UnknownNameError(
                given, f"means more than one {kind or 'thing'}: {told}; use a key"
            )
        return ranked[0], keys.pop()

    def _unknown(
        self, given: str, text: str, kind: str | None, on: date | None, found: list[Entry]
    ) -> UnknownNameError:
        if found and on:
            told = "; ".join(sorted({f"{e.key} {e.span}" for e in found}))
            return UnknownNameError(given, f"means nothing on {on} (it means {told})")
        texts: dict[str, str] = {}
        for entry in self.entries:
            if kind in (None, entry.kind) and entry.system in (*_ANYONE, "undl", "unvotes"):
                texts.setdefault(normal(entry.text), entry.text)
        near = heapq.nlargest(3, ((_likeness(normal(text), form), form) for form in texts))
        shown = tuple(texts[form] for likeness, form in near if likeness >= _ALIKE)
        return UnknownNameError(given, f"is no known {kind or 'name'}", shown)

    def meant(
        self, text: str, kind: str | None = None, *, on: date | None = None
    ) -> tuple[str, str]:
        """Kind and key of what was meant on a day, else of the one thing it ever meant.

        A date tells two meanings apart; a name with one meaning keeps it on a day on which the thing
        did not exist, so that the answer can say so.

        Raises:
            UnknownNameError: It means nothing, or more than one thing.
        """
        try:
            return self.find(text, kind, on=on)
        except UnknownNameError:
            return self.find(text, kind)

    def to_json(self) -> str:
        """The index as JSON, one entry a line."""
        rows: list[str] = []
        for e in sorted(
            self.entries, key=lambda e: (e.kind, e.key, e.system, e.text, str(e.start))
        ):
            row: list[Any] = [e.text, e.kind, e.key, e.system]
            row += [day.isoformat() if day else None for day in (e.start, e.end)]
            rows.append(json.dumps(row, ensure_ascii=False))
        return "[\n" + ",\n".join(rows) + "\n]\n"

    @classmethod
    def from_json(cls, text: str, rolls: Mapping[str, str] | None = None) -> Names:
        """The index that ``to_json`` wrote.

        Args:
            text: What it wrote.
            rolls: Canonical symbol to roll call, of texts beside those of the index.
        """
        entries = [
            Entry(
                word,
                kind,
                key,
                system,
                date.fromisoformat(start) if start else None,
                date.fromisoformat(end) if end else None,
            )
            for word, kind, key, system, start, end in json.loads(text)
        ]
        return cls(entries, rolls)


def _likeness(a: str, b: str) -> float:
    """How alike two spellings are, 0 to 1: half for the order of the letters, half for the letters."""
    order = difflib.SequenceMatcher(None, a, b).ratio()
    return (order + difflib.SequenceMatcher(None, sorted(a), sorted(b)).ratio()) / 2


def _rank(kind: str) -> tuple[int, str]:
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)
