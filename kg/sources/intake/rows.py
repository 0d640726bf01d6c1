"""Tables read row by row, with cells by the names of their columns."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator

from kg.sources.intake import csv_file, stream
from kg.sources.intake.cells import spelled
from kg.sources.intake.place import Place


class CsvRows:
    """The rows of a CSV, counted as they are read.

    Args:
        place: The file, and the source it is read as.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.count = 0
        """Rows read so far, the header left out."""

    def cells(self) -> Iterator[tuple[int, list[str]]]:
        """The header, then every row, each with its line and as it stands.

        Raises:
            SourceError: It is no CSV, or a row has another number of cells than the header.
        """
        with stream.opened(self.place.part) as file:
            rows = csv_file.rows(self.place.part, file)
            yield next(rows)
            for line, cells in rows:
                self.count += 1
                yield line, cells

    def named(
        self, wanted: Collection[str], unused: Container[str] = ()
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows, each with its line: the wanted columns in one spelling, empty where absent.

        Columns that are neither wanted nor known to be of no use here are noted.

        Raises:
            SourceError: It is no CSV, or holds no row.
        """
        rows = self.cells()
        places: dict[str, int] = {}
        for at, column in enumerate(next(rows)[1]):
            name = spelled(column)
            if name in wanted and name not in places:
                places[name] = at
            elif name in wanted or name not in unused:
                self.place.note_problem("column not read", 1, f"{column!r}")
        absent = dict.fromkeys((name for name in wanted if name not in places), "")
        for line, cells in rows:
            yield line, absent | {name: cells[at].strip() for name, at in places.items()}
        self.check_any()

    def check_any(self) -> None:
        """Refuse a table that held no row, once it is read.

        Raises:
            SourceError: It held none.
        """
        if not self.count:
            raise self.place.error_at(
                1, "holds no row below its header", remedy="is the file whole?"
            )
