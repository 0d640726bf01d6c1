"""The whole record held against the SHACL shapes of the ontology.

The engine counts, and joins where two properties are compared; what is asked of a value by itself is tried
once for each different value, of which there are few. ``tests/check/test_shapes.py`` holds the answers
against those of pyshacl, which would take hours for as many triples.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache

from pyoxigraph import DefaultGraph, NamedNode

from kg.check.constraints import NodeShape, PropertyShape, Shapes, Value
from kg.check.finding import Finding
from kg.graph import things
from kg.graph.snapshot import Snapshot, TripleStore
from kg.rdf import iris
from kg.rdf.terms import TYPE

_SUBCLASS = NamedNode(iris.expand("rdfs:subClassOf"))


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What breaks a shape: a finding for each thing and shape."""
    record, shapes = _Record(snapshot.store), Shapes()

    def broken(name: NamedNode) -> frozenset[str]:
        nodes = [node for node in shapes.nodes.values() if name in node.properties]
        return record.broken(shapes.properties[name], [s for node in nodes for s in _starts(node)])

    with ThreadPoolExecutor(_THREADS) as pool:
        for name, things_ in zip(
            shapes.properties, pool.map(broken, shapes.properties), strict=True
        ):
            shape = shapes.properties[name]
            for iri in sorted(things_):
                text = f"{things.name(shape.path.value)}: {shape.message}"
                yield Finding("finding", "shape", things.name(iri), text)
    for node in shapes.nodes.values():
        for alternatives in node.one_of:
            for iri in sorted(_not_one(record, shapes, node, alternatives)):
                names = ", ".join(each.value.rpartition("#")[2] for each in alternatives)
                yield Finding("finding", "shape", things.name(iri), f"is not one of {names} alone")


def _starts(node: NodeShape) -> list[str]:
    """The patterns of which one fits each thing that a node shape is about."""
    return [
        *(f"?s {TYPE} {cls}" for cls in node.classes),
        *(f"?s {prop} ?v" for prop in node.subjects_of),
    ]


def _not_one(
    record: _Record, shapes: Shapes, node: NodeShape, alternatives: tuple[NamedNode, ...]
) -> frozenset[str]:
    """The things of a node shape that keep to none of the alternatives, or to several."""
    kept = dict.fromkeys(record.targets(_starts(node)), 0)
    for alternative in alternatives:
        asked = [shapes.properties[name] for name in shapes.nodes[alternative].properties]
        having = [f"?s {shape.path} {value}" for shape in asked for value in shape.has]
        starts = having[:1] or _starts(node)  # a value that it must have tells most things apart
        fitting = record.targets(starts)
        for shape in asked:
            fitting = fitting - record.broken(shape, starts)
        for iri in fitting & kept.keys():
            kept[iri] += 1
    return frozenset(iri for iri, count in kept.items() if count != 1)


_THREADS = 2
"""Questions to the engine at a time."""
_FEW = 2_000
"""Things up to which a look-up for each is quicker than to read a property of all."""


class _Record:
    """The default graph of a store, asked for what breaks a shape; answers that recur are kept."""

    def __init__(self, store: TripleStore) -> None:
        self._store = store
        self._values = lru_cache(maxsize=None)(self._read_values)
        self._several = lru_cache(maxsize=None)(self._count_several)
        self._instances = lru_cache(maxsize=None)(self._read_instances)
        self._ask = lru_cache(maxsize=None)(self._query)

    def targets(self, starts: list[str]) -> frozenset[str]:
        """IRIs of the things that one of the patterns fits."""
        return self._ask(f"SELECT ?s WHERE {{ {_any(starts)} }}") if starts else frozenset()

    def broken(self, shape: PropertyShape, starts: list[str]) -> frozenset[str]:
        """IRIs of the things that one of the patterns fits, whose values are not as a shape asks."""
        if not starts:
            return frozenset()
        found = self._unlike(shape) | self._compared(shape)
        if shape.most:
            found |= self._several(shape.path, shape.most)
        if found:
            found = found & self.targets(starts)
        every = f"{{ SELECT ?s WHERE {{ {_any(starts)} }} }}"
        if shape.most == 0:
            some = f"{{ SELECT ?s WHERE {{ ?s {shape.path} ?v }} }}"
            found |= self._ask(f"SELECT ?s WHERE {{ {every} {some} }}")
        needed = [f"?s {shape.path} {value}" for value in shape.has]
        needed += [f"?s {shape.path} ?v"] if shape.least else []
        for pattern in needed:
            if [pattern] != starts:
                found |= self._ask(
                    f"SELECT ?s WHERE {{ {every} {self._lacking(pattern, starts)} }}"
                )
        return found

    def _lacking(self, pattern: str, starts: list[str]) -> str:
        """The part of a question that leaves what a pattern does not fit; few things are looked up each."""
        if len(self.targets(starts)) < _FEW:
            return f"FILTER NOT EXISTS {{ {pattern} }}"
        return f"MINUS {{ SELECT ?s WHERE {{ {pattern} }} }}"

    def _unlike(self, shape: PropertyShape) -> frozenset[str]:
        """Things with a value that fails a test, or is of none of the classes."""
        instances = [self._instances(cls) for cls in shape.classes]
        found: frozenset[str] = frozenset()
        for value in self._values(shape.path) if shape.tests or instances else ():
            is_fit = all(test(value) for test in shape.tests)
            if is_fit and all(value.value in of_class for of_class in instances):
                continue
            quads = self._store.quads_for_pattern(None, shape.path, value, DefaultGraph())
            found |= {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
        return found

    def _compared(self, shape: PropertyShape) -> frozenset[str]:
        """Things with a value that another property has too, or that is more than another's."""
        found: frozenset[str] = frozenset()
        for other in shape.disjoint:
            mine, theirs = (
                f"{{ SELECT ?s ?v WHERE {{ ?s {p} ?v }} }}" for p in (shape.path, other)
            )
            found |= self._ask(f"SELECT DISTINCT ?s WHERE {{ {mine} {theirs} }}")
        for other in shape.at_most:
            pair = f"?s {shape.path} ?v . ?s {other} ?w"
            found |= self._ask(f"SELECT DISTINCT ?s WHERE {{ {pair} FILTER(?v > ?w) }}")
        return found

    def _read_values(self, path: NamedNode) -> list[Value]:
        rows = self._store.query(f"SELECT DISTINCT ?v WHERE {{ ?s {path} ?v }}")
        return [row[0] for row in rows]

    def _count_several(self, path: NamedNode, most: int) -> frozenset[str]:
        return self._ask(
            f"SELECT ?s WHERE {{ ?s {path} ?v }} GROUP BY ?s HAVING(COUNT(*) > {most})"
        )

    def _read_instances(self, cls: str) -> frozenset[str]:
        """Things of a class or of one below it."""
        below, waiting = {cls}, [cls]
        while waiting:
            sub = self._below.get(waiting.pop(), set()) - below
            below |= sub
            waiting += sub
        return frozenset().union(*(self._of_class(NamedNode(each)) for each in below))

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        """Class to the classes right below it."""
        below: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(None, _SUBCLASS, None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                below.setdefault(quad.object.value, set()).add(quad.subject.value)
        return below

    def _of_class(self, cls: NamedNode) -> frozenset[str]:
        return self.targets([f"?s {TYPE} {cls}"])

    def _query(self, query: str) -> frozenset[str]:
        return frozenset(row[0].value for row in self._store.query(query))


def _any(patterns: list[str]) -> str:
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
