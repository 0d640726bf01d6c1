"""How long each shipped question takes on a graph, beside bare pyoxigraph asking the same store the same.

    python bench/questions.py [--graph FOLDER] [--runs 3] [NAME ...]

Every figure is the wall time in seconds of a whole process, the best of the runs; in each round kg and its
peer run one after the other. A question is asked with its own examples. ``bound`` is the longest that it may
take by the project's own promise; what takes longer is marked. What ``kg`` adds to the peer is that names
become terms, the text is guarded, a second process runs it and the answer is written as CSV. A question that
calls kg's functions has no peer.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import kg
from kg.query import catalogue, functions
from kg.rdf import iris

BOUND_S = 1.0
PEER = """
import json, sys, pyoxigraph as ox
asked = json.load(sys.stdin)
line = lambda term: next(iter(ox.parse(f"<urn:s> <urn:p> {term} .", format=ox.RdfFormat.N_TRIPLES)))
bound = {ox.Variable(name): line(term).object for name, term in asked["terms"].items()}
store = ox.Store.read_only(asked["store"])
answer = store.query(asked["text"], prefixes=asked["prefixes"], substitutions=bound or None)
answer.serialize(sys.stdout.buffer, format=ox.QueryResultsFormat.CSV)
"""


def main() -> None:
    """Ask every question and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="questions; all without")
    parser.add_argument("--graph", help="a graph folder; the default one without")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"{'question':24} {'rows':>6}  bound     kg   peer  kg/peer")
    with kg.open(options.graph) as graph:
        for name in options.names or catalogue.names():
            print(measured(graph, name, options.runs), flush=True)


def measured(graph: kg.Graph, name: str, runs: int) -> str:
    """A line of the table."""
    query = catalogue.load(name)
    examples = {parameter.name: parameter.example for parameter in query.parameters}
    asked = {
        "text": query.text,
        "terms": query.bind(examples, graph.names),
        "prefixes": iris.PREFIXES,
        "store": str(graph.snapshot.parts.store),
    }
    words = [f"{name}={value}" for name, value in examples.items()]
    ours = [sys.executable, "-m", "kg", "query", name, *words, "-f", "csv"]
    ours += ["--graph", str(Path(graph.root))]
    alone = None if functions.wanted(query.text) else [sys.executable, "-c", PEER]
    times = [(seconds(ours), seconds(alone, json.dumps(asked))) for _ in range(runs)]
    best, peer = (min(column) for column in zip(*times, strict=True))
    shown = f"{peer:6.2f}  {best / peer:7.1f}" if alone else "     -        -"
    late = "  over the bound" if best > BOUND_S else ""
    rows = len(graph.query(name, **examples))
    return f"{name:24} {rows:6}  {BOUND_S:5.1f} {best:6.2f} {shown}{late}"


def seconds(command: list[str] | None, given: str = "") -> float:
    """Wall time of a whole process; 0 where there is none."""
    if command is None:
        return 0.0
    began = time.perf_counter()
    subprocess.run(command, input=given.encode(), capture_output=True, check=False)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
