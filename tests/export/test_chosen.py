from __future__ import annotations

import csv
import io

import polars as pl
import pyoxigraph as ox
import pytest

from kg.errors import ExportError, QueryError, UnknownNameError
from kg.rdf import iris

FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def _rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_chosen_roll_call_comes_with_its_text_states_and_sources(graph, tmp_path):
    graph.export(tmp_path / "x.ttl", rollcalls=["A/RES/ES-11/6"])
    told = {
        q.triple for q in ox.parse((tmp_path / "x.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    }
    assert told < set(graph.triples())
    subjects = {iris.shorten(t.subject.value) for t in told}
    assert {s for s in subjects if s.startswith("rollcall:")} == {"rollcall:ES-11_6"}
    assert {"document:A_RES_ES-11_6", "organisation:UNGA", "dataset:roll_calls"} <= subjects
    assert sum(s.startswith("state:") for s in subjects) == 193
    derived = ox.NamedNode(iris.expand("prov:wasDerivedFrom"))
    sources = {iris.shorten(t.object.value) for t in told if t.predicate == derived}
    assert sources == {s for s in subjects if s.startswith("source:")}


def test_each_syntax_holds_the_same_chosen_roll_calls(official, tmp_path):
    read = {}
    for ending, form in FORMS.items():
        exported = official.export(tmp_path / f"x{ending}", start=1980, end=2020)
        read[ending] = set(ox.parse((tmp_path / f"x{ending}").read_bytes(), format=form))
        assert exported.count == len(read[ending]), ending
        again = (tmp_path / f"x{ending}").read_bytes()
        official.export(tmp_path / f"x{ending}", start=1980, end=2020)
        assert (tmp_path / f"x{ending}").read_bytes() == again, ending
    assert read[".ttl"] == read[".nt"] == read[".jsonld"]
    assert read[".trig"] == read[".nq"] > read[".ttl"]
    assert read[".ttl"] == {q for q in read[".nq"] if q.graph_name == ox.DefaultGraph()}


def test_tables_hold_the_chosen_roll_calls(graph, run, tmp_path):
    done = run("export", "-o", tmp_path / "v.csv", "--rollcall", "ES-11/1", "--rollcall", "ES-11/6")
    assert done.stderr == f"wrote {tmp_path / 'v.csv'}: 386 votes\n"
    assert {row["rollcall"] for row in _rows(tmp_path / "v.csv")} == {"ES-11_1", "ES-11_6"}
    run("export", "-f", "csv", "-o", tmp_path / "r", "--table", "rollcalls", "--from", "2023-02")
    rows = {row["rollcall"]: row for row in _rows(tmp_path / "r")}
    sixth = rows["ES-11_6"]
    assert (sixth["date"], sixth["organ"], sixth["symbol"]) == (
        "2023-02-23",
        "UNGA",
        "A/RES/ES-11/6",
    )
    assert [sixth[o] for o in ("yes", "no", "abstain", "nonvoting")] == ["141", "7", "32", "13"]
    assert sixth["sources"]
    assert sixth["title"]
    assert sixth["result"] == "adopted"
    assert min(row["date"] for row in rows.values()) >= "2023-02"
    graph.export(tmp_path / "r.parquet", table="rollcalls", start="2023-02")
    sheet = pl.read_parquet(tmp_path / "r.parquet")
    assert [
        {k: "" if v is None else str(v) for k, v in row.items()} for row in sheet.rows(named=True)
    ] == (list(rows.values()))


def test_organ_and_topic_choose_too(official, tmp_path):
    official.export(tmp_path / "all.csv", table="rollcalls")
    every = _rows(tmp_path / "all.csv")
    official.export(tmp_path / "organ.csv", table="rollcalls", organ="Security Council")
    assert _rows(tmp_path / "organ.csv") == [row for row in every if row["organ"] == "UNSC"] != []
    subject = next(row["subjects"] for row in every if row["subjects"]).split("; ")[0]
    official.export(tmp_path / "topic.csv", table="rollcalls", topic=subject)
    expected = [row for row in every if subject in row["subjects"].split("; ")]
    assert [row for row in _rows(tmp_path / "topic.csv") if row in expected] == expected != []


def test_a_vote_of_which_the_month_is_known_gets_no_day(official, tmp_path):
    official.export(tmp_path / "r.csv", table="rollcalls")
    exact = official.snapshot.votes.rollcalls["exact"].to_list()
    assert [len(row["date"]) == 10 for row in _rows(tmp_path / "r.csv")] == exact


def test_a_choice_that_cannot_be_met_is_refused_and_nothing_is_written(graph, run, tmp_path):
    done = run("export", "-o", tmp_path / "x.gexf", "--organ", "UNGA")
    assert done.exit_code == 2
    assert "gexf of the links holds every link; chosen roll calls go with RDF" in done.stderr
    with pytest.raises(QueryError, match="no roll call fits all that was asked for"):
        graph.export(tmp_path / "x.ttl", rollcalls=["ES-11/6"], end=2022)
    with pytest.raises(QueryError, match="not a day, month or year"):
        graph.export(tmp_path / "x.ttl", start="soon")
    with pytest.raises(UnknownNameError):
        graph.export(tmp_path / "x.csv", rollcalls=["A/RES/99/999"])
    with pytest.raises(ExportError, match="csv of the links"):
        graph.export(tmp_path / "x.csv", table="links", organ="UNGA")
    assert not list(tmp_path.iterdir())
