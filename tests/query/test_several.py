"""Questions about several votes and several states at once, and the word ``all``."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import UnknownNameError


def test_all_votes_on_a_text_stand_in_one_table(graph):
    rows = graph.table("votes", resolution="ES-11/6")
    votes = [row["vote"] for row in rows]
    assert [votes.count(word) for word in ("yes", "no", "abstain", "nonvoting")] == [141, 7, 32, 13]
    assert votes == sorted(votes, key=["yes", "no", "abstain", "nonvoting"].index)


def test_the_votes_of_chosen_states_are_asked_for_by_any_name(graph):
    for states in ("Russia, BLR, China", "cow:365;state:BLR;CHN", " RUS,,Belarus,CHN,RUS"):
        rows = graph.table("votes", resolution="ES-11/6", states=states)
        assert [(row["state"], row["vote"]) for row in rows] == [
            ("BLR", "no"), ("RUS", "no"), ("CHN", "abstain")
        ], states  # fmt: skip


def test_a_list_that_names_nothing_is_refused(graph):
    for states, message in (
        (",", "names no state"),
        ("Russia, Atlantis", "'Atlantis' is no known"),
    ):
        with pytest.raises(UnknownNameError, match=message):
            graph.query("votes", resolution="ES-11/6", states=states)


def test_all_is_the_word_for_no_limit_only_where_it_is_the_default(graph):
    every = graph.table("roll-calls").rows
    assert graph.table("roll-calls", organisation="all").rows == every
    assert graph.table("roll-calls", organisation="UNGA").rows == every
    assert graph.table("roll-calls", organisation="UNSC").rows == ()
    with pytest.raises(UnknownNameError):
        graph.query("state-votes", state="all")


def test_the_same_answer_in_several_votes_is_that_of_each_single_one(graph):
    texts = ("ES-11/1", "ES-11/4", "ES-11/6")
    single = {
        "no": "votes-against", "yes": "votes-for", "abstain": "abstentions", "nonvoting": "not-voting"
    }  # fmt: skip
    for vote, name in single.items():
        each = [{row[0] for row in graph.table(name, resolution=text).rows} for text in texts]
        rows = graph.table("same-answer", vote=vote, resolutions=",".join(texts))
        assert {row["state"] for row in rows} == set.intersection(*each), vote
        assert {row["vote_count"] for row in rows} == {3}, vote


def test_two_votes_crossed_add_up_to_each(graph):
    rows = graph.table("votes-crossed", earlier="ES-11/3", later="ES-11/7")
    table = {row["before"]: row for row in rows}
    words = ("yes", "no", "abstain", "nonvoting")
    assert [sum(table[before][word] for word in words) for before in words] == [93, 24, 58, 18]
    assert [sum(row[word] for row in rows) for word in words] == [93, 18, 65, 17]
    changed = graph.table("vote-changes", earlier="ES-11/3", later="ES-11/7")
    crossed = sum(table[b][a] for b in words for a in words if a != b)
    assert crossed == len(changed)


def test_the_totals_of_a_state_are_those_of_its_votes(graph):
    (row,) = graph.table("state-totals", state="China")
    votes = [vote["vote"] for vote in graph.table("state-votes", state="China")]
    assert row["roll_calls"] == len(votes) == 9
    for word in ("yes", "no", "abstain", "nonvoting"):
        assert row[word] == votes.count(word), word
    assert (str(row["first"]), str(row["last"])) == ("2022-03-02", "2025-12-03")


def test_a_state_that_never_said_anything_has_no_first_vote(graph):
    (row,) = graph.table("state-totals", state="Venezuela")
    assert (row["roll_calls"], row["nonvoting"], row["first"], row["last"]) == (9, 9, None, None)


def test_the_seat_has_a_line_for_each_of_its_holders(voting):
    voters = [row["voter"] for row in voting.table("state-totals", state="RUS", continuity="seat")]
    alone = [row["voter"] for row in voting.table("state-totals", state="RUS")]
    assert alone == ["RUS"]
    assert set(voters) >= {"RUS"}


def test_the_totals_of_a_year_are_those_of_its_states(voting):
    for row in voting.table("votes-by-year", organisation="UNGA"):
        states = voting.table("year-by-state", year=row["year"])
        for word in ("yes", "no", "abstain", "nonvoting"):
            assert row[word] == sum(state[word] for state in states), (row["year"], word)


def test_lone_dissenters_count_the_lone_dissents(voting):
    lone = [row["state"] for row in voting.table("lone-dissents", start=1945, end=2100)]
    counted = voting.table("lone-dissenters")
    assert {row["state"]: row["alone"] for row in counted} == {s: lone.count(s) for s in lone}


def test_allies_are_those_of_the_obligation_that_is_asked_for(graph):
    days = {"state": "Russia", "on": "2023-02-23"}
    defence = {row["ally"] for row in graph.table("allies", **days)}
    assert defence == {row["ally"] for row in graph.table("allies", obligation="defence", **days)}
    consulting = {row["ally"] for row in graph.table("allies", obligation="consultation", **days)}
    assert "MDA" in consulting - defence


def test_the_allies_of_a_vote_are_the_allies_of_its_day(graph):
    rows = graph.table("allies-votes", state="Finland", resolution="ES-11/7")
    allies = {row["ally"] for row in graph.table("allies", state="Finland", on="2025-02-24")}
    assert {row["ally"] for row in rows} == allies
    assert {row["ally"] for row in rows if row["same"] is False} >= {"USA", "HUN"}


def test_the_account_of_one_list_of_alliances_is_asked_for_by_its_source(official):
    every = official.table("alliances-in-sources", state="Belarus")
    for source in {row["source"] for row in every}:
        rows = official.table("alliances-in-sources", state="BLR", from_source=source)
        assert rows.rows == tuple(row for row in every.rows if row[0] == source), source
    binding = official.table("alliances-in-sources", state="BLR", obligation="defence")
    assert binding.rows == tuple(
        row for row, named in zip(every.rows, every, strict=True)
        if "defence" in (named["obligations"] or "").split()
    )  # fmt: skip


def test_a_seat_held_twice_is_counted_once(whole):
    seat = {"state": "Egypt", "continuity": "seat"}
    rows = whole.table("state-totals", **seat)
    united = [r["roll_calls"] for r in rows if r["voter"] == "UNITED_ARAB_REPUBLIC"]
    assert united == [65, 5]
    by_year = [(row["year"], row["voter"]) for row in whole.table("state-by-year", **seat)]
    assert len(by_year) == len(set(by_year))
    for name in ("names-in-votes", "seats"):
        given = seat if name == "names-in-votes" else {"state": "Egypt"}
        lines = whole.table(name, **given).rows
        assert len(lines) == len(set(lines)), name
    votes = {"earlier": "1602(XV)", "later": "ES-11/1", "continuity": "seat"}
    lines = [row for row in whole.table("vote-changes", **votes) if row["state"] == "EGY"]
    assert len(lines) == 1
    votes |= {"earlier": "ES-11/1", "later": "1239(XIII)", "continuity": "seat"}
    lines = [row["state"] for row in whole.table("new-no-votes", **votes)]
    assert len(lines) == len(set(lines))


def test_the_state_that_holds_a_seat_again_is_its_last_holder(whole):
    rows = whole.table("closest-states", state="Jordan", start=1972, end=1985, continuity="seat")
    others = {row["other"] for row in rows}
    assert "EGY" in others
    assert "UNITED_ARAB_REPUBLIC" not in others


def test_a_vote_of_which_the_month_is_known_gets_no_day(whole):
    first = [row["first"] for row in whole.table("state-totals", state="Malta")]
    assert first == ["1965-02", date(1983, 1, 18)]


def test_amendments_are_no_whole_texts(graph):
    for name in ("contested-votes", "lone-dissents", "lone-dissenters"):
        given = {"start": 2022, "end": 2025}
        assert not [row for row in graph.table(name, **given).texts if "/L." in " ".join(row)], name
