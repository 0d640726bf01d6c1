"""The votes of an account, one byte a state."""

import pytest

from kg.model.ballots import NO_BALLOT, BallotBytes, place_of, states


def test_it_holds_what_it_was_given_as_a_mapping():
    ballots = BallotBytes({"FRA": 1, "RUS": 0})
    ballots["USA"] = 8
    assert dict(ballots) == {"FRA": 1, "RUS": 0, "USA": 8} == ballots
    assert (len(ballots), "USA" in ballots, "BLR" in ballots) == (3, True, False)
    assert (ballots.count(1), ballots.count(3)) == (1, 0)
    del ballots["FRA"]
    assert ballots == {"RUS": 0, "USA": 8}
    for missing in ("FRA", "a state never met"):
        with pytest.raises(KeyError):
            ballots[missing]


def test_a_state_keeps_its_place_in_every_account():
    place = place_of("a new state")
    assert states()[place] == "a new state"
    one, other = BallotBytes({"a new state": 3}), BallotBytes()
    other.reach(place)
    assert (one.codes[place], other.codes[place], len(other)) == (3, NO_BALLOT, 0)
