"""What the engine finds against the shapes is what pyshacl finds, constraint by constraint."""

from __future__ import annotations

from types import SimpleNamespace

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg import resources
from kg.check import constraints, shapes
from kg.errors import GraphError
from kg.graph.snapshot import triples
from kg.rdf import iris, turtle

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
REMOVED = """
state:RUS rdfs:label "Russia" .
rollcall:ES-11_1 kg:date "2022-03-02"^^xsd:date .
"""
ADDED = """
state:BLR rdfs:label "White Russia" ; kg:iso3 3 , "" .
state:MLI kg:key "a b" ; kg:start "soon" .
membership:x a kg:Membership ; rdfs:label "x" ; kg:key "x" ; kg:state organisation:NATO ;
    kg:organisation state:FRA , "NATO" ; kg:role status:unchecked ; prov:wasDerivedFrom state:FRA .
holding:x a kg:Holding ; rdfs:label "" ; kg:state state:nowhere .
rollcall:ES-11_6 kg:yesCount -1 ; kg:votedYes state:BLR ; kg:abstained state:BLR ; kg:votedNo "ERI" .
rollcall:ES-11_1 kg:date "2022"^^xsd:gYear .
document:A_RES_ES-11_6 kg:uncheckedTopic topic:x ; kg:topic topic:x ; kg:url "ftp://x" .
usage:x a kg:Usage ; rdfs:label "X" ; kg:key "x" ; kg:text "X" ; kg:state state:FRA ; kg:voteCount 0 ;
    kg:firstDay "2001-01-01"^^xsd:date ; kg:lastDay "2000-01-01"^^xsd:date ;
    prov:wasDerivedFrom source:x .
observation:x qb:dataSet kg:countsByStateAndYear ; kg:state state:FRA ; kg:year 1944 ;
    kg:rollcall rollcall:ES-11_6 ; kg:organisation organisation:NATO ; kg:yesCount 1 ;
    kg:noCount 0 ; kg:abstainCount 0 .
observation:y qb:dataSet kg:countsByRollCallAndBloc ; kg:organisation organisation:NATO ; kg:yesCount 1 , 2 ;
    kg:noCount 0.5 ; kg:abstainCount 0 ; kg:nonvotingCount 0 .
observation:z qb:dataSet kg:nothing ; kg:organisation organisation:NATO ; kg:yesCount 1 ;
    kg:noCount 0 ; kg:abstainCount 0 ; kg:nonvotingCount 0 .
"""


def _quads(text):
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in iris.PREFIXES.items())
    return list(ox.parse((prefixes + text).encode(), format=ox.RdfFormat.TURTLE))


def _of_pyshacl(store):
    """Node and message of each result, of one without a property the node alone."""
    plain = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    data = rdflib.Graph().parse(data=turtle.ntriples(plain), format="nt")
    file = rdflib.Graph().parse(resources.ontology() / "shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=file, inference="none")
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        message = str(report.value(result, SH.resultMessage)) if path else ""
        found.add((iris.shorten(str(report.value(result, SH.focusNode))), message))
    return found


def _of_engine(store):
    found = shapes.findings(SimpleNamespace(store=store))
    return {
        (f.thing, "" if f.text.startswith("is not one of") else f.text.partition(": ")[2])
        for f in found
    }


def test_each_constraint_is_found_as_pyshacl_finds_it(graph):
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph.snapshot))
    assert _of_engine(store) == set()
    for quad in _quads(REMOVED):
        assert quad in store
        store.remove(quad)
    store.extend(_quads(ADDED))
    found = _of_engine(store)
    assert found == _of_pyshacl(store)
    assert {node for node, message in found if not message} == {
        *("observation:x", "observation:y", "observation:z")
    }
    assert len(found) > 30


def test_a_part_of_shacl_that_is_not_read_is_an_error(tmp_path, monkeypatch):
    text = (resources.ontology() / "shapes.ttl").read_text(encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(f"{text}\nkgsh:State sh:closed true .\n", encoding="utf-8")
    monkeypatch.setattr(resources, "ontology", lambda: tmp_path)
    with pytest.raises(GraphError, match="closed is not checked"):
        constraints.Shapes()
