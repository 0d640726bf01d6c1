"""The network of a graph as GraphML and GEXF, for other tools."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.graph.snapshot import Snapshot
from kg.network.links import Link
from kg.network.web import project
from kg.output import files
from kg.output.text import visible

if TYPE_CHECKING:
    import networkx as nx


def write(snapshot: Snapshot, kind: str, path: Path, on: date | None) -> int:
    """Write the network, of one day where one is given, and say how many links it has."""
    web = project(snapshot, on)
    text = _graphml(web) if kind == "graphml" else _gexf(web)
    files.replace(path, lambda file: file.write(text.encode()))
    return int(web.number_of_edges())


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
