"""Vetoes in the Security Council, read with what is odd in them told."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.model.dates import PartialDate
from kg.sources.readers import vetoes
from tests.cases import each
from tests.sources.reading import kinds, read_parts, read_rows, recognised

(LAYOUT,) = vetoes.LAYOUTS
HEADER = (
    "year,date,month,draft,meeting_record,agenda_item,crisis_topic,region,member_veto1,member_veto2,"
    "member_veto3,single_veto,multiple_vetoes,China,France,Russia,USSR,USA,UK,russia_china,usa_uk,"
    "usa_france,usa_france_uk,france_uk"
)
TAIL = {
    "USSR": "USSR,,,1,0,0,0,0,1,0,0,0,0,0,0,0",
    "Russia": "Russia,,,1,0,0,0,1,0,0,0,0,0,0,0,0",
    "China": "China,,,1,0,1,0,0,0,0,0,0,0,0,0,0",
    "both": "China,Russia,,0,1,1,0,1,0,0,0,1,0,0,0,0",
}


def row(date, draft, tail="USSR", meeting="S/PV.9", item="A question"):
    month, _, year = date.split("/")
    return f"{year},{date},{month},{draft},{meeting},{item},Topic,Region,{TAIL.get(tail, tail)}"


def read(tmp_path, *rows, header=HEADER):
    return read_rows(LAYOUT, tmp_path, header, *rows)


def test_the_header_tells_the_layout():
    assert recognised(vetoes.LAYOUTS, HEADER) == [LAYOUT]
    assert recognised(vetoes.LAYOUTS, "date,draft") == []


def test_a_row_becomes_a_rejected_draft_with_its_vetoes_and_no_ballots(tmp_path):
    (account,) = (intake := read(tmp_path, row("2/7/2020", "S/2020/9", "both"))).accounts
    assert (account.key, account.text.symbol) == ("S_2020_9", "S/2020/9")
    assert account.text.kind == "draft-resolution"
    assert account.date == PartialDate(2020, 2, 7)
    assert (account.organ, account.result, account.meeting) == ("UNSC", "rejected", "S/PV.9")
    assert (account.complete, account.ballots, account.question) == (False, {}, "whole-text")
    assert account.vetoed_by == ("CHN", "RUS")
    assert (account.path, account.line) == ("vetoes.csv", 2)
    assert kinds(intake) == {}


@each(
    ("date", "printed", "state"),
    [
        ("12/23/1991", "USSR", "SUN"),
        ("12/24/1991", "Russia", "RUS"),
        ("10/25/1971", "China", "TWN"),
        ("10/26/1971", "China", "CHN"),
    ],
)
def test_the_holder_of_the_seat_on_the_day_vetoed(date, printed, state, tmp_path):
    intake = read(tmp_path, row(date, "S/99", printed))
    assert intake.accounts[0].vetoed_by == (state,)
    assert kinds(intake) == {}


def test_a_name_out_of_its_time_is_told_and_the_holder_of_the_seat_taken(tmp_path):
    intake = read(tmp_path, row("1/5/1993", "S/99", "USSR"))
    assert intake.accounts[0].vetoed_by == ("RUS",)
    assert kinds(intake) == {"columns disagree": 1}


def test_a_meeting_in_the_place_of_a_draft_gives_each_vote_a_key_of_its_own(tmp_path):
    same = row("6/26/1946", "S/PV.9")
    intake = read(tmp_path, same, same, row("6/26/1946", "S/PV.9", item="Another"))
    assert [a.key for a in intake.accounts] == [f"S_PV.9_veto_{n}" for n in (1, 2, 3)]
    assert {a.text.symbol for a in intake.accounts} == {""}
    assert "only the record of the meeting" in intake.accounts[0].note


def test_a_preliminary_question_is_no_draft(tmp_path):
    item = "A question preliminary question"
    (account,) = read(tmp_path, row("6/26/1946", "S/PV.9", item=item)).accounts
    assert account.text.kind == "document"


def test_what_stands_around_a_symbol_is_noted_or_told(tmp_path):
    rows = (
        row("6/26/1950", "S/77/Rev.1 (as amended)"),
        row("6/26/1950", '"S/78, S/PV.9"'),
        row("6/26/1950", ""),
    )
    intake = read(tmp_path, *rows)
    first, second, third = intake.accounts
    assert (first.key, first.note) == ("S_77_Rev.1", "As amended.")
    assert (second.key, second.text.symbol) == ("S_78_S_PV.9", "")
    assert "S/78, S/PV.9" in second.note
    assert third.key == "veto_1950-06-26"
    assert kinds(intake) == {"no symbol": 2}


def test_a_draft_that_stands_twice_is_kept_once_unless_the_votes_differ(tmp_path):
    one = row("6/26/1950", "S/77")
    intake = read(tmp_path, one, one, row("6/27/1950", "S/77"), row("6/28/1950", "S/77"))
    assert [a.key for a in intake.accounts] == ["S_77", "S_77_veto_2", "S_77_veto_3"]
    assert kinds(intake) == {"row twice": 1, "draft twice": 2}


@each("date", ["1950-06-26", "26/6/1950", "2/30/1950", "6/26/50", "0/1/1950", ""])
def test_a_date_that_is_no_day_leaves_the_row_out(date, tmp_path):
    given = f"1950,{date},6,S/77,S/PV.9,A question,,,{TAIL['USSR']}"
    intake = read(tmp_path, given)
    assert intake.accounts == []
    assert kinds(intake) == {"no date": 1}
    assert intake.problems[0].line == 2


@each(
    "tail",
    [
        "USSR,,,1,0,0,0,0,0,0,0,0,0,0,0,0",
        "USSR,,,0,1,0,0,0,1,0,0,0,0,0,0,0",
        "USSR,,,1,,0,0,0,1,0,0,0,0,0,0,0",
        "USSR,,,1,0,0,0,0,1,0,0,0,2,0,0,0",
    ],
)
def test_columns_that_count_other_vetoes_than_the_names_are_told(tail, tmp_path):
    intake = read(tmp_path, row("6/26/1950", "S/77", tail))
    assert intake.accounts[0].vetoed_by == ("SUN",)
    assert kinds(intake) == {"columns disagree": 1}


def test_year_and_month_that_are_not_those_of_the_date_are_told(tmp_path):
    intake = read(tmp_path, row("6/26/1950", "S/77").replace("1950,", "1951,", 1))
    assert intake.accounts[0].date.year == 1950
    assert kinds(intake) == {"columns disagree": 1}


def test_a_name_that_is_no_permanent_member_and_a_row_without_a_veto_are_told(tmp_path):
    rows = (
        row("6/26/1950", "S/77", "Atlantis,,,1,0,0,0,0,0,0,0,0,0,0,0,0"),
        row("6/26/1950", "S/78", ",,,0,0,0,0,0,0,0,0,0,0,0,0,0"),
    )
    intake = read(tmp_path, *rows)
    assert intake.accounts == []
    assert kinds(intake) == {"unknown state": 1, "no veto": 2}


def test_other_documents_in_the_place_of_a_meeting_are_told(tmp_path):
    given = row("7/7/2020", "S/2020/9", "both", meeting='"S/2020/1\nS/2020/2"')
    intake = read(tmp_path, given)
    assert intake.accounts[0].meeting == ""
    assert kinds(intake) == {"no meeting record": 1}


def test_an_extra_column_is_told_once(tmp_path):
    rows = [row("6/26/1950", f"S/{n}") + ",x" for n in (1, 2)]
    intake = read(tmp_path, *rows, header=f"{HEADER},mood")
    assert [p.text for p in intake.problems] == ["'mood'"]


def test_the_columns_may_come_in_another_order(tmp_path):
    header = "draft,member_veto1,date,meeting_record"
    intake = read(tmp_path, "S/77,USA,6/26/1990,S/PV.9", header=header)
    assert intake.accounts[0].vetoed_by == ("USA",)
    assert kinds(intake) == {}


def test_a_file_without_a_row_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"vetoes\.csv:1: holds no row"):
        read(tmp_path)


def test_every_veto_of_the_shared_table_is_read(shared):
    intake, counts = read_parts(LAYOUT, [shared / "undl" / "unsc_vetoes_1946_sept2022.csv"])
    assert counts == [214]
    assert len(intake.accounts) == len({a.key for a in intake.accounts}) == 214
    assert kinds(intake) == {"no symbol": 4, "columns disagree": 30, "no meeting record": 3}
    by = [state for account in intake.accounts for state in account.vetoed_by]
    assert {s: by.count(s) for s in sorted(set(by))} == {
        "CHN": 17,
        "FRA": 16,
        "GBR": 29,
        "RUS": 31,
        "SUN": 90,
        "USA": 82,
    }
