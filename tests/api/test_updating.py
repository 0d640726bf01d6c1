from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

import kg
from kg.errors import FetchError, GraphError, SourceError
from kg.graph import folder
from kg.graph.build import build
from tests import official
from tests.loopback import file, loopback, moved, status
from tests.official import ROLLS

NEW = ("7", "2024-12-04", "79", "A/RES/79/81", "", {"USA": "N", "FRA": "Y", "IND": "Y"})


@pytest.fixture
def server():
    with loopback() as served:
        yield served


@pytest.fixture
def served_graph(server, tmp_path):
    """A graph of a file that was given by its address."""
    build(tmp_path / "graph", files=[server.serve("/ga.csv", file(official.ga().encode()))])
    return tmp_path / "graph"


def newer(server, votes=(*ROLLS, NEW)):
    return server.serve("/ga.csv", file(official.ga(votes).encode(), f'"{len(votes) + 2}"'))


def test_the_manifest_says_where_a_file_came_from(server, served_graph, tmp_path, run):
    given = folder.manifest(served_graph)["given"][0]
    assert (given["url"], given["file"], given["redirects"]) == (
        server.url("/ga.csv"),
        "ga.csv",
        [],
    )
    assert given["retrieved"]
    shown = run("info", graph=served_graph).stdout
    assert server.url("/ga.csv") in "".join(shown.split())
    asked = "SELECT ?note WHERE { dataset:undl-ga kg:note ?note }"
    sources = run("query", asked, "-f", "csv", graph=served_graph).stdout
    assert f"from ga.csv at {server.url('/ga.csv')} (sha256 {given['sha256'][:12]})" in sources
    url = server.serve("/moved.csv", moved("/ga.csv"))
    done = run("build", url, graph=tmp_path / "other")
    assert f"redirected to {server.url('/ga.csv')}" in done.stderr
    assert f"redirected to {server.url('/ga.csv')}" in " ".join(done.stdout.split())
    assert folder.manifest(tmp_path / "other")["given"][0]["redirects"] == [server.url("/ga.csv")]


def test_what_only_the_user_may_know_of_an_address_is_not_published(server, tmp_path, run):
    """A key stands in what an update fetches again, on this machine, and in nothing that is shared."""
    server.serve("/signed.csv?X-Signature=HUSH", file(official.ga().encode()))
    url = server.serve("/ga.csv?id=7&token=SECRET", moved("/signed.csv?X-Signature=HUSH"))
    build(tmp_path / "graph", files=[url])
    manifest = folder.manifest(tmp_path / "graph")
    given = manifest["given"][0]
    assert given["url"] == server.url("/ga.csv?id=7&token=***")
    assert given["redirects"] == [server.url("/signed.csv")]
    assert "SECRET" in json.dumps(manifest["inputs"])
    run("export", "-o", tmp_path / "graph.trig", graph=tmp_path / "graph")
    text = (tmp_path / "graph.trig").read_text(encoding="utf-8")
    assert "id=7&token=***" in text
    assert "SECRET" not in text
    assert "HUSH" not in text


def test_an_update_shows_what_changes_and_publishes_only_what_is_wanted(server, served_graph):
    assert kg.update(served_graph).difference.is_empty
    newer(server)
    seen = kg.update(served_graph)
    assert seen.built is None
    assert [(c.what, c.thing) for c in seen.difference.of("roll call")] == [
        ("added", "rollcall:79_81")
    ]
    assert folder.current(served_graph).name == "1"
    asked = []
    assert kg.update(served_graph, publish=lambda found: bool(asked.append(found))).built is None
    assert asked[0].changes == seen.difference.changes
    done = kg.update(served_graph, publish=True)
    assert (done.built.version, folder.current(served_graph).name) == ("2", "2")
    assert kg.diff(served_graph / "v" / "1", served_graph).changes == seen.difference.changes
    assert kg.update(served_graph, publish=True).built is None
    assert sorted(path.name for path in (served_graph / "v").iterdir()) == ["1", "2"]
    with kg.Graph(served_graph) as graph:
        assert graph.names.resolve("A/RES/79/81", "rollcall") == "79_81"


def test_the_command_publishes_after_yes_alone(server, served_graph, run, monkeypatch):
    newer(server)
    nobody = run("update", graph=served_graph)
    assert nobody.exit_code == 0
    assert "nobody can be asked here; --yes publishes it" in nobody.stderr
    assert "nothing was published" in nobody.stdout
    assert "Roll calls added: 1" in nobody.stdout
    monkeypatch.setattr("kg.cli.update._is_terminal", lambda: True)
    for answer in ("n\n", "\n", ""):
        done = run("update", graph=served_graph, input=answer)
        assert (done.exit_code, "nothing was published" in done.stdout) == (0, True), answer
        assert folder.current(served_graph).name == "1"
    done = run("update", graph=served_graph, input="y\n")
    assert "version 2" in done.stdout
    newer(server, ROLLS)
    assert "version 3" in run("update", "--yes", graph=served_graph).stdout
    assert "nothing differs" in run("update", "--yes", graph=served_graph).stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_an_interrupt_at_the_question_publishes_nothing_and_ends(server, served_graph):
    newer(server)
    master, slave = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "update", "--graph", served_graph],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        shown = ""
        while "Publish this?" not in shown:
            shown += (letter := process.stderr.read(1))
            assert letter, shown
        time.sleep(0.2)  # from the question to the reading of its answer
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    finally:
        process.kill()
        os.close(master)
        os.close(slave)
    assert "nothing was published" in output
    assert folder.current(served_graph).name == "1"


def test_a_file_named_again_takes_the_place_of_the_one_of_its_name(tmp_path):
    for name, votes in {"a": ROLLS, "b": (*ROLLS, NEW)}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "ga.csv").write_text(official.ga(votes), encoding="utf-8")
    build(tmp_path / "graph", files=[tmp_path / "a" / "ga.csv"])
    done = kg.update(tmp_path / "graph", [tmp_path / "b" / "ga.csv"], publish=True)
    assert [c.thing for c in done.difference.of("roll call")] == ["rollcall:79_81"]
    assert folder.manifest(tmp_path / "graph")["inputs"]["files"] == [
        str(tmp_path / "b" / "ga.csv")
    ]
    (tmp_path / "b" / "ga.csv").unlink()
    with pytest.raises(GraphError, match=r"b/ga\.csv, of which this graph was built, is not there"):
        kg.update(tmp_path / "graph")


def test_an_update_that_fails_leaves_the_graph_as_it_was(server, served_graph):
    for answer, error in (
        (status(503), FetchError),
        (status(200, b"<!doctype html>"), FetchError),
        (status(200, b"undl_id,ms_code\n1,FRA\n"), SourceError),
    ):
        server.serve("/ga.csv", answer)
        with pytest.raises(error):
            kg.update(served_graph, publish=True)
        assert sorted(path.name for path in (served_graph / "v").iterdir()) == ["1"]
        assert folder.current(served_graph).name == "1"


def test_the_pages_of_newer_files_are_named_with_the_last_day_of_the_publishers_own(
    server, served_graph, tmp_path, run
):
    """A curated roll call is later, and so is one of a file of the user's own."""
    own, mapping = tmp_path / "own.csv", tmp_path / "own.toml"
    own.write_text("who,did,what,when\nFRA,1,A/RES/80/99,2025-12-30\n", encoding="utf-8")
    mapping.write_text(
        'key = "own"\ntitle = "Mine"\n[columns]\ncode = "who"\nvote = "did"\nresolution = "what"\n'
        'date = "when"\n[votes]\nyes = "1"\n',
        encoding="utf-8",
    )
    newer(server)
    updated = kg.update(served_graph, [own], [mapping], publish=True)
    with kg.Graph(served_graph) as graph:
        assert graph.votes.rollcalls["date"].max().isoformat() == "2025-12-30"
    days = {page.organ: day and day.isoformat() for page, day in updated.pages.items()}
    assert days == {"UNGA": "2025-10-29", "UNSC": None}
    shown = " ".join(run("update", graph=served_graph).stdout.split())
    assert "held up to 2025-10-29: https://digitallibrary.un.org/record/4060887" in shown
    assert "Security Council, of which nothing is held: https://" in shown


def test_a_graph_that_does_not_say_what_it_was_built_from_is_not_guessed_at(served_graph):
    path = folder.current(served_graph) / "manifest.json"
    fields = json.loads(path.read_text())
    del fields["inputs"]
    path.write_text(json.dumps(fields))
    with pytest.raises(GraphError, match="does not say where its files lie"):
        kg.update(served_graph)
