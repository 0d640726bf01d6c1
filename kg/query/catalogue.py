"""The shipped queries: one question a file in ``kg/query/questions/``, told by the comments on its top.

::

    # title: Who voted against a resolution
    # param: resolution rollcall ES-11/6
    # source: roll calls
    SELECT ?state ?name ?resolution WHERE { ... } ORDER BY ?state

A parameter is bound as a term, never pasted into the text, and must stand in the SELECT list; it is
not shown in the answer. Its kind is a kind of thing (state, rollcall, organisation, official ...),
or one of ``date``, ``integer``, ``text``, ``option``, ``obligation``, ``continuity``.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import resources
from kg.errors import QueryError, RecordError
from kg.model import dates
from kg.model.names import Names
from kg.model.words import CONTINUITIES, OBLIGATIONS, OPTIONS
from kg.rdf import iris

_LINE = re.compile(r"#\s*(title|param|source|note|facts):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a shipped query."""

    name: str
    kind: str
    """What it must be: a kind of thing, or date, integer, text, option, obligation, continuity."""
    example: str
    """A value that works, used where none is given only if the file says ``default``."""
    default: bool
    """Whether the example is used where no value is given."""


@dataclass(frozen=True, slots=True)
class Query:
    """A shipped query."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    text: str
    note: str
    datasets: tuple[str, ...]
    """The data sets of ``data/`` that it is about; empty where that is not known."""

    def bind(self, given: dict[str, str], names: Names) -> dict[str, str]:
        """Parameter to its term in N-Triples form.

        Raises:
            QueryError: A parameter is missing, extra or of the wrong form.
            UnknownNameError: A name means nothing.
        """
        known = {p.name: p for p in self.parameters}
        if extra := sorted(given.keys() - known.keys()):
            takes = ", ".join(f"{p.name}={p.example}" for p in self.parameters) or "no parameter"
            raise QueryError(f"{self.name} has no parameter {extra[0]!r}; it takes {takes}")
        terms = {}
        on = _day("on", given["on"]) if "on" in given else None
        for name, parameter in known.items():
            text = given.get(name, parameter.example if parameter.default else "")
            if not text:
                every = " ".join(f"{p.name}={p.example}" for p in self.parameters)
                raise QueryError(f"{self.name} needs {name}, such as: kg query {self.name} {every}")
            terms[name] = str(_term(parameter, text, names, on))
        return terms


def names() -> tuple[str, ...]:
    """The names of all shipped queries, in alphabetical order."""
    return tuple(sorted(path.stem for path in resources.queries().glob("*.rq")))


def load(name: str) -> Query:
    """The shipped query of that name.

    Raises:
        QueryError: There is none.
    """
    path = resources.queries() / f"{name}.rq"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise QueryError(f"no shipped query is called {name!r}{hint} (kg query --list shows all)")
    return _parse(path)


def _parse(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    told: dict[str, list[str]] = {"title": [], "param": [], "source": [], "note": [], "facts": []}
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            told[match[1]].append(match[2].strip())
    parameters = []
    for line in told["param"]:
        name, kind, example = line.removeprefix("default ").split(maxsplit=2)
        parameters.append(Parameter(name, kind, example, line.startswith("default ")))
    return Query(
        path.stem,
        told["title"][0],
        tuple(parameters),
        text,
        " ".join(told["note"]),
        tuple(" ".join(told["facts"]).split()),
    )


def _day(name: str, text: str) -> date:
    try:
        return dates.day(text)
    except RecordError as error:
        raise QueryError(f"{name}: {text!r} is not a day; write YYYY-MM-DD") from error


def _term(parameter: Parameter, text: str, names: Names, on: date | None) -> NamedNode | Literal:
    kind = parameter.kind
    if kind == "date":
        return Literal(
            _day(parameter.name, text).isoformat(), datatype=NamedNode(iris.expand("xsd:date"))
        )
    if kind == "integer":
        if not text.isascii() or not text.isdigit():
            raise QueryError(f"{parameter.name}: {text!r} is not a whole number")
        return Literal(text, datatype=NamedNode(iris.expand("xsd:integer")))
    if kind == "text":
        return Literal(text)
    if kind == "continuity":
        if text not in CONTINUITIES:
            told = " or ".join(CONTINUITIES)
            raise QueryError(f"{parameter.name}: {text!r} is not {told}")
        return Literal(text)
    for scheme, allowed in (("option", OPTIONS), ("obligation", OBLIGATIONS)):
        if kind == scheme:
            if text not in allowed:
                raise QueryError(f"{parameter.name}: {text!r} is not one of {', '.join(allowed)}")
            return NamedNode(iris.thing(scheme, text))
    return NamedNode(iris.thing(kind, names.meant(text, kind, on=on)[1]))
