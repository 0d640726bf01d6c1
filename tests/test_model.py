"""A record that breaks a rule cannot be made."""

import dataclasses
from datetime import date

import pytest

from kg import model
from kg.dates import PartialDate
from kg.errors import RecordError
from kg.sources.bundled import TABLES

RECORDS = [model.Source, *(record for _, record, _ in TABLES)]
GOOD = {
    model.Source: {"title": "T"},
    model.State: {"state": "FRA", "name": "France", "kind": "state"},
    model.Alias: {"alias": "La France", "system": "name", "state": "FRA"},
    model.Holding: {"seat": "france", "organ": "UNGA", "state": "FRA", "role": "member"},
    model.Change: {"change": "c", "date": PartialDate(1991), "kind": "renaming"},
    model.Treaty: {"treaty": "t", "title": "T"},
    model.Membership: {"organisation": "NATO", "state": "FRA", "role": "member"},
    model.Topic: {"document": "D", "topic": "peace"},
    model.Vote: {"rollcall": "R", "state": "FRA", "vote": "yes"},
    model.Official: {"official": "Putin", "name": "P", "wikidata": "Q7747"},
}


def made(record, **changed):
    source = "s" if record is model.Source else ("s",)
    return record(**{"source": source, **GOOD[record], **changed})


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_is_frozen_slotted_and_made_by_keyword(record):
    told = record.__dataclass_params__
    assert (told.frozen, "__dict__" in dir(record)) == (True, False)
    assert all(field.kw_only for field in dataclasses.fields(record))


@pytest.mark.parametrize("record", GOOD, ids=lambda record: record.__name__)
def test_a_sound_record_can_be_made(record):
    assert made(record).source


@pytest.mark.parametrize(
    "record", [r for r in GOOD if r is not model.Source], ids=lambda r: r.__name__
)
def test_a_record_without_a_source_cannot_be_made(record):
    with pytest.raises(RecordError, match="source is empty; every row names the source"):
        made(record, source=())


@pytest.mark.parametrize(
    ("record", "changed", "problem"),
    [
        (model.State, {"state": "F R"}, "'F R' is not a key; use letters, digits"),
        (model.State, {"state": ""}, "'' is not a key"),
        (model.State, {"state": "FRA."}, "'FRA.' is not a key"),
        (model.State, {"state": "../x"}, "is not a key"),
        (model.State, {"state": "Ελλάς"}, "is not a key"),
        (model.State, {"name": "Fra\x00nce"}, "name holds a NUL character"),
        (model.State, {"group": "East/West"}, "'East/West' is not a key"),
        (model.State, {"start": PartialDate(1991), "end": PartialDate(1990)}, "ends on 1990, not"),
        (model.Alias, {"system": "a/b"}, "'a/b' is not a key"),
        (model.Alias, {"state": "<x>"}, "'<x>' is not a key"),
        (model.Holding, {"seat": "the seat"}, "'the seat' is not a key"),
        (model.Treaty, {"in_force": PartialDate(1991), "end": PartialDate(1990)}, "ends on"),
        (model.Treaty, {"treaty": "a b"}, "'a b' is not a key"),
        (model.Topic, {"topic": "war and peace"}, "'war and peace' is not a key"),
        (model.Official, {"wikidata": "7747"}, "wikidata '7747' is not an item"),
        (model.Official, {"wikidata": "Q1> <urn:x"}, "is not an item, such as Q7747"),
        (model.Source, {"source": "a b"}, "'a b' is not a key"),
        (model.Source, {"title": ""}, "title is empty"),
        (model.Source, {"url": "javascript:alert(1)"}, "does not begin with https://"),
        (model.Source, {"url": "www.un.org"}, "does not begin with https://"),
    ],
)
def test_a_record_that_breaks_a_rule_cannot_be_made(record, changed, problem):
    with pytest.raises(RecordError, match=problem):
        made(record, **changed)


def test_an_alias_may_be_any_text_but_a_nul():
    assert made(model.Alias, alias="中国 <b> = x").alias == "中国 <b> = x"
    with pytest.raises(RecordError, match="alias holds a NUL"):
        made(model.Alias, alias="a\x00")


def test_an_interval_of_a_record_is_the_one_its_dates_say():
    told = made(model.Membership, start=PartialDate(1949, 8, 24)).interval
    assert (told.holds(date(1949, 8, 24)), told.holds(date(1949, 8, 23))) == (True, False)
