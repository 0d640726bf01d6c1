"""How the building of a graph grows with the record: time, memory and size at 1, 2, 4 and 8 times the votes.

    python bench/growth.py GA.csv.gz [--times 1 2 4 8] [--folder DIR]

The file is the UN Digital Library's bulk CSV of the General Assembly. Each further copy of it is given
numbers and symbols of its own, so that its roll calls are new ones. Every figure is of a whole process.
Read the last two columns: where time and size grow as the votes do they stay the same.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SYMBOL = re.compile(r"([AS]/(?:RES|DEC)/(?:[A-Z0-9-]+/)?)([0-9]+)")
"""What a symbol begins with, and its number."""


def main() -> None:
    """Build a graph of each size and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--folder", type=Path, help="where to write, some GB at 8 times")
    options = parser.parse_args()
    print("times  votes      triples     seconds  CPU s  peak MB  disk MB  s/M votes  MB/M votes")
    for times in options.times:
        with tempfile.TemporaryDirectory(dir=options.folder, prefix="kg-growth-") as folder:
            print(measured(options.file, times, Path(folder)), flush=True)


def measured(file: Path, times: int, folder: Path) -> str:
    """A line of the table."""
    many = folder / "many.csv"
    with many.open("wb") as out:
        out.writelines(copies(file, times))
    command = (sys.executable, "-m", "kg", "build", "-q", "--only", "case")
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--graph", str(folder / "graph"), str(many)])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("the build failed")
    version = folder / "graph" / "v" / "1"
    manifest = json.loads((version / "manifest.json").read_text(encoding="utf-8"))
    votes, triples = manifest["counts"]["Vote"], manifest["triple_count"]
    size = sum(path.stat().st_size for path in version.rglob("*") if path.is_file()) / 1e6
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    shutil.rmtree(folder / "graph")
    return (
        f"{times:5}  {votes:9,}  {triples:10,}  {seconds:7.1f}  {cpu:5.1f}  {peak:7.0f}  {size:7.0f}  "
        f"{seconds / votes * 1e6:9.1f}  {size / votes * 1e6:10.0f}"
    )


def copies(file: Path, times: int) -> Iterator[bytes]:
    """The lines of a bulk file, and of its copies after it."""
    for copy in range(times):
        with gzip.open(file, "rb") as lines:
            header = next(lines)
            if not copy:
                yield header
            at = next(csv.reader([header.decode()])).index("resolution")
            yield from renumbered(lines, copy, at) if copy else lines


def renumbered(lines: Iterator[bytes], copy: int, at: int) -> Iterator[bytes]:
    """Lines with other numbers of records and symbols; the cells of a roll call are taken apart once."""
    number, old, new = b"", b"", b""
    for line in lines:
        if line.partition(b",")[0] != number:
            number = line.partition(b",")[0]
            symbol = next(csv.reader([line.decode()]))[at]
            match = SYMBOL.match(symbol)
            other = (
                f"{match[1]}{copy}{int(match[2]):05}{symbol[match.end() :]}" if match else symbol
            )
            old, new = f",{symbol},".encode(), f",{other},".encode()
        yield b"%d" % copy + (line.replace(old, new, 1) if old != new else line)


if __name__ == "__main__":
    main()
