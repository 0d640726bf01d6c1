"""What ``bench/bundled.py`` sets beside kg: the same work with rdflib, networkx, pyoxigraph, and no kg.

Each is a whole process that prints its answer as JSON::

    python bench/peers.py build graph.ttl copy.nt
    python bench/peers.py query graph.ttl query.json
    python bench/peers.py path graph.nt state:BLR state:RUS 2023-02-23
    python bench/peers.py load graph.nq store

The network of ``path`` follows ``kg/network/web.py``: the same links, the same costs. Where the two
drift apart the bench says that their answers are no longer the same.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import rdflib
from rdflib import RDF, Namespace, URIRef

KG = Namespace("https://w3id.org/unkg/ontology#")
THINGS = "https://w3id.org/unkg/id/"
COSTS = {
    "treaty": 0.5,
    "membership": 0.7,
    "office": 0.6,
    "statement": 1.4,
    "sponsorship": 0.7,
    "vote": 0.8,
    "text": 0.6,
}
GATHERING = ("organisation", "document", "rollcall", "side")
SPOKEN_OF = ("state", "rollcall", "official", "document")
SIDES = {"yes": KG.votedYes, "no": KG.votedNo, "abstain": KG.abstained}

Link = tuple[str, str, str, float]
"""Where it begins, where it ends, its kind, and by what its cost is multiplied."""


def build(turtle: str, copy: str) -> int:
    """Triples read from one file and written to another."""
    graph = rdflib.Graph().parse(turtle, format="turtle")
    graph.serialize(copy, format="nt", encoding="utf-8")
    return len(graph)


def query(turtle: str, question: str) -> list[str]:
    """The first column of the answer to a query."""
    graph = rdflib.Graph().parse(turtle, format="turtle")
    given = json.loads(Path(question).read_text(encoding="utf-8"))
    bound = {name: URIRef(iri) for name, iri in given["bound"].items()}
    rows = graph.query(given["text"], initNs=given["prefixes"], initBindings=bound)
    return [str(row[0]) for row in rows]


def path(ntriples: str, start: str, goal: str, day: str) -> list[list[object]]:
    """The things on the best of three chains, and what each of the three costs."""
    import networkx as nx

    graph = rdflib.Graph().parse(ntriples, format="nt")
    every = [*ties(graph, day), *words(graph, day), *texts(graph, day), *votes(graph, day)]
    degree = Counter(end for a, b, *_ in every for end in (a, b))
    web = nx.Graph()
    for a, b, kind, factor in every:
        hubs = [degree[end] for end in (a, b) if end.partition(":")[0] in GATHERING]
        cost = COSTS[kind] * math.log2(1 + max(hubs, default=1)) * factor
        if not web.has_edge(a, b) or cost < web.edges[a, b]["cost"]:
            web.add_edge(a, b, cost=cost)
    chains = list(islice(nx.shortest_simple_paths(web, start, goal, weight="cost"), 3))
    return [chains[0], [round(nx.path_weight(web, chain, "cost"), 3) for chain in chains]]


def load(quads: str, folder: str) -> int:
    """Quads loaded into a store on disk."""
    from pyoxigraph import RdfFormat, Store

    store = Store(folder)
    store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
    store.flush()
    return len(store)


def ties(graph: rdflib.Graph, day: str) -> Iterator[Link]:
    """Memberships, with what their treaties bind to that day, and seats."""
    off = {
        (graph.value(s, KG.state), graph.value(s, KG.organisation))
        for s in graph.subjects(RDF.type, KG.Suspension)
        if holds(graph, s, day)
    }
    for record in graph.subjects(RDF.type, KG.Membership):
        if holds(graph, record, day):
            state, body = graph.value(record, KG.state), graph.value(record, KG.organisation)
            member = plain(graph, record)
            duties = bound(graph, body, day) if member else set()
            factor = 0.8 if any(duty.endswith("/defence") for duty in duties) else 1.0
            factor *= 1.0 if member and (state, body) not in off else 1.5
            yield name(state), name(body), "treaty" if duties else "membership", factor
    for record in graph.subjects(RDF.type, KG.Holding):
        if holds(graph, record, day):
            factor = 1.0 if plain(graph, record) else 1.5
            yield name(graph.value(record, KG.state)), "organisation:UN", "membership", factor


def words(graph: rdflib.Graph, day: str) -> Iterator[Link]:
    """Offices held, and statements made by then."""
    for record in graph.subjects(RDF.type, KG.Tenure):
        if holds(graph, record, day):
            person, post = graph.value(record, KG.official), graph.value(record, KG.post)
            for prop in (KG.state, KG.organisation):
                for goal in graph.objects(post, prop):
                    yield name(person), name(goal), "office", 1.0
    for record in graph.subjects(RDF.type, KG.Statement):
        if happened(graph, record, day):
            for goal in map(name, graph.objects(record, KG.about)):
                if goal.partition(":")[0] in SPOKEN_OF:
                    yield name(graph.value(record, KG.official)), goal, "statement", 1.0


def texts(graph: rdflib.Graph, day: str) -> Iterator[Link]:
    """Sponsors of a text, and what a text amends, adopts or is voted on as."""
    for record in graph.subjects(RDF.type, KG.Sponsorship):
        if happened(graph, record, day):
            state, document = graph.value(record, KG.state), graph.value(record, KG.document)
            yield name(state), name(document), "sponsorship", 1.0
    props = {
        KG.Resolution: (KG.amends, KG.adopts),
        KG.DraftResolution: (KG.amends, KG.adopts),
        KG.Amendment: (KG.amends, KG.adopts),
        KG.RollCall: (KG.document,),
    }
    for kind, leads in props.items():
        for record in graph.subjects(RDF.type, kind):
            if happened(graph, record, day):
                for prop in leads:
                    for goal in graph.objects(record, prop):
                        yield name(record), name(goal), "text", 1.0


def votes(graph: rdflib.Graph, day: str) -> Iterator[Link]:
    """Votes that few cast."""
    for roll in graph.subjects(RDF.type, KG.RollCall):
        if happened(graph, roll, day):
            cast = {side: list(graph.objects(roll, prop)) for side, prop in SIDES.items()}
            most = 0.15 * sum(map(len, cast.values()))
            for side, states in cast.items():
                if 1 < len(states) <= most:
                    node = f"side:{name(roll).partition(':')[2]}-{side}"
                    yield node, name(roll), "vote", 1.0
                    for state in states:
                        yield name(state), node, "vote", 1.0


def bound(graph: rdflib.Graph, body: object, day: str) -> set[str]:
    """What an organisation's treaties bind its members to that day."""
    return {
        str(duty)
        for treaty in graph.objects(body, KG.constitutedBy)
        if graph.value(treaty, KG.startDay) is not None and holds(graph, treaty, day)
        for duty in graph.objects(treaty, KG.obligation)
    }


def plain(graph: rdflib.Graph, record: object) -> bool:
    """Whether the record makes a full member."""
    return str(graph.value(record, KG.role)).endswith("/member")


def holds(graph: rdflib.Graph, record: object, day: str) -> bool:
    """Whether its interval certainly covers the day."""
    start, end = graph.value(record, KG.startDay), graph.value(record, KG.endDay)
    return (start is None or str(start) <= day) and (end is None or day < str(end))


def happened(graph: rdflib.Graph, record: object, day: str) -> bool:
    """Whether it lies on or before the day."""
    when = graph.value(record, KG.day) or graph.value(record, KG.date)
    return when is None or str(when) <= day


def name(iri: object) -> str:
    """``kind:key``."""
    return str(iri).removeprefix(THINGS).replace("/", ":", 1)


if __name__ == "__main__":
    task, *given = sys.argv[1:]
    print(json.dumps({"build": build, "query": query, "path": path, "load": load}[task](*given)))
