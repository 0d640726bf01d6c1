"""Which votes count: periods, texts, unanimity, absence, seats."""

from datetime import date

import numpy as np

from kg.model.accounts import Account, Text
from kg.model.ballots import BallotBytes
from kg.model.dates import Interval, PartialDate
from kg.model.words import ABSENCES, OPTIONS
from kg.votes.ballots import ABSENT, ABSTAIN, NO, OUT, YES, Selection, choose
from kg.votes.table import VoteTable


def account(key, day, question="whole-text", organ="UNGA", complete=True, **votes):
    made = Account(
        source="undl-ga",
        number=key,
        key=key,
        text=Text(
            key=f"d{key}", symbol="", kind="resolution", title="", date=PartialDate.parse(day)
        ),
        organ=organ,
        date=PartialDate.parse(day),
        result="adopted",
        path="x",
        line=1,
    )
    made.question, made.complete = question, complete
    made.ballots = BallotBytes({s: {"Y": 1, "A": 2, "N": 3, "X": 8}[v] for s, v in votes.items()})
    return made


def table(*accounts):
    return VoteTable.of([], [], accounts).record


def seen(made):
    return {
        r: dict(zip(made.states, row.tolist(), strict=True))
        for r, row in zip(made.rollcalls["rollcall"], made.answers, strict=True)
    }


VOTES = table(
    account("1", "2001-01-01", FRA="Y", USA="N", CHN="X"),
    account("2", "2002-02-02", FRA="Y", USA="Y", CHN="A"),
    account("3", "2003-03-03", FRA="Y", USA="Y"),
    account("4", "2003-03-04", question="amendment", FRA="Y", USA="N"),
    account("5", "2003-03-05", organ="UNSC", FRA="Y", USA="N"),
    account("6", "2004-04-04", complete=False, FRA="A", USA="N"),
)


def test_whole_texts_of_the_assembly_count_that_were_not_unanimous():
    made = choose(VOTES, {})
    assert seen(made) == {
        "1": {"CHN": OUT, "FRA": YES, "USA": NO},
        "2": {"CHN": ABSTAIN, "FRA": YES, "USA": YES},
        "6": {"CHN": OUT, "FRA": ABSTAIN, "USA": NO},
    }
    assert set(seen(choose(VOTES, {}, Selection(unanimous="with")))) == {"1", "2", "3", "6"}
    assert set(seen(choose(VOTES, {}, Selection(unanimous="only")))) == {"3"}
    assert made.years.tolist() == [2001, 2002, 2004]


def test_absence_is_skipped_or_an_answer_or_a_no_where_it_is_known():
    assert seen(choose(VOTES, {}, Selection(absent="own")))["1"]["CHN"] == ABSENT
    assert seen(choose(VOTES, {}, Selection(absent="as-no")))["1"]["CHN"] == NO
    later = Interval(PartialDate(2001, 6, 1), PartialDate(2009))  # no seat yet on the day of 1
    chosen = choose(VOTES, {}, Selection(absent="as-no"), {"CHN": [later]})
    assert seen(chosen)["1"]["CHN"] == OUT
    for how in ABSENCES:  # who is not listed there is not known to have been absent
        assert seen(choose(VOTES, {}, Selection(absent=how)))["6"]["CHN"] == OUT


def test_a_state_that_never_voted_takes_no_part_whatever_absence_counts_as():
    made = table(
        account("1", "1980-01-01", FRA="Y", USA="N", ZAF="X"),
        account("2", "1980-01-02", FRA="N", USA="Y", ZAF="X"),
    )
    for how in ABSENCES:
        assert choose(made, {}, Selection(absent=how)).states == ("FRA", "USA")


def test_a_period_includes_both_days_and_documents_choose():
    days = {"start": date(2001, 1, 1), "end": date(2002, 2, 2)}
    assert set(seen(choose(VOTES, {}, Selection(**days)))) == {"1", "2"}
    assert set(seen(choose(VOTES, {}, Selection(documents={"d2"})))) == {"2"}
    assert len(choose(VOTES, {}, Selection(documents=set())).rollcalls) == 0
    assert choose(VOTES, {}, Selection(start=date(2050, 1, 1))).states == ()


def test_contested_means_a_tenth_did_not_vote_as_most():
    states = [f"S{i:02}" for i in range(20)]
    nineteen = account("1", "2001-01-01", **dict.fromkeys(states[:19], "Y"), S19="N")
    eighteen = account("2", "2001-01-02", **dict.fromkeys(states[:18], "Y"), S18="A", S19="N")
    both = table(nineteen, eighteen)
    assert set(seen(choose(both, {}))) == {"1", "2"}
    assert set(seen(choose(both, {}, Selection(contested=True)))) == {"2"}


def test_a_seat_gives_its_last_holder_the_votes_of_those_before():
    made = table(
        account("1", "1980-01-01", SUN="N", USA="Y"),
        account("2", "1995-01-01", RUS="Y", USA="N"),
    )
    seats = {"SUN": "russia", "RUS": "russia"}
    assert choose(made, seats).states == ("RUS", "SUN", "USA")
    joined = choose(made, seats, Selection(continuity="seat"))
    assert joined.states == ("RUS", "USA")
    assert joined.column("RUS").tolist() == [NO, YES]
    assert (joined.column("SUN") == OUT).all()


def test_a_column_and_rows_can_be_taken():
    made = choose(VOTES, {})
    assert made.column("USA").tolist() == [NO, YES, NO]
    assert made.where(np.array([True, False, False])).rollcalls["rollcall"].to_list() == ["1"]
    assert (made.column("XXX") == OUT).all()


def test_every_option_of_the_record_is_met():
    for option in OPTIONS:
        assert VOTES.totals[option] >= 1, option
