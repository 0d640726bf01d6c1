"""What the accounts beside the record say otherwise than it: only that is written beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.model.words import OPTIONS, Option
from kg.votes.table import CODES, VoteTable

Truths = NDArray[np.bool_]

_FACTS = ("result", "question", *OPTIONS, "member_count")
"""Columns in which two accounts disagree if both say something and not the same."""


@dataclass(frozen=True, slots=True)
class Accord:
    """The accounts of a table beside the record, as far as the record has the same roll call."""

    others: NDArray[np.intp]
    """Their rows in the table."""
    records: NDArray[np.intp]
    """The row of the record of each."""
    differs: Truths
    """Whether it gives another date, result, total or vote than the record."""

    @classmethod
    def of(cls, table: VoteTable) -> Accord:
        """The accounts of a table, each beside the record of its roll call."""
        rows = table.rollcalls.with_row_index("row").select("row", "rollcall", "record")
        record = rows.filter(pl.col("record")).select("rollcall", first="row")
        pairs = rows.filter(~pl.col("record")).join(record, on="rollcall", maintain_order="left")
        others = pairs["row"].to_numpy().astype(np.intp)
        records = pairs["first"].to_numpy().astype(np.intp)
        differs = _facts_differ(table.rollcalls, others, records)
        made = cls(others, records, differs)
        for part in range(0, len(others), _ROWS):
            at = slice(part, part + _ROWS)
            differs[at] |= _votes_differ(table, others[at], records[at])
        return made

    def own(self, table: VoteTable, rows: slice) -> Truths:
        """Which votes of some rows of the table are to be written: all but those that the record has too.

        Returns:
            Shape [row, state], true where the code is a vote that has to be written.
        """
        written: Truths = np.isin(table.matrix[rows], _VOTES).reshape(-1, len(table.states))
        mine, theirs, at = self._codes(table, rows)
        written[at] &= theirs != mine
        return written

    def omitted(self, table: VoteTable, rows: slice) -> Truths:
        """Votes of the record that an account could list and does not; shape and order as of ``own``.

        Left out are whole kinds of votes that it does not list; see ``omitted_options``.
        """
        lacking = np.zeros(table.matrix[rows].shape, dtype=np.bool_)
        mine, theirs, at = self._codes(table, rows)
        silent = np.isin(mine, _VOTES) & ~np.isin(theirs, _VOTES)
        complete = table.rollcalls["complete"].to_numpy()[rows][at]
        silent &= complete[:, None] | (mine != CODES["nonvoting"])
        silent &= np.any(np.isin(theirs, _VOTES), axis=1, keepdims=True)
        lacking[at] = silent
        return lacking

    def omitted_options(self, table: VoteTable) -> list[tuple[int, tuple[Option, ...]]]:
        """Rows of accounts that do not list votes of some kinds at all, and these kinds."""
        complete = table.rollcalls["complete"].to_numpy()
        listing: Truths = np.any(np.isin(table.matrix[self.others], _VOTES), axis=1)
        found: list[tuple[int, tuple[Option, ...]]] = []
        for row, lists in zip(self.others.tolist(), listing.tolist(), strict=True):
            if not lists:
                found.append((row, OPTIONS))
            elif not complete[row]:
                found.append((row, ("nonvoting",)))
        return found

    def _codes(
        self, table: VoteTable, rows: slice
    ) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.intp]]:
        """Codes of the record, codes of the accounts, and where in some rows these accounts stand."""
        start, stop, _ = rows.indices(len(table.matrix))
        first, last = np.searchsorted(self.others, (start, stop))
        others = self.others[first:last]
        return table.matrix[self.records[first:last]], table.matrix[others], others - start


_ROWS = 4_096
"""Rows compared at a time."""
_VOTES = np.array(list(CODES.values()), dtype=np.int8)


def _facts_differ(
    frame: pl.DataFrame, others: NDArray[np.intp], records: NDArray[np.intp]
) -> Truths:
    """Whether accounts give another date, result or total; what only one of two gives is no difference."""
    theirs, mine = frame[others], frame[records]
    both_exact = theirs["exact"] & mine["exact"]
    same_month = theirs["date"].dt.truncate("1mo") == mine["date"].dt.truncate("1mo")
    differs = ~same_month | (both_exact & (theirs["date"] != mine["date"]))
    for name in _FACTS:
        one, other = mine[name], theirs[name]
        if frame[name].dtype == pl.String:
            one, other = one.replace("", None), other.replace("", None)
        differs |= (one != other).fill_null(value=False)
    return differs.to_numpy().copy()


def _votes_differ(table: VoteTable, others: NDArray[np.intp], records: NDArray[np.intp]) -> Truths:
    """Whether accounts give another vote, or a vote where the other could give one and does not."""
    mine, theirs = table.matrix[records], table.matrix[others]
    complete = table.rollcalls["complete"].to_numpy()
    both = (complete[others] & complete[records])[:, None]
    is_mine, is_theirs = np.isin(mine, _VOTES), np.isin(theirs, _VOTES)
    absent = CODES["nonvoting"]
    one_silent = (is_mine & ~is_theirs & ((mine != absent) | both)) | (
        is_theirs & ~is_mine & ((theirs != absent) | both)
    )
    both_vote = is_mine & is_theirs & (mine != theirs)
    listing: Truths = np.any(is_mine, axis=1) & np.any(is_theirs, axis=1)
    found: Truths = np.any(both_vote | one_silent, axis=1) & listing
    return found
