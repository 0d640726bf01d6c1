"""The links, the single votes and the roll calls of a graph as tables: CSV for a spreadsheet, or Parquet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl

from kg.analysis import labels
from kg.export import network as links
from kg.export.chosen import Which, chosen
from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.network.web import network
from kg.output import files
from kg.output.csv import rows_to_csv
from kg.rdf.terms import DERIVED
from kg.votes.table import CODES, VoteTable

_TOTALS = ("yes", "no", "abstain", "nonvoting")


def write(
    snapshot: Snapshot, kind: str, table: str, path: Path, on: date | None, which: Which
) -> int:
    """Write a table as CSV or Parquet, and say how many rows it has.

    Args:
        snapshot: The graph.
        kind: ``csv`` or ``parquet``.
        table: One of ``kg.export.formats.TABLES``.
        path: The file.
        on: Of links: the day on which they held; None means all days.
        which: Of votes and roll calls: which; empty means all.
    """
    if table == "links":
        frame = _links(snapshot, on)
    else:
        rolls = chosen(snapshot, which)
        frame = _votes(snapshot, rolls) if table == "votes" else _rollcalls(snapshot, rolls)
    is_safe = (
        table == "votes"
    )  # days, keys and words of a closed set: nothing that a spreadsheet runs
    files.replace(path, lambda file: _write(frame, kind, file, is_safe=is_safe))
    return len(frame)


def _write(frame: pl.DataFrame, kind: str, file: IO[bytes], *, is_safe: bool) -> None:
    if kind == "parquet":
        frame.write_parquet(file, compression="zstd")
    elif is_safe:
        frame.write_csv(file)
    else:
        rows = ([_cell(value) for value in row] for row in frame.iter_rows())
        file.write(rows_to_csv(frame.columns, rows).encode())


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _links(snapshot: Snapshot, on: date | None) -> pl.DataFrame:
    """A row for each link: what both ends are called, then its fields."""
    of_day = network(snapshot, on)
    called = {name: of_day.label(name) for name in of_day.nodes}
    rows = [(called[a], called[b], a, b, *said) for a, b, said in links.rows(of_day)]
    kinds = {"event": pl.Boolean, "unchecked": pl.Boolean, "cost": pl.Float64}
    columns = ("a_label", "b_label", "a", "b", *links.COLUMNS)
    schema = {name: kinds.get(name, pl.String()) for name in columns}
    return pl.DataFrame(sorted(rows), schema=schema, orient="row")


def _votes(snapshot: Snapshot, table: VoteTable) -> pl.DataFrame:
    """A row for each single vote of the record, by roll call and state."""
    rows, columns = np.nonzero(np.isin(table.matrix, list(CODES.values())))
    words = np.full(max(CODES.values()) + 1, None, dtype=object)
    words[list(CODES.values())] = list(CODES)
    keys = table.rollcalls["rollcall"]
    return pl.DataFrame(
        {
            "rollcall": keys.gather(rows),
            "date": _days(table).gather(rows),
            "state": pl.Series(table.states, dtype=pl.String).gather(columns),
            "vote": pl.Series(words.tolist(), dtype=pl.String).gather(table.matrix[rows, columns]),
            "sources": _sources(snapshot, keys).gather(rows),
        }
    )


def _rollcalls(snapshot: Snapshot, table: VoteTable) -> pl.DataFrame:
    """A row for each roll call: the text, the printed totals, what it is about and where it is from."""
    documents, keys = table.rollcalls["document"].to_list(), table.rollcalls["rollcall"]
    subjects: dict[str, list[str]] = {}
    for document, subject in sorted(labels.values(snapshot, "subject")):
        subjects.setdefault(document, []).append(subject)
    texts = {name: dict(labels.values(snapshot, name)) for name in ("symbol", "title", "session")}
    urls = dict(labels.values(snapshot, "url"))
    said = {name: [values.get(key) for key in documents] for name, values in texts.items()}
    said["url"] = [
        urls.get(roll) or urls.get(text) for roll, text in zip(keys, documents, strict=True)
    ]
    said["subjects"] = ["; ".join(subjects.get(key, ())) for key in documents]
    frame = table.rollcalls.select("rollcall", "organ", "document", "question", "result", *_TOTALS)
    return frame.with_columns(
        _days(table).alias("date"),
        _sources(snapshot, keys).alias("sources"),
        *(pl.Series(name, values, dtype=pl.String) for name, values in said.items()),
    ).select(
        *("rollcall", "date", "organ", "session", "document", "symbol", "title", "question"),
        *("result", *_TOTALS, "subjects", "url", "sources"),
    )


def _days(table: VoteTable) -> pl.Series:
    """The day of each roll call as far as it is known: a month where no more is."""
    day, month = (pl.col("date").dt.strftime(form) for form in ("%Y-%m-%d", "%Y-%m"))
    shown = pl.when(pl.col("exact")).then(day).otherwise(month).alias("date")
    return table.rollcalls.select(shown)["date"]


def _sources(snapshot: Snapshot, keys: pl.Series) -> pl.Series:
    """The sources of each roll call, joined by spaces."""
    sources: dict[str, list[str]] = {}
    for thing, source in things.pairs(snapshot.store, DERIVED):
        sources.setdefault(thing, []).append(source.partition(":")[2])
    joined = [" ".join(sources.get(f"rollcall:{key}", ())) for key in keys]
    return pl.Series("sources", joined, dtype=pl.String)
