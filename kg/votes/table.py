"""The vote table: all roll calls as columns and one int8 matrix, the one home of vote arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PolarsError

from kg.errors import GraphError
from kg.model.accounts import Account
from kg.model.ballots import NO_BALLOT, BallotBytes, states
from kg.model.records import RollCall, Vote
from kg.model.words import OPTIONS, Option

CODES: dict[Option, int] = {"yes": 1, "abstain": 2, "no": 3, "nonvoting": 8}
"""Voeten's codes for what a member did."""
NOT_A_MEMBER = 9
"""Voeten's code for a state that held no seat that day."""
UNKNOWN = 0
"""No single vote is known: the roll call has totals only."""

_SCHEMA: dict[str, Any] = {
    "rollcall": pl.String,
    "document": pl.String,
    "organ": pl.String,
    "date": pl.Date,
    "result": pl.String,
    "source": pl.String,
    "record": pl.Boolean,
    "question": pl.String,
    "complete": pl.Boolean,
    "exact": pl.Boolean,
    "number": pl.String,
    "yes": pl.Int32,
    "no": pl.Int32,
    "abstain": pl.Int32,
    "nonvoting": pl.Int32,
    "member_count": pl.Int32,
}
"""Columns beside the states, in lower case where every state is in capitals."""
CURATED = "curated"
"""The source of a roll call of ``data/``, whose rows name works of their own."""


@dataclass(frozen=True, slots=True)
class VoteTable:
    """Roll calls by states."""

    rollcalls: pl.DataFrame
    """One row for each account of a roll call.

    rollcall, document, organ, date (its last day where only the month is known), result, source,
    record (whether it is the record of the roll call, or stands beside it), question (whole-text,
    paragraph or amendment), complete (whether members without a vote are listed), exact (whether the
    day is known), number (the source's own), and the printed yes, no, abstain, nonvoting and member_count.
    """
    states: tuple[str, ...]
    """The states, one for each column of the matrix, in alphabetical order of their keys."""
    matrix: NDArray[np.int8]
    """Shape [roll call, state]; codes of ``CODES``, ``NOT_A_MEMBER`` or ``UNKNOWN``."""

    @classmethod
    def of(
        cls,
        rollcalls: Iterable[RollCall],
        votes: Iterable[Vote],
        record: Iterable[Account] = (),
        beside: Iterable[Account] = (),
        questions: Mapping[str, str] | None = None,
    ) -> VoteTable:
        """The table of curated roll calls and of accounts, by date, key and source.

        Args:
            rollcalls: Curated ones; each is the record.
            votes: Theirs.
            record: Accounts that are the record.
            beside: Accounts of roll calls that another source gives.
            questions: Document of a curated roll call to what was voted on, where it is no whole text.
        """
        cast: dict[str, BallotBytes] = {}
        for vote in votes:
            cast.setdefault(vote.rollcall, BallotBytes())[vote.state] = CODES[vote.vote]
        curated, first, others = list(rollcalls), list(record), list(beside)
        parts = [
            _curated_rows(curated, questions or {}),
            _account_rows(first, is_record=True),
            _account_rows(others, is_record=False),
        ]
        ballots = [cast.get(roll.rollcall, BallotBytes()) for roll in curated]
        ballots += [account.ballots for account in (*first, *others)]
        frame = pl.concat(parts).with_row_index("place")
        keys = ("date", "rollcall", "record", "source")
        frame = frame.sort(keys, descending=[False, False, True, False], maintain_order=True)
        order = frame["place"].to_numpy()
        codes, states = _filled(ballots)
        codes = codes[order]
        is_given = codes != NO_BALLOT
        silent = ~is_given.any(axis=1) | ~frame["complete"].to_numpy()
        missing = np.where(silent, UNKNOWN, NOT_A_MEMBER).astype(np.int8)
        matrix = np.where(is_given, codes.view(np.int8), missing[:, None])
        return cls(frame.drop("place"), states, matrix)

    @property
    def totals(self) -> dict[Option, int]:
        """How many single votes the table holds of each kind."""
        return {option: int((self.matrix == CODES[option]).sum()) for option in OPTIONS}

    @property
    def record(self) -> VoteTable:
        """The rows that are the record: each roll call once."""
        return self.where(self.rollcalls["record"])

    def where(self, rows: pl.Series) -> VoteTable:
        """The table with the rows for which a column of truth values is true."""
        return VoteTable(self.rollcalls.filter(rows), self.states, self.matrix[rows.to_numpy()])

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
        if lacking := [name for name in _SCHEMA if name not in frame.columns]:
            raise GraphError(f"{path} is damaged: it lacks {', '.join(lacking)}")
        states = tuple(name for name in frame.columns if name not in _SCHEMA)
        matrix = frame.select(states).to_numpy().astype(np.int8).reshape(len(frame), len(states))
        return cls(frame.select(list(_SCHEMA)), states, matrix)


def _curated_rows(rolls: list[RollCall], questions: Mapping[str, str]) -> pl.DataFrame:
    columns: dict[str, Any] = {
        name: [getattr(roll, name) for roll in rolls]
        for name in ("rollcall", "document", "organ", "result", *OPTIONS)
    }
    columns |= {
        "date": [roll.date.latest for roll in rolls],
        "question": [questions.get(roll.document, "whole-text") for roll in rolls],
        "number": columns["rollcall"],
    }
    fixed = {"source": CURATED, "record": True, "complete": True, "exact": True}
    columns |= {name: [value] * len(rolls) for name, value in fixed.items()}
    columns["member_count"] = [None] * len(rolls)
    return pl.DataFrame({name: columns[name] for name in _SCHEMA}, schema=_SCHEMA)


def _account_rows(accounts: list[Account], *, is_record: bool) -> pl.DataFrame:
    columns: dict[str, Any] = {
        name: [getattr(account, name) for account in accounts]
        for name in (
            *("organ", "result", "source", "question", "complete", "number", "member_count"),
        )
    }
    columns |= {
        "rollcall": [account.key for account in accounts],
        "document": [account.text.key for account in accounts],
        "date": [account.day for account in accounts],
        "exact": [bool(account.date.day) for account in accounts],
        "record": [is_record] * len(accounts),
    }
    for option in OPTIONS:
        columns[option] = [account.printed.get(option) for account in accounts]
    return pl.DataFrame({name: columns[name] for name in _SCHEMA}, schema=_SCHEMA)


def _filled(ballots: Sequence[BallotBytes]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """The codes of the ballots, a row each and a column for each state that any of them has; the states."""
    met = states()
    codes = np.full((len(ballots), len(met)), NO_BALLOT, dtype=np.uint8)
    for row, one in zip(codes, ballots, strict=True):
        row[: len(one.codes)] = np.frombuffer(one.codes, dtype=np.uint8)[: len(met)]
    listed = (codes != NO_BALLOT).any(axis=0)
    order = sorted(np.nonzero(listed)[0].tolist(), key=met.__getitem__)
    return codes[:, order], tuple(met[place] for place in order)
