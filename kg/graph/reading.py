"""Records of ``kg.model`` read back from triples, by the table that wrote them (``kg.rdf.shapes``)."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.graph import things
from kg.graph.snapshot import TripleStore
from kg.graph.things import Thing
from kg.model.dates import PartialDate
from kg.model.records import Source, Sourced
from kg.rdf import iris
from kg.rdf.shapes import DERIVED, LABEL, SHAPES, Shape, shape_of

R = TypeVar("R", bound="Sourced | Source")


def records(store: TripleStore, record: type[R]) -> Iterator[R]:
    """Every record of a class that the default graph holds, by key; lists in it are sorted.

    Raises:
        KeyError: Records of that class have no thing of their own.
    """
    shape = shape_of(record)  # type: ignore[arg-type]  # R is bound to the two
    for thing in things.of(store, *shape.classes.values()):
        yield _read(record, shape, thing)


def record(store: TripleStore, kind: str, key: str) -> Sourced | None:
    """The record of one thing; None where the default graph says nothing of it, or the kind has none."""
    cls = next((cls for cls, shape in SHAPES.items() if shape.kind == kind), None)
    thing = things.get(store, iris.thing(kind, key))
    return _read(cls, SHAPES[cls], thing) if cls and thing.facts else None


def source(store: TripleStore, key: str) -> Source | None:
    """The work that a source key stands for; None where there is none."""
    thing = things.get(store, iris.thing("source", key))
    return _read(Source, shape_of(Source), thing) if thing.facts else None


def _read(record: type[R], shape: Shape, thing: Thing) -> R:
    values: dict[str, Any] = {plan.name: plan.read(thing) for plan in _plan(record)}  # type: ignore[arg-type]  # a class is hashable
    if "kind" in values and "kind" not in shape.to:
        classes = thing.all("rdf:type")
        values["kind"] = next(kind for kind, cls in shape.classes.items() if f"kg:{cls}" in classes)
    if shape.kind in values and values[shape.kind] is None:
        values[shape.kind] = thing.key
    return record(**values)


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is read."""

    name: str
    prop: str
    convert: Callable[[str], Any]
    many: bool
    empty: Any

    def read(self, thing: Thing) -> Any:
        texts = thing.all(self.prop)
        if self.many:
            return tuple(self.convert(text) for text in texts)
        if not texts:
            return self.empty
        if self.name == "also_known_as":
            return "|".join(texts)
        return self.convert(texts[0])


@cache
def _plan(record: type[Any]) -> tuple[_Field, ...]:
    shape, hints = shape_of(record), get_type_hints(record)
    return tuple(
        _field(field.name, shape.to.get(field.name, ""), hints[field.name], field.default)
        for field in fields(record)
    )


def _field(name: str, target: str, hint: Any, default: Any) -> _Field:
    prop, arrow, kind = target.partition(">")
    optional = get_origin(hint) in (Union, types.UnionType)
    inner = next(arg for arg in get_args(hint) if arg is not type(None)) if optional else hint
    many = get_origin(inner) is tuple
    if many:
        inner = get_args(inner)[0]
    prop = {LABEL: "label", DERIVED.partition(">")[0]: "wasDerivedFrom"}.get(prop, prop)
    empty = default if default is not MISSING else None if optional or not target else ""
    return _Field(name, prop, _converter(inner, arrow, kind), many, empty)


def _converter(hint: Any, arrow: str, kind: str) -> Callable[[str], Any]:
    if arrow and kind != "*":
        return _spaced if kind == ">group" else _key
    converters: dict[Any, Callable[[str], Any]] = {PartialDate: PartialDate.parse, int: int}
    return converters.get(hint, str)


def _key(name: str) -> str:
    return name.partition(":")[2]


def _spaced(name: str) -> str:
    return _key(name).replace("_", " ")
