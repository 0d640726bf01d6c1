"""Who changed between two votes or two periods, and who shared a rare vote."""

import numpy as np


def test_who_moved_between_two_votes(graph):
    rows = {
        row["state"]: (row["before"], row["after"]) for row in graph.moves("ES-11/1", "ES-11/6")
    }
    assert rows["MLI"] == ("abstain", "no")
    assert rows["NIC"] == ("abstain", "no")
    table = graph.votes
    a, b = (table.rollcalls["rollcall"].to_list().index(k) for k in ("ES-11_1", "ES-11_6"))
    assert len(rows) == (table.matrix[a] != table.matrix[b]).sum()


def test_who_moved_between_two_periods(voting, tmp_path):
    rows = list(voting.moves("2010-2015", "2017-2021"))
    within = [row for row in rows if row["remark"]]
    assert len(within) > len(rows) * 0.8  # the made-up states never move
    assert all(row["moved"] > 0 and row["chance"] > 0 for row in rows)
    assert rows == list(voting.moves("2010-2015", "2017-2021"))


def test_rare_votes_shared_without_a_tie(voting):
    rows = [(row["rollcall"], row["a"], row["b"]) for row in voting.odd_pairs(3)]
    assert ("77_92", "PRK", "USA") in rows
    assert not [row for row in rows if row[0] == "77_93"]  # allies share NATO
    assert not [row for row in rows if row[0] == "77_91"]  # one alone has no company


def test_a_rare_vote_on_a_topic_says_what_the_topic_cannot_find(voting):
    receipt = voting.odd_pairs(3, topic="palestine").receipt
    assert any("have no subject term" in note for note in receipt.notes)


def test_chance_counts_an_absence_as_the_change_does(voting):
    """Absence as an answer of its own adds noise, in the periods as they were and as they are dealt."""
    periods = ("2010-2015", "2017-2021")
    plain = list(voting.moves(*periods))
    own = list(voting.moves(*periods, absent="own"))
    means = [np.mean([row["chance"] for row in rows]) for rows in (plain, own)]
    assert means[0] != means[1]
    assert all(row["n_before"] > row["n_after"] * 0 for row in own)
