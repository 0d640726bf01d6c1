"""The SHACL shapes: a sound graph keeps to them, and each fault is found by its shape."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.rdf import iris
from tests.ontology.vocabulary import FOLDER, SH, SHAPES

SOUND = """
state:FRA a kg:State ; rdfs:label "France" ; kg:key "FRA" ; kg:iso3 "FRA" ;
    prov:wasDerivedFrom source:list .
organisation:NATO a kg:Organisation , kg:Alliance ; rdfs:label "NATO" ; kg:key "NATO" ;
    kg:constitutedBy treaty:t ; prov:wasDerivedFrom source:list .
treaty:t a kg:Treaty ; rdfs:label "Treaty" ; kg:key "t" ; kg:inForce "1949-08"^^xsd:gYearMonth ;
    kg:startDay "1949-08-31"^^xsd:date ; kg:obligation obligation:defence ;
    prov:wasDerivedFrom source:list .
membership:m a kg:Membership ; rdfs:label "France, member of NATO" ; kg:key "m" ;
    kg:state state:FRA ; kg:organisation organisation:NATO ; kg:role role:member ;
    kg:start "1949"^^xsd:gYear ; kg:startDay "1949-12-31"^^xsd:date ;
    kg:end "1949"^^xsd:gYear ; kg:endDay "1949-01-01"^^xsd:date ;
    prov:wasDerivedFrom source:list .
document:d a kg:Resolution ; rdfs:label "A/RES/1" ; kg:key "d" ; kg:symbol "A/RES/1" ;
    kg:title "Title" ; kg:topic topic:peace ; prov:wasDerivedFrom source:list .
topic:peace a kg:Topic ; rdfs:label "peace" ; kg:key "peace" .
document:e a kg:Part ; rdfs:label "Words" ; kg:key "e" ; kg:modality modality:vote ;
    kg:url "https://example.com/e" ; prov:wasDerivedFrom source:list .
document:l a kg:DraftResolution ; rdfs:label "A/L.1/Rev.1" ; kg:key "l" ; kg:revisionOf document:m ;
    prov:wasDerivedFrom source:list .
document:m a kg:DraftResolution ; rdfs:label "A/L.1" ; kg:key "m" ; prov:wasDerivedFrom source:list .
rollcall:r a kg:RollCall ; rdfs:label "Vote" ; kg:key "r" ; kg:document document:d ;
    kg:organisation organisation:NATO ; kg:date "2023-02-23"^^xsd:date ;
    kg:day "2023-02-23"^^xsd:date ; kg:result result:adopted ;
    kg:yesCount 1 ; kg:noCount 0 ; kg:abstainCount 0 ; kg:votedYes state:FRA ;
    prov:wasDerivedFrom source:list .
rollcall:s a kg:RollCall ; rdfs:label "Vote" ; kg:key "s" ; kg:document document:e ;
    kg:organisation organisation:NATO ; kg:date "1979-12"^^xsd:gYearMonth ;
    kg:day "1979-12-31"^^xsd:date ; kg:question question:paragraph ; kg:memberCount 1 ;
    kg:margin 1 ; kg:vetoedBy state:FRA ; prov:wasDerivedFrom source:list .
usage:u a kg:Usage ; rdfs:label "FRANCE" ; kg:key "u" ; kg:text "FRANCE" ; kg:state state:FRA ;
    kg:firstDay "1979-12-31"^^xsd:date ; kg:lastDay "2023-02-23"^^xsd:date ; kg:voteCount 2 ;
    prov:wasDerivedFrom source:list .
observation:y qb:dataSet kg:countsByStateAndYear ; kg:state state:FRA ; kg:year 2023 ;
    kg:organisation organisation:NATO ;
    kg:yesCount 1 ; kg:noCount 0 ; kg:abstainCount 0 ; kg:nonvotingCount 0 .
observation:b qb:dataSet kg:countsByRollCallAndBloc ; kg:rollcall rollcall:r ;
    kg:organisation organisation:NATO ;
    kg:yesCount 1 ; kg:noCount 0 ; kg:abstainCount 0 ; kg:nonvotingCount 0 .
measurement:k a kg:Measurement ; rdfs:label "kappa" ; kg:measureOf state:FRA , organisation:NATO ;
    kg:method method:kappa ; kg:measuredValue 0.5 ; kg:lower 0.4 ; kg:upper 0.6 ;
    kg:intervalMethod "drawn" ; kg:rollCallCount 40 ; kg:periodStart "2015-01-02"^^xsd:date ;
    kg:periodEnd "2016-03-04"^^xsd:date ; kg:absence "skip" ; kg:selection "whole texts" ;
    prov:wasDerivedFrom source:list .
official:o a kg:Official ; rdfs:label "Name" ; kg:key "o" ; kg:sameAs wd:Q1 ;
    prov:wasDerivedFrom source:list .
post:p a kg:Post ; rdfs:label "Office" ; kg:key "p" ; prov:wasDerivedFrom source:list .
tenure:t a kg:Tenure ; rdfs:label "Name, Office" ; kg:key "t" ; kg:official official:o ;
    kg:post post:p ; prov:wasDerivedFrom source:list .
source:list a kg:Source ; rdfs:label "List" ; kg:key "list" ; kg:dataset dataset:all ;
    kg:url "https://example.org/" .
dataset:all a kg:Dataset ; rdfs:label "All" ; kg:licence "CC0-1.0" ;
    kg:known "2026-01-01"^^xsd:date .
"""
"""A small graph that the shapes accept."""


@cache
def read(file):
    return rdflib.Graph().parse(FOLDER / file)


def findings(graph):
    """The names of the shapes that the graph, with the ontology, does not keep to."""
    for triple in read("kg.ttl"):
        graph.add(triple)
    sound, report, _ = pyshacl.validate(graph, shacl_graph=read("shapes.ttl"), inference="none")
    broken = report.objects(None, rdflib.URIRef(f"{SH}sourceShape"))
    found = {str(shape).removeprefix(SHAPES) for shape in broken}
    assert sound == (not found)
    return found


def small(change="", instead=""):
    assert change in SOUND, change
    prefixes = "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in iris.PREFIXES.items())
    text = SOUND.replace(change, instead, 1) if change else SOUND
    return rdflib.Graph().parse(data=prefixes + text, format="turtle")


def test_the_shapes_accept_a_sound_graph():
    assert findings(small()) == set()


def test_the_shapes_accept_the_record(official):
    """It holds the bundled facts, and what stands in official files."""
    text = ox.serialize(official.triples(), format=ox.RdfFormat.N_TRIPLES).decode()
    assert findings(rdflib.Graph().parse(data=text, format="nt")) == set()


BROKEN = {
    "any record": [
        (" ;\n    prov:wasDerivedFrom source:list .\ndocument:d", " .\ndocument:d", "source"),
        (" ; kg:iso3", " ; kg:note 'x' , 'y' ; kg:iso3", "note"),
        ("source:list .\norganisation:NATO", "source:other .\norganisation:NATO", "source"),
        ('kg:key "FRA"', "kg:note 'no key'", "key"),
        ('rdfs:label "France" ;', "", "label"),
    ],
    "dates": [
        ('kg:start "1949"^^xsd:gYear', 'kg:start "1949"', "start"),
        ('kg:endDay "1949-01-01"^^xsd:date', 'kg:endDay "1949"^^xsd:gYear', "endDay"),
        ('kg:startDay "1949-12-31"', 'kg:startDay "1949-13-31"', "startDay"),
        ('"1949-08"^^xsd:gYearMonth', '"August 1949"', "Treaty-inForce"),
    ],
    "relations": [
        ("kg:state state:FRA ;", "", "Membership-state"),
        ("kg:state state:FRA ;", "kg:state organisation:NATO ;", "Membership-state"),
        ("kg:state state:FRA ;", "kg:state state:FRA , state:GBR ;", "Membership-state"),
        ("kg:role role:member", "kg:role option:yes", "Membership-role"),
        ("kg:role role:member", "kg:role role:boss", "Membership-role"),
        ("kg:official official:o", "kg:official state:FRA", "Tenure-official"),
        ("kg:obligation obligation:defence", 'kg:obligation "defence"', "Treaty-obligation"),
        ("kg:constitutedBy treaty:t", "kg:constitutedBy document:d", "Body-constitutedBy"),
    ],
    "votes": [
        ('kg:date "2023-02-23"^^xsd:date ;', "", "RollCall-date"),
        ('kg:date "2023-02-23"^^xsd:date', 'kg:date "2023"^^xsd:gYear', "RollCall-date"),
        ('kg:day "2023-02-23"^^xsd:date ;', "", "RollCall-day"),
        ("kg:document document:e ;", "", "RollCall-document"),
        ("kg:document document:e", "kg:document state:FRA", "RollCall-document"),
        (
            "kg:result result:adopted",
            "kg:result result:adopted , result:rejected",
            "RollCall-result",
        ),
        ("kg:result result:adopted", "kg:result question:whole-text", "RollCall-result"),
        ("kg:yesCount 1", "kg:yesCount -1", "RollCall-yesCount"),
        ("kg:noCount 0 ;", "kg:noCount 0 , 1 ;", "RollCall-noCount"),
        ("kg:abstainCount 0 ;", "kg:abstainCount '0' ;", "RollCall-abstainCount"),
        ("kg:memberCount 1", "kg:memberCount 0", "RollCall-memberCount"),
        ("kg:margin 1", "kg:margin -1", "RollCall-margin"),
        ("kg:question question:paragraph", "kg:question question:words", "RollCall-question"),
        (
            "kg:vetoedBy state:FRA",
            "kg:vetoedBy state:FRA ; kg:votedYes state:FRA",
            "RollCall-vetoedBy",
        ),
        (
            "kg:votedYes state:FRA",
            "kg:votedYes state:FRA ; kg:votedNo state:FRA",
            "RollCall-votedNo",
        ),
        ("kg:margin 1", "kg:margin 1 ; kg:agreedBy state:FRA", "agreedBy"),
        (
            "kg:margin 1",
            "kg:margin 1 ; kg:agreedBy source:list ; kg:differsIn source:list",
            "differsIn",
        ),
        ("kg:margin 1", "kg:margin 1 ; kg:omits source:list", "RollCall-omits"),
        ("kg:margin 1", "kg:margin 1 ; kg:omitsOption result:adopted", "RollCall-omitsOption"),
        ("kg:votedYes state:FRA", "kg:votedYes organisation:NATO", "RollCall-votedYes"),
        (
            "kg:topic topic:peace",
            "kg:topic topic:peace ; kg:uncheckedTopic topic:peace",
            "Document-uncheckedTopic",
        ),
    ],
    "texts": [
        ('kg:symbol "A/RES/1" ;', "", "Adopted-symbol"),
        ("kg:modality modality:vote", "kg:modality option:yes", "Document-modality"),
        ("https://example.com/e", "file:///etc/passwd", "Document-url"),
        (
            "kg:revisionOf document:m",
            "kg:revisionOf document:m , document:l",
            "Document-revisionOf",
        ),
        ("kg:topic topic:peace", "kg:topic topic:peace ; kg:adopts document:e", "Document-adopts"),
        ("kg:topic topic:peace", "kg:topic topic:peace ; kg:partOf rollcall:r", "Document-partOf"),
    ],
    "names in use": [
        ('kg:lastDay "2023-02-23"', 'kg:lastDay "1979-12-30"', "Usage-firstDay"),
        ("kg:voteCount 2", "kg:voteCount 0", "Usage-voteCount"),
        ('kg:text "FRANCE" ;', "", "Usage-text"),
    ],
    "counts": [
        ("kg:state state:FRA ; kg:year 2023 ;", "kg:state state:FRA ;", "Observation"),
        ("kg:state state:FRA ; kg:year 2023 ;", "kg:year 2023 ;", "Observation"),
        ("kg:year 2023", "kg:year 2023 , 2024", "Observation"),
        ("kg:year 2023", "kg:year '2023'", "Observation"),
        ("kg:year 2023", "kg:year 2023 ; kg:rollcall rollcall:r", "Observation"),
        ("kg:rollcall rollcall:r ;", "", "Observation"),
        ("kg:rollcall rollcall:r ;", "kg:rollcall rollcall:r , rollcall:s ;", "Observation"),
        ("kg:rollcall rollcall:r ;", "kg:rollcall document:d ;", "Observation"),
        ("qb:dataSet kg:countsByStateAndYear", "qb:dataSet dataset:all", "Observation-dataSet"),
        (
            "kg:nonvotingCount 0 .\nobservation:b",
            "kg:note 'x' .\nobservation:b",
            "Observation-nonvotingCount",
        ),
        (
            "kg:year 2023 ;\n    kg:organisation organisation:NATO ;",
            "kg:year 2023 ;",
            "Observation-organisation",
        ),
    ],
    "measurements": [
        ("kg:method method:kappa ;", "", "Measurement-method"),
        ("kg:method method:kappa ;", "kg:method option:yes ;", "Measurement-method"),
        ("kg:measuredValue 0.5 ;", "", "Measurement-measuredValue"),
        ("kg:measuredValue 0.5", "kg:measuredValue 0.5 , 0.6", "Measurement-measuredValue"),
        ("kg:rollCallCount 40", "kg:rollCallCount 0", "Measurement-rollCallCount"),
        ('kg:absence "skip"', 'kg:absence "ignored"', "Measurement-absence"),
        ('kg:selection "whole texts" ;', "", "Measurement-selection"),
        ('kg:periodEnd "2016-', 'kg:periodEnd "2014-', "Measurement-periodStart"),
        ("kg:measureOf state:FRA , organisation:NATO ;", "", "Measurement-measureOf"),
    ],
    "the rest": [
        ('kg:iso3 "FRA"', 'kg:iso3 "fra"', "StateOrTerritory-iso3"),
        ("kg:sameAs wd:Q1", "kg:sameAs <http://www.wikidata.org/wiki/Q1>", "Official-sameAs"),
        ("https://example.org/", "javascript:alert(1)", "Publication-url"),
        (" ; kg:dataset dataset:all", "", "Source-dataset"),
        ('kg:licence "CC0-1.0" ;', "", "Dataset-licence"),
    ],
}
"""What of a sound graph is changed, into what, and the shape that finds it."""


@pytest.mark.parametrize("kind", BROKEN)
def test_the_shapes_refuse_a_broken_graph(kind):
    for change, instead, shape in BROKEN[kind]:
        assert shape in findings(small(change, instead)), (change, instead)
