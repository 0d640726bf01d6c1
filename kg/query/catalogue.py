"""The shipped questions: one a file in ``kg/query/questions/``, described by the comments on its top.

::

    # title: Who voted against a resolution
    # param: resolution rollcall ES-11/6
    # source: roll calls
    # facts: roll_calls
    SELECT ?state ?name ?resolution WHERE { ... } ORDER BY ?state

A parameter is bound as a term, never pasted into the text, and must stand in the SELECT list; it is
not shown in the answer. Its kind is a kind of thing (state, rollcall, organisation, official ...),
or one of ``date``, ``year``, ``integer``, ``text``, ``option``, ``obligation``, ``continuity``; ``states``
and ``rollcalls`` are several of a kind with commas between them, bound as the text of their keys with a
space before and after each. Where ``all`` is the default, that word is bound as text and means no limit.
``facts`` names the data sets that the answer rests on: folders of ``data/``, or sources given as files;
``empty`` says what it means that nothing was found, such as that nobody voted no.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import resources
from kg.calls import Call
from kg.errors import QueryError, RecordError, UnknownNameError
from kg.model import dates
from kg.model.names import Names
from kg.model.words import CONTINUITIES, OBLIGATIONS, OPTIONS
from kg.rdf import iris

SEVERAL = {"states": "state", "rollcalls": "rollcall"}
"""Kinds of parameters that take several things: of which kind each is."""
LONGEST_NUMBER = 9
"""The most digits of a number or a year that is asked about."""
ALL = "all"
"""What a parameter may say in the place of one thing, where that is its default."""
_LINE = re.compile(r"#\s*(title|param|source|note|facts|empty):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a shipped question."""

    name: str
    kind: str
    """What it must be: a kind of thing, several of one (states, rollcalls), or date, year, integer, text,
    option, obligation, continuity."""
    example: str
    """A value that works, used where none is given only if the file says ``default``."""
    default: bool
    """Whether the example is used where no value is given."""


@dataclass(frozen=True, slots=True)
class Query:
    """A shipped question."""

    name: str
    title: str
    """What it answers, in one line."""
    parameters: tuple[Parameter, ...]
    text: str
    """SPARQL with the comments on top."""
    note: str
    """How to read the answer; empty where it needs no word."""
    datasets: tuple[str, ...] = ()
    """The data sets that the answer rests on; empty where that is not known."""
    empty: str = ""
    """What it means that nothing was found, where the graph does not say why."""

    def bind(self, given: Mapping[str, str], names: Names) -> dict[str, str]:
        """Parameter to its term in N-Triples form.

        Args:
            given: Parameter to what was given for it: a name, code or key, a day, a number.
            names: What names mean in the graph.

        Raises:
            QueryError: A parameter is missing, extra or of the wrong form.
            UnknownNameError: A name means nothing.
        """
        by_name = {parameter.name: parameter for parameter in self.parameters}
        if extra := sorted(given.keys() - by_name.keys()):
            takes = ", ".join(f"{p.name}={p.example}" for p in self.parameters) or "no parameter"
            raise QueryError(f"{self.name} has no parameter {extra[0]!r}; it takes {takes}")
        terms = {}
        on = _day("on", given["on"]) if "on" in given else None
        for name, parameter in by_name.items():
            text = given.get(name, parameter.example if parameter.default else "")
            if not text:
                raise QueryError((f"{self.name} needs {name}, such as: ", self.example))
            terms[name] = str(_term(parameter, text, names, on))
        return terms

    @property
    def example(self) -> Call:
        """A call of it that works."""
        return Call("query", (self.name,), tuple((p.name, p.example) for p in self.parameters))


def names() -> tuple[str, ...]:
    """The names of all shipped questions, in alphabetical order."""
    return tuple(sorted(path.stem for path in resources.queries().glob("*.rq")))


def load(name: str) -> Query:
    """The shipped question of that name.

    Raises:
        QueryError: There is none.
    """
    path = resources.queries() / f"{name}.rq"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        problem = f"no shipped query is called {name!r}{hint} ("
        raise QueryError((problem, Call("questions"), " shows all)"))
    return _parse(path)


def _parse(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    lines: dict[str, list[str]] = {
        "title": [],
        "param": [],
        "source": [],
        "note": [],
        "facts": [],
        "empty": [],
    }
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            lines[match[1]].append(match[2].strip())
    parameters = []
    for line in lines["param"]:
        words = line.removeprefix("default ").split(maxsplit=2)
        if len(words) < 3:
            raise QueryError(
                f"{path}: param {line!r} lacks a part", remedy="write NAME KIND EXAMPLE"
            )
        name, kind, example = words
        parameters.append(Parameter(name, kind, example, line.startswith("default ")))
    return Query(
        path.stem,
        lines["title"][0],
        tuple(parameters),
        text,
        " ".join(lines["note"]),
        tuple(" ".join(lines["facts"]).split()),
        " ".join(lines["empty"]),
    )


def _day(name: str, text: str) -> date:
    try:
        return dates.day(text)
    except RecordError as error:
        raise QueryError(f"{name}: {text!r} is not a day; write YYYY-MM-DD") from error


def _term(parameter: Parameter, text: str, names: Names, on: date | None) -> NamedNode | Literal:
    kind = parameter.kind
    if text == ALL and parameter.default and parameter.example == ALL:
        return Literal(ALL)
    if kind in SEVERAL:
        return Literal(f" {' '.join(keys(text, SEVERAL[kind], names))} ")
    if kind == "date":
        return _literal(_day(parameter.name, text).isoformat(), "date")
    if kind in ("integer", "year"):
        if not text.isascii() or not text.isdigit():
            raise QueryError(f"{parameter.name}: {text!r} is not a whole number")
        if len(text) > LONGEST_NUMBER:
            problem = f"a number of {len(text)} digits is too long; give up to {LONGEST_NUMBER}"
            raise QueryError(f"{parameter.name}: {problem}")
        return _literal(text, "integer")
    if kind == "text":
        return Literal(text)
    if kind == "continuity":
        if text not in CONTINUITIES:
            raise QueryError(f"{parameter.name}: {text!r} is not {' or '.join(CONTINUITIES)}")
        return Literal(text)
    for scheme, allowed in (("option", OPTIONS), ("obligation", OBLIGATIONS)):
        if kind == scheme:
            if text not in allowed:
                raise QueryError(f"{parameter.name}: {text!r} is not one of {', '.join(allowed)}")
            return NamedNode(iris.thing(scheme, text))
    return NamedNode(iris.thing(kind, names.meant(text, kind, on=on)[1]))


def keys(text: str, kind: str, names: Names) -> tuple[str, ...]:
    """The keys of the things that a text lists, each once; a comma may stand in a name too.

    Raises:
        UnknownNameError: A name means nothing, or more than one thing.
    """
    if names.look_up(text, kind):
        return (names.meant(text, kind)[1],)
    listed = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    if not listed:
        raise UnknownNameError(text, f"names no {kind}")
    return tuple(dict.fromkeys(names.meant(part, kind)[1] for part in listed))


def _literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(iris.expand(f"xsd:{datatype}")))
