"""Records read back from a graph are the records that it was built from."""

import types
from collections import defaultdict
from dataclasses import MISSING, fields, replace
from typing import Literal, Union, get_args, get_origin, get_type_hints

import pyoxigraph as ox
import pytest

from kg import resources
from kg.errors import RecordError
from kg.graph import reading
from kg.model.dates import PartialDate
from kg.model.records import (
    Document,
    Membership,
    Official,
    RollCall,
    Sourced,
    State,
    Topic,
    Vote,
)
from kg.rdf import terms
from kg.rdf.shapes import SHAPES
from kg.rdf.triples import of_record
from kg.sources.curated.facts import read_facts


def plain(record):
    """A record with its lists sorted: a graph keeps no order."""
    lists = {
        field.name: tuple(sorted(set(getattr(record, field.name))))
        for field in fields(record)
        if isinstance(getattr(record, field.name), tuple)
    }
    if isinstance(record, Official):
        lists["also_known_as"] = "|".join(sorted(record.also_known_as.split("|")))
    return replace(record, **lists)


def cited(facts):
    """Class and key of a thing to the sources of what else is said of it: its votes, its topics."""
    sources = defaultdict(set)
    for vote in facts.records(Vote):
        sources[RollCall, vote.rollcall].update(vote.source)
    for topic in facts.records(Topic):
        sources[Document, topic.document].update(topic.source)
    return sources


def test_every_record_of_the_bundled_facts_comes_back(graph):
    facts = read_facts(resources.data())
    sources = cited(facts)
    for kind, shape in SHAPES.items():
        expected = {}
        for record in facts.records(kind):
            key = shape.key_of(record)
            more = tuple(sources[kind, key])
            assert key not in expected, key
            expected[key] = plain(replace(record, source=record.source + more))
        read = {shape.key_of(record): record for record in graph.snapshot.records(kind)}
        assert read == expected, kind
        assert list(read) == sorted(read), kind


KEYS = {
    "state": "FRA", "organ": "UNGA", "source": ("a-work", "b-work"), "about": ("document:A_1", "state:FRA"),
    "group": "Western Europe", "wikidata": "Q7747", "m49": "250", "url": "https://example.org/x",
    "also_known_as": "A. B.|C \"D\"", "system": "undl", "start": PartialDate.parse("1999"),
    "in_force": PartialDate.parse("1999-02"), "end": PartialDate.parse("2001-03-04"),
}  # fmt: skip
"""Values of fields that not any text may stand in."""


def made_up(kind, *, filled):
    """A record of a class with every field filled, or with none that may be left out."""
    hints = get_type_hints(kind)
    return kind(
        **{
            field.name: value(field.name, hints[field.name])
            for field in fields(kind)
            if filled or field.default is MISSING
        }
    )


def value(name, hint):
    if name in KEYS:
        return KEYS[name]
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is Literal:
        return next(word for word in get_args(hint) if word)
    if get_origin(hint) is tuple:
        inner = value(name, get_args(hint)[0])
        return (inner, f"{inner}-2") if get_origin(get_args(hint)[0]) is not Literal else (inner,)
    return {PartialDate: PartialDate.parse("2000-05"), int: 3}.get(hint, f"a-{name}")


def load(store, record):
    text = terms.lines(of_record(record, lambda kind, key: key))
    store.load(text, format=ox.RdfFormat.N_TRIPLES)


def test_every_field_of_a_record_comes_back():
    for kind, shape in SHAPES.items():
        for filled in (True, False):
            record = made_up(kind, filled=filled)
            store = ox.Store()
            load(store, record)
            assert list(reading.records(store, kind)) == [record]
            assert reading.record(store, shape.kind, shape.key_of(record)) == record
            assert reading.record(store, shape.kind, "nothing") is None


def test_a_list_may_be_read_in_any_order_and_a_code_with_a_space():
    record = State(
        state="FRA", name="France", kind="state", cow=("220", "2"), group="Western Europe",
        source=("z", "a"),
    )  # fmt: skip
    store = ox.Store()
    load(store, record)
    assert list(reading.records(store, State)) == [plain(record)]


def test_one_record_is_found_by_kind_and_key(graph):
    roll = graph.snapshot.record("rollcall", "ES-11_6")
    assert isinstance(roll, RollCall)
    assert (roll.document, roll.yes, roll.no) == ("A_RES_ES-11_6", 141, 7)
    assert graph.snapshot.record("rollcall", "ES-11_99999") is None
    assert graph.snapshot.record("source", "north-atlantic-treaty-1949") is None  # no fact, a work
    assert graph.snapshot.source("north-atlantic-treaty-1949").title.startswith("North Atlantic")
    membership = next(graph.snapshot.records(Membership))
    key = SHAPES[Membership].key_of(membership)
    assert graph.snapshot.record("membership", key) == membership


def test_a_kind_that_there_is_not_and_a_text_that_is_no_key_are_refused(graph):
    for kind, key in (("nation", "FRA"), ("state", "F R A"), ("state", "")):
        with pytest.raises(RecordError):
            pytest.fail(f"{kind} {key}: {graph.snapshot.record(kind, key)}")


def test_a_class_without_things_of_its_own_is_refused(graph):
    for kind in (Sourced, Topic, Vote):
        with pytest.raises(KeyError):
            pytest.fail(f"{kind}: {list(graph.snapshot.records(kind))}")


def test_roll_calls_and_documents_of_files_come_back(official):
    roll = official.snapshot.record("rollcall", "34_83A")
    assert (roll.document, roll.organ, str(roll.date)) == ("A_RES_34_83A", "UNGA", "1979-12-14")
    assert (roll.yes, roll.no, roll.abstain, roll.nonvoting) == (5, 2, 2, 1)
    assert (roll.question, roll.source) == ("whole-text", ("undl-ga",))
    document = official.snapshot.record("document", "A_RES_34_83A")
    assert (document.symbol, document.kind) == ("A/RES/34/83A", "resolution")
    assert document.part_of == "A_RES_34_83"
    assert document.adopts == ("A_34_L.5_Rev.1",)
    assert document.subjects == ("DISARMAMENT", "PEACE")
    keys = {roll.rollcall for roll in official.snapshot.records(RollCall)}
    assert keys == set(official.votes.rollcalls["rollcall"])
