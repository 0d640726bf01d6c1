"""The links and the single votes of a graph as CSV, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from kg.graph.snapshot import Snapshot
from kg.model.records import RollCall
from kg.network.links import EVIDENCE
from kg.network.web import project
from kg.output import files
from kg.output.csv import rows_to_csv
from kg.votes.table import CODES

Row = tuple[str, ...]


def write(snapshot: Snapshot, table: str, path: Path, on: date | None) -> int:
    """Write the votes, or the links of a day or of all days, and say how many rows they are."""
    head, *rows = _votes(snapshot) if table == "votes" else _links(snapshot, on)
    text = rows_to_csv(head, rows)
    files.replace(path, lambda file: file.write(text.encode()))
    return len(rows)


def _links(snapshot: Snapshot, on: date | None) -> Iterator[Row]:
    """A head, and a row for each link: what both ends are called, then its fields."""
    web = project(snapshot, on)
    yield ("a_label", "b_label", *EVIDENCE)
    rows = []
    for a, b, data in web.edges(data=True):
        values = [getattr(data["link"], name) for name in EVIDENCE]
        cells = [" ".join(v) if isinstance(v, tuple) else str(v) for v in values]
        rows.append((web.nodes[a]["label"], web.nodes[b]["label"], *cells))
    yield from sorted(rows)


def _votes(snapshot: Snapshot) -> Iterator[Row]:
    """A head, and a row for each single vote of the record."""
    words = {code: option for option, code in CODES.items()}
    sources = {roll.rollcall: " ".join(roll.source) for roll in snapshot.records(RollCall)}
    table = snapshot.votes
    is_vote = np.isin(table.matrix, list(words))
    yield ("rollcall", "date", "state", "vote", "sources")
    for i, row in enumerate(table.rollcalls.iter_rows(named=True)):
        rollcall, day = row["rollcall"], row["date"].isoformat()
        for j in np.nonzero(is_vote[i])[0].tolist():
            vote = words[int(table.matrix[i, j])]
            yield rollcall, day, table.states[j], vote, sources[rollcall]
