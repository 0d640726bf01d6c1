"""One folder of facts: its tables read strictly into records, every error with file and line."""

from __future__ import annotations

import csv
import io
import tomllib
import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.errors import RecordError, SourceError
from kg.model import dates
from kg.model.dates import PartialDate
from kg.model.facts import Description, Row
from kg.model.records import Source, Sourced, columns

R = TypeVar("R", bound="Sourced | Source")
_LAST = ("start", "end", "source", "status", "note")
"""The columns that stand last in every file that has them; any order is read."""
_Parser = Callable[[str], Any]


def read(path: Path, record: type[R], limits: tuple[int, int] | None = None) -> Iterator[Row[R]]:
    """Yield every row of a table as a record, in file order.

    Args:
        path: A CSV file in UTF-8 whose header names the fields of ``record``, in any order.
        record: A dataclass of ``kg.model.records``.
        limits: Fewest and most rows that make sense.

    Raises:
        SourceError: Anything in the file is not as it must be.
    """
    parsers = _parsers(record)  # type: ignore[arg-type]  # a class is hashable
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    header = _header(path, reader, record)
    count = 0
    for line, cells in _lines(path, reader):
        if len(cells) != len(header):
            raise SourceError(
                path,
                line,
                f"{len(cells)} cells where the header has {len(header)} columns",
                remedy="mend the row",
            )
        try:
            made = record(**_values(header, cells, parsers))
        except RecordError as error:
            raise SourceError(path, line, str(error)) from error
        count += 1
        yield Row(made, path, line)
    least, most = limits or (1, count or 1)
    if not least <= count <= most:
        raise SourceError(
            path,
            0,
            f"{count} rows, expected {least} to {most} (source.toml)",
            remedy="is the file whole?",
        )


def describe(folder: Path) -> Description:
    """What the folder's ``source.toml`` says.

    Raises:
        SourceError: It is missing, not TOML, or lacks a field.
    """
    path = folder / "source.toml"
    try:
        table = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(path, 0, f"not TOML: {error}") from error
    try:
        files = table.pop("files", {})
        limits = {name: (file["least"], file["most"]) for name, file in files.items()}
        _check_types(table, limits)
        return Description(**table, limits=limits)
    except (TypeError, KeyError, AttributeError) as error:
        raise SourceError(
            path,
            0,
            f"needs title, description, licence, known and [files] with least, most: {error}",
        ) from error


def _check_types(table: dict[str, Any], limits: dict[str, tuple[Any, Any]]) -> None:
    for name, value in table.items():
        wanted = date if name == "known" else str
        if type(value) is not wanted:
            raise TypeError(f"{name} is no {wanted.__name__}")
    for name, pair in limits.items():
        if any(type(value) is not int for value in pair):
            raise TypeError(f"least and most of {name} are no whole numbers")


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror}") from error
    if not data.strip():
        raise SourceError(path, 0, "is empty", remedy="restore it from your copy")
    if (nul := data.find(b"\0")) >= 0:
        raise SourceError(
            path,
            data.count(b"\n", 0, nul) + 1,
            "holds a NUL character",
            remedy="save the file as UTF-8 text",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            path,
            line,
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            remedy="save the file as UTF-8",
        ) from error


def _header(path: Path, reader: Any, record: type[R]) -> list[str]:
    try:
        header = list(next(reader))
    except (csv.Error, StopIteration) as error:
        raise SourceError(path, 1, f"no header line: {error}") from error
    expected = list(columns(record))  # type: ignore[arg-type]  # R is bound to the two
    expected.sort(key=lambda name: _LAST.index(name) if name in _LAST else -1)
    missing = [name for name in expected if name not in header]
    extra = [name for name in header if name not in expected]
    if missing or extra or len(set(header)) != len(header):
        problems = []
        if missing:
            problems.append(f"missing {', '.join(missing)}")
        if extra:
            problems.append(f"unknown {', '.join(map(repr, extra))}")
        problem = "; ".join(problems) or "a column stands twice"
        remedy = f"expected {', '.join(expected)}"
        raise SourceError(path, 1, f"wrong header: {problem}", remedy=remedy)
    return header


def _lines(path: Path, reader: Any) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(path, line, f"not CSV: {error}", remedy="mend the quoting") from error
        if not cells:
            raise SourceError(path, line, "is a blank line", remedy="remove it")
        yield line, cells


def _values(header: list[str], cells: list[str], parsers: dict[str, _Parser]) -> dict[str, Any]:
    values = {}
    for name, cell in zip(header, cells, strict=True):
        if cell != cell.strip():
            raise RecordError(f"{name} has spaces around it: {cell!r}")
        try:
            values[name] = parsers[name](cell)
        except RecordError as error:
            raise RecordError(f"{name}: {error}") from error
    return values


@cache
def _parsers(record: type[Any]) -> dict[str, _Parser]:
    hints = get_type_hints(record)
    needed = {f.name for f in fields(record) if f.default is MISSING}
    return {name: _parser(hints[name], name in needed) for name in columns(record)}


def _parser(hint: Any, needed: bool) -> _Parser:
    if get_origin(hint) in (Union, types.UnionType):
        inner = _parser(next(a for a in get_args(hint) if a is not type(None)), needed=True)
        return inner if needed else lambda cell: inner(cell) if cell else None
    if get_origin(hint) is tuple:
        item = _parser(get_args(hint)[0], needed=True)
        return lambda cell: tuple(item(part) for part in cell.split(" ")) if cell else ()
    if get_origin(hint) is Literal:
        allowed = tuple(word for word in get_args(hint) if word or not needed)
        return lambda cell: _one_of(cell, allowed)
    simple: dict[Any, _Parser] = {PartialDate: PartialDate.parse, date: dates.day, int: _whole}
    if hint in simple:
        return simple[hint]
    return _filled if needed else str


def _one_of(cell: str, allowed: tuple[str, ...]) -> str:
    if cell not in allowed:
        raise RecordError(f"{cell!r} is not one of {', '.join(a or '(empty)' for a in allowed)}")
    return cell


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise RecordError(f"{cell!r} is not a whole number")
    if len(cell) > 9:
        raise RecordError(f"{cell[:9]}... is too large a number")
    return int(cell)


def _filled(cell: str) -> str:
    if not cell:
        raise RecordError("is empty and must not be")
    return cell
