from __future__ import annotations

import csv
import io
import json

import pytest

import kg
from kg import resources
from kg.changes.difference import COLUMNS
from kg.errors import GraphError, SourceError
from kg.graph.build import build
from tests import official
from tests.official import ROLLS


def rolls(**votes):
    """The roll calls of ``tests.official``, some votes of the third put otherwise."""
    return [(*roll[:5], roll[5] | votes) if roll[0] == "3" else roll for roll in ROLLS]


def written(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


OWN = """key = "own"
title = "A second source"
[columns]
code = "who"
vote = "did"
resolution = "what"
date = "when"
[votes]
yes = "1"
no = "3"
"""


def second(**votes):
    """Another account of the third roll call, in a layout of its own."""
    rows = [f"{state},{vote},A/RES/50/8,1995-11-20\n" for state, vote in votes.items()]
    return "who,did,what,when\n" + "".join(rows)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two graphs: in the second one roll call came, one went, and two votes of a third changed."""
    folder = tmp_path_factory.mktemp("two")
    new = ("7", "2024-12-04", "79", "A/RES/79/81", "", {"USA": "N", "FRA": "Y", "IND": "Y"})
    changed = [roll for roll in rolls(FRA="N", IND="Y") if roll[0] != "2"]
    for name, votes in {"old": ROLLS, "new": [*changed, new]}.items():
        build(folder / name, files=[written(folder / f"{name}-in" / "ga.csv", official.ga(votes))])
    return folder


def test_a_graph_is_the_same_as_itself_as_its_version_and_as_its_own_exports(two, tmp_path):
    assert kg.diff(two / "old", two / "old").is_empty
    assert kg.diff(two / "old" / "v" / "1", two / "old").is_empty
    with kg.Graph(two / "old") as graph:
        for name in ("g.ttl", "g.trig", "g.nq", "g.nt", "g.jsonld"):
            graph.export(tmp_path / name)
            found = kg.diff(two / "old", tmp_path / name)
            assert found.is_empty, (name, found.changes[:5])
            assert len(found.limits) == 1
    assert kg.diff(tmp_path / "g.nq", tmp_path / "g.trig").is_empty


def test_two_graphs_differ_in_roll_calls_votes_and_states(two):
    found = kg.diff(two / "old", two / "new")
    calls = {
        (c.what, c.thing, c.date, c.before, c.after) for c in found.of("roll call") if not c.field
    }
    assert calls == {
        ("added", "rollcall:79_81", "2024-12-04", "", "2 yes, 1 no, 0 abstain, 0 nonvoting"),
        ("removed", "rollcall:ES-6_2", "1980-01-14", "6 yes, 3 no, 1 abstain, 0 nonvoting", ""),
    }
    votes = [(c.thing, c.field, c.before, c.after) for c in found.of("vote")]
    assert votes == [("rollcall:50_8", "FRA", "yes", "no"), ("rollcall:50_8", "IND", "no", "yes")]
    states = {s.state: (s.added, s.removed, s.changed) for s in found.states}
    assert states["FRA"] == (1, 1, 1)
    assert states["USA"] == (1, 1, 0)
    assert states["SUN"] == (0, 1, 0)
    assert next(iter(found.states)).name == "France"
    assert found.of("roll call", "changed") == []  # a yes for a no, a no for a yes: the totals stay
    assert [(c.thing, c.what) for c in found.of("file")] == [("ga.csv", "changed")]


def test_the_same_difference_is_had_from_exports_and_from_the_files_themselves(two, tmp_path):
    for name in ("old", "new"):
        with kg.Graph(two / name) as graph:
            graph.export(tmp_path / f"{name}.ttl")
    of_graphs = kg.diff(two / "old", two / "new")
    of_exports = kg.diff(tmp_path / "old.ttl", tmp_path / "new.ttl")
    of_files = kg.diff(two / "old-in" / "ga.csv", two / "new-in" / "ga.csv")

    def votes(found):
        return {(c.what, c.thing, c.field, c.before, c.after) for c in found.of("vote")}

    def calls(found):
        return {(c.what, c.thing) for c in found.of("roll call") if not c.field}

    for other in (of_exports, of_files):
        assert votes(other) == votes(of_graphs)
        assert calls(other) == calls(of_graphs)
    assert "roll calls alone" in of_files.limits[0]
    backwards = kg.diff(two / "new", two / "old")
    assert {(c.before, c.after) for c in backwards.of("vote")} == {("no", "yes"), ("yes", "no")}


def test_what_is_printed_of_a_roll_call_is_compared_between_files(tmp_path):
    later = [(*roll[:1], "1995-11-21", *roll[2:]) if roll[0] == "3" else roll for roll in ROLLS]
    old = written(tmp_path / "old.csv", official.ga())
    found = kg.diff(old, written(tmp_path / "new.csv", official.ga(later)))
    assert [(c.field, c.before, c.after) for c in found.changes] == [
        ("date", "1995-11-20", "1995-11-21")
    ]


def test_facts_beside_votes_are_compared_property_by_property(graph_root, altered):
    text = resources.data() / "officials/officials.csv"
    name = text.read_text(encoding="utf-8").splitlines()[1].split(",")[1]
    edits = {"officials/officials.csv": {f",{name},": f",{name} II,"}}
    found = kg.diff(graph_root, altered(edits).root)
    assert {c.kind for c in found.changes} >= {"official"}
    assert any(
        c.before == name and c.after == f"{name} II" for c in found.of("official", "changed")
    )
    assert not found.of("vote")


def test_a_difference_is_had_as_csv_and_json(two):
    found = kg.diff(two / "old", two / "new")
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(found.changes)
    assert json.loads(found.to_json())["changes"][0]["kind"] == found.changes[0].kind


def test_the_command_says_it_in_words_and_by_its_exit_status(two, run, tmp_path):
    same = run("diff", two / "old", two / "old")
    assert (same.exit_code, "nothing differs" in same.stdout) == (0, True)
    other = run("diff", two / "old", two / "new", "-o", tmp_path / "changes.csv")
    assert other.exit_code == 1
    for text in (
        "Roll calls added: 1",
        "Roll calls removed: 1",
        "Votes changed: 2",
        "France (FRA)",
    ):
        assert text in other.stdout
    assert (tmp_path / "changes.csv").read_text().startswith("kind,what,date,thing")
    as_csv = run("diff", two / "old", two / "new", "-f", "csv")
    assert as_csv.stdout == (tmp_path / "changes.csv").read_text()
    assert json.loads(run("diff", two / "old", two / "new", "-f", "json").stdout)["states"]


def test_an_account_beside_the_record_is_no_roll_call_and_hides_no_change_of_it(two, tmp_path):
    """A second source that comes is an account of each roll call; the record changes all the same."""
    ga, other = (
        two / "new-in" / "ga.csv",
        written(tmp_path / "second.csv", second(FRA="1", IND="3")),
    )
    build(tmp_path / "both", files=[ga, other], mappings=[written(tmp_path / "own.toml", OWN)])
    found = kg.diff(two / "old", tmp_path / "both")
    assert [(c.what, c.thing, c.beside) for c in found.of("account")] == [
        ("added", "rollcall:50_8", "own")
    ]
    assert [(c.field, c.beside) for c in found.of("vote")] == [("FRA", ""), ("IND", "")]
    later = written(tmp_path / "later" / "second.csv", second(FRA="3", IND="3"))
    build(tmp_path / "more", files=[ga, later], mappings=[tmp_path / "own.toml"])
    votes = kg.diff(tmp_path / "both", tmp_path / "more").of("vote")
    assert [(c.field, c.before, c.after, c.beside) for c in votes] == [("FRA", "yes", "no", "own")]


def test_an_absence_is_no_change_against_a_file_that_lists_only_votes_cast(tmp_path):
    votes = {"RUS": "2", "USA": "1", "POL": "1", "FRA": "3", "GBR": "1", "IND": "3", "CHN": "3"}
    mapping = written(tmp_path / "own.toml", OWN.replace("[votes]", '[votes]\nabstain = "2"'))
    old = written(tmp_path / "ga.csv", official.ga(rolls(BHS="X", BEL="X", IND="X")))
    new = written(tmp_path / "own.csv", second(**votes))
    for pair, change in (((old, new), ("yes", "no")), ((new, old), ("no", "yes"))):
        found = kg.diff(*pair, [mapping]).of("vote")
        cast = [(c.field, c.before, c.after) for c in found if c.field != "IND"]
        assert cast == [("FRA", *change)]
        assert [c.field for c in found] == ["FRA", "IND"]  # absent in one and a no in the other
    complete = written(
        tmp_path / "all.toml", mapping.read_text().replace("[col", "complete = true\n[col")
    )
    listed = {c.field for c in kg.diff(old, new, [complete]).of("vote")}
    assert listed == {"FRA", "IND", "BHS", "BEL"}


def test_what_one_side_does_not_print_and_numbers_of_two_sources_are_no_change(tmp_path):
    mapping = written(tmp_path / "own.toml", OWN)
    own = written(tmp_path / "own.csv", second(FRA="1", USA="1"))
    ga = written(tmp_path / "ga.csv", official.ga())
    assert not [c for c in kg.diff(ga, own, [mapping]).changes if c.field and c.kind != "vote"]
    other = [("9", *roll[1:]) if roll[0] == "3" else roll for roll in ROLLS]
    found = kg.diff(ga, written(tmp_path / "later.csv", official.ga(other)))
    assert [(c.field, c.before, c.after) for c in found.changes] == [("number", "3", "9")]


def test_files_of_the_users_own_are_read_by_mappings(tmp_path, run):
    old = written(tmp_path / "old.csv", second(FRA="1", USA="1"))
    new = written(tmp_path / "new.csv", second(FRA="3", USA="1").replace("who,", "whose,"))
    first = written(tmp_path / "first.toml", OWN)
    other = OWN.replace('"own"', '"other"').replace('"who"', '"whose"')
    maps = ["--map", first, "--map", written(tmp_path / "other.toml", other)]
    done = run("diff", old, new, *maps, "-f", "csv")
    assert done.exit_code == 1
    assert [row["field"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["FRA"]
    assert "give --map" in run("diff", old, new).stderr
    with pytest.raises(SourceError, match=r"other\.toml.*fits none of the files"):
        kg.diff(old, old, [first, tmp_path / "other.toml"])


def test_what_cannot_be_compared_is_refused(tmp_path):
    with pytest.raises(SourceError, match="is not there"):
        kg.diff(tmp_path / "nothing.csv", tmp_path)
    with pytest.raises(GraphError, match="holds no graph"):
        kg.diff(tmp_path, tmp_path)
    with pytest.raises(SourceError, match="cannot be read as RDF"):
        kg.diff(written(tmp_path / "x.ttl", "no turtle"), tmp_path)
    with pytest.raises(SourceError, match="holds nothing of a graph"):
        kg.diff(written(tmp_path / "y.ttl", ""), tmp_path)
    cow = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    cow += "USA,2,United States of America,1816,1,1,2016,12,31,2016\n"
    with pytest.raises(GraphError, match="holds no roll call"):
        kg.diff(written(tmp_path / "states.csv", cow), tmp_path)
