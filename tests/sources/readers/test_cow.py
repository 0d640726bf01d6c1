"""Correlates of War: alliances by member and by dyad, the state system, and what is told of them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import SourceError
from kg.model import records
from kg.sources.readers import cow, cow_states
from tests.cases import each
from tests.sources.reading import kinds, made, read_parts, read_rows, recognised

LAYOUTS = (*cow.LAYOUTS, *cow_states.LAYOUTS)
MEMBER, DYAD, STATES = LAYOUTS
FLAGS = "left_censor,right_censor,defense,neutrality,nonaggression,entente"
MEMBERS = (
    "version4id,ccode,state_name,all_st_day,all_st_month,all_st_year,all_end_day,all_end_month,"
    "all_end_year,ss_type,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,"
    f"mem_end_year,{FLAGS},version"
)
DYADS = (
    "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,"
    f"dyad_end_day,dyad_end_month,dyad_end_year,{FLAGS},asymmetric,version"
)
SYSTEM = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version"
ENDED = "6,5,1970"
LASTING = ",,"
TYPE = "Type I: Defense Pact"


def member(code, end=ENDED, start="3,2,1960", flags="0,0,1,0,0,1", kind=TYPE, whole=None):
    alliance = whole or f"3,2,1960,{end}"
    return f"7,{code},Name,{alliance},{kind},{start},{end},{flags},4.1"


def spans(intake):
    return [(m.state, str(m.start), str(m.end)) for m in made(intake, records.Membership)]


@each(
    ("header", "layout"),
    [
        (MEMBERS, MEMBER),
        (DYADS, DYAD),
        (f"{DYADS},year".replace(",asymmetric", ""), DYAD),
        (SYSTEM, STATES),
        ("ccode1,ccode2,year,defense", None),
    ],
)
def test_the_header_tells_the_layout(header, layout):
    assert recognised(LAYOUTS, header) == ([layout] if layout else [])


def test_a_row_by_member_becomes_an_alliance_a_treaty_and_a_membership(tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, member(220), member(200))
    (alliance,), (treaty,) = made(intake, records.Organisation), made(intake, records.Treaty)
    assert (alliance.organisation, alliance.name) == ("COW_7", "COW alliance 7")
    assert (alliance.kind, alliance.treaties) == ("alliance", ("COW_7",))
    assert treaty.obligations == ("defence", "consultation")
    assert (str(treaty.in_force), str(treaty.end)) == ("1960-02-03", "1970-05-07")
    assert spans(intake) == [
        ("FRA", "1960-02-03", "1970-05-07"),
        ("GBR", "1960-02-03", "1970-05-07"),
    ]
    assert kinds(intake) == {}


@each(
    ("version", "known"),
    [("4.1", "31 December 2012"), ("4.0999999", "31 December 2012"), ("5", "the end of the data")],
)
def test_a_member_at_the_end_of_the_data_has_no_end_and_a_note(version, known, tmp_path):
    rows = [member(220, LASTING, flags="0,1,1,0,0,0"), member(200, flags="0,1,1,0,0,0")]
    rows[1] = rows[1].replace("3,2,1960,6,5,1970", "3,2,1960,,,", 1)
    rows = [row.removesuffix("4.1") + version for row in rows]
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    assert [end for *_, end in spans(intake)] == ["None", "None"]
    notes = {
        r.note for r in (*made(intake, records.Organisation), *made(intake, records.Membership))
    }
    assert notes == {f"Known to {known}."}
    assert kinds(intake) == {}


def test_a_missing_end_that_is_not_said_to_last_is_told(tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, member(220, LASTING))
    assert spans(intake) == [("FRA", "1960-02-03", "None")]
    assert kinds(intake) == {"no end": 1}
    assert "does not say that it lasted" in made(intake, records.Membership)[0].note


def test_a_start_before_the_data_begin_is_noted(tmp_path):
    row = member(220, "6,5,1830", "1,1,1816", "1,0,1,0,0,0", whole="1,1,1816,6,5,1830")
    intake = read_rows(MEMBER, tmp_path, MEMBERS, row)
    assert made(intake, records.Membership)[0].note == "In force before 1816, where the data begin."


def test_parts_of_a_date_that_are_missing_make_it_less_exact(tmp_path):
    row = member(220, "NA,5,1970", "-9,2,1960", whole=".,.,1960,,5,1970")
    intake = read_rows(MEMBER, tmp_path, MEMBERS, row)
    assert spans(intake) == [("FRA", "1960-02", "1970-05")]
    assert str(made(intake, records.Treaty)[0].in_force) == "1960"


def test_a_member_that_owes_less_gets_a_note_and_one_that_left_and_came_back_two_rows(
    tmp_path,
):
    rows = (
        member(220, "1,1,1962", whole=f"3,2,1960,{ENDED}"),
        member(220, start="1,1,1965"),
        member(200, flags="0,0,0,0,0,1"),
    )
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    assert spans(intake)[:2] == [
        ("FRA", "1960-02-03", "1962-01-02"),
        ("FRA", "1965-01-01", "1970-05-07"),
    ]
    assert made(intake, records.Membership)[2].note == (
        "Owes consultation; all members together owe defence, consultation."
    )


@each(
    ("kind", "owes"),
    [
        ("1", ("defence",)),
        ("2", ("neutrality",)),
        ("3", ("nonaggression",)),
        ("4", ("consultation",)),
        ("Type I: Defense Pact", ("defence",)),
        ("Type II: Neutrality", ("neutrality",)),
        ("Type IIb: Non-Aggression Pact", ("nonaggression",)),
        ("Type III: Entente", ("consultation",)),
    ],
)
def test_the_type_says_the_obligation_where_the_columns_do_not(kind, owes, tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, member(220, flags="0,0,,,,", kind=kind))
    assert made(intake, records.Treaty)[0].obligations == owes
    assert kinds(intake) == {}


def test_an_unknown_type_is_told(tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, member(220, kind="Type IX: Friendship"))
    assert kinds(intake) == {"unknown type": 1}


@each(
    ("row", "kind"),
    [
        (member(220).replace("7,", "x,", 1), "no alliance number"),
        (member(9999), "unknown state"),
        (member(220, start="3,2,1980"), "record refused"),
        (member(220, flags="0,0,9,0,0,1"), "obligation not read"),
        (member(365, flags="0,1,1,0,0,1"), "state changed"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(row, kind, tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, row)
    assert kinds(intake) == {kind: 1}
    assert intake.problems[0].line == 2


@each(
    ("start", "told"),
    [("31,2,1960", {"date not read": 1, "no start": 1}), (",,", {"no start": 1})],
)
def test_a_member_without_a_start_is_kept_and_noted(start, told, tmp_path):
    row = member(220, start=start, whole=f"3,2,1960,{ENDED}")
    intake = read_rows(MEMBER, tmp_path, MEMBERS, row)
    assert spans(intake) == [("FRA", "None", "1970-05-07")]
    assert "no start that can be read" in made(intake, records.Membership)[0].note
    assert kinds(intake) == told


def test_rows_that_repeat_or_date_the_alliance_otherwise_are_told(tmp_path):
    other = member(200, whole=f"3,2,1961,{ENDED}")
    intake = read_rows(MEMBER, tmp_path, MEMBERS, member(220), member(220), other)
    assert len(spans(intake)) == 2
    assert kinds(intake) == {"row twice": 1, "columns disagree": 1}


def test_the_yearly_files_repeat_their_rows_and_an_extra_column_is_told_once(tmp_path):
    rows = [f"{member(220)},{year},x" for year in (1960, 1961, 1962)]
    intake = read_rows(MEMBER, tmp_path, f"{MEMBERS},year,mood", *rows)
    assert spans(intake) == [("FRA", "1960-02-03", "1970-05-07")]
    assert kinds(intake) == {"column not read": 1}


def dyad(one, other, dates="3,2,1960,6,5,1970", flags="0,0,1,0,0,0", asymmetric="0"):
    return f"7,{one},A,{other},B,{dates},{flags},{asymmetric},4.1"


def test_the_dyads_of_an_alliance_give_its_members_over_all_their_days(tmp_path):
    rows = (
        dyad(2, 200),
        dyad(2, 220, "3,2,1965,6,5,1975"),
        dyad(200, 220, "3,2,1965,6,5,1970"),
    )
    intake = read_rows(DYAD, tmp_path, DYADS, *rows)
    assert [o.organisation for o in made(intake, records.Organisation)] == ["COW_7"]
    assert spans(intake) == [
        ("USA", "1960-02-03", "1975-05-07"),
        ("GBR", "1960-02-03", "1970-05-07"),
        ("FRA", "1965-02-03", "1975-05-07"),
    ]
    assert made(intake, records.Treaty)[0].obligations == ("defence",)
    assert kinds(intake) == {}


def test_a_pair_with_different_terms_is_noted(tmp_path):
    intake = read_rows(DYAD, tmp_path, DYADS, dyad(2, 200, asymmetric="1"))
    notes = {m.note for m in made(intake, records.Membership)}
    assert notes == {"The terms of a pair differ between the two."}


def test_a_directed_dyad_says_what_the_first_owes(tmp_path):
    header = DYADS.replace(",asymmetric", "")
    rows = (
        dyad(2, 200, flags="0,0,1,0,0,1").replace(",0,4.1", ",4.1"),
        dyad(200, 2, flags="0,0,0,0,0,1").replace(",0,4.1", ",4.1"),
    )
    intake = read_rows(DYAD, tmp_path, header, *rows)
    assert [m.note for m in made(intake, records.Membership)] == [
        "",
        "Owes consultation; all members together owe defence, consultation.",
    ]


def test_the_state_system_says_which_state_a_number_meant(tmp_path):
    rows = (
        "FRN,220,France,1944,8,25,2016,12,31,2016",
        "YPR,680,Yemen People's Republic,1967,11,30,1990,5,21,2016",
        "RUS,365,Russia,1816,1,1,2016,12,31,2016",
    )
    intake = read_rows(STATES, tmp_path, SYSTEM, *rows)
    told = [(a.alias, a.state, str(a.start), str(a.end)) for a in made(intake, records.Alias)]
    assert told == [
        ("220", "FRA", "1944-08-25", "None"),
        ("680", "YMD", "1967-11-30", "1990-05-22"),
        ("365", "RUS", "1816-01-01", "1922-12-30"),
        ("365", "SUN", "1922-12-30", "1991-12-26"),
        ("365", "RUS", "1991-12-26", "None"),
    ]
    assert {a.system for a in made(intake, records.Alias)} == {"cow"}
    assert made(intake, records.Alias)[0].note.endswith("Known to 2016-12-31.")
    assert kinds(intake) == {"state changed": 1}


@each(
    ("row", "kind"),
    [
        ("XXX,9999,Nowhere,1944,8,25,2016,12,31,2016", "unknown state"),
        ("FRN,220,France,1944,8,35,2016,12,31,2016", "date not read"),
        ("FRN,220,France,1944,8,25,,,,2016", "no date"),
        ("FRN,220,France,1944,8,25,1940,1,1,2016", "record refused"),
    ],
)
def test_a_row_of_the_state_system_that_cannot_be_used_is_told(row, kind, tmp_path):
    intake = read_rows(STATES, tmp_path, SYSTEM, row)
    assert intake.records.get("cow-states", []) == []
    assert kinds(intake) == {kind: 1}


@each(("layout", "header"), [(MEMBER, MEMBERS), (DYAD, DYADS), (STATES, SYSTEM)])
def test_a_file_without_a_row_is_refused(layout, header, tmp_path):
    with pytest.raises(SourceError, match="holds no row"):
        read_rows(layout, tmp_path, header)


def test_the_shared_state_system_gives_each_number_one_state_on_each_day(shared):
    intake, counts = read_parts(STATES, [shared / "alliances" / "states2016.csv"])
    assert counts == [243]
    aliases = made(intake, records.Alias)
    assert len(aliases) == 251
    assert kinds(intake) == {"state changed": 5}
    for day in (date(1900, 1, 1), date(1950, 6, 1), date(1991, 12, 25), date(2016, 12, 31)):
        on = [a.alias for a in aliases if a.interval.holds(day)]
        assert len(on) == len(set(on)) > 40
