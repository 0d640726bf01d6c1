from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import QueryCrash, QueryError, QueryTimeout
from kg.graph import folder
from kg.graph.parts import Parts
from kg.query.pool import Pool

ENDLESS = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
DEADLY = {"query": "SELECT * WHERE " + "{" * 100_000 + "}" * 100_000}
EASY = {"query": "ASK { state:RUS a kg:State }"}


@pytest.fixture
def pool(graph_root: Path) -> Iterator[Pool]:
    opened = Pool(Parts(folder.current(graph_root)), 2)
    yield opened
    opened.close()


class Asking(threading.Thread):
    """A question in a thread of its own; ``error`` is what came of it, if that was an error."""

    def __init__(self, pool: Pool, request: dict[str, str], timeout_s: float) -> None:
        super().__init__()
        self._arguments = pool, request, timeout_s
        self.error: QueryError | None = None
        self.start()

    def run(self) -> None:
        pool, request, timeout_s = self._arguments
        try:
            pool.answer(request, timeout_s)
        except QueryError as error:
            self.error = error


def test_two_long_questions_run_at_once(pool):
    both = [Asking(pool, ENDLESS, 4) for _ in range(2)]
    while not pool._free.empty():
        time.sleep(0.01)
    assert all(thread.is_alive() for thread in both)
    for thread in both:
        thread.join()
    assert [type(thread.error) for thread in both] == [QueryTimeout] * 2
    assert all("was ended after" in str(thread.error) for thread in both)


def test_a_free_worker_answers_while_another_is_at_work(pool):
    long = Asking(pool, ENDLESS, 20)
    while pool._free.qsize() == 2:
        time.sleep(0.01)
    head, body = pool.answer(EASY, 20)
    assert (head["kind"], b"true" in body) == ("boolean", True)
    assert long.is_alive()
    pool.close()
    long.join()


def test_no_free_worker_within_the_time_is_an_error_that_says_so(pool):
    both = [Asking(pool, ENDLESS, 30) for _ in range(2)]
    while not pool._free.empty():
        time.sleep(0.01)
    with pytest.raises(
        QueryTimeout, match=r"none of 2 workers was free within 0.2 s; give it longer"
    ):
        pool.answer(EASY, 0.2)
    pool.close()
    for thread in both:
        thread.join()
        assert isinstance(thread.error, QueryCrash)


def test_a_question_waits_for_a_worker_to_become_free(pool):
    both = [Asking(pool, ENDLESS, 1) for _ in range(2)]
    while not pool._free.empty():
        time.sleep(0.01)
    head, _ = pool.answer(EASY, 60)
    assert head["kind"] == "boolean"
    for thread in both:
        thread.join()


def test_a_crash_loses_only_its_own_question(pool):
    easy = [Asking(pool, EASY, 60) for _ in range(4)]
    with pytest.raises(QueryCrash):
        pool.answer(DEADLY, 60)
    for thread in easy:
        thread.join()
    assert [thread.error for thread in easy] == [None] * 4
    assert pool.answer(EASY, 60)[0]["kind"] == "boolean"


def test_a_graph_can_be_opened_with_several_workers(graph_root):
    with kg.open(graph_root, workers=2) as graph:
        assert len(graph.table("votes-against", resolution="ES-11/6")) == 7
    with pytest.raises(QueryError, match="workers: 0 is less than 1"):
        kg.open(graph_root, workers=0)
