"""Numbers as RDF: one ``kg:Measurement`` for each, with all that their receipt says."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.analysis.receipt import Receipt
from kg.calls import Argument
from kg.errors import ExportError
from kg.rdf import iris, terms
from kg.votes.methods import METHODS


def triples(
    title: str,
    columns: Collection[str],
    rows: Iterable[Mapping[str, Any]],
    receipt: Receipt,
) -> Iterator[Triple]:
    """The numbers of a table as measurements; rows without a number are left out.

    Args:
        title: Of the table.
        columns: Its columns.
        rows: From column to value.
        receipt: What the numbers were made of.

    Raises:
        ExportError: The rows are no measurements, such as a list of votes.
    """
    column = receipt.measure.column or receipt.measure.key
    if receipt.measure.key not in METHODS or not {column, "n"} <= set(columns):
        raise ExportError(
            f"{title!r} holds no numbers of {receipt.measure.key} to write as ttl",
            remedy=("give ", Argument("format"), " csv or json"),
        )
    for row in rows:
        if row[column] is not None:
            yield from _measurement(title, receipt, row, column)


def _measurement(
    title: str, receipt: Receipt, row: Mapping[str, Any], column: str
) -> Iterator[Triple]:
    facts = _facts(receipt, row, column)
    digest = repr(sorted((name, str(values)) for name, values in facts.items())).encode()
    node = terms.thing("measurement", hashlib.sha256(digest).hexdigest()[:24])
    yield Triple(node, terms.TYPE, terms.term("Measurement"))
    which = row.get("name") or row.get("period")
    yield Triple(node, terms.LABEL, Literal(f"{title}: {which}, {receipt.measure.name}"))
    for name, values in facts.items():
        for value in values:
            yield Triple(node, terms.term(name), value)


def _facts(
    receipt: Receipt, row: Mapping[str, Any], column: str
) -> dict[str, list[NamedNode | Literal]]:
    """Property to its values, of the number in one row."""
    about = list(receipt.of)
    if "state" in row and f"state:{row['state']}" not in about:
        about.append(f"state:{row['state']}")
    start, end = _period(receipt, str(row.get("period", "whole")))
    low, high = row.get("low"), row.get("high")
    return {
        "measureOf": [NamedNode(iris.expand(name)) for name in about],
        "method": [NamedNode(iris.expand(f"method:{receipt.measure.key}"))],
        "measuredValue": [terms.decimal(row[column])],
        "lower": [terms.decimal(low)] if low is not None else [],
        "upper": [terms.decimal(high)] if high is not None else [],
        "intervalMethod": [Literal(receipt.drawn)] if receipt.interval else [],
        "rollCallCount": [Literal(int(row["n"]))],
        "periodStart": [terms.literal(start)],
        "periodEnd": [terms.literal(end)],
        "absence": [Literal(receipt.absent)],
        "selection": [Literal(_selection(receipt))],
        "prov:wasDerivedFrom": [NamedNode(iris.expand(name)) for name in receipt.derived],
    }


def _selection(receipt: Receipt) -> str:
    if receipt.continuity == "state":
        return receipt.kept
    return f"{receipt.kept}; the votes of all that held a seat count as those of its last holder"


def _period(receipt: Receipt, period: str) -> tuple[date, date]:
    """The days of a row: those of its year that lie within the receipt's."""
    if not period.isdigit():
        return receipt.start, receipt.end
    year = int(period)
    last = date(year, 12, calendar.monthrange(year, 12)[1])
    return max(receipt.start, date(year, 1, 1)), min(receipt.end, last)
