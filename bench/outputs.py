"""How long kg takes to write and to check a graph, beside the named peer at the same work.

    python bench/outputs.py [--graph DIR] [--runs 3]

Without a folder the graph of the record that comes with kg is built first. Every figure is the wall time or
the peak memory of a whole process; kg and its peer run one after the other in each round, so what else the
machine does meets both. Of rdflib and pyshacl, which take minutes, a part is measured and the rest counted by
the triple. Read the ratios: unlike the seconds they can be compared between machines.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from official import KG, run

EVERY = 100
"""Of so many triples rdflib writes one, and pyshacl checks one."""
DUMP = """
import sys, pyoxigraph as ox
store = ox.Store.read_only(sys.argv[1])
form = ox.RdfFormat.from_extension(sys.argv[2])
whole = {} if form.supports_datasets and sys.argv[2] != "jsonld" else {"from_graph": ox.DefaultGraph()}
store.dump(sys.argv[3], form, **whole)
"""
SERIALIZE = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
graph.serialize(sys.argv[2], format="turtle")
"""
VALIDATE = """
import sys, pyshacl, rdflib
from kg import resources
shapes = rdflib.Graph().parse(resources.ontology() / "shapes.ttl")
pyshacl.validate(rdflib.Graph().parse(sys.argv[1], format="nt"), shacl_graph=shapes, inference="none")
"""
VOTES = """
import csv, sys, polars as pl
with open(sys.argv[2], "w", newline="") as file:
    frame = pl.read_parquet(sys.argv[1])
    writer = csv.writer(file, lineterminator="\\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.iter_rows())
"""
GRAPHML = """
import sys, networkx as nx
nx.write_graphml(nx.read_graphml(sys.argv[1]), sys.argv[2])
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        graph = options.graph or home / "graph"
        if options.graph is None:
            run(*KG, "build", "--graph", str(graph))
        os.environ["KG_GRAPH"] = str(graph)
        version = graph / "v" / (graph / "CURRENT").read_text(encoding="utf-8").strip()
        rdf(home, version / "store", options.runs)
        tables(home, options.runs)
        parts(home, options.runs)


def median(runs: int, *command: str) -> tuple[float, float]:
    """The median of the seconds of a process, and its peak megabytes."""
    every = [run(*command, may_find_nothing=True) for _ in range(runs)]
    return statistics.median(s for s, _ in every), max(m for _, m in every)


def row(what: str, ours: tuple[float, float], peer: str, theirs: float, bound: str = "") -> None:
    """Print what kg takes, and what its peer takes as a multiple of it."""
    print(
        f"{what}: {ours[0]:.1f} s, {ours[1]:.0f} MB (at most {bound}1000 MB); "
        f"{peer} takes {theirs / ours[0]:.1f} times as long"
    )


def rdf(home: Path, store: Path, runs: int) -> None:
    """Print each syntax beside the engine's own dump, which sorts nothing, and beside our Turtle."""
    turtle = 0.0
    for ending in ("ttl", "trig", "nt", "nq", "jsonld"):
        ours = median(runs, *KG, "export", "-o", str(home / f"o.{ending}"))
        dump = [sys.executable, "-c", DUMP, str(store), ending, str(home / f"dump.{ending}")]
        turtle = turtle or ours[0]
        row(ending, ours, "pyoxigraph's dump", median(runs, *dump)[0], f"{3 * turtle:.1f} s, ")


def tables(home: Path, runs: int) -> None:
    """Print the votes beside Python's csv, and the network beside networkx, which reads it first."""
    sheet, links = home / "v.parquet", home / "o.graphml"
    row_of = (str(home / "v.csv"), "--table", "votes")
    run(*KG, "export", "-o", str(sheet), "--table", "votes")
    ours = median(runs, *KG, "export", "-o", *row_of)
    peer = median(runs, sys.executable, "-c", VOTES, str(sheet), str(home / "peer.csv"))
    row("votes as csv", ours, "csv of the rows in Parquet", peer[0], "2 s, ")
    ours = median(runs, *KG, "export", "-o", str(links))
    peer = median(1, sys.executable, "-c", GRAPHML, str(links), str(home / "peer.graphml"))
    row("graphml", ours, "networkx, reading and writing it,", peer[0])


def parts(home: Path, runs: int) -> None:
    """Print Turtle beside rdflib and the check beside pyshacl, by the triple, with what reading takes."""
    part = home / "part.nt"
    with (home / "o.nt").open(encoding="utf-8") as whole, part.open("w", encoding="utf-8") as some:
        for count, line in enumerate(
            whole, 1
        ):  # never all at once: a child counts our memory as its own
            if count % EVERY == 0:
                some.write(line)
    for what, command, name, script in (
        ("ttl", ("export", "-o", str(home / "o.ttl")), "rdflib", SERIALIZE),
        ("check", ("check",), "pyshacl", VALIDATE),
    ):
        theirs = median(1, sys.executable, "-c", script, str(part), str(home / "part.ttl"))[0]
        ours = median(runs, *KG, *command)
        row(
            what, ours, f"{name}, counted from a part,", theirs * EVERY, "5 s, " * (what == "check")
        )


if __name__ == "__main__":
    main()
