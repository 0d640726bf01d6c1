"""What does not add up in a graph: arithmetic, dates, dangling references, shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode, Store

from kg import resources, things
from kg.rdf import iris
from kg.rdf.triples import VOTED
from kg.things import Thing

if TYPE_CHECKING:
    from kg.library import Graph


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not add up, or that a reader should know."""

    level: Literal["finding", "remark"]
    """``finding`` is wrong somewhere; ``remark`` is not, and worth a look."""
    kind: str
    """arithmetic, dates, reference, shape."""
    thing: str
    """What it is about, as ``kind:key``."""
    text: str
    """What does not add up."""


def findings(graph: Graph, *, shapes: bool = True) -> tuple[Finding, ...]:
    """Everything found, findings before remarks, sorted.

    Args:
        graph: The graph.
        shapes: Whether to hold it against the SHACL shapes too, which takes some seconds.
    """
    found = [*_arithmetic(graph.store), *_dates(graph.store), *_references(graph.store)]
    if shapes:
        found += _shapes(graph)
    return tuple(sorted(found))


def _arithmetic(store: Store) -> Iterator[Finding]:
    seats = [h for h in things.of(store, "Holding") if h.one("role") == "role:member"]
    for roll in things.of(store, "RollCall"):
        cast = {option: set(roll.all(prop)) for option, prop in VOTED.items()}
        printed = {o: int(roll.one(f"{o}Count")) for o in VOTED if roll.one(f"{o}Count")}
        on = date.fromisoformat(roll.one("day"))
        members = {
            h.one("state")
            for h in seats
            if h.holds(on) and h.one("organisation") == roll.one("organisation")
        }
        if sum(printed.values()) > len(members):
            yield _wrong(roll, f"{sum(printed.values())} printed votes of {len(members)} members")
        if not any(cast.values()):
            yield Finding(
                "remark", "arithmetic", roll.id, "totals only; the single votes are unknown"
            )
            continue
        for option, total in printed.items():
            if len(cast[option]) != total:
                yield _wrong(roll, f"{len(cast[option])} {option} votes counted, {total} printed")
        yield from _membership(roll, cast.values(), members)


def _membership(roll: Thing, cast: Iterable[set[str]], members: set[str]) -> Iterator[Finding]:
    once: set[str] = set()
    for states in cast:
        for state in sorted(states & once):
            yield _wrong(roll, f"{state} voted two ways")
        once |= states
    for state in sorted(once - members):
        yield _wrong(roll, f"{state} voted and held no seat that day")
    for state in sorted(members - once):
        yield _wrong(roll, f"{state} was a member that day and has no vote, not even a missing one")


def _dates(store: Store) -> Iterator[Finding]:
    bodies = {t.id: t for t in things.of(store, "Organisation", "Grouping", "Alliance", "Organ")}
    states = {t.id: t for t in things.of(store, "State", "Territory")}
    for record in things.of(store, "Membership", "Suspension"):
        yield from _within(record, bodies[record.one("organisation")], "finding")
        yield from _within(record, states[record.one("state")], "remark")
    for record in things.of(store, "Holding"):
        yield from _within(record, states[record.one("state")], "remark")
    for statement in things.of(store, "Statement"):
        if tenure := statement.one("tenure"):
            held = things.get(store, iris.expand(tenure))
            day = statement.one("day")
            if held.one("official") != statement.one("official"):
                yield Finding("finding", "reference", statement.id, f"{tenure} is another person's")
            if not held.holds(date.fromisoformat(day)) and statement.one("date") == day:
                yield Finding("finding", "dates", statement.id, f"{tenure} did not hold on {day}")


def _within(record: Thing, whole: Thing, level: Literal["finding", "remark"]) -> Iterator[Finding]:
    """An interval inside another, as far as the precision of both can tell."""
    start, end = record.one("start"), record.one("end")
    begun, ended = whole.one("start"), whole.one("end")
    if start and begun and start < begun[: len(start)]:
        text = f"starts on {start}, before {whole.id} on {begun}"
        yield Finding(level, "dates", record.id, text)
    if ended and (end[: len(ended)] or "9") > ended:
        text = f"lasts until {end or 'now'}, and {whole.id} ended on {ended}"
        yield Finding(level, "dates", record.id, text)


def _references(store: Store) -> Iterator[Finding]:
    a = NamedNode(iris.expand("rdf:type"))
    known = {quad.subject for quad in store.quads_for_pattern(None, a, None, None)}
    for quad in store:
        target = quad.object
        if isinstance(target, NamedNode) and target not in known and _ours(target.value):
            yield Finding(
                "finding",
                "reference",
                things.name(quad.subject.value),
                f"{things.name(quad.predicate.value)} leads to {things.name(target.value)}, of which "
                "nothing is known",
            )


def _ours(iri: str) -> bool:
    return iri.startswith((iris.BASE, iris.SCHEME))


def _shapes(graph: Graph) -> Iterator[Finding]:
    import pyshacl
    import rdflib

    from kg import export

    shapes = rdflib.Graph().parse(str(resources.ontology() / "shapes.ttl"), format="turtle")
    _, report, _ = pyshacl.validate(export.to_rdflib(graph), shacl_graph=shapes, inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node = str(report.value(result, sh.focusNode))
        path = report.value(result, sh.resultPath)
        told = str(report.value(result, sh.resultMessage))
        where = f"{things.name(str(path))}: " if path else ""
        yield Finding("finding", "shape", things.name(node), where + told)


def _wrong(roll: Thing, text: str) -> Finding:
    return Finding("finding", "arithmetic", roll.id, text)
