from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api import Graph
from kg.errors import GraphError, QueryCrash, QueryError, QueryTimeout
from kg.graph import folder
from kg.graph.parts import Parts
from kg.query.worker import Worker

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = 2 << 30
"""Address space of a worker that is to run out of it, in bytes.

Each of its threads may reserve up to 128 MiB, and does so when it has to wait for another: on a busy machine
the engine takes a gigabyte for a query of nothing, on an idle one half of that.
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def worker(graph_root: Path) -> Iterator[Worker]:
    opened = Worker(Parts(folder.current(graph_root)))
    yield opened
    opened.close()


def _ask(worker: Worker, text: str, timeout_s: float | None = 60, **terms: str) -> list[dict]:
    head, body = worker.answer({"query": text, "terms": terms}, timeout_s)
    assert head["kind"] == "bindings"
    return json.loads(body)["results"]["bindings"]


def _children(pid: int) -> list[int]:
    """Processes that this one started and that still run."""
    path = Path(f"/proc/{pid}/task")
    found = []
    for task in path.iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread may end while we look
            found += [int(n) for n in (task / "children").read_text().split()]
    return found


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _gone(pid: int) -> bool:
    """Whether it ends; the wait is long only where it does not."""
    for _ in range(6000):
        if not _runs(pid):
            return True
        time.sleep(0.05)
    return False


def _still_answers(worker: Worker) -> None:
    assert _ask(worker, "SELECT ?k { state:RUS kg:key ?k }") == [
        {"k": {"type": "literal", "value": "RUS"}}
    ]


@linux
def test_a_query_out_of_time_is_ended_with_its_process(worker):
    before = set(_children(os.getpid()))
    with pytest.raises(QueryTimeout, match="was ended after 1 s; give it longer with timeout_s"):
        _ask(worker, ENDLESS, timeout_s=1)
    assert set(_children(os.getpid())) <= before
    _still_answers(worker)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        "SELECT DISTINCT ?a ?d WHERE { ?a (<urn:p>|!<urn:p>)* ?d . ?d (<urn:p>|!<urn:p>)* ?a }",
        "SELECT (GROUP_CONCAT(?c) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        'ASK { ?s ?p ?o FILTER(REGEX(CONCAT(STR(?o), "x"), "(a+)+$")) ?t ?q ?r FILTER(?r = ?o && ?q = 1) }',
    ],
    ids=["sorted product", "all paths", "grown text", "joined text"],
)
def test_a_hostile_query_ends_and_the_next_one_is_answered(text, worker):
    with contextlib.suppress(QueryTimeout, QueryCrash):
        worker.answer({"query": text}, 1)
    _still_answers(worker)


def test_nesting_that_kills_the_process_does_not_kill_ours(worker):
    """The guard is not in the way here: it would have refused most of them."""
    for open_, close in (("{", "}"), ("{ FILTER(", ") }"), ("{} UNION ", "")):
        for depth in (4_000, 100_000):
            text = "SELECT * WHERE { " + open_ * depth + "{}" + close * depth + " }"
            with contextlib.suppress(QueryError):  # that it died, or what the engine says in words
                worker.answer({"query": text}, 60)
            _still_answers(worker)


def test_a_process_that_died_is_told_with_what_to_do(worker):
    with pytest.raises(
        QueryCrash, match=r"nests too deep or takes more than 4 GiB .*; ask for less"
    ):
        worker.answer({"query": "SELECT * WHERE " + "{" * 100_000 + "}" * 100_000}, 60)


@linux
def test_a_query_out_of_memory_ends_its_process_alone(graph_root):
    worker = Worker(Parts(folder.current(graph_root)), memory=SMALL)
    try:
        _still_answers(worker)
        assert worker._process is not None
        limits = Path(f"/proc/{worker._process.pid}/limits").read_text()
        assert re.search(rf"^Max address space +{SMALL} ", limits, re.MULTILINE)
        with pytest.raises(QueryError):
            worker.answer(
                {"query": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"}, 120
            )
        _still_answers(worker)
    finally:
        worker.close()


def test_what_the_engine_refuses_is_told_in_one_line(worker):
    with pytest.raises(QueryError, match=r"error at 1:\d+") as told:
        _ask(worker, "SELECT ?x WHERE {")
    assert "\n" not in str(told.value)
    _still_answers(worker)


def test_a_parameter_is_a_term_and_no_text(worker):
    hostile = '"\\"} } DROP ALL #"'
    rows = _ask(worker, "SELECT ?x ?given { BIND(?given AS ?x) }", given=hostile)
    assert rows[0]["given"]["value"] == '"} } DROP ALL #'


def test_no_query_writes_to_the_store(worker):
    for text in ("INSERT DATA { <urn:a> <urn:b> 1 }", "CLEAR ALL", "DELETE WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError):
            _ask(worker, text)
    _still_answers(worker)


def test_one_process_answers_many_queries_and_threads_take_turns(worker):
    wrong: list[object] = []

    def ask(number: int) -> None:
        rows = _ask(worker, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {'1 ' * number} }} }}")
        if rows[0]["n"]["value"] != str(number):
            wrong.append(rows)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_large_answer_arrives_whole(worker):
    rows = _ask(worker, "SELECT ?s ?p ?o { ?s ?p ?o }")
    assert len(rows) > 30_000
    _still_answers(worker)


def test_a_process_that_was_killed_between_two_queries_is_started_again(worker):
    _still_answers(worker)
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    _still_answers(worker)


@linux
def test_closing_ends_the_process(worker):
    before = set(_children(os.getpid()))
    _still_answers(worker)
    assert set(_children(os.getpid())) - before
    worker.close()
    worker.close()
    assert set(_children(os.getpid())) <= before


@linux
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_no_query_outlives_the_command_that_asked(how, graph_root):
    command = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "-q", ENDLESS, "--timeout", "600"],
        env={**os.environ, "KG_GRAPH": str(graph_root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not (children := _children(command.pid)):
            assert command.poll() is None
            time.sleep(0.02)
        time.sleep(1)  # so that the query is on its way; the test holds without this too
        command.send_signal(how)
        command.wait(timeout=300)
        assert all(map(_gone, children))
    finally:
        command.kill()
        command.wait()


def test_a_time_that_cannot_be_waited_is_refused(graph):
    for timeout_s in (0, -1, float("nan"), float("inf"), 1e300):
        with pytest.raises(QueryError, match=rf"a time of {re.escape(f'{timeout_s:g}')} s is none"):
            graph.query("ASK {}", timeout_s=timeout_s)


def test_a_damaged_store_is_told_with_how_to_mend_it(graph_root, tmp_path):
    shutil.copytree(graph_root, tmp_path / "g")
    with Graph(tmp_path / "g") as graph:
        shutil.rmtree(graph.snapshot.parts.folder / "store")
        (graph.snapshot.parts.folder / "store").write_text("no store")
        with pytest.raises(GraphError, match=r"build it again: kg\.build\(root='.*g'\)"):
            graph.query("ASK {}")
