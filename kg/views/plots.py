"""Measured tables as pictures for print: SVG, PNG or PDF with title, measure, n, period and source in them.

Colours are those of M. Okabe and K. Ito, and a purple-orange scale, which people who do not see red from
green can tell apart; lines differ in their markers too.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.analysis.blocs import Blocs
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
_BY_STATE = {"rank", "point"}
"""Columns of the tables that are drawn with a row for each state."""
_BESIDE = {"same": "share of same votes", "same-line": "same line", "rice": "Rice index"}
"""Other measures of a year that are drawn where they stand in the table, and what they are called."""
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "kg",
    "svg.fonttype": "none",
}
_UNDATED: dict[str, dict[str, Any]] = {
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
    "png": {},
}
"""Format to the metadata that keep the hour out of the file, so that the same table gives the same bytes."""


def draw(table: Measured, path: Path) -> None:
    """Draw a table: years as a line, states as dots one below the other, blocs as a matrix of all pairs.

    Args:
        table: What was measured.
        path: The picture; its ending says which of ``FORMATS``.

    Raises:
        ExportError: The table has no picture, the ending is another, or the file cannot be written.
    """
    if isinstance(table, Blocs):
        _matrix(table, table.kappa, path)
        return
    if "period" in table.columns:
        _picture(table, path, _by_year, height=4.5)
        return
    if not _BY_STATE & set(table.columns):
        raise ExportError(f"{table.title}: there is no picture of such a table")
    count = len(_ends(table))
    panels = 1 if count <= 2 * _SHOWN + 10 else 3
    _picture(table, path, _dots, height=max(4.5, 1.8 + 0.14 * count / panels), panels=panels)


def _matrix(table: Measured, kappa: NDArray[np.float32], path: Path) -> None:
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
        _mark_blocs(axes, [row["bloc"] for row in table])
        bar = axes.figure.colorbar(image, ax=axes, shrink=0.7)
        bar.set_label("kappa of each pair of states")

    _picture(table, path, drawing, height=6.8)


def _mark_blocs(axes: Axes, numbers: list[int]) -> None:
    """Lines between blocs, and the number and size of each that is not tiny, given the bloc of each row."""
    starts = [i for i, n in enumerate(numbers) if i == 0 or numbers[i - 1] != n]
    for start in starts[1:]:
        axes.axhline(start - 0.5, color="black", linewidth=0.6)
        axes.axvline(start - 0.5, color="black", linewidth=0.6)
    spans = list(zip(starts, [*starts[1:], len(numbers)], strict=True))
    labels = [f"{numbers[a]} ({b - a})" if b - a > 2 else "" for a, b in spans]
    axes.set_yticks([(a + b - 1) / 2 for a, b in spans], labels)
    axes.set_xticks([])
    axes.set_ylabel("bloc (states)")


def _picture(
    table: Measured,
    path: Path,
    drawing: Callable[[Any, Measured], None],
    height: float,
    panels: int = 1,
) -> None:
    """Draw with a title above and a caption below, and write the file."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise ExportError(f"{path}: a picture is .svg, .png or .pdf")
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure: Figure = Figure(figsize=(7.5, height), dpi=200, layout="constrained")
        axes = figure.subplots(1, panels, sharex=True)
        drawing(axes, table)
        title = textwrap.fill(_plain(f"{table.title}, {_years(table)}"), 75)
        figure.suptitle(title, x=0.02, ha="left", weight="bold")
        figure.supxlabel(_caption(table), x=0.02, ha="left", size=7, color=_GREY)
        data = io.BytesIO()
        figure.savefig(data, format=kind, metadata=_UNDATED[kind])
    files.replace(path, lambda file: file.write(data.getvalue()))


def _years(table: Measured) -> str:
    """The years that the votes are of, such as ``2010-2014``."""
    start, end = table.receipt.start.year, table.receipt.end.year
    return f"{start}-{end}" if end > start else str(start)


def _caption(table: Measured) -> str:
    """What was measured, of which votes, from which source, and how the interval was drawn."""
    receipt = table.receipt
    source = f"source: {'; '.join(receipt.source)}"
    lines = [
        f"{receipt.measure.name} ({receipt.measure.source})",
        f"n = {receipt.rollcall_count:,} roll calls, {receipt.start} to {receipt.end}: "
        f"{receipt.kept}; {receipt.treatment}",
        f"{source}; {receipt.drawn}" if receipt.interval else source,
    ]
    return "\n".join(_plain(textwrap.fill(line, 118)) for line in lines)


def _plain(text: str) -> str:
    """Text without the marks that would make it mathematics."""
    return text.replace("$", r"\$")


def _by_year(axes: Axes, table: Measured) -> None:
    """One number a year as a line with its interval, other measures beside it."""
    rows = _gapless([row for row in table if row["period"].isdigit()], table.columns)
    value = table.columns[1]
    years = np.array([int(row["period"]) for row in rows])
    numbers, low, high = (_numbers(rows, name) for name in (value, "low", "high"))
    if np.isfinite(low).any():
        axes.fill_between(
            years, low, high, color=_BLUE, alpha=0.2, linewidth=0, label="95 % interval"
        )
    if np.isfinite(numbers).any():
        axes.plot(
            years,
            numbers,
            color=_BLUE,
            marker="o",
            markersize=3.5,
            label=table.receipt.measure.name,
        )
    others = [name for name in _BESIDE if name in table.columns and name != value]
    for name, (marker, colour) in zip(others, (("s", _ORANGE), ("^", _GREEN)), strict=False):
        look: Any = {"color": colour, "marker": marker, "markersize": 3, "linewidth": 0.8}
        axes.plot(years, _numbers(rows, name), label=_BESIDE[name], **look)
    _mark_years(axes, rows, years)
    lowest = float(np.nanmin(np.concatenate([numbers, low, [0]])))
    axes.set_ylabel(value, size=8)
    if lowest < 0:
        axes.axhline(0, color=_GREY, linewidth=0.5)
    axes.set_ylim(lowest - 0.02, 1.04)
    axes.legend(frameon=False, fontsize=7, loc="best")


def _mark_years(axes: Axes, rows: list[dict[str, Any]], years: NDArray[np.int_]) -> None:
    """Each of a few years with its count of roll calls; of many years, a few."""
    from matplotlib.ticker import MaxNLocator

    if len(rows) <= 20:
        counts = [f"{row['period']}\n({row['n']})" if row["n"] else row["period"] for row in rows]
        axes.set_xticks(years, counts, fontsize=7)
        axes.set_xlabel("year (roll calls)", size=8)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(years.min() - 0.7, years.max() + 0.7)


def _numbers(rows: list[dict[str, Any]], column: str) -> NDArray[np.float64]:
    """A column, not a number where it is empty."""
    return np.array([np.nan if row[column] is None else row[column] for row in rows])


def _gapless(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows with an empty one for each year between that has none, so that no line bridges it."""
    by_year = {int(row["period"]): row for row in rows}
    empty = dict.fromkeys(columns)
    return [
        by_year.get(year, empty | {"period": str(year), "n": 0})
        for year in range(min(by_year), max(by_year) + 1)
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
    size = math.ceil(len(rows) / len(panels))
    for i, panel in enumerate(panels):
        _panel(panel, table, rows[i * size : (i + 1) * size], cut=len(rows) < len(table))
    panels[len(panels) // 2].set_xlabel(
        f"{table.receipt.measure.name}; lines: 95 % intervals", size=8
    )


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
