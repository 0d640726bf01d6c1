from __future__ import annotations

import keyword
import re

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.graph.snapshot import CURATED
from kg.query import catalogue
from kg.query.answers import Table
from kg.sources.read import LAYOUTS

NAMES = catalogue.names()


ELSEWHERE = {"adopted-against": {"organisation": "UNGA"}}
"""What is given otherwise than in the example, where the small graph has no vote of the Council."""


def _examples(query: catalogue.Query) -> dict[str, str]:
    given = {parameter.name: parameter.example for parameter in query.parameters}
    return given | ELSEWHERE.get(query.name, {})


def _rows(graph, name, **given):
    answer = graph.query(name, **given)
    assert isinstance(answer, Table)
    return answer.rows


FILLED = ("alliances-in-sources", "leaders", "names-in-votes", "vetoes")
"""Questions that only official files can answer."""


@pytest.mark.parametrize("name", NAMES)
def test_every_query_gives_its_recorded_answer(name, graph, official, voting, golden):
    asked = (
        voting
        if name in ("lone-dissents", "lone-dissenters")
        else official
        if name in FILLED
        else graph
    )
    answer = asked.query(name, **_examples(catalogue.load(name)))
    assert answer.terms, "an example that finds nothing teaches nothing"
    golden(f"queries/{name}.csv", answer.to_csv())


def test_every_query_says_its_title_its_source_its_facts_and_its_order():
    given = {layout.key for layout in LAYOUTS}
    for name in NAMES:
        query = catalogue.load(name)
        for line in (r"# title: \S", r"# source: \S", r"# facts: \S", "ORDER BY "):
            assert re.search(f"^{line}", query.text, re.MULTILINE), (name, line)
        parameters = re.findall(r"^# param: ", query.text, re.MULTILINE)
        assert len(parameters) == len(query.parameters), name
        assert set(query.datasets) <= {*CURATED, *given}, name


def test_every_parameter_has_a_name_that_python_takes():
    """``from`` was none: ``g.query("closest-states", from=2010)`` is no Python."""
    for name in NAMES:
        for parameter in catalogue.load(name).parameters:
            assert not keyword.iskeyword(parameter.name), name


def test_every_parameter_stands_in_the_select_list_and_not_in_the_answer(graph):
    for name in NAMES:
        query = catalogue.load(name)
        head = re.search(r"^SELECT (.*?) WHERE", query.text, re.MULTILINE | re.DOTALL)
        assert head is not None, name
        for parameter in query.parameters:
            assert f"?{parameter.name}" in head[1], name
        answer = graph.query(name, **_examples(query))
        assert not {p.name for p in query.parameters} & set(answer.columns), name


def test_there_are_at_least_twenty_shipped_queries():
    assert len(NAMES) >= 20


def test_a_query_gives_the_same_rows_in_the_same_order_each_time(graph, altered):
    again = altered({})
    for name in NAMES:
        examples = _examples(catalogue.load(name))
        assert graph.query(name, **examples).terms == again.query(name, **examples).terms, name


def test_a_state_is_given_by_name_code_or_key(graph):
    expected = _rows(graph, "state-votes", state="Belarus")
    assert len(expected) == 9
    assert {row[-1] for row in expected} == {"no"}
    for state in ("BLR", "BY", "Republic of Belarus", "belarus", "cow:370", "state:BLR"):
        assert _rows(graph, "state-votes", state=state) == expected, state


def test_a_vote_is_given_by_short_symbol_key_or_symbol(graph):
    for resolution in ("ES-11/6", "ES-11_6", "A/RES/ES-11/6"):
        keys = [row[0] for row in _rows(graph, "votes-against", resolution=resolution)]
        assert keys == ["BLR", "ERI", "MLI", "NIC", "PRK", "RUS", "SYR"], resolution


def test_an_organisation_is_given_by_key_or_name(graph):
    for organisation in ("CSTO", "Collective Security Treaty Organization"):
        rows = _rows(graph, "members", organisation=organisation, on="1995-01-01")
        assert {row[0] for row in rows} == {
            "ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"
        }, organisation  # fmt: skip


def test_printed_and_counted_totals_are_those_of_the_record(graph):
    for resolution, counts in {
        "ES-11/1": [141, 5, 35, 12],
        "ES-11/2": [140, 5, 38, 10],
        "ES-11/3": [93, 24, 58, 18],
        "ES-11/4": [143, 5, 35, 10],
        "ES-11/5": [94, 14, 73, 12],
        "ES-11/6": [141, 7, 32, 13],
        "ES-11/7": [93, 18, 65, 17],
        "ES-11/8": [93, 8, 73, 19],
    }.items():
        rows = _rows(graph, "vote-totals", resolution=resolution)
        assert [row[1] for row in rows] == [row[2] for row in rows] == counts, resolution
        lengths = [
            len(_rows(graph, name, resolution=resolution))
            for name in ("votes-for", "votes-against", "abstentions", "not-voting")
        ]
        assert lengths == counts, resolution


def test_votes_that_are_not_known_are_not_counted_as_none(graph):
    rows = _rows(graph, "vote-totals", resolution="ES-11/L.8")
    assert [row[1:3] for row in rows] == [(11, None), (94, None), (56, None), (None, None)]


def test_the_united_nations_had_as_many_members_as_it_says(graph):
    """Figures of https://www.un.org/en/about-us/growth-in-un-membership."""
    for on, count in {
        "1945-12-31": 51, "1955-12-31": 76, "1960-12-31": 99, "1973-12-31": 135,
        "1991-12-31": 166, "2000-12-31": 189, "2011-07-14": 193,
    }.items():  # fmt: skip
        assert len(_rows(graph, "un-members", on=on)) == count, on


def test_yugoslavia_is_no_member_after_1992_though_the_lists_kept_its_name(graph):
    """The United Nations counts it among its members of those years; see data/states/seats.csv."""
    for on, listed in {"1993-12-31": 184, "1999-12-31": 188}.items():
        rows = _rows(graph, "un-members", on=on)
        assert len(rows) == listed - 1, on
        assert not {"YUG", "SCG", "SRB"} & {row[0] for row in rows}, on


def test_an_organisation_has_as_many_members_on_a_day_as_it_had(graph):
    for organisation, on, count in (
        ("NATO", "1949-08-24", 12), ("NATO", "1999-03-12", 19), ("NATO", "2004-03-29", 26),
        ("NATO", "2023-02-23", 30), ("NATO", "2023-04-04", 31), ("NATO", "2024-03-07", 32),
        ("EU", "2004-05-01", 25), ("EU", "2020-01-31", 28), ("EU", "2020-02-01", 27),
        ("ASEAN", "1999-04-30", 10), ("GCC", "2023-02-23", 6), ("G7", "2023-02-23", 7),
        ("BRICS", "2010-01-01", 4), ("BRICS", "2023-02-23", 5), ("UNION_STATE", "2023-02-23", 2),
        ("CSTO", "2023-02-23", 6), ("EAEU", "2023-02-23", 5), ("AES", "2024-01-01", 3),
        ("ECOWAS", "2023-02-23", 15), ("ECOWAS", "2025-02-01", 12), ("AUKUS", "2023-02-23", 3),
    ):  # fmt: skip
        rows = _rows(graph, "members", organisation=organisation, on=on)
        assert sum(row[2] == "member" for row in rows) == count, (organisation, on)


def test_the_seat_of_china_passed_from_taipei_to_beijing(graph):
    rows = _rows(graph, "seats", state="China")
    assert [(row[1], str(row[4]), str(row[5])) for row in rows] == [
        ("TWN", "1945-10-24", "1971-10-25"),
        ("CHN", "1971-10-25", "None"),
    ]


def test_the_soviet_union_and_russia_voted_each_for_itself(graph):
    assert _rows(graph, "state-votes", state="Soviet Union") == ()
    assert len(_rows(graph, "state-votes", state="Russia")) == 9


def test_finland_and_france_are_allies_only_since_finland_joined(graph):
    before = _rows(graph, "allies", state="Finland", on="2023-04-03")
    after = _rows(graph, "allies", state="Finland", on="2023-04-05")
    assert ("FRA", "NATO") not in {(row[0], row[2]) for row in before}
    assert ("FRA", "NATO") in {(row[0], row[2]) for row in after}


def test_russia_and_north_korea_are_allies_only_since_the_treaty_of_2024(graph):
    assert "PRK" not in {row[0] for row in _rows(graph, "allies", state="RUS", on="2023-02-23")}
    assert "PRK" in {row[0] for row in _rows(graph, "allies", state="RUS", on="2025-01-01")}


def test_a_bloc_is_counted_with_the_members_of_that_day(graph):
    then = {row[0]: row[2:] for row in _rows(graph, "bloc-counts", resolution="ES-11/6")}
    assert then["CSTO"] == (0, 2, 4, 0)
    assert then["NATO"] == (30, 0, 0, 0)
    later = {row[0]: row[2:] for row in _rows(graph, "bloc-counts", resolution="ES-11/7")}
    assert sum(later["NATO"]) == 32


def test_the_names_of_a_state_hold_its_own_name_and_codes(graph):
    found = {(row[0], row[1]) for row in _rows(graph, "state-names", state="Belarus")}
    assert found >= {("Belarus", "name"), ("BY", "iso2"), ("BLR", "iso3"), ("112", "m49")}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {},
            "votes-against needs resolution, such as: "
            "g.query('votes-against', resolution='ES-11/6')",
        ),
        ({"resolution": ""}, "votes-against needs resolution"),
        ({"resolution": "ES-11/6", "day": "x"}, "votes-against has no parameter 'day'"),
        ({"resolution": "ES-11/66"}, "'ES-11/66' is no known rollcall; nearest known: ES-11/6"),
    ],
)
def test_a_wrong_parameter_is_told_with_what_it_takes(given, message, graph):
    with pytest.raises((QueryError, UnknownNameError)) as caught:
        graph.query("votes-against", **given)
    assert message in str(caught.value)


def test_a_day_that_is_no_day_is_refused_with_the_form_to_write(graph):
    for day in ("2023", "2023-02", "23.02.2023", "2023-02-30", "yesterday"):
        with pytest.raises(QueryError, match=f"'{day}' is not a day; write YYYY-MM-DD"):
            graph.query("un-members", on=day)


def test_an_obligation_that_is_none_is_refused_with_those_there_are(graph):
    with pytest.raises(QueryError, match="is not one of defence, offence, neutrality"):
        graph.query("obligations", obligation="love", on="2023-02-23")


def test_a_parameter_is_never_pasted_into_the_query(graph):
    for value in ('x" } DROP ALL #', "BLR> . ?s ?p ?o", "?state", "\x00"):
        with pytest.raises(UnknownNameError) as caught:
            graph.query("state-votes", state=value)
        assert caught.value.name == value


def test_an_unknown_query_names_the_ones_that_look_alike():
    for name in ("votes-agains", "../queries/votes-for", "Votes-For"):
        with pytest.raises(QueryError, match=f"no shipped query is called '{re.escape(name)}'"):
            catalogue.load(name)
    with pytest.raises(QueryError, match=r"did you mean votes-against.* \(kg\.questions\(\) shows"):
        catalogue.load("votes-agains")


def test_a_value_becomes_a_term_of_its_kind(graph):
    for kind, text, expected in (
        ("integer", "12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("year", "2022", '"2022"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("text", 'a"b', '"a\\"b"'),
        ("option", "no", "<https://w3id.org/unkg/scheme/option/no>"),
        ("date", "2023-02-23", '"2023-02-23"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ):
        parameter = catalogue.Parameter("x", kind, text, default=False)
        query = catalogue.Query("q", "t", (parameter,), "", "")
        assert query.bind({"x": text}, graph.names) == {"x": expected}, kind


def test_a_value_of_another_kind_is_refused(graph):
    for kind, text in (("integer", "1.5"), ("integer", "²"), ("year", "MM"), ("option", "?")):
        parameter = catalogue.Parameter("x", kind, "1", default=False)
        with pytest.raises(QueryError, match=rf"^x: '{re.escape(text)}' is not"):
            catalogue.Query("q", "t", (parameter,), "", "").bind({"x": text}, graph.names)


def test_a_treaty_that_a_state_left_shows_the_days_of_the_state(graph):
    rows = graph.table("treaties", state="Uzbekistan")
    days = [
        (str(row["member_from"]), str(row["member_until"]))
        for row in rows
        if row["treaty"] == "collective-security-treaty-1992"
    ]
    assert days[0] == ("1994-04-20", "1999-04-20")
    assert days[-1][1] == "2012-12-19"


def test_an_ally_that_was_suspended_is_marked(graph):
    allies = graph.table("allies", state="New Zealand", on="2023-02-23")
    assert {row["suspended"] for row in allies if row["through"] == "ANZUS"} == {"NZL"}
    split = graph.table("allies-split", resolution="ES-11/6")
    assert {r["suspended"] for r in split if r["through"] == "ARAB_DEFENCE_1950"} == {"SYR"}


def test_a_parameter_that_lacks_a_part_is_refused(tmp_path, monkeypatch):
    (tmp_path / "mine.rq").write_text("# title: Mine\n# param: state state\nASK {}\n", "utf-8")
    monkeypatch.setattr("kg.resources.queries", lambda: tmp_path)
    with pytest.raises(QueryError, match=r"mine\.rq: param 'state state' lacks a part; write NAME"):
        catalogue.load("mine")
