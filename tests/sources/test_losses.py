"""A file of which nothing, or too little, was understood stops a build; votes without a seat are noted."""

from __future__ import annotations

import pytest

import kg
from kg.cli.spelling import command
from kg.errors import SourceError
from kg.sources import losses, seatless
from kg.sources.read import read_files
from tests.cases import each
from tests.sources.reading import bundled_facts, bundled_names

MAPPING = (
    '[columns]\nresolution = "what"\ndate = "when"\nstate = "who"\nvote = "did"\n'
    '[votes]\nyes = "Y"\nno = "N"\n'
)
HEADER = "what,when,who,did\n"


def read(tmp_path, rows, mapping=MAPPING):
    (tmp_path / "own.toml").write_text(mapping)
    (tmp_path / "own.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows))
    return read_files([tmp_path / "own.csv"], bundled_names(), [tmp_path / "own.toml"])


def rows(good, **bad):
    made = [f"A/RES/50/{n},1995-11-20,France,Y" for n in range(1, good + 1)]
    for kind, count in bad.items():
        day = "no day" if kind == "day" else "1995-11-20"
        who = "Atlantis" if kind == "state" else "India"
        made += [
            f"A/RES/50/{n + 100},{day},{who},{'Q' if kind == 'vote' else 'N'}" for n in range(count)
        ]
    return made


@each(
    ("lines", "problem"),
    [
        (rows(0, day=2), r"nothing in it was understood: 2 rows read and none kept \(.*no date"),
        (rows(0, state=3), r"nothing in it .* \(unknown state 3; the first at line 2"),
        (rows(0, vote=3), "nothing in it was understood"),
    ],
)
def test_a_file_of_which_nothing_is_understood_is_refused_in_any_case(lines, problem, tmp_path):
    intake = read(tmp_path, lines)
    for accept in (False, True):
        with pytest.raises(SourceError, match=rf"own\.csv: {problem}"):
            losses.check(intake, accept=accept)


@each("kind", ["state", "vote", "day"])
def test_more_than_a_tenth_needs_consent(kind, tmp_path):
    losses.check(read(tmp_path, rows(90, **{kind: 5})))
    intake = read(tmp_path, rows(8, **{kind: 2}))
    losses.check(intake, accept=True)
    with pytest.raises(
        SourceError, match=r"own\.csv: \d of \d+ votes were not understood"
    ) as raised:
        losses.check(intake)
    assert raised.value.text(command).endswith("build without them by --accept-losses")


LEADERS = "iso3,country,role,person,person_qid,start,end,party,end_cause\n"


def leaders(folder, *terms):
    lines = (f"NOR,Noruega,head_of_state,P{n},Q{n},{term},P,\n" for n, term in enumerate(terms, 1))
    (folder / "leaders.csv").write_text(LEADERS + "".join(lines))
    return read_files([folder / "leaders.csv"], bundled_names())


def test_a_term_without_dates_was_understood(tmp_path):
    """A real list of leaders has no dates in a tenth of its rows."""
    intake = leaders(tmp_path, "1990-02-03T00:00:00Z,1995-02-03T00:00:00Z", ",", ",", ",")
    losses.check(intake)
    assert intake.problem_kinds()["no dates"] == 3
    assert sum(record.__class__.__name__ == "Official" for record in intake.records["leaders"]) == 4


def test_what_came_with_the_facts_is_not_weighed(tmp_path):
    read(tmp_path, rows(0, state=3))
    intake = read_files(
        [], bundled_names(), [tmp_path / "own.toml"], bundled=[tmp_path / "own.csv"]
    )
    losses.check(intake)
    assert not intake.given


def test_a_refused_build_writes_its_report_and_leaves_the_graph_alone(tmp_path):
    read(tmp_path, rows(8, state=2))
    given = {
        "files": [tmp_path / "own.csv"],
        "mappings": [tmp_path / "own.toml"],
        "report": tmp_path / "report.csv",
        "only": "case",
    }
    with pytest.raises(SourceError, match="2 of 10 votes"):
        kg.build(tmp_path / "graph", **given)
    assert "unknown state,own.csv,10,1," in (tmp_path / "report.csv").read_text()
    assert not (tmp_path / "graph" / "CURRENT").exists()
    assert kg.build(tmp_path / "graph", **given, accept_losses=True).counts["RollCall"] > 8


def test_votes_on_days_without_a_seat_are_noted(tmp_path):
    """The China of the United Nations before 25 October 1971 is not what most usages mean by the name."""
    votes = [f"A/RES/{text},{day},{who},Y" for text, day, who in (
        ("1514(XV)", "1960-12-14", "China"),
        ("1514(XV)", "1960-12-14", "France"),
        ("ES-6/2", "1980-01-14", "China"),
    )]  # fmt: skip
    intake = read(tmp_path, votes)
    seatless.note(bundled_facts(), intake)
    assert intake.seatless == {"CHN": 1}
    assert intake.problem_kinds() == {"vote without a seat": 1}
    assert "1514_XV on 1960-12-14: CHN held no seat then" in intake.problems[0].text


def test_a_vote_in_many_rows_is_lost_once(tmp_path):
    """Of three rows that differ two problems are noted, and one vote is not known."""
    twice = [f"A/RES/50/1,1995-11-20,Norway,{vote}" for vote in "YNY"]
    intake = read(tmp_path, [*rows(1), *twice])
    with pytest.raises(SourceError, match=r"1 of 2 votes were not understood \(two votes 2;"):
        losses.check(intake)
    losses.check(intake, accept=True)
    losses.check(read(tmp_path, [*rows(10), *twice]))
