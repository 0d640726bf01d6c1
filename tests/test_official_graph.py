"""A graph of official files: the record and what stands beside it, counts, functions, exports."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kg.api import Graph
from kg.check import votes as vote_checks
from kg.errors import QueryError
from kg.export import turtle as record
from kg.export.formats import FORMATS
from kg.graph.build import build
from kg.model.words import OPTIONS
from kg.rdf import iris, turtle
from kg.votes.pairs import Pairs
from kg.votes.table import CODES
from tests import official as files


def rows(graph, query, **given):
    found = graph.table(query, **given).rows
    return tuple(tuple(iris.shorten(v) if isinstance(v, str) else v for v in row) for row in found)


def test_the_record_stands_once_and_other_accounts_in_the_graph_of_their_source(official):
    assert rows(official, "SELECT ?s { rollcall:50_8 kg:abstained ?s }") == (("state:RUS",),)
    text = "SELECT ?g ?s { GRAPH ?g { rollcall:50_8 kg:votedNo ?s } }"
    assert rows(official, text) == (("source:unvotes", "state:USA"),)
    found = rows(official, "roll-call", resolution="R/50/8")
    assert [row[:2] for row in found] == [("undl-ga", True), ("unvotes", False)]


@pytest.mark.parametrize("form", ["A/RES/34/83A", "34/83 A", "R/34/83A", "34_83A"])
def test_a_resolution_is_found_by_any_form_of_its_symbol(form, official):
    assert [row[0] for row in rows(official, "votes-against", resolution=form)] == ["GBR", "USA"]


def test_a_text_of_the_council_needs_no_year(official):
    assert [row[0] for row in rows(official, "abstentions", resolution="S/RES/1973")] == [
        "CHN",
        "RUS",
    ]


def test_documents_know_their_whole_their_drafts_and_the_first_form_of_those(official):
    text = "SELECT ?p ?o { document:A_RES_34_83A ?p ?o FILTER(?p IN (kg:partOf, kg:adopts)) } ORDER BY ?p"
    assert [row[1] for row in rows(official, text)] == [
        "document:A_34_L.5_Rev.1",
        "document:A_RES_34_83",
    ]
    text = f"SELECT ?o {{ <{iris.thing('document', 'A_34_L.5_Rev.1')}> kg:revisionOf ?o }}"
    assert rows(official, text) == (("document:A_34_L.5",),)
    assert rows(official, "SELECT ?c { document:A_DEC_80_506 a ?c }") == (("kg:Decision",),)


def test_the_counts_are_those_of_the_votes(official):
    for option in OPTIONS:
        text = f"SELECT (SUM(?n) AS ?sum) {{ ?o qb:dataSet kg:%s ; kg:{option}Count ?n %s }}"
        table = official.votes
        whole = (table.rollcalls["question"] == "whole-text").to_numpy()
        cast = int((table.matrix[whole] == CODES[option]).sum())
        ((counted,),) = rows(official, text % ("countsByStateAndYear", ""))
        assert counted == cast
    text = "SELECT ?yes { observation:50_8-UNGA kg:yesCount ?yes }"
    assert rows(official, text) == ((6,),)
    found = {row[0]: row[2:6] for row in rows(official, "year-by-state", year=1995)}
    assert found["RUS"] == (0, 0, 1, 0)


def _by_hand(table, a, b, start, end):
    """Agreement and kappa of two states, vote by vote in plain Python."""
    pairs = []
    for meta, votes in zip(
        table.rollcalls.iter_rows(named=True), table.matrix.tolist(), strict=True
    ):
        cast = {v for v in votes if v in (1, 2, 3)}
        mine, theirs = (votes[table.states.index(s)] for s in (a, b))
        counts = meta["organ"] == "UNGA" and meta["question"] == "whole-text" and len(cast) > 1
        voted = start <= meta["date"].year <= end and mine in cast and theirs in cast
        if counts and voted:
            pairs.append((mine, theirs))
    apart = sum(abs(x - y) for x, y in pairs) / len(pairs)
    differ = sum(x != y for x, y in pairs) / len(pairs)
    chance = sum(x != y for x, _ in pairs for _, y in pairs) / len(pairs) ** 2
    return len(pairs), 1 - apart / 2, 1 - differ / chance


def test_the_functions_say_what_counting_by_hand_says(official):
    for a, b in (("USA", "FRA"), ("RUS", "CHN"), ("GBR", "IND")):
        common, agreement, kappa = _by_hand(official.votes, a, b, 1990, 2025)
        text = (
            f"SELECT (kg:commonVotes(state:{a}, state:{b}, 1990, 2025) AS ?n) "
            f"(kg:agreement(state:{a}, state:{b}, 1990, 2025) AS ?a) "
            f"(kg:kappa(state:{a}, state:{b}, 1990, 2025) AS ?k) {{}}"
        )
        ((n, told, beyond),) = rows(official, text)
        assert n == common
        assert float(told) == pytest.approx(agreement, abs=1e-8)
        assert float(beyond) == pytest.approx(kappa, abs=1e-8)


def test_what_the_functions_cannot_tell_stays_unbound(official):
    text = (
        "SELECT (kg:agreement(state:USA, state:FRA, 1800, 1801) AS ?a) (kg:kappa(1, 2, 3) AS ?k) {}"
    )
    assert rows(official, text) == ((None, None),)


def test_continuity_decides_whether_the_soviet_union_is_russia(official):
    text = "SELECT (kg:commonVotes(state:RUS, state:USA, 1970, 2025) AS ?n) {}"
    ((alone,),), ((seat,),) = (
        official.table(text).rows,
        official.table(text, continuity="seat").rows,
    )
    assert (alone, seat) == (12, 14)
    years = [row[0] for row in rows(official, "state-by-year", state="Russia")]
    assert min(years) > 1991
    with_seat = official.table("state-by-year", state="Russia", continuity="seat").rows
    assert {row[1] for row in with_seat} == {"RUS", "SUN"}
    changes = {"earlier": "34/83A", "later": "50/8"}
    assert "RUS" not in {row[0] for row in rows(official, "vote-changes", **changes)}
    held = official.table("vote-changes", continuity="seat", **changes).rows
    assert ("RUS", "Russia", "yes", "abstain") in held
    with pytest.raises(QueryError, match="compares years"):
        official.table("claims", continuity="seat")
    with pytest.raises(QueryError, match="is not state or seat"):
        official.table(text, continuity="chair")


def test_a_seat_has_one_vote_a_roll_call(official):
    pairs = Pairs(official.votes, {"SUN": "russia", "RUS": "russia"}, "seat")
    asked = ("commonVotes", "sameVotes", "agreement", "kappa")
    one, other = (
        [pairs.measure(name, s, "USA", 1900, 2100) for name in asked] for s in ("SUN", "RUS")
    )
    assert one == other
    assert one[0] == 14


def test_the_check_tells_where_two_sources_differ(official):
    found = {(f.kind, f.thing, f.text) for f in vote_checks.findings(official.snapshot)}
    assert (
        "sources: yes against no",
        "rollcall:50_8",
        "unvotes: undl-ga/unvotes: USA yes/no",
    ) in found


def test_the_record_from_columns_is_the_record_from_the_store(official, graph):
    for one in (official, graph):
        pieces, count = record.pieces(one.snapshot)
        assert count == one.manifest["record_count"]
        assert "".join(turtle.written(*pieces)) == turtle.turtle(one.triples())


def test_exports_parse_back_to_the_same_triples(official, tmp_path):
    own = {
        str(quad.triple)
        for quad in official.snapshot.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    }
    for ending in ("ttl", "nt"):
        official.export(tmp_path / f"o.{ending}")
        assert {str(q.triple) for q in ox.parse(path=str(tmp_path / f"o.{ending}"))} == own
    for ending in ("trig", "nq"):
        official.export(tmp_path / f"o.{ending}")
        assert {str(q) for q in ox.parse(path=str(tmp_path / f"o.{ending}"))} == {
            str(q) for q in official.quads()
        }


def test_building_twice_gives_the_same_bytes_in_every_export(official, tmp_path):
    given = files.write(tmp_path)
    build(tmp_path / "again", files=given[::-1])
    with Graph(tmp_path / "again") as again:
        for form in FORMATS:
            official.export(tmp_path / "a", form)
            again.export(tmp_path / "b", form)
            assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes(), form


def test_the_command_reports_what_it_read_and_what_it_did_not_understand(run, tmp_path):
    (tmp_path / "ga.csv").write_text(
        files.ga().replace("FRANCE,A", "FRANCE,AN", 1), encoding="utf-8"
    )
    for name in ("report.csv", "report.json"):
        done = run("build", tmp_path / "ga.csv", "--report", tmp_path / name, graph=tmp_path / "g")
        assert done.exit_code == 0
        assert "unknown vote 1" in done.stdout
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {row["kind"] for row in told} >= {"file read", "unknown vote", "unknown vote, counted"}
    (vote,) = [row for row in told if row["kind"] == "unknown vote"]
    assert (vote["file"], vote["line"]) == ("ga.csv", 6)
    done = run("build", tmp_path / "ga.csv", "--report", tmp_path / "r.pdf", graph=tmp_path / "g")
    assert "a report is CSV or JSON" in done.stderr
    assert (tmp_path / "g" / "CURRENT").read_text() == "2\n"
    assert run("build", "--map", tmp_path / "m.toml").exit_code == 2


def test_a_file_that_cannot_be_read_leaves_the_graph_as_it_was(run, tmp_path):
    run("build", "-q", graph=tmp_path / "g")
    (tmp_path / "odd.csv").write_text("a,b\n")
    done = run("build", tmp_path / "odd.csv", graph=tmp_path / "g")
    assert done.exit_code == 2
    assert "odd.csv:1: is of no known layout" in done.stderr
    assert [p.name for p in (tmp_path / "g" / "v").iterdir()] == ["1"]


def test_a_vote_of_a_file_is_drawn_with_the_vote_of_the_seat_before(official, tmp_path):
    official.view_vote(tmp_path / "v.html", "50/8", "34/83A", "seat")
    assert "A/RES/34/83A" in (tmp_path / "v.html").read_text(encoding="utf-8")
    official.view_vote(tmp_path / "v.html", "S/RES/1973")
    assert "Security Council" in (tmp_path / "v.html").read_text(encoding="utf-8")


def test_a_text_that_was_mentioned_before_is_told_whole(tmp_path):
    part, *_ = files.ROLLS
    whole = ("7", "1979-12-15", "34", "A/RES/34/83", "", dict(part[5]))
    (tmp_path / "ga.csv").write_text(files.ga((part, whole)), encoding="utf-8")
    build(tmp_path / "g", files=[tmp_path / "ga.csv"])
    with Graph(tmp_path / "g") as built:
        text = "SELECT ?t { document:A_RES_34_83 kg:title ?t ; a kg:Resolution }"
        assert rows(built, text) == (('Question, the "7"',),)


def test_two_roll_calls_of_one_symbol_are_kept_whatever_their_numbers(tmp_path):
    votes = files.ROLLS[0][5]
    rolls = [
        (n, f"1979-12-{d}", "34", "A/RES/34/83A", "", votes)
        for d, n in enumerate(("a b", "c/d", "c d"), 14)
    ]
    (tmp_path / "ga.csv").write_text(files.ga(rolls), encoding="utf-8")
    built = build(tmp_path / "g", files=[tmp_path / "ga.csv"])
    assert built.counts["RollCall"] == 14
    assert built.intake.problem_kinds() == {"two roll calls of one symbol": 2}
    with Graph(tmp_path / "g") as opened:
        assert set(opened.votes.rollcalls["rollcall"]) >= {"34_83A", "34_83A-c-d", "34_83A-c-d-2"}


def test_an_account_that_differs_keeps_what_differs_and_the_rest_is_asked_of_the_record(official):
    """``undl-ga`` lists nine votes on 50/8, unvotes three of them, of which one otherwise."""
    text = "SELECT ?p ?o { GRAPH source:unvotes { rollcall:50_8 ?p ?o } } ORDER BY ?p ?o"
    assert rows(official, text) == (
        ("kg:omits", "state:BEL"),
        ("kg:omits", "state:BHS"),
        ("kg:omits", "state:CHN"),
        ("kg:omits", "state:GBR"),
        ("kg:omits", "state:IND"),
        ("kg:omits", "state:POL"),
        ("kg:omitsOption", "option:nonvoting"),
        ("kg:sourceNote", "unres R/50/8"),
        ("kg:votedNo", "state:USA"),
    )
    assert rows(official, "SELECT ?s { rollcall:50_8 kg:agreedBy|kg:differsIn ?s }") == (
        ("source:unvotes",),
    )
    votes = {}
    for source, is_record, state, vote in rows(official, "votes-by-source", resolution="50/8"):
        assert is_record is (source == "undl-ga")
        votes.setdefault(source, {})[state] = vote
    assert votes["unvotes"] == {"RUS": "abstain", "USA": "no", "FRA": "yes"}
    assert len(votes["undl-ga"]) == 9
    assert votes["undl-ga"]["USA"] == "yes"


def test_every_account_can_be_asked_whole(official):
    """What ``votes-by-source`` says of every roll call is what the table holds of every source."""
    table = official.snapshot.accounts
    words = {code: option for option, code in CODES.items()}
    for key in official.votes.rollcalls["rollcall"]:
        found = {
            (row[0], row[2], row[3]) for row in rows(official, "votes-by-source", resolution=key)
        }
        held = set()
        for meta, codes in zip(
            table.rollcalls.iter_rows(named=True), table.matrix.tolist(), strict=True
        ):
            if meta["rollcall"] == key and meta["source"] != "curated":
                held |= {
                    (meta["source"], state, words[code])
                    for state, code in zip(table.states, codes, strict=True)
                    if code in words
                }
        assert {row for row in found if row[0] in {source for source, *_ in held}} == held, key


def test_a_second_account_that_says_the_same_is_one_statement(tmp_path):
    """The same votes without names of the agenda, under another source, and once with one vote changed."""
    other = ["N " + _printed()[0][2:], *_printed()[1:]]
    for name, votes in (("agreedBy", _printed()), ("differsIn", other)):
        said = {
            "id_record": ["3"],
            "resolution_symbol": ["A/RES/50/8"],
            "title": ['Question, the "3"'],
            "vote_date": ["1995-11-20"],
            "meeting_record": ["A/50/PV.1"],
            "committee_report": ["A/50/100"],
            "agenda": ["Item 3"],
            "vote": votes,
        }
        given = [tmp_path / "ga.csv", tmp_path / "scraped.jsonl"]
        given[0].write_text(files.ga(), encoding="utf-8")
        given[1].write_text(json.dumps(said), encoding="utf-8")
        build(tmp_path / name, files=given)
        with Graph(tmp_path / name) as made:
            text = "SELECT ?p { rollcall:50_8 ?p source:undl-scraped }"
            assert rows(made, text) == ((f"kg:{name}",),)
            text = "SELECT ?p ?o { GRAPH source:undl-scraped { rollcall:50_8 ?p ?o } }"
            assert rows(made, text) == (
                (("kg:votedNo", "state:RUS"),) if name == "differsIn" else ()
            )
            differ = [f for f in vote_checks.findings(made.snapshot) if "sources:" in f.kind]
            assert bool(differ) is (name == "differsIn")


def test_the_check_sees_an_account_that_is_dated_before_the_record(tmp_path):
    """In the vote table, which is in the order of days, it stands before the record."""
    said = {
        "id_record": ["3"],
        "resolution_symbol": ["A/RES/50/8"],
        "vote_date": ["1995-11-19"],
        "vote": ["N " + _printed()[0][2:], *_printed()[1:]],
    }
    given = [tmp_path / "ga.csv", tmp_path / "scraped.jsonl"]
    given[0].write_text(files.ga(), encoding="utf-8")
    given[1].write_text(json.dumps(said), encoding="utf-8")
    build(tmp_path / "graph", files=given, only="case")
    with Graph(tmp_path / "graph") as made:
        kinds = [f.kind for f in vote_checks.findings(made.snapshot) if "sources:" in f.kind]
        assert kinds == ["sources: date", "sources: abstention in one"]


def _printed():
    """The votes on 50/8 as a scraped record prints them."""
    votes = next(roll for roll in files.ROLLS if roll[3] == "A/RES/50/8")[5]
    return [f"{vote} {files.NAMES[code]}" for code, vote in votes.items()]
