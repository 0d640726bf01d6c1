"""The files of one version of a graph folder: what each is called, how it is written and read.

Nothing else spells their names. What cannot be read back is damaged, and says in which file.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, Store, Triple, parse

from kg.errors import GraphError
from kg.model.names import Names

if TYPE_CHECKING:
    import polars as pl

    from kg.votes.table import VoteTable


@dataclass(frozen=True, slots=True)
class Parts:
    """The files below the folder of one version."""

    folder: Path

    @property
    def store(self) -> Path:
        """The folder of the triples."""
        return self.folder / "store"

    @property
    def votes(self) -> Path:
        """The vote table with every source's account."""
        return self.folder / "votes.parquet"

    @property
    def observations(self) -> Path:
        """The record counted."""
        return self.folder / "observations.parquet"

    @property
    def names(self) -> Path:
        """The index of names and codes."""
        return self.folder / "names.json"

    @property
    def symbols(self) -> Path:
        """Canonical symbol to roll call, of the roll calls of files."""
        return self.folder / "symbols.json"

    @property
    def seats(self) -> Path:
        """State to seat, of seats with several holders."""
        return self.folder / "seats.json"

    @property
    def things(self) -> Path:
        """The triples of the record that are neither votes nor observations."""
        return self.folder / "things.nt.gz"

    @property
    def manifest(self) -> Path:
        """What the version says of itself."""
        return self.folder / "manifest.json"

    def missing(self) -> tuple[str, ...]:
        """Names of the parts that are not there, the manifest aside."""
        parts = (
            *(self.store, self.names, self.symbols, self.seats),
            *(self.things, self.votes, self.observations),
        )
        return tuple(sorted(part.name for part in parts if not part.exists()))

    def open_store(self) -> Store:
        """The triples, read-only."""
        try:
            return Store.read_only(str(self.store))
        except (OSError, RuntimeError) as error:
            raise GraphError(f"{self.store} is damaged: {error}") from error

    def write_names(self, names: Names, symbols: Mapping[str, str]) -> None:
        """Write the index of names, and the symbols of the roll calls of files."""
        _write(self.names, names.to_json())
        _write(self.symbols, json.dumps(dict(symbols), indent=0, ensure_ascii=False) + "\n")

    def read_names(self) -> Names:
        """What ``write_names`` wrote."""
        path = self.names
        try:
            entries = path.read_text(encoding="utf-8")
            path = self.symbols
            symbols = json.loads(path.read_text(encoding="utf-8"))
            path = self.names
            return Names.from_json(entries, symbols)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise GraphError(f"{path} is damaged: {error}") from error

    def write_seats(self, seats: Mapping[str, str]) -> None:
        """Write which state held which seat."""
        _write(self.seats, json.dumps(dict(seats), indent=0, sort_keys=True) + "\n")

    def read_seats(self) -> dict[str, str]:
        """What ``write_seats`` wrote."""
        try:
            return dict(json.loads(self.seats.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise GraphError(f"{self.seats} is damaged: {error}") from error

    def write_votes(self, table: VoteTable, observations: pl.DataFrame) -> None:
        """Write the vote table and the record counted.

        Raises:
            OSError: The disk is full or failing.
        """
        from polars.exceptions import PolarsError

        try:
            table.write(self.votes)
            observations.write_parquet(self.observations, compression="zstd")
        except PolarsError as error:  # how polars says that the disk is full
            raise OSError(str(error)) from error

    def read_votes(self) -> VoteTable:
        """The vote table that ``write_votes`` wrote."""
        from kg.votes.table import VoteTable

        return VoteTable.read(self.votes)

    def read_observations(self) -> pl.DataFrame:
        """The record counted, as ``write_votes`` wrote it."""
        import polars as pl
        from polars.exceptions import PolarsError

        try:
            return pl.read_parquet(self.observations)
        except (OSError, PolarsError) as error:
            raise GraphError(f"{self.observations} is damaged: {error}") from error

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Write what the version says of itself."""
        _write(self.manifest, json.dumps(dict(manifest), indent=1, ensure_ascii=False) + "\n")

    def create_things(self) -> BufferedIOBase:
        """The file of things, open to be written as N-Triples."""
        return gzip.GzipFile(self.things, "wb", compresslevel=1, mtime=0)

    def read_lines(self) -> list[bytes]:
        """The lines of the file of things, without their ends."""
        return self._read_things().splitlines()

    def _read_things(self) -> bytes:
        try:
            with gzip.open(self.things, "rb") as file:
                return file.read()
        except (OSError, EOFError, zlib.error) as error:
            raise GraphError(f"{self.things} is damaged: {error}") from error

    def read_things(self) -> Iterator[Triple]:
        """The triples that were written to the file of things, some perhaps twice."""
        text = self._read_things()
        return (quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
