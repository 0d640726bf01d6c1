"""The codebook, ``docs/codebook.md``: what each term of the graph and each column means."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyoxigraph as ox

from kg import resources
from kg.model.dates import PartialDate
from kg.model.records import Source, Sourced, columns
from kg.rdf import iris
from kg.sources.curated.facts import TABLES
from tools import definitions

_INTRO = """\
# Codebook

Made by `tools.codebook.markdown()` from `ontology/kg.ttl` and `kg/model/records/`; change those, not this.

`start` is the first day inside, `end` the first day outside. A date is as exact as it is known: a
day, a month or a year. Names such as `schema:url` belong to vocabularies of others; those without a
prefix are our own, `kg:`. "Kind of" means that the term implies the one that is named, "compare"
that the two only resemble each other.
"""
_LAST = ("start", "end", "source", "status", "note")
"""Columns that many files share stand last, as they do in the files."""

_Record = type[Sourced] | type[Source]
_Terms = dict[str, dict[str, list[str]]]
"""Subject to predicate to objects, in file order; IRIs are shortened, literals are their text."""


def markdown() -> str:
    """The whole page as Markdown, always the same bytes for the same ontology and records."""
    terms = _read(resources.ontology() / "kg.ttl")
    parts = [
        _INTRO,
        "## Classes\n",
        _table(("Class", "What it is", "Kind of", "Compare"), _classes(terms)),
        "## Properties\n",
        _table(
            ("Property", "What it says", "From", "To", "Kind of", "Compare"), _properties(terms)
        ),
        "## Data cubes\n",
        "Votes counted again, as observations: each has a `qb:dataSet`, one value of each dimension "
        "and one of each measure.\n",
        _table(("Data set", "What it counts", "Dimensions", "Measures"), _cubes(terms)),
        "## Schemes\n",
        "Values that are concepts, each with an IRI such as `option:yes`.\n",
        *_schemes(terms),
        "## Files and columns\n",
        "UTF-8 CSV below `data/`; a list in one cell is divided by spaces.\n",
        *_files(),
    ]
    return "\n".join(parts)


def _read(path: Path) -> _Terms:
    terms: _Terms = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode), quad
        assert not isinstance(quad.object, ox.BlankNode | ox.Triple), quad
        values = terms.setdefault(iris.shorten(quad.subject.value), {})
        values.setdefault(iris.shorten(quad.predicate.value), []).append(_text(quad.object))
    return terms


def _text(term: ox.NamedNode | ox.Literal) -> str:
    if isinstance(term, ox.NamedNode):
        return iris.shorten(term.value)
    code = iris.shorten(term.datatype.value)
    return f"{code.removeprefix('kg:')} {term.value}" if code.startswith("kg:") else term.value


def _classes(terms: _Terms) -> Iterator[tuple[str, ...]]:
    for name, values in terms.items():
        if {"owl:Class", "rdfs:Datatype"} & set(values["rdf:type"]):
            yield (
                _code([name]),
                _meaning(values),
                _code(values.get("rdfs:subClassOf")),
                _compare(values),
            )


def _properties(terms: _Terms) -> Iterator[tuple[str, ...]]:
    for name, values in terms.items():
        if {"owl:ObjectProperty", "owl:DatatypeProperty"} & set(values["rdf:type"]):
            yield (
                _code([name]),
                _meaning(values),
                _code(values.get("rdfs:domain")),
                _code(values.get("rdfs:range")),
                _code(values.get("rdfs:subPropertyOf")),
                _compare(values),
            )


def _cubes(terms: _Terms) -> Iterator[tuple[str, ...]]:
    for name, values in terms.items():
        if "qb:DataSet" in values["rdf:type"]:
            parts = [terms[part] for part in terms[values["qb:structure"][0]]["qb:component"]]
            dimensions, measures = (
                [of for part in parts for of in part.get(f"qb:{kind}", [])]
                for kind in ("dimension", "measure")
            )
            yield _code([name]), _meaning(values), _code(dimensions), _code(measures)


def _schemes(terms: _Terms) -> Iterator[str]:
    for scheme, values in terms.items():
        if "skos:ConceptScheme" not in values["rdf:type"]:
            continue
        yield f"### {values['rdfs:label'][0]} (`{scheme.rsplit('/', 1)[1]}`)\n"
        yield f"{values['skos:definition'][0]}\n"
        yield _table(
            ("Concept", "Label", "What it means", "Codes"),
            (
                (
                    _code([name]),
                    concept["rdfs:label"][0],
                    concept["skos:definition"][0],
                    ", ".join(concept.get("skos:notation", [])),
                )
                for name, concept in terms.items()
                if scheme in concept.get("skos:inScheme", [])
            ),
        )


def _files() -> Iterator[str]:
    files: list[tuple[str, _Record]] = [(path, record) for path, record, _ in TABLES]
    files.append(("<folder>/sources.csv", Source))
    for path, record in files:
        yield f"### `data/{path}`\n"
        yield f"{_plain(definitions.class_of(record).text)}\n"
        yield _table(("Column", "Values", "What it says"), _columns(record))


def _columns(record: _Record) -> Iterator[tuple[str, ...]]:
    hints = get_type_hints(record)
    lines = {field.name: field.text for field in definitions.class_of(record).fields}
    last = () if record is Source else _LAST
    named = [field for field in fields(record) if field.name in columns(record)]
    for field in sorted(named, key=lambda f: last.index(f.name) if f.name in last else -1):
        empty = "" if field.default is MISSING else "; may be empty"
        yield _code([field.name]), _values(hints[field.name]) + empty, _plain(lines[field.name])


def _values(hint: Any) -> str:
    if get_origin(hint) in (Union, types.UnionType):
        return _values(next(arg for arg in get_args(hint) if arg is not type(None)))
    if get_origin(hint) is tuple:
        return f"list of {_values(get_args(hint)[0])}".removesuffix(" of text")
    if get_origin(hint) is Literal:
        return ", ".join(_code([value]) for value in get_args(hint) if value)
    return {PartialDate: "day, month or year", date: "day", int: "whole number"}.get(hint, "text")


def _meaning(values: dict[str, list[str]]) -> str:
    return " ".join(values["rdfs:comment"] + values.get("skos:scopeNote", []))


def _compare(values: dict[str, list[str]]) -> str:
    return _code(values.get("rdfs:seeAlso"))


def _code(names: Iterable[str] | None) -> str:
    return ", ".join(f"`{name.removeprefix('kg:')}`" for name in names or ())


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
