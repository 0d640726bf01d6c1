"""The blocs that votes show, where they do."""

import numpy as np
import pytest

from kg.errors import ExportError, QueryError
from kg.votes import division, measures
from kg.votes.ballots import OUT, Ballots, choose
from tests import voting as made_up


def test_states_without_ties_are_in_no_bloc_and_named(voting):
    sizes = {}
    for row in voting.blocs():
        sizes[row["bloc"]] = sizes.get(row["bloc"], 0) + 1
    assert 1 not in sizes.values()


def test_blocs_are_found_where_votes_have_them_and_not_in_noise():
    generator = np.random.default_rng(5)
    lines = generator.integers(0, 3, size=(200, 3))
    own = np.repeat([0, 1, 2], 20)
    answers = lines[:, own].astype(np.int8)
    strayed = generator.random(answers.shape) < 0.3
    answers[strayed] = generator.integers(0, 3, size=int(strayed.sum()))
    answers[generator.random(answers.shape) < 0.05] = OUT

    def divide(matrix):
        states = tuple(f"S{i:02}" for i in range(matrix.shape[1]))
        return division.divide(Ballots(None, states, matrix))[0]

    found = divide(answers)
    assert found.holds
    assert len(set(found.blocs)) == 3
    assert all(len(set(found.blocs[own == n])) == 1 for n in range(3))
    assert found.stability > 0.9
    noise = divide(generator.permuted(answers, axis=0))
    assert not noise.holds
    again = divide(answers)
    assert np.array_equal(again.blocs, found.blocs)


def test_a_division_is_like_itself_and_unlike_chance():
    one = np.repeat([0, 1, 2, 3], 25)
    assert division._likeness(one, one + 5) == 1
    assert abs(division._likeness(one, np.tile([0, 1, 2, 3], 25))) < 0.05


def test_the_record_shows_blocs_or_says_that_it_has_none(voting, graph, run, voting_root):
    table = voting.blocs()
    assert {row["state"] for row in table} <= set(made_up.STATES)
    result = run("blocs", graph=voting_root)
    assert result.exit_code == (0 if len(table) else 1)
    with pytest.raises(QueryError, match="too few for blocs"):
        graph.blocs()


def test_the_matrix_of_blocs_is_in_their_order_and_is_drawn(voting, tmp_path):
    table = voting.blocs()
    assert len(table) > 2
    assert table.kappa.shape == (len(table), len(table))
    chosen = choose(voting.votes, voting.snapshot.seats)
    places = [chosen.states.index(row["state"]) for row in table]
    kappa_of_all = measures.between(chosen, "kappa")[0]
    assert np.array_equal(table.kappa, kappa_of_all[np.ix_(places, places)])
    voting.plot(table, tmp_path / "m.svg")
    assert "bloc (states)" in (tmp_path / "m.svg").read_text(encoding="utf-8")


def test_a_table_without_a_picture_and_an_ending_that_is_none_are_refused(voting, tmp_path):
    with pytest.raises(ExportError, match="there is no picture of such a table"):
        voting.plot(voting.bloc("NATO", part="members"), tmp_path / "m.svg")
    with pytest.raises(ExportError, match=r"a picture is \.svg, \.png or \.pdf"):
        voting.plot(voting.bloc("NATO"), tmp_path / "m.gif")
    assert list(tmp_path.iterdir()) == []


def test_no_blocs_have_no_matrix(official):
    """Where the votes show none, there is no row and nothing to draw."""
    with pytest.raises(QueryError, match="too few for blocs"):
        official.blocs()
