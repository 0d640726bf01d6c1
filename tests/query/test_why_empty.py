from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT ?x { state:ATLANTIS kg:key ?x }", "state:ATLANTIS is nowhere in this graph"),
        ("SELECT ?x { <http://example.org/x> kg:key ?x }", "http://example.org/x is nowhere in"),
        ("SELECT ?x { ?x kg:colour ?y }", "kg:colour is nowhere in this graph"),
        ("SELECT ?x { ?x kg:voted ?y }", "the property kg:voted occurs in no triple"),
        ("PREFIX e: <http://e/> SELECT ?x { ?x e:f ?y }", "http://e/f is nowhere in this graph"),
        (
            'SELECT ?x { ?x kg:date "2100-01-01"^^xsd:date }',
            "2100-01-01 is outside what the record",
        ),
        ("DESCRIBE state:ATLANTIS", "state:ATLANTIS is nowhere in this graph"),
        ("CONSTRUCT WHERE { state:ATLANTIS ?p ?o }", "state:ATLANTIS is nowhere in this graph"),
    ],
)
def test_an_empty_answer_says_why(text, reason, run):
    done = run("query", "-q", text)
    assert done.exit_code == 1
    assert done.stderr.startswith("no answer: ")
    assert reason in done.stderr
    assert "state:RUS" not in done.stderr


def test_a_day_before_the_record_begins_is_the_reason(run):
    done = run("query", "members", "organisation=CSTO", "on=1900-01-01")
    assert done.exit_code == 1
    assert "1900-01-01 is outside what the record covers (1945-10-24 to 20" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x a kg:RollCall. ?x kg:key 'none' }",
        "BASE <http://e/> SELECT ?x { ?x a kg:RollCall FILTER(?x = <r>) }",
        "CONSTRUCT { ?x <http://e/made> kg:Up } WHERE { ?x a kg:RollCall ; kg:key 'none' }",
        "CONSTRUCT { ?x <http://e/made> [ a kg:Up ] } { ?x a kg:RollCall ; kg:key 'none' }",
        "SELECT ?x { ?x a kg:RollCall ; kg:key 'state:ATLANTIS' } # kg:colour",
        'SELECT ?x { ?x a kg:RollCall ; kg:key "none"^^xsd:string }',
        "SELECT ?x { ?x a kg:RollCall ; kg:date '2023-01-01'^^xsd:date }",
    ],
    ids=["a full stop", "a base", "a template", "no where", "text", "a datatype", "a day inside"],
)
def test_no_reason_is_made_up(text, run):
    done = run("query", "-q", text)
    assert done.exit_code == 1
    assert done.stderr == "no answer: nothing in the graph matches\n"


def test_several_reasons_are_told_each_once(run):
    done = run("query", "-q", "SELECT ?x { state:A kg:colour ?x . ?x kg:colour state:B }")
    assert done.stderr == (
        "no answer: state:A is nowhere in this graph; kg:colour is nowhere in this graph; "
        "state:B is nowhere in this graph\n"
    )


def test_no_is_an_answer_too(run):
    done = run("query", "-q", "ASK { ?x kg:colour ?y }")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "no\n", "")


def test_an_empty_answer_is_still_a_whole_document(run):
    for form in ("csv", "tsv", "json", "xml"):
        done = run("query", "-q", "SELECT ?x { ?x kg:colour ?y }", "-f", form)
        assert done.exit_code == 1, form
        assert "x" in done.stdout, form
        assert "kg:colour" in done.stderr, form


def test_the_library_says_why_too(graph):
    assert graph.query("SELECT ?x { ?x kg:colour ?y }").why_empty == (
        "kg:colour is nowhere in this graph"
    )
    assert graph.query("SELECT ?x { ?x a kg:RollCall }").why_empty == ""
