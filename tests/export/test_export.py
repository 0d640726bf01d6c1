from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import polars as pl
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import ExportError, GraphError
from kg.export import formats, rdf, write
from kg.graph.snapshot import quads, triples
from kg.rdf import jsonld, turtle

DAY = "2023-02-23"
RDF = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def written(tmp_path_factory, graph):
    """One file of each format, by its ending."""
    folder = tmp_path_factory.mktemp("written")
    files = {ending: folder / f"graph{ending}" for ending in formats.ENDINGS}
    for path in files.values():
        graph.export(path)
    return files


def test_an_export_says_what_was_written_and_what_is_left_out(graph, official, tmp_path):
    exported = graph.export(tmp_path / "graph.ttl")
    assert exported == formats.Exported("turtle", graph.manifest["triple_count"], "triples")
    assert official.export(tmp_path / "graph.ttl").is_partial
    assert not official.export(tmp_path / "graph.nq").is_partial
    votes = graph.export(tmp_path / "votes", "csv", table="votes")
    assert votes == formats.Exported("csv", 1737, "votes")


def test_an_export_of_one_day_is_the_same_from_python_and_the_command(graph, run, tmp_path):
    exported = graph.export(tmp_path / "a.gexf", on=DAY)
    done = run("export", "-o", tmp_path / "b.gexf", "--on", DAY)
    assert (tmp_path / "a.gexf").read_bytes() == (tmp_path / "b.gexf").read_bytes()
    assert done.stderr == f"wrote {tmp_path / 'b.gexf'}: {exported.count:,} links\n"
    assert exported.count < graph.export(tmp_path / "c.gexf").count


def test_a_table_that_there_is_not_is_refused_with_those_there_are(graph, tmp_path):
    with pytest.raises(
        ExportError, match="there is no table of seats; known: links, votes, rollcalls"
    ):
        graph.export(tmp_path / "x.csv", table="seats")


def test_rdf_is_read_again_as_the_same_graph(written, graph):
    triples = set(graph.triples())
    for ending, form in RDF.items():
        again = {quad.triple for quad in ox.parse(written[ending].read_bytes(), format=form)}
        assert again == triples, ending


@pytest.mark.parametrize(("ending", "form"), [(".ttl", "turtle"), (".nt", "nt")])
def test_rdflib_reads_it_as_the_same_graph(ending, form, written, graph):
    copy = rdflib.Graph().parse(written[ending], format=form)
    assert len(copy) == graph.manifest["triple_count"]
    assert set(copy) == set(rdf.to_rdflib(graph.snapshot))


def test_the_copy_in_rdflib_knows_our_prefixes(graph):
    copy = graph.to_rdflib()
    assert len(copy) == graph.manifest["triple_count"]
    rows = copy.query("SELECT ?n { rollcall:ES-11_6 kg:votedNo/rdfs:label ?n }")
    assert {str(row[0]) for row in rows} >= {"Mali", "Nicaragua", "North Korea"}


@pytest.mark.parametrize(
    ("ending", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)]
)
def test_networkx_reads_the_network_again(ending, read, written, graph):
    again, web = read(written[ending]), graph.network()
    assert set(again.nodes) == set(web.nodes)
    assert again.number_of_edges() == web.number_of_edges()
    assert again.nodes["state:BLR"]["label"] == "Belarus"
    assert again.nodes["organisation:CSTO"]["kind"] == "organisation"
    between = again.get_edge_data("state:BLR", "organisation:CSTO").values()
    assert {(link["kind"], link["record"].rpartition("/")[2]) for link in between} == {
        ("treaty", "CSTO-BLR-1994-04-20")
    }


def test_each_format_tells_of_a_link_by_the_same_names(written):
    """One link as GraphML, GEXF, CSV and Parquet have it: dates, sources, remark and all."""
    rows = list(csv.DictReader(written[".csv"].read_text(encoding="utf-8").splitlines()))
    row = next(r for r in rows if r["note"] and r["start"] and r["obligations"])
    sheet = pl.read_parquet(written[".parquet"])
    assert sheet.columns == list(row)
    same = sheet.filter((pl.col("record") == row["record"]) & (pl.col("start") == row["start"]))
    assert [{k: str(v) for k, v in r.items()} for r in same.iter_rows(named=True)] == [row]
    told = {k: v for k, v in row.items() if k not in ("a", "b", "a_label", "b_label") and v}
    for ending, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        links = read(written[ending]).get_edge_data(row["a"], row["b"]).values()
        link = next(li for li in links if li.get("start") == row["start"])
        assert {k: str(link[k]) for k in told} == told, ending
        assert link.keys() - told.keys() <= {"id"}, ending


def test_lines_and_json_made_from_columns_are_what_the_store_holds(official, voting, tmp_path):
    """The same bytes as from the triples one by one, accounts beside the record included."""
    for graph in (official, voting):
        snapshot = graph.snapshot
        plain = {
            ".nq": "".join(turtle.nquads(quads(snapshot))),
            ".nt": turtle.ntriples(triples(snapshot)),
            ".jsonld": jsonld.document(triples(snapshot)),
        }
        for ending, text in plain.items():
            write(snapshot, tmp_path / f"x{ending}")
            assert (tmp_path / f"x{ending}").read_text(encoding="utf-8") == text, ending


def test_no_file_says_when_it_was_written(written):
    for path in written.values():
        content = path.read_bytes()
        assert b"lastmodifieddate" not in content
        assert b"prov:generatedAtTime" not in content


def test_csv_holds_every_link_with_its_sources(written, graph):
    rows = list(csv.DictReader(written[".csv"].read_text(encoding="utf-8").splitlines()))
    assert len(rows) == graph.network().number_of_edges()
    union = [r for r in rows if (r["a"], r["b"]) == ("state:BLR", "organisation:UNION_STATE")]
    assert union[0]["start"] == "2000-01-26"
    assert union[0]["a_label"] == "Belarus"
    assert "union-state-treaty-1999" in union[0]["sources"].split()
    assert all(row["sources"] and row["record"] for row in rows)


def test_csv_of_the_votes_holds_every_single_vote(run, tmp_path, graph):
    path = tmp_path / "votes.csv"
    assert run("export", "-o", path, "--table", "votes").exit_code == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert len(rows) == 1737
    against = {r["state"] for r in rows if r["rollcall"] == "ES-11_6" and r["vote"] == "no"}
    assert against == {"BLR", "ERI", "MLI", "NIC", "PRK", "RUS", "SYR"}
    assert {r["date"] for r in rows if r["rollcall"] == "ES-11_6"} == {DAY}


def test_the_ending_decides_and_the_command_writes_the_same_bytes(run, written, tmp_path):
    for ending in formats.ENDINGS:
        path = tmp_path / f"again{ending.upper()}"
        done = run("export", "-o", path)
        assert done.exit_code == 0, ending
        assert done.stdout == ""
        assert done.stderr.startswith(f"wrote {path}: ")
        assert path.read_bytes() == written[ending].read_bytes(), ending


def test_a_format_that_is_named_wins_over_the_ending(run, written, tmp_path):
    path = tmp_path / "graph.txt"
    for ending, form in formats.ENDINGS.items():
        assert run("export", "-o", path, "--format", form).exit_code == 0
        assert path.read_bytes() == written[ending].read_bytes(), form


def test_the_same_facts_give_the_same_bytes(written, altered, tmp_path):
    other = altered({}).snapshot
    for ending in formats.ENDINGS:
        path = tmp_path / f"again{ending}"
        write(other, path)
        assert path.read_bytes() == written[ending].read_bytes(), ending


def test_a_day_leaves_out_what_did_not_hold(run, tmp_path):
    for ending in (".graphml", ".gexf", ".csv"):
        path = tmp_path / f"day{ending}"
        assert run("export", "-o", path, "--on", "1995-01-01").exit_code == 0
        text = path.read_text(encoding="utf-8")
        assert "CSTO-BLR-1994-04-20" in text, ending
        assert "UNION_STATE-BLR" not in text, ending


def test_a_day_where_none_can_be_chosen_is_refused(run, tmp_path):
    for name, *options in (("x.ttl",), ("x.nq",), ("x.csv", "--table", "votes")):
        done = run("export", "--on", DAY, "-o", tmp_path / name, *options)
        assert done.exit_code == 2, name
        assert (
            "holds every day; a day goes with graphml, gexf and tables of the links" in done.stderr
        )
        assert not list(tmp_path.iterdir()), name


def test_an_unknown_ending_is_told_with_those_there_are(run, tmp_path):
    for name in ("graph", "graph.xlsx", "graph.ttl.gz", ".ttl"):
        done = run("export", "-o", tmp_path / name)
        assert done.exit_code == 2, name
        assert done.stderr.count("\n") == 1
        assert "give --format turtle|trig|nquads" in done.stderr
        assert not list(tmp_path.iterdir()), name
    with pytest.raises(ExportError, match=r"in which format; give format turtle\|trig\|nquads"):
        formats.kind_of(tmp_path / "graph", None)


def test_a_folder_that_is_not_there_is_told_in_one_line(run, tmp_path):
    done = run("export", "-o", tmp_path / "none" / "graph.ttl")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "graph.ttl cannot be written: No such file or directory" in done.stderr


def test_what_stood_there_stays_when_writing_fails(graph, tmp_path, monkeypatch):
    path = tmp_path / "graph.ttl"
    path.write_text("what stood there", encoding="utf-8")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExportError, match=r"graph\.ttl cannot be written: No space left"):
        write(graph.snapshot, path)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "what stood there"
    assert list(tmp_path.iterdir()) == [path]


def test_hostile_names_stay_names_in_every_format(altered, tmp_path):
    name = "\x1b[31m<b>&\"'\x07\u202e=SUM(A1)"
    graph = altered(
        {"states/states.csv": {"\nMLI,Mali,": f'\nMLI,"{name.replace(chr(34), chr(34) * 2)}",'}}
    )
    for ending, form in RDF.items():
        write(graph.snapshot, tmp_path / f"x{ending}")
        again = {q.triple for q in ox.parse((tmp_path / f"x{ending}").read_bytes(), format=form)}
        assert again == set(graph.triples())
    for ending, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        write(graph.snapshot, tmp_path / f"x{ending}")
        label = read(tmp_path / f"x{ending}").nodes["state:MLI"]["label"]
        assert "<b>&\"'" in label
        assert "\x1b" not in label


def test_a_label_that_a_spreadsheet_would_run_is_quoted(altered, tmp_path):
    graph = altered({"states/states.csv": {"\nMLI,Mali,": "\nMLI,=1+1,"}})
    write(graph.snapshot, tmp_path / "x.csv")
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["a_label"] for row in rows if row["a"] == "state:MLI"} == {"'=1+1"}


def test_a_table_that_a_format_cannot_hold_is_refused_and_nothing_is_written(run, tmp_path):
    done = run("export", "-o", tmp_path / "votes.graphml", "--table", "votes")
    assert done.exit_code == 2
    assert "graphml holds no table of votes; write csv or parquet" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_graph_that_does_not_hold_what_it_says_is_not_written(altered, tmp_path):
    other = altered({}).snapshot
    other.manifest = {**other.manifest, "record_count": 17, "triple_count": 17}
    (tmp_path / "out").mkdir()
    for ending in RDF:
        with pytest.raises(
            GraphError,
            match=r"damaged: [\d,]+ triples can be read of 17; build it again: kg\.build\(root=",
        ):
            write(other, tmp_path / "out" / f"x{ending}")
        assert not list((tmp_path / "out").iterdir()), ending
