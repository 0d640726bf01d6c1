"""How long kg takes on what comes with it, beside rdflib, networkx and pyoxigraph doing the same work.

    make bench
    python bench/bundled.py --runs 9

Every figure is the wall time in seconds of a whole process, from its start to its end: the median of
the runs, with the fastest and the slowest of kg behind it. In each round kg and its peer run one
after the other, so what else the machine does meets both. Read the column ``peer/kg`` first: how many
times longer the peer took, the median over the rounds. Unlike the seconds it can be compared between
machines, and between a busy and an idle hour of one.

``bound`` is the longest that the command may take by the project's own promise. ``same answer`` tells
whether both came to the same result, compared outside the timed runs; ``-`` where there is none to
compare. ``bench/peers.py`` holds what the peers do. All but the first use are timed on the small graph,
without the record of roll calls, so that the peers come to an end; ``bench/official.py`` has the whole.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from kg.query import catalogue
from kg.rdf import iris

KG = (sys.executable, "-m", "kg")
PEERS = (sys.executable, str(Path(__file__).with_name("peers.py")))
QUERY = ("query", "votes-against", "resolution=ES-11/6")
PATH = ("path", "Belarus", "Russia", "--on", "2023-02-23")


@dataclass
class Contest:
    """One command of kg, and the peer's way to the same result."""

    name: str
    bound_s: float
    ours: tuple[str, ...]
    peer: str
    """The peer and what it does, for the reader."""
    theirs: tuple[str, ...]
    same: Callable[[], bool] | None = None
    """Whether both answers agree; None where there is nothing to compare."""
    ours_s: list[float] = field(default_factory=list)
    theirs_s: list[float] = field(default_factory=list)


def main() -> None:
    """Run every contest and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7, help="timed runs of each command [7]")
    runs = max(1, parser.parse_args().runs)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        os.environ["KG_GRAPH"] = str(Path(folder) / "graph")
        contests = prepare(Path(folder))
        for contest in contests:  # not counted: compiles the modules, warms the disk's cache
            race(contest)
            contest.ours_s.clear()
            contest.theirs_s.clear()
        for _ in range(runs):
            for contest in contests:
                race(contest)
        report(contests, runs, Path(folder))


def prepare(folder: Path) -> list[Contest]:
    """Build and export the graph once, and say what is to be run on it."""
    os.environ["KG_ONLY"] = "case"
    output(*KG, "build")
    for name in ("graph.ttl", "graph.nt"):
        output(*KG, "export", "-o", str(folder / name))
    (folder / "query.json").write_text(json.dumps(question()), encoding="utf-8")
    return [build(folder), query(folder), path(folder), help_text(), first_use(folder)]


def first_use(folder: Path) -> Contest:
    """Kg builds the whole record and answers; pyoxigraph is handed the finished quads."""
    graph, store, quads = folder / "whole", folder / "store", folder / "whole.nq"
    ours = shlex.join((*KG, "query", "votes-against", "resolution=68/262", "--graph", str(graph)))
    first = ("sh", "-c", f"rm -rf {shlex.quote(str(graph))}; KG_ONLY= {ours}")
    output(*first)
    output(*KG, "export", "--graph", str(graph), "-o", str(quads))
    theirs = shlex.join((*PEERS, "load", str(quads), str(store)))
    return Contest(
        name="first use of the whole record",
        bound_s=15.0,
        ours=first,
        peer="pyoxigraph: bulk_load the exported N-Quads",
        theirs=("sh", "-c", f"rm -rf {shlex.quote(str(store))}; {theirs}"),
    )


def build(folder: Path) -> Contest:
    """Kg reads and checks CSV and writes an indexed store; rdflib is handed the finished triples."""
    copy = folder / "peer.nt"
    return Contest(
        name="kg build",
        bound_s=2.0,
        ours=(*KG, "build", "--graph", str(folder / "built")),
        peer="rdflib: parse the exported Turtle, write it as N-Triples",
        theirs=(*PEERS, "build", str(folder / "graph.ttl"), str(copy)),
        same=lambda: line_count(copy) == line_count(folder / "graph.nt"),
    )


def query(folder: Path) -> Contest:
    """Kg asks the store that it has built; rdflib, which keeps none, parses first."""
    theirs = (*PEERS, "query", str(folder / "graph.ttl"), str(folder / "query.json"))
    return Contest(
        name=f"kg {' '.join(QUERY)}",
        bound_s=0.6,
        ours=(*KG, *QUERY),
        peer="rdflib: parse the exported Turtle, run the same SPARQL",
        theirs=theirs,
        same=lambda: first_column(output(*KG, *QUERY, "-f", "csv")) == json.loads(output(*theirs)),
    )


def path(folder: Path) -> Contest:
    """Both build the network of that day and search it; kg also tells each hop's sources."""
    theirs = (*PEERS, "path", str(folder / "graph.nt"), "state:BLR", "state:RUS", "2023-02-23")
    return Contest(
        name=f"kg {' '.join(PATH)}",
        bound_s=0.8,
        ours=(*KG, *PATH),
        peer="networkx: the same network from the exported N-Triples (read by rdflib), same search",
        theirs=theirs,
        same=lambda: best_chains(output(*KG, *PATH, "-f", "json")) == json.loads(output(*theirs)),
    )


def help_text() -> Contest:
    """Both start and print their help."""
    return Contest(
        name="kg --help",
        bound_s=0.3,
        ours=(*KG, "--help"),
        peer="rdflib: rdfpipe --help",
        theirs=(sys.executable, "-m", "rdflib.tools.rdfpipe", "--help"),
    )


def question() -> dict[str, object]:
    """The shipped query as plain SPARQL for any engine: its text, its prefixes, its parameter."""
    return {
        "text": catalogue.load(QUERY[1]).text,
        "prefixes": iris.PREFIXES,
        "bound": {"resolution": iris.thing("rollcall", "ES-11_6")},
    }


def race(contest: Contest) -> None:
    """One round: kg, then its peer."""
    contest.ours_s.append(seconds(contest.ours))
    contest.theirs_s.append(seconds(contest.theirs))


def seconds(command: tuple[str, ...]) -> float:
    """Wall time of a whole process."""
    began = time.perf_counter()
    output(*command)
    return time.perf_counter() - began


def output(*command: str) -> str:
    """What a command prints; one that fails ends the bench with its own words."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def line_count(path: Path) -> int:
    """Lines that hold something."""
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def first_column(text: str) -> list[str]:
    """The first cell of each row below the header."""
    return [row[0] for row in csv.reader(io.StringIO(text))][1:]


def best_chains(text: str) -> list[list[object]]:
    """What ``kg path -f json`` found: of each chain its cost, of the first what it passes."""
    chains = json.loads(text)["chains"]
    return [chains[0]["nodes"], [round(chain["cost"], 3) for chain in chains]]


def report(contests: list[Contest], runs: int, folder: Path) -> None:
    """Print where it was measured, and the table."""
    print(
        f"seconds of whole processes, median of {runs} runs; "
        f"{line_count(folder / 'graph.nt'):,} triples; Python {platform.python_version()}, "
        f"rdflib {version('rdflib')}, networkx {version('networkx')}; "
        f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}\n"
    )
    head = (
        "command",
        "bound",
        "kg",
        "fastest-slowest",
        "peer",
        "peer/kg",
        "same answer",
        "peer is",
    )
    rows = [head, *map(row, contests)]
    widths = [max(len(line[i]) for line in rows) for i in range(len(head))]
    for line in rows:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        print("  ".join(cells).rstrip())


def row(contest: Contest) -> tuple[str, ...]:
    """One line of the table."""
    ours, theirs = contest.ours_s, contest.theirs_s
    ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
    return (
        contest.name,
        f"{contest.bound_s:.1f}",
        f"{statistics.median(ours):.2f}",
        f"{min(ours):.2f}-{max(ours):.2f}",
        f"{statistics.median(theirs):.2f}",
        f"{statistics.median(ratios):.1f}",
        "-" if contest.same is None else "yes" if contest.same() else "NO",
        contest.peer,
    )


if __name__ == "__main__":
    main()
