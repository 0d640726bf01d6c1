"""Chains between two things: the best ones over a network, each hop with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from kg.errors import QueryError
from kg.network import LINKS, Link

_TRIED = 3000
"""Chains looked at, longer ones among them, before the search says that it stops."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain."""

    start: str
    """Label of where it begins."""
    goal: str
    """Label of where it ends."""
    link: Link
    """The evidence."""
    forward: bool
    """Whether the link is read from start to goal; if not, it is told from the goal's side."""

    @property
    def sentence(self) -> str:
        """The step in words, read in the direction in which it was recorded."""
        a, b = (self.start, self.goal) if self.forward else (self.goal, self.start)
        return f"{a} {self.link.label} {b}"


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain from start to goal."""

    nodes: tuple[str, ...]
    """The things it passes, as ``kind:key``."""
    labels: tuple[str, ...]
    """What a reader calls them."""
    hops: tuple[Hop, ...]
    """The steps between them."""
    cost: float
    """What its links cost together; smaller is closer. Only for comparison on one day."""

    def __str__(self) -> str:
        return " - ".join(self.labels)


def best(
    web: nx.MultiDiGraph,
    start: str,
    goal: str,
    *,
    k: int = 3,
    max_hops: int = 6,
    by: Iterable[str] = (),
    without: Iterable[str] = (),
) -> tuple[Chain, ...]:
    """The ``k`` chains of least cost, best first; equal costs in alphabetical order of their nodes.

    Args:
        web: A network of ``kg.network.project``.
        start: Where to begin, as ``kind:key``.
        goal: Where to end.
        k: How many chains.
        max_hops: Longest chain, in links.
        by: Kinds of link to follow; none means all.
        without: Kinds of link, or nodes as ``kind:key``, to leave out.

    Returns:
        Fewer than ``k`` where there are no more. An end that is not in the network has no chain.

    Raises:
        QueryError: A kind of link is unknown, or start and goal are the same.
    """
    allowed = set(by) or set(LINKS)
    banned = set(without)
    if unknown := sorted((allowed | {b for b in banned if ":" not in b}) - set(LINKS)):
        raise QueryError(f"no kind of link is called {unknown[0]!r}; known: {', '.join(LINKS)}")
    if start == goal:
        raise QueryError(f"start and goal are the same: {start}; name two things")
    plain = _simple(web, allowed - banned, banned - {start, goal})
    if start not in plain or goal not in plain or not nx.has_path(plain, start, goal):
        return ()
    found: list[Chain] = []
    for nodes in islice(nx.shortest_simple_paths(plain, start, goal, weight="cost"), _TRIED):
        if len(nodes) - 1 > max_hops:
            continue
        chain = _chain(web, plain, nodes)
        if len(found) >= k and chain.cost > found[k - 1].cost:
            break
        found.append(chain)
        if len(found) >= 4 * k:
            break
    return tuple(sorted(found, key=lambda c: (c.cost, c.nodes))[:k])


def _simple(web: nx.MultiDiGraph, kinds: set[str], banned: set[str]) -> nx.Graph:
    plain = nx.Graph()
    edges = sorted(web.edges(data=True), key=lambda e: (e[2]["cost"], e[0], e[1], e[2]["label"]))
    for a, b, data in edges:
        if data["kind"] in kinds and not {a, b} & banned and not plain.has_edge(a, b):
            plain.add_edge(a, b, cost=data["cost"], link=data["link"])
    return plain


def _chain(web: nx.MultiDiGraph, plain: nx.Graph, nodes: list[str]) -> Chain:
    labels = tuple(web.nodes[node]["label"] for node in nodes)
    hops = []
    cost = 0.0
    for i, (a, b) in enumerate(pairwise(nodes)):
        data = plain.edges[a, b]
        hops.append(Hop(labels[i], labels[i + 1], data["link"], data["link"].a == a))
        cost += data["cost"]
    return Chain(tuple(nodes), labels, tuple(hops), round(cost, 4))


def as_dict(chain: Chain) -> dict[str, Any]:
    """A chain as plain data: its things, and each hop with its evidence."""
    return {
        "nodes": list(chain.nodes),
        "labels": list(chain.labels),
        "cost": chain.cost,
        "hops": [{"text": hop.sentence, **asdict(hop.link)} for hop in chain.hops],
    }
