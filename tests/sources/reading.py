"""What the tests of readers share: files read by one layout alone, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg import resources
from kg.model.facts import Facts
from kg.model.names import Names
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.intake.cells import spelled
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Head, Layout
from kg.sources.intake.stream import Part


@cache
def bundled_facts() -> Facts:
    """The bundled facts, read once."""
    return read_facts(resources.data())


@cache
def bundled_names() -> Names:
    """The index of names of the bundled facts."""
    return names_of(bundled_facts())


def read_parts(layout: Layout, paths: Iterable[Path | Part]) -> tuple[Intake, list[int]]:
    """Files read by one reader as one source, and the number of rows of each."""
    intake = Intake(bundled_names())
    reader = layout.reader(intake, layout.key)
    parts = [path if isinstance(path, Part) else Part(path) for path in paths]
    counts = [reader.read(part) for part in parts]
    reader.finish()
    return intake, counts


def read_rows(layout: Layout, folder: Path, header: str, *rows: str) -> Intake:
    """A CSV of some rows, all of which are counted."""
    path = folder / f"{layout.key}.csv"
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    intake, counts = read_parts(layout, [path])
    assert counts == [len(rows)]
    return intake


def kinds(intake: Intake) -> dict[str, int]:
    """Kind of problem to how often it was met."""
    return intake.problem_kinds()


def made(intake: Intake, record: type) -> list:
    """The records of one class."""
    return [r for records in intake.records.values() for r in records if type(r) is record]


def recognised(layouts: Iterable[Layout], header: str) -> list[Layout]:
    """The layouts that a CSV with a header is of; the same names in JSON are of none."""
    columns = tuple(map(spelled, header.split(",")))
    assert not any(one.recognises(Head("json", columns)) for one in layouts)
    return [one for one in layouts if one.recognises(Head("csv", columns))]
