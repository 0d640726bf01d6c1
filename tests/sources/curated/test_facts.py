"""Bad facts through the real ``kg build``: one line, exit status 2, and the old graph answers."""

import re
import shutil

import pytest

from kg import resources
from kg.api import Graph
from kg.errors import GraphError
from kg.model import records
from kg.rdf import triples
from kg.sources.curated.facts import read_facts


def appended(row):
    """Add a row at the end of a file."""
    return lambda text: text.rstrip(b"\n") + b"\n" + row.encode() + b"\n"


def swapped(old, new):
    """Change the first occurrence of a text."""

    def change(text):
        assert old.encode() in text, f"{old} does not stand in the file any more"
        return text.replace(old.encode(), new.encode() if isinstance(new, str) else new, 1)

    return change


def line(number, new):
    """Put another line in the place of one, counted from 1."""

    def change(text):
        lines = text.split(b"\n")
        lines[number - 1] = new(lines[number - 1]) if callable(new) else new
        return b"\n".join(lines)

    return change


def twice(number):
    return line(number, lambda old: old + b"\n" + old)


VOTES = "roll_calls/votes.csv"
MEMBERSHIPS = "alliances/memberships.csv"
BAD = {
    # what is wrong: file, change, line (or "last"), what is said of it
    "too few cells": (VOTES, line(2, b"ES-11_1,AFG,yes"), 2, "3 cells where .* mend the row"),
    "too many cells": (VOTES, line(7, lambda old: old + b","), 7, "5 cells where .* mend the row"),
    "an unclosed quote": (
        VOTES,
        line(5, b'ES-11_1,"AND,yes,s'),
        5,
        "not CSV: .*; mend the quoting",
    ),
    "a blank line": (VOTES, line(9, b""), 9, "is a blank line; remove it"),
    "a wrong header": (VOTES, swapped("rollcall,", "roll,"), 1, "missing rollcall; unknown 'roll'"),
    "semicolons": (
        VOTES,
        lambda text: text.replace(b",", b";"),
        1,
        "wrong header: .* expected roll",
    ),
    "a duplicate vote": (
        VOTES,
        twice(2),
        3,
        "rollcall ES-11_1, state AFG stands already in line 2; remove one of the two",
    ),
    "a vote of a non-member": (
        VOTES,
        swapped(",ZWE,", ",VAT,"),
        "found",
        "VAT held no seat in UNGA on 2022-03-02, the day of ES-11_1; mend the vote here or the seat",
    ),
    "a vote of a state that was gone": (
        VOTES,
        swapped(",ZWE,", ",SUN,"),
        "found",
        "SUN held no seat in UNGA on 2022-03-02",
    ),
    "an unknown state": (
        VOTES,
        swapped(",ZWE,", ",ZWW,"),
        "found",
        "state 'ZWW' is no known state; add it or mend the key; nearest known: .*ZWE",
    ),
    "a name where a key belongs": (
        VOTES,
        swapped(",FRA,", ",FRANCE,"),
        "found",
        "state 'FRANCE' is no known state; add it or mend the key; nearest known: .*FRA",
    ),
    "an unknown roll call": (
        VOTES,
        swapped("ES-11_8,", "ES-12_8,"),
        "found",
        "nearest known: ES-1",
    ),
    "an unknown option": (
        VOTES,
        swapped(",abstain,", ",maybe,"),
        "found",
        "'maybe' is not one of yes",
    ),
    "an unknown role": (
        MEMBERSHIPS,
        swapped(",member,", ",boss,"),
        "found",
        "'boss' is not one of m",
    ),
    "an interval that ends before it starts": (
        MEMBERSHIPS,
        appended("NATO,AUS,member,2001-01-01,2000-12-31,nato,,"),
        "last",
        "ends on 2000-12-31, not after its start on 2001-01-01",
    ),
    "overlapping memberships": (
        MEMBERSHIPS,
        appended("NATO,FRA,member,1999-01-01,,north-atlantic-treaty-1949,,"),
        "last",
        r"NATO FRA member overlaps with line \d+; mend start or end",
    ),
    "not a date": (
        MEMBERSHIPS,
        swapped(",2023-09-16,", ",16 September 2023,"),
        "found",
        "start: '16 September 2023' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "a day that no calendar has": (
        MEMBERSHIPS,
        swapped("09-16", "02-30"),
        "found",
        "is not a date",
    ),
    "an unknown source": (
        MEMBERSHIPS,
        swapped("liptako-gourma-charter-2023", "liptako"),
        "found",
        r"source 'liptako' is not in any sources\.csv; add it there",
    ),
    "a dangling reference": (
        "officials/tenures.csv",
        appended("x,Nobody,RUS_president,2020,,wikidata,,"),
        "last",
        "official 'Nobody' is no known official; add it or mend the key",
    ),
    "an unknown thing a statement is about": (
        "statements/statements.csv",
        swapped("state:CHN", "state:CHNN"),
        "found",
        "about 'state:CHNN' is nothing known; write kind:key; nearest known: .*CHN",
    ),
    "a source told twice": (
        "states/sources.csv",
        appended("roberts-2023-02-24,T,,,,"),
        None,  # the second folder to tell it is blamed
        "the source 'roberts-2023-02-24' stands twice; give it another key",
    ),
    "invalid UTF-8": (
        "states/states.csv",
        swapped("Curaçao", "Curaçao".encode("latin-1")),
        "found",
        "byte 0xe7 is not UTF-8; save the file as UTF-8",
    ),
    "a NUL": (VOTES, swapped("ZWE", "Z\x00WE"), "found", "holds a NUL character; save the file"),
    "an empty file": (VOTES, lambda text: b"", 0, "is empty; restore it from your copy"),
    "half a file": (
        VOTES,
        lambda text: text[: text.index(b"\n", len(text) // 2) + 1],
        0,
        r"\d+ rows, expected 1544 to 1000000 \(source\.toml\); is the file whole\?",
    ),
    "a missing file": (VOTES, None, 0, "cannot be read: No such file"),
    "a missing description": ("states/source.toml", None, 0, "cannot be read: No such file"),
    "a broken description": ("states/source.toml", lambda text: b"title = ", 0, "not TOML: "),
    "no known day": (
        "states/source.toml",
        lambda text: re.sub(rb"known = [0-9-]+", b'known = "soon"', text),
        0,
        "needs title, description, licence, known and .*: known is no date",
    ),
}


@pytest.fixture
def facts(tmp_path):
    """A copy of the bundled facts, to damage."""
    return shutil.copytree(resources.data(), tmp_path / "facts")


@pytest.fixture
def old(graph_root, tmp_path):
    """A graph folder that something was published in."""
    return shutil.copytree(graph_root, tmp_path / "old")


def listing(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*"))


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_blamed_in_one_line_and_the_old_graph_answers(what, facts, old, run):
    name, change, where, problem = BAD[what]
    path = facts / name
    before = path.read_bytes()
    if change is None:
        path.unlink()
    else:
        path.write_bytes(change(before))
        assert path.read_bytes() != before
    if where == "found":
        pairs = zip(before.split(b"\n"), path.read_bytes().split(b"\n"), strict=True)
        where = next(i for i, (one, other) in enumerate(pairs, 1) if one != other)
    elif where == "last":
        where = path.read_bytes().count(b"\n")
    stood, count = listing(old), len(Graph(old).snapshot.store)

    result = run("build", "--data", facts, "--quiet", graph=old)

    assert result.exit_code == 2
    assert result.stdout == ""
    (told,) = result.stderr.splitlines()
    place = (
        r".*\.csv:\d+" if where is None else re.escape(f"{path}:{where}" if where else f"{path}")
    )
    assert re.match(rf"Error: {place}: .*{problem}", told), told
    assert listing(old) == stood
    assert len(Graph(old).snapshot.store) == count
    assert run("query", "ASK { ?vote kg:votedNo state:RUS }", graph=old).exit_code == 0


@pytest.mark.parametrize(
    "change", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")]
)
def test_files_saved_with_a_bom_or_crlf_mean_the_same(change, facts):
    for path in facts.rglob("*.*"):
        path.write_bytes(change(path.read_bytes()))
    assert set(triples.triples(read_facts(facts))) == set(
        triples.triples(read_facts(resources.data()))
    )


@pytest.mark.parametrize("name", ["nowhere", "nowhere/else"])
def test_a_data_folder_that_is_not_there_is_named(name, tmp_path, run):
    result = run("build", "--data", tmp_path / name, graph=tmp_path / "graph")
    assert result.exit_code == 2
    assert f"{tmp_path / name} is not a folder of facts; name one with --data" in result.stderr
    assert not (tmp_path / "graph").exists()


def test_a_folder_without_facts_is_refused(tmp_path):
    with pytest.raises(GraphError, match="is not a folder of facts"):
        read_facts(tmp_path / "nothing")


def test_no_two_records_are_one_thing():
    facts = read_facts(resources.data())
    seen = {}
    for record in triples.SHAPES:
        for row in facts.rows(record):
            iri = triples.subject(row.record)
            assert iri not in seen, f"{row.path}:{row.line} and {seen[iri]} are both <{iri}>"
            seen[iri] = f"{row.path}:{row.line}"


def test_a_vote_with_totals_only_needs_no_single_votes():
    facts = read_facts(resources.data())
    cast = {vote.rollcall for vote in facts.records(records.Vote)}
    unvoted = [r for r in facts.records(records.RollCall) if r.rollcall not in cast]
    assert [(r.rollcall, r.status) for r in unvoted] == [
        ("ES-11_L.8", "unchecked"),
        ("ES-11_L.9", "unchecked"),
    ]
