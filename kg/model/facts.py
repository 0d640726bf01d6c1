"""All records of one data folder, and where each was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from kg.errors import SourceError
from kg.model.records import Source, Sourced

R = TypeVar("R", bound="Sourced | Source")
T = TypeVar("T", bound=Sourced)


@dataclass(frozen=True, slots=True)
class Row(Generic[R]):
    """A record and where it was read."""

    record: R
    path: Path
    line: int

    def error(self, problem: str, *, remedy: str = "") -> SourceError:
        """An error about this row."""
        return SourceError(self.path, self.line, problem, remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What ``source.toml`` says of a folder."""

    title: str
    description: str
    licence: str
    known: date
    """Facts after this day are not in the folder."""
    limits: dict[str, tuple[int, int]]
    """Fewest and most rows that make sense, for each file."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All records of one data folder, in file order, and where each was read."""

    root: Path
    descriptions: dict[str, Description]
    """By folder name."""
    sources: dict[str, tuple[Source, str]]
    """Source key to the source and its folder."""
    tables: dict[type[Sourced], list[Row[Sourced]]] = field(default_factory=dict)

    def rows(self, record: type[T]) -> list[Row[T]]:
        """The rows of one kind of record."""
        return self.tables[record]  # type: ignore[return-value]  # keyed by its own type

    def records(self, record: type[T]) -> Iterator[T]:
        """The records of one kind."""
        return (row.record for row in self.rows(record))
