"""Measured tables as pictures for print: SVG, PNG or PDF with title, measure, n, period and source in them.

Colours are those of M. Okabe and K. Ito, and a purple-orange scale, which people who do not see red from
green can tell apart; lines differ in their markers too.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.analysis.measured import Measured
from kg.errors import ExportError
from kg.output import files

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf")
_BLUE, _ORANGE, _GREEN, _GREY = "#0072B2", "#D55E00", "#009E73", "#555555"
_SHOWN = 15
"""How many of the closest and of the furthest partners are drawn."""
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "kg",
    "svg.fonttype": "none",
}


def draw(table: Measured, kind: str, path: Path) -> None:
    """Draw a table.

    Args:
        table: What was measured.
        kind: ``pair``, ``partners``, ``bloc``, ``against`` or ``points``.
        path: The picture; its ending says which of ``FORMATS``.

    Raises:
        ExportError: The ending is none of them, or the file cannot be written.
    """
    drawing: Callable[[Any, Measured], None] = {
        "pair": _by_year,
        "bloc": _by_year,
        "against": _by_year,
        "partners": _dots,
        "points": _dots,
    }[kind]
    rows = len(_ends(table)) if drawing is _dots else 0
    panels = 1 if rows <= 2 * _SHOWN + 10 else 3
    _picture(table, path, drawing, height=max(4.5, 1.8 + 0.14 * rows / panels), panels=panels)


def matrix(table: Measured, kappa: NDArray[np.float32], path: Path) -> None:
    """Draw the kappa of all pairs, ordered by bloc.

    Args:
        table: The blocs.
        kappa: Shape [state, state], in the order of the table.
        path: The picture.
    """

    def drawing(axes: Axes, table: Measured) -> None:
        image = axes.imshow(
            kappa, cmap="PuOr_r", vmin=-1, vmax=1, interpolation="nearest", aspect="auto"
        )
        numbers = [row["bloc"] for row in table]
        starts = [i for i, n in enumerate(numbers) if i == 0 or numbers[i - 1] != n]
        for start in starts[1:]:
            axes.axhline(start - 0.5, color="black", linewidth=0.6)
            axes.axvline(start - 0.5, color="black", linewidth=0.6)
        ends = [*starts[1:], len(numbers)]
        middles = [(a + b - 1) / 2 for a, b in zip(starts, ends, strict=True)]
        labels = [
            f"{numbers[a]} ({b - a})" if b - a > 2 else ""
            for a, b in zip(starts, ends, strict=True)
        ]
        axes.set_yticks(middles, labels)
        axes.set_xticks([])
        axes.set_ylabel("bloc (states)")
        bar = axes.figure.colorbar(image, ax=axes, shrink=0.7)
        bar.set_label("kappa of each pair of states")

    _picture(table, path, drawing, height=6.8)


def _picture(
    table: Measured,
    path: Path,
    drawing: Callable[[Any, Measured], None],
    height: float,
    panels: int = 1,
) -> None:
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise ExportError(f"{path}: a picture is .svg, .png or .pdf")
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure: Figure = Figure(figsize=(7.5, height), dpi=200, layout="constrained")
        axes = figure.subplots(1, panels, sharex=True)
        drawing(axes, table)
        said = table.receipt
        span = f"{said.start.year}" + f"-{said.end.year}" * (said.end.year > said.start.year)
        figure.suptitle(
            textwrap.fill(_plain(f"{table.title}, {span}"), 75), x=0.02, ha="left", weight="bold"
        )
        figure.supxlabel(_caption(table), x=0.02, ha="left", size=7, color=_GREY)
        data = io.BytesIO()
        dated: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
        figure.savefig(data, format=kind, metadata=dated[kind])
    files.replace(path, lambda file: file.write(data.getvalue()))


def _caption(table: Measured) -> str:
    said = table.receipt
    lines = [
        f"{said.name} ({said.formula_source})",
        f"n = {said.rollcall_count:,} roll calls, {said.start} to {said.end}: {said.kept}; {said.treatment}",
        f"source: {'; '.join(said.source)}" + f"; {said.drawn}" * bool(said.interval),
    ]
    return "\n".join(_plain(textwrap.fill(line, 118)) for line in lines)


def _plain(text: str) -> str:
    """Text without the marks that would make it mathematics."""
    return text.replace("$", r"\$")


def _by_year(axes: Axes, table: Measured) -> None:
    from matplotlib.ticker import MaxNLocator

    rows = _gapless([row for row in table if row["period"].isdigit()], table.columns)
    value = table.columns[1]
    years = np.array([int(row["period"]) for row in rows])
    numbers = np.array([np.nan if row[value] is None else row[value] for row in rows])
    low, high = (
        np.array([np.nan if row[name] is None else row[name] for row in rows])
        for name in ("low", "high")
    )
    if np.isfinite(low).any():
        axes.fill_between(
            years, low, high, color=_BLUE, alpha=0.2, linewidth=0, label="95 % interval"
        )
    if np.isfinite(numbers).any():
        name = table.receipt.name
        axes.plot(years, numbers, color=_BLUE, marker="o", markersize=3.5, label=name)
    marks = iter((("s", _ORANGE), ("^", _GREEN)))
    for other in ("same", "same-line", "rice"):
        if other in table.columns and other != value:
            mark, colour = next(marks)
            values = [np.nan if row[other] is None else row[other] for row in rows]
            name = {"same": "share of same votes", "rice": "Rice index"}.get(other, "same line")
            axes.plot(
                years, values, color=colour, marker=mark, markersize=3, linewidth=0.8, label=name
            )
    if len(rows) <= 20:
        counts = [f"{row['period']}\n({row['n']})" if row["n"] else row["period"] for row in rows]
        axes.set_xticks(years, counts, fontsize=7)
        axes.set_xlabel("year (roll calls)", size=8)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(years.min() - 0.7, years.max() + 0.7)
    axes.set_ylabel(value, size=8)
    if np.nanmin(np.concatenate([numbers, low, [0]])) < 0:
        axes.axhline(0, color=_GREY, linewidth=0.5)
    axes.set_ylim(min(0.0, float(np.nanmin(np.concatenate([numbers, low, [0]])))) - 0.02, 1.04)
    axes.legend(frameon=False, fontsize=7, loc="best")


def _gapless(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows with one of nothing for each year between that has none, so that no line bridges it."""
    found = {int(row["period"]): row for row in rows}
    empty = dict.fromkeys(columns)
    return [
        found.get(year, empty | {"period": str(year), "n": 0})
        for year in range(min(found), max(found) + 1)
    ]


def _ends(table: Measured) -> list[dict[str, Any]]:
    """The rows that are drawn: all points, the closest and furthest partners."""
    rows = list(table)
    if "rank" in table.columns and len(rows) > 2 * _SHOWN:
        return [*rows[:_SHOWN], *rows[-_SHOWN:]]
    return rows


def _dots(axes: Any, table: Measured) -> None:
    """Numbers with their intervals, one below the other, in as many panels as there are."""
    panels = np.atleast_1d(axes)
    rows = _ends(table)
    size = -(-len(rows) // len(panels))
    for i, panel in enumerate(panels):
        _panel(panel, table, rows[i * size : (i + 1) * size], cut=len(rows) < len(table))
    panels[len(panels) // 2].set_xlabel(f"{table.receipt.name}; lines: 95 % intervals", size=8)


def _panel(axes: Axes, table: Measured, rows: list[dict[str, Any]], *, cut: bool) -> None:
    value = "point" if "point" in table.columns else table.columns[3]
    at = np.arange(len(rows), dtype=float)
    if cut:
        at[_SHOWN:] += 1.5
        axes.text(0, _SHOWN + 0.2, f"... {len(table) - len(rows)} others", size=7, color=_GREY)
    for y, row in zip(at, rows, strict=True):
        if row["low"] is not None:
            axes.plot([row["low"], row["high"]], [y, y], color=_BLUE, alpha=0.4, linewidth=1.2)
    axes.scatter([row[value] for row in rows], at, color=_BLUE, s=8, zorder=3)
    axes.set_yticks(at, [_plain(row["name"]) for row in rows], fontsize=5.5)
    axes.set_ylim(at[-1] + 1, -1)
    axes.axvline(0, color=_GREY, linewidth=0.5)
    axes.grid(axis="x", linewidth=0.3)
