"""Graph to file: RDF in five syntaxes, the network for other tools, tables for a spreadsheet.

The same facts give the same bytes: what is written is sorted and carries no date of writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.errors import ExportError
from kg.export import columns
from kg.graph import things
from kg.graph.snapshot import Snapshot, beside, quads, triples
from kg.network.links import EVIDENCE, Link
from kg.network.web import project
from kg.output import files
from kg.output.csv import rows_to_csv
from kg.output.text import visible
from kg.rdf import iris, jsonld, turtle

if TYPE_CHECKING:
    import networkx as nx
    import rdflib
    from pyoxigraph import Quad, Triple


ENDINGS: dict[str, str] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "csv",
}
"""Ending of a file name to the format it stands for."""

FORMATS: tuple[str, ...] = tuple(ENDINGS.values())

TABLES: tuple[str, ...] = ("links", "votes")
"""What a CSV can hold: the links of the network, or every single vote."""


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
        format: One of ``FORMATS``; None lets the ending of the name decide.
        on: For graphml, gexf and csv links: only what held on that day.
        table: For csv: one of ``TABLES``.

    Returns:
        How many triples, links or rows were written.

    Raises:
        ExportError: The format is unknown, or the file cannot be written.
    """
    kind = kind_of(path, format)
    if table != "links" and kind != "csv":
        raise ExportError(f"{kind} holds no table of {table}; write csv, or leave out the table")
    if on and (kind not in ("graphml", "gexf", "csv") or table == "votes"):
        raise ExportError(
            f"{'csv of the votes' if kind == 'csv' else kind} holds every day; a day goes with "
            "graphml, gexf and csv of the links"
        )
    if kind in ("graphml", "gexf"):
        web = project(snapshot, on)
        text = _graphml(web) if kind == "graphml" else _gexf(web)
        count: int = web.number_of_edges()
    elif kind == "csv":
        rows = list(_votes(snapshot) if table == "votes" else _links(snapshot, on))
        text, count = rows_to_csv(rows[0], rows[1:]), len(rows) - 1
    else:
        return _rdf(snapshot, kind, path)
    files.replace(path, lambda file: file.write(text.encode()))
    return count


def _rdf(snapshot: Snapshot, kind: str, path: Path) -> int:
    """Write RDF in pieces; the number of triples in it."""
    counted = _Counted(snapshot)
    told: Iterable[str]
    if kind in ("turtle", "trig"):
        found = columns.pieces(snapshot)
        counted.count = found.count
        others = {name: counted.triples(name) for name in beside(snapshot)}
        told = (
            turtle.written(*found.pieces) if kind == "turtle" else turtle.trig(found.pieces, others)
        )
    elif kind == "ntriples":
        told = turtle.ntriples_lines(counted.triples())
    elif kind == "nquads":
        told = turtle.nquads(counted.quads())
    else:
        told = [jsonld.document(list(counted.triples()))]
    files.replace(path, lambda file: file.writelines(piece.encode() for piece in told))
    return counted.count


class _Counted:
    """The triples of a graph, counted as they go by."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self.count = snapshot, 0

    def triples(self, name: str = "") -> Iterator[Triple]:
        """Those of the record, or of a graph beside it, subject by subject."""
        for triple in triples(self._snapshot, name):
            self.count += 1
            yield triple

    def quads(self) -> Iterator[Quad]:
        """All of them, with their graphs."""
        for quad in quads(self._snapshot):
            self.count += 1
            yield quad


def kind_of(path: Path, format: str | None) -> str:  # noqa: A002
    """The format that is asked for, or that the ending of the name stands for.

    Raises:
        ExportError: Neither says one.
    """
    kind = format or ENDINGS.get(path.suffix.lower(), "")
    if kind not in FORMATS:
        raise ExportError(
            f"{path.name} does not say in which format; give --format {'|'.join(FORMATS)} or end the "
            f"name in {' '.join(ENDINGS)}"
        )
    return kind


def unit(kind: str, table: str) -> str:
    """What is counted in a format: triples, links or votes."""
    if kind == "csv":
        return table
    return "links" if kind in ("graphml", "gexf") else "triples"


def to_rdflib(snapshot: Snapshot) -> rdflib.Graph:
    """A copy of the graph in rdflib, with our prefixes bound."""
    import rdflib

    from kg.rdf.iris import PREFIXES

    copy = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        copy.bind(prefix, namespace)
    copy.parse(data=turtle.ntriples(triples(snapshot)), format="nt")
    return copy


def _plain(web: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The network with text and numbers only, sorted, so that every tool can read it."""
    import networkx as nx

    plain = nx.MultiDiGraph()
    for node, data in sorted(web.nodes(data=True)):
        plain.add_node(node, kind=data["kind"], label=visible(data["label"]))
    ordered = sorted(web.edges(data=True), key=lambda e: (e[0], e[1], e[2]["link"].record))
    for i, (a, b, data) in enumerate(ordered):
        link: Link = data["link"]
        plain.add_edge(
            a,
            b,
            id=str(i),
            kind=link.kind,
            label=visible(link.label),
            since=link.start,
            until=link.end,
            start_day=link.start_day,
            end_day=link.end_day,
            obligations=" ".join(link.obligations),
            sources=" ".join(link.sources),
            unchecked=link.unchecked,
            record=link.record,
            cost=data["cost"],
        )
    return plain


def _graphml(web: nx.MultiDiGraph) -> str:
    import networkx as nx

    return "\n".join(nx.generate_graphml(_plain(web))) + "\n"


def _gexf(web: nx.MultiDiGraph) -> str:
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_plain(web))
    for meta in writer.xml.iter():
        if meta.tag.endswith("meta"):
            meta.attrib.pop("lastmodifieddate", None)  # the same facts are the same bytes
    ElementTree.indent(writer.xml)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        + ElementTree.tostring(writer.xml, encoding="unicode")
        + "\n"
    )


def _links(snapshot: Snapshot, on: date | None) -> Iterator[tuple[str, ...]]:
    web = project(snapshot, on)
    yield ("a_label", "b_label", *EVIDENCE)
    rows = []
    for a, b, data in web.edges(data=True):
        values = [getattr(data["link"], name) for name in EVIDENCE]
        told = [" ".join(v) if isinstance(v, tuple) else str(v) for v in values]
        rows.append((web.nodes[a]["label"], web.nodes[b]["label"], *told))
    yield from sorted(rows)


def _votes(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    from kg.votes.table import CODES

    words = {code: option for option, code in CODES.items()}
    table = snapshot.votes
    yield ("rollcall", "date", "state", "vote", "sources")
    for i, row in enumerate(table.rollcalls.iter_rows(named=True)):
        roll = things.get(snapshot.store, iris.thing("rollcall", row["rollcall"]))
        cited = " ".join(roll.sources)
        for j, state in enumerate(table.states):
            if int(table.matrix[i, j]) in words:
                vote = words[int(table.matrix[i, j])]
                yield row["rollcall"], row["date"].isoformat(), state, vote, cited
