"""The ontology, the shapes, the JSON-LD context and the codebook say the same as the graph."""

import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg import resources
from kg.analysis import measurements
from kg.analysis.measured import Measured, Receipt, method
from kg.graph.content import Content
from kg.rdf import iris, triples
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.read import read_files
from kg.votes.measures import METHODS
from tests import official as files
from tools import codebook

FOLDER = resources.ontology()
FILES = ("kg.ttl", "shapes.ttl")
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
SUPER = {"code", "stateCount", "voted"}
"""Properties that are written only as one of their subproperties."""


@cache
def parsed(file):
    return [quad.triple for quad in ox.parse(path=str(FOLDER / file), format=ox.RdfFormat.TURTLE)]


@cache
def described():
    """Subject to predicate to the set of its objects, of the ontology."""
    return index(parsed("kg.ttl"))


@cache
def graphs():
    """The triples of the bundled facts and of small official files, which between them use every term.

    They are told apart by the name of their graph; the ontology, which is in the record too, is left out.
    """
    facts = read_facts(resources.data())
    with tempfile.TemporaryDirectory() as folder:
        intake = read_files(files.write(Path(folder)), names_of(facts))
    content = Content.of(facts, intake)
    text = b"".join((*content.things(), *content.columns(), *content.beside()))
    ontology = {t.subject for t in parsed("kg.ttl")}
    found = {}
    for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
        if quad.subject not in ontology:
            found.setdefault(quad.graph_name, set()).add(quad.triple)
    found[ox.DefaultGraph()] |= measured()
    return found


def measured():
    """One number as kg compare writes it."""
    receipt = Receipt(
        **method("kappa"),
        start=date(2015, 1, 2),
        end=date(2016, 3, 4),
        rollcall_count=40,
        kept="whole texts",
        interval="drawn",
        of=("state:RUS",),
        derived=("dataset:roll_calls",),
    )
    row = ("BLR", "Belarus", 0.5, 0.25, 0.75, 40)
    columns = ("state", "name", "kappa", "low", "high", "n")
    return set(measurements.triples(Measured("Who votes with Russia", columns, (row,), receipt)))


def bundle():
    """The record among them."""
    return graphs()[ox.DefaultGraph()]


def index(facts):
    told = {}
    for fact in facts:
        values = told.setdefault(fact.subject.value, {})
        values.setdefault(fact.predicate.value, set()).add(fact.object.value)
    return told


def defined(*kinds):
    return {
        subject.removeprefix(iris.KG)
        for subject, told in described().items()
        if subject.startswith(iris.KG) and told[TYPE] & {iris.expand(kind) for kind in kinds}
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


@cache
def used():
    """Class of a thing to the properties of ours that things of it have in any one graph."""
    found = {}
    for graph in graphs().values():
        for values in index(graph).values():
            for cls in types(values):
                found.setdefault(cls, set()).update(p for p in values if p.startswith(iris.KG))
    return found


def test_accounts_beside_the_record_are_among_the_graphs_tried_here():
    assert {graph.value for graph in graphs() if isinstance(graph, ox.NamedNode)} == {
        iris.thing("source", key) for key in ("atop-member", "leaders", "unvotes")
    }


def test_the_graph_uses_no_class_or_property_that_the_ontology_does_not_define():
    assert {cls.removeprefix(iris.KG) for cls in used()} <= classes()
    emitted = {t.predicate.value.removeprefix(iris.KG) for g in graphs().values() for t in g}
    assert {name for name in emitted if ":" not in name} <= properties()


def test_the_mapping_names_no_term_that_the_ontology_does_not_define():
    targets = {
        to.partition(">")[0] for shape in triples.SHAPES.values() for to in shape.to.values()
    }
    assert targets | set(triples.VOTED.values()) <= properties()


def test_the_ontology_defines_no_term_that_the_mapping_cannot_write():
    written = {
        to.partition(">")[0] for shape in triples.SHAPES.values() for to in shape.to.values()
    }
    written |= {t.predicate.value.removeprefix(iris.KG) for t in bundle()}
    assert properties() - SUPER <= written
    typed = {cls.removeprefix(iris.KG) for cls in used()}
    assert {c for c in classes() - ABSTRACT if not c.startswith("Has")} <= typed


def test_every_property_stands_only_on_things_of_its_domain():
    for cls, names in used().items():
        parents = above(cls.removeprefix(iris.KG))
        for name in names:
            assert described()[name][DOMAIN] <= parents, (cls, name)


def test_every_property_leads_only_to_what_its_range_says():
    dates = {iris.expand(f"xsd:{kind}") for kind in ("date", "gYearMonth", "gYear")}
    record = index(bundle()) | described()
    for facts in graphs().values():
        here = index(facts)
        for fact in facts:
            if not fact.predicate.value.startswith(iris.KG):
                continue
            (wanted,) = described()[fact.predicate.value][RANGE]
            if isinstance(fact.object, ox.Literal):
                allowed = dates if wanted == iris.term("PartialDate") else {wanted}
                assert fact.object.datatype.value in allowed, fact
            elif wanted != iris.expand("rdfs:Resource"):
                values = here.get(fact.object.value) or record[fact.object.value]
                found = {
                    parent
                    for cls in types(values)
                    for parent in (
                        above(cls.removeprefix(iris.KG)) if cls.startswith(iris.KG) else {cls}
                    )
                }
                assert wanted in found, fact


def test_a_data_cube_has_the_dimensions_and_measures_of_its_observations():
    qb = iris.PREFIXES["qb"]
    cubes = [name for name in described() if f"{qb}DataSet" in described()[name][TYPE]]
    measurements = [values for values in index(bundle()).values() if DATASET in values]
    assert cubes
    for cube in cubes:
        told = described()[cube]
        assert all(len(told[name]) == 1 for name in (LABEL, COMMENT, f"{qb}structure"))
        structure = described()[next(iter(told[f"{qb}structure"]))]
        assert structure[TYPE] == {f"{qb}DataStructureDefinition"}
        parts = [described()[part] for part in structure[f"{qb}component"]]
        named = {}
        for kind in ("dimension", "measure"):
            (named[kind],) = [{n for p in parts for n in p.get(f"{qb}{kind}", ())}]
            for name in named[kind]:
                assert f"{qb}{kind.title()}Property" in described()[name][TYPE]
        found = [values for values in measurements if values[DATASET] == {cube}]
        assert found
        keys = set()
        for values in found:
            assert values.keys() == {DATASET} | named["dimension"] | named["measure"]
            assert all(len(told) == 1 for told in values.values())
            keys.add(tuple(next(iter(values[name])) for name in sorted(named["dimension"])))
        assert len(keys) == len(found)


def test_every_term_has_one_label_and_comment_and_every_property_one_domain_and_range():
    for name in classes() | properties() | defined("rdfs:Datatype"):
        told = described()[iris.term(name)]
        needed = (LABEL, COMMENT, DOMAIN, RANGE) if name in properties() else (LABEL, COMMENT)
        for predicate in needed:
            assert len(told.get(predicate, ())) == 1, (name, predicate)
        assert told[iris.expand("rdfs:isDefinedBy")] == {ONTOLOGY}, name


def test_labels_and_comments_carry_no_language_tag_but_preferred_labels_do():
    for fact in parsed("kg.ttl"):
        if isinstance(fact.object, ox.Literal):
            preferred = fact.predicate.value == iris.expand("skos:prefLabel")
            assert fact.object.language == ("en" if preferred else None), fact


def test_every_scheme_and_concept_is_whole():
    for scheme in iris.SCHEMES:
        home = iris.PREFIXES[scheme].removesuffix("/")
        assert described()[home][TYPE] == {iris.expand("skos:ConceptScheme")}
        concepts = [subject for subject in described() if subject.startswith(f"{home}/")]
        assert concepts, scheme
        for concept in concepts:
            told = described()[concept]
            assert iris.expand("skos:Concept") in told[TYPE]
            assert told[LABEL] == told[iris.expand("skos:prefLabel")]
            assert len(told[iris.expand("skos:definition")]) == 1
            assert told[iris.expand("skos:inScheme")] == {home}
            assert told[iris.expand("skos:topConceptOf")] == {home}


def test_every_method_of_a_measurement_is_a_concept_with_its_formula_and_source():
    prefix = iris.PREFIXES["method"]
    told = {s.removeprefix(prefix): v for s, v in described().items() if s.startswith(prefix)}
    assert told.keys() == {*METHODS, "points"}
    for name, known in METHODS.items():
        assert told[name][LABEL] == {known.name}
        assert told[name][iris.expand("skos:scopeNote")] == {known.source}
        (formula,) = told[name][iris.expand("skos:definition")]
        assert formula.lower() == f"{known.formula.lower()}."


def test_every_concept_and_data_cube_that_the_graph_names_is_defined():
    told = [t.object for graph in graphs().values() for t in graph]
    named = {term.value for term in told if isinstance(term, ox.NamedNode)}
    assert {iri for iri in named if iri.startswith((iris.SCHEME, iris.KG))} <= described().keys()


@pytest.mark.parametrize("file", FILES)
def test_there_are_no_blank_nodes(file):
    for fact in parsed(file):
        assert not isinstance(fact.subject, ox.BlankNode), fact
        assert not isinstance(fact.object, ox.BlankNode), fact


@pytest.mark.parametrize("file", FILES)
def test_every_iri_is_in_a_namespace_that_queries_know(file):
    known = {*iris.PREFIXES.values(), SHAPES, SH}
    whole = {ONTOLOGY, f"{ONTOLOGY}/0.1.0", "https://creativecommons.org/publicdomain/zero/1.0/"}
    whole |= {namespace.removesuffix("/") for namespace in iris.PREFIXES.values()}
    for fact in parsed(file):
        for term in (fact.subject, fact.predicate, fact.object):
            if isinstance(term, ox.NamedNode) and term.value not in whole:
                cut = max(term.value.rfind("/"), term.value.rfind("#")) + 1
                assert term.value[:cut] in known, term
        assert "https://schema.org" not in str(fact)


def test_parents_of_our_terms_are_defined_where_they_are_ours():
    for predicate, names in ((SUBCLASS, classes()), (SUBPROPERTY, properties())):
        for name in names:
            for parent in described()[iris.term(name)].get(predicate, ()):
                assert not parent.startswith(iris.KG) or parent in described(), (name, parent)


def test_every_class_has_a_shape_that_covers_every_property_it_has():
    shapes = index(parsed("shapes.ttl"))

    def paths(name):
        """What a shape asks for, and each of the shapes that it has a choice of."""
        found = {p for s in shapes[name].get(f"{SH}property", ()) for p in shapes[s][f"{SH}path"]}
        for rest in shapes[name].get(f"{SH}xone", ()):
            while rest != iris.expand("rdf:nil"):
                (first,), (rest,) = (
                    shapes[rest][iris.expand(f"rdf:{n}")] for n in ("first", "rest")
                )
                found |= paths(first)
        return found

    covered = {
        cls: paths(name)
        for name, told in shapes.items()
        for cls in told.get(f"{SH}targetClass", ())
    }
    measurements = {
        p for n, told in shapes.items() if f"{SH}targetSubjectsOf" in told for p in paths(n)
    }
    covered[iris.term("Observation")] = measurements | {LABEL}  # it has none
    for cls, names in used().items():
        assert names | {LABEL} <= covered[cls], cls
        if iris.term("Record") in above(cls.removeprefix(iris.KG)):
            assert iris.expand("prov:wasDerivedFrom") in covered[cls], cls


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


def test_a_key_in_json_is_never_taken_for_a_term_of_the_context():
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    homes = tuple(iris.PREFIXES[kind] for kind in (*iris.KINDS, *iris.SCHEMES))
    things = {*index(bundle()), *described()}
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


def test_the_codebook_is_not_stale():
    page = (resources.ontology().parent / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert page == codebook.markdown(), "write docs/codebook.md anew with kg.codebook.markdown()"


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


def findings(graph):
    """The names of the shapes that the graph, with the ontology, does not keep to."""
    graph.parse(FOLDER / "kg.ttl")
    shapes = rdflib.Graph().parse(FOLDER / "shapes.ttl")
    sound, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
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


@pytest.mark.parametrize("name", ["graph", "official"])
def test_the_shapes_accept_the_record(name, request):
    told = request.getfixturevalue(name).triples()
    text = ox.serialize(told, format=ox.RdfFormat.N_TRIPLES).decode()
    assert findings(rdflib.Graph().parse(data=text, format="nt")) == set()


@pytest.mark.parametrize(
    ("change", "instead", "shape"),
    [
        # any record
        (" ;\n    prov:wasDerivedFrom source:list .\ndocument:d", " .\ndocument:d", "source"),
        (" ; kg:iso3", " ; kg:note 'x' , 'y' ; kg:iso3", "note"),
        ("source:list .\norganisation:NATO", "source:other .\norganisation:NATO", "source"),
        ('kg:key "FRA"', "kg:note 'no key'", "key"),
        ('rdfs:label "France" ;', "", "label"),
        # dates
        ('kg:start "1949"^^xsd:gYear', 'kg:start "1949"', "start"),
        ('kg:endDay "1949-01-01"^^xsd:date', 'kg:endDay "1949"^^xsd:gYear', "endDay"),
        ('kg:startDay "1949-12-31"', 'kg:startDay "1949-13-31"', "startDay"),
        ('"1949-08"^^xsd:gYearMonth', '"August 1949"', "Treaty-inForce"),
        # relations
        ("kg:state state:FRA ;", "", "Membership-state"),
        ("kg:state state:FRA ;", "kg:state organisation:NATO ;", "Membership-state"),
        ("kg:state state:FRA ;", "kg:state state:FRA , state:GBR ;", "Membership-state"),
        ("kg:role role:member", "kg:role option:yes", "Membership-role"),
        ("kg:role role:member", "kg:role role:boss", "Membership-role"),
        ("kg:official official:o", "kg:official state:FRA", "Tenure-official"),
        ("kg:obligation obligation:defence", 'kg:obligation "defence"', "Treaty-obligation"),
        ("kg:constitutedBy treaty:t", "kg:constitutedBy document:d", "Body-constitutedBy"),
        # votes
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
        ("kg:votedYes state:FRA", "kg:votedYes organisation:NATO", "RollCall-votedYes"),
        (
            "kg:topic topic:peace",
            "kg:topic topic:peace ; kg:uncheckedTopic topic:peace",
            "Document-uncheckedTopic",
        ),
        # texts
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
        # names in use
        ('kg:lastDay "2023-02-23"', 'kg:lastDay "1979-12-30"', "Usage-firstDay"),
        ("kg:voteCount 2", "kg:voteCount 0", "Usage-voteCount"),
        ('kg:text "FRANCE" ;', "", "Usage-text"),
        # counts
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
        # measurements
        ("kg:method method:kappa ;", "", "Measurement-method"),
        ("kg:method method:kappa ;", "kg:method option:yes ;", "Measurement-method"),
        ("kg:measuredValue 0.5 ;", "", "Measurement-measuredValue"),
        ("kg:measuredValue 0.5", "kg:measuredValue 0.5 , 0.6", "Measurement-measuredValue"),
        ("kg:rollCallCount 40", "kg:rollCallCount 0", "Measurement-rollCallCount"),
        ('kg:absence "skip"', 'kg:absence "ignored"', "Measurement-absence"),
        ('kg:selection "whole texts" ;', "", "Measurement-selection"),
        ('kg:periodEnd "2016-', 'kg:periodEnd "2014-', "Measurement-periodStart"),
        ("kg:measureOf state:FRA , organisation:NATO ;", "", "Measurement-measureOf"),
        # the rest
        ('kg:iso3 "FRA"', 'kg:iso3 "fra"', "StateOrTerritory-iso3"),
        ("kg:sameAs wd:Q1", "kg:sameAs <http://www.wikidata.org/wiki/Q1>", "Official-sameAs"),
        ("https://example.org/", "javascript:alert(1)", "Publication-url"),
        (" ; kg:dataset dataset:all", "", "Source-dataset"),
        ('kg:licence "CC0-1.0" ;', "", "Dataset-licence"),
    ],
)
def test_the_shapes_refuse_a_broken_graph(change, instead, shape):
    assert shape in findings(small(change, instead))
