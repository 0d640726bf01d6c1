"""A measured table: rows of numbers, and the receipt that says what they were made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ExportError
from kg.model.words import Continuity
from kg.output.csv import rows_to_csv
from kg.votes.ballots import CONTESTED, Absence
from kg.votes.measures import METHODS, Measure, told, value

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

DRAWS = 1000
"""Draws of a bootstrap."""
LEAST = 5
"""Fewest votes for a number to be told at all."""
FEW = 30
"""Fewer votes than these come with a warning."""
LOPSIDED = 0.9
"""Where this share of a state's votes are the same, what is common to two states says little."""
FORMATS = ("csv", "json", "ttl")
"""What a measured table can be written as."""

_ABSENT = {
    "skip": "a roll call counts where a vote was cast, yes, no or abstention; absence is skipped",
    "own": "absence of a member is an answer of its own, one step from each other",
    "as-no": "absence of a member counts as a no",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What numbers were made of."""

    method: str
    """One of ``METHODS``, or ``points`` and the like."""
    name: str
    """What it is called."""
    formula: str
    formula_source: str
    """Who proposed it, and where."""
    range: str = ""
    """Which values it takes."""
    start: date
    """Day of the first roll call that counted."""
    end: date
    """Day of the last one."""
    rollcall_count: int
    """How many counted."""
    kept: str
    """Which roll calls were taken, in words."""
    absent: Absence = "skip"
    continuity: Continuity = "state"
    interval: str = ""
    """How the interval was found."""
    seed: int | None = None
    """Of what was drawn by lot; None where nothing was."""
    source: tuple[str, ...] = ()
    """The sources of the votes."""
    derived: tuple[str, ...] = ()
    """The same as ``source:key`` or ``dataset:key``."""
    of: tuple[str, ...] = ()
    """Whom every number is about, as ``kind:key``; a row may add a state."""
    notes: tuple[str, ...] = ()
    """Warnings and what was left out."""
    votes: str = ""
    """The command that lists the votes behind the numbers."""

    @property
    def treatment(self) -> str:
        """What abstention and absence counted as."""
        return _ABSENT[self.absent]

    @property
    def drawn(self) -> str:
        """How the interval was found, with the seed."""
        return self.interval + (f", seed {self.seed}" if self.seed is not None else "")

    def lines(self) -> Iterator[tuple[str, str]]:
        """The receipt in words, line by line."""
        bounds = f" ({self.range})" if self.range else ""
        yield "measure", f"{self.name}: {self.formula}{bounds}"
        yield "formula from", self.formula_source
        yield (
            "made of",
            f"{self.rollcall_count:,} roll call{'s' * (self.rollcall_count != 1)} from {self.start} to "
            f"{self.end}: {self.kept}",
        )
        yield "absence", self.treatment
        if self.continuity == "seat":
            yield (
                "continuity",
                "the votes of all that held a seat count as those of its last holder",
            )
        if self.interval:
            yield "interval", self.drawn
        yield "source", "; ".join(self.source)
        for note in self.notes:
            yield "note", note
        if self.votes:
            yield "the votes", self.votes


def method(key: str) -> dict[str, Any]:
    """What a receipt says of a measure."""
    known = METHODS[key]
    return {
        "method": key,
        "name": known.name,
        "formula": known.formula,
        "formula_source": known.source,
        "range": known.range,
    }


def kept(*, contested: bool, topic: str, unanimous: bool = False) -> str:
    """Which roll calls are taken, in words."""
    words = "whole texts in the General Assembly"
    if not unanimous:
        words += ", without unanimous ones"
    if contested:
        words += f", only those in which at least {CONTESTED:.0%} did not vote as most did"
    return words + (f", on {topic}" if topic else "")


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
        said = self.receipt
        told_by = {
            "method": said.method,
            "from": said.start.isoformat(),
            "to": said.end.isoformat(),
            "rollcalls": str(said.rollcall_count),
            "kept": said.kept,
            "absent": said.absent,
            "continuity": said.continuity,
            "interval": said.drawn if said.interval else "",
            "formula_source": said.formula_source,
            "source": "; ".join(said.source),
        }
        rest = {name: text for name, text in told_by.items() if name not in self.columns}
        rows = ([*map(_plain, row), *rest.values()] for row in self.rows)
        return rows_to_csv([*self.columns, *rest], rows)

    def to_json(self) -> str:
        """JSON: title, receipt and rows."""
        said = self.receipt
        names = type(said).__dataclass_fields__
        receipt = {name: getattr(said, name) for name in names} | {"treatment": said.treatment}
        told_ = {"title": self.title, "receipt": receipt, "rows": list(self)}
        return json.dumps(told_, ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n"

    def write(self, format: str) -> str:  # noqa: A002  the word of the command line
        """The table in one of ``FORMATS``.

        Raises:
            ExportError: It is none of them, or ttl of what is no measurement.
        """
        if format not in FORMATS:
            raise ExportError(f"{format!r} is no form of a table; known: {', '.join(FORMATS)}")
        if format == "ttl":
            from kg.analysis import measurements

            return measurements.turtle(self)
        return self.to_csv() if format == "csv" else self.to_json()

    def to_polars(self) -> pl.DataFrame:
        """A polars frame of the rows."""
        import polars as pl

        columns = {name: [row[i] for row in self.rows] for i, name in enumerate(self.columns)}
        return pl.DataFrame(columns, strict=False)

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame of the rows; pandas must be installed."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns))


def _plain(cell: Any) -> str:
    return "" if cell is None else str(cell)


def interval(
    measure: Measure, table: NDArray[np.integer], seed: int, *keys: str
) -> tuple[float | None, float | None]:
    """The middle 95 % of a measure over bootstrap draws of the roll calls in a joint table.

    To draw roll calls with replacement is to draw how often each pair of answers occurs, so the draws are
    made from the table at once. Draws in which the measure is not defined are left out.

    Args:
        measure: What is measured.
        table: The joint table of two states.
        seed: Of the draws.
        keys: What is measured, so that a pair has the same interval in whatever list it stands.
    """
    cells = table.reshape(-1)
    if not cells.sum():
        return None, None
    generator = np.random.default_rng([seed, *"|".join(keys).encode()])
    drawn = generator.multinomial(cells.sum(), cells / cells.sum(), size=DRAWS)
    values = value(measure, drawn.reshape(DRAWS, *table.shape))
    return middle(values)


def middle(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """The middle 95 % of draws; None where most are not defined."""
    values = values[np.isfinite(values)]
    if len(values) * 2 < DRAWS:
        return None, None
    low, high = np.quantile(values, [0.025, 0.975])
    if low == high:  # every draw is alike: that says nothing of how sure the number is
        return None, None
    return told(low), told(high)


BOOTSTRAP = f"95 %, from {DRAWS:,} bootstrap draws over the roll calls"


def remark(table: NDArray[np.integer]) -> str:
    """A warning about a joint table: few votes, or nearly all the same."""
    count = int(table.sum())
    words = ["few votes"] if count < FEW else []
    if count and int(np.trace(table)) == count:
        words.append("all the same")
    shares = (
        [side.max() / count for side in (table.sum(axis=0), table.sum(axis=1))] if count else []
    )
    if shares and max(shares) >= LOPSIDED:
        words.append("lopsided")
    return ", ".join(words)
