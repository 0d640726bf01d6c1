"""``kg.open()``: from a folder to a graph, which is built first where there is none."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.graph import Graph
from kg.errors import BusyError
from kg.graph import folder

if TYPE_CHECKING:
    from kg.graph.build import Progress


def open(  # noqa: A001  the verb of the library, as in kg.open()
    root: Path | str | None = None,
    notice: Callable[[str], None] = lambda text: None,
    *,
    workers: int = 1,
    progress: Progress = lambda step, part=None, triples=None: None,
) -> Graph:
    """The graph in a folder, built from the bundled facts where there is none yet.

    Args:
        root: A graph folder; None means ``KG_GRAPH``, else the user's data folder. What this built
            itself in the user's data folder is brought up to date when the bundled facts change;
            a folder that was named, or built from other facts, is never built over.
        notice: Called with a sentence when a graph has to be built first.
        progress: Called as the first build goes on: a step, the part of it that is done, triples written.
        workers: How many questions can be answered at the same time, each in a process of its own.

    Returns:
        The graph; close it, or use it in a ``with`` statement.

    Raises:
        GraphError: The folder is damaged, or of another layout.
        QueryError: There is to be less than one worker.
    """
    home = Path(root) if root is not None else folder.default()
    named = root is not None or bool(os.environ.get("KG_GRAPH"))
    if not folder.exists(home) or (not named and _outdated(home)):
        from kg.graph.build import build

        notice(f"building the graph from the bundled facts in {home}, once")
        try:
            build(home, progress=progress, only=_only(home))
        except BusyError:
            _wait(home)
    return Graph(home, workers=workers)


def _wait(home: Path) -> None:
    """Let another process, which builds the same graph for the first time, finish."""
    for _ in range(600):
        if folder.exists(home):
            return
        time.sleep(0.1)
    folder.current(home)


def _outdated(home: Path) -> bool:
    """Whether the graph was built from bundled facts, and they or the layout changed since."""
    from kg.graph.manifest import bundled_digest

    manifest = folder.peek(home)
    if manifest.get("bundled") is not True:
        return False
    digest = bundled_digest(manifest.get("only", ""))
    return manifest.get("format") != folder.FORMAT or manifest.get("digest") != digest


def _only(home: Path) -> str | None:
    """The part of the bundled facts that the graph to be replaced was built of; None where there is none."""
    part = folder.peek(home).get("only") if folder.exists(home) else None
    return part if isinstance(part, str) else None
