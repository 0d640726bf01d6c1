"""A measured table as a person reads it: what fits the terminal, and the receipt below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli import terminal
from kg.cli.spelling import command
from kg.output.text import plural

if TYPE_CHECKING:
    from kg.analysis.measured import Measured

_SHORT = {"agreement-index": "index"}
"""What a column is called where there is little room."""
_LESS = (
    *("rice interval", "its interval", "rice", "line", "record", "distance", "name_a", "name_b"),
    *("unanimous", "rank", "n", "remark", "chance"),
)
"""Columns that a narrow terminal does without, in that order; -f csv has them all."""
_JOINED = (
    (("low", "high"), "interval", "{} to {}"),
    (("rice-low", "rice-high"), "rice interval", "{} to {}"),
    (("same-line-low", "same-line-high"), "its interval", "{} to {}"),
    (("closer_to", "closer_by"), "closer to", "{} {}"),
    (("further_from", "further_by"), "further from", "{} {}"),
    (("n_before", "n_after"), "n", "{}, {}"),
    (("yes", "abstain", "no"), "yes-abs-no", "{}-{}-{}"),
)
"""Columns that a table for a person shows as one."""
ENDS = 10
"""How many of the closest and of the furthest a table shows."""


def rows(table: Measured, *, ends: bool = False, limit: int = 0) -> None:
    """The table for a person: numbers with two decimals, intervals in one column.

    Args:
        table: What was measured.
        ends: Only the closest and the furthest, where there are many.
        limit: Only that many rows; 0 means all.
    """
    total = len(table.rows)
    cut = ends and total > 2 * ENDS
    shown = list(table.rows)
    if cut:
        shown = [*shown[:ENDS], *shown[-ENDS:]]
    elif limit:
        shown = shown[:limit]
    columns = list(table.columns)
    body = [[_cell(value) for value in row] for row in shown]
    _join(columns, body)
    places = _fitting(columns, body)
    headed = [_SHORT.get(columns[i], columns[i]) for i in places]
    body = [[cells[i] for i in places] for cells in body]
    _fit(headed, body)
    if cut:
        body.insert(ENDS, ["..."] + [""] * (len(places) - 1))
    terminal.table(headed, body, right=_numeric(table))
    if len(shown) < total:
        every = "--all or -f csv shows all" if "rank" in columns else "-f csv has all"
        terminal.note(f"{len(shown)} of {total} rows; {every}")


def _join(columns: list[str], body: list[list[str]]) -> None:
    """Put columns that belong together into one, in place."""
    for names, head, pattern in _JOINED:
        if all(name in columns for name in names):
            first, end = columns.index(names[0]), columns.index(names[0]) + len(names)
            for cells in body:
                parts = cells[first:end]
                cells[first:end] = [pattern.format(*parts) if parts[0] else ""]
            columns[first:end] = [head]


def _fitting(columns: list[str], body: list[list[str]]) -> list[int]:
    """The places of the columns that are shown: not the empty ones, nor those there is no room for."""
    places = [i for i in range(len(columns)) if any(cells[i] for cells in body)]
    if "symbol" in columns and all(cells[columns.index("symbol")] for cells in body):
        places.remove(columns.index("rollcall"))  # the symbol says it
    for name in _LESS:
        if name in columns and columns.index(name) in places and _wide(columns, body, places):
            places.remove(columns.index(name))
    return places


def _numeric(table: Measured) -> set[str]:
    """The headings of the columns that hold numbers."""
    numbers = {
        _SHORT.get(name, name)
        for name, value in zip(table.columns, table.rows[0], strict=True)
        if isinstance(value, (int, float))
    }
    return numbers | {"interval", "rice interval", "its interval"}


def _wide(columns: list[str], body: list[list[str]], places: list[int]) -> bool:
    """Whether the columns, their long words cut, are too many for the terminal."""
    most = {"title": 20, "defectors": 12, "name": 14, "closer to": 16, "further from": 16}
    widths = [
        min(
            most.get(columns[i], 99),
            max(len(_SHORT.get(columns[i], columns[i])), *(len(row[i]) for row in body)),
        )
        for i in places
    ]
    return sum(widths) + 3 * len(widths) > terminal.width()


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".replace("-0.00", "0.00")
    return "" if value is None else str(value)


def _fit(columns: list[str], rows: list[list[str]]) -> None:
    """Cut long words, in the order of how little they are missed, to what the terminal has room for."""
    widths = [max(len(column), *(len(row[i]) for row in rows)) for i, column in enumerate(columns)]
    room = terminal.width() - 3 * len(columns)
    for name, least in (("title", 14), ("defectors", 9), ("further from", 16), ("closer to", 16),
                        ("name", 10)):  # fmt: skip
        over = sum(widths) - room
        if over <= 0 or name not in columns:
            continue
        at = columns.index(name)
        widths[at] = max(min(least, widths[at]), widths[at] - over)
        for row in rows:
            if len(row[at]) > widths[at]:
                words, _, number = row[at].rpartition(" ")
                tail = f" {number}" if name in ("further from", "closer to") else ""
                text = words if tail else row[at]
                row[at] = f"{text[: widths[at] - 3 - len(tail)].rstrip()}...{tail}"


def communities(table: Measured) -> None:
    """Each bloc in a paragraph, those that belong to it most first."""
    by_bloc: dict[int, list[dict[str, Any]]] = {}
    for row in table:
        by_bloc.setdefault(row["bloc"], []).append(row)
    for number, members in by_bloc.items():
        stable = [row["stability"] for row in members if row["stability"] is not None]
        mean = f", stability {sum(stable) / len(stable):.2f}" if stable else ""
        terminal.heading(f"Bloc {number}: {plural(len(members), 'state')}{mean}")
        terminal.paragraph(", ".join(row["name"] for row in members), indent=2)
    click.echo()


def receipt(table: Measured) -> None:
    """Print what the numbers were made of."""
    click.echo()
    for what, text in table.receipt.lines(command):
        terminal.paragraph(text, indent=14, lead=what.ljust(14))
