"""Sources to graph folder: read, check, write aside, verify, publish."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedIOBase
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from kg import model, resources
from kg.errors import GraphError
from kg.graph import folder
from kg.graph.content import Content
from kg.graph.loading import Loading
from kg.rdf import iris
from kg.rdf.triples import VOTED
from kg.sources import bundled, official
from kg.sources.intake import Intake
from kg.sources.nametable import names


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
        files: Official files, each recognised by its header; see ``kg.sources.official``.
        mappings: Mapping files for CSVs of votes of the user's own; see ``kg.sources.mapped``.

    Raises:
        KgError: Something in the facts or files is not as it must be, or the folder cannot be written;
            the graph that was there before still answers.
    """
    home = Path(root) if root is not None else folder.default()
    source = Path(data) if data is not None else resources.data()
    progress("reading the facts")
    facts = bundled.read(source)
    index = names(facts)
    given = [Path(file) for file in files]
    intake = None
    if given:
        intake = official.read(
            given,
            index,
            [Path(file) for file in mappings],
            lambda name, part: progress("reading the files", part),
        )
    content = Content.of(facts, intake)
    with folder.publish(home) as aside:
        progress("writing the graph")
        _write_store(content, aside, progress)
        progress("writing the vote table")
        _write_table(content, aside)
        _write(aside / "names.json", index.to_json())
        _write(
            aside / "symbols.json",
            json.dumps(content.symbols(), indent=0, ensure_ascii=False) + "\n",
        )
        _write(aside / "seats.json", json.dumps(content.seats(), indent=0, sort_keys=True) + "\n")
        progress("checking and publishing")
        count, record = _counted(aside / "store", content)
        told = _manifest(content, source, count, bundled_data=data is None and not given)
        told["record_count"] = record
        _write(aside / "manifest.json", json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return Built(home, folder.current(home).name, count, told["counts"], intake)


def bundled_digest() -> str:
    """The digest of the facts and the ontology that came with this ``kg``."""
    return _digest(resources.data())


def _write_store(content: Content, aside: Path, progress: Progress) -> None:
    loading = Loading(aside, aside / "store", content.lines)
    with gzip.GzipFile(aside / "things.nt.gz", "wb", compresslevel=1, mtime=0) as things:
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


def _write_table(content: Content, aside: Path) -> None:
    from polars.exceptions import PolarsError

    try:
        content.table.write(aside / "votes.parquet")
        content.observations.write_parquet(aside / "observations.parquet", compression="zstd")
    except PolarsError as error:  # how polars tells that the disk is full
        raise OSError(str(error)) from error


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


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


def _counted(path: Path, content: Content) -> tuple[int, int]:
    """Open the store as a reader will; how many triples it holds, and how many of them are the record.

    Raises:
        GraphError: It cannot be read, or the votes in it are not as many as were given to it.
    """
    try:
        store = ox.Store.read_only(str(path))
        beside = _count(store, "GRAPH ?g { ?s ?p ?o }")
        found = {o: _count(store, f"?s <{iris.term(VOTED[o])}> ?o") for o in model.OPTIONS}
        count = len(store)
    except (OSError, RuntimeError) as error:  # the latter is how the engine tells of damage
        raise GraphError(
            f"{path}: what was written cannot be read back ({error}); the disk may be failing; "
            "build again elsewhere with --graph"
        ) from error
    given = content.table.record.totals
    if found != given:
        raise GraphError(
            f"{path}: of these votes written: {_listed(given)}; these can be read back: {_listed(found)}; "
            "the disk may be failing; build again elsewhere with --graph"
        )
    return count, count - beside


def _count(store: ox.Store, pattern: str) -> int:
    told = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(next(iter(told))["n"].value)  # type: ignore[arg-type]


def _listed(cast: dict[model.Option, int]) -> str:
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
