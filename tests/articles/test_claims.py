from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from kg import resources
from kg.articles import claims
from kg.graph import things

ARTICLE = "roberts-2023-02-24"
VOTES = "roll_calls/votes.csv"
CLAIMS = "statements/claims.csv"


ES6 = "count,ES-11_6,yes,,141,2023-02-23,,,rollcall:ES-11_6 document:A_RES_ES-11_6"
"""How claim 25 is compared with the record, as it stands in its file."""


def _judge(graph):
    """Number to claim beside the record."""
    judged = claims.judge(graph.snapshot, ARTICLE)
    return {claim.claim.rpartition("_")[2]: claim for claim in judged}


@pytest.fixture(scope="module")
def judged(graph):
    return _judge(graph)


def test_the_claims_come_in_the_order_of_the_article(judged):
    assert list(judged) == sorted(judged)
    assert len(judged) >= 40


def test_an_article_that_is_not_there_has_no_claims(graph):
    assert claims.judge(graph.snapshot, "none") == ()


BESIDE = (
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
)  # fmt: skip


def test_each_kind_of_claim_stands_beside_its_record(judged):
    for number, verdict, record in BESIDE:
        assert judged[number].verdict == verdict, number
        assert record in judged[number].record, number


def test_the_judging_reads_no_more_where_there_are_more_roll_calls(graph, voting, monkeypatch):
    """It once scanned them all for each claim, half a minute on the whole record."""
    reads, get = Counter(), things.get

    def counting(store, iri):
        reads[id(store)] += 1
        return get(store, iri)

    monkeypatch.setattr(things, "get", counting)
    assert _judge(graph) == _judge(voting)
    assert len(voting.votes.rollcalls) > 10 * len(graph.votes.rollcalls)
    assert reads[id(voting.snapshot.store)] == reads[id(graph.snapshot.store)] > 0


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


OTHERWISE = {
    "votes, a result, who is bound and who sponsors": (
        {
            VOTES: {
                "ES-11_6,MLI,no": "ES-11_6,MLI,abstain",
                "ES-11_6,CAN,yes": "ES-11_6,CAN,nonvoting",
            },
            "roll_calls/roll_calls.csv": {"rejected,15,91,52": "adopted,15,91,52"},
            CLAIMS: {
                "allied,,,BLR RUS": "allied,,,BLR CHN",
                "sponsor,ES-11_L.8 ES-11_L.9,,BLR": "sponsor,ES-11_L.8 ES-11_L.9,,PRK",
                "President Joe Biden,office,,,USA,,2023": "President Joe Biden,office,,,USA,,2020",
                "membership-size,,,,193": "membership-size,,,,194",
            },
        },
        {
            "01": "6 against, and 7 printed",
            "03": "6 against: Belarus, Eritrea, Nic",
            "28": "Canada: casting no vote",
            "09": "A/ES-11/L.9 adopted 15-91-52",
            "02": "no treaty of defence in this record bound them",
            "07": "sponsors of A/ES-11/L.9 in this record: Belarus",
            "41": "was President of the United States from 2021-01-20",
            "26": "193 states held a seat",
        },
    ),
    "a vote and a printed total": (
        {
            VOTES: {"ES-11_6,DZA,abstain": "ES-11_6,DZA,no"},
            "roll_calls/roll_calls.csv": {"adopted,141,7,32,13": "adopted,140,7,32,14"},
        },
        {"14": "Algeria: against", "25": "141 in favour, and 140 printed"},
    ),
    "three votes and the day of a treaty": (
        {
            VOTES: {f"ES-11_6,{s},no": f"ES-11_6,{s},yes" for s in ("MLI", "NIC", "PRK")},
            CLAIMS: {"allied,,,BLR RUS,,2023-02-23": "allied,,,BLR RUS,,1993-02-23"},
        },
        {
            "10": "4 against on A/RES/ES-11/6, 5 on A/RES/ES-11/1",
            "02": "no treaty of defence in this record bound them on 1993-02-23",
        },
    ),
}


@pytest.mark.parametrize("case", OTHERWISE)
def test_a_record_that_says_otherwise_makes_the_claims_differ(case, altered):
    edits, records = OTHERWISE[case]
    judged = _judge(altered(edits))
    for number, record in records.items():
        assert judged[number].verdict == "differs", number
        assert record in judged[number].record, number


def _totals(count):
    return ES6.replace("ES-11_6,yes,,141", f"ES-11_L.8,no,,{count}")


@pytest.mark.parametrize(
    ("edits", "verdicts"),
    [
        (
            {
                ES6: _totals(94),
                "voted,ES-11_6,yes,CAN": "voted,ES-11_L.8,yes,CAN",
                "voted-exactly,ES-11_1,no": "voted-exactly,ES-11_L.8,no",
                "more-than,ES-11_6,no,,ES-11_1": "more-than,ES-11_L.8,no,,ES-11_6",
            },
            {
                "25": "agrees",
                "28": "cannot be checked here",
                "13": "cannot be checked here",
                "10": "agrees",
            },
        ),
        ({ES6: _totals(95)}, {"25": "differs"}),
    ],
    ids=["as printed", "not as printed"],
)
def test_where_only_totals_are_known_a_claim_is_held_against_them(edits, verdicts, altered):
    judged = _judge(altered({CLAIMS: edits}))
    assert {number: judged[number].verdict for number in verdicts} == verdicts


def test_a_claim_that_lacks_what_its_check_needs_says_so(altered):
    edits = {
        ES6: ES6.replace("ES-11_6", "", 1),
        "allied,,,BLR RUS,,2023-02-23": "allied,,,BLR RUS,,",
        "voted,ES-11_6,yes,CAN DEU GBR POL USA": "voted,ES-11_6,yes,",
    }
    judged = _judge(altered({CLAIMS: edits}))
    for number, lacking in (("25", "rollcall"), ("02", "day"), ("28", "state")):
        assert judged[number].verdict == "cannot be checked here"
        assert judged[number].record == f"the claim names no {lacking}, which its check needs"


UNKNOWN = (
    {"check": "office", "about": "state:RUS", "date": "2023-02-23"},
    {"check": "more-than", "rollcall": "ES-11_6", "option": "no", "value": "ES-99_1"},
    {"check": "more-than", "rollcall": "ES-11_6", "option": "no", "value": "no such thing <>"},
    {"check": "last-similar", "rollcall": "ES-11_6", "value": "no such thing <>"},
)


def test_a_claim_that_names_nothing_known_cannot_be_checked(altered):
    text = (resources.data() / CLAIMS).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    kept = ("claim", "article", "proposition", "source")

    def line(row):
        out = io.StringIO()
        csv.DictWriter(out, list(rows[0]), lineterminator="\n").writerow(row)
        return out.getvalue()

    edits = {}
    for row, changed in zip(rows, UNKNOWN, strict=False):
        bare = {name: row[name] if name in kept else "" for name in row}
        edits[line(row)] = line(bare | changed)
    judged = _judge(altered({CLAIMS: edits}))
    for number in ("01", "02", "03", "04"):
        assert judged[number].verdict == "cannot be checked here", number
