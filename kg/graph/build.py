"""Sources to graph folder: read, check, write aside, verify, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedIOBase
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from kg import resources
from kg.calls import Argument
from kg.errors import GraphError
from kg.graph import folder
from kg.graph.content import Content
from kg.graph.loading import Loading
from kg.graph.parts import Parts
from kg.graph.publish import publish
from kg.model.words import OPTIONS, Option
from kg.rdf import iris
from kg.rdf.terms import VOTED
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.intake.intake import Intake
from kg.sources.read import read_files


class Progress(Protocol):
    """Told how a build goes on."""

    def __call__(self, step: str, part: float | None = None) -> None:
        """A step begins, or of the same step a part from 0 to 1 is done."""


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
    progress: Progress = lambda step, part=None: None,
    files: Iterable[Path | str] = (),
    mappings: Iterable[Path | str] = (),
) -> Built:
    """Build a graph from a folder of facts and any official files, and publish it.

    Args:
        root: The graph folder; None means ``folder.default()``.
        data: The folder of facts; None means the bundled ones.
        progress: Called with the name of each step as it begins, and with the part that is done.
        files: Official files, each recognised by its header; see ``kg.sources.read``.
        mappings: Mapping files for CSVs of votes of the user's own; see ``kg.sources.readers.mapped``.

    Raises:
        KgError: Something in the facts or files is not as it must be, or the folder cannot be written;
            the graph that was there before still answers.
    """
    home = Path(root) if root is not None else folder.default()
    source = Path(data) if data is not None else resources.data()
    progress("reading the facts")
    facts = read_facts(source)
    index = names_of(facts)
    given = [Path(file) for file in files]
    intake = None
    if given:
        intake = read_files(
            given,
            index,
            [Path(file) for file in mappings],
            lambda name, part: progress("reading the files", part),
        )
    content = Content.of(facts, intake)
    with publish(home) as aside:
        parts = Parts(aside)
        progress("writing the graph")
        _write_store(content, parts, progress)
        progress("writing the vote table")
        parts.write_votes(content.table, content.observations)
        parts.write_names(index, content.symbols())
        parts.write_seats(content.seats())
        progress("checking and publishing")
        count, record = _counted(parts, content)
        manifest = _manifest(content, source, count, bundled_data=data is None and not given)
        manifest["record_count"] = record
        parts.write_manifest(manifest)
    return Built(home, folder.current(home).name, count, manifest["counts"], intake)


def bundled_digest() -> str:
    """The digest of the facts and the ontology that came with this ``kg``."""
    return _digest(resources.data())


def _write_store(content: Content, parts: Parts, progress: Progress) -> None:
    loading = Loading(parts.folder, parts.store, content.lines)
    with parts.create_things() as things:
        pieces = chain(content.columns(), content.beside(), _copied(content.things(), things))
        written = 0
        for lines in loading.put(pieces):
            written += lines
            progress("writing the graph", min(0.99, written / content.lines))
    progress("loading the graph")
    loading.finish()


def _copied(pieces: Iterable[bytes], file: BufferedIOBase) -> Iterator[bytes]:
    for piece in pieces:
        file.write(piece)
        yield piece


def _manifest(content: Content, source: Path, count: int, *, bundled_data: bool) -> dict[str, Any]:
    from kg import __version__

    facts = content.facts
    return {
        "format": folder.FORMAT,
        "kg": __version__,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "bundled": bundled_data,
        "digest": _digest(source),
        "triple_count": count,
        "counts": content.counts(),
        "files": {
            str(path.relative_to(source).as_posix()): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in _files(source)
        },
        "datasets": {
            name: {
                "title": told.title,
                "licence": told.licence,
                "known": told.known.isoformat(),
            }
            for name, told in facts.descriptions.items()
        }
        | content.datasets(),
        "source_count": len(facts.sources) + len(content.sources),
        "given": content.given(),
    }


def _counted(parts: Parts, content: Content) -> tuple[int, int]:
    """Open the store as a reader will; how many triples it holds, and how many of them are the record.

    Raises:
        GraphError: It cannot be read, or the votes in it are not as many as were given to it.
    """
    try:
        store = ox.Store.read_only(str(path := parts.store))
        beside = _count(store, "GRAPH ?g { ?s ?p ?o }")
        found = {o: _count(store, f"?s <{iris.term(VOTED[o])}> ?o") for o in OPTIONS}
        count = len(store)
    except (OSError, RuntimeError) as error:  # the latter is how the engine tells of damage
        raise GraphError(
            f"{path}: what was written cannot be read back ({error})", remedy=_ELSEWHERE
        ) from error
    given = content.table.record.totals
    if found != given:
        raise GraphError(
            f"{path}: of these votes written: {_listed(given)}; these can be read back: {_listed(found)}",
            remedy=_ELSEWHERE,
        )
    return count, count - beside


_ELSEWHERE = "the disk may be failing; build again elsewhere with ", Argument("root")


def _count(store: ox.Store, pattern: str) -> int:
    told = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(next(iter(told))["n"].value)  # type: ignore[arg-type]


def _listed(cast: dict[Option, int]) -> str:
    return ", ".join(f"{count} {option}" for option, count in cast.items())


def _digest(source: Path) -> str:
    told = hashlib.sha256()
    for base in (source, resources.ontology()):
        for path in _files(base):
            told.update(path.relative_to(base).as_posix().encode() + b"\0")
            told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _files(base: Path) -> list[Path]:
    return sorted(
        p for p in base.rglob("*") if p.suffix in (".csv", ".toml", ".ttl") and p.is_file()
    )
