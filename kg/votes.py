"""The vote table: all roll calls as columns and one int8 matrix, the one home of vote arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PolarsError

from kg.errors import GraphError
from kg.model import OPTIONS, Option, RollCall, Vote

CODES: dict[Option, int] = {"yes": 1, "abstain": 2, "no": 3, "nonvoting": 8}
"""Voeten's codes for what a member did."""
NOT_A_MEMBER = 9
"""Voeten's code for a state that held no seat that day."""
UNKNOWN = 0
"""No single vote is known: the roll call has totals only."""

_META = ("rollcall", "document", "organ", "date", "result")


@dataclass(frozen=True, slots=True)
class VoteTable:
    """Roll calls by states."""

    rollcalls: pl.DataFrame
    """One row for each roll call: rollcall, document, organ, date, result."""
    states: tuple[str, ...]
    """The states, one for each column of the matrix, in alphabetical order of their keys."""
    matrix: NDArray[np.int8]
    """Shape [roll call, state]; codes of ``CODES``, ``NOT_A_MEMBER`` or ``UNKNOWN``."""

    @classmethod
    def of(cls, rollcalls: Iterable[RollCall], votes: Iterable[Vote]) -> VoteTable:
        """The table of these roll calls, by date and key."""
        rolls = sorted(rollcalls, key=lambda r: (r.date, r.rollcall))
        cast = list(votes)
        states = tuple(sorted({vote.state for vote in cast}))
        row = {roll.rollcall: i for i, roll in enumerate(rolls)}
        column = {state: i for i, state in enumerate(states)}
        matrix = np.full((len(rolls), len(states)), NOT_A_MEMBER, dtype=np.int8)
        with_votes = {vote.rollcall for vote in cast}
        for roll in rolls:
            if roll.rollcall not in with_votes:
                matrix[row[roll.rollcall], :] = UNKNOWN
        for vote in cast:
            matrix[row[vote.rollcall], column[vote.state]] = CODES[vote.vote]
        frame = pl.DataFrame(
            {name: [getattr(roll, name) for roll in rolls] for name in _META},
            schema={
                name: pl.Date if name == "date" else pl.String  # a table without rows has types too
                for name in _META
            },
        )
        return cls(frame, states, matrix)

    def counts(self) -> pl.DataFrame:
        """Single votes re-added: rollcall and one column for each option."""
        return self.rollcalls.select("rollcall").with_columns(
            **{
                option: pl.Series((self.matrix == CODES[option]).sum(axis=1), dtype=pl.Int64)
                for option in OPTIONS
            }
        )

    def cast(self, rollcall: str, option: Option) -> tuple[str, ...]:
        """The states that did that in that roll call, in alphabetical order of their keys."""
        rows: Sequence[str] = self.rollcalls["rollcall"].to_list()
        codes = self.matrix[rows.index(rollcall)]
        return tuple(s for s, code in zip(self.states, codes, strict=True) if code == CODES[option])

    def write(self, path: Path) -> None:
        """Write the table as one parquet file, a column for each state."""
        frame = self.rollcalls.with_columns(
            **{state: self.matrix[:, i] for i, state in enumerate(self.states)}
        )
        frame.write_parquet(path, compression="zstd", statistics=False)

    @classmethod
    def read(cls, path: Path) -> VoteTable:
        """The table that ``write`` wrote.

        Raises:
            GraphError: The file is missing or damaged.
        """
        try:
            frame = pl.read_parquet(path)
        except (OSError, PolarsError) as error:
            raise GraphError(f"{path} is damaged: {error}") from error
        states = tuple(name for name in frame.columns if name not in _META)
        matrix = frame.select(states).to_numpy().astype(np.int8).reshape(len(frame), len(states))
        return cls(frame.select(_META), states, matrix)
