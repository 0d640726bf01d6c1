"""Sources to graph folder: read, check, write aside, verify, publish."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BufferedIOBase
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from kg import resources
from kg.calls import Argument
from kg.errors import GraphError, SourceError
from kg.graph import folder
from kg.graph.content import Content
from kg.graph.loading import Loading
from kg.graph.manifest import Counted, manifest
from kg.graph.parts import Parts
from kg.graph.publish import publish
from kg.model.facts import Facts
from kg.model.names import Names
from kg.model.words import OPTIONS, Option
from kg.rdf import iris
from kg.rdf.terms import VOTED
from kg.sources import losses, officials, seatless
from kg.sources import report as reports
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.intake import address, fetch
from kg.sources.intake.fetch import Fetched
from kg.sources.intake.intake import Intake
from kg.sources.read import read_files


class Progress(Protocol):
    """Called as a build goes on."""

    def __call__(self, step: str, part: float | None = None, triples: int | None = None) -> None:
        """A step begins, or of the same step a part from 0 to 1 is done, so many triples written."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build published."""

    root: Path
    """The graph folder."""
    version: str
    """The version that answers now."""
    triple_count: int
    """Triples in it."""
    counts: dict[str, int]
    """Records of each kind."""
    intake: Intake | None = None
    """What was read from the user's files, and what was not understood in them."""


def build(
    root: Path | str | None = None,
    data: Path | str | None = None,
    progress: Progress = lambda step, part=None, triples=None: None,
    files: Iterable[Path | str] = (),
    mappings: Iterable[Path | str] = (),
    report: Path | str | None = None,
    *,
    only: str | None = None,
    inspect: Callable[[Path], object] = lambda version: None,
    accept_losses: bool = False,
) -> Built:
    """What was published: a graph built from a folder of facts and any official files.

    Args:
        root: The graph folder; None means ``folder.default()``.
        data: The folder of facts; None means the bundled ones.
        progress: Called with the name of each step as it begins, and with the part done.
        files: Official files, or addresses to fetch them from; see ``kg.sources.read`` and ``.intake.fetch``.
        mappings: Mapping files for CSVs of votes of the user's own; see ``kg.sources.readers.mapped``.
        report: A file, .csv or .json, for what was read from each file and all that was not understood.
        only: ``case`` leaves out the record of roll calls since 1946; empty means all, None ``KG_ONLY``.
        inspect: Called with the folder of the new version before it is published; an error keeps the former.
        accept_losses: Whether to build where more than a tenth of a file was not understood.

    Raises:
        KgError: Something in the facts or files is not as it must be, or the folder cannot be written.
    """
    home, source = Path(root or folder.default()), Path(data or resources.data())
    only = _part(only)
    written = reports.checked(report)
    named, own = list(files), [Path(file) for file in mappings]
    given = fetch.local(named, progress)
    record = [] if only else resources.record(source)
    index, facts, intake = _read(source, record, given, own, progress)
    _compare(facts, intake, written, accept_losses)
    content = Content.of(facts, intake)
    with publish(home) as aside:
        parts = Parts(aside)
        _write(content, index, parts, progress)
        progress("checking and publishing")
        counted = _counted(parts, content)
        fields = manifest(content, source, counted, is_bundled=not (data or given), only=only)
        fields["inputs"] = _inputs(data, named, own)
        parts.write_manifest(fields)
        inspect(aside)
    if written:
        reports.write(content.intake, written)
    version = folder.current(home).name
    return Built(home, version, counted.triples, fields["counts"], content.intake)


def _inputs(
    data: Path | str | None, named: list[Path | str], mappings: list[Path]
) -> dict[str, Any]:
    """What was asked for, so that the same can be asked for again: addresses, and paths in full."""

    def full(file: Path | str) -> str:
        is_address = isinstance(file, str) and address.is_address(file)
        return str(file) if is_address else str(Path(file).absolute())

    return {
        "data": full(data) if data else "",
        "files": [full(file) for file in named],
        "mappings": [full(file) for file in mappings],
    }


def _part(only: str | None) -> str:
    """The part of the facts to build of; empty for all.

    Raises:
        GraphError: There is none of that name.
    """
    part = os.environ.get("KG_ONLY", "") if only is None else only
    if part and part not in resources.ONLY:
        raise GraphError(f"there is no part of the facts named {part!r}", allowed=resources.ONLY)
    return part


def _read(
    data: Path,
    record: list[Path],
    files: list[tuple[Path, Fetched | None]],
    mappings: list[Path],
    progress: Progress,
) -> tuple[Names, Facts, Intake | None]:
    """The names that the facts know, the facts, and what the files say."""
    progress("reading the facts")
    facts = read_facts(data)
    index = names_of(facts)
    reserved = {*facts.descriptions, *facts.sources}
    return index, facts, _intake(files, record, index, mappings, progress, reserved)


def _intake(
    files: list[tuple[Path, Fetched | None]],
    record: list[Path],
    index: Names,
    mappings: list[Path],
    progress: Progress,
    reserved: Iterable[str],
) -> Intake | None:
    """What the files say, those that were given and those of the record; None where there are none."""
    if not files and not record:
        return None

    def watch(name: str, part: float) -> None:
        progress("reading the files", part)

    intake = read_files([path for path, _ in files], index, mappings, watch, record, reserved)
    fetched = {path.name: one for path, one in files if one}
    for file in intake.files:
        file.fetched = fetched.get(file.file.partition("!")[0])
    return intake


def _compare(facts: Facts, intake: Intake | None, report: Path | None, accept: bool) -> None:
    """Hold what files say against the facts; refuse files of which too much was lost, the report written.

    Raises:
        SourceError: Of a file nothing was understood, or too much was not.
    """
    if intake is None:
        return
    officials.join(facts, intake)
    seatless.note(facts, intake)
    try:
        losses.check(intake, accept=accept)
    except SourceError:
        if report:
            reports.write(intake, report)
        raise


def _write(content: Content, index: Names, parts: Parts, progress: Progress) -> None:
    """Write all parts of a version but its manifest."""
    progress("writing the graph")
    _write_store(content, parts, progress)
    progress("writing the vote table")
    parts.write_votes(content.table, content.observations)
    parts.write_names(index, content.symbols())
    parts.write_seats(content.seats())


def _write_store(content: Content, parts: Parts, progress: Progress) -> None:
    loading = Loading(parts.folder, parts.store, content.lines)
    with parts.create_things() as things:
        pieces = chain(content.columns(), content.beside(), _copied(content.things(), things))
        written = 0
        for lines in loading.put(pieces):
            written += lines
            progress("writing the graph", min(0.99, written / content.lines), written)
    progress("loading the graph")
    for loaded in loading.finish():
        progress("loading the graph", loaded / written)


def _copied(pieces: Iterable[bytes], file: BufferedIOBase) -> Iterator[bytes]:
    for piece in pieces:
        file.write(piece)
        yield piece


def _counted(parts: Parts, content: Content) -> Counted:
    """Open the store as a reader will and count what it holds.

    Raises:
        GraphError: It cannot be read, or the votes in it are not as many as were given to it.
    """
    path = parts.store
    try:
        store = ox.Store.read_only(str(path))
        with ThreadPoolExecutor(1) as other:
            record = other.submit(_count, store, "?s ?p ?o")
            votes = {o: _count(store, f"?s <{iris.term(VOTED[o])}> ?o") for o in OPTIONS}
            count = len(store)
    except (OSError, RuntimeError) as error:  # the latter is how the engine tells of damage
        raise GraphError(
            f"{path}: what was written cannot be read back ({error})", remedy=_ELSEWHERE
        ) from error
    given = content.table.record.totals
    if votes != given:
        raise GraphError(
            f"{path}: of these votes written: {_listed(given)}; these can be read back: {_listed(votes)}",
            remedy=_ELSEWHERE,
        )
    return Counted(triples=count, record=record.result())


_ELSEWHERE = "the disk may be failing; build again elsewhere with ", Argument("root")


def _count(store: ox.Store, pattern: str) -> int:
    rows = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(next(iter(rows))["n"].value)  # type: ignore[arg-type]


def _listed(votes: dict[Option, int]) -> str:
    return ", ".join(f"{count} {option}" for option, count in votes.items())
