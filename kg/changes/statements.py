"""Statements of two editions, compared as lines of text; only lines that differ are taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from kg.changes.difference import ACCOUNT, ROLL_CALL, Alteration, What
from kg.rdf import iris

Labels = Callable[[str], str]
"""From ``kind:key`` to what a thing is called; empty where nobody says."""
_Facts = dict[str, dict[str, list[str]]]
"""Thing to property to values."""


def compare(
    old: set[bytes], new: set[bytes], labels: Labels, graph: str, *, without: set[str]
) -> Iterator[Alteration]:
    """Things that came, went or changed.

    Args:
        old: Lines of N-Triples of the former edition.
        new: Those of the later one.
        labels: What things are called.
        graph: The source whose account it is; empty for the record.
        without: Roll calls that came or went, which is said elsewhere.
    """
    if old == new:
        return
    gone, came = _facts(old - new), _facts(new - old)
    stays = _subjects(old & new, gone.keys() | came.keys())
    for thing in sorted(gone.keys() | came.keys()):
        kind = _kind(thing, graph)
        if thing in without:
            continue
        before, after = gone.get(thing, {}), came.get(thing, {})
        if (before and after) or thing in stays:
            for field in sorted(before.keys() | after.keys()):
                cells = [" | ".join(sorted(facts.get(field, ()))) for facts in (before, after)]
                yield _change(kind, "changed", thing, labels, field, *cells, graph=graph)
        else:
            yield _change(
                kind, "added" if after else "removed", thing, labels, "", "", "", graph=graph
            )


def _change(
    kind: str,
    what: What,
    thing: str,
    labels: Labels,
    field: str,
    before: str,
    after: str,
    *,
    graph: str,
) -> Alteration:
    return Alteration(
        kind=kind,
        what=what,
        date="",
        thing=thing,
        label=labels(thing),
        field=field,
        before=before,
        after=after,
        beside=graph,
    )


def _facts(lines: Iterable[bytes]) -> _Facts:
    facts: _Facts = {}
    text = b"\n".join(lines)
    for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
        thing, prop, value = (_text(term) for term in (quad.subject, quad.predicate, quad.object))
        facts.setdefault(thing, {}).setdefault(prop.removeprefix("kg:"), []).append(value)
    return facts


def _subjects(lines: Iterable[bytes], things: Iterable[str]) -> set[str]:
    """Which of some things have a line that stayed."""
    wanted = {f"<{_iri(thing)}>".encode(): thing for thing in things}
    return {wanted[start] for line in lines if (start := line.partition(b" ")[0]) in wanted}


def _iri(thing: str) -> str:
    return iris.expand(thing) if thing.partition(":")[0] in iris.PREFIXES else thing


def _text(term: object) -> str:
    value = str(getattr(term, "value", term))
    return iris.shorten(value) if isinstance(term, ox.NamedNode) else value


def _kind(thing: str, graph: str) -> str:
    """The kind of a thing, in words."""
    kind = thing.partition(":")[0]
    if kind == "rollcall":
        return ACCOUNT if graph else ROLL_CALL
    return kind if kind in iris.KINDS else "term"
