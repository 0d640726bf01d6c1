"""All that comes with kg: questions of any year are answered rightly, without any file."""

from __future__ import annotations

import csv
import hashlib
import json
import shlex

import pytest
from click.testing import CliRunner

from kg import resources
from kg.cli import cli
from kg.errors import KgError
from kg.graph.build import build
from kg.votes.table import CODES


@pytest.fixture
def ask(run, whole_root):
    """Run ``kg`` on the whole graph; its output."""

    def output(*args):
        done = run(*args, graph=whole_root)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    return output


def test_who_votes_with_russia_is_answered_from_the_first_day(ask):
    rows = json.loads(ask("compare", "Russia", "--from", "2015", "--to", "2019", "-f", "json"))
    first = [row["state"] for row in rows["rows"][:3]]
    assert first == ["PRK", "CHN", "BLR"]
    receipt = rows["receipt"]
    days = receipt["start"], receipt["end"]
    assert (receipt["rollcall_count"], *days) == (458, "2015-06-03", "2019-12-27")


def test_nobody_was_against_the_declaration_of_human_rights(run, whole_root):
    resolution = "resolution=217 A (III)"
    assert run("query", "votes-against", resolution, graph=whole_root).exit_code in (0, 1)
    done = run("query", "abstentions", resolution, "-f", "csv", graph=whole_root)
    states = [line.partition(",")[0] for line in done.stdout.splitlines()[1:]]
    assert states == ["BLR", "CSK", "POL", "SAU", "SUN", "UKR", "YUG", "ZAF"]


def test_the_blocs_of_the_eighties_are_those_that_are_known(ask):
    rows = json.loads(ask("blocs", "--from", "1980", "--to", "1989", "-f", "json"))["rows"]
    bloc = {row["state"]: row["bloc"] for row in rows}
    assert bloc["SUN"] == bloc["DDR"] == bloc["CSK"] == bloc["BGR"]
    assert bloc["USA"] == bloc["GBR"] == bloc["ISR"]
    assert bloc["SUN"] != bloc["USA"]


def test_the_issues_of_voeten_are_topics_of_their_own(whole):
    with (resources.data() / "record" / "issues.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "hr" in row["issues"].split()]
    filed = {row["document"] for row in rows}
    measured = whole.compare("Israel", "United States", topic="Voeten human rights", votes=True)
    table = whole.votes.rollcalls
    document = dict(zip(table["rollcall"], table["document"], strict=True))
    taken = {document[row["rollcall"]] for row in measured}
    assert len(taken) > 700
    assert taken <= filed
    own = whole.compare("Israel", "United States", topic="human rights", votes=True)
    assert not {document[row["rollcall"]] for row in own} <= filed
    with pytest.raises(KgError, match="did you mean Voeten Human rights"):
        whole.compare("Israel", "United States", topic="Voeten humane rights")
    with pytest.raises(KgError, match="no text has a subject term"):
        whole.compare("Israel", "United States", topic="record")


def test_the_seat_of_china_passed_by_the_vote_of_1971(whole):
    """The delegation left before the vote; nobody else held the seat until it was taken."""
    cast = whole.votes.record.cast
    assert "TWN" in cast("2758_XXVI", "nonvoting")
    assert "CHN" not in {
        s for option in ("yes", "no", "abstain", "nonvoting") for s in cast("2758_XXVI", option)
    }
    assert "CHN" in cast("2764_XXVI", "yes") or "CHN" in cast("2769_XXVI", "yes")


def test_the_examples_of_the_measures_have_an_answer(whole_root, run):
    for name in ("compare", "bloc", "blocs", "moves"):
        shown = run(name, "--help", env={"COLUMNS": "100"}).stdout
        for line in shown.splitlines():
            words = shlex.split(line) if line.strip().startswith("kg ") else []
            if words and "--plot" not in words:
                done = run(*words[1:], graph=whole_root)
                assert done.exit_code == 0, (line, done.stderr)


def test_demo_ends_in_three_answers_from_eighty_years(run, whole_root, tmp_path):
    done = run("demo", "--out", tmp_path / "out", graph=whole_root, env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.stderr
    before, _, answers = done.stdout.partition("7. Three answers from eighty years")
    assert "1. The vote of 2023-02-23" in before
    assert "nothing that does" in before
    text = " ".join(answers.split())
    assert "Closest to Russia beyond chance: North Korea 0.47 (401 votes), China 0.47" in text
    assert "A/RES/3238(XXIX) of 1974-11-29, 56 to 54" in text
    assert "among them Norway, Denmark, Belgium" in text


def test_the_terms_of_the_record_stand_in_info_and_in_exports(ask, whole, tmp_path):
    text = " ".join(ask("info").split())
    assert "non-commercial use with attribution" in text
    assert "to be cited" in text
    whole.export(tmp_path / "graph.ttl")
    turtle = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    record = turtle.partition("\nsource:record ")[2].partition(" .\n")[0]
    assert "non-commercial use with attribution" in record


def test_two_builds_give_the_same_bytes(whole, tmp_path):
    """Every byte of the export, from the same facts read and loaded anew."""
    build(tmp_path / "again", only="")
    env = {"KG_GRAPH": str(tmp_path / "again")}
    digests = []
    for graph in (env, {"KG_GRAPH": str(whole.root)}):
        path = tmp_path / f"{len(digests)}.ttl"
        assert CliRunner().invoke(cli, ["export", "-o", str(path)], env=graph).exit_code == 0
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_a_no_of_a_permanent_member_did_not_stop_what_was_procedure(whole):
    """S/RES/119 (1956) called the Assembly to a special session on Suez against two of them."""
    rows = whole.table("adopted-against", start=1956, end=1956)
    assert [(row["symbol"], row["no_of"]) for row in rows] == [
        ("S/RES/119(1956)", "FRA"),
        ("S/RES/119(1956)", "GBR"),
        ("S/RES/120(1956)", "SUN"),
    ]
    assert {row["no_of"] for row in whole.table("adopted-against", start=2020)} == {"RUS"}


def test_the_seat_of_the_soviet_union_and_russia_adds_up_year_by_year(whole):
    totals = {
        (row["organ"], row["voter"]): row
        for row in whole.table("state-totals", state="Russia", continuity="seat")
    }
    assert {voter for _, voter in totals} == {"RUS", "SUN"}
    assert str(totals["UNGA", "SUN"]["last"]) < str(totals["UNGA", "RUS"]["first"])
    votes = [vote["vote"] for vote in whole.table("state-votes", state="RUS")]
    assert votes.count("abstain") == sum(
        totals[organ, "RUS"]["abstain"] for organ in ("UNGA", "UNSC")
    )


def test_the_votes_of_a_year_are_counted_as_the_vote_table_has_them(whole):
    table = whole.votes
    for organ, year in (("UNGA", 1975), ("UNSC", 2023), ("UNGA", 2022)):
        (row,) = whole.table("votes-by-year", organisation=organ, start=year, end=year)
        frame = table.rollcalls
        at = (frame["organ"] == organ) & (frame["date"].dt.year() == year)
        cast = table.matrix[(at & (frame["question"] == "whole-text")).to_numpy()]
        for option in ("yes", "no", "abstain", "nonvoting"):
            assert row[option] == (cast == CODES[option]).sum(), (organ, year, option)
        known = sum(cast == code for code in CODES.values()).any(axis=1)
        assert row["texts"] == known.sum(), (organ, year)


def test_a_part_of_a_text_and_a_vote_without_a_no_read_differently(run, whole_root):
    part = run("query", "votes-against", "resolution=620 (VII)", graph=whole_root)
    assert "these parts were voted on: A/RES/620(VII)A, A/RES/620(VII)B" in part.stderr
    none = run("query", "votes-against", "resolution=S/RES/2728(2024)", graph=whole_root)
    assert none.stderr == (
        "no answer: nobody voted no; S/RES/2728(2024) is in the graph, voted on 2024-03-25, 14-0-1\n"
    )


def test_the_record_tells_how_far_the_roll_calls_reach(whole):
    assert str(whole.covers("roll_calls")[1]) == "2025-10-31"
    assert whole.query("votes-for", resolution="80/4").remark == ""
    assert "to 2025-10-31)" in whole.query("roll-calls", start=2031).why_empty
