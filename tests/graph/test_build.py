"""Sources to graph folder: what is written is what the facts say, each time the same."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from polars.exceptions import ComputeError

import kg
from kg import resources
from kg.api import Graph
from kg.errors import GraphError
from kg.graph import build as builder
from kg.graph import folder, parts
from kg.graph.build import build
from kg.graph.manifest import bundled_digest
from kg.rdf import iris, turtle
from kg.sources.curated import facts
from kg.sources.curated.facts import read_facts
from kg.votes.table import VoteTable


def test_a_build_says_what_it_published(tmp_path):
    steps = []
    built = build(
        tmp_path / "graph",
        progress=lambda step, part=None, triples=None: steps.append((step, part)),
    )
    assert built.root == tmp_path / "graph"
    assert built.version == "1"
    assert all(part is None or 0 <= part <= 1 for _, part in steps)
    assert list(dict.fromkeys(step for step, _ in steps)) == [
        "reading the facts",
        "writing the graph",
        "loading the graph",
        "writing the vote table",
        "checking and publishing",
    ]
    with Graph(built.root) as graph:
        assert built.triple_count == len(graph.snapshot.store)
        assert built.counts == graph.manifest["counts"]
    assert built.counts["Vote"] == 1737
    assert built.counts["RollCall"] == 11


def test_two_builds_of_the_same_facts_give_the_same_bytes(tmp_path, graph):
    built = build(tmp_path / "again")
    with Graph(built.root) as again:
        assert turtle.turtle(again.triples()) == turtle.turtle(graph.triples())
        assert again.names.to_json() == graph.names.to_json()
        assert again.manifest | {"built": 0} == graph.manifest | {"built": 0}
        assert again.votes.matrix.tolist() == graph.votes.matrix.tolist()
    names = [f"v/1/{name}" for name in ("names.json", "votes.parquet")]
    assert [(built.root / n).read_bytes() for n in names] == [
        (graph.root / n).read_bytes() for n in names
    ]


def test_a_build_in_another_process_with_another_hash_seed_gives_the_same_bytes(
    tmp_path, graph, monkeypatch
):
    monkeypatch.setenv("PYTHONHASHSEED", "12345")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", "-q", "--graph", tmp_path / "other"], check=True
    )
    assert done.returncode == 0
    with Graph(tmp_path / "other") as other:
        assert turtle.turtle(other.triples()) == turtle.turtle(graph.triples())
        assert other.names.to_json() == graph.names.to_json()


def test_the_order_of_rows_and_columns_does_not_change_the_graph(tmp_path, graph):
    facts = shutil.copytree(resources.data(), tmp_path / "facts")
    votes = facts / "roll_calls" / "votes.csv"
    head, *rows = votes.read_text(encoding="utf-8").splitlines()
    votes.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    with Graph(build(tmp_path / "graph", facts).root) as other:
        assert turtle.turtle(other.triples()) == turtle.turtle(graph.triples())
        assert other.votes.matrix.tolist() == graph.votes.matrix.tolist()


def test_the_manifest_names_every_file_with_its_digest_and_every_licence(graph):
    told = graph.manifest
    assert told["format"] == folder.FORMAT
    assert told["kg"] == kg.__version__
    assert told["bundled"] is True
    assert told["digest"] == bundled_digest("case") != bundled_digest()
    tables = resources.data().rglob("*")
    files = sorted(p for p in tables if p.suffix in (".csv", ".toml") and p.parent.name != "record")
    assert sorted(told["files"]) == [p.relative_to(resources.data()).as_posix() for p in files]
    assert [d for d in told["files"].values() if not re.fullmatch("[0-9a-f]{64}", d)] == []
    licences = {name: d["licence"] for name, d in told["datasets"].items()}
    assert "copyright United Nations" in licences.pop("roll_calls")
    assert set(licences.values()) == {"CC0-1.0"}
    assert set(told["datasets"]) == {path.parent.name for path in files}


def test_one_changed_byte_changes_the_digest_of_the_facts(tmp_path):
    facts = shutil.copytree(resources.data(), tmp_path / "facts")
    before = build(tmp_path / "graph", facts)
    path = facts / "states" / "states.csv"
    path.write_bytes(path.read_bytes().replace(b"\nFRA,France,", b"\nFRA,Francia,"))
    one = json.loads((folder.current(before.root) / "manifest.json").read_text(encoding="utf-8"))
    build(before.root, facts)
    two = folder.manifest(before.root)
    assert one["bundled"] is two["bundled"] is False
    assert one["digest"] != two["digest"]
    changed = {n for n in one["files"] if one["files"][n] != two["files"][n]}
    assert changed == {"states/states.csv"}


@pytest.mark.parametrize(
    ("owner", "name", "error"),
    [
        (VoteTable, "write", ComputeError("No space left on device (os error 28)")),
        (builder, "_write_store", OSError(28, "No space left on device")),
        (parts, "_write", OSError(28, "No space left on device")),
        (Path, "read_bytes", OSError(5, "Input/output error")),
    ],
    ids=["the vote table", "the store", "the names", "reading"],
)
def test_a_failing_disk_is_one_line_and_the_old_graph_answers(
    owner, name, error, tmp_path, graph_root, monkeypatch, run
):
    old = shutil.copytree(graph_root, tmp_path / "old")

    def fail(*args, **more):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        result = run("build", "-q", graph=old)
    assert result.exit_code == 2
    (told,) = result.stderr.splitlines()
    assert told.endswith("name another folder with --graph") or "cannot be read: Input" in told
    assert sorted(p.name for p in (old / "v").iterdir()) == ["1"]
    assert run("query", "ASK { ?vote kg:votedNo state:RUS }", graph=old).exit_code == 0


def test_a_store_that_lost_a_vote_is_not_published(tmp_path, monkeypatch):
    real = builder.Loading.put
    lost = re.compile(rb"[^\n]+ontology#votedNo>[^\n]+state/RUS> \.\n")
    assert lost.search(b"".join(builder.Content.of(read_facts(resources.data()), None).things()))

    def losing(loading, pieces):
        return real(loading, (lost.sub(b"", piece) for piece in pieces))

    monkeypatch.setattr(builder.Loading, "put", losing)
    with pytest.raises(GraphError, match=r"votes written: .* read back: .*; build again"):
        build(tmp_path / "graph")
    assert not (tmp_path / "graph" / "CURRENT").exists()
    assert list((tmp_path / "graph" / "v").iterdir()) == []


def test_a_store_that_is_damaged_on_the_disk_is_not_published(tmp_path, monkeypatch):
    real = builder._write_store

    def damaging(content, aside, progress):
        real(content, aside, progress)
        (aside.store / "CURRENT").write_bytes(b"")

    monkeypatch.setattr(builder, "_write_store", damaging)
    with pytest.raises(GraphError, match=r"cannot be read back \(.*; build again elsewhere"):
        build(tmp_path / "graph")
    assert not (tmp_path / "graph" / "CURRENT").exists()


def test_every_thing_is_in_the_graph_with_its_label_key_and_source(graph):
    label, source = (
        ox.NamedNode(iris.expand(name)) for name in ("rdfs:label", "prov:wasDerivedFrom")
    )
    key = ox.NamedNode(iris.term("key"))
    for kind, record in facts.KINDS.items():
        told = [
            {
                q.subject.value
                for q in graph.snapshot.store.quads_for_pattern(None, property_, None, None)
            }
            for property_ in (label, key, source)
        ]
        things = set.intersection(*told)
        ours = [iri for iri in things if iris.shorten(iri).startswith(f"{kind}:")]
        assert len(ours) == graph.manifest["counts"][record.__name__], kind


def test_the_graph_has_no_blank_node(graph):
    assert not [t for t in graph.triples() if ox.BlankNode in (type(t.subject), type(t.object))]
