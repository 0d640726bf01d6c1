"""The record that comes with kg: what it holds, what each row says, and how a wrong row is refused."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from kg import resources
from kg.errors import SourceError
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.read import read_files
from kg.votes.table import CODES
from tests.cases import each

RECORD = resources.data() / "record"


def read(*paths):
    return read_files(paths, names_of(read_facts(resources.data())))


def test_every_roll_call_since_1946_comes_with_kg():
    intake = read(*resources.record(resources.data()))
    assert not intake.problems
    counts = Counter((one.source, one.organ) for one in intake.accounts)
    assert counts == {
        ("record", "UNGA"): 5539,
        ("record", "UNSC"): 2797,
        ("record-vetoes", "UNSC"): 214,
        ("record-voeten", "UNGA"): 1930,
    }
    library = [one for one in intake.accounts if one.source == "record"]
    assert sum(len(one.ballots) for one in library) == 958_459
    named = {one.key: one for one in library}
    declaration = named["217_III_A"]
    assert str(declaration.date) == "1948-12-10"
    cast = Counter(declaration.ballots.values())
    assert (cast[CODES["yes"]], cast[CODES["no"]], cast[CODES["abstain"]]) == (48, 0, 8)
    assert named["80_1"].note.startswith("RUS, BLR: All that voted no or abstained are named there")
    assert named["37_9"].note.endswith(
        "(checked; https://www.mofa.go.jp/mofaj/gaiko/bluebook/1983/s58-shiryou-407.htm)"
    )
    against = {state for state, code in named["ES-11_6"].ballots.items() if code == CODES["no"]}
    assert against == {"BLR", "ERI", "MLI", "NIC", "PRK", "RUS", "SYR"}


def test_the_record_is_the_facts_again_where_both_tell_of_a_vote():
    facts = read_facts(resources.data())
    with (resources.data() / "roll_calls" / "votes.csv").open(encoding="utf-8") as file:
        ours = {(row["rollcall"], row["state"]): CODES[row["vote"]] for row in csv.DictReader(file)}
    intake = read_files(resources.record(resources.data()), names_of(facts))
    again = {
        (one.key, state): code
        for one in intake.accounts
        if one.source == "record"
        for state, code in one.ballots.items()
        if (one.key, state) in ours
    }
    assert len(again) == 1544
    assert again == {key: code for key, code in ours.items() if key in again}


HEADER = (
    "rollcall,number,organ,date,session,symbol,title,draft,report,meeting,agenda,subjects,totals,members,"
    "note,answers\n"
)
SEATS = "seats,,,2023,,,,,,,,,,,,BLR FRA RUS\n"
ROW = "77_1,5,UNGA,2023-01-02,77,A/RES/77/1,Peace,,,A/77/PV.1,,,1-1-0-1,3,,{}\n"


def test_answers_stand_in_the_order_of_the_seats(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + SEATS + ROW.format("NYX"), encoding="utf-8")
    (account,) = read(path).accounts
    assert account.ballots == {"BLR": CODES["no"], "FRA": CODES["yes"], "RUS": CODES["nonvoting"]}
    assert account.printed == {"yes": 1, "no": 1, "abstain": 0, "nonvoting": 1}
    assert account.text.url == "https://digitallibrary.un.org/record/5"
    path.write_text(HEADER + SEATS + ROW.format("N-?"), encoding="utf-8")
    assert read(path).accounts[0].ballots == {"BLR": CODES["no"], "RUS": 0}


@pytest.mark.parametrize(
    ("rows", "line", "problem"),
    [
        (SEATS + ROW.format("NY"), 3, "2 answers for 3 seats"),
        (SEATS + ROW.format("NYZ"), 3, "no answer: Z"),
        (ROW.format("NYX"), 2, "3 answers for 0 seats"),
        (SEATS.replace("FRA", "XXX") + ROW.format("NYX"), 2, "no known state: XXX"),
        (SEATS.replace("FRA", "BLR") + ROW.format("NYX"), 2, "stands twice"),
        (SEATS + ROW.replace("UNGA", "UNEP").format("NYX"), 3, "'UNEP' is none of"),
        (SEATS + ROW.replace("2023-01-02", "2023").format("NYX"), 3, "is not a day"),
        (
            SEATS + ROW.replace("1-1-0-1", "1-1-0").format("NYX"),
            3,
            "totals '1-1-0' are not 4 numbers",
        ),
    ],
    ids=["short", "letter", "no-seats", "state", "twice", "organ", "date", "totals"],
)
def test_a_row_that_is_not_as_it_must_be_is_refused_with_its_line(tmp_path, rows, line, problem):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        read(path)
    assert f"mine.csv:{line}" in str(refused.value)
    assert problem in str(refused.value)


@each(
    ("row", "problem"),
    [
        ("77_2,,checked,a page,It is so", "no table has the roll call '77_2'"),
        ("77_1,,perhaps,a page,It is so", "'perhaps' is none of checked, unchecked"),
        ("77_1,XXX,checked,a page,It is so", "XXX"),
    ],
)
def test_a_remark_on_nothing_known_is_refused_with_its_line(row, problem, tmp_path):
    (tmp_path / "mine.csv").write_text(HEADER + SEATS + ROW.format("YNX"), encoding="utf-8")
    remarks = tmp_path / "remarks.csv"
    remarks.write_text(f"rollcall,states,status,source,note\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"remarks\.csv:2") as refused:
        read(tmp_path / "mine.csv", remarks)
    assert problem in str(refused.value)
