"""Which votes a measure is made of."""

import pytest

from kg.errors import ExportError, QueryError
from kg.votes.ballots import Selection, choose
from tests import voting as made_up


def test_absence_and_contested_votes_change_what_counts(voting):
    count = {
        how: list(voting.compare("USA", "GBR", absent=how))[-1]["n"]
        for how in ("skip", "own", "as-no")
    }
    assert count["skip"] < count["own"] == count["as-no"]
    fewer = list(voting.compare("USA", "GBR", contested=True))[-1]["n"]
    assert fewer < count["skip"]
    topic = voting.compare("USA", "GBR", topic="palestine")
    assert "PALESTINE QUESTION" in topic.receipt.kept
    assert list(topic)[-1]["n"] < count["skip"]
    assert voting.compare("USA", "GBR", session=70).receipt.rollcall_count < made_up.A_SESSION + 1


def test_absences_never_change_which_roll_calls_count(voting):
    for more in ({}, {"contested": True}):
        counts = {
            how: choose(
                voting.votes, voting.snapshot.seats, Selection(absent=how, **more)
            ).rollcalls.height
            for how in ("skip", "own", "as-no")
        }
        assert len(set(counts.values())) == 1


def test_one_year_and_the_whole_of_it_are_one_number(voting):
    year, whole = list(voting.compare("USA", "RUS", start=2015, end=2015))
    assert {**year, "period": "whole"} == whole
    year, whole = list(voting.bloc("USA", "GBR", "FRA", start=2015, end=2015))
    assert {**year, "period": "whole"} == whole


def test_a_topic_is_words_of_a_subject_term_and_says_what_it_cannot_find(voting, graph):
    receipt = voting.compare("USA", "GBR", topic="questions palestine").receipt
    assert "(PALESTINE QUESTION)" in receipt.kept
    assert "have no subject term" in receipt.notes[0]  # the bundled votes have none
    for wrong in ("pal", "a", "quest"):
        with pytest.raises(QueryError, match="no text has a subject term"):
            voting.compare("USA", "GBR", topic=wrong)


def test_what_is_not_understood_from_python_is_an_error_too(voting):
    with pytest.raises(TypeError, match="unexpected argument 'to'"):
        voting.compare("USA", "GBR", start=2015, to=2019)
    with pytest.raises(ExportError, match="no form of a table"):
        voting.compare("USA", "GBR").write("xlsx")
    listed = voting.bloc(["USA", "GBR"])
    assert listed.rows == voting.bloc("USA", "GBR").rows
    assert listed.title == "How United States and United Kingdom hold together"
