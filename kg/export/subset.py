"""Chosen roll calls as RDF: all that is known of them, of their texts, and of whom and what these name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.export.chosen import Which, chosen
from kg.export.formats import WITH_BESIDE, Exported
from kg.graph.snapshot import Snapshot
from kg.output import files
from kg.rdf import iris, jsonld, turtle
from kg.rdf.terms import thing

_VOTES = tuple(iris.PREFIXES[kind] for kind in ("rollcall", "document"))
"""Things that tell of others: who voted, on what, on which topic."""
_FROM = tuple(iris.PREFIXES[kind] for kind in ("source", "dataset"))
"""What is said of wherever it is named."""
_NAMED = (
    *_FROM,
    *(iris.PREFIXES[kind] for kind in ("document", "organisation", "state", "topic")),
)
"""What is said of where a roll call or a text names it."""


def write(snapshot: Snapshot, kind: str, path: Path, which: Which) -> Exported:
    """Write the roll calls in a syntax of RDF."""
    keys = chosen(snapshot, which).rollcalls["rollcall"]
    quads = _quads(snapshot, [thing("rollcall", key) for key in keys])
    kept = [q for q in quads if kind in WITH_BESIDE or q.graph_name == DefaultGraph()]
    pieces = [text.encode() for text in _written(kept, kind)]
    files.replace(path, lambda file: file.writelines(pieces))
    return Exported(kind, len(kept), "triples", is_partial=len(kept) < len(quads))


def _quads(snapshot: Snapshot, rollcalls: Iterable[NamedNode]) -> list[Quad]:
    """All that is said of the roll calls and of what they lead to, in whatever graph, subject by subject.

    Texts lead to texts - a draft, an amended draft - and to whom they name; what a state or an organisation
    names is not followed but for its sources.
    """
    found: list[Quad] = []
    seen = {node.value for node in rollcalls}
    waiting = sorted(seen)
    while waiting:
        named: set[str] = set()
        for iri in waiting:
            for quad in snapshot.store.quads_for_pattern(NamedNode(iri), None, None, None):
                found.append(quad)
                named |= set(_followed(iri, quad))
        waiting = sorted(named - seen)
        seen |= named
    return found


def _followed(subject: str, quad: Quad) -> Iterator[str]:
    """The things that a quad names and that are said of for its sake."""
    if isinstance(quad.graph_name, NamedNode):
        yield quad.graph_name.value
    if isinstance(quad.object, NamedNode):
        tells_of_votes = subject.startswith(_VOTES)
        if quad.object.value.startswith(_NAMED if tells_of_votes else _FROM):
            yield quad.object.value


def _written(quads: list[Quad], kind: str) -> Iterable[str]:
    if kind == "nquads":
        return turtle.nquads(quads)
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        graphs.setdefault(name, []).append(quad.triple)
    record = graphs.pop("", [])
    if kind == "ntriples":
        return turtle.ntriples_lines(record)
    if kind == "jsonld":
        return [jsonld.document(record)]
    if kind == "turtle":
        return turtle.lines(record)
    return turtle.trig(turtle.pieces(sorted(record, key=turtle.subject_iri)), graphs)
