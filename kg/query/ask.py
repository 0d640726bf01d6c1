"""Asking: from a question to an answer, in one place for every front.

Names become terms, the text is guarded, a process of its own runs it, and an empty answer is explained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kg.calls import Argument
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.model.words import CONTINUITIES, Continuity
from kg.query import catalogue, functions, guard, reach, why_empty
from kg.query.answers import Answer, Table, Triples, Truth
from kg.query.reach import Span

LONGEST_S = 86_400
"""Longest time to wait for an answer, in seconds."""
TIMEOUT_S = 60.0
"""Time for an answer where none is given, in seconds."""
_VOTES = re.compile(r"\bkg:(votedYes|votedNo|abstained|didNotVote)\b")
"""What a question about single votes names."""


class Answerer(Protocol):
    """What runs a question away from the process that asks: ``Worker``, or ``Pool`` of several."""

    def answer(
        self, request: dict[str, Any], timeout_s: float | None
    ) -> tuple[dict[str, Any], bytes]:
        """The head of the answer and its bytes; see ``kg.query.worker.Worker.answer``."""
        ...

    def close(self) -> None:
        """End every process that was started."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is ready to be run."""

    text: str
    """SPARQL that passed the guard."""
    terms: dict[str, str]
    """Parameter to its term in N-Triples form."""
    continuity: Continuity
    spans: tuple[Span, ...] = ()
    """The days and years that its parameters ask about."""
    datasets: tuple[str, ...] = ()
    """The data sets that it rests on; empty where that is not known."""
    empty: str = ""
    """What it means that nothing is found; empty where that is not known."""


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
    if shipped is None:
        return Question(text, {}, continuity or "state")
    terms = shipped.bind(values, snapshot.names)
    spans = reach.spans(snapshot, shipped, values)
    return Question(text, terms, continuity or "state", spans, shipped.datasets, shipped.empty)


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
    answer: Table | Triples
    if head["kind"] == "graph":
        answer = Triples.from_ntriples(body)
    else:
        answer = Table.from_json(body, hidden=question.terms)
    return _explained(snapshot, question, answer)


def _explained(snapshot: Snapshot, question: Question, answer: Table | Triples) -> Answer:
    """The answer with why it is empty, or that it asks about days later than the facts."""
    spans, datasets = question.spans, question.datasets
    if answer.is_empty:
        text = "" if question.empty else question.text  # a shipped one asks for nothing unheard of
        terms = question.terms if _VOTES.search(question.text) else {}
        why = why_empty.why(snapshot, text, terms, spans, datasets)
        meant = why_empty.meant(snapshot, question.empty, question.terms.values())
        return replace(answer, why_empty=why or meant)
    later = reach.beyond(snapshot, spans, datasets)
    unvoted = why_empty.unvoted(snapshot.store, question.terms.values())
    return replace(answer, remark="; ".join([*unvoted, *([later] if later else [])]))


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
        called = [f"kg:{name}" for name in functions.FUNCTIONS]
        problem = (
            " is for what compares years: a question that takes it, or SPARQL with "
            f"{', '.join(called[:-1])} or {called[-1]}"
        )
        raise QueryError((Argument("continuity"), problem))
