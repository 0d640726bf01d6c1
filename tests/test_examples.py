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


WORDS = {
    "new_no_votes.py": ("Mali", "Nicaragua", "141 yes"),
    "bloc_on_a_day.py": ("CSTO", "NATO"),
    "chain_with_sources.py": ("Union State of Russia and Belarus", "source: "),
    "to_tables_and_graphs.py": ("polars", "rdflib"),
}
"""Script to what the record has it say; of others it is enough that they say something."""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_runs_and_tells_what_the_record_says(path, graph_root, tmp_path):
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
    assert [word for word in WORDS.get(path.name, ()) if word not in done.stdout] == []


def test_every_script_that_says_something_known_is_there():
    assert WORDS.keys() <= {path.name for path in SCRIPTS}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.name)
def test_every_query_finds_something(path, run):
    done = run("query", path)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 3


def test_every_story_is_short_and_listed():
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in (*SCRIPTS, *QUERIES):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 70, path.name
        assert path.name in listed, path.name
