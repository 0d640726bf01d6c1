"""A measured table as CSV, JSON, Turtle and frames, each with its receipt."""

import csv
import io
import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.analysis.measured import FORMATS
from kg.calls import Call, spell
from kg.cli.spelling import command
from kg.errors import ExportError, KgError, QueryError, UnknownNameError
from kg.rdf import iris

NAMES = ("compare", "pair", "bloc", "points", "moves")
"""Those of the fixture ``tables``."""


@pytest.mark.parametrize("name", NAMES)
def test_every_form_carries_the_receipt_and_no_nan(name, tables):
    table = tables[name]
    for form in FORMATS if name != "moves" else ("csv", "json"):
        text = table.write(form)
        assert "nan" not in text.lower().replace("finance", "").replace("unanimous", "")
    rows = list(csv.DictReader(io.StringIO(table.write("csv"))))
    assert len(rows) == len(table)
    for row in rows:
        assert row["method"] == table.receipt.measure.key
        assert row["from"] == str(table.receipt.start)
        assert all(
            row[column] for column in ("to", "rollcalls", "kept", "absent", "formula_source")
        )
        assert "UN Digital Library" in row["source"]
    content = json.loads(table.write("json"))
    assert content["receipt"]["rollcall_count"] == table.receipt.rollcall_count
    assert len(content["rows"]) == len(table)
    assert dict(table.receipt.lines())["measure"]
    assert table.to_polars().height == table.to_pandas().shape[0] == len(table)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "moves"])
def test_measurements_as_rdf_say_their_method_and_what_they_were_made_of(name, tables):
    table = tables[name]
    found = {}
    for quad in ox.parse(table.write("ttl"), format=ox.RdfFormat.TURTLE):
        found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    numbers = [
        row
        for row in table
        if row[{"points": "point"}.get(table.receipt.measure.key, table.receipt.measure.key)]
        is not None
    ]
    assert len(found) == len(numbers)
    for facts in found.values():
        for prop in (
            "method",
            "measuredValue",
            "rollCallCount",
            "periodStart",
            "absence",
            "selection",
        ):
            assert len(facts[iris.term(prop)]) == 1


def test_a_list_of_votes_is_no_measurement(voting):
    for table in (
        voting.compare("Russia", "Belarus", votes=True),
        voting.bloc("NATO", part="splits"),
        voting.bloc("NATO", votes=True),
    ):
        with pytest.raises(ExportError, match="give format csv or json"):
            table.write("ttl")
    with pytest.raises(KgError):
        voting.compare("Russia", measure="nearness")
    with pytest.raises(UnknownNameError):
        voting.compare("Russia", "Atlantis")


def test_a_receipt_names_calls_that_list_the_votes_behind_the_numbers(voting, tables):
    """As the library says them they run as they stand, and the rows are as many as the receipt counts."""
    pair = voting.compare("Russia", "Belarus", start=2012, end=2016)
    asked = "g.compare('RUS', 'BLR', start=2012, end=2016"
    assert (
        spell(pair.receipt.votes)
        == f"{asked}, votes=True); those that differ: {asked}, differing=True)"
    )
    for table in (pair, voting.bloc("NATO", start=2012), tables["points"]):
        rows = eval(spell(table.receipt.votes[:1]), {"g": voting})
        assert len(rows) >= table.receipt.rollcall_count
    apart = eval(spell(pair.receipt.votes[-1:]), {"g": voting})
    assert len(apart) == list(pair)[-1]["differing"]
    for call in voting.moves("ES-11/1", "ES-11/6").receipt.votes[::2]:
        assert eval(spell((call,)), {"g": voting})


def test_the_command_line_quotes_what_a_shell_would_read_otherwise(voting):
    table = voting.bloc("European Union", topic="palestine question", start=2012)
    assert (
        spell(table.receipt.votes, command)
        == "kg bloc 'European Union' --from 2012 --topic 'palestine question' --votes"
    )
    hostile = replace(
        table.receipt, votes=(Call("compare", ("A",), (("topic", 'a "b" $(rm x)'),)),)
    )
    assert dict(hostile.lines(command))["the votes"] == "kg compare A --topic 'a \"b\" $(rm x)'"


def test_notes_and_remedies_name_arguments_as_each_front_does(voting):
    receipt = voting.bloc("NATO").receipt
    assert "compare with contested" in receipt.fields()["notes"][0]
    assert "compare with --contested" in receipt.fields(command)["notes"][0]
    with pytest.raises(QueryError) as error:
        voting.compare("Germany", on=1900, start=1900)
    assert str(error.value) == "a day alone (on) and a period (start, end) exclude each other"
    assert error.value.text(command).startswith("a day alone (--on) and a period (--from, --to)")


def test_counts_in_a_receipt_have_their_thousands_apart(tables):
    receipt = replace(tables["compare"].receipt, rollcall_count=1234)
    assert dict(receipt.lines())["made of"].startswith("1,234 roll calls from ")
