from __future__ import annotations

import csv
import io
import json
from datetime import date

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.output.csv import rows_to_csv
from kg.output.formats import GRAPH_FORMATS, TABLE_FORMATS
from kg.query.answers import Table, Triples, Truth

XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = [
    "=1+1",
    "+x",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "-1+1",
    "+1-1",
    "-",
]
NUMBERS = ["-5", "+5", "-1.5", "-.5", "-1e3", "+1.5E-3", "-5."]
TERMS = (
    ox.NamedNode("https://w3id.org/unkg/id/state/RUS"),
    ox.Literal('a "b", <c> & \\d\n\té ☃ \U0001f600'),
    ox.Literal("mot", language="fr"),
    ox.Literal("2023-02", datatype=ox.NamedNode(XSD + "gYearMonth")),
    ox.Literal("7", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("abc", datatype=ox.NamedNode(XSD + "integer")),
    ox.BlankNode("b1"),
    ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o")),
    ox.Literal(""),
    None,
)
TABLE = Table(tuple(f"c{i}" for i in range(len(TERMS))), (TERMS, TERMS[::-1], (None,) * len(TERMS)))


def _cells(table: Table) -> list[str]:
    """The one row of a table, read back from its CSV."""
    [row] = csv.reader(io.StringIO(table.to_csv().partition("\n")[2]))
    return row


def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote_in_front():
    for text in HOSTILE:
        assert _cells(Table(("x",), ((ox.Literal(text),),))) == [f"'{text}"], text
        assert rows_to_csv(["x"], [[text]]).startswith("x\n")


def test_a_number_and_harmless_text_stay_as_they_are():
    for text in (*NUMBERS, "a=1", "a-b", "1+1", "", " =1", "'=1", "é"):
        table = Table(("x", "y"), ((ox.Literal(text), ox.Literal("z")),))
        assert _cells(table) == [text, "z"], text


@pytest.mark.parametrize(
    ("form", "format_"),
    [
        ("json", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ],
)
def test_each_form_gives_the_same_terms_when_it_is_read_again(form, format_):
    told = TABLE.write(form)
    again = ox.parse_query_results(told.encode(), format=format_)
    assert isinstance(again, ox.QuerySolutions)
    assert tuple(v.value for v in again.variables) == TABLE.columns
    assert [tuple(row[name] for name in TABLE.columns) for row in again] == list(TABLE.terms)


def test_csv_tells_terms_as_the_standard_does():
    told = list(csv.reader(io.StringIO(TABLE.to_csv())))
    assert told[1][0] == "https://w3id.org/unkg/id/state/RUS"
    assert told[1][1] == 'a "b", <c> & \\d\n\té ☃ \U0001f600'
    assert told[1][6] == "_:b1"
    assert told[3] == [""] * len(TERMS)


def test_values_are_what_python_calls_them():
    row = TABLE.rows[0]
    assert row[0] == "https://w3id.org/unkg/id/state/RUS"
    assert row[3] == "2023-02"
    assert row[4] == 7
    assert row[5] == "abc"
    assert row[-1] is None
    typed = [("true", "boolean", True), ("1.5", "decimal", 1.5), ("1e3", "double", 1000.0),
             ("2023-02-23", "date", date(2023, 2, 23)), ("2023-02-30", "date", "2023-02-30")]  # fmt: skip
    for text, kind, value in typed:
        term = ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
        assert Table(("x",), ((term,),)).rows == ((value,),)


def test_a_table_is_counted_walked_and_asked_whether_it_is_empty():
    assert len(TABLE) == 3
    assert not TABLE.is_empty
    assert Table(("x",), ()).is_empty
    assert next(iter(Table(("x", "y"), ((ox.Literal("1"), None),)))) == {"x": "1", "y": None}


def test_frames_hold_every_value_also_where_dates_are_of_mixed_precision(graph):
    answer = graph.query("officials", state="Russia", on="2023-02-23")
    starts = [None if v is None else str(v) for v in (row[3] for row in answer.rows)]
    assert {"2018", "2012-05-07"} <= set(starts)
    assert [None if v is None else str(v) for v in answer.to_polars()["start"]] == starts
    frame = answer.to_pandas()
    assert [None if v is None else str(v) for v in frame["start"]] == starts
    assert list(frame.columns) == list(answer.columns)


def test_a_yes_or_no_is_read_again():
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
    for value in (True, False):
        for form in TABLE_FORMATS:
            text = Truth(value).write(form)
            assert str(value).lower() in text, form
            if form in formats:
                again = ox.parse_query_results(text.encode(), format=formats[form])
                assert isinstance(again, ox.QueryBoolean)
                assert bool(again) is value, form


def test_no_is_an_answer_and_not_an_empty_one():
    answer = Truth(False)
    assert (answer.is_empty, answer.why_empty, answer.remark) == (False, "", "")


def test_a_form_that_an_answer_cannot_have_is_refused_with_those_it_can(graph):
    """It was a bare ``KeyError``."""
    described = graph.query("DESCRIBE membership:CSTO-BLR-1994-04-20")
    for answer, form, allowed in (
        (TABLE, "xlsx", TABLE_FORMATS),
        (TABLE, "ttl", TABLE_FORMATS),
        (Truth(True), "nt", TABLE_FORMATS),
        (described, "csv", GRAPH_FORMATS),
    ):
        with pytest.raises(QueryError, match=f"cannot be written as {form}; known: ") as caught:
            answer.write(form)
        assert caught.value.allowed == allowed


RDF = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}


def test_a_graph_that_was_made_up_is_written_with_its_blank_nodes(graph):
    answer = graph.query("CONSTRUCT { _:a kg:x 1 ; kg:y _:b . _:b kg:z 'é'@en } WHERE {}")
    assert isinstance(answer, Triples)
    for form, format_ in RDF.items():
        again = ox.Dataset(ox.parse(answer.write(form), format=format_))
        assert len(again) == 3, form
        assert len({q.subject for q in again}) == 2, form


def test_a_graph_of_the_record_is_written_whole_and_sorted(graph):
    answer = graph.query("DESCRIBE membership:CSTO-BLR-1994-04-20")
    assert len(answer) > 8
    for form, format_ in RDF.items():
        text = answer.write(form)
        assert {q.triple for q in ox.parse(text, format=format_)} == set(answer.triples), form
        assert text == graph.query("DESCRIBE membership:CSTO-BLR-1994-04-20").write(form), form


def test_json_keeps_letters_as_they_are():
    assert "é ☃" in TABLE.write("json")
    assert json.loads(TABLE.write("json"))["head"]["vars"][0] == "c0"
