from __future__ import annotations

import csv
import io
import json

import pytest

from kg.api import Graph
from kg.check import findings
from kg.check.kinds import KINDS
from kg.graph.build import build
from tests import headers

VOTES, ROLLS = "roll_calls/votes.csv", "roll_calls/roll_calls.csv"
DAMAGES = {
    "a printed total": (
        {ROLLS: {"adopted,141,7,32,13,": "adopted,142,7,32,12,"}},
        ("totals", "rollcall:ES-11_6", "141 yes votes counted, 142 printed"),
    ),
    "more votes than members": (
        {ROLLS: {"rejected,11,94,56": "rejected,11,94,156"}},
        ("more votes than members", "rollcall:ES-11_L.8", "261 printed votes of 193 members"),
    ),
    "a member without a vote": (
        {VOTES: {"ES-11_6,ZWE,abstain,undl-4003921\n": ""},
         "roll_calls/source.toml": {"least = 1544": "least = 1543"}},
        ("member without a vote", "rollcall:ES-11_6",
         "state:ZWE was a member that day and has no vote, not even a missing one"),
    ),
    "a membership before its organisation": (
        {"alliances/memberships.csv":
         {"UNION_STATE,BLR,member,2000-01-26": "UNION_STATE,BLR,member,1999-01-26"}},
        ("dates", "membership:UNION_STATE-BLR-1999-01-26",
         "starts on 1999-01-26, before organisation:UNION_STATE on 2000-01-26"),
    ),
    "a membership after its organisation": (
        {"alliances/organisations.csv":
         {"State,organisation,2000-01-26,,": "State,organisation,2000-01-26,2010-01-01,"}},
        ("dates", "membership:UNION_STATE-BLR-2000-01-26",
         "lasts until now, and organisation:UNION_STATE ended on 2010-01-01"),
    ),
    "a statement outside the tenure": (
        {"officials/tenures.csv":
         {"UKR_foreign_minister,2020-03-04,2024-09-05": "UKR_foreign_minister,2020-03-04,2021-09-05"}},
        ("dates", "statement:Kuleba_2023-02-23_01",
         "tenure:Kuleba_UKR_foreign_minister_2020 did not hold on 2023-02-23"),
    ),
    "a statement in another person's office": (
        {"statements/statements.csv": {"Kuleba_2023-02-23_02,Kuleba,": "Kuleba_2023-02-23_02,Zelenskyy,"}},
        ("reference", "statement:Kuleba_2023-02-23_02",
         "tenure:Kuleba_UKR_foreign_minister_2020 is another person's"),
    ),
}  # fmt: skip


def _wrong(graph):
    found = findings(graph.snapshot, shapes=False)
    return {(f.kind, f.thing, f.text) for f in found if f.level == "finding"}


def test_the_bundled_graph_has_no_finding(run):
    done = run("check")
    assert done.exit_code == 0
    assert "no findings" in done.stdout
    assert "checked the shapes and the arithmetic, dates and references" in done.stdout


def test_what_is_only_worth_a_look_is_a_remark(graph):
    found = findings(graph.snapshot, shapes=False)
    assert {f.level for f in found} == {"remark"}
    assert {f.thing for f in found} >= {"rollcall:ES-11_L.8", "rollcall:ES-11_L.9"}
    assert list(found) == sorted(found)


@pytest.mark.parametrize(("edits", "finding"), DAMAGES.values(), ids=DAMAGES)
def test_each_damage_is_found_where_it_is(edits, finding, altered):
    assert finding in _wrong(altered(edits))


def test_the_command_names_the_finding_and_fails(altered, run):
    edits, (kind, thing, text) = DAMAGES["a printed total"]
    root = altered(edits).root
    done = run("check", "--no-shapes", "-f", "csv", graph=root)
    assert done.exit_code == 1
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0] == ["level", "kind", "thing", "text"]
    assert ["finding", kind, thing, text] in rows
    told = json.loads(run("check", "--no-shapes", "-f", "json", graph=root).stdout)
    assert [list(row.values()) for row in told] == rows[1:]
    shown = run("check", "--no-shapes", graph=root).stdout
    assert "2 findings" in shown
    assert "the shapes" not in shown


def test_the_shapes_find_what_the_sums_do_not(graph, altered):
    """A label that is empty breaks no sum, no date and no reference."""
    other = altered({})
    import pyoxigraph as ox

    from kg.rdf import iris

    damaged = ox.Store()
    damaged.extend(other.snapshot.store)
    russia = ox.NamedNode(iris.thing("state", "RUS"))
    label = ox.NamedNode(iris.expand("rdfs:label"))
    for quad in list(damaged.quads_for_pattern(russia, label, None)):
        damaged.remove(quad)
    other.snapshot.__dict__["store"] = damaged
    assert not _wrong(other)
    found = [f for f in findings(other.snapshot) if f.level == "finding"]
    assert {f.kind for f in found} == {"shape"}
    assert any(f.thing == "state:RUS" and "label" in f.text.lower() for f in found)


def test_a_thing_that_nothing_is_known_of_is_found(altered):
    import pyoxigraph as ox

    from kg.rdf import iris

    other = altered({})
    damaged = ox.Store()
    damaged.extend(other.snapshot.store)
    vote = ox.NamedNode(iris.thing("rollcall", "ES-11_6"))
    nowhere = ox.NamedNode(iris.thing("document", "NOPE"))
    damaged.add(ox.Quad(vote, ox.NamedNode(iris.term("document")), nowhere))
    other.snapshot.__dict__["store"] = damaged
    assert any(
        kind == "reference" and thing == "rollcall:ES-11_6" and "document:NOPE" in text
        for kind, thing, text in _wrong(other)
    )


def test_a_vote_on_the_day_of_a_change_is_of_who_leaves_the_seat_and_a_new_member_may_miss_it(
    tmp_path,
):
    days = {"2758(XXVI)": "1971-10-25", "2754(XXVI)": "1971-10-07"}
    lines = [headers.GA]
    for i, (text, day) in enumerate(days.items(), 1):
        for code, name in (("CHN", "CHINA"), ("FRA", "FRANCE"), ("ARE", "UNITED ARAB EMIRATES")):
            lines.append(f"{i},{code},{name},Y,{day},26,A/RES/{text},,,,T,,,,3,0,0,0,3,")
    (tmp_path / "ga.csv").write_text("\n".join(lines), encoding="utf-8")
    build(tmp_path / "graph", files=[tmp_path / "ga.csv"])
    with Graph(tmp_path / "graph") as graph:
        found = list(findings(graph.snapshot, shapes=False))
    of = {(f.level, f.kind, f.thing[-9:], f.text[:9]) for f in found if "vote" in f.kind}
    assert {f for f in of if f[3] in ("state:TWN", "state:CHN", "state:ARE", "state:OMN")} == {
        ("remark", "member without a vote", "2754_XXVI", "state:OMN"),  # admitted on that day
        ("finding", "member without a vote", "2758_XXVI", "state:OMN"),
        ("finding", "vote without a seat", "2754_XXVI", "state:ARE"),
        ("finding", "vote without a seat", "2758_XXVI", "state:ARE"),
    }


def test_where_only_the_month_is_known_a_seat_held_in_it_is_enough(tmp_path):
    rolls = "rcid,session,importantvote,date,unres,amend,para,short,descr"
    (tmp_path / "rolls.csv").write_text(f"{rolls}\n1,46,0,1991-12-03,R/46/117,0,0,A,B\n")
    votes = "rcid,country,country_code,vote\n1,Russia,RU,yes\n1,Yugoslavia,YU,no\n1,Croatia,HR,no\n"
    (tmp_path / "votes.csv").write_text(votes)
    build(tmp_path / "graph", files=[tmp_path / "rolls.csv", tmp_path / "votes.csv"])
    with Graph(tmp_path / "graph") as graph:
        found = findings(graph.snapshot, shapes=False)
        assert [f.text[:9] for f in found if f.kind == "vote without a seat"] == ["state:HRV"]


def test_only_the_kinds_that_are_asked_for_are_looked_for(altered, run):
    edits, (kind, thing, _) = DAMAGES["a printed total"]
    graph = altered(edits)
    assert {f.kind for f in graph.check(kinds=["totals"])} == {kind}
    assert graph.check(kinds=["shape"]) == ()
    assert graph.check(kinds=["sources"]) == ()
    shown = run("check", "--kind", "totals", graph=graph.root)
    assert shown.exit_code == 1
    assert shown.stdout.index("count") < shown.stdout.index(thing)
    assert "checked totals of" in shown.stdout
    wrong = run("check", "--kind", "nonsense", graph=graph.root)
    assert wrong.exit_code == 2
    assert "there is no kind of finding 'nonsense'; known: dates, member without" in wrong.stderr


def test_a_long_list_is_cut_and_says_how_to_see_all(tmp_path, run):
    votes = [
        f"{i},FRA,FRANCE,Y,2001-01-{i % 28 + 1:02},55,A/RES/55/{i},,,,T,,,,9,0,0,0,9,"
        for i in range(1, 41)
    ]
    (tmp_path / "ga.csv").write_text("\n".join([headers.GA, *votes]), encoding="utf-8")
    build(tmp_path / "graph", files=[tmp_path / "ga.csv"])
    cut, whole, sheet = (
        run("check", "--no-shapes", "--kind", "totals", *more, graph=tmp_path / "graph").stdout
        for more in ((), ("--all",), ("-f", "csv"))
    )
    every = len(list(csv.reader(io.StringIO(sheet)))) - 1
    assert f"17 of {every} are listed, at most 15 of a kind: --all lists every one" in cut
    assert "--all lists" not in whole
    assert len(whole.splitlines()) > len(cut.splitlines())


def test_every_kind_that_is_found_is_among_those_there_are(graph, official, voting):
    for each in (graph, official, voting):
        assert {f.kind for f in each.check()} <= set(KINDS)
