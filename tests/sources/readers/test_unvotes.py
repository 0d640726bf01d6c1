"""Voeten's votes, tidy and raw: each trap of the tables is handled and told, and UNDL agrees."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from kg.errors import SourceError
from kg.sources import merge
from kg.sources.read import read_files
from kg.sources.readers.undl_csv import COLUMNS as BULK
from tests import official
from tests.cases import each
from tests.sources.reading import bundled_facts, bundled_names

FACTS = bundled_facts()
NAMES = bundled_names()
ROLLS = "rcid,session,importantvote,date,unres,amend,para,short,descr"
VOTES = "rcid,country,country_code,vote"
ISSUES = "rcid,short_name,issue"
RAW = (
    "rcid,ccode,member,vote,Country,Countryname,year,session,abstain,yes,no,importantvote,date,unres,"
    "amend,para,short,descr,me,nu,di,hr,co,ec"
)


def roll(rcid, unres="R/50/901", session=50, date="1995-11-01", amend=0, para=0):
    return f"{rcid},{session},0,{date},{unres},{amend},{para},A QUESTION,TO DO A THING"


def save(tmp_path, **tables):
    headers = {"rolls": ROLLS, "votes": VOTES, "issues": ISSUES, "raw": RAW}
    paths = []
    for name, rows in tables.items():
        path = tmp_path / f"{name}.csv"
        header = headers[name.rstrip("0123456789")]
        path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
        paths.append(path)
    return paths


def read(tmp_path, **tables):
    return read_files(save(tmp_path, **tables), NAMES)


def by_number(intake):
    return {account.number: account for account in intake.accounts}


def one(tmp_path, votes=("1,Norway,NO,yes",), **told):
    """The account of one roll call."""
    (account,) = (intake := read(tmp_path, rolls=[roll(1, **told)], votes=votes)).accounts
    return account, intake


def test_the_three_tables_may_come_in_any_order(tmp_path):
    paths = save(
        tmp_path,
        rolls=[roll(1), roll(2, "R/50/902")],
        votes=["1,Norway,NO,yes", "1,Chad,TD,no", "2,Norway,NO,abstain"],
        issues=["1,hr,Human rights", "1,co,Colonialism"],
    )
    told = []
    for order in itertools.permutations(paths):
        intake = read_files(order, NAMES)
        told.append([(a.key, a.ballots, a.text.subjects, str(a.date)) for a in intake.accounts])
        assert intake.problem_kinds() == {}
        assert list(intake.sources) == ["unvotes"]
    assert told == [told[0]] * 6
    assert told[0] == [
        ("50_901", {"NOR": 1, "TCD": 3}, ("Human rights", "Colonialism"), "1995-11"),
        ("50_902", {"NOR": 2}, (), "1995-11"),
    ]


def test_what_a_roll_call_says_becomes_the_account(tmp_path):
    account, intake = one(tmp_path)
    assert (account.source, account.key, account.organ) == ("unvotes", "50_901", "UNGA")
    assert (account.text.key, account.text.symbol) == ("A_RES_50_901", "A/RES/50/901")
    assert (account.text.title, account.text.kind) == ("A QUESTION", "resolution")
    assert (account.note, account.complete, account.result) == ("unres R/50/901", False, "")
    assert (account.path, account.line) == ("votes.csv", 2)
    told = [(f.file, f.row_count, f.rollcall_count, f.vote_count) for f in intake.files]
    assert told == [("votes.csv", 1, 1, 1), ("rolls.csv", 1, 0, 0)]


def raw(ccode, vote, name="", rcid=5, **more):
    told = {
        "rcid": rcid, "ccode": ccode, "member": 1, "vote": vote, "Countryname": name, "year": 2005,
        "session": 60, "importantvote": 0, "date": "2005-12-08", "unres": "A/RES/60/901", "amend": 0,
        "para": 0, "short": "A QUESTION", "hr": 1,
    } | more  # fmt: skip
    return ",".join(str(told.get(column, "")) for column in RAW.split(","))


def test_the_raw_codes_and_numbers_of_countries_are_read_from_one_file(tmp_path):
    rows = [raw(385, 1), raw(483, 2), raw(140, 3), raw(750, 8), raw(817, 9), raw(365, 1, "Russia")]
    (account,) = (intake := read(tmp_path, raw=rows)).accounts
    assert account.ballots == {"NOR": 1, "TCD": 2, "BRA": 3, "IND": 8, "RUS": 1}
    assert (account.complete, account.key, str(account.date)) == (True, "60_901", "2005-12-08")
    assert account.text.subjects == ("Human rights",)
    assert intake.problem_kinds() == {}


def test_raw_rows_of_one_roll_call_may_stand_anywhere(tmp_path):
    rows = [raw(385, 1), raw(385, 2, rcid=6, unres="A/RES/60/902"), raw(483, 3)]
    found = by_number(read(tmp_path, raw=rows))
    assert found["5"].ballots == {"NOR": 1, "TCD": 3}
    assert found["6"].ballots == {"NOR": 2}


@each(
    ("name", "code", "date", "state"),
    [
        ("Namibia", "NA", "1995-11-01", "NAM"),
        ("Yemen Arab Republic", "NA", "1985-11-01", "YEMEN_ARAB_REPUBLIC"),
        ("Federal Republic of Germany", "NA", "1985-11-01", "DEU"),
        ("Zanzibar", "NA", "1963-12-17", "ZANZIBAR"),
        ("Russia", "RU", "1991-12-23", "SUN"),
        ("Russia", "RU", "1991-12-24", "RUS"),
        ("Taiwan", "TW", "1971-10-01", "TWN"),
        ("China", "CN", "1971-11-01", "CHN"),
        ("Yugoslavia", "YU", "1985-11-01", "YUG"),
        ("Yugoslavia", "YU", "1999-11-01", "SCG"),
        ("Yugoslavia", "YU", "2010-11-01", "SRB"),
        ("Egypt", "EG", "1959-11-01", "UNITED_ARAB_REPUBLIC"),
    ],
)
def test_a_name_means_who_it_meant_on_the_day(name, code, date, state, tmp_path):
    account, intake = one(tmp_path, [f"1,{name},{code},yes"], date=date)
    assert account.ballots == {state: 1}
    assert intake.problem_kinds() == {}


def test_na_alone_is_no_code_of_namibia(tmp_path):
    account, intake = one(tmp_path, ["1,,NA,yes", "1,Atlantis,NA,no", "1,Norway,NA,no"])
    assert account.ballots == {"NOR": 3}
    assert intake.problem_kinds() == {"unknown state": 2}


@each(
    ("session", "date", "known"),
    [
        ("57", "2002-11-09", "2002-11"),
        ("58", "2003-11-09", "2003-11-09"),
        ("NA", "2003-11-09", "2003-11"),
        ("9" * 5_000, "2003-11-09", "2003-11"),
        ("²", "2003-11-09", "2003-11"),
    ],
)
def test_only_the_month_is_known_before_session_58(session, date, known, tmp_path):
    account, _ = one(tmp_path, session=session, date=date, unres=f"R/{session[:3]}/901")
    assert str(account.date) == str(account.text.date) == known


@pytest.mark.parametrize(
    ("unres", "session", "key", "maybe"),
    [
        ("R/1/1060", 1, "rcid-1", ""),
        ("R/17/99A", 17, "rcid-1", ""),
        ("R/18/1999", 18, "rcid-1", "1999_XVIII"),
        ("R/30/3999B", 30, "rcid-1", "3999_XXX_B"),
        ("R/31/99B", 31, "31_99B", ""),
        ("R/36/235/IX", 36, "36_235_IX", ""),
        ("A/RES/74/915", 74, "74_915", ""),
        ("A/RES/ES-10/919", 73, "ES-10_919", ""),
        ("ESS/1/34", 1, "rcid-1", ""),
        ("SS/9/2", 32, "S-9_2", ""),
        ("GOAR/1/1288B", 1, "rcid-1", ""),
        ("R/10 65", 1, "rcid-1", ""),
        ("NA", 50, "rcid-1", ""),
        ("", 50, "rcid-1", ""),
    ],
)
def test_a_symbol_is_taken_only_where_it_can_be_trusted(unres, session, key, maybe, tmp_path):
    account, intake = one(tmp_path, unres=unres, session=session, date="1990-11-01")
    assert (account.key, account.maybe) == (key, maybe)
    assert (account.text.symbol != "") is (key != "rcid-1")
    assert intake.problem_kinds() == {}


def test_votes_on_paragraphs_and_amendments_keep_their_number(tmp_path):
    rolls = [roll(1), roll(2, para=1), roll(3, amend=1), roll(4, para=1), roll(5, para="NA")]
    rolls[-1] = rolls[-1].replace("901", "902")
    votes = [f"{n},Norway,NO,yes" for n in range(1, 6)]
    found = by_number(intake := read(tmp_path, rolls=rolls, votes=votes))
    assert [a.key for a in found.values()] == ["50_901", "rcid-2", "rcid-3", "rcid-4", "50_902"]
    assert [a.question for a in found.values()] == [
        *("whole-text", "paragraph", "amendment", "paragraph", "whole-text"),
    ]
    assert found["2"].text.kind == "paragraph"
    assert intake.problem_kinds() == {}


def test_a_symbol_that_several_votes_on_whole_texts_share_is_given_to_none(tmp_path):
    rolls = [roll(1), roll(2), roll(3, "R/50/901/A"), roll(4, "R/50/901A"), roll(5, "R/50/902")]
    intake = read(tmp_path, rolls=rolls, votes=[f"{n},Norway,NO,yes" for n in range(1, 6)])
    assert [a.key for a in intake.accounts] == ["rcid-1", "rcid-2", "rcid-3", "rcid-4", "50_902"]
    assert intake.problem_kinds() == {"symbol not unique": 4}
    assert {problem.file for problem in intake.problems} == {"rolls.csv"}


def test_votes_and_roll_calls_that_lack_each_other_are_told(tmp_path):
    intake = read(
        tmp_path,
        rolls=[roll(1), roll(1), roll(2, date="November"), roll(3)],
        votes=["1,Norway,NO,yes", "2,Norway,NO,yes", "4,Norway,NO,yes", "4,Chad,TD,yes"],
    )
    assert [account.number for account in intake.accounts] == ["1"]
    assert intake.problem_kinds() == {
        "vote without roll call": 3,
        "roll call without votes": 2,
        "no date": 1,
        "repeated roll call": 1,
    }


def test_votes_that_are_odd_are_told(tmp_path):
    votes = [
        *(
            "1,Norway,NO,perhaps",
            "1,Chad,TD,yes",
            "1,Chad,TD,no",
            "1,Brazil,BR,no",
            "1,Brazil,BR,no",
        ),
        *("1,India,PK,no", "1,Peru,QQ,no", "1,France,FR,NA"),
    ]
    account, intake = one(tmp_path, votes)
    assert account.ballots == {"NOR": 0, "TCD": 0, "BRA": 3, "IND": 3, "PER": 3, "FRA": 0}
    assert intake.problem_kinds() == {
        "unknown vote": 2,
        "name and code differ": 1,
        "repeated vote": 1,
        "two votes": 1,
        "unknown code": 1,
    }


@each(
    ("tables", "problem"),
    [
        ({"rolls": [roll(1)]}, r"rolls\.csv: lists roll calls or issues without votes"),
        (
            {"issues": ["1,hr,Human rights"]},
            r"issues\.csv: lists roll calls or issues without votes",
        ),
        ({"votes": ["1,Norway,NO,yes"]}, r"votes\.csv:1: lists votes without their roll calls"),
        ({"rolls": [roll(1)], "votes": []}, r"votes\.csv:1: holds no row"),
        ({"rolls": [roll(1)], "votes": ["1,Norway,NO"]}, r"votes\.csv:2: 3 cells"),
    ],
)
def test_tables_that_lack_each_other_are_one_line_with_a_file(tables, problem, tmp_path):
    with pytest.raises(SourceError, match=problem) as raised:
        read(tmp_path, **tables)
    assert "\n" not in str(raised.value)


def test_votes_may_be_spread_over_several_tables(tmp_path):
    votes = {"votes1": ["1,Norway,NO,yes", "2,Norway,NO,no"], "votes2": ["2,Chad,TD,no"]}
    intake = read(tmp_path, rolls=[roll(1), roll(2, "R/50/902")], **votes)
    found = by_number(intake)
    assert (found["1"].ballots, found["2"].ballots) == ({"NOR": 1}, {"NOR": 3, "TCD": 3})
    assert len(intake.accounts) == 2


def test_unknown_columns_are_told_once_for_each_table(tmp_path):
    paths = save(tmp_path, rolls=[roll(1)], votes=["1,Norway,NO,yes"])
    for path in paths:
        head, *rows = path.read_text().splitlines()
        path.write_text("\n".join([f"{head},mood", *(f"{row},x" for row in rows)]))
    intake = read_files(paths, NAMES)
    assert intake.problem_kinds() == {"column not read": 2}
    assert len(intake.accounts) == 1


def bulk(symbol, date, number="7"):
    told = {
        "symbol": symbol,
        "date": date,
        "number": number,
        "name": "NORWAY",
        "code": "NOR",
        "vote": "Y",
    }
    return f"{','.join(BULK[name][0] for name in told)}\n{','.join(told.values())}\n"


@each(
    ("unres", "session", "symbol", "date", "same"),
    [
        ("R/25/2901", 25, "A/RES/2901(XXV)", "1970-12-14", True),
        ("R/25/2901A", 25, "A/RES/2901(XXV)[A]", "1970-12-14", True),
        ("R/25/2901", 25, "A/RES/2901(XXV)", "1970-11-30", False),
        ("R/25/2901A", 25, "A/RES/2901(XXV)", "1970-12-14", False),
        ("R/34/901/I", 34, "A/RES/34/901I", "1979-12-14", True),
        ("R/34/901/IX", 34, "A/RES/34/901[IX]", "1979-12-14", True),
        ("R/34/901", 34, "A/RES/34/901", "1979-11-30", True),
    ],
)
def test_a_roll_call_of_another_source_is_the_same_where_symbol_and_month_say_so(
    unres, session, symbol, date, same, tmp_path
):
    (tmp_path / "ga.csv").write_text(bulk(symbol, date))
    year = date[:4]
    paths = save(
        tmp_path, rolls=[roll(1, unres, session, f"{year}-12-01")], votes=["1,Norway,NO,yes"]
    )
    merged = merge.merge(FACTS, read_files([*paths, tmp_path / "ga.csv"], NAMES))
    bulk_one, other = (*merged.record, *merged.beside)
    assert (bulk_one.source, other.source) == ("undl-ga", "unvotes")
    assert (other.key == bulk_one.key) is same


@each(
    ("session", "date", "covered"),
    [
        (45, "1990-12-01", True),  # of the session and the year that the bulk file holds
        (45, "1990-09-01", True),  # the month is that of the opening
        (46, "1990-12-01", True),  # the session is that of the next
        (46, "1991-12-01", False),
        (44, "1989-12-01", False),
        (44, "1990-03-01", False),
        (70, "2015-12-02", True),
        (70, "2015-11-02", False),  # from session 58 on the month is right
        (71, "2015-12-02", False),
    ],
)
def test_a_part_of_a_bulk_file_covers_the_sessions_and_months_that_it_holds(
    session, date, covered, tmp_path
):
    rolls = [
        (n, day, number, symbol, "", {"FRA": "Y", "IND": "N"})
        for n, day, number, symbol in (
            ("1", "1979-12-14", "34", "A/RES/34/9"),
            ("2", "1990-12-11", "45", "A/RES/45/9"),
            ("3", "2015-12-14", "70", "A/RES/70/9"),
            ("4", "2025-10-29", "80", "A/RES/80/9"),
        )
    ]
    (tmp_path / "ga.csv").write_text(official.ga(rolls))
    paths = save(tmp_path, rolls=[roll(1, "", session, date)], votes=["1,Norway,NO,yes"])
    merged = merge.merge(FACTS, read_files([*paths, tmp_path / "ga.csv"], NAMES))
    assert ["rcid-1"] * covered == [account.key for account in merged.beside]


def test_dates_with_the_month_first_are_read_and_said_and_dates_that_could_be_either_refused(
    tmp_path,
):
    rolls = [roll(1, date="11/20/1995"), roll(2, date="12/1/1995", unres="R/50/902")]
    paths = save(tmp_path, rolls=rolls, votes=["1,Norway,NO,yes", "2,Norway,NO,no"])
    intake = read_files(paths, NAMES)
    assert [str(a.date) for a in intake.accounts] == ["1995-11", "1995-12"]
    (table,) = (file for file in intake.files if file.remark)
    assert (table.file, table.remark[-8:]) == ("rolls.csv", "M/D/YYYY")

    raw = "{},385,1,1,NORWAY,Norway,2005,60,0,1,0,0,{},R/60/901,0,0,A,B,0,0,0,0,0,0"
    (whole,) = save(tmp_path, raw=[raw.format(9, "12/8/2005"), raw.format(10, "12/20/2005")])
    intake = read_files([whole], NAMES)
    assert [str(a.date) for a in intake.accounts] == ["2005-12-08", "2005-12-20"]
    (whole,) = save(tmp_path, raw=[raw.format(9, "12/8/2005")])
    with pytest.raises(SourceError, match=r"raw\.csv: no date like '12/8/2005' says"):
        read_files([whole], NAMES)


def test_numbers_printed_as_decimals_are_the_numbers_that_they_are(tmp_path):
    raw = "9.0,{},1.0,{},NORWAY,{},2005,60.0,0,1,0,0,2005-12-08,R/60/901,0.0,1.0,A,B,0,0,1.0,0,0,0"
    rows = [
        raw.format(*row) for row in (("385.0", "1.0", ""), ("2.0", "3.0", ""), ("817.0", "9.0", ""))
    ]
    intake = read_files(save(tmp_path, raw=rows), NAMES)
    (account,) = intake.accounts
    assert account.ballots == {"NOR": 1, "USA": 3}
    assert (account.number, account.question, account.complete) == ("9", "paragraph", True)
    assert account.text.subjects == ("Arms control and disarmament",)


@pytest.fixture(scope="module")
def together(shared):
    """Both intakes merged: the record of UNDL, and what of Voeten's stands beside it."""
    undl = shared / "undl" / "ga_votes_undl2026_reconstructed.csv.gz"
    intake = read_files([undl, *sorted((shared / "unvotes").iterdir())], NAMES)
    merged = merge.merge(FACTS, intake)
    told = {account.key: account for account in intake.accounts if account.source == "undl-ga"}
    beside = [a for a in merged.beside if a.source == "unvotes" and a.key in told]
    return intake, told, beside


def test_all_shared_votes_are_read(together):
    intake, _, _ = together
    mine = [account for account in intake.accounts if account.source == "unvotes"]
    assert len(mine) == 6_203
    assert sum(len(account.ballots) for account in mine) == 870_109
    assert intake.problem_kinds() == {
        "roll call beside the record": 1_929,
        "symbol not unique": 45,
        "unknown vote": 1,
    }


def test_the_two_sources_agree_on_the_votes_that_both_list(together):
    """662,582 votes of 4,273 roll calls; 99.59 % are equal. A vote that only one lists is not joined."""
    _, told, beside = together
    joined = same = 0
    kinds = Counter()
    for account in beside:
        theirs = told[account.key].ballots
        for state, vote in account.ballots.items():
            if state in theirs:
                joined += 1
                same += theirs[state] == vote
                kinds[theirs[state], vote] += theirs[state] != vote
    assert len(beside) == 4_273
    assert (joined, same) == (662_582, 659_884)
    assert same / joined >= 0.995
    assert sum(count for (a, _), count in kinds.items() if a == 8) == 1_481  # no vote in UNDL
    assert kinds[1, 3] + kinds[3, 1] == 251  # opposite
    assert sum(count for (a, b), count in kinds.items() if 2 in (a, b) and a != 8) == 966


def test_the_two_sources_agree_on_when_and_on_who_was_there(together):
    _, told, beside = together
    months = Counter(str(a.date)[:7] == str(told[a.key].date)[:7] for a in beside)
    assert months == {True: 4_263, False: 10}
    strangers = {s for a in beside for s in a.ballots.keys() - told[a.key].ballots.keys()}
    assert strangers == {"FJI"}
    unlisted = sum(
        vote != 8 and state not in account.ballots
        for account in beside
        for state, vote in told[account.key].ballots.items()
    )
    assert unlisted == 968
