"""Records to statements, each a triple, by the table of ``kg.rdf.shapes``.

There are no blank nodes. A vote is one triple from the roll call to the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from kg.model.dates import PartialDate
from kg.model.facts import Facts
from kg.model.records import (
    Document,
    Holding,
    Official,
    Organisation,
    Post,
    Source,
    Sourced,
    Sponsorship,
    State,
    Topic,
    Treaty,
    Vote,
)
from kg.rdf import iris
from kg.rdf.shapes import DAYS, SHAPES, SOURCE, Label, Shape, shape_of
from kg.rdf.shapes import DERIVED as DERIVED_FROM
from kg.rdf.shapes import LABEL as _SHAPE_LABEL
from kg.rdf.terms import DERIVED, LABEL, TYPE, VOTED, node, predicate, written

_TYPE, _LABEL, _DERIVED = (str(one) for one in (TYPE, LABEL, DERIVED))


def triples(facts: Facts) -> Iterator[str]:
    """All the curated facts as statements, in no special order, some perhaps twice."""
    label = labels(facts)
    for source, folder in facts.sources.values():
        yield from of_source(source, folder)
    for name, described in facts.descriptions.items():
        yield from _dataset(
            name, described.title, described.description, described.licence, described.known
        )
    for record in SHAPES:
        yield from of_records(facts.records(record), label)
    for holding in facts.records(Holding):
        yield from _named("seat", holding.seat, "Seat", f"seat {holding.seat}")
        organ = node("organisation", holding.organ)
        yield f"{node('seat', holding.seat)} {predicate('organisation')} {organ}"
    yield from _alliances(facts)
    yield from _links(facts)


def of_file(source: Source, known: date, note: str = "") -> Iterator[str]:
    """A file's source as a work and as a data set, known up to a day."""
    yield from _dataset(source.source, source.title, note, source.licence, known)
    yield from of_source(source, source.source)


def of_source(source: Source, dataset: str) -> Iterator[str]:
    """A source as a work, of a data set."""
    yield from of_record(source, lambda kind, key: key)
    yield f"{node('source', source.source)} {predicate('dataset')} {node('dataset', dataset)}"


def of_records(records: Iterable[Sourced], label: Label) -> Iterator[str]:
    """Records as statements; see ``of_record``."""
    for record in records:
        yield from of_record(record, label)


def of_record(
    record: Sourced | Source, label: Label, other: Sourced | Source | None = None
) -> Iterator[str]:
    """One record as statements.

    Args:
        record: The record.
        label: What the things that it names are called.
        other: What is said of the same thing elsewhere: only what that does not say is written, and not
            which source says it.
    """
    shape = shape_of(type(record))
    key = shape.key_of(record)
    start = node(shape.kind, key) + " "
    if other is None:
        yield from _named(shape.kind, key, shape.class_of(record), shape.label_of(record, label))
    elif shape.class_of(other) != shape.class_of(record):
        yield f"{start}{_TYPE} {predicate(shape.class_of(record))}"
    for field in _fields(shape.kind):
        value = getattr(record, field.name)
        if other is not None:
            value = (
                () if field.target == DERIVED_FROM else _beyond(value, getattr(other, field.name))
            )
        if value is not None and value != "" and value != ():
            yield from _field(start, field, value)


def subject(record: Sourced) -> str:
    """The IRI of the thing that a record is about.

    Raises:
        KeyError: Records of that kind have no thing of their own.
    """
    shape = SHAPES[type(record)]
    return iris.thing(shape.kind, shape.key_of(record))


def labels(facts: Facts) -> Label:
    """What the things of the curated facts are called; others by their key."""
    names: dict[tuple[str, str], str] = {}

    def label(kind: str, key: str) -> str:
        return names.get((kind, key), key)

    for record in (State, Organisation, Document, Official, Post):
        shape: Shape = SHAPES[record]
        for fact in facts.records(record):
            names[shape.kind, shape.key_of(fact)] = shape.label_of(fact, label)
    return label


def _beyond(value: Any, other: Any) -> Any:
    """What a value says that another does not; empty where it says no more, as a month of a day in it."""
    if isinstance(value, tuple):
        return tuple(item for item in value if item not in other)
    if isinstance(value, PartialDate) and isinstance(other, PartialDate):
        within = value.earliest <= other.earliest and other.latest <= value.latest
        return None if within else value
    return None if value == other else value


@dataclass(frozen=True, slots=True)
class _Column:
    """A field of a record and how it is written."""

    name: str
    target: str
    start: str
    """The property as N-Triples writes it."""
    kind: str
    """Kind of the things that it names; empty for a literal."""
    day: str
    """The property of the day that is certain, for a date; else empty."""
    end: str
    """Which end of a date that day is."""


@cache
def _fields(kind: str) -> tuple[_Column, ...]:
    """The fields of the records of things of a kind, but the one that is their label."""
    shape = next(shape for shape in (*SHAPES.values(), SOURCE) if shape.kind == kind)
    fields = []
    for name, target in shape.to.items():
        if target == _SHAPE_LABEL:
            continue
        prop, _, leads_to = target.partition(">")
        day, end = ("", "") if leads_to else DAYS.get(prop, ("", ""))
        day = f"{predicate(day)} " if day else ""
        fields.append(_Column(name, target, f"{predicate(prop)} ", leads_to, day, end))
    return tuple(fields)


def _field(start: str, field: _Column, value: Any) -> Iterator[str]:
    values = value if isinstance(value, tuple) else (value,)
    if field.target == "alsoKnownAs":
        values = tuple(value.split("|"))
    start += field.start
    for item in values:
        if item is None or item == "":
            continue
        if field.kind:
            yield start + _link(field.kind, item)
            continue
        yield start + written(item)
        if field.day and isinstance(item, PartialDate):
            subject = start.removesuffix(field.start)
            yield f"{subject}{field.day}{written(getattr(item, field.end))}"


def _link(kind: str, key: str) -> str:
    if kind == "*":
        kind, _, key = key.partition(":")
    if kind == "wd":
        return f"<{iris.PREFIXES['wd']}{key}>"
    return node(kind.removeprefix(">"), key.replace(" ", "_"))


def _alliances(facts: Facts) -> Iterator[str]:
    """What binds its members by an obligation is an alliance, whatever else it is."""
    treaties = {t.treaty: t for t in facts.records(Treaty)}
    for organisation in facts.records(Organisation):
        if any(treaties[key].obligations for key in organisation.treaties):
            bound = node("organisation", organisation.organisation)
            yield f"{bound} {_TYPE} {predicate('Alliance')}"


def _links(facts: Facts) -> Iterator[str]:
    """Facts that are one triple between two things: votes, checked topics and sponsors."""
    for vote in facts.records(Vote):
        roll = node("rollcall", vote.rollcall)
        yield f"{roll} {predicate(VOTED[vote.vote])} {node('state', vote.state)}"
        yield from _derived(roll, vote)
    for topic in facts.records(Topic):
        document = node("document", topic.document)
        name = "uncheckedTopic" if topic.status else "topic"
        yield f"{document} {predicate(name)} {node('topic', topic.topic)}"
        yield from _named("topic", topic.topic, "Topic", topic.topic.replace("-", " "))
        yield from _derived(document, topic)
    for sponsor in facts.records(Sponsorship):
        if not sponsor.status:
            document = node("document", sponsor.document)
            yield f"{document} {predicate('sponsor')} {node('state', sponsor.state)}"


def _derived(subject: str, record: Sourced) -> Iterator[str]:
    for key in record.source:
        yield f"{subject} {_DERIVED} {node('source', key)}"


def _dataset(name: str, title: str, note: str, licence: str, known: date) -> Iterator[str]:
    start = node("dataset", name) + " "
    yield f"{start}{_TYPE} {predicate('Dataset')}"
    yield f"{start}{_LABEL} {written(title)}"
    for prop, text in (("note", note), ("licence", licence)):
        if text:
            yield f"{start}{predicate(prop)} {written(text)}"
    yield f"{start}{predicate('known')} {written(known)}"


def _named(kind: str, key: str, name: str, label: str) -> Iterator[str]:
    start = node(kind, key) + " "
    yield f"{start}{_TYPE} {predicate(name)}"
    yield f"{start}{_LABEL} {written(label)}"
    yield f"{start}{predicate('key')} {written(key)}"
