"""The page of who is bound to whom: all alliances, treaties and memberships, on any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import ClassVar

from kg.graph.snapshot import Snapshot, coverage
from kg.network import links
from kg.network.links import Link
from kg.views import elements
from kg.views.drawing import STRENGTHS, Node, Tie, check_drawing
from kg.views.page import DRAWING_SCRIPTS, PageFiles, SourceRef, check_days, check_present

_FAINT = 0.12
"""What a tie that is not in force on the day, or is hidden, weighs in the layout beside one shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """Who is bound to whom, on any day of the record."""

    files: ClassVar = PageFiles(
        name="network", scripts=(*DRAWING_SCRIPTS, "legend.js", "network.js")
    )
    title: str
    """A sentence or a question."""
    subtitle: str = ""
    """What is drawn, in one line."""
    on: str
    """The day the page opens on, ISO."""
    nodes: tuple[Node, ...]
    """Everything that can be shown, whatever the day."""
    ties: tuple[Tie, ...]
    """Every tie that can be shown, whatever the day."""
    sources: tuple[SourceRef, ...] = ()
    """Every source that a node or a tie names."""
    known: str = ""
    """The last day up to which the facts are known, ISO."""
    hide: tuple[str, ...] = ("none",)
    """Strengths of tie that are off when the page opens."""

    def __post_init__(self) -> None:
        check_days(self.on, self.known)
        check_present("strength", self.hide, STRENGTHS)
        check_drawing(self.nodes, self.ties, self.sources)


def build(snapshot: Snapshot, on: date) -> NetworkPage:
    """Every state and what it ever belonged to, opened on a day."""
    ties = elements.ties(_folded(snapshot, links.memberships(snapshot)))
    day = on.isoformat()
    nodes = _nodes(snapshot, ties, day)
    page = NetworkPage(
        title="Who is bound to whom: alliances, treaties and memberships",
        subtitle="Each state is tied to the organisations and treaties it belongs to on the day shown",
        on=day,
        nodes=nodes,
        ties=ties,
        sources=elements.cited(snapshot, nodes, ties),
        known=coverage(snapshot, ("alliances",))[1].isoformat(),
    )
    return placed(page)


def placed(page: NetworkPage, seed: int = 1) -> NetworkPage:
    """The same page with coordinates: ties in force on its day, and shown, weigh most."""
    import networkx as nx

    from kg.views import layout

    graph = nx.Graph()
    graph.add_nodes_from(node.id for node in page.nodes)
    for tie in page.ties:
        weight = 1.0 if tie.holds(page.on) else _FAINT
        if tie.strength in page.hide:
            weight *= _FAINT
        before = graph.get_edge_data(tie.source, tie.target, {"weight": 0.0})["weight"]
        graph.add_edge(tie.source, tie.target, weight=max(before, weight))
    at = layout.positions(graph, seed)
    nodes = tuple(replace(node, x=at[node.id][0], y=at[node.id][1]) for node in page.nodes)
    return replace(page, nodes=nodes)


def _nodes(snapshot: Snapshot, ties: Iterable[Tie], day: str) -> tuple[Node, ...]:
    """The ends of the ties, as prominent as they have ties in force that day among their kind."""
    ends = {end for tie in ties for end in (tie.source, tie.target)}
    in_force = Counter(end for tie in ties if tie.holds(day) for end in (tie.source, tie.target))
    most: Counter[str] = Counter()
    for end, count in in_force.items():
        kind = end.partition(":")[0]
        most[kind] = max(most[kind], count)
    return tuple(
        elements.node(snapshot, end, size=in_force[end] / (most[end.partition(":")[0]] or 1))
        for end in sorted(ends)
    )


def _folded(snapshot: Snapshot, memberships: Iterable[Link]) -> Iterator[Link]:
    """The links, a treaty between two states folded into one link from one to the other."""
    by_organisation: dict[str, list[Link]] = {}
    for link in memberships:
        by_organisation.setdefault(link.b, []).append(link)
    for name, parties in by_organisation.items():
        states = sorted({link.a for link in parties})
        if len(states) != 2 or any(link.role != "party" for link in parties):
            yield from parties
            continue
        title = elements.title(elements.organisation(snapshot, name))
        first, second = ([link for link in parties if link.a == state] for state in states)
        for one, other in product(first, second):
            yield from _between(one, other, title)


def _between(one: Link, other: Link, title: str) -> Iterator[Link]:
    """The link between two parties to a treaty, where both were that on one day."""
    later = max(one, other, key=lambda link: link.start_day)
    sooner = min(one, other, key=lambda link: link.end_day or "9999")
    if not sooner.end_day or later.start_day < sooner.end_day:
        yield replace(
            later,
            b=other.a if later is one else one.a,
            label=title,
            end=sooner.end,
            end_day=sooner.end_day,
            sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
            unchecked=one.unchecked or other.unchecked,
        )
