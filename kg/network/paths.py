"""Chains between two things: the best ones over a network, each hop with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import QueryError
from kg.model.words import LINKS, OBLIGATIONS, UNASKED
from kg.network.links import EVIDENCE, Link
from kg.network.search import Neighbours, by_cost
from kg.network.web import Network

_EQUALS = 4
"""How many times ``k`` chains of one cost are looked at to put equals in alphabetical order."""

_Way = tuple[float, tuple[int, ...], list[int]]
"""What it costs, the places of its nodes in the network, and the numbers of its links."""


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
    """Whether the link leads from start to goal; if not, the sentence is read from the goal's side."""

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

    def as_dict(self) -> dict[str, Any]:
        """The chain as plain data: its things, and each hop with its evidence."""
        return {
            "nodes": list(self.nodes),
            "labels": list(self.labels),
            "cost": self.cost,
            "hops": [
                {"text": hop.sentence, **{name: getattr(hop.link, name) for name in EVIDENCE}}
                for hop in self.hops
            ],
        }

    def __str__(self) -> str:
        return " - ".join(self.labels)


def best(
    network: Network,
    start: str,
    goal: str,
    *,
    k: int = 3,
    max_hops: int = 6,
    by: Iterable[str] = (),
    without: Iterable[str] = (),
    obligation: Iterable[str] = (),
) -> tuple[Chain, ...]:
    """The ``k`` chains of least cost, best first; equal costs in alphabetical order of their nodes.

    Args:
        network: The links of a day, from ``kg.network.web.network``.
        start: Where to begin, as ``kind:key``.
        goal: Where to end.
        k: How many chains.
        max_hops: Longest chain, in links.
        by: Kinds of link to follow; none means all but ``UNASKED``.
        without: Kinds of link, or nodes as ``kind:key``, to leave out.
        obligation: Follow only treaties that bind to one of these; none means all links.

    Returns:
        Fewer than ``k`` where there are no more. An end that is not in the network has no chain.

    Raises:
        QueryError: A kind of link or an obligation is unknown, or the two are at odds; a number is not
            positive, or both ends are the same.
    """
    allowed = set(by) or set(LINKS) - set(UNASKED)
    banned = set(without)
    if unknown := sorted((allowed | {b for b in banned if ":" not in b}) - set(LINKS)):
        raise QueryError(f"no kind of link is called {unknown[0]!r}", allowed=LINKS)
    wanted = _obligations(obligation, allowed - banned)
    if k < 1 or max_hops < 1:
        raise QueryError("k and max_hops are at least 1")
    if start == goal:
        raise QueryError(f"start and goal are the same: {start}; name two things")
    if start not in network or goal not in network:
        return ()
    kinds = {"treaty"} if wanted else allowed - banned
    followed = _followed(network, kinds, banned - {start, goal}, wanted)
    ends = network.place(start), network.place(goal)
    ways = sorted(_ways(network, followed, ends, k, max_hops))
    return tuple(_chain(network, *way) for way in ways[:k])


def _obligations(names: Iterable[str], kinds: Collection[str]) -> frozenset[str]:
    """The obligations that are asked for, which treaties alone carry."""
    wanted = frozenset(names)
    if unknown := sorted(wanted - set(OBLIGATIONS)):
        raise QueryError(f"no obligation is called {unknown[0]!r}", allowed=OBLIGATIONS)
    if wanted and "treaty" not in kinds:
        raise QueryError("only a treaty carries an obligation", remedy="follow links of that kind")
    return wanted


def _ways(
    network: Network, followed: NDArray[np.intp], ends: tuple[int, int], k: int, max_hops: int
) -> list[_Way]:
    """The ``k`` ways of least cost and those that cost the same as the last, as far as they are looked at."""
    graph = Neighbours(
        len(network.nodes),
        network.starts[followed],
        network.goals[followed],
        network.costs[followed],
    )
    ways: list[_Way] = []
    for nodes in by_cost(graph, *ends, max_hops):
        numbers = followed[[graph.edge(a, b) for a, b in pairwise(nodes)]]
        cost = round(float(np.cumsum(network.costs[numbers])[-1]), 4)
        if len(ways) >= k and cost > ways[k - 1][0]:
            break
        ways.append((cost, nodes, numbers.tolist()))
        if len(ways) >= _EQUALS * k:
            break
    return ways


def _followed(
    network: Network,
    kinds: Collection[str],
    banned: Collection[str],
    obligations: frozenset[str] = frozenset(),
) -> NDArray[np.intp]:
    """Numbers of the links of these kinds, without some nodes; of several between two nodes the cheapest.

    Where obligations are given, only links that carry one of them.
    """
    is_followed = np.isin(network.kinds, [LINKS.index(kind) for kind in kinds])
    for name in banned:
        if name in network:
            place = network.place(name)
            is_followed &= (network.starts != place) & (network.goals != place)
    numbers = np.nonzero(is_followed)[0]
    if obligations:
        carried = (obligations & set(network.link(i).obligations) for i in numbers.tolist())
        numbers = numbers[np.fromiter(map(bool, carried), dtype=bool, count=len(numbers))]
    a, b = network.starts[numbers], network.goals[numbers]
    pairs = np.minimum(a, b) * len(network.nodes) + np.maximum(a, b)
    order = np.lexsort((b, a, network.costs[numbers], pairs))
    return numbers[order[np.diff(pairs[order], prepend=-1) > 0]]


def _chain(network: Network, cost: float, nodes: tuple[int, ...], numbers: list[int]) -> Chain:
    names = tuple(network.nodes[node] for node in nodes)
    labels = tuple(map(network.label, names))
    links = map(network.link, numbers)
    hops = tuple(
        Hop(labels[i], labels[i + 1], link, link.a == names[i]) for i, link in enumerate(links)
    )
    return Chain(names, labels, hops, cost)
