"""Graph to network: all the links of a day, and what each costs.

Nodes are states, organisations, officials, texts and votes. Where many meet (the United Nations, a vote that
most cast) a link costs more, so that a chain prefers what few share.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.words import LINKS
from kg.network import links as of_kind
from kg.network.links import Link
from kg.network.sides import Sides
from kg.rdf import iris
from kg.rdf.terms import LABEL, term

if TYPE_CHECKING:
    import networkx as nx

BASE = {
    "treaty": 0.5,
    "membership": 0.7,
    "seat": 0.7,
    "office": 0.6,
    "statement": 1.4,  # words about a state bind it to no one
    "sponsorship": 0.7,
    "vote": 0.8,
    "text": 0.6,
}
"""What a link costs before its hub is counted; smaller is a closer tie."""
_GATHERING = ("organisation", "document", "rollcall", "side")
"""Kinds of thing at which many can meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The links of a day as columns, in which chains are searched; evidence and labels come when shown."""

    nodes: tuple[str, ...]
    """The things that are linked, as ``kind:key``, in alphabetical order."""
    starts: NDArray[np.intp]
    """Shape [link]: where each begins, as the place in ``nodes``."""
    goals: NDArray[np.intp]
    """Shape [link]: where each ends."""
    kinds: NDArray[np.int8]
    """Shape [link]: its kind, as the place in ``LINKS``."""
    costs: NDArray[np.float64]
    """Shape [link]: what it costs; smaller is closer, without a unit."""
    link: Callable[[int], Link]
    """From the number of a link to itself, with its evidence."""
    label: Callable[[str], str]
    """From a node to what a reader calls it."""

    def __contains__(self, name: str) -> bool:
        place = bisect_left(self.nodes, name)
        return place < len(self.nodes) and self.nodes[place] == name

    def place(self, name: str) -> int:
        """Where a node that the network has stands in ``nodes``."""
        return bisect_left(self.nodes, name)


def network(snapshot: Snapshot, on: date | None = None) -> Network:
    """What held on a day and what had happened by then; None takes everything at any time."""
    sides = Sides(snapshot, on)
    links = [
        *of_kind.memberships(snapshot, on),
        *of_kind.seats(snapshot, on),
        *of_kind.offices(snapshot, on),
        *of_kind.statements(snapshot, on),
        *of_kind.texts(snapshot, sides.voted, on),
    ]
    links.sort(key=lambda link: (link.a, link.b, link.label))  # of equals, a chain takes the first
    nodes = tuple(sorted(sides.nodes.union(*((link.a, link.b) for link in links))))
    index = {name: place for place, name in enumerate(nodes)}
    begins, ends = sides.ends(index)
    starts = np.concatenate([_places(index, [link.a for link in links]), begins])
    goals = np.concatenate([_places(index, [link.b for link in links]), ends])
    kinds = np.full(len(starts), LINKS.index("vote"), dtype=np.int8)
    kinds[: len(links)] = [LINKS.index(link.kind) for link in links]
    kinds[len(links) : len(links) + sides.text_count] = LINKS.index("text")
    hubs = _hubs(nodes, starts, goals)
    return Network(
        nodes=nodes,
        starts=starts,
        goals=goals,
        kinds=kinds,
        costs=_costs(links, kinds, hubs),
        link=lambda i: links[i] if i < len(links) else sides.link(i - len(links)),
        label=lambda name: _label(snapshot, sides, name),
    )


def project(snapshot: Snapshot, on: date | None = None) -> nx.MultiDiGraph:
    """The network of a day for networkx, with everything that is known of each link.

    Args:
        snapshot: The graph.
        on: The day; None takes everything at any time.

    Returns:
        Nodes ``kind:key`` with ``kind`` and ``label``; edges with ``link`` (a ``Link``), ``kind``,
        ``label``, ``start``, ``end``, ``sources`` (joined by spaces) and ``cost``.
    """
    import networkx as nx

    of_day = network(snapshot, on)
    web = nx.MultiDiGraph(on=on.isoformat() if on else "")
    for name in of_day.nodes:
        web.add_node(name, kind=name.partition(":")[0], label=of_day.label(name))
    for number, cost in enumerate(of_day.costs.tolist()):
        link = of_day.link(number)
        web.add_edge(
            link.a,
            link.b,
            link=link,
            kind=link.kind,
            label=link.label,
            start=link.start,
            end=link.end,
            sources=" ".join(link.sources),
            cost=cost,
        )
    return web


def _places(index: dict[str, int], names: list[str]) -> NDArray[np.intp]:
    return np.array([index[name] for name in names], dtype=np.intp)


def _hubs(
    nodes: Sequence[str], starts: NDArray[np.intp], goals: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Shape [link]: how many links meet at the busier of its ends, where that gathers; else 1."""
    counts = np.bincount(np.concatenate([starts, goals]), minlength=len(nodes))
    gathers = np.array([name.startswith(_GATHERING) for name in nodes], dtype=bool)
    counts[~gathers] = 1
    return np.maximum(counts[starts], counts[goals])


def _costs(
    links: list[Link], kinds: NDArray[np.int8], hubs: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Shape [link]: what each costs; those after ``links`` are plain and cost what kind and hub say."""
    costs = np.empty(len(kinds))
    costs[: len(links)] = [
        _cost(link, hub) for link, hub in zip(links, hubs[: len(links)].tolist(), strict=True)
    ]
    for kind, name in enumerate(LINKS):
        plain = np.nonzero(kinds[len(links) :] == kind)[0] + len(links)
        sizes, where = np.unique(hubs[plain], return_inverse=True)
        prices = np.array([round(_price(name, size), 6) for size in sizes.tolist()], dtype=float)
        costs[plain] = prices[where]
    return costs


def _cost(link: Link, hub: int) -> float:
    cost = _price(link.kind, hub)
    if "defence" in link.obligations:
        cost *= 0.8
    if link.role and (link.suspended or not link.is_member):
        cost *= 1.5  # an observer or a suspended member is further off than a member
    return round(cost, 6)


def _price(kind: str, hub: int) -> float:
    return BASE[kind] * math.log2(1 + hub)


def _label(snapshot: Snapshot, sides: Sides, name: str) -> str:
    """The symbol of a text, the label of any other thing."""
    if name.startswith("side:"):
        return sides.label(name)
    iri = iris.expand(name)
    symbol = things.values(snapshot.store, iri, term("symbol"))
    label = symbol or things.values(snapshot.store, iri, LABEL)
    return label[0] if label else name
