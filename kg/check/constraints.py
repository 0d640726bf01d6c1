"""The SHACL shapes of the ontology, read into what each asks of a property.

Read are the parts of SHACL that the shapes use; a shape that uses another is an error, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import resources
from kg.errors import GraphError
from kg.rdf import iris

SH = "http://www.w3.org/ns/shacl#"
_INTEGER = iris.expand("xsd:integer")
_KNOWN = frozenset(
    SH + name
    for name in (
        *("path", "minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "minLength"),
        *("minInclusive", "or", "disjoint", "lessThanOrEquals", "hasValue", "in", "message"),
        *("targetClass", "targetSubjectsOf", "property", "xone"),
    )
)
Value = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What a property shape asks of the values of one property."""

    path: NamedNode
    message: str
    least: int
    most: int | None
    """Most values; None is any number."""
    classes: tuple[str, ...]
    """IRIs of classes that each value is of."""
    tests: tuple[Callable[[Value], bool], ...]
    """What is true of each value by itself."""
    disjoint: tuple[NamedNode, ...]
    """Properties that share no value with it."""
    at_most: tuple[NamedNode, ...]
    """Properties whose value is no less."""
    has: tuple[Value, ...]
    """Values that are among its own."""


@dataclass(frozen=True, slots=True)
class NodeShape:
    """A node shape: which things it is about, and what it asks of them."""

    classes: tuple[NamedNode, ...]
    subjects_of: tuple[NamedNode, ...]
    properties: tuple[NamedNode, ...]
    one_of: tuple[tuple[NamedNode, ...], ...]
    """Lists of node shapes, of each of which exactly one holds."""


class Shapes:
    """The shapes of ``ontology/shapes.ttl``.

    Raises:
        GraphError: A shape uses a part of SHACL that is not read here.
    """

    def __init__(self) -> None:
        self._facts: dict[NamedNode, dict[str, list[Value]]] = {}
        path = resources.ontology() / "shapes.ttl"
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            name = quad.predicate.value
            if name.startswith(SH) and name not in _KNOWN:
                raise GraphError(f"{path}: {name} is not checked")
            of_subject = self._facts.setdefault(quad.subject, {})
            of_subject.setdefault(name, []).append(quad.object)

    @cached_property
    def nodes(self) -> dict[NamedNode, NodeShape]:
        """Every node shape."""
        kind = NamedNode(SH + "NodeShape")
        return {
            node: NodeShape(
                self._iris(node, "targetClass"),
                self._iris(node, "targetSubjectsOf"),
                self._iris(node, "property"),
                tuple(tuple(self._list(first)) for first in self._iris(node, "xone")),
            )
            for node, facts in self._facts.items()
            if kind in facts.get(iris.expand("rdf:type"), ())
        }

    @cached_property
    def properties(self) -> dict[NamedNode, PropertyShape]:
        """Every property shape."""
        return {
            node: self._property(node)
            for node, facts in self._facts.items()
            if SH + "path" in facts
        }

    def _property(self, node: NamedNode) -> PropertyShape:
        most = self._text(node, "maxCount")
        return PropertyShape(
            path=self._iris(node, "path")[0],
            message=self._text(node, "message"),
            least=int(self._text(node, "minCount") or 0),
            most=int(most) if most else None,
            classes=tuple(each.value for each in self._iris(node, "class")),
            tests=tuple(self._tests(node)),
            disjoint=self._iris(node, "disjoint"),
            at_most=self._iris(node, "lessThanOrEquals"),
            has=tuple(self._values(node, "hasValue")),
        )

    def _tests(self, node: NamedNode) -> Iterable[Callable[[Value], bool]]:
        if kind := self._text(node, "datatype"):
            yield _of_kinds({kind})
        for first in self._iris(node, "or"):
            yield _of_kinds({self._text(each, "datatype") for each in self._list(first)})
        if self._text(node, "nodeKind"):  # IRI is the only kind that the shapes ask for
            yield lambda value: isinstance(value, NamedNode)
        if pattern := self._text(node, "pattern"):
            search = re.compile(pattern).search
            yield lambda value: search(value.value) is not None
        if least := self._text(node, "minLength"):
            yield lambda value: len(value.value) >= int(least)
        if low := self._text(node, "minInclusive"):
            yield lambda value: _is_at_least(value, int(low))
        for first in self._iris(node, "in"):
            yield set(self._list(first)).__contains__

    def _values(self, node: NamedNode, name: str) -> list[Value]:
        return self._facts[node].get(SH + name, [])

    def _iris(self, node: NamedNode, name: str) -> tuple[NamedNode, ...]:
        return tuple(v for v in self._values(node, name) if isinstance(v, NamedNode))

    def _text(self, node: NamedNode, name: str) -> str:
        return next((value.value for value in self._values(node, name)), "")

    def _list(self, first: Value) -> Iterable[NamedNode]:
        """The members of an RDF list of nodes with names."""
        at = first
        while isinstance(at, NamedNode) and at.value != iris.expand("rdf:nil"):
            facts = self._facts[at]
            member = facts[iris.expand("rdf:first")][0]
            if isinstance(member, NamedNode):
                yield member
            at = facts[iris.expand("rdf:rest")][0]


def _of_kinds(kinds: set[str]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, Literal) and value.datatype.value in kinds


def _is_at_least(value: Value, low: int) -> bool:
    is_number = isinstance(value, Literal) and value.datatype.value == _INTEGER
    return is_number and int(value.value) >= low
