"""Dates held against each other: memberships within organisations, statements within terms of office."""

from __future__ import annotations

from collections.abc import Iterator

from kg.check.finding import Finding, Level
from kg.graph.snapshot import Snapshot
from kg.model.records import (
    Dated,
    Holding,
    Membership,
    Organisation,
    State,
    Statement,
    Suspension,
    Tenure,
)
from kg.rdf.shapes import SHAPES


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What starts too early, lasts too long, or was said by someone out of office."""
    organisations = {o.organisation: o for o in snapshot.records(Organisation)}
    states = {state.state: state for state in snapshot.records(State)}
    members: list[Membership | Suspension] = [*snapshot.records(Membership)]
    members += snapshot.records(Suspension)
    for record in members:
        yield from _within(record, organisations.get(record.organisation), "finding")
        yield from _within(record, states.get(record.state), "remark")
    for holding in snapshot.records(Holding):
        yield from _within(holding, states.get(holding.state), "remark")
    yield from _statements(snapshot)


def _statements(snapshot: Snapshot) -> Iterator[Finding]:
    tenures = {tenure.tenure: tenure for tenure in snapshot.records(Tenure)}
    for statement in snapshot.records(Statement):
        tenure = tenures.get(statement.tenure)
        if tenure is None:
            continue
        name, office = _name(statement), _name(tenure)
        if tenure.official != statement.speaker:
            yield Finding("finding", "reference", name, f"{office} is another person's")
        if statement.date.day and not tenure.interval.holds(statement.date.latest):
            text = f"{office} did not hold on {statement.date}"
            yield Finding("finding", "dates", name, text)


def _within(record: Dated, outer: Dated | None, level: Level) -> Iterator[Finding]:
    """An interval inside another, as far as the precision of both can tell; none around it is no limit."""
    if outer is None:
        return
    start, end = (str(date or "") for date in (record.start, record.end))
    outer_start, outer_end = (str(date or "") for date in (outer.start, outer.end))
    if start and outer_start and start < outer_start[: len(start)]:
        text = f"starts on {start}, before {_name(outer)} on {outer_start}"
        yield Finding(level, "dates", _name(record), text)
    if outer_end and (end[: len(outer_end)] or "9") > outer_end:
        text = f"lasts until {end or 'now'}, and {_name(outer)} ended on {outer_end}"
        yield Finding(level, "dates", _name(record), text)


def _name(record: Dated | Statement) -> str:
    """``kind:key``."""
    shape = SHAPES[type(record)]
    return f"{shape.kind}:{shape.key_of(record)}"
