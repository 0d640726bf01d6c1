"""Ways through a weighted graph, cheapest first, none longer than so many steps.

networkx lists shortest paths without a limit on their steps, and the short way that is wanted may stand
behind thousands of cheaper long ones. Here what is left to pay within the steps that are left is worked out
for all nodes at once, so that the search walks hardly anywhere but along an answer: each way is found as a
deviation from another (J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science
17, 1971).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DIGITS = 9
"""Costs that differ in later digits are equal."""

Payments = list[NDArray[np.float64]]
"""What each node has to pay to the goal within 0, 1, 2 ... steps, infinite where it cannot reach it; each of
shape [node]."""


class Neighbours:
    """A graph without direction: the neighbours of each node, in order of their numbers.

    Args:
        count: How many nodes there are.
        a: Shape [edge]: one end of each edge. No two edges join the same two nodes.
        b: Shape [edge]: the other.
        costs: Shape [edge]: what each costs, above 0.
    """

    def __init__(
        self,
        count: int,
        a: NDArray[np.intp],
        b: NDArray[np.intp],
        costs: NDArray[np.float64],
    ) -> None:
        begins, ends = np.concatenate([a, b]), np.concatenate([b, a])
        order = np.lexsort((ends, begins))
        self._ends = ends[order]
        self._costs = np.concatenate([costs, costs])[order]
        self._edges = np.concatenate([np.arange(len(a)), np.arange(len(a))])[order]
        self._from = np.searchsorted(begins[order], np.arange(count + 1))
        self._linked = np.nonzero(np.diff(self._from))[0]

    def of(self, node: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The neighbours of a node, and what each costs from there."""
        row = slice(self._from[node], self._from[node + 1])
        return self._ends[row], self._costs[row]

    def edge(self, a: int, b: int) -> int:
        """The number of the edge between two neighbours."""
        begin, end = self._from[a], self._from[a + 1]
        return int(self._edges[begin + np.searchsorted(self._ends[begin:end], b)])

    def left(self, goal: int, steps: int, without: Sequence[int] = ()) -> Payments:
        """What each node has to pay to the goal within 0, 1, ... steps, when some nodes may not be passed."""
        paid = np.full(len(self._from) - 1, np.inf)
        paid[goal] = 0.0
        table = [paid]
        for _ in range(steps):
            nearer = table[-1].copy()
            ways = self._costs + nearer[self._ends]
            if len(self._linked):
                best = np.minimum.reduceat(ways, self._from[self._linked])
                nearer[self._linked] = np.minimum(nearer[self._linked], best)
            nearer[list(without)] = np.inf
            if np.array_equal(nearer, table[-1]):
                break
            table.append(nearer)
        return table + table[-1:] * (steps + 1 - len(table))


@dataclass(slots=True)
class _Deviations:
    """The ways on from the end of a way, cheapest first, as far as they were not yet taken."""

    nodes: tuple[int, ...]
    """The way so far."""
    paid: float
    """What it costs."""
    table: Payments
    """What is left to pay; too little where the cheapest way on would pass a node of this one."""
    exact: bool
    """Whether the table leaves out the nodes of this way, so that it is never too little."""
    following: Iterator[tuple[float, int, float]]
    """What a way costs in all by the table, its next node, and what it costs up to there."""
    taken: set[int]
    """Next nodes that were taken."""


def by_cost(graph: Neighbours, start: int, goal: int, steps: int) -> Iterator[tuple[int, ...]]:
    """Ways from start to goal that pass no node twice, cheapest first, equals in order of their nodes."""
    heap: list[tuple[float, tuple[int, ...], float, _Deviations]] = []

    def push_next(way: _Deviations) -> None:
        for total, node, paid in way.following:
            if node not in way.taken:
                heapq.heappush(heap, (total, (*way.nodes, node), paid, way))
                return

    push_next(_deviations(graph, (start,), 0.0, graph.left(goal, steps), steps))
    while heap:
        _, nodes, paid, parent = heapq.heappop(heap)
        left = steps + 1 - len(nodes)
        if not parent.exact and not _leads_on(graph, nodes, goal, parent.table, left):
            table = graph.left(goal, left, parent.nodes)
            exact = _deviations(graph, parent.nodes, parent.paid, table, steps, exact=True)
            exact.taken = parent.taken
            push_next(exact)
            continue
        parent.taken.add(nodes[-1])
        push_next(parent)
        if nodes[-1] == goal:
            yield nodes
        elif left:
            push_next(_deviations(graph, nodes, paid, parent.table, steps))


def _deviations(
    graph: Neighbours,
    nodes: tuple[int, ...],
    paid: float,
    table: Payments,
    steps: int,
    *,
    exact: bool = False,
) -> _Deviations:
    ends, costs = graph.of(nodes[-1])
    sums = paid + costs
    totals = np.round(sums + table[steps - len(nodes)][ends], _DIGITS)
    totals[np.isin(ends, nodes)] = np.inf
    order = np.argsort(totals, kind="stable")
    order = order[: np.count_nonzero(np.isfinite(totals))]
    following = zip(totals[order].tolist(), ends[order].tolist(), sums[order].tolist(), strict=True)
    return _Deviations(nodes, paid, table, exact, following, set())


def _leads_on(
    graph: Neighbours, nodes: tuple[int, ...], goal: int, table: Payments, left: int
) -> bool:
    """Whether the cheapest way on by the table passes none of the nodes again."""
    node = nodes[-1]
    while node != goal:
        left -= 1
        ends, costs = graph.of(node)
        node = int(ends[np.argmin(costs + table[left][ends])])
        if node in nodes:
            return False
    return True
