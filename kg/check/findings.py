"""What does not add up in a graph: arithmetic, dates, dangling references, shapes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from pyoxigraph import DefaultGraph, NamedNode, Triple

from kg import resources
from kg.check import votes as accounts
from kg.check.votes import Finding
from kg.graph import things
from kg.graph.snapshot import Snapshot, Triples, triples
from kg.graph.things import Thing
from kg.rdf import columns, iris, turtle

if TYPE_CHECKING:
    pass


__all__ = ["Finding", "findings"]


def findings(snapshot: Snapshot, *, shapes: bool = True) -> tuple[Finding, ...]:
    """Everything found, findings before remarks, sorted.

    Args:
        snapshot: The graph.
        shapes: Whether to hold it against the SHACL shapes too, which takes some seconds.
    """
    found = [*accounts.findings(snapshot), *_dates(snapshot.store), *_references(snapshot)]
    if shapes:
        found += _shapes(snapshot)
    return tuple(sorted(found))


def _dates(store: Triples) -> Iterator[Finding]:
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


def _references(snapshot: Snapshot) -> Iterator[Finding]:
    """Things that are named and of which nothing is known; of what is written in bulk each thing once."""
    store = snapshot.store
    a = NamedNode(iris.expand("rdf:type"))
    known = {q.subject for q in store.quads_for_pattern(None, a, None, DefaultGraph())}
    predicates = {
        triple.predicate.value
        for triple in snapshot.things()
        if isinstance(triple.object, NamedNode)
    }
    predicates |= {term.value for term in columns.predicates()}
    for name in sorted(predicates):
        predicate = NamedNode(name)
        seen: set[object] = set()
        for quad in store.quads_for_pattern(None, predicate, None, DefaultGraph()):
            target = quad.object
            if target in seen or target in known:
                continue
            seen.add(target)
            if isinstance(target, NamedNode) and _ours(target.value):
                yield Finding(
                    "finding",
                    "reference",
                    things.name(quad.subject.value),  # type: ignore[union-attr]  # an IRI, as all are
                    f"{things.name(name)} leads to {things.name(target.value)}, of which "
                    "nothing is known",
                )


def _ours(iri: str) -> bool:
    return iri.startswith((iris.BASE, iris.SCHEME))


def _shapes(snapshot: Snapshot) -> Iterator[Finding]:
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(str(resources.ontology() / "shapes.ttl"), format="turtle")
    told, named = _sample(snapshot)
    data = rdflib.Graph().parse(data=turtle.ntriples(told), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node = str(report.value(result, sh.focusNode))
        if node in named:
            continue
        path = report.value(result, sh.resultPath)
        message = str(report.value(result, sh.resultMessage))
        where = f"{things.name(str(path))}: " if path else ""
        yield Finding("finding", "shape", things.name(node), where + message)


SAMPLE = 300
"""Most things of a kind that is written in bulk to be held against the shapes, evenly chosen."""
_BULK = tuple(iris.PREFIXES[kind] for kind in ("document", "observation", "rollcall", "usage"))
_TYPE = NamedNode(iris.expand("rdf:type"))
WHOLE = 200_000
"""Most triples of a graph that is held against the shapes whole."""


def _sample(snapshot: Snapshot) -> tuple[list[Triple], set[str]]:
    """The record, of documents, roll calls, observations and usages no more than ``SAMPLE`` each.

    Returns:
        The triples, and the things of which they say no more than the class, since others name them.
    """
    if snapshot.manifest["record_count"] <= WHOLE:
        return list(triples(snapshot)), set()
    subjects: dict[str, set[str]] = {prefix: set() for prefix in _BULK}
    told: list[Triple] = []
    for triple in snapshot.things():
        assert isinstance(triple.subject, NamedNode), "there are no blank nodes"
        iri = triple.subject.value
        prefix = iri[: iri.rfind("/") + 1]
        if prefix in subjects:
            subjects[prefix].add(iri)
        else:
            told.append(triple)
    keys = snapshot.observations["key"].to_list()
    subjects[iris.PREFIXES["observation"]] = {iris.PREFIXES["observation"] + key for key in keys}
    chosen: set[str] = set()
    for found in subjects.values():
        ordered = sorted(found)
        chosen |= set(ordered[:: max(1, -(-len(ordered) // SAMPLE))])
    find = snapshot.store.quads_for_pattern
    for iri in sorted(chosen):
        told += [quad.triple for quad in find(NamedNode(iri), None, None, DefaultGraph())]
    objects = {t.object.value for t in told if isinstance(t.object, NamedNode)}
    named = {iri for found in subjects.values() for iri in found & objects} - chosen
    for iri in sorted(named):
        told += [quad.triple for quad in find(NamedNode(iri), _TYPE, None, DefaultGraph())]
    return told, named
