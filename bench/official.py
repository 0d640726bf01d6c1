"""How long kg takes on the whole official record, beside pyoxigraph, rdflib and networkx at the same work.

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
BUILD = (*KG, "build", "--only", "case")
"""Without the record that comes with kg, whose tables say the same as the files."""
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
    "closest states (kappa)": ("closest-states", "state=Belarus", "start=2010", "end=2020"),
}

DAY = ("--on", "2023-02-23")
COMMANDS = {
    "path": (2, "path", "Belarus", "Russia", *DAY),
    "path, fifty chains": (2, "path", "Belarus", "North Korea", *DAY, "-k", "50"),
    "path, none there": (2, "path", "Bhutan", "Andorra", *DAY, "--max-hops", "1"),
    "view path": (2, "view", "path", "Belarus", "Russia", *DAY, "-o", "{home}/path.html"),
    "view vote": (2, "view", "vote", "ES-11/6", "-o", "{home}/vote.html"),
    "check, without shapes": (5, "check", "--no-shapes"),
    "demo": (15, "demo", "--out", "{home}/demo"),
}
"""A command to the most seconds that it may take, and its words."""
SEARCH = """
import json, sys, time
from datetime import date
from itertools import islice, product
from pathlib import Path
import networkx as nx
from kg.graph.version import Version
from kg.network import paths, web
network = web.network(Version(Path(sys.argv[1])), date(2023, 2, 23))
plain = nx.Graph()
for a, b, cost in zip(network.starts.tolist(), network.goals.tolist(), network.costs.tolist()):
    if not plain.has_edge(a, b) or cost < plain.edges[a, b]["cost"]:
        plain.add_edge(a, b, cost=cost)
states = ["state:BLR", "state:RUS", "state:PRK", "state:FRA", "state:MLI"]
pairs = [(a, b) for a, b in product(states, states) if a < b]
began = time.perf_counter()
ours = [paths.best(network, a, b) for a, b in pairs]
done = time.perf_counter()
theirs = [
    list(islice(nx.shortest_simple_paths(plain, network.place(a), network.place(b), "cost"), 3))
    for a, b in pairs
]
ended = time.perf_counter()
costs = [[round(nx.path_weight(plain, chain, "cost"), 4) for chain in chains] for chains in theirs]
print(json.dumps({
    "kg_s": (done - began) / len(pairs),
    "networkx_s": (ended - done) / len(pairs),
    "same": costs == [[chain.cost for chain in chains] for chains in ours],
}))
"""


def run(*command: str, may_find_nothing: bool = False) -> tuple[float, float]:
    """Seconds and peak megabytes of a process; one that finds nothing ends with 1."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in ((0, 1) if may_find_nothing else (0,)):
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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        graph = home / "graph"
        run(*BUILD, "--graph", str(graph), *options.files)
        os.environ["KG_GRAPH"] = str(graph)
        build_s = building(home, options.files, options.runs)
        export_s = exporting(home, options.runs)
        commands(home, options.runs)
        searching(options.runs)
        if not options.skip_rdflib:
            rdflib(home, build_s, export_s)


def building(home: Path, files: list[str], runs: int) -> float:
    """Print what a build takes beside the engine's own load; the median of its seconds."""
    text = home / "same.nq"
    run(*KG, "export", "-o", str(text))
    ours, theirs, memory = [], [], []
    for i in range(runs):
        seconds, peak = run(*BUILD, "--graph", str(home / f"kg{i}"), *files)
        ours.append(seconds)
        memory.append(peak)
        theirs.append(run(sys.executable, "-c", LOAD, str(text), str(home / f"ox{i}"))[0])
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    version = home / "graph" / "v" / "1"
    manifest = json.loads((version / "manifest.json").read_text(encoding="utf-8"))
    print(f"{manifest['triple_count']:,} triples, {manifest['counts']['Vote']:,} votes")
    print(
        f"build / bare bulk_load of the same quads: {statistics.median(ratios):.2f} (at most 1.3)"
    )
    print(
        f"build, seconds: {[round(s, 1) for s in ours]}, bulk_load: {[round(s, 1) for s in theirs]}"
    )
    print(f"build, peak memory: {max(memory):.0f} MB (at most 1500)")
    print(f"graph folder: {size(version):.0f} MB (at most 150)")
    return statistics.median(ours)


def exporting(home: Path, runs: int) -> float:
    """Print what a Turtle export takes; the median of its seconds."""
    exported = [run(*KG, "export", "-o", str(home / "o.ttl")) for _ in range(runs)]
    seconds = statistics.median(s for s, _ in exported)
    print(f"Turtle export: {seconds:.1f} s, {max(m for _, m in exported):.0f} MB (at most 1500)")
    return seconds


def commands(home: Path, runs: int) -> None:
    """Print what questions, chains, pages, the check and the demo take."""
    for name, query in QUERIES.items():
        seconds = statistics.median(run(*KG, "query", *query)[0] for _ in range(runs))
        print(f"query, {name}: {seconds:.2f} s (at most 1)")
    for name, (most, *command) in COMMANDS.items():
        given = [word.format(home=home) for word in command]
        seconds = statistics.median(run(*KG, *given, may_find_nothing=True)[0] for _ in range(runs))
        print(f"{name}: {seconds:.2f} s (at most {most})")


def searching(runs: int) -> None:
    """Print how long networkx takes for the chains that kg finds, in one process on one network."""
    command = [sys.executable, "-c", SEARCH, os.environ["KG_GRAPH"]]
    ratios, ours, same = [], [], True
    for _ in range(runs):
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        answer = json.loads(done.stdout)
        ratios.append(answer["networkx_s"] / answer["kg_s"])
        ours.append(answer["kg_s"])
        same = same and answer["same"]
    print(
        f"networkx's shortest_simple_paths / search of kg path: {statistics.median(ratios):.1f} "
        f"(at least 1); same chains: {'yes' if same else 'NO'}"
    )
    print(f"search of kg path: {statistics.median(ours):.3f} s (at most 1)")


def rdflib(home: Path, build_s: float, export_s: float) -> None:
    """Print how long rdflib takes to read the same triples, and to write them as Turtle."""
    nt = home / "same.nt"
    run(*KG, "export", "-o", str(nt))
    command = [sys.executable, "-c", RDFLIB, str(nt), str(home / "rdflib.ttl")]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    parse, serialize = json.loads(done.stdout)
    print(f"rdflib's parsing / build: {parse / build_s:.1f} (at least 4)")
    print(f"rdflib's Turtle / export: {serialize / export_s:.1f} (at least 10)")


if __name__ == "__main__":
    main()
