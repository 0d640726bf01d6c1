"""A CSV of one's own, read through a mapping file; what is wrong in either is told."""

from __future__ import annotations

import pytest

from kg.cli.spelling import command
from kg.errors import SourceError
from kg.model import records
from kg.model.records import Source
from kg.sources.read import read_files
from kg.sources.readers import mapped
from kg.votes.table import CODES
from tests.sources.reading import bundled_facts, bundled_names

FACTS = bundled_facts()
NAMES = bundled_names()
MAPPING = """\
key = "own"
title = "Votes of my own"
organ = "UNGA"
complete = true

[columns]
state = "country_name"
code = "iso3"
vote = "vote"
resolution = "resolution"
date = "date"

[usage]
state = "undl"
code = "undl-code"

[votes]
yes = ["Y"]
no = ["N"]
abstain = ["A"]
nonvoting = ["X", ""]
"""
HEADER = "resolution,date,country_name,iso3,vote,source"


def read(tmp_path, *rows, mapping=MAPPING, header=HEADER, name="own.csv"):
    (tmp_path / "my votes.toml").write_text(mapping, encoding="utf-8")
    (tmp_path / name).write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return read_files([tmp_path / name], NAMES, [tmp_path / "my votes.toml"])


def row(country="NORWAY", iso3="NOR", vote="Y", resolution="A/RES/90/1", date="2022-03-05"):
    return f"{resolution},{date},{country},{iso3},{vote},me"


def test_a_mapped_file_becomes_accounts_of_its_own_source(tmp_path):
    intake = read(tmp_path, row(), row("CHAD", "TCD", "X"), row("BRAZIL", "BRA", ""))
    (account,) = intake.accounts
    assert (account.source, account.key, str(account.date)) == ("own", "90_1", "2022-03-05")
    assert account.ballots == {"NOR": 1, "TCD": 8, "BRA": 8}
    assert (account.organ, account.complete, account.result) == ("UNGA", True, "")
    assert (account.path, account.line) == ("own.csv", 2)
    source = Source(source="own", title="Votes of my own", licence="not stated")
    assert intake.sources["own"] == source
    assert intake.problem_kinds() == {"column not read": 1}
    assert [usage.name for usage in intake.names_in_use] == ["BRAZIL", "CHAD", "NORWAY"]


def test_columns_are_found_by_name_in_any_script_and_order(tmp_path):
    mapping = MAPPING.replace('"country_name"', '"国家"').replace('"vote"', '"投票"')
    intake = read(
        tmp_path, "Y,NOR,NORWAY,2022-03-05,A/RES/90/1", mapping=mapping,
        header="投票,ISO3,国家,Date,RESOLUTION",
    )  # fmt: skip
    assert intake.accounts[0].ballots == {"NOR": 1}
    assert intake.problem_kinds() == {}


def test_what_is_not_understood_is_told_and_the_rest_read(tmp_path):
    intake = read(
        tmp_path,
        row(),
        row("ATLANTIS", "ATL"),
        row("CHAD", "TCD", "perhaps"),
        row("NORWAY", "NOR", "N"),
        row("BRAZIL", "CHL"),
        row(date="5 March"),
        row(date="5 March"),
        row(resolution="a proposal"),
    )
    first, second = intake.accounts
    assert first.ballots == {"NOR": 0, "TCD": 0, "BRA": 1}
    assert (second.key, second.text.symbol) == ("own-a-proposal", "")
    assert intake.problem_kinds() == {
        "row of a roll call left out": 2,
        "column not read": 1,
        "name and code differ": 1,
        "no date": 1,
        "no symbol": 1,
        "two votes": 1,
        "unknown state": 1,
        "unknown vote": 1,
    }


def test_votes_of_one_text_on_two_days_are_two_roll_calls_with_keys_of_their_own(tmp_path):
    from kg.rdf import iris
    from kg.sources.merge import merge

    intake = read(tmp_path, row(), row(date="2022-03-09"), row(date="2022-03-11"))
    keys = [account.key for account in merge(FACTS, intake).record]
    assert len(set(keys)) == 3
    assert all(iris.thing("rollcall", key) for key in keys)


def test_without_a_key_the_name_of_the_mapping_is_the_source(tmp_path):
    mapping = MAPPING.replace('key = "own"\n', "")
    with pytest.raises(SourceError, match=r"my votes\.toml: .*key"):
        read(tmp_path, row(), mapping=mapping)
    (tmp_path / "mine.toml").write_text(mapping)
    assert mapped.load(tmp_path / "mine.toml").key == "mine"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('key = "own"', 'key = "my own"', "key"),
        ('title = "Votes of my own"', "title = 7", "title is no text"),
        ('title = "Votes of my own"', 'url = "example"', "does not begin with https"),
        ('organ = "UNGA"', 'organ = "EU"', "'EU' is not UNGA or UNSC"),
        ("complete = true", 'complete = "yes"', "complete is not true or false"),
        ("complete = true", "mood = 1", "'mood' is nothing a mapping says"),
        ("[columns]", "[column]", "'column' is nothing a mapping says"),
        ('date = "date"\n', "", r"\[columns\] lacks date"),
        ('date = "date"\n', "date = 3\n", r"\[columns\] is no table of texts"),
        (
            'state = "country_name"\ncode = "iso3"\n',
            "",
            r"\[columns\] needs state or code",
        ),
        ('date = "date"\n', 'date = "date"\nweather = "w"\n', r"\[columns\] says 'weather'"),
        ('code = "undl-code"', 'code = "klingon"', r"\[usage\] code = 'klingon'; known usages"),
        ('code = "undl-code"', 'vote = "undl"', r"\[usage\] vote = 'undl'"),
        ('yes = ["Y"]\n', 'yes = ["Y"]\nmaybe = ["M"]\n', r"\[votes\] 'maybe' is not one of yes"),
        ('no = ["N"]', "no = [3]", r"\[votes\] no holds 3, which is no text"),
        ('no = ["N"]', 'no = ["Y"]', r"\[votes\] 'Y' stands for two options"),
        ("[votes]", "[[votes]]", r"\[votes\] is missing"),
        ("[usage]", "[usage", "is no mapping in TOML"),
        ('key = "own"', "key = \x00", "is no mapping in TOML"),
    ],
)
def test_a_wrong_mapping_names_its_file_and_what_is_wrong(old, new, problem, tmp_path):
    assert old in MAPPING
    with pytest.raises(SourceError, match=rf"my votes\.toml: .*{problem}") as raised:
        read(tmp_path, row(), mapping=MAPPING.replace(old, new))
    assert "\n" not in str(raised.value)


def test_a_mapping_without_votes_that_is_missing_or_in_another_encoding_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"\[votes\] is missing"):
        read(tmp_path, row(), mapping=MAPPING[: MAPPING.index("[votes]")])
    with pytest.raises(SourceError, match=r"none\.toml: cannot be read"):
        mapped.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes('key = "é"'.encode("latin-1"))
    with pytest.raises(SourceError, match=r"latin\.toml: is no mapping in TOML"):
        mapped.load(tmp_path / "latin.toml")


def test_the_remedy_for_a_wrong_mapping_is_written_as_each_front_types_it(tmp_path):
    with pytest.raises(SourceError) as raised:
        read(tmp_path, row(), mapping=MAPPING.replace('yes = ["Y"]', "yes = 1"))
    assert str(raised.value).endswith("; help('kg.sources.readers.mapped') shows a mapping")
    assert raised.value.text(command).endswith("; kg build --help shows a mapping")
    assert "[columns]" in mapped.__doc__


def test_a_file_that_lacks_a_mapped_column_is_of_no_known_layout(tmp_path):
    with pytest.raises(
        SourceError, match=r"own\.csv:1: fits no mapping.*wanted the columns.*my votes\.toml"
    ):
        read(tmp_path, "1", header="resolution")


def test_a_file_without_a_row_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"own\.csv:1: holds no row"):
        read(tmp_path)


def test_the_votes_of_the_shared_file_are_the_bundled_ones(shared, tmp_path):
    (tmp_path / "es11.toml").write_text(MAPPING)
    intake = read_files([shared / "es11" / "roll_calls.csv"], NAMES, [tmp_path / "es11.toml"])
    own = {(vote.rollcall, vote.state): CODES[vote.vote] for vote in FACTS.records(records.Vote)}
    told = {(a.key, state): v for a in intake.accounts for state, v in a.ballots.items()}
    assert told == {key: code for key, code in own.items() if key[0] != "ES-11_9"}
    assert len(told) == intake.files[0].vote_count == 1544
    assert intake.problem_kinds() == {"column not read": 1}
