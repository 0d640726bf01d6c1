"""The ontology says the same as the graph: each term that is used is defined, and the reverse."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf import iris
from kg.rdf.shapes import SHAPES as MAPPING
from kg.rdf.terms import VOTED
from kg.votes.methods import METHODS
from tests.ontology.vocabulary import (
    ABSTRACT,
    COMMENT,
    DATASET,
    DOMAIN,
    LABEL,
    ONTOLOGY,
    RANGE,
    SH,
    SHAPES,
    SUBCLASS,
    SUBPROPERTY,
    SUPER,
    TYPE,
    above,
    classes,
    defined,
    described,
    index,
    parsed,
    properties,
    types,
)


def mapped():
    """The properties of ours that the fields of records are written as."""
    names = {to.partition(">")[0] for shape in MAPPING.values() for to in shape.to.values()}
    return {name for name in names if ":" not in name}


def test_accounts_beside_the_record_are_among_the_graphs_tried_here(graphs):
    assert {graph.value for graph in graphs if isinstance(graph, ox.NamedNode)} == {
        iris.thing("source", key) for key in ("atop-member", "leaders", "unvotes")
    }


def test_the_graph_uses_no_class_or_property_that_the_ontology_does_not_define(graphs, used):
    assert {cls.removeprefix(iris.KG) for cls in used} <= classes()
    emitted = {t.predicate.value.removeprefix(iris.KG) for g in graphs.values() for t in g}
    assert {name for name in emitted if ":" not in name} <= properties()


def test_the_mapping_names_no_term_that_the_ontology_does_not_define():
    assert mapped() | set(VOTED.values()) <= properties()


def test_the_ontology_defines_no_term_that_the_mapping_cannot_write(graphs, used):
    found = {t.predicate.value.removeprefix(iris.KG) for g in graphs.values() for t in g}
    written = mapped() | found
    assert properties() - SUPER <= written
    typed = {cls.removeprefix(iris.KG) for cls in used}
    assert {c for c in classes() - ABSTRACT if not c.startswith("Has")} <= typed


def test_every_property_stands_only_on_things_of_its_domain(used):
    for cls, names in used.items():
        parents = above(cls.removeprefix(iris.KG))
        for name in names:
            assert described()[name][DOMAIN] <= parents, (cls, name)


def test_every_property_leads_only_to_what_its_range_says(graphs, record):
    dates = {iris.expand(f"xsd:{kind}") for kind in ("date", "gYearMonth", "gYear")}
    things = index(record) | described()
    for facts in graphs.values():
        here = index(facts)
        for fact in facts:
            if not fact.predicate.value.startswith(iris.KG):
                continue
            (wanted,) = described()[fact.predicate.value][RANGE]
            if isinstance(fact.object, ox.Literal):
                allowed = dates if wanted == iris.term("PartialDate") else {wanted}
                assert fact.object.datatype.value in allowed, fact
            elif wanted != iris.expand("rdfs:Resource"):
                values = here.get(fact.object.value, {})
                if TYPE not in values and DATASET not in values:
                    values = things[fact.object.value]
                found = {
                    parent
                    for cls in types(values)
                    for parent in (
                        above(cls.removeprefix(iris.KG)) if cls.startswith(iris.KG) else {cls}
                    )
                }
                assert wanted in found, fact


def test_a_data_cube_has_the_dimensions_and_measures_of_its_observations(record):
    qb = iris.PREFIXES["qb"]
    cubes = [name for name in described() if f"{qb}DataSet" in described()[name][TYPE]]
    measurements = [values for values in index(record).values() if DATASET in values]
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
    assert told.keys() == set(METHODS)
    for name, known in METHODS.items():
        if name == "points":  # the ontology cites and defines them at more length than a receipt
            continue
        assert told[name][LABEL] == {known.name}
        assert told[name][iris.expand("skos:scopeNote")] == {known.source}
        (formula,) = told[name][iris.expand("skos:definition")]
        assert formula.lower() == f"{known.formula.lower()}."


def test_every_concept_and_data_cube_that_the_graph_names_is_defined(graphs):
    told = [t.object for graph in graphs.values() for t in graph]
    named = {term.value for term in told if isinstance(term, ox.NamedNode)}
    assert {iri for iri in named if iri.startswith((iris.SCHEME, iris.KG))} <= described().keys()


def test_there_are_no_blank_nodes():
    for fact in (*parsed("kg.ttl"), *parsed("shapes.ttl")):
        assert not isinstance(fact.subject, ox.BlankNode), fact
        assert not isinstance(fact.object, ox.BlankNode), fact


def test_every_iri_is_in_a_namespace_that_queries_know():
    known = {*iris.PREFIXES.values(), SHAPES, SH}
    whole = {ONTOLOGY, f"{ONTOLOGY}/0.1.0", "https://creativecommons.org/publicdomain/zero/1.0/"}
    whole |= {namespace.removesuffix("/") for namespace in iris.PREFIXES.values()}
    for fact in (*parsed("kg.ttl"), *parsed("shapes.ttl")):
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


def test_every_class_has_a_shape_that_covers_every_property_it_has(used):
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
    for cls, names in used.items():
        assert names | {LABEL} <= covered[cls], cls
        if iris.term("Record") in above(cls.removeprefix(iris.KG)):
            assert iris.expand("prov:wasDerivedFrom") in covered[cls], cls
