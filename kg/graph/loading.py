"""The text of a graph goes into its store in parts: the engine loads one while the next is written.

One load of all has to sort a million quads at a time in memory, three such heaps at once, and leaves a
processor idle for half of the time; ``bench/official.py`` and ``bench/growth.py`` measure what parts save.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import accumulate
from pathlib import Path

import pyoxigraph as ox

_WORKERS = 2
"""Loads at a time; each has threads of its own within the engine."""

_SHARES = (0.27, 0.29, 0.22, 0.22)
"""What part of the text each of four loads gets: less for the last two, which hold the longest texts.

From the third on the engine begins to join its files, and it writes joined ones unpacked, half as much
again on the disk. The last two end together, so that on free processors it has no time for that before
the store is closed."""

_LARGE = 3_000_000
"""A graph of more lines goes into the store in more than four loads, so that memory stays as it is."""

_PART = 500_000
"""Lines of one of these; a load takes some 700 bytes of memory a line, from 917,000 lines on the double."""

_SMALL = 200_000
"""A graph of less than so many lines is loaded as a whole."""


def _ends(lines: int) -> list[float]:
    """After how many lines of text each load but the last ends."""
    if lines <= _SMALL:
        return []
    if lines > _LARGE:
        count = -(-lines // _PART)
        return [lines * part / count for part in range(1, count)]
    return [lines * share for share in accumulate(_SHARES[:-1])]


class Loading:
    """A store that is being filled.

    Args:
        folder: Where the parts lie until they are loaded.
        store: The folder of the store that is made.
        lines: About as many lines of N-Quads as will come; it decides where the parts are cut.
    """

    def __init__(self, folder: Path, store: Path, lines: int) -> None:
        self._folder = folder
        self._store = ox.Store(str(store))
        self._ends = _ends(lines)
        self._written = 0
        self._pool = ThreadPoolExecutor(_WORKERS)
        self._loads: list[Future[int]] = []

    def put(self, pieces: Iterable[bytes]) -> Iterator[int]:
        """Write and load pieces of N-Quads, each of whole lines; yields how many lines each had."""
        try:
            rest = iter(pieces)
            while (piece := next(rest, None)) is not None:
                path = self._folder / f"quads-{len(self._loads)}.nq"
                end = self._ends.pop(0) if self._ends else self._written + 2 * _PART
                before = self._written
                with path.open("wb") as file:
                    while piece is not None:
                        file.write(piece)
                        lines = piece.count(b"\n")
                        yield lines
                        self._written += lines
                        if self._written >= end:
                            break
                        piece = next(rest, None)
                self._loads.append(self._pool.submit(self._load, path, self._written - before))
        except BaseException:
            self._pool.shutdown(cancel_futures=True)
            raise

    def finish(self) -> Iterator[int]:
        """Load the rest and close the store: whoever reads it opens it for reading alone.

        Yields:
            How many lines are loaded, after each load.

        Raises:
            OSError: The disk is full or failing.
        """
        loaded = 0
        with self._pool:
            for load in as_completed(self._loads):
                loaded += load.result()
                yield loaded
        self._store.flush()
        del self._store

    def _load(self, path: Path, lines: int) -> int:
        # lenient: the text is our own, whose IRIs were checked when they were minted
        self._store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS, lenient=True)
        path.unlink()
        return lines
