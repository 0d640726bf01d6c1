"""Graph to file: RDF in five syntaxes, the network for other tools, tables for a spreadsheet.

The same facts give the same bytes: what is written is sorted and carries no date of writing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.export.formats import NETWORKS, kind_of

if TYPE_CHECKING:  # so that the formats can be named without loading what reads a graph
    from kg.graph.snapshot import Snapshot


def write(
    snapshot: Snapshot,
    path: Path,
    format: str | None = None,  # noqa: A002  the word of the command line
    *,
    on: date | None = None,
    table: str = "links",
) -> int:
    """Write the graph to a file, whole or not at all.

    Args:
        snapshot: The graph.
        path: The file.
        format: One of ``formats.FORMATS``; None lets the ending of the name decide.
        on: For graphml, gexf and csv links: only what held on that day.
        table: For csv: one of ``formats.TABLES``.

    Returns:
        How many triples, links or rows were written.

    Raises:
        ExportError: The format is unknown, or the file cannot be written.
        GraphError: The graph is damaged: it does not hold as many triples as it says.
    """
    kind = kind_of(path, format)
    if table != "links" and kind != "csv":
        raise ExportError(f"{kind} holds no table of {table}; write csv, or leave out the table")
    if on and (kind not in (*NETWORKS, "csv") or table == "votes"):
        raise ExportError(
            f"{'csv of the votes' if kind == 'csv' else kind} holds every day; a day goes with "
            "graphml, gexf and csv of the links"
        )
    if kind in NETWORKS:
        from kg.export import network

        return network.write(snapshot, kind, path, on)
    if kind == "csv":
        from kg.export import tables

        return tables.write(snapshot, table, path, on)
    from kg.export import rdf

    return rdf.write(snapshot, kind, path)
