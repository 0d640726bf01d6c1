"""The files a user gives, read: each recognised by its beginning, all into one intake."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import SourceError
from kg.model.names import Names
from kg.sources.intake import stream
from kg.sources.intake.intake import FileRead, Intake
from kg.sources.intake.layout import Layout, Reader
from kg.sources.intake.stream import Part
from kg.sources.readers import LAYOUTS, mapped
from kg.sources.recognise import layout_of
from kg.votes.table import CURATED


def read_files(
    files: Iterable[Path],
    names: Names,
    mappings: Iterable[Path] = (),
    progress: Callable[[str, float], None] = lambda name, part: None,
    bundled: Iterable[Path] = (),
    reserved: Iterable[str] = (),
    *,
    spare_mappings: bool = False,
) -> Intake:
    """All that the files say.

    Args:
        files: Official files, in any order; a zip may hold several.
        names: Which state a name or a code means on a day.
        mappings: Mapping files for CSVs of the user's own; see ``kg.sources.readers.mapped``.
        progress: Called with a file's name and the part of all bytes that was read.
        bundled: Files that came with the facts, read like the others.
        reserved: Keys of the facts' data sets and works, which no mapping may take.
        spare_mappings: Whether a mapping may be left over that fits none of the files.

    Raises:
        SourceError: A file cannot be read, is of no known layout, or is not as its layout has it.
    """
    own = _mapped_layouts(mappings, frozenset(reserved))
    came = frozenset(bundled)
    parts = _parts(came, files)
    digests = _no_twins(parts)
    meter = _Meter(progress, sum(path.stat().st_size for path in digests))
    recognised = [(part, layout_of(part, tuple(own.values()))) for part in parts]
    if not spare_mappings:
        _all_used(own, recognised)
    rank = {id(layout): i for i, layout in enumerate((*LAYOUTS, *own.values()))}
    recognised.sort(key=lambda pair: (rank[id(pair[1])], pair[0].name))
    intake = Intake(names, bundled={part.name for part in parts if part.path in came})
    shared: dict[str, Reader] = {}
    for part, layout in recognised:
        meter.name = part.name
        source = _add_source(layout, intake)
        reader = shared[source] if source in shared else layout.reader(intake, source)
        if layout.several_files:
            shared[source] = reader
        entry = FileRead(part.name, layout.title, source, digests[part.path])
        intake.files.append(entry)
        _read_part(reader, replace(part, watch=meter.add), entry, intake)
        if not layout.several_files:
            reader.finish()
    _finish_shared(shared, intake)
    _count_votes(intake)
    return intake


def _parts(bundled: frozenset[Path], files: Iterable[Path]) -> list[Part]:
    """The parts of all files; those that came with the facts have names that no file of a user has."""
    came = [
        replace(p, folder=path.parent.name) for path in sorted(bundled) for p in stream.parts(path)
    ]
    return came + [part for path in files for part in stream.parts(path)]


def _all_used(own: dict[Path, Layout], used: list[tuple[Part, Layout]]) -> None:
    """Refuse a mapping that no file was read by.

    Raises:
        SourceError: Another fitted each of the files better, or they lack what it wants.
    """
    for path, layout in own.items():
        if any(one is layout for _, one in used):
            continue
        others = [
            f"{part.name} is read by {one.key!r}" for part, one in used if one in own.values()
        ]
        problem = f"fits none of the files; it wants the columns {layout.marks}"
        problem += f" in a file named {layout.file}" if layout.file else ""
        remedy = f"{', '.join(others)}: say in each mapping for which file it is" if others else ""
        raise SourceError(path, 0, problem, remedy=remedy)


def _mapped_layouts(mappings: Iterable[Path], taken: frozenset[str]) -> dict[Path, Layout]:
    """Mapping file to its layout, in the order of the layouts' keys."""
    layouts = {path: mapped.load(path) for path in mappings}
    layouts = dict(sorted(layouts.items(), key=lambda pair: pair[1].key))
    reserved = {layout.key for layout in LAYOUTS} | {CURATED}
    for path, layout in layouts.items():
        if layout.key in reserved:
            problem = f"key {layout.key!r} names an official source"
            raise SourceError(path, 0, problem, remedy="give your own key")
        if layout.key in taken:
            problem = f"key {layout.key!r} names a data set or a work of the facts"
            raise SourceError(path, 0, problem, remedy="give your own key")
    return layouts


def _read_part(reader: Reader, part: Part, entry: FileRead, intake: Intake) -> None:
    def record_count() -> int:
        return sum(map(len, intake.records.values())) + len(intake.texts)

    rollcalls_before, records_before = len(intake.accounts), record_count()
    entry.row_count = reader.read(part)
    entry.rollcall_count = len(intake.accounts) - rollcalls_before
    entry.record_count = record_count() - records_before


def _finish_shared(shared: dict[str, Reader], intake: Intake) -> None:
    """End the readers that read several files each, and count what they found only then."""
    for source, reader in shared.items():
        reader.finish()
        entries = [entry for entry in intake.files if entry.source == source]
        counted = sum(entry.record_count for entry in entries)
        entries[0].record_count += len(intake.records.get(source, ())) - counted


def _add_source(layout: Layout, intake: Intake) -> str:
    """The source key of a file: that of its layout, numbered where it is not the first of its form."""
    key, title, number = layout.key, layout.title, 1
    while key in intake.sources and not layout.several_files:
        number += 1
        key, title = f"{layout.key}-{number}", f"{layout.title}, file {number}"
    if layout.exhaustive:
        intake.exhaustive[key] = layout.collection or layout.key
    intake.sources[key] = replace(layout.source, source=key, title=title)
    return key


def _no_twins(parts: list[Part]) -> dict[Path, str]:
    """The digest of each file, of which no two may be the same or have the same name."""
    seen: dict[str, Path] = {}
    for path in dict.fromkeys(part.path for part in parts):
        digest = _digest(path)
        if digest in seen:
            raise SourceError(
                path, 0, f"holds the same bytes as {seen[digest]}", remedy="give it once"
            )
        seen[digest] = path
    if len({(part.path, part.member) for part in parts}) < len(parts):
        twice = next(part for part in parts if parts.count(part) > 1)
        raise twice.error_at(0, "is given twice", remedy="give it once")
    names = [part.name for part in parts]
    for name in names:
        if names.count(name) > 1:
            raise SourceError(
                Path(name), 0, "is the name of two files", remedy="give them different names"
            )
    return {path: digest for digest, path in seen.items()}


def _count_votes(intake: Intake) -> None:
    counts: Counter[str] = Counter()
    for account in intake.accounts:
        counts[account.path] += len(account.ballots)
    for entry in intake.files:
        entry.vote_count = counts[entry.file]


@dataclass(slots=True)
class _Meter:
    """How far the reading has come, reported in steps of a hundredth."""

    progress: Callable[[str, float], None]
    size: int
    """Bytes of all files."""
    name: str = ""
    done: int = 0
    reported: int = -1

    def add(self, count: int) -> None:
        """Bytes were read."""
        self.done += count
        if self.size and (now := min(100, self.done * 100 // self.size)) != self.reported:
            self.reported = now
            self.progress(self.name, now / 100)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
