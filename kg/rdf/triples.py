"""Records to triples, by the table of ``kg.rdf.shapes``.

There are no blank nodes. A vote is one triple from the roll call to the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pyoxigraph import NamedNode, Triple

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
from kg.rdf.shapes import DAYS, SHAPES, Label, Shape, shape_of
from kg.rdf.terms import DERIVED, LABEL, TYPE, VOTED, literal, term, thing


def triples(facts: Facts) -> Iterator[Triple]:
    """All the curated facts as triples, in no special order, some perhaps twice."""
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
        seat = thing("seat", holding.seat)
        yield Triple(seat, term("organisation"), thing("organisation", holding.organ))
    yield from _alliances(facts)
    yield from _links(facts)


def of_file(source: Source, known: date, note: str = "") -> Iterator[Triple]:
    """A file's source as a work and as a data set, known up to a day."""
    yield from _dataset(source.source, source.title, note, source.licence, known)
    yield from of_source(source, source.source)


def of_source(source: Source, dataset: str) -> Iterator[Triple]:
    """A source as a work, of a data set."""
    node = thing("source", source.source)
    yield from of_record(source, lambda kind, key: key)
    yield Triple(node, term("dataset"), thing("dataset", dataset))


def of_records(records: Iterable[Sourced], label: Label) -> Iterator[Triple]:
    """Records as triples; see ``of_record``."""
    for record in records:
        yield from of_record(record, label)


def of_record(record: Sourced | Source, label: Label) -> Iterator[Triple]:
    """One record as triples.

    Args:
        record: The record.
        label: What the things that it names are called.
    """
    shape = shape_of(type(record))
    key = shape.key_of(record)
    node = thing(shape.kind, key)
    yield from _named(shape.kind, key, shape.class_of(record), shape.label_of(record, label))
    for name, target in shape.to.items():
        if target != "rdfs:label":
            yield from _field(node, target, getattr(record, name))


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


def _field(node: NamedNode, target: str, value: Any) -> Iterator[Triple]:
    name, arrow, kind = target.partition(">")
    values = value if isinstance(value, tuple) else (value,)
    if name == "alsoKnownAs":
        values = tuple(value.split("|"))
    predicate = term(name)
    for item in values:
        if item is None or item == "":
            continue
        if arrow:
            yield Triple(node, predicate, _link(kind, item))
            continue
        yield Triple(node, predicate, literal(item))
        if name in DAYS and isinstance(item, PartialDate):
            day, end = DAYS[name]
            yield Triple(node, term(day), literal(getattr(item, end)))


def _link(kind: str, key: str) -> NamedNode:
    if kind == "*":
        kind, _, key = key.partition(":")
    if kind == "wd":
        return NamedNode(iris.PREFIXES["wd"] + key)
    return thing(kind.removeprefix(">"), key.replace(" ", "_"))


def _alliances(facts: Facts) -> Iterator[Triple]:
    """What binds its members by an obligation is an alliance, whatever else it is."""
    treaties = {t.treaty: t for t in facts.records(Treaty)}
    for organisation in facts.records(Organisation):
        if any(treaties[key].obligations for key in organisation.treaties):
            node = thing("organisation", organisation.organisation)
            yield Triple(node, TYPE, term("Alliance"))


def _links(facts: Facts) -> Iterator[Triple]:
    """Facts that are one triple between two things: votes, checked topics and sponsors."""
    for vote in facts.records(Vote):
        roll = thing("rollcall", vote.rollcall)
        yield Triple(roll, term(VOTED[vote.vote]), thing("state", vote.state))
        yield from _derived(roll, vote)
    for topic in facts.records(Topic):
        document = thing("document", topic.document)
        name = "uncheckedTopic" if topic.status else "topic"
        yield Triple(document, term(name), thing("topic", topic.topic))
        yield from _named("topic", topic.topic, "Topic", topic.topic.replace("-", " "))
        yield from _derived(document, topic)
    for sponsor in facts.records(Sponsorship):
        if not sponsor.status:
            document = thing("document", sponsor.document)
            yield Triple(document, term("sponsor"), thing("state", sponsor.state))


def _derived(node: NamedNode, record: Sourced) -> Iterator[Triple]:
    for key in record.source:
        yield Triple(node, DERIVED, thing("source", key))


def _dataset(name: str, title: str, note: str, licence: str, known: date) -> Iterator[Triple]:
    node = thing("dataset", name)
    yield Triple(node, TYPE, term("Dataset"))
    yield Triple(node, LABEL, literal(title))
    for prop, text in (("note", note), ("licence", licence)):
        if text:
            yield Triple(node, term(prop), literal(text))
    yield Triple(node, term("known"), literal(known))


def _named(kind: str, key: str, name: str, label: str) -> Iterator[Triple]:
    node = thing(kind, key)
    yield Triple(node, TYPE, term(name))
    yield Triple(node, LABEL, literal(label))
    yield Triple(node, term("key"), literal(key))
