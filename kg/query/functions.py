"""The functions that SPARQL may call: ``kg:agreement(?a, ?b, ?start, ?end)`` and its like.

``?a`` and ``?b`` are states, ``?start`` and ``?end`` years (or days, of which the year is taken), both
included. What has no value, such as the agreement of states without a common vote, stays unbound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kg.graph.parts import Parts
from kg.rdf import iris
from kg.votes import methods

FUNCTIONS = (*sorted(methods.FUNCTIONS), *methods.COUNTS)
"""Their names, in the namespace of the ontology."""
_CALLED = re.compile(rf"\b(?:{'|'.join(FUNCTIONS)})>?\s*\(")
_STATE = iris.PREFIXES["state"]


def wanted(query: str) -> bool:
    """Whether a query may call one of the functions."""
    return _CALLED.search(query) is not None


def functions(parts: Parts, continuity: str) -> dict[Any, Callable[..., Any]]:
    """The functions over the vote table of a version of a graph, for the engine.

    Args:
        parts: The files of the version.
        continuity: One of ``kg.model.words.CONTINUITIES``.
    """
    import pyoxigraph as ox

    from kg.votes.pairs import Pairs  # polars, which this loads, holds back an interrupt

    pairs = Pairs(parts.read_votes().record, parts.read_seats(), continuity)  # type: ignore[arg-type]

    def called(name: str) -> Callable[..., Any]:
        def answer(*terms: Any) -> Any:
            arguments = _arguments(terms)
            value = pairs.measure(name, *arguments) if arguments else None
            return None if value is None else ox.Literal(value)

        return answer

    return {ox.NamedNode(iris.term(name)): called(name) for name in FUNCTIONS}


def _arguments(terms: tuple[Any, ...]) -> tuple[str, str, int, int] | None:
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
