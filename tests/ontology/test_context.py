"""The JSON-LD context: short JSON with bare keys is the graph."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib

from kg.rdf import iris
from tests.ontology.vocabulary import FOLDER, classes, described, index, properties


def test_the_context_covers_every_term_and_prefix():
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    given = {
        entry if isinstance(entry, str) else entry.get("@id")
        for name, entry in context.items()
        if name != "@version"
    }
    assert {f"kg:{name}" for name in classes() | properties()} <= given
    kinds = {*iris.KINDS, *iris.SCHEMES}
    for prefix, namespace in iris.PREFIXES.items():
        if prefix not in kinds:
            assert context[prefix] == namespace
    assert (context["id"], context["scheme"]) == (iris.BASE, iris.SCHEME)


def test_a_key_in_json_is_never_taken_for_a_term_of_the_context(record):
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    homes = tuple(iris.PREFIXES[kind] for kind in (*iris.KINDS, *iris.SCHEMES))
    things = {*index(record), *described()}
    keys = {iri.rsplit("/", 1)[1] for iri in things if iri.startswith(homes)}
    assert not keys & context.keys()


def engine_oxigraph(text):
    return {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}


def engine_rdflib(text):
    written = rdflib.Graph().parse(data=text, format="json-ld").serialize(format="nt")
    return {str(quad.triple) for quad in ox.parse(written, format=ox.RdfFormat.N_TRIPLES)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
@pytest.mark.parametrize("engine", [engine_oxigraph, engine_rdflib])
def test_json_with_bare_keys_is_the_graph(engine):
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    things = [
        {
            "@id": "id:membership/NATO-FRA-1949",
            "@type": "Membership",
            "label": "France, member of NATO",
            "state": "FRA",
            "organisation": "NATO",
            "role": "member",
            "startYear": "1949",
            "startDay": "1949-12-31",
            "source": ["north-atlantic-treaty-1949"],
        },
        {
            "@id": "id:rollcall/ES-11_6",
            "yesCount": 141,
            "votedNo": ["BLR", "RUS"],
            "question": "whole-text",
        },
        {"@id": "id:claim/c", "about": ["id:state/RUS", "id:rollcall/ES-11_6"], "option": "no"},
        {"@id": "id:official/Putin", "sameAs": "Q7747"},
    ]
    prefixes = "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in iris.PREFIXES.items())
    turtle = """
        membership:NATO-FRA-1949 a kg:Membership ; rdfs:label "France, member of NATO" ;
            kg:state state:FRA ; kg:organisation organisation:NATO ; kg:role role:member ;
            kg:start "1949"^^xsd:gYear ; kg:startDay "1949-12-31"^^xsd:date ;
            prov:wasDerivedFrom source:north-atlantic-treaty-1949 .
        rollcall:ES-11_6 kg:yesCount 141 ; kg:votedNo state:BLR , state:RUS ;
            kg:question question:whole-text .
        claim:c kg:about state:RUS , rollcall:ES-11_6 ; kg:option option:no .
        official:Putin kg:sameAs wd:Q7747 .
    """
    expected = ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE)
    found = engine(json.dumps({"@context": context, "@graph": things}))
    assert found == {str(quad.triple) for quad in expected}
