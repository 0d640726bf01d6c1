"""Graph to file: RDF in five syntaxes, the network for other tools, tables for a spreadsheet.

The same facts give the same bytes: what is written is sorted and carries no date of writing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kg.errors import ExportError
from kg.export.formats import NETWORKS, SHEETS, TABLES, Exported, kind_of

if TYPE_CHECKING:  # so that the formats can be named without loading what reads a graph
    from kg.export.chosen import Which
    from kg.graph.snapshot import Snapshot


def write(
    snapshot: Snapshot,
    path: Path,
    format: str | None = None,  # noqa: A002  the word of the command line
    *,
    on: date | None = None,
    table: str = "",
    **which: Unpack[Which],
) -> Exported:
    """Write the graph to a file, whole or not at all.

    Args:
        snapshot: The graph.
        path: The file.
        format: One of ``formats.FORMATS``; None lets the ending of the name decide.
        on: For graphml, gexf and a table of links: only what held on that day.
        table: For csv and parquet: one of ``formats.TABLES``; empty means the votes where roll calls are
            chosen, else the links.
        **which: Which roll calls, in RDF with all that is known of them; with none the whole graph.

    Returns:
        What was written.

    Raises:
        ExportError: The format is unknown or holds no such table, day or choice, or the file cannot be
            written.
        GraphError: The graph is damaged: it does not hold as many triples as it says.
        QueryError: No roll call is what was asked for, or it cannot be understood.
        UnknownNameError: A name in the choice means nothing.
    """
    from kg.export.chosen import given

    kind, limits = kind_of(path, format), given(which)
    sheet = table or ("votes" if limits and kind in SHEETS else "links")
    _refuse(kind, sheet, on=on, is_chosen=bool(limits))
    if kind in SHEETS:
        from kg.export import tables

        count = tables.write(snapshot, kind, sheet, path, on, limits)
        return Exported(kind, count, TABLES[sheet])
    if kind in NETWORKS:
        from kg.export import network

        return Exported(kind, network.write(snapshot, kind, path, on), "links")
    from kg.export import rdf, subset

    if limits:
        return subset.write(snapshot, kind, path, limits)
    return rdf.write(snapshot, kind, path)


def _refuse(kind: str, sheet: str, *, on: date | None, is_chosen: bool) -> None:
    """Refuse what a format cannot hold.

    Raises:
        ExportError: The format holds no such table, no day or no choice.
    """
    if sheet not in TABLES:
        raise ExportError(f"there is no table of {sheet}", allowed=tuple(TABLES))
    is_sheet = kind in SHEETS
    if sheet != "links" and not is_sheet:
        raise ExportError(
            f"{kind} holds no table of {sheet}; write {' or '.join(SHEETS)}, or leave out the table"
        )
    has_links = sheet == "links" and kind in (*NETWORKS, *SHEETS)
    if on and not has_links:
        held = f"{kind} of the {TABLES[sheet]}" if is_sheet else kind
        raise ExportError(
            f"{held} holds every day; a day goes with graphml, gexf and tables of the links"
        )
    if is_chosen and has_links:
        raise ExportError(
            f"{kind} of the links holds every link; chosen roll calls go with RDF and with the tables of "
            "votes and roll calls"
        )
