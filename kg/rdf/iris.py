"""Namespaces, and the IRI of every thing; nothing else mints one."""

from __future__ import annotations

from kg.errors import RecordError
from kg.model.words import KEY, check_key

BASE = "https://w3id.org/unkg/id/"
KG = "https://w3id.org/unkg/ontology#"
SCHEME = "https://w3id.org/unkg/scheme/"

KINDS: tuple[str, ...] = (
    "alias",
    "article",
    "change",
    "claim",
    "dataset",
    "document",
    "holding",
    "measurement",
    "membership",
    "observation",
    "official",
    "organisation",
    "post",
    "rollcall",
    "seat",
    "source",
    "sponsorship",
    "state",
    "statement",
    "suspension",
    "tenure",
    "topic",
    "treaty",
    "usage",
)
"""Kinds of thing, each with a prefix of its own so that Turtle stays short."""

SCHEMES: tuple[str, ...] = (
    "changekind",
    "group",
    "method",
    "modality",
    "obligation",
    "option",
    "question",
    "result",
    "role",
    "stance",
    "status",
)
"""SKOS schemes of the ontology, each with a prefix of its own."""

PREFIXES: dict[str, str] = {
    "kg": KG,
    **{kind: f"{BASE}{kind}/" for kind in KINDS},
    **{scheme: f"{SCHEME}{scheme}/" for scheme in SCHEMES},
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "opengov": "http://www.w3.org/ns/opengov#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "qb": "http://purl.org/linked-data/cube#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix to namespace; known to every query and used by every export."""


_MINTED = frozenset((*KINDS, *SCHEMES))


def thing(kind: str, key: str) -> str:
    """The IRI of the thing of that kind with that key.

    Raises:
        RecordError: There is no such kind, or the text is no key; nothing else may stand in an IRI.
    """
    if kind not in _MINTED:
        raise RecordError(f"{kind!r} is no kind of thing", allowed=KINDS)
    check_key(key)
    return PREFIXES[kind] + key


def term(name: str) -> str:
    """The IRI of a class or property of the ontology."""
    return KG + name


def expand(curie: str) -> str:
    """The IRI that ``prefix:name`` stands for."""
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def shorten(iri: str) -> str:
    """``prefix:name`` where a prefix fits and the name needs no escape, else the IRI itself."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix, name = _BY_NAMESPACE.get(iri[:cut]), iri[cut:]
    return f"{prefix}:{name}" if prefix and KEY.fullmatch(name) else iri


_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}
