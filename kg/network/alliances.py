"""The network of alliances on a day: who is bound to whom by treaty, and how central each state is in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from kg.errors import QueryError
from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.words import OBLIGATIONS, Obligation
from kg.network.links import Link, memberships
from kg.output.csv import rows_to_csv
from kg.output.text import plural
from kg.rdf import iris
from kg.rdf.terms import LABEL

MEASURES = (
    ("degree", "how many states it is allied with"),
    (
        "betweenness",
        "share of the shortest chains between pairs of others that pass it (Freeman 1977)",
    ),
    ("component", "the part of the network it is in; 1 is the largest"),
)
"""The columns of numbers, and what each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ally:
    """A state in the network of alliances."""

    state: str
    """Its key."""
    name: str
    """What it is called."""
    degree: int
    """With how many states a treaty binds it."""
    alliances: tuple[str, ...]
    """Keys of the alliances and organisations by which it is bound."""
    betweenness: float
    """Share of the shortest chains between pairs of other states that pass it, 0 to 1."""
    component: int
    """Number of the part of the network that it is in, by size; 1 is the largest."""
    sources: tuple[str, ...]
    """Keys of the works that its ties were taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllianceNetwork:
    """Who is allied with whom on a day, and what the network is like."""

    on: date
    """The day."""
    obligations: tuple[Obligation, ...]
    """A treaty counts that binds to one of these."""
    rows: tuple[Ally, ...]
    """Every state that is bound, those with most allies first."""
    tie_count: int
    """How many pairs of states are allied."""
    alliance_count: int
    """How many alliances and organisations tie them."""
    components: tuple[int, ...]
    """How many states each part of the network has, the largest first."""
    unchecked_count: int
    """How many of the memberships were not compared with the primary record."""

    @property
    def density(self) -> float | None:
        """Share of the pairs of its states that are allied, 0 to 1; None for fewer than two states."""
        pairs = math.comb(len(self.rows), 2)
        return round(self.tie_count / pairs, 6) if pairs else None

    def lines(self) -> Iterator[tuple[str, str]]:
        """What it was made of, in words: what each line is of, and its text."""
        yield "ties", f"treaties that bind to {' or '.join(self.obligations)} in force on {self.on}"
        bound = plural(len(self.rows), "state")
        yield (
            "network",
            f"{bound}, {plural(self.tie_count, 'pair')} allied by {plural(self.alliance_count, 'alliance')}; "
            f"density {0.0 if self.density is None else self.density:.3f} among them",
        )
        sizes = ", ".join(map(str, self.components))
        yield "components", f"{len(self.components)}, of {sizes} states" if sizes else "none"
        yield from MEASURES
        works = len({key for row in self.rows for key in row.sources})
        yield "source", f"treaties and memberships of this graph, from {plural(works, 'work')}"
        if self.unchecked_count:
            yield "note", f"{plural(self.unchecked_count, 'membership')} of these are unchecked"

    def to_csv(self) -> str:
        """A row for each state; day, obligations and the numbers of the network stand in each."""
        columns = ["state", "name", *(name for name, _ in MEASURES), "alliances", "source", "on"]
        columns += ["obligations", "states", "ties", "density", "components"]
        whole = (
            *(str(self.on), " ".join(self.obligations), str(len(self.rows)), str(self.tie_count)),
            *(str(self.density), str(len(self.components))),
        )
        numbers = (
            (r.state, r.name, str(r.degree), str(r.betweenness), str(r.component))
            for r in self.rows
        )
        texts = ((" ".join(r.alliances), " ".join(r.sources)) for r in self.rows)
        return rows_to_csv(columns, ((*a, *b, *whole) for a, b in zip(numbers, texts, strict=True)))

    def as_dict(self) -> dict[str, Any]:
        """The network as plain data."""
        return {
            "on": self.on.isoformat(),
            "obligations": list(self.obligations),
            "state_count": len(self.rows),
            "tie_count": self.tie_count,
            "alliance_count": self.alliance_count,
            "density": self.density,
            "components": list(self.components),
            "rows": [{name: getattr(row, name) for name in Ally.__slots__} for row in self.rows],
        }


def alliances(
    snapshot: Snapshot, on: date, obligations: Collection[str] = ("defence",)
) -> AllianceNetwork:
    """The network of the states that treaties bind to each other on a day.

    Two states are allied where both belong in full, on that day, to what a treaty with one of the obligations
    constitutes. A suspended member did not leave. Networkx measures it, each tie one step.

    Args:
        snapshot: The graph.
        on: The day.
        obligations: A treaty counts that binds to one of these.

    Raises:
        QueryError: An obligation is unknown, or none is given.
    """
    import networkx as nx

    if not obligations or set(obligations) - set(OBLIGATIONS):
        unknown = sorted(set(obligations) - set(OBLIGATIONS))
        said = f"no obligation is called {unknown[0]!r}" if unknown else "no obligation is given"
        raise QueryError(said, allowed=OBLIGATIONS)
    bound: dict[str, dict[str, Link]] = {}
    for link in memberships(snapshot, on):
        if link.is_member and set(obligations) & set(link.obligations):
            bound.setdefault(link.b, {})[link.a] = link
    bound = {body: parties for body, parties in bound.items() if len(parties) > 1}
    graph = nx.Graph()
    for _, parties in sorted(bound.items()):
        graph.add_edges_from(combinations(sorted(parties), 2))
    components = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    place = {state: number for number, part in enumerate(components, 1) for state in part}
    between = nx.betweenness_centrality(graph)
    rows = [
        _ally(snapshot, state, graph.degree[state], round(between[state], 6), place[state], bound)
        for state in graph
    ]
    return AllianceNetwork(
        on=on,
        obligations=tuple(name for name in OBLIGATIONS if name in obligations),
        rows=tuple(sorted(rows, key=lambda row: (-row.degree, -row.betweenness, row.state))),
        tie_count=graph.number_of_edges(),
        alliance_count=len(bound),
        components=tuple(map(len, components)),
        unchecked_count=sum(x.unchecked for parties in bound.values() for x in parties.values()),
    )


def _ally(
    snapshot: Snapshot,
    name: str,
    degree: int,
    betweenness: float,
    component: int,
    bound: dict[str, dict[str, Link]],
) -> Ally:
    links = {body: parties[name] for body, parties in sorted(bound.items()) if name in parties}
    key = name.partition(":")[2]
    labels = things.values(snapshot.store, iris.expand(name), LABEL)
    return Ally(
        state=key,
        name=labels[0] if labels else key,
        degree=degree,
        alliances=tuple(body.partition(":")[2] for body in links),
        betweenness=betweenness,
        component=component,
        sources=tuple(dict.fromkeys(source for link in links.values() for source in link.sources)),
    )
