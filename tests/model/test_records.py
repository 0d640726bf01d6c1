"""A record that breaks a rule cannot be made."""

import dataclasses
from datetime import date

import pytest

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.curated.facts import TABLES
from tests.cases import each

RECORDS = [records.Source, *(record for _, record, _ in TABLES)]
GOOD = {
    records.Source: {"title": "T"},
    records.State: {"state": "FRA", "name": "France", "kind": "state"},
    records.Alias: {"alias": "La France", "system": "name", "state": "FRA"},
    records.Holding: {"seat": "france", "organ": "UNGA", "state": "FRA", "role": "member"},
    records.Change: {"change": "c", "date": PartialDate(1991), "kind": "renaming"},
    records.Treaty: {"treaty": "t", "title": "T"},
    records.Membership: {"organisation": "NATO", "state": "FRA", "role": "member"},
    records.Topic: {"document": "D", "topic": "peace"},
    records.Vote: {"rollcall": "R", "state": "FRA", "vote": "yes"},
    records.Official: {"official": "Putin", "name": "P", "wikidata": "Q7747"},
}


def made(record, **changed):
    source = "s" if record is records.Source else ("s",)
    return record(**{"source": source, **GOOD[record], **changed})


@each("record", RECORDS)
def test_a_record_is_frozen_slotted_and_made_by_keyword(record):
    told = record.__dataclass_params__
    assert (told.frozen, "__dict__" in dir(record)) == (True, False)
    assert all(field.kw_only for field in dataclasses.fields(record))


@each("record", GOOD)
def test_a_sound_record_can_be_made(record):
    assert made(record).source


@each("record", [r for r in GOOD if r is not records.Source])
def test_a_record_without_a_source_cannot_be_made(record):
    with pytest.raises(RecordError, match="source is empty; every row names the source"):
        made(record, source=())


@pytest.mark.parametrize(
    ("record", "changed", "problem"),
    [
        (records.State, {"state": "F R"}, "'F R' is not a key; use letters, digits"),
        (records.State, {"state": ""}, "'' is not a key"),
        (records.State, {"state": "FRA."}, "'FRA.' is not a key"),
        (records.State, {"state": "../x"}, "is not a key"),
        (records.State, {"state": "Ελλάς"}, "is not a key"),
        (records.State, {"name": "Fra\x00nce"}, "name holds a NUL character"),
        (records.State, {"group": "East/West"}, "'East/West' is not a key"),
        (
            records.State,
            {"start": PartialDate(1991), "end": PartialDate(1990)},
            "ends on 1990, not",
        ),
        (records.Alias, {"system": "a/b"}, "'a/b' is not a key"),
        (records.Alias, {"state": "<x>"}, "'<x>' is not a key"),
        (records.Holding, {"seat": "the seat"}, "'the seat' is not a key"),
        (records.Treaty, {"in_force": PartialDate(1991), "end": PartialDate(1990)}, "ends on"),
        (records.Treaty, {"treaty": "a b"}, "'a b' is not a key"),
        (records.Topic, {"topic": "war and peace"}, "'war and peace' is not a key"),
        (records.Official, {"wikidata": "7747"}, "wikidata '7747' is not an item"),
        (records.Official, {"wikidata": "Q1> <urn:x"}, "is not an item, such as Q7747"),
        (records.Source, {"source": "a b"}, "'a b' is not a key"),
        (records.Source, {"title": ""}, "title is empty"),
        (records.Source, {"url": "javascript:alert(1)"}, "does not begin with https://"),
        (records.Source, {"url": "www.un.org"}, "does not begin with https://"),
    ],
)
def test_a_record_that_breaks_a_rule_cannot_be_made(record, changed, problem):
    with pytest.raises(RecordError, match=problem):
        made(record, **changed)


def test_an_alias_may_be_any_text_but_a_nul():
    assert made(records.Alias, alias="中国 <b> = x").alias == "中国 <b> = x"
    with pytest.raises(RecordError, match="alias holds a NUL"):
        made(records.Alias, alias="a\x00")


def test_an_interval_of_a_record_is_the_one_its_dates_say():
    told = made(records.Membership, start=PartialDate(1949, 8, 24)).interval
    assert (told.holds(date(1949, 8, 24)), told.holds(date(1949, 8, 23))) == (True, False)
