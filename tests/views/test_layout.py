from __future__ import annotations

import math
from itertools import pairwise

import networkx as nx

from kg.views import layout


def bipartite(states: int, organisations: int) -> nx.Graph:
    graph = nx.Graph()
    for i in range(states):
        for j in range(organisations):
            if (i * 7 + j * 3) % 5 == 0 or i % organisations == j:
                graph.add_edge(f"s{i}", f"o{j}")
    return graph


def test_the_same_graph_and_seed_give_the_same_coordinates() -> None:
    graph = bipartite(40, 6)
    assert layout.positions(graph, 3) == layout.positions(graph, 3)
    assert layout.positions(graph, 3) != layout.positions(graph, 4)


def test_the_order_of_the_input_does_not_matter() -> None:
    graph = bipartite(40, 6)
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph)))
    other.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert layout.positions(graph, 1) == layout.positions(other, 1)


def test_dots_keep_apart_and_within_the_frame() -> None:
    place = layout.positions(bipartite(200, 30), 1)
    spots = list(place.values())
    assert len(set(spots)) == len(spots)
    assert all(abs(x) <= layout.FRAME[0] / 2 and abs(y) <= layout.FRAME[1] / 2 for x, y in spots)
    gaps = [math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i]]
    assert min(gaps) > 12


def test_tied_things_lie_nearer_than_others() -> None:
    graph = nx.Graph()
    for group in "abc":
        graph.add_edges_from((f"{group}-hub", f"{group}{i}") for i in range(12))
    graph.add_edges_from([("a0", "b-hub"), ("b0", "c-hub")])
    place = layout.positions(graph, 1)
    near = [math.dist(place["a-hub"], place[f"a{i}"]) for i in range(1, 12)]
    far = [math.dist(place["a-hub"], place[f"c{i}"]) for i in range(1, 12)]
    assert max(near) < min(far)


def test_what_is_tied_to_nothing_lies_aside() -> None:
    graph = bipartite(20, 4)
    graph.add_nodes_from(f"alone{i}" for i in range(5))
    place = layout.positions(graph, 1)
    assert len(place) == len(graph)
    tied = [at for node, at in place.items() if not node.startswith("alone")]
    for i in range(5):
        assert min(math.dist(place[f"alone{i}"], at) for at in tied) > 50


def test_tiny_graphs_have_coordinates() -> None:
    for size in (0, 1, 2):
        assert len(layout.positions(nx.path_graph(size), 1)) == size


def test_a_loop_is_no_tie() -> None:
    graph = nx.Graph([("a", "a")])
    assert list(layout.positions(graph, 1)) == ["a"]


def test_things_in_one_column_keep_apart() -> None:
    nodes = [f"n{i}" for i in range(6)]
    rows = layout.rows(nodes, {node: [0] for node in nodes}, 6)
    heights = sorted(rows.values())
    assert all(b - a > 0.16 for a, b in pairwise(heights))
    assert heights[0] >= -0.5
    assert heights[-1] <= 0.5 + 1e-9
