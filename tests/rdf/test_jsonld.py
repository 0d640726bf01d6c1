"""JSON-LD in the words of the context says the same as Turtle, to both parsers."""

import io
import json
import random

import pyoxigraph as ox
import pytest
import rdflib

from kg.rdf import iris, jsonld, turtle


def parsed(text):
    return {
        quad.triple for quad in ox.parse(io.BytesIO(text.encode()), format=ox.RdfFormat.JSON_LD)
    }


def about(prop, term):
    return ox.Triple(ox.NamedNode(iris.thing("state", "FRA")), ox.NamedNode(iris.term(prop)), term)


def of_type(name, text):
    return ox.Literal(text, datatype=ox.NamedNode(iris.expand(name)))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
def test_the_bundled_graph_parses_back_to_itself_in_both_parsers(graph):
    triples = set(graph.triples())
    text = jsonld.document(triples)
    assert parsed(text) == triples
    one, other = (rdflib.Graph(bind_namespaces="none") for _ in range(2))
    one.parse(data=text, format="json-ld")
    other.parse(data=turtle.ntriples(triples), format="nt")
    assert set(one) == set(other)


def test_the_order_of_triples_does_not_change_a_byte(graph):
    triples = list(graph.triples())[:3000]
    text = jsonld.document(triples)
    random.Random(1).shuffle(triples)
    assert jsonld.document(triples + triples[:100]) == text


def test_a_state_is_told_in_the_words_of_the_context(graph):
    document = json.loads(jsonld.document(q.triple for q in graph.quads()))
    (france,) = [thing for thing in document["@graph"] if thing["@id"] == "id:state/FRA"]
    assert (france["@type"], france["iso3"], france["label"]) == ("State", "FRA", "France")


UNFORESEEN = [
    about("note", ox.Literal('"\\\n</script>\u202e')),
    about("note", ox.Literal("français", language="fr")),
    about("note", of_type("xsd:date", "1949")),
    about("start", of_type("xsd:gYear", "1949")),
    about("start", of_type("xsd:date", "1949-08-24")),
    about("yesCount", of_type("xsd:integer", "141")),
    about("yesCount", of_type("xsd:integer", "-7")),
    about("yesCount", of_type("xsd:integer", "007")),
    about("yesCount", of_type("xsd:integer", "many")),
    about("yesCount", of_type("xsd:integer", str(2**53 + 1))),
    about("yesCount", of_type("xsd:integer", "9" * 5000)),
    about("yesCount", ox.Literal("141")),
    about("unheardOf", ox.Literal("x")),
    about("unheardOf", ox.NamedNode("https://example.org/a b".replace(" ", "%20"))),
    about("state", ox.NamedNode("https://example.org/another")),
    about("state", ox.NamedNode(iris.thing("organisation", "NATO"))),
    about("role", ox.NamedNode(iris.thing("role", "member"))),
    about("role", ox.NamedNode("https://w3id.org/unkg/scheme/role/a:b")),
    about("role", ox.Literal("member")),
]


def test_a_triple_that_the_context_did_not_foresee_comes_back_as_it_was():
    for triple in UNFORESEEN:
        assert parsed(jsonld.document([triple])) == {triple}


def test_a_whole_number_that_a_double_cannot_hold_is_told_as_text():
    for number in (2**53 + 1, -(2**53) - 1):
        (thing,) = json.loads(
            jsonld.document([about("yesCount", of_type("xsd:integer", str(number)))])
        )["@graph"]
        assert thing["yesCount"] == str(number)


def test_no_triple_is_a_document_too():
    assert json.loads(jsonld.document([]))["@graph"] == []
