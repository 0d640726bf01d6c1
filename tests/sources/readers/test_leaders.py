"""Heads of state and of government: each trap of the table is handled and told."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.model import records
from kg.sources.readers import leaders
from tests.cases import each
from tests.sources.reading import kinds, made, read_parts, recognised

(LAYOUT,) = leaders.LAYOUTS
HEADER = "iso3,country,role,person,person_qid,start,end,party,end_cause"
GENID = "http://www.wikidata.org/.well-known/genid/0123456789abcdef0123456789abcdef"


def row(start, end="", person="Ana Um", qid="Q101", iso3="BRA", role="head_of_state"):
    start, end = (f"{d}T00:00:00Z" if d[:1].isdigit() else d for d in (start, end))
    return f"{iso3},Brasil,{role},{person},{qid},{start},{end},Party,"


def read(tmp_path, *rows, header=HEADER, more=()):
    paths = []
    for number, lines in enumerate((rows, more)):
        if lines:
            paths.append(tmp_path / f"leaders{number}.csv")
            paths[-1].write_text("\n".join((header, *lines, "")), encoding="utf-8")
    intake, counts = read_parts(LAYOUT, paths)
    assert counts == [len(lines) for lines in (rows, more) if lines]
    return intake


def dates(intake):
    return [(str(t.start), str(t.end)) for t in made(intake, records.Tenure)]


def test_the_header_tells_the_layout():
    assert recognised(leaders.LAYOUTS, HEADER) == [LAYOUT]
    assert recognised(leaders.LAYOUTS, "iso3,person,start,end") == []


def test_a_row_becomes_a_person_a_post_and_a_tenure(tmp_path):
    intake = read(tmp_path, row("2003-02-03", "2007-04-05"))
    (person,), (post,), (tenure,) = (
        made(intake, record) for record in (records.Official, records.Post, records.Tenure)
    )
    assert (person.official, person.name, person.wikidata) == ("Q101", "Ana Um", "Q101")
    assert (post.post, post.title) == ("BRA_head_of_state", "Head of state, Brasil")
    assert post.state == "BRA"
    assert tenure.tenure == "Q101_BRA_head_of_state_2003-02-03"
    assert (tenure.official, tenure.post, tenure.status) == ("Q101", post.post, "")
    assert dates(intake) == [("2003-02-03", "2007-04-05")]
    assert tenure.source == ("leaders",)
    assert kinds(intake) == {}


def test_a_person_who_holds_two_posts_twice_is_one_person(tmp_path):
    rows = [
        row(start, end, role=role)
        for role in ("head_of_state", "head_of_government")
        for start, end in (("2003-02-03", "2007-04-05"), ("2010-02-03", ""))
    ]
    intake = read(tmp_path, *rows)
    counts = [len(made(intake, r)) for r in (records.Official, records.Post, records.Tenure)]
    assert counts == [1, 2, 4]


def test_a_number_in_the_place_of_a_name_is_kept_as_the_name_and_told_once(tmp_path):
    rows = [row("2003-02-03", "2007-04-05", person="Q77", qid="Q77") for _ in (1, 2)]
    intake = read(tmp_path, rows[0], rows[1].replace("2003", "2004"))
    assert [p.name for p in made(intake, records.Official)] == ["Q77"]
    assert kinds(intake) == {"person without a name": 1}


def test_a_person_without_a_number_is_told_apart_by_state_and_name(tmp_path):
    rows = (
        row("2003-02-03", "2007-04-05", person="José Três", qid=""),
        row("2007-04-05", "2008-04-05", person="李", qid="x1"),
        row("2008-04-05", "2009-04-05", person="", qid=""),
    )
    intake = read(tmp_path, *rows)
    (person,) = made(intake, records.Official)
    assert (person.official, person.name, person.wikidata) == ("BRA_Jose_Tres", "José Três", "")
    assert kinds(intake) == {"person without a QID": 3}


def test_a_person_that_is_not_known_is_left_out(tmp_path):
    given = row("2003-02-03", "2007-04-05", person=GENID, qid=GENID.rpartition("/")[2])
    intake = read(tmp_path, given)
    assert made(intake, records.Tenure) == []
    assert kinds(intake) == {"unknown person": 1}


def test_a_second_name_of_a_person_is_kept_and_told(tmp_path):
    rows = (row("2003-02-03", "2007-04-05"), row("2009-02-03", "2010-04-05", person="Anne Un"))
    intake = read(tmp_path, *rows)
    (person,) = made(intake, records.Official)
    assert (person.name, person.also_known_as) == ("Ana Um", "Anne Un")
    assert kinds(intake) == {"person of two names": 1}


@each(
    ("start", "kind"),
    [
        (GENID, "unknown date"),
        ("+0000-00-00T00:00:00Z", "date not read"),
        ("20254-04-01", "date not read"),
        ("2003-02-31", "date not read"),
        ("in spring", "date not read"),
    ],
)
def test_a_start_that_is_no_date_leaves_the_tenure_unchecked(start, kind, tmp_path):
    intake = read(tmp_path, row(start, "2007-04-05"))
    (tenure,) = made(intake, records.Tenure)
    assert (tenure.start, str(tenure.end), tenure.status) == (None, "2007-04-05", "unchecked")
    assert tenure.tenure == "Q101_BRA_head_of_state_until_2007-04-05"
    assert kinds(intake) == {kind: 1, "no start": 1}


@each("start", ["", GENID, "20254-04-01"])
def test_a_term_without_any_date_is_left_out(start, tmp_path):
    intake = read(tmp_path, row(start))
    assert made(intake, records.Tenure) == []
    assert len(made(intake, records.Official)) == 1
    assert kinds(intake)["no dates"] == 1


def test_an_end_that_is_not_known_is_noted(tmp_path):
    intake = read(tmp_path, row("2003-02-03", GENID))
    (tenure,) = made(intake, records.Tenure)
    assert (tenure.end, tenure.status) == (None, "unchecked")
    assert tenure.note == "The source says that it ended, not when."


def test_dates_before_year_1_are_left_out_and_early_ones_kept(tmp_path):
    rows = (
        row("-0027-01-01T00:00:00Z", "-0001-02-02T00:00:00Z"),
        row("-0027-01-01T00:00:00Z", "0041-02-02"),
        row("0645-07-12", "0654-11-24"),
    )
    intake = read(tmp_path, *rows)
    assert dates(intake) == [("0645-07-12", "0654-11-24")]
    assert kinds(intake) == {"date before year 1": 2}


def test_months_and_days_of_zero_make_the_date_less_exact(tmp_path):
    intake = read(tmp_path, row("1957-00-00", "1961-05-00"))
    assert dates(intake) == [("1957", "1961-05")]


def test_an_open_term_is_doubted_only_where_a_later_one_starts_in_the_post(tmp_path):
    rows = (row("1850-02-03"), row("2003-02-03", qid="Q102", person="Bo Dois"))
    other = row("1990-02-03", role="head_of_government")
    intake = read(tmp_path, *rows, more=[other])
    first, second, third = made(intake, records.Tenure)
    assert (first.end, first.status) == (None, "unchecked")
    assert "a later term in the post starts on 2003-02-03" in first.note
    assert (second.status, third.status) == ("", "")
    assert kinds(intake) == {"open end": 1}


def test_a_later_term_in_a_second_file_tells_that_an_open_one_is_over(tmp_path):
    later = row("2003-02-03", qid="Q102", person="Bo Dois")
    intake = read(tmp_path, row("1990-02-03"), more=[later, row("1990-02-03")])
    assert kinds(intake) == {"open end": 1, "row twice": 1}
    assert len(made(intake, records.Tenure)) == 2


def test_an_end_before_the_start_is_left_out(tmp_path):
    intake = read(tmp_path, row("2007-04-05", "2003-02-03"))
    assert made(intake, records.Tenure) == []
    assert kinds(intake) == {"end before start": 1}
    assert intake.problems[0].line == 2


def test_a_term_of_one_day_ends_on_the_day_after(tmp_path):
    intake = read(tmp_path, row("1913-02-19", "1913-02-19"), row("1900-01-01", "1900-01-01"))
    assert dates(intake) == [("1913-02-19", "1913-02-20"), ("1900-01-01", "1900")]
    assert {t.status for t in made(intake, records.Tenure)} == {"unchecked"}
    assert kinds(intake) == {"end on its start": 2, "1 January": 1}


def test_two_ends_are_both_kept_and_a_row_without_one_gives_way(tmp_path):
    starts = "2003-02-03"
    rows = (row(starts, "2007-04-05"), row(starts, "2007-04-06"), row(starts), row(starts))
    intake = read(tmp_path, *rows)
    assert dates(intake) == [(starts, "2007-04-05"), (starts, "2007-04-06")]
    keys = [t.tenure for t in made(intake, records.Tenure)]
    assert keys == [f"Q101_BRA_head_of_state_{starts}", f"Q101_BRA_head_of_state_{starts}_2"]
    assert {t.status for t in made(intake, records.Tenure)} == {"unchecked"}
    assert kinds(intake) == {"two ends": 3, "row twice": 1}


def test_the_first_of_january_is_kept_and_noted(tmp_path):
    intake = read(tmp_path, row("2003-01-01", "2007-04-05"))
    (tenure,) = made(intake, records.Tenure)
    assert (str(tenure.start), tenure.status) == ("2003-01-01", "")
    assert tenure.note == "1 January may stand for the year alone."
    assert kinds(intake) == {"1 January": 1}


@each("iso3", ["", "XXX", "BR", "Brazil", "cow:140"])
def test_a_code_that_means_no_state_is_told(iso3, tmp_path):
    intake = read(tmp_path, row("2003-02-03", iso3=iso3))
    assert intake.records == {}
    assert kinds(intake) == {"unknown state": 1}


def test_a_row_without_a_role_is_left_out_and_extra_columns_are_told_once(tmp_path):
    rows = [row("2003-02-03", role="") + ",x", row("2003-02-03", "2004-02-03") + ",x"]
    intake = read(tmp_path, *rows, header=f"{HEADER},mood")
    assert len(made(intake, records.Tenure)) == 1
    assert kinds(intake) == {"no role": 1, "column not read": 1}


def test_a_file_without_a_row_is_refused(tmp_path):
    path = tmp_path / "leaders.csv"
    path.write_text(HEADER + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match="holds no row"):
        read_parts(LAYOUT, [path])


def test_the_shared_tables_are_read_and_each_row_is_a_tenure_or_told(shared):
    names = ("leaders_history.csv", "leaders_current.csv")
    intake, counts = read_parts(LAYOUT, [shared / "officials" / name for name in names])
    assert counts == [9376, 448]
    told = kinds(intake)
    tenures = made(intake, records.Tenure)
    assert len(tenures) == len({t.tenure for t in tenures}) == 8250
    left_out = [p for p in intake.problems if p.text.endswith("left out")]
    assert len(tenures) + len(left_out) == 9376 + 448
    assert told["open end"] == sum("gives no end, and a later" in t.note for t in tenures) == 104
    assert told["person without a name"] == 31
    people, posts = (made(intake, m) for m in (records.Official, records.Post))
    assert {t.official for t in tenures} <= {p.official for p in people}
    assert {t.post for t in tenures} <= {p.post for p in posts}
