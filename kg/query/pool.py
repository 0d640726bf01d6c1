"""Several query processes on one graph, so that a long question does not hold up the others."""

from __future__ import annotations

import queue
import time
from typing import Any

from kg.calls import Argument, Phrase
from kg.errors import QueryError, QueryTimeout
from kg.graph.parts import Parts
from kg.query.worker import MEMORY, Worker

_LEAST_S = 0.01
"""Time that a question gets at least once a worker is free, in seconds."""


class Pool:
    """Workers of which any free one answers; each starts its process when it is first needed.

    Args:
        parts: The files of the version of the graph that they answer from.
        size: How many there are.
        memory: Most address space of each process, in bytes, where the system can hold it to that.
        remedy: What to do where the store is damaged.

    Raises:
        QueryError: The size is less than 1.
    """

    def __init__(
        self, parts: Parts, size: int, memory: int = MEMORY, *, remedy: Phrase = ()
    ) -> None:
        if size < 1:
            raise QueryError((Argument("workers"), f": {size} is less than 1"))
        self._workers = [Worker(parts, memory, remedy=remedy) for _ in range(size)]
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in reversed(self._workers):
            self._free.put(worker)

    def answer(
        self, request: dict[str, Any], timeout_s: float | None
    ) -> tuple[dict[str, Any], bytes]:
        """The head of the answer and its bytes, from a free worker; the time includes the wait for one.

        Args:
            request: As ``Worker.answer`` takes it.
            timeout_s: Seconds after which the question is given up; None waits.

        Raises:
            QueryTimeout: No worker was free in time, or the time ran out.
            QueryCrash: The query ended the process that answered it; the others go on.
            QueryError: The engine refuses the query.
            GraphError: The store is damaged.
        """
        began = time.monotonic()
        try:
            worker = self._free.get(timeout=timeout_s)
        except queue.Empty:
            raise QueryTimeout(
                f"none of {len(self._workers)} workers was free within {timeout_s:g} s",
                remedy=(
                    "give it longer with ",
                    Argument("timeout_s"),
                    ", or open the graph with more ",
                    Argument("workers"),
                ),
            ) from None
        try:
            if timeout_s is None:
                return worker.answer(request, None)
            left = round(timeout_s - (time.monotonic() - began), 2)
            return worker.answer(request, max(left, _LEAST_S))
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End every process that was started; a question that one is answering is lost."""
        for worker in self._workers:
            worker.close()
