"""Forms that only a mapping can read: a column for each state, no symbol, no date, the same columns twice."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.sources.merge import merge
from kg.sources.read import read_files
from tests.cases import each
from tests.sources.reading import bundled_facts, bundled_names

FACTS = bundled_facts()
NAMES = bundled_names()
VOTES = '[votes]\nyes = ["1", "Y"]\nno = ["3", "N"]\nabstain = ["2", "A"]\n'
LONG = 'key = "own"\n[columns]\nstate = "country"\nvote = "vote"\n{}\n' + VOTES
WIDE = 'key = "own"\n{}[columns]\nresolution = "resolution"\ndate = "date"\n[wide]\n{}\n' + VOTES


def read(tmp_path, mappings, **files):
    paths = []
    for name, text in files.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    maps = []
    for name, text in mappings.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        maps.append(tmp_path / f"{name}.toml")
    return read_files(paths, NAMES, maps)


TABLE = (
    "resolution,date,title,Aa UNITED STATES,SERBIAMONTENEGRO,CHILEs ,FRANCE,USSR\n"
    "A/RES/58/1,2003-10-17,On this,Y,N,A,Y,\n"
    "A/RES/58/2,2003-10-18,On that,3,,1,2,\n"
)
HEADINGS = (
    '"Aa UNITED STATES" = "USA"\n"SERBIAMONTENEGRO" = "SCG"\n"CHILEs" = "CHL"\n"title" = ""\n'
)


def test_a_table_with_a_column_for_each_state_is_read_by_its_headings(tmp_path):
    intake = read(tmp_path, {"own": WIDE.format("", HEADINGS)}, own=TABLE)
    assert [(a.key, a.ballots) for a in intake.accounts] == [
        ("58_1", {"USA": 1, "SCG": 3, "CHL": 2, "FRA": 1}),
        ("58_2", {"USA": 3, "CHL": 1, "FRA": 2}),
    ]
    assert intake.problem_kinds() == {}
    assert intake.files[0].row_count == 2


def test_headings_that_are_not_understood_are_named_with_what_to_write(tmp_path):
    with pytest.raises(SourceError, match=r"own\.csv:1: 4 of 6 headings are no state") as raised:
        read(tmp_path, {"own": WIDE.format("", "")}, own=TABLE)
    assert 'say in [wide] which they are, or "" for a column that is none: "title" = ' in str(
        raised.value
    )
    assert '"CHILEs" = "CHL"' in str(raised.value)
    with pytest.raises(SourceError, match=r"\[wide\] 'CHILEs' = 'Chilly', which is no state"):
        read(tmp_path, {"own": WIDE.format("", HEADINGS.replace("CHL", "Chilly"))}, own=TABLE)


def test_one_vote_in_a_file_without_date_or_symbol_is_said_by_constants(tmp_path):
    said = '[constants]\nresolution = "A/RES/77/229"\ndate = "2022-12-15"\n'
    intake = read(tmp_path, {"own": LONG.format(said)}, own="country,vote\nFrance,Y\nBelarus,N\n")
    (account,) = intake.accounts
    assert (account.key, str(account.date), account.organ) == ("77_229", "2022-12-15", "UNGA")
    assert account.ballots == {"FRA": 1, "BLR": 3}


@each(
    ("columns", "problem"),
    [
        ("", r"\[columns\] lacks date, resolution \(or id.*\[constants\]"),
        ('[constants]\ndate = "15 December"\nresolution = "77/229"\n', "15 December"),
        ('[constants]\ndate = "2022-12"\nresolution = "77/229"\n', "no day as YYYY-MM-DD"),
        ('[constants]\nvote = "Y"\n', r"\[constants\] says 'vote'; known: resolution, id, date"),
        ('date = "d"\nid = "n"\n[constants]\ndate = "2022-12-15"\n', "date stands in"),
        ('date = "d"\nid = "n"\n[wide]\n', r"\[columns\] says 'state', and \[wide\]"),
    ],
)
def test_what_a_mapping_lacks_is_said(columns, problem, tmp_path):
    with pytest.raises(SourceError, match=rf"own\.toml: .*{problem}"):
        read(tmp_path, {"own": LONG.format(columns)}, own="country,vote\nFrance,Y\n")
    with pytest.raises(SourceError, match="dates 'M/D' is not one of YYYY-MM-DD, M/D/YYYY"):
        read(
            tmp_path,
            {"own": 'dates = "M/D"\n' + LONG.format('date = "d"\nid = "n"')},
            own="country,vote\n",
        )


NUMBERED = (
    "rcid,resolution,date,country,vote\n7,,11/20/1995,France,Y\n7,,11/20/1995,India,N\n"
    "8,,11/20/1995,France,N\n9,A/RES/50/8,11/20/1995,France,A\n"
)
BY_NUMBER = 'resolution = "resolution"\ndate = "date"\n{}'


def test_roll_calls_without_a_symbol_are_kept_by_the_number_that_a_column_gives(tmp_path):
    mapping = 'organ = "UNGA"\n' + LONG.format(BY_NUMBER.format('id = "rcid"'))
    intake = read(tmp_path, {"own": mapping}, own=NUMBERED)
    assert [(a.key, a.number, a.ballots) for a in intake.accounts] == [
        ("own-7", "7", {"FRA": 1, "IND": 3}),
        ("own-8", "8", {"FRA": 3}),
        ("50_8", "9", {"FRA": 2}),
    ]
    assert intake.problem_kinds() == {}
    assert intake.files[0].remark == "its dates, such as 11/20/1995, are read as M/D/YYYY"
    assert len(merge(FACTS, intake).record) == 3


def test_an_empty_resolution_never_makes_one_roll_call_of_the_votes_of_a_day(tmp_path):
    intake = read(tmp_path, {"own": LONG.format(BY_NUMBER.format(""))}, own=NUMBERED)
    assert [a.key for a in intake.accounts] == ["50_8"]
    assert intake.problem_kinds() == {"row of a roll call left out": 3, "column not read": 1}
    assert 'say id = "..."' in intake.problems[1].text


@each(
    ("head", "symbol", "organ", "problems"),
    [
        ("", "S/RES/2202(2015)", "UNSC", {}),
        ("", "A/RES/50/8", "UNGA", {}),
        ('organ = "UNGA"\n', "S/RES/2202(2015)", "UNSC", {"organ differs": 1}),
        ('organ = "UNSC"\n', "a draft", "UNSC", {"no symbol": 1}),
        ("", "a draft", None, {}),
    ],
)
def test_the_organ_follows_from_the_symbol_or_the_build_stops(
    head, symbol, organ, problems, tmp_path
):
    mapping = head + LONG.format(BY_NUMBER.format(""))
    text = f"resolution,date,country,vote\n{symbol},2015-02-17,France,Y\n"
    if organ is None:
        with pytest.raises(
            SourceError, match=r"own\.csv:2: who voted on 'a draft'.*say organ = .UNGA"
        ):
            read(tmp_path, {"own": mapping}, own=text)
        return
    intake = read(tmp_path, {"own": mapping}, own=text)
    assert [a.organ for a in intake.accounts] == [organ]
    assert intake.problem_kinds() == problems


def test_codes_printed_as_decimals_are_read(tmp_path):
    mapping = (
        '[columns]\ncode = "ccode"\nvote = "vote"\nresolution = "resolution"\ndate = "date"\n'
        f'[usage]\ncode = "cow"\n{VOTES}'
    )
    text = "ccode,vote,resolution,date\n2.0,1.0,A/RES/50/8,1995-11-20\n220.0,3.0,A/RES/50/8,1995-11-20\n"
    intake = read(tmp_path, {"own": mapping}, own=text)
    assert [a.ballots for a in intake.accounts] == [{"USA": 1, "FRA": 3}]


def test_two_mappings_of_the_same_columns_say_for_which_file_they_are(tmp_path):
    plain = LONG.format(BY_NUMBER.format("")).replace('key = "own"\n', "")
    more = plain.replace("[votes]", 'session = "session"\n[votes]')
    text = "resolution,date,country,vote\nA/RES/50/{},1995-11-20,France,Y\n"
    files = {"one": text.format(1), "two": text.format(2)}
    with pytest.raises(
        SourceError, match=r"one\.csv:1: fits the mappings 'a', 'b' alike; .*file = .one\.csv"
    ):
        read(tmp_path, {"a": plain, "b": plain}, **files)
    intake = read(
        tmp_path, {"a": 'file = "one*"\n' + plain, "b": 'file = "t*.csv"\n' + plain}, **files
    )
    assert [(a.source, a.key) for a in intake.accounts] == [("a", "50_1"), ("b", "50_2")]

    with_session = files["two"].replace("vote\n", "vote,session\n").replace(",Y\n", ",Y,50\n")
    intake = read(tmp_path, {"a": plain, "b": more}, one=files["one"], two=with_session)
    assert [(a.source, a.key) for a in intake.accounts] == [("a", "50_1"), ("b", "50_2")]
    with pytest.raises(
        SourceError, match=r"a\.toml: fits none .*two\.csv is read by 'b': say in each"
    ):
        read(tmp_path, {"a": plain, "b": more}, two=with_session)


@each(
    ("header", "problem"),
    [
        (
            "rcid,vote,nation",
            "columns are 'rcid, vote, nation'; nearest: United Nations General Assembly",
        ),
        ("ms_code,ms_vote,day", "nearest: UN Digital Library"),
        ("first,second", "no known layout has a column of these"),
    ],
)
def test_an_unknown_layout_shows_the_header_and_the_nearest_one(header, problem, tmp_path):
    with pytest.raises(SourceError, match=problem):
        read(tmp_path, {}, odd=f"{header}\n1,2,3\n")
    mapping = LONG.format(BY_NUMBER.format(""))
    with pytest.raises(SourceError, match=r"of which country, .*date is not there"):
        read(tmp_path, {"own": mapping}, odd=f"{header}\n1,2,3\n")


@each(
    ("first", "second", "keys"),
    [
        (("A/RES/70/1", "2015-09-25"), ("A/RES/71/2", "2016-11-08"), ["70_1", "71_2"]),
        (("A/RES/70/1", "2015-09-25"), ("A/RES/70/1", "2016-11-08"), ["70_1", "70_1"]),
        (("a draft", "2015-09-25"), ("another", "2015-09-25"), ["own-1", "own-1-2"]),
    ],
)
def test_one_id_of_two_texts_or_days_is_two_roll_calls(first, second, keys, tmp_path):
    """Else the votes on the one would be published as votes on the other."""
    votes = [("USA", "Y", first), ("FRA", "N", second), ("GBR", "Y", first), ("CHN", "N", second)]
    lines = [f"1,{on},{what},{who},{did}" for who, did, (what, on) in votes]
    csv = "\n".join(("rcid,date,resolution,country,vote", *lines, ""))
    mapping = 'organ = "UNGA"\n' + LONG.format(BY_NUMBER.format('id = "rcid"'))
    intake = read(tmp_path, {"own": mapping}, own=csv)
    assert [a.key for a in intake.accounts] == keys
    assert [set(a.ballots) for a in intake.accounts] == [{"USA", "GBR"}, {"FRA", "CHN"}]
    assert "row differs" not in intake.problem_kinds()
