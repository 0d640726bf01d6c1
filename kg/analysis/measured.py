"""A measured table: rows of numbers with their receipt, as text, CSV, JSON, Turtle or a frame."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Triple

from kg.analysis import measurements
from kg.analysis.receipt import Receipt
from kg.calls import Spelling, python
from kg.errors import ExportError
from kg.output.csv import rows_to_csv
from kg.rdf import turtle

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

FORMATS = ("csv", "json", "ttl")
"""What a measured table can be written as."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows of numbers and their receipt."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """Values: str, int, float, date, or None where a measure is not defined."""
    receipt: Receipt

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict from column to value."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def to_csv(self) -> str:
        """CSV with a header; the receipt stands in the last columns of each row."""
        receipt = {k: v for k, v in self.receipt.columns().items() if k not in self.columns}
        rows = ([*map(_cell, row), *receipt.values()] for row in self.rows)
        return rows_to_csv([*self.columns, *receipt], rows)

    def to_json(self, spelling: Spelling = python) -> str:
        """JSON: title, receipt and rows; the calls in the receipt spelled as a front spells them."""
        content = {
            "title": self.title,
            "receipt": self.receipt.fields(spelling),
            "rows": list(self),
        }
        return (
            json.dumps(content, ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n"
        )

    def triples(self) -> Iterator[Triple]:
        """Each number as a ``kg:Measurement``; rows without a number are left out.

        Raises:
            ExportError: The rows are no measurements, such as a list of votes.
        """
        return measurements.triples(self.title, self.columns, self, self.receipt)

    def to_turtle(self) -> str:
        """The numbers as Turtle.

        Raises:
            ExportError: The rows are no measurements, such as a list of votes.
        """
        return turtle.turtle(list(self.triples()))

    def write(self, format: str, spelling: Spelling = python) -> str:  # noqa: A002  the word of the command line
        """The table in one of ``FORMATS``.

        Args:
            format: Its name.
            spelling: How the calls in a JSON receipt are spelled.

        Raises:
            ExportError: It is none of them, or ttl of what is no measurement.
        """
        if format == "csv":
            return self.to_csv()
        if format == "json":
            return self.to_json(spelling)
        if format == "ttl":
            return self.to_turtle()
        raise ExportError(f"{format!r} is no form of a table", allowed=FORMATS)

    def to_polars(self) -> pl.DataFrame:
        """A polars frame of the rows."""
        import polars as pl

        columns = {name: [row[i] for row in self.rows] for i, name in enumerate(self.columns)}
        return pl.DataFrame(columns, strict=False)

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame of the rows; pandas must be installed."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
