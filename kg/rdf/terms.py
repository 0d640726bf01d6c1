"""The terms that the graph is written in: one place for each literal, each IRI of ours, each predicate.

What is loaded into a store is text: a statement is a triple as N-Triples writes it, without its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.model.dates import PartialDate
from kg.model.words import Option
from kg.rdf import iris

TYPE = NamedNode(iris.expand("rdf:type"))
LABEL = NamedNode(iris.expand("rdfs:label"))
DERIVED = NamedNode(iris.expand("prov:wasDerivedFrom"))

VOTED: dict[Option, str] = {
    "yes": "votedYes",
    "no": "votedNo",
    "abstain": "abstained",
    "nonvoting": "didNotVote",
}
"""Voting option to the property that leads from the roll call to the state."""

_XSD = {
    name: NamedNode(iris.expand(f"xsd:{name}"))
    for name in ("date", "decimal", "gYear", "gYearMonth", "integer")
}


def total(option: Option) -> str:
    """The property that says how many did that."""
    return f"{option}Count"


@lru_cache(maxsize=1 << 10)
def term(name: str) -> NamedNode:
    """A class or property: one of ours by its bare name, another by its prefix too."""
    return NamedNode(iris.expand(name) if ":" in name else iris.term(name))


@lru_cache(maxsize=1 << 15)
def thing(kind: str, key: str) -> NamedNode:
    """The thing of that kind with that key.

    Raises:
        RecordError: There is no such kind, or the text is no key.
    """
    return NamedNode(iris.thing(kind, key))


def literal(value: PartialDate | date | int | str) -> Literal:
    """A value as a literal: a date as exact as it is known, a whole number, or text."""
    if isinstance(value, PartialDate):
        kind = "date" if value.day else "gYearMonth" if value.month else "gYear"
        return Literal(str(value), datatype=_XSD[kind])
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=_XSD["date"])
    if isinstance(value, int):
        return Literal(str(value), datatype=_XSD["integer"])
    return Literal(value)


def decimal(value: float) -> Literal:
    """A measured number with nine digits, without trailing zeros."""
    text = f"{value:.9f}".rstrip("0")
    if text.endswith("."):
        text += "0"
    return Literal(text, datatype=_XSD["decimal"])


@lru_cache(maxsize=1 << 10)
def predicate(name: str) -> str:
    """A class or property as N-Triples writes it."""
    return str(term(name))


@lru_cache(maxsize=1 << 15)
def node(kind: str, key: str) -> str:
    """The thing of that kind with that key, as N-Triples writes it.

    Raises:
        RecordError: There is no such kind, or the text is no key.
    """
    return f"<{iris.thing(kind, key)}>"


def written(value: PartialDate | date | int | str) -> str:
    """A value as a literal of N-Triples; see ``literal``."""
    if isinstance(value, str):
        return f'"{_SPECIAL.sub(_escaped, value)}"'
    return str(literal(value))


_SPECIAL = re.compile(r'[\\"\n\r]')


def _escaped(match: re.Match[str]) -> str:
    return {"\n": "\\n", "\r": "\\r"}.get(match[0], "\\" + match[0])


def lines(statements: Iterable[str], graph: str = "") -> bytes:
    """Statements as lines of N-Triples, or of N-Quads in a named graph."""
    end = f" {graph} .\n" if graph else " .\n"
    return "".join([statement + end for statement in statements]).encode()
