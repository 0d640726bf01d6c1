"""A measured table as a person reads it: what fits the terminal, and the receipt below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli import terminal

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
    """The table for a person: numbers with two decimals, intervals in one column."""
    whole = list(table.rows)
    cut = ends and len(whole) > 2 * ENDS
    shown = [*whole[:ENDS], *whole[-ENDS:]] if cut else whole[:limit] if limit else whole
    columns = list(table.columns)
    told = [[_cell(value) for value in row] for row in shown]
    for names, head, pattern in _JOINED:
        if all(name in columns for name in names):
            at = columns.index(names[0])
            for cells in told:
                parts = cells[at : at + len(names)]
                cells[at : at + len(names)] = [pattern.format(*parts) if parts[0] else ""]
            columns[at : at + len(names)] = [head]
    held = [i for i in range(len(columns)) if any(cells[i] for cells in told)]
    if "symbol" in columns and all(cells[columns.index("symbol")] for cells in told):
        held.remove(columns.index("rollcall"))  # the symbol says it
    for name in _LESS:
        if name in columns and columns.index(name) in held and _wide(columns, told, held):
            held.remove(columns.index(name))
    headed = [_SHORT.get(columns[i], columns[i]) for i in held]
    body = [[cells[i] for i in held] for cells in told]
    _fit(headed, body)
    if cut:
        body.insert(ENDS, ["...", *([""] * (len(held) - 1))])
    numbers = {
        _SHORT.get(name, name)
        for name, value in zip(table.columns, whole[0], strict=True)
        if isinstance(value, (int, float))
    }
    terminal.table(headed, body, right=numbers | {"interval", "rice interval", "its interval"})
    if len(shown) < len(whole):
        every = "--all or -f csv shows all" if "rank" in columns else "-f csv has all"
        terminal.note(f"{len(shown)} of {len(whole)} rows; {every}")


def _wide(columns: list[str], rows: list[list[str]], held: list[int]) -> bool:
    """Whether the columns, their long words cut, are too many for the terminal."""
    most = {"title": 20, "defectors": 12, "name": 14, "closer to": 16, "further from": 16}
    widths = [
        min(
            most.get(columns[i], 99),
            max(len(_SHORT.get(columns[i], columns[i])), *(len(row[i]) for row in rows)),
        )
        for i in held
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
        terminal.heading(f"Bloc {number}: {len(members)} state{'s' * (len(members) != 1)}{mean}")
        terminal.paragraph(", ".join(row["name"] for row in members), indent=2)
    click.echo()


def receipt(table: Measured) -> None:
    """Print what the numbers were made of."""
    click.echo()
    for what, text in table.receipt.lines():
        terminal.paragraph(text, indent=14, lead=f"{what}".ljust(14))
