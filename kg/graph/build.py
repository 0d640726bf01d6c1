"""Sources to graph folder: read, check, write aside, verify, publish."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import model, resources
from kg.errors import GraphError
from kg.graph import folder
from kg.rdf import triples
from kg.sources import bundled
from kg.sources.bundled import Facts
from kg.sources.nametable import names

Progress = Callable[[str], None]


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


def build(
    root: Path | str | None = None,
    data: Path | str | None = None,
    progress: Progress = lambda step: None,
) -> Built:
    """Build a graph from a folder of facts and publish it.

    Args:
        root: The graph folder; None means ``folder.default()``.
        data: The folder of facts; None means the bundled ones.
        progress: Called with the name of each step as it begins.

    Raises:
        KgError: Something in the facts is not as it must be, or the folder cannot be written; the
            graph that was there before still answers.
    """
    home = Path(root) if root is not None else folder.default()
    source = Path(data) if data is not None else resources.data()
    progress("reading the facts")
    facts = bundled.read(source)
    with folder.publish(home) as aside:
        progress("writing the graph")
        count = _store(facts, aside / "store")
        progress("writing the vote table")
        _write_votes(facts, aside)
        _write(aside / "names.json", names(facts).to_json())
        told = _manifest(facts, source, count, bundled_data=data is None)
        _write(aside / "manifest.json", json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        progress("checking and publishing")
        _verify(aside, count)
    return Built(home, folder.current(home).name, count, told["counts"])


def bundled_digest() -> str:
    """The digest of the facts and the ontology that came with this ``kg``."""
    return _digest(resources.data())


def _store(facts: Facts, path: Path) -> int:
    store = ox.Store(str(path))
    made = {ox.Quad(*triple) for triple in triples.triples(facts)}
    made |= {ox.Quad(*triple) for triple in _ontology()}
    store.bulk_extend(made)
    store.flush()
    return len(made)


def _ontology() -> list[ox.Triple]:
    path = resources.ontology() / "kg.ttl"
    return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def _write_votes(facts: Facts, aside: Path) -> None:
    from polars.exceptions import PolarsError

    from kg.votes import VoteTable

    try:
        VoteTable.of(facts.records(model.RollCall), facts.records(model.Vote)).write(
            aside / "votes.parquet"
        )
    except PolarsError as error:  # how polars tells that the disk is full
        raise OSError(str(error)) from error


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _manifest(facts: Facts, source: Path, count: int, *, bundled_data: bool) -> dict[str, Any]:
    from kg import __version__

    return {
        "format": folder.FORMAT,
        "kg": __version__,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "bundled": bundled_data,
        "digest": _digest(source),
        "triple_count": count,
        "counts": {record.__name__: len(rows) for record, rows in facts.tables.items()},
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
        },
        "source_count": len(facts.sources),
    }


def _verify(aside: Path, count: int) -> None:
    """Open what was written as a reader will, and count it."""
    try:
        found = str(len(ox.Store.read_only(str(aside / "store"))))
    except (OSError, RuntimeError) as error:  # the latter is how the engine tells of damage
        found = f"none ({error})"
    if found != str(count):
        raise GraphError(
            f"{aside}: of {count} triples written these can be read back: {found}; the disk may be "
            "failing; build again elsewhere with --graph"
        )


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
