"""Where things are drawn: seeded coordinates of a network, rows in the columns of a few chains.

Distances are schematic. Nothing here depends on the order of the input or on the machine's BLAS:
the same graph and the same seed give the same coordinates.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from statistics import mean

import networkx as nx
import numpy as np
from numpy.typing import NDArray

FRAME = (1500.0, 1000.0)
"""Width and height that the coordinates fill, about the origin."""
_ROUNDS = 300
_SPREAD = 0.5
"""Share of a coordinate's rank in it: 0 keeps the knots of a force layout, 1 is an even grid."""
_ROOM = (58.0, 34.0)
"""Least distance across and down, so that a name fits beside a dot."""

Points = NDArray[np.float64]
Place = dict[Hashable, tuple[float, float]]


def positions(graph: nx.Graph, seed: int = 1) -> Place:
    """Coordinates of every node, within ``FRAME`` about the origin, y down.

    Tied things lie near each other; ``weight`` of an edge (default 1) says how much.
    Nodes without an edge lie where the drawing is empty, or in rows below it.
    """
    names = sorted(graph, key=lambda node: (str(node), repr(node)))
    tied = [node for node in names if any(other != node for other in graph.adj[node])]
    alone = [node for node in names if node not in set(tied)]
    place: Place = {}
    if tied:
        pull = _weights(graph, tied)
        points = _apart(_fill(_level(_forces(pull, seed))), pull.sum(axis=1))
        place.update({n: (x, y) for n, (x, y) in zip(tied, points.tolist(), strict=True)})
    place.update(_aside(alone, place))
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in place.items()}


def _weights(graph: nx.Graph, nodes: list[Hashable]) -> Points:
    index = {node: i for i, node in enumerate(nodes)}
    pull = np.zeros((len(nodes), len(nodes)))
    for a, b, weight in graph.edges(data="weight", default=1.0):
        if a != b:
            i, j = index[a], index[b]
            pull[i, j] = pull[j, i] = pull[i, j] + weight
    return pull


def _forces(pull: Points, seed: int) -> Points:
    """A force layout with many-neighbour nodes held back, so that hubs do not swallow it all."""
    count = len(pull)
    x, y = np.random.default_rng(seed).normal(size=(2, count))
    degree = pull.sum(axis=1)
    # a hub's ties are softened: an organisation of 55 must not crush its members into a point
    soft = pull / np.sqrt(np.maximum(np.minimum.outer(degree, degree), 1.0))
    mass = 1.0 + np.sqrt(degree)
    push = 0.02 * mass[:, None] * mass[None, :]
    for step in range(_ROUNDS):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        force = push / (dx * dx + dy * dy + 1e-4) - soft
        move_x = (force * dx).sum(axis=1) - 0.05 * mass * x
        move_y = (force * dy).sum(axis=1) - 0.05 * mass * y
        length = np.sqrt(move_x * move_x + move_y * move_y) + 1e-9
        reach = 0.25 * (1.0 - step / _ROUNDS) + 0.002
        share = np.minimum(length * 0.2, reach) / length
        x, y = x + move_x * share, y + move_y * share
    return np.stack([x, y], axis=1)


def _level(points: Points) -> Points:
    """Turned so that the longest axis lies across."""
    points = points - points.mean(axis=0)
    x, y = points[:, 0], points[:, 1]
    angle = 0.5 * np.arctan2(2.0 * (x * y).sum(), (x * x - y * y).sum())
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([x * cos + y * sin, y * cos - x * sin], axis=1)


def _fill(points: Points) -> Points:
    """Each axis blended with its ranks: keeps order and clusters, removes empty middles."""
    filled = np.zeros_like(points)
    for axis, span in enumerate(FRAME):
        values = points[:, axis]
        ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable")
        width = max(float(values.max() - values.min()), 1e-9)
        even = ranks / max(len(values) - 1, 1)
        share = (1 - _SPREAD) * (values - values.min()) / width + _SPREAD * even
        filled[:, axis] = (share - 0.5) * span if len(values) > 1 else 0.0
    return filled


def _apart(points: Points, degree: Points) -> Points:
    """Pushed apart until each has room for its name, hubs for more, as far as that helps."""
    count = len(points)
    crowd = min(1.0, FRAME[0] * FRAME[1] / (count * 2.1 * _ROOM[0] * _ROOM[1]) + 0.1)
    across, down = _ROOM[0] * crowd, _ROOM[1] * crowd
    need = 0.9 + 0.09 * np.minimum(np.sqrt(degree), 8.0)
    need = np.maximum((need[:, None] + need[None, :]) / 2.0, 1.0)
    np.fill_diagonal(need, 0.0)
    # two on one spot have no direction to part in, so each gets a step of its own
    turn = np.arange(count) * 2.399963
    x, y = points[:, 0] + np.cos(turn) * 0.01, points[:, 1] + np.sin(turn) * 0.01
    for _ in range(140):
        dx, dy = (x[:, None] - x[None, :]) / across, (y[:, None] - y[None, :]) / down
        length = np.sqrt(dx * dx + dy * dy) + 1e-9
        lack = np.maximum(need - length, 0.0) / length * 0.35
        if not lack.any():
            break
        x = np.clip(x + (lack * dx).sum(axis=1) * across, -FRAME[0] / 2, FRAME[0] / 2)
        y = np.clip(y + (lack * dy).sum(axis=1) * down, -FRAME[1] / 2, FRAME[1] / 2)
    return np.stack([x, y], axis=1)


def _aside(nodes: list[Hashable], taken: Place) -> Place:
    """Spots for what is tied to nothing: where the drawing is empty from below, else under it."""
    step_x, step_y = _ROOM[0] * 2.0, _ROOM[1] * 1.5
    across = int(FRAME[0] // step_x)
    spots = (
        ((column - (across - 1) / 2) * step_x, FRAME[1] / 2 - row * step_y)
        for row in (*range(int(FRAME[1] // step_y)), *range(-1, -len(nodes) - 1, -1))
        for column in range(across)
    )
    free = (
        (x, y)
        for x, y in spots
        if all(abs(x - u) > step_x or abs(y - v) > step_y for u, v in taken.values())
    )
    return dict(zip(nodes, free, strict=False))


def rows(nodes: Iterable[str], ranks: Mapping[str, list[int]], count: int) -> dict[str, float]:
    """Where the nodes of one column stand: from -0.5 at the top to 0.5, no two too close.

    Args:
        nodes: Those of the column.
        ranks: Node to the ranks of the chains that it is on, from 0; it stands near their mean.
        count: How many chains there are.
    """
    wish = {node: (mean(ranks[node]) + 0.5) / count - 0.5 for node in nodes}
    order = sorted(wish, key=lambda node: (wish[node], node))
    least = 1.0 / max(len(order), count)
    rows: dict[str, float] = {}
    row = -1.0
    for node in order:
        row = max(wish[node], row + least)
        rows[node] = row
    drift = mean(rows[node] - wish[node] for node in order)
    lowest, highest = rows[order[0]] - drift, rows[order[-1]] - drift
    back = max(-0.5 - lowest, 0.0) - max(highest - 0.5, 0.0)
    return {node: row - drift + back for node, row in rows.items()}
