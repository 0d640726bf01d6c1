from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from kg import resources
from kg.articles import claims

ARTICLE = "roberts-2023-02-24"
VOTES = "roll_calls/votes.csv"
CLAIMS = "statements/claims.csv"


@pytest.fixture(scope="module")
def judged(graph):
    return {
        claim.claim.rpartition("_")[2]: claim for claim in claims.judge(graph.snapshot, ARTICLE)
    }


def _judge(graph, number):
    return next(
        c for c in claims.judge(graph.snapshot, ARTICLE) if c.claim == f"{ARTICLE}_{number}"
    )


def test_the_claims_come_in_the_order_of_the_article(graph):
    keys = [claim.claim for claim in claims.judge(graph.snapshot, ARTICLE)]
    assert keys == sorted(keys)
    assert len(keys) >= 40


def test_an_article_that_is_not_there_has_no_claims(graph):
    assert claims.judge(graph.snapshot, "none") == ()


@pytest.mark.parametrize(
    ("number", "verdict", "record"),
    [
        ("01", "agrees", "A/RES/ES-11/6: 7 against, and 7 printed"),
        ("02", "agrees", "bound to defend each other on 2023-02-23 by: Collective Security Treaty "
                         "Organization, Union State of Russia and Belarus"),
        ("03", "agrees", "A/RES/ES-11/6: 7 against: Belarus, Eritrea, Mali, Nicaragua, North Korea, "
                         "Russia, Syria"),
        ("07", "agrees", "sponsors of A/ES-11/L.8 in this record: Belarus"),
        ("09", "agrees", "A/ES-11/L.8 rejected 11-94-56 (unchecked); A/ES-11/L.9 rejected 15-91-52"),
        ("10", "agrees", "7 against on A/RES/ES-11/6, 5 on A/RES/ES-11/1"),
        ("11", "differs", "A/RES/ES-11/4 of 2022-10-12 demanded withdrawal too"),
        ("13", "agrees", "5 against: Belarus, Eritrea, North Korea, Russia, Syria"),
        ("14", "agrees", "each of the 9 is recorded abstaining"),
        ("15", "agrees", "32 abstaining, and 32 printed"),
        ("20", "agrees", "Vladimir Putin was President of the Russian Federation from 2012-05-07"),
        ("25", "agrees", "141 in favour, and 141 printed"),
        ("26", "agrees", "193 states held a seat in the General Assembly on 2023-02-23"),
        ("28", "agrees", "each of the 5 is recorded in favour"),
        ("41", "agrees", "Joe Biden was President of the United States from 2021-01-20"),
        ("04", "cannot be checked here", "the invasion began on 24 February 2022"),
        ("29", "cannot be checked here", "Kiel Institute"),
        ("46", "cannot be checked here", "the General Assembly recommends"),
    ],
)  # fmt: skip
def test_each_kind_of_claim_stands_beside_its_record(number, verdict, record, judged):
    assert judged[number].verdict == verdict
    assert record in judged[number].record


def test_every_kind_of_check_is_tried(graph):
    kinds = {row["check"] for row in graph.query("claims")}
    assert kinds == {
        "count", "voted", "voted-exactly", "membership-size", "rejected", "last-similar",
        "more-than", "allied", "office", "sponsor", "none",
    }  # fmt: skip


def test_every_checked_claim_names_sources_and_every_other_a_reason(graph, judged):
    for claim in judged.values():
        assert claim.record
        if claim.verdict != "cannot be checked here":
            assert claim.sources
        for key in claim.sources:
            assert graph.source(key).title


def test_nothing_but_the_similar_vote_differs(judged):
    assert [n for n, claim in judged.items() if claim.verdict == "differs"] == ["11"]
    assert Counter(c.verdict for c in judged.values())["agrees"] >= 20


@pytest.mark.parametrize(
    ("number", "edits", "record"),
    [
        ("01", {VOTES: {"ES-11_6,MLI,no": "ES-11_6,MLI,abstain"}}, "6 against, and 7 printed"),
        ("03", {VOTES: {"ES-11_6,MLI,no": "ES-11_6,MLI,abstain"}}, "6 against: Belarus, Eritrea, Nic"),
        ("14", {VOTES: {"ES-11_6,DZA,abstain": "ES-11_6,DZA,no"}}, "Algeria: against"),
        ("28", {VOTES: {"ES-11_6,CAN,yes": "ES-11_6,CAN,nonvoting"}}, "Canada: casting no vote"),
        ("25", {"roll_calls/roll_calls.csv": {"adopted,141,7,32,13": "adopted,140,7,32,14"}},
         "141 in favour, and 140 printed"),
        ("09", {"roll_calls/roll_calls.csv": {"rejected,15,91,52": "adopted,15,91,52"}},
         "A/ES-11/L.9 adopted 15-91-52"),
        ("10", {VOTES: {f"ES-11_6,{s},no": f"ES-11_6,{s},yes" for s in ("MLI", "NIC", "PRK")}},
         "4 against on A/RES/ES-11/6, 5 on A/RES/ES-11/1"),
        ("02", {CLAIMS: {"allied,,,BLR RUS": "allied,,,BLR CHN"}},
         "no treaty of defence in this record bound them"),
        ("02", {CLAIMS: {"allied,,,BLR RUS,,2023-02-23": "allied,,,BLR RUS,,1993-02-23"}},
         "no treaty of defence in this record bound them on 1993-02-23"),
        ("07", {CLAIMS: {"sponsor,ES-11_L.8 ES-11_L.9,,BLR": "sponsor,ES-11_L.8 ES-11_L.9,,PRK"}},
         "sponsors of A/ES-11/L.9 in this record: Belarus"),
        ("41", {CLAIMS: {"President Joe Biden,office,,,USA,,2023": "President Joe Biden,office,,,USA,,2020"}},
         "was President of the United States from 2021-01-20"),
        ("26", {CLAIMS: {"membership-size,,,,193": "membership-size,,,,194"}}, "193 states held a seat"),
    ],
)  # fmt: skip
def test_a_record_that_says_otherwise_makes_the_claim_differ(number, edits, record, altered):
    claim = _judge(altered(edits), number)
    assert claim.verdict == "differs"
    assert record in claim.record


@pytest.mark.parametrize(
    ("number", "edits", "verdict"),
    [
        ("25", {"count,ES-11_6,yes,,141,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6":
                "count,ES-11_L.8,no,,94,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6"}, "agrees"),
        ("25", {"count,ES-11_6,yes,,141,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6":
                "count,ES-11_L.8,no,,95,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6"}, "differs"),
        ("28", {"voted,ES-11_6,yes,CAN": "voted,ES-11_L.8,yes,CAN"}, "cannot be checked here"),
        ("13", {"voted-exactly,ES-11_1,no": "voted-exactly,ES-11_L.8,no"}, "cannot be checked here"),
        ("10", {"more-than,ES-11_6,no,,ES-11_1": "more-than,ES-11_L.8,no,,ES-11_6"}, "agrees"),
    ],
)  # fmt: skip
def test_where_only_totals_are_known_a_claim_is_held_against_them(number, edits, verdict, altered):
    assert _judge(altered({CLAIMS: edits}), number).verdict == verdict


@pytest.mark.parametrize(
    ("number", "edits", "lacking"),
    [
        ("25", {"count,ES-11_6,yes,,141,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6":
                "count,,yes,,141,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6"}, "rollcall"),
        ("02", {"allied,,,BLR RUS,,2023-02-23": "allied,,,BLR RUS,,"}, "day"),
        ("28", {"voted,ES-11_6,yes,CAN DEU GBR POL USA": "voted,ES-11_6,yes,"}, "state"),
    ],
)  # fmt: skip
def test_a_claim_that_lacks_what_its_check_needs_says_so(number, edits, lacking, altered):
    claim = _judge(altered({CLAIMS: edits}), number)
    assert claim.verdict == "cannot be checked here"
    assert claim.record == f"the claim names no {lacking}, which its check needs"


@pytest.mark.parametrize(
    ("check", "more"),
    [
        ("office", {"about": "state:RUS", "date": "2023-02-23"}),
        ("more-than", {"rollcall": "ES-11_6", "option": "no", "value": "ES-99_1"}),
        ("more-than", {"rollcall": "ES-11_6", "option": "no", "value": "no such thing <>"}),
        ("last-similar", {"rollcall": "ES-11_6", "value": "no such thing <>"}),
    ],
)
def test_a_claim_that_names_nothing_known_cannot_be_checked(check, more, altered):
    text = (resources.data() / CLAIMS).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    kept = ("claim", "article", "proposition", "source")
    row = {name: rows[0][name] if name in kept else "" for name in rows[0]}
    told = [io.StringIO(), io.StringIO()]
    for out, values in zip(told, (rows[0], row | {"check": check} | more), strict=True):
        csv.DictWriter(out, list(row), lineterminator="\n").writerow(values)
    graph = altered({CLAIMS: {told[0].getvalue(): told[1].getvalue()}})
    assert _judge(graph, "01").verdict == "cannot be checked here"
