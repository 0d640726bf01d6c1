"""The functions that SPARQL may call: ``kg:agreement(?a, ?b, ?from, ?to)`` and its like.

``?a`` and ``?b`` are states, ``?from`` and ``?to`` years (or days, of which the year is taken), both
included. What cannot be told, such as the agreement of states without a common vote, stays unbound.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.rdf import iris

if TYPE_CHECKING:
    from kg.model import Continuity
    from kg.votes import VoteTable

FUNCTIONS = ("agreement", "kappa", "commonVotes", "sameVotes")
"""Their names, in the namespace of the ontology."""
_CALLED = re.compile(r"\b(?:agreement|kappa|commonVotes|sameVotes)>?\s*\(")
_STATE = iris.PREFIXES["state"]


def wanted(query: str) -> bool:
    """Whether a query may call one of the functions."""
    return _CALLED.search(query) is not None


def functions(version: Path, continuity: str) -> dict[Any, Callable[..., Any]]:
    """The functions over the vote table of a version of a graph, for the engine.

    Args:
        version: The folder of the version.
        continuity: One of ``kg.model.CONTINUITIES``.
    """
    import pyoxigraph as ox

    from kg.votes import VoteTable

    table = VoteTable.read(version / "votes.parquet").record
    seats = json.loads((version / "seats.json").read_text(encoding="utf-8"))
    pairs = Pairs(table, seats, continuity)  # type: ignore[arg-type]

    def called(name: str) -> Callable[..., Any]:
        def answer(*terms: Any) -> Any:
            asked = _asked(terms)
            value = pairs.measure(name, *asked) if asked else None
            return None if value is None else ox.Literal(value)

        return answer

    return {ox.NamedNode(iris.term(name)): called(name) for name in FUNCTIONS}


class Pairs:
    """Measures of pairs of states in some years.

    Args:
        table: The record.
        seats: State to the seat that it held, of seats that had several holders.
        continuity: Whose votes are taken as one state's.
    """

    def __init__(
        self, table: VoteTable, seats: Mapping[str, str], continuity: Continuity = "state"
    ) -> None:
        from kg.ballots import choose

        self._seats = seats if continuity == "seat" else {}
        self._ballots = choose(table, seats, continuity=continuity)
        self._years = self._ballots.years
        self._holders = {self._seats[s]: s for s in self._ballots.states if s in self._seats}
        self._columns: dict[str, Any] = {}

    def _column(self, state: str) -> Any:
        if state not in self._columns:
            holder = self._holders.get(self._seats.get(state, ""), state)
            self._columns[state] = self._ballots.column(holder)
        return self._columns[state]

    def measure(self, name: str, a: str, b: str, start: int, end: int) -> float | int | None:
        """One of ``FUNCTIONS`` of two states in the years start to end; None where it is not defined."""
        from kg import measures

        first, last = self._years.searchsorted([start, end + 1])
        mine, theirs = (self._column(state)[first:last] for state in (a, b))
        cells = measures.table_of(mine, theirs)
        if name == "commonVotes":
            return int(cells.sum())
        if name == "sameVotes":
            return int(cells.trace())
        return measures.told(measures.value(name, cells))  # type: ignore[arg-type]


def _asked(terms: tuple[Any, ...]) -> tuple[str, str, int, int] | None:
    """Two states and two years; None where the terms are something else."""
    if len(terms) != 4:
        return None
    values = [getattr(term, "value", "") for term in terms]
    years = [re.match(r"-?\d{1,4}(?=-|$)", value) for value in values[2:]]
    if not all(value.startswith(_STATE) for value in values[:2]) or None in years:
        return None
    a, b = (value.removeprefix(_STATE) for value in values[:2])
    start, end = (int(match[0]) for match in years if match)
    return a, b, start, end
