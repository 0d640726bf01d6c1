"""Answers: a table of RDF terms, or a graph, and every form they can be written in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import QueryError
from kg.output.csv import rows_to_csv
from kg.output.formats import GRAPH_FORMATS, TABLE_FORMATS
from kg.rdf import iris

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Term = NamedNode | BlankNode | Literal | Triple | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT, in order."""

    columns: tuple[str, ...]
    """Names of the variables."""
    terms: tuple[tuple[Term, ...], ...]
    """One tuple of RDF terms a row, None where unbound."""
    why_empty: str = ""
    """Why there is no row, where the graph can tell."""
    remark: str = ""
    """That the question asks about days later than the facts; empty where it does not."""

    @classmethod
    def from_json(cls, data: bytes, hidden: Iterable[str] = ()) -> Table:
        """The table in SPARQL JSON results, without the hidden columns."""
        results = parse_query_results(data, format=QueryResultsFormat.JSON)
        solutions = cast(QuerySolutions, results)
        shown = [v.value for v in solutions.variables if v.value not in set(hidden)]
        return cls(tuple(shown), tuple(tuple(row[name] for name in shown) for row in solutions))

    @property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """The rows as Python values: str, int, float, bool, date or None."""
        return tuple(tuple(map(value, row)) for row in self.terms)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as a person reads them: IRIs shortened by their prefix, empty where unbound."""
        return tuple(tuple(map(_short, row)) for row in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def is_empty(self) -> bool:
        """Whether there is no row."""
        return not self.terms

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict from column to value."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def to_csv(self) -> str:
        """CSV with a header; cells that a spreadsheet would run get a leading ``'``."""
        return rows_to_csv(self.columns, (map(plain, row) for row in self.terms))

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        results = {
            "head": {"vars": list(self.columns)},
            "results": {
                "bindings": [
                    {n: _json(t) for n, t in zip(self.columns, row, strict=True) if t is not None}
                    for row in self.terms
                ]
            },
        }
        return json.dumps(results, ensure_ascii=False, indent=1) + "\n"

    def write(self, format: str) -> str:  # noqa: A002  the word of the command line
        """The table as text.

        Args:
            format: One of ``TABLE_FORMATS``.

        Raises:
            QueryError: It is none of them.
        """
        _check(format, TABLE_FORMATS, "rows")
        if format == "csv":
            return self.to_csv()
        if format == "json":
            return self.to_json()
        kind = {"tsv": QueryResultsFormat.TSV, "xml": QueryResultsFormat.XML}[format]
        results = parse_query_results(self.to_json(), format=QueryResultsFormat.JSON)
        out = io.BytesIO()
        cast(QuerySolutions, results).serialize(out, format=kind)
        return out.getvalue().decode()

    def to_polars(self) -> pl.DataFrame:
        """A polars frame of the values."""
        import polars as pl

        return pl.DataFrame(
            {name: [row[i] for row in self.rows] for i, name in enumerate(self.columns)},
            strict=False,
        )

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame of the values; pandas must be installed."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE."""

    triples: tuple[Triple, ...]
    """Sorted, each once."""
    why_empty: str = ""
    """Why there is none, where the graph can tell."""
    remark: str = ""
    """That the question asks about days later than the facts; empty where it does not."""

    @classmethod
    def from_ntriples(cls, data: bytes) -> Triples:
        """The triples in N-Triples text."""
        return cls.of(quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES))

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Triples:
        """The triples in order, each once."""
        return cls(tuple(sorted(set(triples), key=str)))

    def __len__(self) -> int:
        return len(self.triples)

    @property
    def is_empty(self) -> bool:
        """Whether there is no triple."""
        return not self.triples

    def write(self, format: str) -> str:  # noqa: A002
        """The triples as text.

        Args:
            format: One of ``GRAPH_FORMATS``.

        Raises:
            QueryError: It is none of them.
        """
        from kg.rdf import turtle

        _check(format, GRAPH_FORMATS, "a graph")
        if not all(map(_ours, self.triples)):
            kind = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE}[format]
            out = io.BytesIO()
            serialize(self.triples, out, format=kind, prefixes=iris.PREFIXES)
            return out.getvalue().decode()
        if format == "nt":
            return turtle.ntriples(self.triples)
        return turtle.turtle(self.triples)


@dataclass(frozen=True, slots=True)
class Truth:
    """The yes or no of an ASK."""

    value: bool

    @property
    def is_empty(self) -> bool:
        """Never: no is an answer too."""
        return False

    @property
    def why_empty(self) -> str:
        """Always empty: no is an answer too."""
        return ""

    @property
    def remark(self) -> str:
        """Always empty."""
        return ""

    def __bool__(self) -> bool:
        return self.value

    def write(self, format: str) -> str:  # noqa: A002
        """The answer as text.

        Args:
            format: One of ``TABLE_FORMATS``.

        Raises:
            QueryError: It is none of them.
        """
        _check(format, TABLE_FORMATS, "yes and no")
        word = str(self.value).lower()
        if format == "json":
            return json.dumps({"head": {}, "boolean": self.value}) + "\n"
        if format == "xml":
            return (
                '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
                f"<head></head><boolean>{word}</boolean></sparql>\n"
            )
        return f"answer\n{word}\n"


Answer = Table | Triples | Truth


def _check(format: str, allowed: tuple[str, ...], what: str) -> None:  # noqa: A002
    if format not in allowed:
        raise QueryError(f"{what} cannot be written as {format}", allowed=allowed)


def value(term: Term) -> Any:
    """A term as a Python value: IRIs and text as str, numbers, booleans and whole dates as such."""
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    if not isinstance(term, Literal):
        return term.value
    kind = term.datatype.value.removeprefix(iris.PREFIXES["xsd"])
    try:
        if kind in ("integer", "int", "long"):
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
        if kind == "date":
            return date.fromisoformat(term.value)
    except ValueError:
        return term.value
    return term.value == "true" if kind == "boolean" else term.value


def plain(term: Term) -> str:
    """A term as the SPARQL CSV format writes it: without quotes, IRIs in full."""
    if term is None:
        return ""
    return str(term) if isinstance(term, (Triple, BlankNode)) else term.value


def _short(term: Term) -> str:
    """A term as a person reads it: IRIs shortened by their prefix."""
    return iris.shorten(term.value) if isinstance(term, NamedNode) else plain(term)


def _ours(triple: Triple) -> bool:
    """Whether it is of IRIs and literals alone, as the graph is; a query can make others."""
    return isinstance(triple.subject, NamedNode) and isinstance(triple.object, (NamedNode, Literal))


def _json(term: NamedNode | BlankNode | Literal | Triple) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    literal: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        literal["xml:lang"] = term.language
    elif term.datatype.value != iris.expand("xsd:string"):
        literal["datatype"] = term.datatype.value
    return literal
