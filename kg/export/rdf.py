"""A graph as RDF: Turtle, TriG, N-Quads, N-Triples, JSON-LD, and a copy in rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.export import jsonld, lines
from kg.export import turtle as record
from kg.export.formats import WITH_BESIDE, Exported
from kg.graph.snapshot import Snapshot, beside, triples
from kg.output import files
from kg.rdf import iris, turtle

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Triple


def write(snapshot: Snapshot, kind: str, path: Path) -> Exported:
    """Write the graph in a syntax of RDF.

    Raises:
        GraphError: They are not as many as the manifest says.
    """
    counter = _Counter()

    def pieces() -> Iterator[bytes]:
        for piece in _pieces(snapshot, kind, counter):
            yield piece.encode()
        _check(snapshot, kind, counter.count)

    files.replace(path, lambda file: file.writelines(pieces()))
    is_partial = kind not in WITH_BESIDE and counter.count < snapshot.manifest["triple_count"]
    return Exported(kind, counter.count, "triples", is_partial)


def to_rdflib(snapshot: Snapshot) -> rdflib.Graph:
    """A copy of the graph in rdflib, with our prefixes bound."""
    import rdflib

    copy = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in iris.PREFIXES.items():
        copy.bind(prefix, namespace)
    copy.parse(data=turtle.ntriples(triples(snapshot)), format="nt")
    return copy


class _Counter:
    """How many triples were written."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """The same triples, counted as they go by."""
        for triple in triples:
            self.count += 1
            yield triple

    def parts(self, counted: Iterable[tuple[str, int]]) -> Iterator[str]:
        """Texts, whose triples are counted as they go by."""
        for text, count in counted:
            self.count += count
            yield text


def _pieces(snapshot: Snapshot, kind: str, counter: _Counter) -> Iterable[str]:
    """The text of the file."""
    if kind == "jsonld":
        return counter.parts(jsonld.written(snapshot))
    if kind in ("ntriples", "nquads"):
        return counter.parts(lines.written(snapshot, with_beside=kind == "nquads"))
    pieces, count = record.pieces(snapshot)
    counter.count += count
    if kind == "turtle":
        return turtle.written(*pieces)
    others = {name: counter.watch(triples(snapshot, name)) for name in beside(snapshot)}
    return turtle.trig(pieces, others)


def _check(snapshot: Snapshot, kind: str, count: int) -> None:
    field = "triple_count" if kind in WITH_BESIDE else "record_count"
    expected = int(snapshot.manifest[field])
    if count != expected:
        raise GraphError(
            f"the graph is damaged: {count:,} triples can be read of {expected:,}",
            remedy=snapshot.repair,
        )
