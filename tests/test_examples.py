from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
QUERIES = sorted(EXAMPLES.glob("*.rq"))


def test_there_are_stories_in_python_and_in_sparql():
    assert len(SCRIPTS) >= 1
    assert len(QUERIES) >= 1
    assert len(SCRIPTS) + len(QUERIES) >= 4


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_runs_and_tells_something(path, graph_root, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path)],
        env={**os.environ, "KG_GRAPH": str(graph_root), "TMPDIR": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 2
    assert done.stderr == ""


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.name)
def test_every_query_finds_something(path, run):
    done = run("query", path)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 3


@pytest.mark.parametrize("path", [*SCRIPTS, *QUERIES], ids=lambda path: path.name)
def test_every_story_is_short_and_listed(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 70
    assert path.name in (EXAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("new_no_votes.py", ("Mali", "Nicaragua", "141 yes")),
        ("bloc_on_a_day.py", ("CSTO", "NATO")),
        ("chain_with_sources.py", ("Union State of Russia and Belarus", "source: ")),
        ("to_tables_and_graphs.py", ("polars", "rdflib")),
    ],
)
def test_the_stories_tell_what_the_record_says(name, words, graph_root, tmp_path):
    if not (EXAMPLES / name).is_file():
        pytest.skip(f"{name} is not there")
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name)],
        env={**os.environ, "KG_GRAPH": str(graph_root)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert all(word in done.stdout for word in words)
