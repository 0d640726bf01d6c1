from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.rdf import iris
from tests.ontology.vocabulary import DATASET, TYPE, index, parsed, types


@pytest.fixture(scope="session")
def graphs(official, voting):
    """Name of a graph to its triples: bundled facts, small official files and some measured numbers.

    Between them they use every term; the ontology, which is in the record too, is left out.
    """
    ontology = {triple.subject for triple in parsed("kg.ttl")}
    found = {}
    for quad in official.quads():
        if quad.subject not in ontology:
            found.setdefault(quad.graph_name, set()).add(quad.triple)
    numbers = voting.compare("Russia").write("ttl")
    found[ox.DefaultGraph()] |= {
        quad.triple for quad in ox.parse(numbers, format=ox.RdfFormat.TURTLE)
    }
    return found


@pytest.fixture(scope="session")
def record(graphs):
    """The triples of the default graph among them."""
    return graphs[ox.DefaultGraph()]


@pytest.fixture(scope="session")
def used(graphs, record):
    """Class of a thing to the properties of ours that things of it have in any one graph.

    What a source says more of a thing of the record has its class there.
    """
    found, things = {}, index(record)
    for triples in graphs.values():
        for subject, values in index(triples).items():
            for cls in types(values if TYPE in values or DATASET in values else things[subject]):
                found.setdefault(cls, set()).update(p for p in values if p.startswith(iris.KG))
    return found
