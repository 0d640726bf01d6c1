"""A CSV taken apart row by row, every row with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from kg.sources import LONGEST_LINE
from kg.sources.intake.stream import Part, decoded


def rows(part: Part, file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV, each with its line; the first is the header.

    Raises:
        SourceError: It is no CSV, or a row has another number of cells than the header.
    """
    table = CsvFile(part, file)
    yield 1, table.header
    while raw := table.readline():
        line = table.line
        if (cells := table.row(raw)) is not None:
            yield line, cells


class CsvFile:
    """A CSV that is read line by line, so that a reader may know a line before it is taken apart.

    Raises:
        SourceError: It has no header; later, it is no CSV, or a row has another number of cells.
    """

    def __init__(self, part: Part, file: IO[bytes]) -> None:
        self.line = 0
        """The line read last."""
        self._part, self.file = part, file
        self._pending: bytes | None = None
        self._reader = csv.reader(self._lines(), strict=True)
        self.header: list[str] = []
        while not self.header:
            raw = self.readline()
            if not raw:
                raise part.error_at(0, "is empty", remedy="fetch it again")
            if decoded(part, self.line, raw).strip():
                self.header = self.row(raw) or []

    def readline(self) -> bytes:
        """The next line as it stands; empty at the end."""
        raw = self.file.readline(LONGEST_LINE + 1)
        self.line += 1
        return raw

    def _lines(self) -> Iterator[str]:
        while True:
            raw, self._pending = self._pending, None
            if raw is None:
                raw = self.readline()
                if not raw:
                    return
            yield decoded(self._part, self.line, raw)

    def row(self, raw: bytes) -> list[str] | None:
        """The cells of the row that begins with a line, further lines taken as it needs; None if blank."""
        line, self._pending = self.line, raw
        try:
            cells = next(self._reader)
        except csv.Error as error:
            raise self._part.error_at(
                line, f"not CSV: {error}", remedy="mend the quoting"
            ) from error
        if not cells:
            return None
        if self.header and len(cells) != len(self.header):
            raise self._part.error_at(
                line,
                f"{len(cells)} cells where the header has {len(self.header)} columns",
                remedy="mend the row",
            )
        return cells
