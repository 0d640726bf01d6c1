"""Layouts: the forms in which official data are published, each recognised by its beginning."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from kg.model.records import Source
from kg.sources.intake import stream
from kg.sources.intake.cells import spelled
from kg.sources.intake.intake import Intake
from kg.sources.intake.place import Place
from kg.sources.intake.stream import Part


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a part, by which its layout is recognised."""

    kind: str
    """``csv``, ``json`` or ``xml``."""
    columns: tuple[str, ...]
    """Of a CSV its columns in one spelling; of JSON the fields of its first record; of XML its root."""

    def has(self, *names: str) -> bool:
        """Whether all these columns are there; ``a|b`` is either."""
        return all(any(n in self.columns for n in name.split("|")) for name in names)


class Reader(Protocol):
    """What reads the files of one source, and keeps what it needs of one until another is read."""

    def read(self, part: Part) -> int:
        """Read a part into the intake; the number of its rows."""

    def finish(self) -> None:
        """Called once, when all files are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One published form."""

    key: str
    """Key of the source that a file of this form is taken as."""
    title: str
    """What it is, for a person."""
    marks: str
    """What it is recognised by, for the message on an unknown file."""
    recognises: Callable[[Head], bool]
    """Whether a beginning is of this form."""
    reader: Callable[[Intake, str], Reader]
    """What reads files of this form into an intake as the source of a key."""
    several_files: bool = False
    """Whether all files of this key are one source, read by one reader; else each is its own."""
    exhaustive: bool = False
    """Whether files of this form mean to hold every roll call of an organ in their span of time."""
    collection: str = ""
    """Whose numbers and symbols its roll calls go by, where several forms are of one collection."""
    columns: tuple[str, ...] = ()
    """Of a user's own form, the columns that it wants, in one spelling."""
    file: str = ""
    """Of a user's own form, the pattern of the names of its files; empty for any."""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    """Under what terms it may be used, as far as stated."""

    @property
    def source(self) -> Source:
        """The work that facts of this form are taken from."""
        return Source(
            source=self.key,
            title=self.title,
            publisher=self.publisher,
            url=self.url,
            licence=self.licence,
        )


@dataclass(frozen=True, slots=True)
class _OneFileReader:
    """A reader of a form of which every file stands alone."""

    read_file: Callable[[Place], int]
    intake: Intake
    source: str

    def read(self, part: Part) -> int:
        return self.read_file(Place(part, self.intake, self.source))

    def finish(self) -> None:
        """Nothing was kept."""


def each_file(read_file: Callable[[Place], int]) -> Callable[[Intake, str], Reader]:
    """The ``Layout.reader`` of a form of which every file stands alone.

    Args:
        read_file: Reads one file; returns the number of its rows.
    """
    return lambda intake, source: _OneFileReader(read_file, intake, source)


def csv_with(columns: str) -> Callable[[Head], bool]:
    """The ``Layout.recognises`` of a CSV with columns such as ``rcid, ccode|country``."""
    names = columns.split(", ")
    return lambda head: head.kind == "csv" and head.has(*names)


def head_of(part: Part) -> Head:
    """The beginning of a part.

    Raises:
        SourceError: It is empty, or not what it begins like.
    """
    printed = stream.first(part)
    line = printed.lstrip()
    if not line:
        raise part.error_at(0, "is empty", remedy="fetch it again")
    if line.startswith("{"):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise part.error_at(
                1, "begins like JSON and is none", remedy="expected one record a line"
            ) from error
        return Head("json", tuple(sorted(fields)))
    if line.startswith("<"):
        return Head("xml", (_root(part),))
    try:
        columns = next(csv.reader([printed], strict=True), [])
    except csv.Error as error:
        raise part.error_at(1, f"has no header that can be read: {error}") from error
    return Head("csv", tuple(spelled(column) for column in columns))


def _root(part: Part) -> str:
    """The name of the first element."""
    parser = expat.ParserCreate(namespace_separator=" ")
    elements: list[str] = []
    parser.StartElementHandler = lambda name, attributes: elements.append(name)
    with stream.opened(part) as file:
        while not elements and (chunk := file.read(1 << 12)):
            try:
                parser.Parse(chunk, False)
            except expat.ExpatError as error:
                raise part.error_at(
                    error.lineno, "is not well-formed XML", remedy="fetch it again"
                ) from error
    return elements[0].rpartition(" ")[2] if elements else ""
