"""Every thing has one IRI, and an IRI of ours says what it is."""

import pyoxigraph as ox
import pytest

from kg.errors import RecordError
from kg.rdf import iris


def test_the_iri_of_a_thing_is_its_prefix_and_its_key():
    for kind in (*iris.KINDS, *iris.SCHEMES):
        iri = iris.thing(kind, "A_RES_ES-11.6")
        assert ox.NamedNode(iri).value == iri, kind
        assert iris.shorten(iri) == f"{kind}:A_RES_ES-11.6"
        assert iris.expand(iris.shorten(iri)) == iri, kind


def test_an_iri_that_no_prefix_fits_stays_whole():
    for iri in (
        "https://example.org/x",
        iris.BASE,
        f"{iris.BASE}state/",
        f"{iris.BASE}state/a b",
        f"{iris.BASE}state/FRA.",
        f"{iris.BASE}state/FRA/x",
        f"{iris.BASE}state/é",
        f"{iris.BASE}state/-x",
        "urn:x",
        "kg:State",
    ):
        assert iris.shorten(iri) == iri


def test_a_text_that_is_no_key_makes_no_iri():
    for key in ("", "a b", "a/b", "a>", "é", ".", "a.", "-", "a\n"):
        with pytest.raises(RecordError):
            pytest.fail(iris.thing("state", key))


def test_no_two_prefixes_stand_for_one_namespace():
    assert len(set(iris.PREFIXES.values())) == len(iris.PREFIXES)
    assert set(iris.KINDS) & set(iris.SCHEMES) == set()
