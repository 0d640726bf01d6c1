"""What is later than the facts: each question by the data sets that it rests on."""

from __future__ import annotations

from datetime import date

from kg.graph.snapshot import CURATED


def test_each_data_set_has_its_own_last_day(graph):
    ends = {name: graph.covers(name)[1] for name in CURATED}
    assert ends == {
        "alliances": date(2026, 1, 31),
        "officials": date(2025, 10, 31),
        "roll_calls": date(2025, 2, 24),
        "states": date(2025, 10, 31),
        "statements": date(2023, 2, 24),
    }
    assert graph.covers("alliances", "roll_calls")[1] == date(2025, 2, 24)
    assert graph.covers()[1] == date(2026, 1, 31)


def test_files_of_votes_move_the_last_day_of_the_roll_calls(official):
    assert official.manifest["datasets"]["roll_calls"]["known"] == "2025-02-24"
    assert official.covers("roll_calls")[1] > date(2025, 2, 24)


def test_what_was_said_after_the_statements_end_is_out_of_reach(graph):
    answer = graph.query("statements", resolution="ES-11/7")
    assert answer.is_empty
    assert answer.why_empty == (
        "2025-02-24 is outside what the record covers (1945-10-24 to 2023-02-24)"
    )
    assert graph.query("statements", resolution="ES-11/6").remark == ""


def test_roll_calls_after_the_last_are_out_of_reach(graph):
    reason = "2026 is outside what the record covers (1945-10-24 to 2025-02-24)"
    assert graph.query("roll-calls", start=2026).why_empty == reason
    assert graph.query("state-year", state="France", year=2026).why_empty == reason
    remark = "the facts are known to 2025-02-24; what changed later is not in them"
    assert graph.query("roll-calls", start=2023, end=2026).remark == remark
    assert graph.query("roll-calls", start=2023, end=2025).remark == ""
    assert graph.query("roll-calls").remark == ""
    assert graph.query("roll-calls", end=2100).remark == "", "the default is no day asked about"


def test_a_range_of_years_is_out_of_reach_only_as_a_whole(graph):
    assert "1940" in graph.query("roll-calls", start=1900, end=1940).why_empty
    assert "1900" not in graph.query("roll-calls", start=1900, end=1940).why_empty
    assert "outside" not in graph.query("roll-calls", start=1900, end=1950).why_empty


def test_members_in_january_2026_are_known_and_in_february_not(graph):
    inside = graph.query("members", organisation="CSTO", on="2026-01-15")
    later = graph.query("members", organisation="CSTO", on="2026-02-15")
    assert inside.terms == later.terms
    assert inside.remark == ""
    assert later.remark == "the facts are known to 2026-01-31; what changed later is not in them"


def test_the_remark_of_a_chain_names_each_data_set_that_ends_before(graph, run):
    assert graph.beyond("2023-02-24") == ""
    assert graph.beyond("2025-03-01") == (
        "the facts are known to 2025-02-24 (roll calls), 2023-02-24 (statements); what changed later "
        "is not in them"
    )
    done = run("path", "Belarus", "Russia", "--on", "2025-03-01", "-k", "1")
    assert done.stderr == f"{graph.beyond(date(2025, 3, 1))}\n"


def test_of_sparql_nobody_knows_what_it_rests_on(graph):
    text = 'SELECT ?x {{ ?x kg:date "{}"^^xsd:date }}'
    assert graph.query(text.format("2025-12-24")).why_empty == ""
    assert graph.query(text.format("2026-02-01")).why_empty == (
        "2026-02-01 is outside what the record covers (1945-10-24 to 2026-01-31)"
    )
