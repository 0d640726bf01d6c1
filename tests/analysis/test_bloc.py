"""How groups of states hold together, against plain Python over single votes."""

from datetime import date

import pytest

from tests.analysis.by_hand import by_hand


def test_a_bloc_is_what_counting_by_hand_gives(voting):
    table = voting.votes
    whole = list(voting.bloc("Estonia", "Latvia", "Lithuania"))[-1]
    indices = []
    for meta, votes in zip(
        table.rollcalls.iter_rows(named=True), table.matrix.tolist(), strict=True
    ):
        cast = [votes[table.states.index(s)] for s in ("EST", "LVA", "LTU")]
        cast = [v for v in cast if v in (1, 2, 3)]
        if meta["question"] == "whole-text" and meta["organ"] == "UNGA" and len(cast) > 1:
            most = max(cast.count(v) for v in (1, 2, 3))
            indices.append((most - (len(cast) - most) / 2) / len(cast))
    assert whole["n"] == len(indices)
    assert whole["agreement-index"] == pytest.approx(sum(indices) / len(indices))
    assert whole["unanimous"] == indices.count(1)
    votes = list(voting.bloc("Estonia", "Latvia", "Lithuania", part="votes"))
    assert [v["agreement-index"] for v in votes] == pytest.approx(indices)
    for vote in votes:
        assert vote["yes"] + vote["abstain"] + vote["no"] in (2, 3)
    members = list(voting.bloc("Estonia", "Latvia", "Lithuania", part="members"))
    for row in members:
        assert row["share"] == pytest.approx(row["defections"] / row["n"])
        assert row["low"] <= row["share"] <= row["high"]
    assert whole["rice-low"] < whole["rice"] < whole["rice-high"]
    off = sum(row["defections"] for row in members)
    assert off == sum(len(vote["defectors"].split()) for vote in votes)
    split = list(voting.bloc("Estonia", "Latvia", "Lithuania", part="splits"))
    assert [v["agreement-index"] for v in split] == sorted(indices)[: len(split)]


def test_members_of_an_organisation_are_those_of_the_day(graph):
    before = list(graph.bloc("NATO", start=2022, end=2022))[-1]
    after = list(graph.bloc("NATO", part="votes", end="2025-02-24"))[-1]
    assert before["members"] == 30
    assert after["date"] == date(2025, 2, 24)
    assert after["yes"] + after["abstain"] + after["no"] == 32
    assert "FIN" not in {row["state"] for row in graph.bloc("NATO", part="members", end=2022)}
    assert "USA" in after["defectors"].split()


def test_a_group_beside_itself_is_its_pairs(voting):
    states = ["USA", "GBR", "FRA"]
    row = list(voting.bloc(*states, against=states))[-1]
    pairs = [("USA", "GBR"), ("USA", "FRA"), ("GBR", "FRA")]
    means = [list(voting.compare(a, b, measure="agreement"))[-1]["agreement"] for a, b in pairs]
    assert row["agreement"] == pytest.approx(sum(means) / 3, abs=0.02)
    assert row["first"] == row["second"]
    assert row["lines"] <= row["n"]
    assert row["same-line"] == 1


def test_two_blocs_beside_each_other(voting):
    rows = list(voting.bloc("USA", "GBR", against=["CUB", "NIC"]))
    near = list(voting.bloc("USA", "GBR", against=["FRA", "DEU"]))
    assert near[-1]["same-line-low"] < near[-1]["same-line"] < near[-1]["same-line-high"]
    assert rows[-1]["agreement"] < near[-1]["agreement"]
    assert sum(row["n"] for row in rows[:-1]) == rows[-1]["n"]
    one = [list(by_hand(voting, a, b, 2010, 2023)) for a in ("USA", "GBR") for b in ("CUB", "NIC")]
    means = [1 - sum(abs(x - y) for x, y in pairs) / len(pairs) / 2 for pairs in one]
    assert min(means) - 0.02 < rows[-1]["agreement"] < max(means) + 0.02


def test_too_few_roll_calls_lead_to_a_question_that_takes_the_group(graph, run):
    day = ("--from", "2023-02-23", "--to", "2023-02-24")
    for names, question in (
        (("NATO",), "kg query bloc-vote organisation=NATO resolution=..."),
        (("Germany", "Japan"), "kg query votes resolution=... states=DEU,JPN"),
    ):
        done = run("bloc", *names, *day)
        assert done.stderr.endswith(f"see one vote by {question}\n"), names
    assert len(graph.table("votes", resolution="ES-11/6", states="DEU,JPN")) == 2
