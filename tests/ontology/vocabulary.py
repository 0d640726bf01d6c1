"""What the ontology says, as the tests of it look things up."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg import resources
from kg.rdf import iris

FOLDER = resources.ontology()
SHAPES = "https://w3id.org/unkg/shapes#"
ONTOLOGY = iris.KG.removesuffix("#")
SH = "http://www.w3.org/ns/shacl#"
TYPE, LABEL, COMMENT, DOMAIN, RANGE, SUBCLASS, SUBPROPERTY, DATASET = map(
    iris.expand,
    (
        "rdf:type",
        "rdfs:label",
        "rdfs:comment",
        "rdfs:domain",
        "rdfs:range",
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "qb:dataSet",
    ),
)
ABSTRACT = {
    "Body",
    "Dated",
    "Document",
    "Keyed",
    "Observation",
    "Publication",
    "Record",
    "Relation",
    "StateOrTerritory",
    "Utterance",
}
"""Classes that nothing is typed as; those that only give a domain a name begin with ``Has``."""
SUPER = {"code", "hasAccountIn", "stateCount", "voted"}
"""Properties that are written only as one of their subproperties."""


@cache
def parsed(file):
    return [quad.triple for quad in ox.parse(path=str(FOLDER / file), format=ox.RdfFormat.TURTLE)]


@cache
def described():
    """Subject to predicate to the set of its objects, of the ontology."""
    return index(parsed("kg.ttl"))


def index(facts):
    """Subject to predicate to the set of its objects."""
    subjects = {}
    for fact in facts:
        values = subjects.setdefault(fact.subject.value, {})
        values.setdefault(fact.predicate.value, set()).add(fact.object.value)
    return subjects


def defined(*kinds):
    return {
        subject.removeprefix(iris.KG)
        for subject, values in described().items()
        if subject.startswith(iris.KG) and values[TYPE] & {iris.expand(kind) for kind in kinds}
    }


def classes():
    return defined("owl:Class")


def properties():
    return defined("owl:ObjectProperty", "owl:DatatypeProperty")


def above(name):
    """The class and all classes of ours above it."""
    found, queue = set(), [iris.term(name)]
    while queue:
        queue += {
            parent
            for parent in described()[queue[0]].get(SUBCLASS, ())
            if parent.startswith(iris.KG) and parent not in found
        }
        found.add(queue.pop(0))
    return found


def types(values):
    """The classes of a thing: those it names, or what its data set makes it."""
    return {iris.term("Observation")} if DATASET in values else values[TYPE]
