"""The network of a drawing as pyvis gives it to vis-network, and the copy of vis that pyvis carries.

pyvis's template, ``show()`` and ``write_html()`` are never used: they reach for the net, run text
from data as script and settle for minutes (``docs``: views). Its network, its options and vis are.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import ExportError
from kg.views.drawing import Node, Tie

VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""Of vis-network 9.1.2 as pyvis 0.3.2 carries it; another file is not put into a page."""
_VIS = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_SHAPES = {"organisation": "square", "alliance": "diamond", "grouping": "hexagon"}
_SHAPES |= {"person": "triangle"}
_DASHES: dict[str, bool | list[int]] = {
    "defence": False,
    "offence": [14, 3],
    "neutrality": [10, 3, 2, 3],
    "nonaggression": [6, 4],
    "consultation": [2, 3],
    "none": [1, 5],
}


@cache
def script() -> str:
    """The code of vis-network.

    Raises:
        ExportError: pyvis is not installed, or carries another vis.
    """
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise ExportError("pyvis is not installed; install it with: pip install pyvis==0.3.2")
    path = Path(spec.origin).parent / _VIS
    try:
        code = path.read_bytes()
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}; install pyvis 0.3.2") from error
    if hashlib.sha256(code).hexdigest() != VIS_SHA256:
        version = importlib.metadata.version("pyvis")
        raise ExportError(f"{path} is not vis-network 9.1.2 (pyvis {version}); install pyvis 0.3.2")
    text = code.decode("utf-8").replace("\r\n", "\n")
    # the map is not here, and a browser's tools would ask for it
    return text.partition("//# sourceMappingURL=")[0].rstrip() + "\n"


def network(nodes: tuple[Node, ...], ties: tuple[Tie, ...]) -> dict[str, Any]:
    """The nodes, edges and options for vis; ids are numbers, so no text of ours reaches vis."""
    from pyvis.network import Network

    # directed, because pyvis else compares each edge with all before it; arrows stay off
    drawn = Network(directed=True)
    index = {node.id: i for i, node in enumerate(nodes)}
    for i, node in enumerate(nodes):
        shape = _SHAPES.get(node.kind, "dot")
        drawn.add_node(i, label=" ", shape=shape, x=node.x, y=node.y, size=6, physics=False)
    for i, (tie, bend) in enumerate(zip(ties, bends(nodes, ties), strict=True)):
        look = {"dashes": _DASHES[tie.strength], "smooth": _smooth(bend)}
        drawn.add_edge(index[tie.source], index[tie.target], id=i, arrows="", **look)
    drawn.set_options(json.dumps(_OPTIONS))
    for node in drawn.nodes:
        node.update(label="")  # names are drawn by labels.js, which lets none overlap
        node.pop("color", None)
        node.pop("font", None)
    return {"nodes": drawn.nodes, "edges": drawn.edges, "options": drawn.options}


def _smooth(bend: float) -> bool | dict[str, Any]:
    if not bend:
        return False
    turn = "curvedCW" if bend > 0 else "curvedCCW"
    return {"enabled": True, "type": turn, "roundness": abs(bend)}


def bends(nodes: tuple[Node, ...], ties: tuple[Tie, ...]) -> list[float]:
    """How far each tie bows out: those that would hide each other, or pass through a column."""
    column = {node.id: node.column for node in nodes}
    lanes: dict[tuple[str, str], list[list[Tie]]] = {}
    bends = []
    for tie in ties:
        pair = (min(tie.source, tie.target), max(tie.source, tie.target))
        lane = _lane(lanes.setdefault(pair, []), tie)
        if abs(column[tie.source] - column[tie.target]) > 1:
            lane += 1
        side = 1 if lane % 2 else -1
        bend = side * 0.2 * ((lane + 1) // 2)
        bends.append(round(bend if tie.source == pair[0] else -bend, 2))
    return bends


def _lane(lanes: list[list[Tie]], tie: Tie) -> int:
    """The first lane between two nodes in which no other tie is in force beside this one."""
    for i, lane in enumerate(lanes):
        if not any(_together(tie, other) for other in lane):
            lane.append(tie)
            return i
    lanes.append([tie])
    return len(lanes) - 1


def _together(a: Tie, b: Tie) -> bool:
    return (not a.end_day or a.end_day > b.start_day) and (not b.end_day or b.end_day > a.start_day)


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False, "hoverWidth": 0, "selectionWidth": 0, "chosen": False},
    "nodes": {"scaling": {"label": {"enabled": False}}, "chosen": False},
    "interaction": {
        "hover": False,
        "selectable": False,
        "dragNodes": False,
        "tooltipDelay": 1_000_000,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}
