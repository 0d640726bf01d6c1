"""How long kg takes on the whole official record, beside pyoxigraph and rdflib doing the same work.

    python bench/official.py GA.csv.gz SC.csv.gz [--runs 3] [--skip-rdflib]

Files are the UN Digital Library's bulk CSVs of the General Assembly and the Security Council. Every
figure is the wall time or the peak memory of a whole process. In each round kg and pyoxigraph run one
after the other, so what else the machine does meets both; rdflib, which takes minutes, runs once. Read
the ratios: unlike the seconds they can be compared between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KG = (sys.executable, "-m", "kg")
LOAD = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.flush()
"""
RDFLIB = """
import json, sys, time, rdflib
from kg.rdf.iris import PREFIXES
graph = rdflib.Graph(bind_namespaces="none")
for prefix, name in PREFIXES.items(): graph.bind(prefix, name)
began = time.perf_counter(); graph.parse(sys.argv[1], format="nt")
parsed = time.perf_counter(); graph.serialize(sys.argv[2], format="turtle")
print(json.dumps([parsed - began, time.perf_counter() - parsed]))
"""
QUERIES = {
    "a roll call": ("votes-against", "resolution=68/262"),
    "a state's year": ("state-year", "state=Belarus", "year=2022"),
    "the ten closest votes": ("contested-votes",),
    "counts of a state by year": ("state-by-year", "state=Belarus"),
    "counts of a year by state": ("year-by-state", "year=2023"),
    "closest states (kappa)": ("closest-states", "state=Belarus", "from=2010", "to=2020"),
}


def run(*command: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a process."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def size(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip-rdflib", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        graph, text = home / "graph", home / "same.nq"
        run(*KG, "build", "--graph", str(graph), *asked.files)
        run(*KG, "export", "--graph", str(graph), "-o", str(text))
        ours, theirs, memory = [], [], []
        for i in range(asked.runs):
            seconds, peak = run(*KG, "build", "--graph", str(home / f"kg{i}"), *asked.files)
            ours.append(seconds)
            memory.append(peak)
            theirs.append(run(sys.executable, "-c", LOAD, str(text), str(home / f"ox{i}"))[0])
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        told = json.loads((graph / "v" / "1" / "manifest.json").read_text(encoding="utf-8"))
        print(f"{told['triple_count']:,} triples, {told['counts']['Vote']:,} votes")
        print(
            f"build / bare bulk_load of the same quads: {statistics.median(ratios):.2f} (at most 1.6)"
        )
        print(
            f"build, seconds: {[round(s, 1) for s in ours]}, bulk_load: {[round(s, 1) for s in theirs]}"
        )
        print(f"build, peak memory: {max(memory):.0f} MB (at most 1500)")
        print(f"graph folder: {size(graph / 'v' / '1'):.0f} MB (at most 150)")
        exported = [
            run(*KG, "export", "--graph", str(graph), "-o", str(home / "o.ttl")) for _ in ours
        ]
        export = statistics.median(s for s, _ in exported)
        print(f"Turtle export: {export:.1f} s, {max(m for _, m in exported):.0f} MB (at most 1500)")
        for name, query in QUERIES.items():
            took = statistics.median(
                run(*KG, "query", *query, "--graph", str(graph))[0] for _ in ours
            )
            print(f"query, {name}: {took:.2f} s (at most 1)")
        if not asked.skip_rdflib:
            nt = home / "same.nt"
            run(*KG, "export", "--graph", str(graph), "-o", str(nt))
            command = [sys.executable, "-c", RDFLIB, str(nt), str(home / "rdflib.ttl")]
            told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
            parse, serialize = json.loads(told)
            print(f"rdflib's parsing / build: {parse / statistics.median(ours):.1f} (at least 4)")
            print(f"rdflib's Turtle / export: {serialize / export:.1f} (at least 10)")


if __name__ == "__main__":
    main()
