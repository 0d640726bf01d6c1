"""ATOP read from its four forms: obligations, days, states of their time, and what is told."""

from __future__ import annotations

import time

import pytest

from kg.errors import SourceError
from kg.model import records
from kg.sources.readers import atop, atop_dyads
from tests.cases import each
from tests.sources.reading import kinds, made, read_parts, read_rows, recognised

LAYOUTS = (*atop.LAYOUTS, *atop_dyads.LAYOUTS)
MEMBER, ALLIANCE, PHASE, DYAD = LAYOUTS
OWED = "defense,offense,neutral,nonagg,consul"
MEMBERS = f"atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,phase,{OWED},version"
ALLIANCES = f"atopid,begyr,begmo,begday,endyr,endmo,endday,ineffect,{OWED},mem1,mem2,mem3,version"
PHASES = (
    f"atopid,atopidphase,begyr,begmo,begday,endyr,endmo,endday,ineffect,phase,maxphase,{OWED},mem1,mem2,"
    "version"
)
DYADS = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul"


def spans(intake):
    return [(m.state, str(m.start), str(m.end)) for m in made(intake, records.Membership)]


@each(
    ("header", "layout"),
    [
        (MEMBERS, MEMBER),
        (ALLIANCES, ALLIANCE),
        (PHASES, PHASE),
        (PHASES.replace("atopid,", ""), PHASE),
        (PHASES.replace("atopidphase,", ""), PHASE),
        (DYADS, DYAD),
        (f"dyad,stateA,stateB,year,{OWED},version", DYAD),
        (f"ccode1,ccode2,year,{OWED}", DYAD),
        ("ccode1,ccode2,year,defense", None),
        ("version4id,ccode,mem_st_year,defense,neutrality", None),
    ],
)
def test_the_header_tells_the_layout(header, layout):
    assert recognised(LAYOUTS, header) == ([layout] if layout else [])


def test_a_member_row_becomes_an_alliance_a_treaty_and_a_membership(tmp_path):
    rows = ("7,220,1960,2,3,1970,5,6,0,0,1,0,0,1,1,9", "7,200,1960,2,3,1970,5,6,0,0,1,0,0,1,1,9")
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    (alliance,), (treaty,) = made(intake, records.Organisation), made(intake, records.Treaty)
    assert (alliance.organisation, alliance.name) == ("ATOP_7", "ATOP alliance 7")
    assert (alliance.kind, alliance.treaties) == ("alliance", ("ATOP_7",))
    assert (treaty.treaty, treaty.in_force) == ("ATOP_7", None)
    assert treaty.obligations == ("defence", "nonaggression", "consultation")
    assert spans(intake) == [
        ("FRA", "1960-02-03", "1970-05-07"),
        ("GBR", "1960-02-03", "1970-05-07"),
    ]
    assert {m.note for m in made(intake, records.Membership)} == {""}
    assert kinds(intake) == {}


@each(
    ("cells", "span"),
    [
        ("1960,2,3,1970,12,31,0", ("1960-02-03", "1971-01-01")),
        ("1960,2,,1970,5,,0", ("1960-02", "1970-05")),
        ("1960,0,0,1970,0,0,0", ("1960", "1970")),
        ("1960.0,02,3.0,0,0,0,1", ("1960-02-03", "None")),
        ("1960,2,,1960,2,,0", ("1960-02", "1960-02")),
    ],
)
def test_days_and_months_of_zero_make_a_date_less_exact(cells, span, tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, f"7,220,{cells},0,1,0,0,0,0,9")
    assert spans(intake) == [("FRA", *span)]
    assert kinds(intake) == {}


def test_phases_that_adjoin_are_one_membership_and_a_gap_makes_two(tmp_path):
    rows = (
        "7,220,1960,2,3,1965,4,5,0,1,1,0,0,0,0,9",
        "7,220,1965,4,5,1968,4,5,0,2,1,0,0,0,0,9",
        "7,220,1968,4,6,1969,4,5,0,3,1,0,0,0,0,9",
        "7,220,1971,4,6,0,0,0,1,4,1,0,0,0,0,9",
    )
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    assert spans(intake) == [("FRA", "1960-02-03", "1969-04-06"), ("FRA", "1971-04-06", "None")]
    assert [m.note for m in made(intake, records.Membership)] == [
        "",
        "Lasting where ATOP's data end.",
    ]


def test_the_phases_of_an_alliance_are_one_alliance_that_lasts_to_its_last_phase(tmp_path):
    rows = (
        "7,7.1,1960,2,3,1965,4,5,0,1,3,1,0,0,0,0,220,200,9",
        "7,7.2,1965,4,5,1968,4,5,0,2,3,1,0,0,0,0,220,200,9",
        "7,7.3,1971,4,6,0,0,0,1,3,3,0,0,0,0,1,220,2,9",
        "8,8,1960,2,3,1970,5,6,0,0,0,1,0,0,0,0,220,2,9",
        "8,8,1960,2,3,1970,5,6,0,0,0,1,0,0,0,0,220,2,9",
    )
    intake = read_rows(PHASE, tmp_path, PHASES, *rows)
    alliances = made(intake, records.Organisation)
    assert [(a.organisation, str(a.start), str(a.end)) for a in alliances] == [
        ("ATOP_7", "1960-02-03", "None"),
        ("ATOP_8", "1960-02-03", "1970-05-07"),
    ]
    assert spans(intake) == [
        ("FRA", "1960-02-03", "1968-04-06"),
        ("FRA", "1971-04-06", "None"),
        ("GBR", "1960-02-03", "1968-04-06"),
        ("USA", "1971-04-06", "None"),
        ("FRA", "1960-02-03", "1970-05-07"),
        ("USA", "1960-02-03", "1970-05-07"),
    ]
    assert made(intake, records.Treaty)[0].obligations == ("defence", "consultation")
    assert kinds(intake) == {"row twice": 1}


def test_a_phase_alone_names_its_alliance(tmp_path):
    row = "7.1,1960,2,3,1965,4,5,0,1,3,1,0,0,0,0,220,200,9"
    intake = read_rows(PHASE, tmp_path, PHASES.removeprefix("atopid,"), row)
    assert [a.organisation for a in made(intake, records.Organisation)] == ["ATOP_7"]


def test_a_member_that_owes_something_else_gets_a_note(tmp_path):
    rows = (
        "7,220,1960,2,3,1965,4,5,0,1,0,0,0,0,1,9",
        "7,220,1965,4,5,1970,4,5,0,2,1,0,0,0,1,9",
        "7,200,1960,2,3,1970,4,5,0,1,0,0,0,0,1,9",
        "7,2,1960,2,3,1970,4,5,0,1,0,0,0,0,0,9",
    )
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    assert [m.note for m in made(intake, records.Membership)] == [
        "Owes from 1960-02-03: consultation; from 1965-04-05: defence, consultation.",
        "Owes consultation; all members together owe defence, consultation.",
        "Owes nothing; all members together owe defence, consultation.",
    ]


def test_a_number_means_the_state_of_its_time_and_a_change_is_told(tmp_path):
    rows = (
        "7,365,1900,2,3,1910,5,6,0,0,1,0,0,0,0,9",
        "8,365,1970,2,3,1980,5,6,0,0,1,0,0,0,0,9",
        "9,365,1970,2,3,0,0,0,1,0,1,0,0,0,0,9",
        "9,245,1850,2,3,1860,5,6,0,0,1,0,0,0,0,9",
    )
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    assert [state for state, *_ in spans(intake)] == ["RUS", "SUN", "SUN", "BAVARIA"]
    assert kinds(intake) == {"state changed": 1}
    assert "RUS from 1991-12-26" in made(intake, records.Membership)[2].note


def test_a_number_that_means_no_state_leaves_the_membership_out(tmp_path):
    rows = [f"7,{code},1960,2,3,1970,5,6,0,0,1,0,0,0,0,9" for code in ("9999", "NA", "", "220")]
    intake = read_rows(MEMBER, tmp_path, MEMBERS, *rows)
    assert [state for state, *_ in spans(intake)] == ["FRA"]
    assert kinds(intake) == {"unknown state": 3}
    assert intake.problems[0].text.startswith("number '9999' means none on 1960-02-03")


@each(
    ("row", "kind", "kept"),
    [
        ("x,220,1960,2,3,1970,5,6,0,0,1,0,0,0,0,9", "no alliance number", 0),
        ("7,220,NA,2,3,1970,5,6,0,0,1,0,0,0,0,9", "no date", 0),
        ("7,220,1960,2,31,1970,5,6,0,0,1,0,0,0,0,9", "date not read", 0),
        ("7,220,1960,2,3,1970,15,6,0,0,1,0,0,0,0,9", "date not read", 1),
        ("7,220,1960,2,3,NA,NA,NA,1,0,1,0,0,0,0,9", "no end", 1),
        ("7,220,1960,2,3,1970,5,6,1,0,1,0,0,0,0,9", "columns disagree", 1),
        ("7,220,1960,2,3,0,0,0,0,0,1,0,0,0,0,9", "columns disagree", 1),
        ("7,220,1960,2,3,1970,5,6,0,0,2,0,0,NA,0,9", "obligation not read", 1),
        ("7,220,1970,2,3,1960,5,6,0,0,1,0,0,0,0,9", "record refused", 0),
        ("7,220,1960,2,3,9999,12,31,0,0,1,0,0,0,0,9", "date not read", 0),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(row, kind, kept, tmp_path):
    intake = read_rows(MEMBER, tmp_path, MEMBERS, row)
    assert len(spans(intake)) == kept
    assert kind in kinds(intake)
    assert {p.line for p in intake.problems} == {2}


def test_a_row_that_stands_twice_and_extra_columns_are_told(tmp_path):
    row = "7,220,1960,2,3,1970,5,6,0,0,1,0,0,0,0,9,x"
    intake = read_rows(MEMBER, tmp_path, f"{MEMBERS},mood", row, row)
    assert len(spans(intake)) == 1
    assert kinds(intake) == {"row twice": 1, "column not read": 1}


def test_the_alliance_level_dates_the_treaty_and_says_where_members_dates_are_from(tmp_path):
    rows = (
        "7,1960,2,3,1970,5,6,0,1,0,0,1,1,220,200,,9",
        "8,1960,2,,0,0,0,1,0,0,0,1,0,220,9999,2,9",
        "8,1960,2,,0,0,0,1,0,0,0,1,0,220,9999,2,9",
    )
    intake = read_rows(ALLIANCE, tmp_path, ALLIANCES, *rows)
    one, other = made(intake, records.Treaty)
    assert (str(one.in_force), str(one.end)) == ("1960-02-03", "1970-05-07")
    assert (str(other.in_force), other.end) == ("1960-02", None)
    assert other.obligations == ("nonaggression",)
    assert [state for state, *_ in spans(intake)] == ["FRA", "GBR", "FRA", "USA"]
    assert all("none of its members' own" in m.note for m in made(intake, records.Membership))
    assert kinds(intake) == {"unknown state": 1, "row twice": 1}


def both(one, other, years, owes, back=None):
    for year in years:
        yield f"{one},{other},{year},{owes}"
        yield f"{other},{one},{year},{back or owes}"


def test_a_run_of_years_with_the_same_obligations_is_one_alliance(tmp_path):
    rows = (
        *both(2, 220, range(1950, 1953), "1,0,0,0,1"),
        *both(2, 220, (1953,), "0,0,0,0,1"),
        *both(2, 220, (1955,), "0,0,0,0,1"),
        *both(2, 220, (1956,), "0,0,0,0,0"),
        *both(2, 220, (1957,), "NA,NA,NA,NA,NA"),
    )
    intake = read_rows(DYAD, tmp_path, DYADS, *rows)
    treaties = [(t.treaty, t.obligations, str(t.end)) for t in made(intake, records.Treaty)]
    assert treaties == [
        ("ATOP_2_220_1950", ("defence", "consultation"), "1953"),
        ("ATOP_2_220_1953", ("consultation",), "1954"),
        ("ATOP_2_220_1955", ("consultation",), "1956"),
    ]
    assert spans(intake)[:2] == [("USA", "1950", "1953"), ("FRA", "1950", "1953")]
    assert kinds(intake) == {}


def test_the_last_year_of_the_file_is_no_end(tmp_path):
    intake = read_rows(DYAD, tmp_path, DYADS, *both(2, 220, range(1950, 1953), "1,0,0,0,1"))
    assert spans(intake) == [("USA", "1950", "None"), ("FRA", "1950", "None")]
    notes = {r.note for r in intake.records["atop-dyad"]}
    assert notes == {"Known to 1952, the last year of the file."}


def test_directions_that_differ_are_both_kept(tmp_path):
    rows = (
        *both(2, 220, (1950,), "1,0,0,0,1", "0,0,0,0,1"),
        *both(2, 220, (1951,), "1,0,0,0,0", "0,0,0,0,0"),
    )
    intake = read_rows(DYAD, tmp_path, DYADS, *rows)
    treaties = [(t.treaty, t.obligations) for t in made(intake, records.Treaty)]
    assert treaties == [
        ("ATOP_2_220_1950", ("defence", "consultation")),
        ("ATOP_220_2_1950", ("consultation",)),
        ("ATOP_2_220_1951", ("defence",)),
    ]
    assert made(intake, records.Treaty)[1].note.startswith("What 220 owes 2;")
    assert kinds(intake) == {"directions differ": 2}


def test_the_original_names_of_the_columns_and_one_direction_are_read(tmp_path):
    header = f"dyad,stateA,stateB,year,{OWED},mood"
    intake = read_rows(DYAD, tmp_path, header, "1,2,220,1950,1,0,0,0,0,x")
    assert [t.treaty for t in made(intake, records.Treaty)] == ["ATOP_2_220_1950"]
    assert kinds(intake) == {"one direction only": 1, "column not read": 1}


@each("row", ["2,2,1950", "2,x,1950", "2,220,NA", "2,,1950", "2,220,99999"])
def test_a_row_that_is_no_pair_in_a_year_is_left_out(row, tmp_path):
    intake = read_rows(DYAD, tmp_path, DYADS, f"{row},1,0,0,0,0")
    assert intake.records == {}
    assert kinds(intake) == {"no pair": 1}


def test_two_rows_the_same_way_in_a_year_and_odd_obligations_are_told(tmp_path):
    rows = (*both(2, 220, (1950,), "1,0,0,0,1"), "2,220,1950,1,0,0,0,1", "2,200,1950,1,7,0,0,0")
    intake = read_rows(DYAD, tmp_path, DYADS, *rows)
    assert kinds(intake) == {"row twice": 1, "obligation not read": 1, "one direction only": 1}
    assert len(made(intake, records.Treaty)) == 2


@each(("layout", "header"), [(MEMBER, MEMBERS), (ALLIANCE, ALLIANCES), (DYAD, DYADS)])
def test_a_file_without_a_row_is_refused(layout, header, tmp_path):
    with pytest.raises(SourceError, match="holds no row"):
        read_rows(layout, tmp_path, header)


@pytest.mark.parametrize(
    ("layout", "name", "rows", "counts", "told"),
    [
        (MEMBER, "atop4_01_member_level.csv", 2398, (745, 2174), {"state changed": 38}),
        (ALLIANCE, "atop4_01_alliance_level.csv", 745, (745, 2155), {"state changed": 38}),
        (
            *(DYAD, "atop5_1_directed_dyad_year.csv.gz", 273296, (7785, 15570)),
            {"state changed": 149, "directions differ": 92},
        ),
    ],
)
def test_the_shared_files_are_read_whole(layout, name, rows, counts, told, shared):
    began = time.process_time()
    intake, row_counts = read_parts(layout, [shared / "alliances" / name])
    assert row_counts == [rows]
    assert time.process_time() - began < 120  # it takes a few
    organisations, treaties = made(intake, records.Organisation), made(intake, records.Treaty)
    members = made(intake, records.Membership)
    assert (len(organisations), len(members)) == counts
    assert len({o.organisation for o in organisations}) == len(treaties) == counts[0]
    assert {m.organisation for m in members} == {o.organisation for o in organisations}
    assert kinds(intake) == told


def test_members_together_owe_what_the_alliance_level_says(shared):
    owed = {}
    for layout in (MEMBER, ALLIANCE):
        level = "member" if layout is MEMBER else "alliance"
        intake, _ = read_parts(layout, [shared / "alliances" / f"atop4_01_{level}_level.csv"])
        owed[level] = {t.treaty: t.obligations for t in made(intake, records.Treaty)}
    differing = {key for key, told in owed["member"].items() if told != owed["alliance"][key]}
    assert differing == set()
