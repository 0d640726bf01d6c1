"""The network of a graph as GraphML and GEXF, for other tools.

The files are written line by line: with a graph of networkx between, a network of eighty years takes 0.9 GB.
Whatever is said of a link is said in each format, and in the table of links, by the same names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from kg.graph.snapshot import Snapshot
from kg.network.links import EVIDENCE, Link
from kg.network.web import Network, network
from kg.output import files
from kg.output.text import visible

Value = str | bool | float

COLUMNS = (*EVIDENCE[2:], "cost")
"""What is said of a link beside its ends: the fields of ``Link``, and what it costs in a chain."""
_NODE = ("kind", "label")
_KINDS = {"event": "boolean", "unchecked": "boolean", "cost": "double"}
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def write(snapshot: Snapshot, kind: str, path: Path, on: date | None) -> int:
    """Write the network, of one day where one is given, and say how many links it has."""
    of_day = network(snapshot, on)
    lines = _graphml(of_day) if kind == "graphml" else _gexf(of_day)
    files.replace(path, lambda file: file.writelines(f"{line}\n".encode() for line in lines))
    return len(of_day.costs)


def values(link: Link, cost: float) -> list[Value]:
    """The values of ``COLUMNS``; several of one column are joined by spaces."""
    said = [getattr(link, name) for name in EVIDENCE[2:]]
    return [*(" ".join(v) if isinstance(v, tuple) else v for v in said), cost]


def rows(of_day: Network) -> Iterator[tuple[str, str, list[Value]]]:
    """Both ends of each link, and the values of ``COLUMNS``, in the order of ends and record."""
    every = [(of_day.link(i), cost) for i, cost in enumerate(of_day.costs.tolist())]
    every.sort(key=lambda each: (each[0].a, each[0].b, each[0].record))
    for link, cost in every:
        yield link.a, link.b, values(link, cost)


def _graphml(of_day: Network) -> Iterator[str]:
    yield "<?xml version='1.0' encoding='utf-8'?>"
    yield (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
    )
    for about, names in (("node", _NODE), ("edge", COLUMNS)):
        for name in names:
            kind = _KINDS.get(name, "string") if about == "edge" else "string"
            yield (
                f'  <key id="{about}-{name}" for="{about}" attr.name="{name}" attr.type="{kind}" />'
            )
    yield '  <graph edgedefault="directed">'
    for name, named in _nodes(of_day):
        yield f"    <node id={_quoted(name)}>{_data('node', _NODE, named)}</node>"
    for i, (a, b, said) in enumerate(rows(of_day)):
        ends = f"source={_quoted(a)} target={_quoted(b)}"
        yield f'    <edge {ends} id="{i}">{_data("edge", COLUMNS, said)}</edge>'
    yield "  </graph>"
    yield "</graphml>"


def _data(about: str, names: Sequence[str], said: Sequence[Value]) -> str:
    """What is said of a node or an edge of GraphML; what is empty is left out."""
    return "".join(
        f'<data key="{about}-{name}">{escape(_text(value))}</data>'
        for name, value in zip(names, said, strict=True)
        if value != ""
    )


def _gexf(of_day: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield (
        '<gexf xmlns="http://www.gexf.net/1.2draft" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">'
    )
    yield '  <graph defaultedgetype="directed" mode="static">'
    for about, names in (("node", _NODE[:1]), ("edge", COLUMNS)):
        yield f'    <attributes class="{about}" mode="static">'
        for i, name in enumerate(names):
            kind = _KINDS.get(name, "string") if about == "edge" else "string"
            yield f'      <attribute id="{i}" title="{name}" type="{kind}" />'
        yield "    </attributes>"
    yield "    <nodes>"
    for name, (kind, label) in _nodes(of_day):
        begins = f"<node id={_quoted(name)} label={_quoted(label)}>"
        yield f"      {begins}{_attributes([kind])}</node>"
    yield "    </nodes>"
    yield "    <edges>"
    label_at = COLUMNS.index("label")
    for i, (a, b, said) in enumerate(rows(of_day)):
        ends = f"source={_quoted(a)} target={_quoted(b)} label={_quoted(_text(said[label_at]))}"
        yield f'      <edge id="{i}" {ends}>{_attributes(said)}</edge>'
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _attributes(said: Sequence[Value]) -> str:
    """What is said of a node or an edge of GEXF; what is empty is left out."""
    values = "".join(
        f'<attvalue for="{i}" value={_quoted(_text(value))} />'
        for i, value in enumerate(said)
        if value != ""
    )
    return f"<attvalues>{values}</attvalues>"


def _nodes(of_day: Network) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each node with its kind and its label."""
    for name in of_day.nodes:
        yield name, (name.partition(":")[0], visible(of_day.label(name)))


def _text(value: Value) -> str:
    return visible(str(value).lower() if isinstance(value, bool) else str(value))


def _quoted(text: str) -> str:
    return f'"{escape(text, _QUOTED)}"'
