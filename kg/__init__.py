"""How states vote, ally and speak at the United Nations: one dated, sourced RDF graph.

::

    import kg

    g = kg.open()
    g.table("votes-against", resolution="ES-11/6").to_polars()
    g.path("Belarus", "Russia", on="2023-02-23")
    g.network(on="2023-02-23")  # a networkx.MultiDiGraph
    g.to_rdflib()  # an rdflib.Graph
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.resources import VERSION as __version__  # noqa: N811  the name that every package has

__all__ = [
    "PREFIXES",
    "Graph",
    "KgError",
    "Table",
    "__version__",
    "build",
    "diff",
    "open",
    "questions",
    "update",
]

if (
    TYPE_CHECKING
):  # for the reader and the type checker; at run time each name loads when it is used
    from kg.api import Graph, open, questions, update  # noqa: A004  the verb of the library, as in kg.open()
    from kg.changes import diff
    from kg.errors import KgError
    from kg.graph.build import build
    from kg.query.answers import Table
    from kg.rdf.iris import PREFIXES

_HOMES = {
    "PREFIXES": "kg.rdf.iris",
    "Graph": "kg.api",
    "KgError": "kg.errors",
    "Table": "kg.query.answers",
    "build": "kg.graph.build",
    "diff": "kg.changes",
    "open": "kg.api",
    "questions": "kg.api",
    "update": "kg.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that ``import kg`` stays quick."""
    import importlib

    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
