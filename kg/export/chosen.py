"""Which roll calls an export holds: by their texts, days, organ and topic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict, cast

import polars as pl

from kg.analysis import choice
from kg.analysis.subjects import Subject
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot

if TYPE_CHECKING:
    from kg.votes.table import VoteTable


class Which(TypedDict, total=False):
    """Which roll calls; what is left out, empty or None is no limit."""

    rollcalls: Iterable[str]
    """Their texts, by any form of a symbol."""
    start: choice.Moment | None
    """First day, month or year."""
    end: choice.Moment | None
    """Last day, month or year, included."""
    organ: str | None
    """Name or key of the organ that voted, such as UNSC."""
    topic: str | None
    """Only on texts with a subject term that has all these words."""


def given(which: Which) -> Which:
    """The parts of a choice that limit it.

    Raises:
        TypeError: It has a part that there is not.
    """
    if unknown := sorted(which.keys() - Which.__annotations__.keys()):
        known = ", ".join(Which.__annotations__)
        raise TypeError(f"unexpected argument {unknown[0]!r}; which roll calls is said by {known}")
    limits = {**which, "rollcalls": tuple(which.get("rollcalls", ()))}
    return cast(Which, {k: v for k, v in limits.items() if v not in (None, "", ())})


def chosen(snapshot: Snapshot, which: Which) -> VoteTable:
    """The roll calls of the record that are chosen, and the votes in them.

    Raises:
        UnknownNameError: A name means no roll call, or no organ.
        QueryError: A day is none, a topic is unknown, or no roll call is left.
    """
    table = snapshot.votes
    if not which:
        return table
    start, end = choice.period({"start": which.get("start"), "end": which.get("end")})
    keep = pl.repeat(value=True, n=pl.len())
    if texts := which.get("rollcalls"):
        keys = [snapshot.names.resolve(text, "rollcall") for text in texts]
        keep &= pl.col("rollcall").is_in(keys)
    if start:
        keep &= pl.col("date") >= start
    if end:
        keep &= pl.col("date") <= end
    if organ := which.get("organ"):
        keep &= pl.col("organ") == snapshot.names.resolve(organ, "organisation")
    if topic := which.get("topic"):
        keep &= pl.col("document").is_in(Subject(snapshot, topic).documents)
    rows = table.rollcalls.select(keep.alias("keep"))["keep"]
    taken = table.where(rows)
    if not len(taken.rollcalls):
        raise QueryError(
            "no roll call fits all that was asked for", remedy="ask for less of it at once"
        )
    return taken
