"""The votes near the days on which seats begin, end or change hands: ``python -m tools.seat_days GRAPH``.

One line a roll call and seat, as CSV, of both organs: what the record has for each state that held the
seat, from the day before to the day after; a second argument is another number of days.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import kg
from kg.model.records import Holding
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN

COLUMNS = ("seat", "change", "rollcall", "organ", "date", "votes")
_SAID = {code: option for option, code in CODES.items()} | {UNKNOWN: "unknown", NOT_A_MEMBER: "-"}


def near(graph: kg.Graph, within: int = 1) -> Iterator[tuple[str, ...]]:
    """Each roll call within some days of a day on which a seat begins, ends or changes hands.

    Args:
        graph: A graph with roll calls.
        within: Days before and after that count.

    Yields:
        Rows of ``COLUMNS``: the seat, what happened to it and when, the roll call, and for each state
        that ever held the seat its vote, ``-`` where it is not listed.
    """
    table = graph.snapshot.votes
    column = {state: i for i, state in enumerate(table.states)}
    holdings = list(graph.snapshot.records(Holding))
    rows = list(table.rollcalls.iter_rows(named=True))
    for day, seat, change in sorted({turn for h in holdings for turn in _turns(h)}):
        holders = sorted({h.state for h in holdings if h.seat == seat} & column.keys())
        for i, row in enumerate(rows):
            if abs(row["date"] - day) <= timedelta(days=within):
                votes = " ".join(f"{s}={_SAID[int(table.matrix[i, column[s]])]}" for s in holders)
                yield seat, change, row["rollcall"], row["organ"], str(row["date"]), votes


def _turns(holding: Holding) -> Iterator[tuple[date, str, str]]:
    """The days on which a holding begins and ends, with the seat and what happens."""
    interval = holding.interval
    for word, day in (("from", interval.start_day), ("until", interval.end_day)):
        if day is not None:
            yield day, holding.seat, f"{holding.state} {holding.role} {word} {day}"


if __name__ == "__main__":
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    with kg.open(Path(sys.argv[1])) as opened:
        out.writerows(near(opened, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
