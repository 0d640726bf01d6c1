"""Questions: shipped ones by name, and SPARQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kg.api.opened import Opened
from kg.errors import QueryError
from kg.graph.snapshot import CURATED
from kg.model import dates
from kg.model.words import Continuity
from kg.query import ask, catalogue, reach
from kg.query.answers import Answer, Table
from kg.query.catalogue import Query
from kg.query.reach import Span


def questions() -> tuple[Query, ...]:
    """The shipped questions in alphabetical order, each with its title, parameters and SPARQL text."""
    return tuple(map(catalogue.load, catalogue.names()))


class Asking(Opened):
    """A graph that answers questions."""

    def query(
        self,
        query: str | Path,
        /,
        *,
        timeout_s: float | None = 60,
        continuity: Continuity | None = None,
        **given: str | int | date,
    ) -> Answer:
        """The answer to a shipped question or to SPARQL, worked out in a process of its own.

        Args:
            query: The name of a shipped question, SPARQL text, or the path of a file of it; the prefixes
                of ``kg.PREFIXES`` need no declaration.
            timeout_s: Seconds after which it is ended; None waits.
            continuity: For what compares years: ``state`` (the default) takes the votes of each state
                alone, ``seat`` those of all that held its seat, so that the Russian Federation goes on
                where the Soviet Union ended.
            **given: Parameters of a shipped question: names, codes or keys, days, numbers.

        Returns:
            A ``Table`` for SELECT, ``Triples`` for CONSTRUCT and DESCRIBE, a ``Truth`` for ASK. An empty
            one says in ``why_empty`` why, where the graph can tell; ``remark`` says where a question
            asks about days later than the facts.

        Raises:
            QueryError: It is refused, wrong, lacks a parameter, or ran out of time.
            UnknownNameError: A parameter names nothing known.
            GraphError: The graph is damaged.
        """
        return ask.ask(
            self.snapshot,
            self._answerer,
            query,
            given,
            timeout_s=timeout_s,
            continuity=continuity,
        )

    def table(
        self,
        query: str | Path,
        /,
        *,
        timeout_s: float | None = 60,
        continuity: Continuity | None = None,
        **given: str | int | date,
    ) -> Table:
        """The rows of a SELECT; as ``query``, for what is surely a SELECT.

        Args:
            query: As for ``query``.
            timeout_s: As for ``query``.
            continuity: As for ``query``.
            **given: As for ``query``.

        Raises:
            QueryError: As ``query``, and if the query is no SELECT.
            UnknownNameError: A parameter names nothing known.
            GraphError: The graph is damaged.
        """
        answer = self.query(query, timeout_s=timeout_s, continuity=continuity, **given)
        if not isinstance(answer, Table):
            raise QueryError("the query is no SELECT; take query() for ASK, CONSTRUCT and DESCRIBE")
        return answer

    def beyond(self, *days: date | str, datasets: Iterable[str] = CURATED) -> str:
        """A remark that some days are later than the facts; empty where none is.

        Args:
            *days: The days.
            datasets: The data sets that matter; without them all that are curated, as for ``path``.
        """
        spans = [Span.day(dates.day(day) if isinstance(day, str) else day) for day in days]
        return reach.beyond(self.snapshot, spans, datasets)
