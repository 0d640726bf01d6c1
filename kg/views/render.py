"""A page of records as one HTML file: pyvis builds the network, our own template draws the page.

pyvis's template, ``show()`` and ``write_html()`` are never used: they reach for the net, run text
from data as script and settle for minutes (``docs``: views). Its network, its options and the copy
of vis-network that it carries are.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.errors import ExportError
from kg.output import files
from kg.output.text import bracketed
from kg.views import safe
from kg.views.drawing import Node, SourceRef, Tie
from kg.views.pages.model import NetworkPage, Page, PathPage, VotePage

VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""Of vis-network 9.1.2 as pyvis 0.3.2 carries it; another file is not put into a page."""
_VIS = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_HERE = Path(__file__).resolve().parent
_EVERY = ("core.js", "theme.js", "search.js", "table.js")
_DRAWN = (*_EVERY, "shapes.js", "labels.js", "graph.js", "picture.js", "panel.js")
_CODE = {
    NetworkPage: ("network", (*_DRAWN, "legend.js", "network.js")),
    PathPage: ("path", (*_DRAWN, "path.js")),
    VotePage: ("vote", (*_EVERY, "blocs.js", "vote.js")),
}
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


def render(page: Page) -> str:
    """The whole HTML file: same page, same text; it fetches nothing."""
    name, files = _CODE[type(page)]
    drawn = not isinstance(page, VotePage)
    code = "\n".join(_static(file) for file in files)
    scripts = [safe.script(f"(() => {{\n'use strict';\n{code}\n}})();\n")]
    if drawn:
        scripts.insert(0, safe.script(_vis()))
    style = _static("page.css")
    template = _templates().get_template(f"{name}.html.j2")
    return template.render(
        page=safe.plain(page),
        title=bracketed(page.title),
        subtitle=bracketed(page.subtitle),
        policy=safe.policy([str(script) for script in scripts], style),
        style=Markup(style),
        scripts=scripts,
        data=safe.island(_data(page, name)),
    )


def write(html: str, path: Path) -> None:
    """Write a page in UTF-8, whole or not at all.

    Raises:
        ExportError: The file cannot be written there.
    """
    files.replace(path, lambda file: file.write(html.encode("utf-8")))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _static(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")


@cache
def _vis() -> str:
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise ExportError("pyvis is not installed; install it with: pip install pyvis==0.3.2")
    path = Path(spec.origin).parent / _VIS
    try:
        code = path.read_bytes()
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}; install pyvis 0.3.2") from error
    if hashlib.sha256(code).hexdigest() != VIS_SHA256:
        found = importlib.metadata.version("pyvis")
        raise ExportError(f"{path} is not vis-network 9.1.2 (pyvis {found}); install pyvis 0.3.2")
    text = code.decode("utf-8").replace("\r\n", "\n")
    # the map is not here, and a browser's tools would ask for it
    return text.partition("//# sourceMappingURL=")[0].rstrip() + "\n"


def _data(page: Page, name: str) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": name, **safe.plain(page)}
    data["sources"] = {bracketed(source.key): _source(source) for source in page.sources}
    if isinstance(page, VotePage):
        return data
    data["ties"] = [{**safe.plain(tie), "strength": tie.strength} for tie in page.ties]
    data["vis"] = _network(page.nodes, page.ties)
    return data


def _source(source: SourceRef) -> dict[str, str]:
    told: dict[str, str] = safe.plain(source)
    told.pop("url", None)
    href = safe.link(source.url)
    return {**told, "href": href} if href else told


def _network(nodes: tuple[Node, ...], ties: tuple[Tie, ...]) -> dict[str, Any]:
    """The network as pyvis gives it to vis; ids are numbers, so no text of ours reaches vis."""
    from pyvis.network import Network

    # directed, because pyvis else compares each edge with all before it; arrows stay off
    network = Network(directed=True)
    index = {node.id: i for i, node in enumerate(nodes)}
    for i, node in enumerate(nodes):
        shape = _SHAPES.get(node.kind, "dot")
        network.add_node(i, label=" ", shape=shape, x=node.x, y=node.y, size=6, physics=False)
    for i, (tie, bend) in enumerate(zip(ties, _bends(nodes, ties), strict=True)):
        smooth = {"type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)}
        look = {"dashes": _DASHES[tie.strength], "smooth": {"enabled": True, **smooth}}
        if not bend:
            look["smooth"] = False
        network.add_edge(index[tie.source], index[tie.target], id=i, arrows="", **look)
    network.set_options(json.dumps(_OPTIONS))
    for drawn in network.nodes:
        drawn.update(label="")  # names are drawn by labels.js, which lets none overlap
        drawn.pop("color", None)
        drawn.pop("font", None)
    return {"nodes": network.nodes, "edges": network.edges, "options": network.options}


def _bends(nodes: tuple[Node, ...], ties: tuple[Tie, ...]) -> list[float]:
    """How far each tie bows out: those that would hide each other, or pass through a column."""
    column = {node.id: node.column for node in nodes}
    lanes: dict[tuple[str, str], list[list[Tie]]] = {}
    bends = []
    for tie in ties:
        pair = (min(tie.source, tie.target), max(tie.source, tie.target))
        held = lanes.setdefault(pair, [])
        free = (i for i, lane in enumerate(held) if not any(_together(tie, old) for old in lane))
        lane = next(free, len(held))
        if lane == len(held):
            held.append([])
        held[lane].append(tie)
        lane += abs(column[tie.source] - column[tie.target]) > 1
        side = 1 if lane % 2 else -1
        bend = side * 0.2 * ((lane + 1) // 2)
        bends.append(round(bend if tie.source == pair[0] else -bend, 2))
    return bends


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
