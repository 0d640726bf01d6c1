"""Rows as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kg.output.text import cell


def rows_to_csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """CSV with a header; cells that a spreadsheet would run get a leading ``'``."""
    lines = [_line(columns), *(_line(map(cell, row)) for row in rows)]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)  # so that a cell with \r is quoted too
    return out.getvalue().removesuffix("\r\n")
