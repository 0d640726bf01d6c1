"""The record as sorted lines of N-Triples, and with the accounts beside it as N-Quads, subject by subject.

Only what is said of one subject is sorted at a time: where it ends, with ``>``, no other subject goes on.
Votes and observations come from their columns, as in ``kg.export.turtle``.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.export import turtle as record
from kg.graph.snapshot import Snapshot, beside
from kg.rdf import columns, iris, turtle
from kg.rdf.terms import VOTED, node, predicate


def written(snapshot: Snapshot, *, with_beside: bool) -> Iterator[tuple[str, int]]:
    """The lines in parts, each with how many triples it is.

    Args:
        snapshot: The graph.
        with_beside: Whether to write the accounts beside the record too, as N-Quads.
    """
    said: dict[str, set[str]] = {}
    for triple in snapshot.things():
        line = turtle.line(triple)
        said.setdefault(_subject(line), set()).add(line)
    texts: dict[str, list[str]] = {subject: list(lines) for subject, lines in said.items()}
    for subject, lines in _votes(snapshot):
        texts.setdefault(subject, []).extend(lines)
    others = _beside(snapshot) if with_beside else {}
    frame = snapshot.observations
    start = f"<{iris.PREFIXES['observation']}"
    keys = [f"{start}{key}>" for key in frame["key"].to_list()]
    observed = dict(zip(keys, columns.observation_ntriples(frame), strict=True))
    for subject in sorted({*texts, *observed, *others}):
        lines = sorted([*texts.get(subject, ()), observed.get(subject, "")])
        if subject in others:
            every = [line for text in lines for line in text.splitlines(keepends=True)]
            lines = sorted([*every, *others[subject]])
        text = "".join(lines)
        yield text, text.count("\n")


def _subject(line: str) -> str:
    return line[: line.index(" ")]


def _votes(snapshot: Snapshot) -> Iterator[tuple[str, list[str]]]:
    """Each roll call of the files, and a text of lines for each answer that was given in it."""
    for key, answers in record.votes(snapshot, lambda state: f"{node('state', state)} .\n"):
        subject = node("rollcall", key)
        lines = []
        for option, states in answers:
            start = f"{subject} {predicate(VOTED[option])} "
            lines.append(start + start.join(states))
        yield subject, lines


def _beside(snapshot: Snapshot) -> dict[str, set[str]]:
    """Subject to the lines of what sources say of it beside the record."""
    lines: dict[str, set[str]] = {}
    for name in beside(snapshot):
        for quad in snapshot.store.quads_for_pattern(None, None, None, NamedNode(name)):
            line = turtle.line(quad.triple, name)
            lines.setdefault(_subject(line), set()).add(line)
    return lines
