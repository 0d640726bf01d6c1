"""The page of a few chains between two things, from left to right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kg.errors import RecordError
from kg.graph.snapshot import Snapshot
from kg.network.paths import Chain
from kg.views import elements
from kg.views.drawing import Node, Tie, check_drawing
from kg.views.page import DRAWING_SCRIPTS, PageFiles, SourceRef, check_days, check_present


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnChain:
    """One way from the first thing to the last."""

    nodes: tuple[str, ...]
    """Ids of its nodes in order."""
    ties: tuple[str, ...]
    """Ids of its ties in order, one fewer than nodes."""
    label: str = ""
    """What tells it from the others; empty for the names along it."""
    note: str = ""
    """A remark for the reader, such as its cost."""

    def __post_init__(self) -> None:
        if len(self.nodes) != len(self.ties) + 1 or not self.ties:
            raise RecordError("a chain has one tie or more, and one node more than ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage:
    """A few chains between two things, from left to right."""

    files: ClassVar = PageFiles(name="path", scripts=(*DRAWING_SCRIPTS, "path.js"))
    title: str
    """A sentence or a question."""
    subtitle: str = ""
    """How the chains were chosen, in one line."""
    on: str = ""
    """The day on which every tie was in force, ISO; empty for any day."""
    chains: tuple[DrawnChain, ...]
    """The chains, best first; empty where there is none."""
    nodes: tuple[Node, ...]
    """Every node of a chain."""
    ties: tuple[Tie, ...]
    """Every tie of a chain."""
    sources: tuple[SourceRef, ...] = ()
    """Every source that a node or a tie names."""

    def __post_init__(self) -> None:
        check_days(self.on)
        check_drawing(self.nodes, self.ties, self.sources)
        ends = {tie.id: {tie.source, tie.target} for tie in self.ties}
        for chain in self.chains:
            check_present("tie", chain.ties, ends)
            check_present("node", chain.nodes, (node.id for node in self.nodes))
            for tie, *hop in zip(chain.ties, chain.nodes, chain.nodes[1:], strict=False):
                if ends[tie] != set(hop):
                    raise RecordError(f"tie {tie!r} does not join {hop[0]!r} and {hop[1]!r}")


def build(snapshot: Snapshot, chains: tuple[Chain, ...], on: date) -> PathPage:
    """The page of some chains between two things, at least one.

    Args:
        snapshot: The graph.
        chains: The chains, best first.
        on: The day on which they hold.
    """
    start, goal = chains[0].labels[0], chains[0].labels[-1]
    links = {elements.tie_id(hop.link): hop.link for chain in chains for hop in chain.hops}
    ties = elements.ties(links.values())
    labels = {
        name: label
        for chain in chains
        for name, label in zip(chain.nodes, chain.labels, strict=True)
    }
    nodes = tuple(elements.node(snapshot, name, label=label) for name, label in labels.items())
    page = PathPage(
        title=f"How {start} and {goal} are connected",
        subtitle="The closest chains first; what few share counts as closer than what many share",
        on=on.isoformat(),
        chains=tuple(map(_drawn, chains)),
        nodes=nodes,
        ties=ties,
        sources=elements.cited(snapshot, nodes, ties),
    )
    return placed(page)


def _drawn(chain: Chain) -> DrawnChain:
    return DrawnChain(
        nodes=chain.nodes,
        ties=tuple(elements.tie_id(hop.link) for hop in chain.hops),
        note=f"cost {chain.cost:g}",
    )


def placed(page: PathPage) -> PathPage:
    """The same page with each node in the column of its first hop and near its chains' rows."""
    from kg.views import layout

    deepest = max((len(chain.ties) for chain in page.chains), default=1)
    columns: dict[str, int] = {}
    ranks: dict[str, list[int]] = {}
    for rank, chain in enumerate(page.chains):
        for i, name in enumerate(chain.nodes):
            columns.setdefault(name, deepest if i == len(chain.ties) else i)
            ranks.setdefault(name, []).append(rank)
    rows: dict[str, float] = {}
    for column in set(columns.values()):
        names = [name for name in columns if columns[name] == column]
        rows.update(layout.rows(names, ranks, len(page.chains)))
    width, height = layout.FRAME
    nodes = []
    for node in page.nodes:
        if node.id in columns:
            column = columns[node.id]
            x, y = (column / deepest - 0.5) * width, rows[node.id] * height
            node = replace(node, column=column, x=round(x, 1), y=round(y, 1))
        nodes.append(node)
    return replace(page, nodes=tuple(nodes))
