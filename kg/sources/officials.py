"""Which persons of a list without identifiers are officials that the facts know: never by the name alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kg.model import records
from kg.model.entries import normal
from kg.model.facts import Facts
from kg.model.records import Sourced
from kg.sources.intake.intake import Intake

_Days = tuple[date, date]
_InOffice = dict[tuple[str, str], list[tuple[str, _Days]]]
"""Name in one form and state, to the officials of that name who held a post of the state, each with when."""


def join(facts: Facts, intake: Intake) -> None:
    """Give the terms of a person without an identifier to an official of the same name.

    Only where the official held a post of the same state on a day of the term; every other term stays with
    a person of its own.
    """
    known = _in_office(facts)
    for source, made in intake.records.items():
        if any(type(one) is records.Tenure for one in made):
            intake.records[source] = _joined(made, known)


def _in_office(facts: Facts) -> _InOffice:
    states = {post.post: post.state for post in facts.records(records.Post)}
    people = {person.official: person for person in facts.records(records.Official)}
    known: _InOffice = {}
    for tenure in facts.records(records.Tenure):
        days = _days(tenure)
        if days is None or not states.get(tenure.post):
            continue
        person = people[tenure.official]
        names = {person.official, person.name, *person.also_known_as.split("|")} - {""}
        for name in {normal(name) for name in names}:
            known.setdefault((name, states[tenure.post]), []).append((tenure.official, days))
    return known


def _days(tenure: records.Tenure) -> _Days | None:
    """The days in office; None where the start is not known or the term is in doubt."""
    if tenure.start is None or tenure.status == "unchecked":
        return None
    return tenure.start.earliest, tenure.interval.end_day or date.max


def _joined(made: Iterable[Sourced], known: _InOffice) -> list[Sourced]:
    """The records of a source, those terms and persons under the key of an official that are one."""
    made = list(made)
    states = {one.post: one.state for one in made if isinstance(one, records.Post)}
    unnamed = {
        one.official: one for one in made if isinstance(one, records.Official) and not one.wikidata
    }
    left: set[str] = set()
    moved: set[str] = set()
    joined: dict[str, records.Official] = {}
    kept: list[Sourced] = []
    for one in made:
        if isinstance(one, records.Tenure) and one.official in unnamed:
            person = unnamed[one.official]
            official = _official(person.name, states.get(one.post) or "", _days(one), known)
            if official:
                moved.add(one.official)
                joined[official] = replace(person, official=official)
                one = replace(one, official=official)
            else:
                left.add(one.official)
        kept.append(one)
    gone = moved - left
    alone = [
        one for one in kept if not isinstance(one, records.Official) or one.official not in gone
    ]
    return [*joined.values(), *alone]


def _official(name: str, state: str, days: _Days | None, known: _InOffice) -> str:
    """The one official of a name who held a post of a state on one of some days; empty where none did."""
    if days is None:
        return ""
    found = {
        official
        for official, theirs in known.get((normal(name), state), ())
        if max(days[0], theirs[0]) < min(days[1], theirs[1])
    }
    return found.pop() if len(found) == 1 else ""
