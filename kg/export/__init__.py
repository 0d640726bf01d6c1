"""Graph to file: RDF in five syntaxes, the network for other tools, tables for a spreadsheet.

The same facts give the same bytes: what is written is sorted and carries no date of writing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.export.formats import NETWORKS, TABLES, WITH_BESIDE, Exported, kind_of

if TYPE_CHECKING:  # so that the formats can be named without loading what reads a graph
    from kg.graph.snapshot import Snapshot


def write(
    snapshot: Snapshot,
    path: Path,
    format: str | None = None,  # noqa: A002  the word of the command line
    *,
    on: date | None = None,
    table: str = "links",
) -> Exported:
    """Write the graph to a file, whole or not at all.

    Args:
        snapshot: The graph.
        path: The file.
        format: One of ``formats.FORMATS``; None lets the ending of the name decide.
        on: For graphml, gexf and csv links: only what held on that day.
        table: For csv: one of ``formats.TABLES``.

    Returns:
        What was written.

    Raises:
        ExportError: The format is unknown or holds no such table or day, or the file cannot be written.
        GraphError: The graph is damaged: it does not hold as many triples as it says.
    """
    kind = kind_of(path, format)
    if table not in TABLES:
        raise ExportError(f"there is no table of {table}", allowed=TABLES)
    if table != "links" and kind != "csv":
        raise ExportError(f"{kind} holds no table of {table}; write csv, or leave out the table")
    if on and (kind not in (*NETWORKS, "csv") or table == "votes"):
        raise ExportError(
            f"{'csv of the votes' if kind == 'csv' else kind} holds every day; a day goes with "
            "graphml, gexf and csv of the links"
        )
    if kind in NETWORKS:
        from kg.export import network

        return Exported(kind, network.write(snapshot, kind, path, on), "links")
    if kind == "csv":
        from kg.export import tables

        return Exported(kind, tables.write(snapshot, table, path, on), table)
    from kg.export import rdf

    count = rdf.write(snapshot, kind, path)
    is_partial = kind not in WITH_BESIDE and count < snapshot.manifest["triple_count"]
    return Exported(kind, count, "triples", is_partial)
