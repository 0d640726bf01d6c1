"""The files a user gives, read: each recognised by its beginning, all into one intake."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from xml.parsers import expat

from kg.errors import SourceError
from kg.model.names import Names
from kg.model.records import Source
from kg.sources.intake import stream
from kg.sources.intake.intake import FileRead, Intake
from kg.sources.intake.layout import Head, Layout, spelled
from kg.sources.intake.stream import Part
from kg.sources.readers import (
    atop,
    cow,
    leaders,
    mapped,
    undl_csv,
    undl_marc,
    undl_scraped,
    unvotes,
    vetoes,
)
from kg.votes.table import CURATED

LAYOUTS: tuple[Layout, ...] = (
    *undl_csv.LAYOUTS,
    *undl_marc.LAYOUTS,
    *undl_scraped.LAYOUTS,
    *vetoes.LAYOUTS,
    *unvotes.LAYOUTS,
    *atop.LAYOUTS,
    *cow.LAYOUTS,
    *leaders.LAYOUTS,
)
"""Every layout that is known, in the order in which sources are believed of the same roll call."""


def read_files(
    files: Iterable[Path],
    names: Names,
    mappings: Iterable[Path] = (),
    progress: Callable[[str, float], None] = lambda name, part: None,
) -> Intake:
    """All that the files say.

    Args:
        files: Official files, in any order; a zip may hold several.
        names: Which state a name or a code means on a day.
        mappings: Mapping files for CSVs of the user's own; see ``kg.sources.readers.mapped``.
        progress: Called with a file's name and the part of all bytes that was read, 0 to 1.

    Raises:
        SourceError: A file cannot be read, is of no known layout, or is not as its layout has it.
    """
    paths = {mapped.load(path): path for path in mappings}
    own = sorted(paths, key=lambda layout: layout.key)
    reserved = {layout.key for layout in LAYOUTS} | {CURATED}
    for layout in own:
        if layout.key in reserved:
            raise SourceError(
                paths[layout], 0, f"key {layout.key!r} names an official source; give your own key"
            )
    known = (*own, *LAYOUTS)
    parts = [part for path in files for part in stream.parts(path)]
    digests = _no_twins(parts)
    meter = _Meter(progress, sum(p.stat().st_size for p in {part.path for part in parts}))
    told = [(replace(part, watch=meter.add), _layout(part, known)) for part in parts]
    for layout in own:
        if all(used is not layout for _, used in told):
            told_by = f"fits none of the files; it wants the columns {layout.told_by}"
            raise SourceError(paths[layout], 0, told_by)
    rank = {id(layout): i for i, layout in enumerate((*LAYOUTS, *own))}
    told.sort(key=lambda pair: (rank[id(pair[1])], pair[0].name))
    intake = Intake(names)
    finishing: dict[str, Layout] = {}
    for part, layout in told:
        meter.name = part.name
        source = _source(layout, intake, finishing)
        entry = FileRead(part.name, layout.title, source, digests[part.path])
        intake.files.append(entry)
        before = len(intake.accounts), sum(map(len, intake.records.values())), len(intake.texts)
        entry.row_count = layout.read(part, intake, source)
        entry.rollcall_count = len(intake.accounts) - before[0]
        entry.record_count = sum(map(len, intake.records.values())) - before[1]
        entry.record_count += len(intake.texts) - before[2]
    for source, layout in finishing.items():
        if layout.finish:
            layout.finish(intake, source)
        made = [entry for entry in intake.files if entry.source == source]
        made[0].record_count += len(intake.records.get(source, ())) - sum(
            e.record_count for e in made
        )
    _count_votes(intake)
    return intake


def _source(layout: Layout, intake: Intake, finishing: dict[str, Layout]) -> str:
    """The source key of a file: that of its layout, numbered where it is not the first of its form."""
    key, number = layout.key, 1
    if layout.finish:
        finishing[key] = layout
    else:
        while key in intake.sources:
            number += 1
            key = f"{layout.key}-{number}"
    told = layout.source
    if layout.whole:
        intake.whole[key] = layout.key
    intake.sources[key] = Source(
        source=key,
        title=told.title if number == 1 else f"{told.title}, file {number}",
        publisher=told.publisher,
        url=told.url,
        licence=told.licence,
    )
    return key


def _no_twins(parts: list[Part]) -> dict[Path, str]:
    """The digest of each file, of which no two may be the same or have the same name."""
    seen: dict[str, Path] = {}
    for path in dict.fromkeys(part.path for part in parts):
        digest = _digest(path)
        if digest in seen:
            raise SourceError(path, 0, f"holds the same bytes as {seen[digest]}; give it once")
        seen[digest] = path
    if len({(part.path, part.member) for part in parts}) < len(parts):
        twice = next(part for part in parts if parts.count(part) > 1)
        raise twice.blame(0, "is given twice; give it once")
    names = [part.name for part in parts]
    for name in names:
        if names.count(name) > 1:
            raise SourceError(Path(name), 0, "is the name of two files; give them different names")
    return {path: digest for digest, path in seen.items()}


def _layout(part: Part, known: tuple[Layout, ...]) -> Layout:
    head = _head(part)
    for layout in known:
        if layout.knows(head):
            return layout
    own = [layout for layout in known if layout not in LAYOUTS]
    what = f"begins with {', '.join(head.columns[:8])[:200]!r}"
    if own and head.kind == "csv":
        wanted = " or ".join(f"the columns {layout.told_by}" for layout in own)
        raise part.blame(
            1, f"fits no mapping and is of no known layout: it {what}; wanted {wanted}"
        )
    listed = "; ".join(f"{layout.title} ({layout.told_by})" for layout in known)
    if len(head.columns) == 1 and re.search(r"[a-z]_[a-z]", head.columns[0]):
        what += ", which is one column: are its columns divided by commas?"
    raise part.blame(
        1, f"is of no known layout: it {what}; known: {listed}; for a CSV of your own give --map"
    )


def _head(part: Part) -> Head:
    printed = stream.first(part)
    line = printed.lstrip()
    if not line:
        raise part.blame(0, "is empty; fetch it again")
    if line.startswith("{"):
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise part.blame(
                1, "begins like JSON and is none; expected one record a line"
            ) from error
        return Head("json", tuple(sorted(told)))
    if line.startswith("<"):
        return Head("xml", (_root(part),))
    try:
        columns = next(csv.reader([printed], strict=True), [])
    except csv.Error as error:
        raise part.blame(1, f"has no header that can be read: {error}") from error
    return Head("csv", tuple(spelled(column) for column in columns))


def _root(part: Part) -> str:
    """The name of the first element."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []
    parser.StartElementHandler = lambda name, attributes: found.append(name)
    with stream.opened(part) as file:
        while not found and (chunk := file.read(1 << 12)):
            try:
                parser.Parse(chunk, False)
            except expat.ExpatError as error:
                raise part.blame(error.lineno, "is not well-formed XML; fetch it again") from error
    return found[0].rpartition(" ")[2] if found else ""


def _count_votes(intake: Intake) -> None:
    counted: dict[str, int] = {}
    for account in intake.accounts:
        counted[account.path] = counted.get(account.path, 0) + len(account.ballots)
    for entry in intake.files:
        entry.vote_count = counted.get(entry.file, 0)


@dataclass(slots=True)
class _Meter:
    """How far the reading has come, told in steps of a hundredth."""

    progress: Callable[[str, float], None]
    whole: int
    name: str = ""
    done: int = 0
    told: int = -1

    def add(self, count: int) -> None:
        """Bytes were read."""
        self.done += count
        if self.whole and (now := min(100, self.done * 100 // self.whole)) != self.told:
            self.told = now
            self.progress(self.name, now / 100)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
