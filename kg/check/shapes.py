"""The record held against the SHACL shapes of the ontology."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, Triple

from kg import resources
from kg.check.finding import Finding
from kg.graph import things
from kg.graph.snapshot import Snapshot, triples
from kg.rdf import iris, turtle
from kg.rdf.terms import TYPE

SAMPLE = 300
"""Most things of a kind that is written in bulk to be held against the shapes, evenly chosen."""
MOST_TRIPLES = 200_000
"""Most triples of a graph of which every thing is held against the shapes."""
_BULK = tuple(iris.PREFIXES[kind] for kind in ("document", "observation", "rollcall", "usage"))


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What breaks a shape."""
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(str(resources.ontology() / "shapes.ttl"), format="turtle")
    sample, only_named = _sample(snapshot)
    data = rdflib.Graph().parse(data=turtle.ntriples(sample), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        node = str(report.value(result, sh.focusNode))
        if node in only_named:
            continue
        path = report.value(result, sh.resultPath)
        message = str(report.value(result, sh.resultMessage))
        where = f"{things.name(str(path))}: " if path else ""
        yield Finding("finding", "shape", things.name(node), where + message)


def _sample(snapshot: Snapshot) -> tuple[list[Triple], set[str]]:
    """The record, of documents, roll calls, observations and usages no more than ``SAMPLE`` each.

    Returns:
        The triples, and the things of which they say no more than the class, since others name them.
    """
    if snapshot.manifest["record_count"] <= MOST_TRIPLES:
        return list(triples(snapshot)), set()
    sample, bulk = _parted(snapshot)
    selection: set[str] = set()
    for subjects in bulk.values():
        ordered = sorted(subjects)
        selection |= set(ordered[:: max(1, -(-len(ordered) // SAMPLE))])
    find = snapshot.store.quads_for_pattern
    for iri in sorted(selection):
        sample += [quad.triple for quad in find(NamedNode(iri), None, None, DefaultGraph())]
    objects = {t.object.value for t in sample if isinstance(t.object, NamedNode)}
    only_named = {iri for subjects in bulk.values() for iri in subjects & objects} - selection
    for iri in sorted(only_named):
        sample += [quad.triple for quad in find(NamedNode(iri), TYPE, None, DefaultGraph())]
    return sample, only_named


def _parted(snapshot: Snapshot) -> tuple[list[Triple], dict[str, set[str]]]:
    """The triples of all other things, and by namespace the IRIs of those that are written in bulk."""
    bulk: dict[str, set[str]] = {prefix: set() for prefix in _BULK}
    others: list[Triple] = []
    for triple in snapshot.things():
        iri = turtle.subject_iri(triple)
        subjects = bulk.get(iri[: iri.rfind("/") + 1])
        if subjects is None:
            others.append(triple)
        else:
            subjects.add(iri)
    prefix = iris.PREFIXES["observation"]
    bulk[prefix] = {prefix + key for key in snapshot.observations["key"].to_list()}
    return others, bulk
