from __future__ import annotations

import pytest

from kg.errors import QueryError, UnknownNameError


def test_an_empty_answer_says_why(run):
    for text, reason in (
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
    ):
        done = run("query", "-q", text)
        assert done.exit_code == 1, text
        assert done.stderr.startswith("no answer: "), text
        assert reason in done.stderr, text
        assert "state:RUS" not in done.stderr, text


def test_a_day_before_the_record_begins_is_the_reason(run):
    done = run("query", "members", "organisation=CSTO", "on=1900-01-01")
    assert done.exit_code == 1
    assert "1900-01-01 is outside what the record covers (1945-10-24 to 20" in done.stderr


def test_no_reason_is_made_up(run):
    for name, text in {
        "a full stop": "SELECT ?x { ?x a kg:RollCall. ?x kg:key 'none' }",
        "a base": "BASE <http://e/> SELECT ?x { ?x a kg:RollCall FILTER(?x = <r>) }",
        "a template": "CONSTRUCT { ?x <http://e/made> kg:Up } WHERE { ?x a kg:RollCall ; kg:key 'none' }",
        "no where": "CONSTRUCT { ?x <http://e/made> [ a kg:Up ] } { ?x a kg:RollCall ; kg:key 'none' }",
        "text": "SELECT ?x { ?x a kg:RollCall ; kg:key 'state:ATLANTIS' } # kg:colour",
        "a datatype": 'SELECT ?x { ?x a kg:RollCall ; kg:key "none"^^xsd:string }',
        "a day inside": "SELECT ?x { ?x a kg:RollCall ; kg:date '2023-01-01'^^xsd:date }",
    }.items():
        done = run("query", "-q", text)
        assert done.exit_code == 1, name
        assert done.stderr == "no answer: nothing in the graph matches\n", name


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


def test_nobody_voted_no_is_another_answer_than_not_in_the_graph(graph, official):
    rolls = official.table("roll-calls")
    (text, *_) = [row["symbol"] for row in rolls if row["no"] == 0]
    why = official.query("votes-against", resolution=text).why_empty
    assert why.startswith(f"nobody voted no; {text} is in the graph, voted on ")
    with pytest.raises(UnknownNameError, match="is no known rollcall"):
        graph.query("votes-against", resolution="75/1")


def test_a_text_of_which_only_the_totals_are_known_says_no_more(graph):
    why = graph.query("votes-against", resolution="ES-11/L.8").why_empty
    assert why.startswith("of rollcall:ES-11_L.8 only the totals are known, 11-94-56")
    assert "nobody" not in why


def test_a_shipped_question_says_what_its_empty_answer_means(graph):
    for name, given, reason in (
        ("vetoes", {}, "this graph has no veto in these years"),
        ("members", {"organisation": "UNGA", "on": "2020-01-01"}, "un-members lists those of the"),
        (
            "statements-by-official",
            {"official": "Biden"},
            "no statement of this person is in the data",
        ),
    ):
        assert reason in graph.query(name, **given).why_empty, name


def test_of_a_vetoed_draft_nobody_is_said_to_have_voted(whole):
    reason = (
        "the single votes on S/2022/155 (2022-02-25) are not in this graph; it was vetoed by Russia"
    )
    draft, other = "S/2022/155", "ES-11/1"
    for name, given in (
        ("votes-against", {"resolution": draft}),
        ("votes-for", {"resolution": draft}),
        ("votes", {"resolution": draft, "states": "Russia"}),
        ("same-answer", {"vote": "no", "resolutions": f"{draft},{other}"}),
        ("votes-crossed", {"earlier": draft, "later": other}),
        ("votes-crossed", {"earlier": other, "later": draft}),
    ):
        assert whole.query(name, **given).why_empty == reason, name
    assert "single votes" not in whole.query("statements", resolution=draft).why_empty


def test_a_roll_call_in_which_nobody_has_a_vote_is_said_to_lack_them(whole):
    why = whole.query("votes-against", resolution="39/28A").why_empty
    assert why.startswith("nobody is listed with a vote on A/RES/39/28A (1984-11-30)")
    assert why.endswith("the votes may be missing")


def test_no_veto_is_denied_beyond_the_list(whole):
    assert whole.query("vetoes", start=2023).why_empty == (
        "2023 is outside what the record covers (1945-10-24 to 2022-07-08)"
    )
    for given in ({"start": 2022}, {"end": 2022}, {"start": 2020, "end": 2030}):
        assert "known to 2022-07-08" in whole.query("vetoes", **given).remark, given
    assert whole.query("vetoes", start=2014, end=2015).remark == ""


def test_a_year_of_thousands_of_digits_is_refused(graph):
    with pytest.raises(QueryError, match="a number of 5000 digits is too long"):
        graph.query("roll-calls", start="9" * 5000)
