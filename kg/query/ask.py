"""Asking: from a question to an answer, in one place for every front.

Names become terms, the text is guarded, a process of its own runs it, and an empty answer is explained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kg.calls import Argument
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.model.words import CONTINUITIES, Continuity
from kg.query import catalogue, functions, guard, why_empty
from kg.query.answers import Answer, Table, Triples, Truth

LONGEST_S = 86_400
"""Longest time to wait for an answer, in seconds."""
TIMEOUT_S = 60.0
"""How long is waited where nothing else is said, in seconds."""


class Answerer(Protocol):
    """What runs a question away from the process that asks: one worker, a pool of them, a server."""

    def answer(
        self, request: dict[str, Any], timeout_s: float | None
    ) -> tuple[dict[str, Any], bytes]:
        """The head of the answer and its bytes; see ``kg.query.worker``."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is ready to be run."""

    text: str
    """SPARQL that passed the guard."""
    terms: dict[str, str]
    """Parameter to its term in N-Triples form."""
    continuity: Continuity
    datasets: tuple[str, ...]
    """The data sets that it is about; empty where that is not known."""


def prepare(
    snapshot: Snapshot,
    query: str | Path,
    given: Mapping[str, str | int | date],
    continuity: Continuity | None = None,
) -> Question:
    """The question that a name and parameters, or a text, stand for.

    Raises:
        QueryError: It is refused, or lacks a parameter.
        UnknownNameError: A parameter names nothing known.
    """
    values = {name: str(value) for name, value in given.items()}
    text, shipped = _text(query), None
    if not isinstance(query, Path) and re.fullmatch(r"[\w-]+", query.strip()):
        shipped = catalogue.load(query.strip())
        text = shipped.text
    elif values:
        raise QueryError("parameters go with a shipped query; write values into SPARQL text itself")
    guard.check(text)
    if continuity is not None:
        takes = shipped is not None and any(p.name == "continuity" for p in shipped.parameters)
        _check_continuity(continuity, takes or functions.wanted(text))
        if takes:
            values["continuity"] = continuity
    terms = shipped.bind(values, snapshot.names) if shipped else {}
    datasets = shipped.datasets if shipped else ()
    return Question(text, terms, continuity or "state", datasets)


def ask(
    snapshot: Snapshot,
    answerer: Answerer,
    query: str | Path,
    given: Mapping[str, str | int | date],
    *,
    timeout_s: float | None = TIMEOUT_S,
    continuity: Continuity | None = None,
) -> Answer:
    """The answer to a shipped query or to SPARQL.

    Args:
        snapshot: The graph.
        answerer: What runs it.
        query: The name of a shipped query, SPARQL text, or the path of a file of it.
        given: Parameters of a shipped query: names, codes or keys, days, numbers.
        timeout_s: Seconds after which it is ended; None waits.
        continuity: For what compares years: whose votes are taken as one state's.

    Raises:
        QueryError: It is refused, wrong, lacks a parameter, or ran out of time.
        UnknownNameError: A parameter names nothing known.
    """
    if timeout_s is not None and not 0 < timeout_s <= LONGEST_S:
        raise QueryError(f"a time of {timeout_s:g} s is none to wait; give up to {LONGEST_S}")
    question = prepare(snapshot, query, given, continuity)
    request = {
        "query": question.text,
        "terms": question.terms,
        "continuity": question.continuity,
    }
    head, body = answerer.answer(request, timeout_s)
    if head["kind"] == "boolean":
        return Truth(b"true" in body)
    if head["kind"] == "graph":
        found = Triples.from_ntriples(body)
        return found if found else Triples((), _why(snapshot, question))
    table = Table.from_json(body, hidden=question.terms)
    return table if table else Table(table.columns, table.terms, _why(snapshot, question))


def _why(snapshot: Snapshot, question: Question) -> str:
    return why_empty.why(snapshot, question.text, question.terms, question.datasets)


def _text(query: str | Path) -> str:
    if not isinstance(query, Path):
        return query
    try:
        return query.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise QueryError(
            f"{query} cannot be read: {reason}", remedy="give a file of SPARQL text in UTF-8"
        ) from error


def _check_continuity(continuity: str, takes: bool) -> None:
    if continuity not in CONTINUITIES:
        raise QueryError(f"continuity {continuity!r} is not {' or '.join(CONTINUITIES)}")
    if not takes:
        raise QueryError(
            (
                Argument("continuity"),
                " is for what compares years: a question that takes it, or SPARQL with kg:agreement, "
                "kg:kappa, kg:commonVotes or kg:sameVotes",
            )
        )
