"""Which thing a name or a code means, on a date, and in whose usage.

Matching is exact after one fixed normalisation (``entries.normal``); nothing is ever guessed. Names that
look alike are only offered in the message of an error.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.calls import Call, Phrase
from kg.errors import UnknownNameError
from kg.model import entries as index
from kg.model import symbols
from kg.model.entries import Entry, likeness, normal
from kg.model.rollcall_symbols import RollCallSymbols
from kg.model.usages import ANYONE, NUMBERED, USAGES, steps

_RIVALS = {"state", "organisation"}
"""Kinds of which neither goes before the other."""
_ORDER = ("state", "organisation", "official", "rollcall", "document", "post", "treaty")
"""Which kind a text means where it could mean things of several."""
_ALIKE = 0.66
"""Least likeness of a name that is offered in the place of an unknown one."""
_LISTED = Call("query", ("roll-calls",))
_MOST = 6
"""Most parts of a text that are offered in the place of the whole."""
_OFFERED = (*ANYONE, "undl", "unvotes")
"""Usages whose names are offered."""


@dataclass(frozen=True, slots=True)
class _Lookup:
    """A text taken apart, and what the index has of it."""

    given: str
    text: str
    """Without the prefix that says a usage or a kind."""
    kind: str | None
    usage: str | None
    entries: list[Entry]
    """All of that form and kind, of any usage and day."""


class Names:
    """An index of names and codes.

    Args:
        entries: What it holds.
        rolls: Canonical symbol to roll call, of texts beside those that the entries name.
    """

    def __init__(self, entries: Iterable[Entry], rolls: Mapping[str, str] | None = None) -> None:
        self.entries = tuple(entries)
        self._rollcalls = RollCallSymbols(rolls or {})

    @cached_property
    def _index(self) -> dict[str, list[Entry]]:
        forms: dict[str, list[Entry]] = {}
        for entry in self.entries:
            forms.setdefault(normal(entry.text), []).append(entry)
        return forms

    def resolve(
        self,
        text: str,
        kind: str | None = "state",
        *,
        on: date | None = None,
        usage: str | None = None,
    ) -> str:
        """The key of what ``text`` means.

        Args:
            text: A name or a code; ``cow:365`` and ``m49:643`` name their usage themselves.
            kind: What is asked for, such as ``state``; None takes the first kind that has it.
            on: The day it is said of; None means today's use, else the only use there ever was.
            usage: Whose usage, one of ``USAGES``; None means anyone's.

        Raises:
            UnknownNameError: It means nothing, nothing on that day, or more than one thing.
        """
        return self.find(text, kind, on=on, usage=usage)[1]

    def find(
        self,
        text: str,
        kind: str | None = None,
        *,
        on: date | None = None,
        usage: str | None = None,
    ) -> tuple[str, str]:
        """Kind and key of what ``text`` means; see ``resolve``."""
        kind_and_key = self.look_up(text, kind, on=on, usage=usage)
        if kind_and_key is None:
            raise self._unknown(self._lookup(text, kind, usage), on)
        return kind_and_key

    def look_up(
        self,
        text: str,
        kind: str | None = None,
        *,
        on: date | None = None,
        usage: str | None = None,
    ) -> tuple[str, str] | None:
        """As ``find``, and None where the text means nothing, without a search for names that look alike.

        Raises:
            UnknownNameError: It means more than one thing.
        """
        lookup = self._lookup(text, kind, usage)
        for usages in steps(lookup.usage):
            entries = _in_use([e for e in lookup.entries if e.usage in usages], on)
            if entries:
                return _one(lookup, entries)
        return self._rollcalls.find(lookup.text, lookup.kind) if lookup.usage is None else None

    def meant(
        self, text: str, kind: str | None = None, *, on: date | None = None
    ) -> tuple[str, str]:
        """Kind and key of what was meant on a day, else of the one thing it ever meant.

        A date keeps two meanings apart; a name with one meaning keeps it on a day on which the thing
        did not exist, so that the answer can say so.

        Raises:
            UnknownNameError: It means nothing, or more than one thing.
        """
        try:
            return self.find(text, kind, on=on)
        except UnknownNameError:
            return self.find(text, kind)

    def turns(self, text: str) -> list[date]:
        """The days on which what a text means may change, sorted."""
        form = normal(text)
        entries = [e for f in {form, _without_zeros(form)} for e in self._index.get(f, [])]
        return sorted({day for e in entries for day in (e.start, e.end) if day})

    def to_json(self) -> str:
        """The entries as JSON, one a line."""
        return index.to_json(self.entries)

    @classmethod
    def from_json(cls, text: str, rolls: Mapping[str, str] | None = None) -> Names:
        """The index that ``to_json`` wrote; ``rolls`` as for a new one."""
        return cls(index.from_json(text), rolls)

    def _lookup(self, given: str, kind: str | None, usage: str | None) -> _Lookup:
        text = given
        prefix, colon, rest = given.partition(":")
        if colon and prefix in USAGES and usage is None:
            text, usage = rest, prefix
        elif colon and prefix in _ORDER and kind in (None, prefix):
            text, kind = rest, prefix
        form = normal(text)
        if usage in NUMBERED and form.isdecimal():
            form = _without_zeros(form)
        entries = [e for e in self._index.get(form, []) if kind in (None, e.kind)]
        return _Lookup(given, text, kind, usage, entries)

    def _unknown(self, lookup: _Lookup, on: date | None) -> UnknownNameError:
        usages = {usage for step in steps(lookup.usage) for usage in step}
        other_days = [e for e in lookup.entries if e.usage in usages]
        if other_days and on:
            meanings = "; ".join(sorted({f"{e.key} {e.span}" for e in other_days}))
            return UnknownNameError(lookup.given, f"means nothing on {on} (it means {meanings})")
        unvoted: Phrase = ()
        if lookup.kind == "rollcall" and (symbol := symbols.parse(lookup.text)) and symbol.kind:
            if parts := self._rollcalls.parts(symbol):
                listed = ", ".join(parts[:_MOST]) + (", ..." if len(parts) > _MOST else "")
                problem = "is no known rollcall; of that text these parts were voted on: "
                return UnknownNameError(lookup.given, problem + listed)
            unvoted = (
                "a text adopted without a vote has none, and a roll call may be missing in the collection; ",
                _LISTED,
                " lists all there are",
            )
        texts: dict[str, str] = {}
        for entry in self.entries:
            if lookup.kind in (None, entry.kind) and entry.usage in _OFFERED:
                texts.setdefault(normal(entry.text), entry.text)
        wanted = normal(lookup.text)
        near = heapq.nlargest(3, ((likeness(wanted, form), form) for form in texts))
        shown = tuple(texts[form] for likely, form in near if likely >= _ALIKE)
        return UnknownNameError(
            lookup.given, f"is no known {lookup.kind or 'name'}", shown, remedy=unvoted
        )


def _in_use(entries: list[Entry], on: date | None) -> list[Entry]:
    """Those of a day; of no day those that still hold, else all."""
    if on is not None:
        return [e for e in entries if e.holds(on)]
    return [e for e in entries if e.end is None] or entries


def _one(lookup: _Lookup, entries: list[Entry]) -> tuple[str, str]:
    """Kind and key of the one thing that entries mean.

    Raises:
        UnknownNameError: They mean more than one.
    """
    kinds = sorted({e.kind for e in entries}, key=_rank)
    if set(kinds) >= _RIVALS:
        rivals = sorted({f"{e.kind}:{e.key}" for e in entries if e.kind in _RIVALS})
        problem = f"means more than one thing: say {' or '.join(rivals)}"
        raise UnknownNameError(lookup.given, problem)
    first = [e for e in entries if e.kind == kinds[0]]
    keys = {e.key for e in first}
    for exact in (
        {e.key for e in first if e.key == lookup.text},
        {e.key for e in first if e.text == lookup.text},
    ):
        if len(keys) > 1 and len(exact) == 1:
            keys = exact
    if len(keys) > 1:
        problem = f"means more than one {lookup.kind or 'thing'}: {', '.join(sorted(keys))}"
        raise UnknownNameError(lookup.given, problem, remedy="use a key")
    return kinds[0], keys.pop()


def _without_zeros(form: str) -> str:
    return form.lstrip("0") or "0"


def _rank(kind: str) -> tuple[int, str]:
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)
