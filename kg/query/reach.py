"""How far the facts reach, beside the days that a question asks about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.graph import things
from kg.graph.snapshot import CURATED, Snapshot, coverage
from kg.query import catalogue
from kg.query.catalogue import Query
from kg.rdf import iris


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a year that a question asks about."""

    text: str
    """As it was given, such as ``2023-02-23`` or ``2023``."""
    first: date
    last: date
    bound: Literal["", "start", "end"] = ""
    """Whether it is where a range of years starts or ends, so that the question goes on from it."""

    @classmethod
    def day(cls, on: date) -> Span:
        """One day."""
        return cls(on.isoformat(), on, on)


def spans(snapshot: Snapshot, query: Query, given: Mapping[str, str]) -> tuple[Span, ...]:
    """The days and years among the parameters of a shipped question, and the days of its roll calls.

    Args:
        snapshot: The graph.
        query: The question.
        given: Parameter to what was given for it; what is left out or is the default asks about no day.
    """
    listed = []
    for parameter in query.parameters:
        text = given.get(parameter.name, "")
        if not text or (parameter.default and text == parameter.example):
            continue
        if parameter.kind == "date":
            listed.append(Span.day(date.fromisoformat(text)))
        elif parameter.kind == "year" and 0 < int(text) <= date.max.year:
            year = int(text)
            bound = parameter.name if parameter.name in ("start", "end") else ""
            listed.append(Span(text, date(year, 1, 1), date(year, 12, 31), bound))  # type: ignore[arg-type]
        elif parameter.kind in ("rollcall", "rollcalls"):
            for key in catalogue.keys(text, "rollcall", snapshot.names):
                roll = things.get(snapshot.store, iris.thing("rollcall", key))
                if day := roll.one("day"):
                    listed.append(Span.day(date.fromisoformat(day)))
    return tuple(listed)


def outside(snapshot: Snapshot, spans: Iterable[Span], datasets: Iterable[str]) -> list[str]:
    """What of it no fact can be about, a sentence each; in a range of years only the whole range counts."""
    start, end = coverage(snapshot, _latest(snapshot, datasets))
    return [
        f"{span.text} is outside what the record covers ({start} to {end})"
        for span in dict.fromkeys(spans)
        if (span.first > end and span.bound != "end")
        or (span.last < start and span.bound != "start")
    ]


def beyond(snapshot: Snapshot, spans: Iterable[Span], datasets: Iterable[str]) -> str:
    """A remark that some of it is later than the facts, which may have changed since; empty if none is.

    A year counts by its first day, as facts are kept up to date; beside a list that came as a file, which
    ends where it ends, by its last.

    Args:
        snapshot: The graph.
        spans: The days and years that a question asks about.
        datasets: The data sets that it rests on; each of several is named with its last day.
    """
    named = _latest(snapshot, datasets)
    files = bool(named) and not set(named) & set(CURATED)
    asked = list(spans)
    latest = _last(asked) if files else max((span.first for span in asked), default=date.min)
    if latest <= coverage(snapshot, named)[1]:
        return ""
    if len(named) > 1:
        ends = {name: snapshot.known(name) for name in named}
        days = [f"{end} ({name.replace('_', ' ')})" for name, end in ends.items() if latest > end]
    else:
        days = [f"{coverage(snapshot, named)[1]}"]
    return f"the facts are known to {', '.join(days)}; what changed later is not in them"


def _last(spans: list[Span]) -> date:
    """The last day that is asked about; years with a start and without an end go on to today."""
    bounds = {span.bound for span in spans}
    if "start" in bounds and "end" not in bounds:
        return date.max
    return max((span.last for span in spans), default=date.min)


def _latest(snapshot: Snapshot, datasets: Iterable[str]) -> list[str]:
    """Those that the graph has; of a list as a file and the one that comes with kg, the later."""
    present = [name for name in datasets if name in snapshot.manifest["datasets"]]
    latest: dict[str, str] = {}
    for name in sorted(present, key=snapshot.known):
        latest[name.removeprefix("record-")] = name
    return [name for name in present if name in latest.values()]
