"""Measured tables as RDF: one ``kg:Measurement`` for each number, with all that its receipt says."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.analysis.measured import Measured, Receipt
from kg.errors import ExportError
from kg.rdf import iris
from kg.rdf import turtle as writer

METHODS = ("kappa", "weighted-kappa", "pi", "agreement", "s", "same", "agreement-index", "points")
"""What a measurement can be of."""
_XSD = iris.PREFIXES["xsd"]


def turtle(table: Measured) -> str:
    """The numbers of a table as Turtle.

    Raises:
        ExportError: Its rows are no measurements, such as a list of votes.
    """
    return writer.turtle(list(triples(table)))


def triples(table: Measured) -> Iterator[Triple]:
    """The numbers of a table as measurements; rows without a number are left out."""
    said = table.receipt
    column = {"points": "point"}.get(said.method, said.method)
    if said.method not in METHODS or column not in table.columns:
        raise ExportError(
            f"{table.title!r} holds no numbers of {said.method} to write as ttl; give -f csv or json"
        )
    for row in table:
        if row[column] is not None:
            yield from _measurement(table.title, said, row, column)


def _measurement(title: str, said: Receipt, row: dict[str, Any], column: str) -> Iterator[Triple]:
    about = list(dict.fromkeys([*said.of, *([f"state:{row['state']}"] if "state" in row else [])]))
    start, end = _period(said, str(row.get("period", "whole")))
    told: dict[str, list[NamedNode | Literal]] = {
        "measureOf": [NamedNode(iris.expand(name)) for name in about],
        "method": [NamedNode(iris.expand(f"method:{said.method}"))],
        "measuredValue": [_number(row[column])],
        "lower": [_number(row["low"])] if row.get("low") is not None else [],
        "upper": [_number(row["high"])] if row.get("high") is not None else [],
        "intervalMethod": [Literal(said.drawn)] if said.interval else [],
        "rollCallCount": [Literal(int(row["n"]))],
        "periodStart": [_day(start)],
        "periodEnd": [_day(end)],
        "absence": [Literal(said.absent)],
        "selection": [Literal(_selection(said))],
        "prov:wasDerivedFrom": [NamedNode(iris.expand(name)) for name in said.derived],
    }
    name = hashlib.sha256(repr(sorted((k, str(v)) for k, v in told.items())).encode()).hexdigest()
    node = NamedNode(iris.thing("measurement", name[:24]))
    yield Triple(node, NamedNode(iris.expand("rdf:type")), NamedNode(iris.term("Measurement")))
    which = row.get("name") or row.get("period")
    label = f"{title}: {which}, {said.name}"
    yield Triple(node, NamedNode(iris.expand("rdfs:label")), Literal(label))
    for prop, values in told.items():
        predicate = NamedNode(iris.expand(prop) if ":" in prop else iris.term(prop))
        for value in values:
            yield Triple(node, predicate, value)


def _selection(said: Receipt) -> str:
    seats = "; the votes of all that held a seat count as those of its last holder"
    return said.kept + seats * (said.continuity == "seat")


def _period(said: Receipt, period: str) -> tuple[date, date]:
    """The days of a row: those of its year that lie within the receipt's."""
    if not period.isdigit():
        return said.start, said.end
    year = int(period)
    last = date(year, 12, calendar.monthrange(year, 12)[1])
    return max(said.start, date(year, 1, 1)), min(said.end, last)


def _number(value: float) -> Literal:
    text = f"{value:.9f}".rstrip("0")
    return Literal(text + "0" * text.endswith("."), datatype=NamedNode(f"{_XSD}decimal"))


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=NamedNode(f"{_XSD}date"))
