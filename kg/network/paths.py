"""Chains between two things: the best ones over a network, each hop with its evidence."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from kg.errors import QueryError
from kg.network.links import LINKS, Link

_EQUALS = 4
"""How many times ``k`` chains of one cost are looked at to put equals in alphabetical order."""


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
        web: A network of ``kg.network.web.project``.
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
    if k < 1 or max_hops < 1:
        raise QueryError("k and max_hops are at least 1")
    if start == goal:
        raise QueryError(f"start and goal are the same: {start}; name two things")
    plain = _simple(web, allowed - banned, banned - {start, goal})
    found: list[Chain] = []
    for nodes in _by_cost(plain, start, goal, max_hops):
        chain = _chain(web, plain, nodes)
        if len(found) >= k and chain.cost > found[k - 1].cost:
            break
        found.append(chain)
        if len(found) >= _EQUALS * k:
            break
    return tuple(sorted(found, key=lambda c: (c.cost, c.nodes))[:k])


def _by_cost(plain: nx.Graph, start: str, goal: str, max_hops: int) -> Iterator[tuple[str, ...]]:
    """Chains without a loop, cheapest first, none longer than allowed.

    networkx lists shortest paths without a limit on their links, and the short one asked for may
    stand behind thousands of cheaper long ones. Here what is left to pay within the links that are
    left is known exactly for every node, so the search walks hardly anywhere but along an answer.
    """
    if start not in plain or goal not in plain:
        return
    left = _left(plain, goal, max_hops)
    if start not in left[max_hops]:
        return
    heap: list[tuple[float, tuple[str, ...], float]] = [(left[max_hops][start], (start,), 0.0)]
    while heap:
        _, nodes, paid = heapq.heappop(heap)
        if nodes[-1] == goal:
            yield nodes
            continue
        within = left[max_hops - len(nodes)]
        for node, edge in plain.adj[nodes[-1]].items():
            if node in within and node not in nodes:
                cost = paid + edge["cost"]
                heapq.heappush(heap, (round(cost + within[node], 9), (*nodes, node), cost))


def _left(plain: nx.Graph, goal: str, max_hops: int) -> list[dict[str, float]]:
    """What each node has to pay to the goal within 0, 1, 2 ... links; absent where it cannot."""
    left = [{goal: 0.0}]
    for _ in range(max_hops):
        nearer = dict(left[-1])
        for node, paid in left[-1].items():
            for other, edge in plain.adj[node].items():
                cost = paid + edge["cost"]
                if cost < nearer.get(other, math.inf):
                    nearer[other] = cost
        left.append(nearer)
    return left


def _simple(web: nx.MultiDiGraph, kinds: set[str], banned: set[str]) -> nx.Graph:
    plain = nx.Graph()
    edges = sorted(web.edges(data=True), key=lambda e: (e[2]["cost"], e[0], e[1], e[2]["label"]))
    for a, b, data in edges:
        if data["kind"] in kinds and not {a, b} & banned and not plain.has_edge(a, b):
            plain.add_edge(a, b, cost=data["cost"], link=data["link"])
    return plain


def _chain(web: nx.MultiDiGraph, plain: nx.Graph, nodes: tuple[str, ...]) -> Chain:
    labels = tuple(web.nodes[node]["label"] for node in nodes)
    hops = []
    cost = 0.0
    for i, (a, b) in enumerate(pairwise(nodes)):
        data = plain.edges[a, b]
        hops.append(Hop(labels[i], labels[i + 1], data["link"], data["link"].a == a))
        cost += data["cost"]
    return Chain(nodes, labels, tuple(hops), round(cost, 4))


def as_dict(chain: Chain) -> dict[str, Any]:
    """A chain as plain data: its things, and each hop with its evidence."""
    return {
        "nodes": list(chain.nodes),
        "labels": list(chain.labels),
        "cost": chain.cost,
        "hops": [{"text": hop.sentence, **asdict(hop.link)} for hop in chain.hops],
    }
