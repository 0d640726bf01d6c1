"""The kinds of findings; light, for help shows them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import QueryError

KINDS: tuple[str, ...] = (
    "dates",
    "member without a vote",
    "more votes than members",
    "reference",
    "shape",
    "sources: absent in one",
    "sources: abstention in one",
    "sources: date",
    "sources: totals",
    "sources: vote not listed",
    "sources: yes against no",
    "totals",
    "unread vote",
    "vote without a seat",
)
"""What a finding can be about."""


def chosen(kinds: Iterable[str]) -> set[str]:
    """The kinds that are meant: all where none is named, and ``sources`` means each that begins so.

    Raises:
        QueryError: There is no such kind.
    """
    named = tuple(kinds)
    meant = {
        each: {kind for kind in KINDS if each in (kind, kind.partition(":")[0])} for each in named
    }
    for each, found in meant.items():
        if not found:
            raise QueryError(f"there is no kind of finding {each!r}", allowed=KINDS)
    return set().union(*meant.values()) if named else set(KINDS)
