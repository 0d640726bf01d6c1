"""How long all pairs of states in all sessions take, beside the bare matrix products and SPARQL on Oxigraph.

    kg build GA.csv.gz --graph full
    python bench/measures.py full [--runs 5]

``kg`` is the kappa of every pair in every session, with how many votes both cast, from the vote table in
memory. ``bare products`` are the products of the same tables of yes, abstain and no with themselves, of
which the numbers are made, and nothing else. ``SPARQL`` counts, for every pair, the roll calls of one
session in which both voted and in which both voted the same, on the graph's own store; it is held against
what kg needs for that session. All three run in one process one after the other in each round, and the
ratios are the medians over the rounds; SPARQL, which takes long, runs once. Commands are whole processes.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyoxigraph as ox

from kg.api import Graph
from kg.rdf import iris
from kg.votes.ballots import Ballots, choose
from kg.votes.measures import between

KG = (sys.executable, "-m", "kg")
SESSION = "73"
COMMANDS = {
    ("compare", "Russia"): 1.5,
    ("compare", "Russia", "Belarus"): 1.5,
    ("blocs", "--from", "2015", "--to", "2019"): 5.0,
    ("points", "--session", SESSION): 10.0,
}
"""Commands and the longest they may take, in seconds."""
COUNTED = """
SELECT ?a ?b (COUNT(*) AS ?n) (SUM(IF(?x = ?y, 1, 0)) AS ?same) WHERE {
  ?d kg:session "%s" . ?r kg:document ?d ; kg:organisation organisation:UNGA .
  { ?r kg:votedYes ?a BIND(1 AS ?x) } UNION { ?r kg:abstained ?a BIND(2 AS ?x) }
  UNION { ?r kg:votedNo ?a BIND(3 AS ?x) }
  { ?r kg:votedYes ?b BIND(1 AS ?y) } UNION { ?r kg:abstained ?b BIND(2 AS ?y) }
  UNION { ?r kg:votedNo ?b BIND(3 AS ?y) }
} GROUP BY ?a ?b
"""


def sessions(graph: Graph, ballots: Ballots) -> dict[str, Ballots]:
    """The ballots of each session, of the states that voted in it."""
    prop = ox.NamedNode(iris.term("session"))
    of = {
        iris.shorten(q.subject.value).partition(":")[2]: q.object.value
        for q in graph.snapshot.store.quads_for_pattern(None, prop, None, ox.DefaultGraph())
    }
    session_of = np.array([of.get(document, "") for document in ballots.rollcalls["document"]])
    parts = {}
    for session in sorted(set(session_of.tolist())):
        part = ballots.where(session_of == session)
        voted = (part.answers >= 0).any(axis=0)
        parts[session] = part.of_states([s for s, v in zip(part.states, voted, strict=True) if v])
    return parts


def tables(ballots: Ballots) -> np.ndarray:
    """Yes, abstain and no of each state in each roll call: shape [3 states, roll call]."""
    return np.concatenate([k == ballots.answers.T for k in range(3)]).astype(np.float32)


def timed(work: object) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("graph", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--skip-sparql", action="store_true")
    arguments = parser.parse_args()
    graph = Graph(arguments.graph)
    parts = sessions(graph, choose(graph.votes, graph.snapshot.seats))
    hot = [tables(part) for part in parts.values()]
    ours, bare, one = [], [], []
    for _ in range(arguments.runs + 1):  # the first warms up
        ours.append(timed(lambda: [between(part, "kappa") for part in parts.values()]))
        bare.append(timed(lambda: [table @ table.T for table in hot]))
        one.append(timed(lambda: between(parts[SESSION], "kappa")))
    ratios = [a / b for a, b in zip(ours[1:], bare[1:], strict=True)]
    rolls = sum(len(part.rollcalls) for part in parts.values())
    print(f"{len(parts)} sessions, {rolls:,} roll calls")
    print(f"all pairs, all sessions / bare products: {statistics.median(ratios):.2f} (at most 2)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory so far, both together: {peak:.0f} MB (at most 500)")
    if not arguments.skip_sparql:
        prefixes = "".join(f"PREFIX {n}: <{iri}>\n" for n, iri in iris.PREFIXES.items())
        text = prefixes + COUNTED % SESSION
        took = timed(lambda: sum(1 for _ in graph.snapshot.store.query(text)))
        print(
            f"SPARQL / kg, session {SESSION}: {took / statistics.median(one[1:]):,.0f} (at least 100)"
        )
    for command, bound in COMMANDS.items():
        whole = [
            timed(
                lambda command=command: subprocess.run(
                    [*KG, *command, "--graph", str(arguments.graph)],
                    check=True,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=os.environ,
                )
            )
            for _ in range(arguments.runs)
        ]
        print(f"kg {' '.join(command)}: {statistics.median(whole):.2f} s (at most {bound:g})")


if __name__ == "__main__":
    main()
