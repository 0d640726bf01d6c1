"""Accounts beside the record: which agree, which votes are written, which are said to be missing."""

from kg.model.accounts import Account, Text
from kg.model.ballots import BallotBytes
from kg.model.dates import PartialDate
from kg.votes.accord import Accord
from kg.votes.table import CODES, VoteTable

WORDS = {"Y": 1, "A": 2, "N": 3, "X": 8, "?": 0}
RECORD = "Y N A X"


def account(votes, source="undl-ga", **more):
    given = {"date": "1990-12-04", "complete": True, "printed": {}, **more}
    day = PartialDate.parse(given.pop("date"))
    return Account(
        source=source,
        number="1",
        key="45_1",
        text=Text(key="A_RES_45_1", symbol="", kind="resolution", title=""),
        organ="UNGA",
        date=day,
        ballots=BallotBytes(
            {f"S{i}": WORDS[vote] for i, vote in enumerate(votes.split()) if vote != "-"}
        ),
        **given,
    )


def compared(votes, record=RECORD, **more):
    """Whether it differs, the votes that are written, the states and the options that it omits."""
    table = VoteTable.of([], [], [account(record)], [account(votes, "unvotes", **more)])
    accord = Accord.of(table)
    rows = slice(0, 2)
    other = accord.others[0]
    own = accord.own(table, rows)[other]
    written = {
        state: code
        for state, code, is_own in zip(table.states, table.matrix[other].tolist(), own, strict=True)
        if is_own
    }
    omitted = accord.omitted(table, rows)[other]
    states = [state for state, lacks in zip(table.states, omitted, strict=True) if lacks]
    options = [option for _, options in accord.omitted_options(table) for option in options]
    return bool(accord.differs[0]), written, states, options


def test_the_same_votes_agree_and_nothing_is_written():
    assert compared(RECORD) == (False, {}, [], [])


def test_another_vote_is_written():
    assert compared("Y Y A X") == (True, {"S1": CODES["yes"]}, [], [])
    assert compared("Y N A Y") == (True, {"S3": CODES["yes"]}, [], [])


def test_what_a_source_does_not_list_is_said():
    assert compared("Y N - X") == (True, {}, ["S2"], [])
    assert compared("Y N ? X") == (True, {}, ["S2"], [])
    assert compared("Y - A -", complete=False) == (True, {}, ["S1"], ["nonvoting"])


def test_a_source_that_lists_votes_cast_alone_agrees_with_one_that_lists_absences():
    assert compared("Y N A -", complete=False) == (False, {}, [], ["nonvoting"])


def test_a_source_without_single_votes_agrees_unless_it_gives_other_totals():
    every = ["yes", "no", "abstain", "nonvoting"]
    assert compared("- - - -", complete=False) == (False, {}, [], every)
    record = VoteTable.of(
        [],
        [],
        [account(RECORD, printed={"yes": 1})],
        [account("- - - -", "unvotes", complete=False, printed={"yes": 2})],
    )
    assert Accord.of(record).differs.tolist() == [True]


def test_more_than_the_record_is_written_and_is_no_disagreement_where_the_record_has_no_votes():
    assert compared("Y N", record="- -") == (False, {"S0": 1, "S1": 3}, [], [])


def test_a_month_agrees_with_a_day_in_it_and_not_with_another():
    assert compared(RECORD, date="1990-12")[0] is False
    assert compared(RECORD, date="1990-11")[0] is True
    assert compared(RECORD, date="1990-12-05")[0] is True


def test_another_result_differs_and_none_does_not():
    for mine, theirs, differs in (("adopted", "", False), ("adopted", "rejected", True)):
        table = VoteTable.of(
            [], [], [account(RECORD, result=mine)], [account(RECORD, "unvotes", result=theirs)]
        )
        assert Accord.of(table).differs.tolist() == [differs], (mine, theirs)


def test_an_account_of_what_the_record_does_not_have_is_written_whole():
    table = VoteTable.of([], [], [], [account(RECORD)])
    accord = Accord.of(table)
    assert accord.others.tolist() == []
    assert accord.own(table, slice(0, 1)).sum() == 4
    assert not accord.omitted(table, slice(0, 1)).any()
