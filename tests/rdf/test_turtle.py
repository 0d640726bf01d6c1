"""Turtle and N-Triples: the same bytes for the same triples, and the same triples back."""

import io
import random

import pyoxigraph as ox
import pytest
import rdflib

from kg.rdf import iris, turtle

XSD = iris.PREFIXES["xsd"]
HOSTILE = [
    *("", " ", "\\", '"', "'", '"""', "'''", '\\"', "\n", "\r", "\r\n", "\t", "\b", "\f", "\x00"),
    *("\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u061c", "\ufeff", "\u200b"),
    *("\ufffe", "\U0001f600", "\U0010ffff", "é", "e\u0301", "^^xsd:integer", "@en", "> .", "# no"),
    *(
        "<script>alert(1)</script>",
        "]]>",
        "{}",
        "%00",
        "\\u0022",
        "\\n",
        "$(id)",
        "'; DROP",
        "=1+1",
    ),
]
LANGUAGES = ["en", "en-us", "zh-hans-cn", "x-a"]
DATATYPES = [
    f"{XSD}{name}" for name in ("integer", "date", "gYear", "boolean", "decimal", "string")
]
DATATYPES += [iris.PREFIXES["rdf"] + "HTML", iris.term("own"), "urn:x", "https://example.org/a#b"]
NUMBERS = ["0", "-0", "1", "-1", "01", "+1", "1.0", "1e3", "", "abc", "9" * 30, "-", "1 "]
LOCAL = [
    "FRA",
    "a.b",
    "a.",
    ".a",
    "a-",
    "-a",
    "a:b",
    "%20",
    "é",
    "a'b",
    "a(b)",
    "a;b,c",
    "~",
]
BASES = [
    *iris.PREFIXES.values(),
    *("https://example.org/", "http://[::1]:80/?q=1&r=", "urn:x:", "kg:", "mailto:", "a:"),
]


def node(chance):
    return ox.NamedNode(chance.choice(BASES) + chance.choice(LOCAL) + str(chance.randrange(5)))


def literal(chance):
    text = "".join(chance.choice(HOSTILE) for _ in range(chance.randrange(4)))
    pick = chance.randrange(4)
    if pick == 0:
        return ox.Literal(text)
    if pick == 1:
        return ox.Literal(text, language=chance.choice(LANGUAGES))
    if pick == 2:
        return ox.Literal(chance.choice(NUMBERS), datatype=ox.NamedNode(f"{XSD}integer"))
    return ox.Literal(text, datatype=ox.NamedNode(chance.choice(DATATYPES)))


def some(seed, count=300):
    """Triples of every hostile kind, the same for the same seed."""
    chance = random.Random(seed)
    predicates = [ox.NamedNode(iris.expand("rdf:type")), *(node(chance) for _ in range(9))]
    subjects = [node(chance) for _ in range(20)]
    return [
        ox.Triple(
            chance.choice(subjects),
            chance.choice(predicates),
            literal(chance) if chance.random() < 0.8 else node(chance),
        )
        for _ in range(count)
    ]


def parsed(text, form):
    return {quad.triple for quad in ox.parse(io.BytesIO(text.encode()), format=form)}


@pytest.mark.parametrize(
    ("write", "form"),
    [
        (turtle.turtle, ox.RdfFormat.TURTLE),
        (turtle.turtle, ox.RdfFormat.TRIG),
        (turtle.ntriples, ox.RdfFormat.N_TRIPLES),
        (turtle.ntriples, ox.RdfFormat.N_QUADS),
    ],
    ids=["turtle", "trig", "ntriples", "nquads"],
)
def test_hostile_literals_and_iris_come_back_as_they_were(write, form):
    for seed in range(20):
        triples = some(seed)
        assert parsed(write(triples), form) == set(triples), f"seed {seed}"


def test_rdflib_reads_the_same_from_turtle_and_from_ntriples():
    ours = {f"{XSD}string", iris.PREFIXES["rdf"] + "langString", iris.term("own"), "urn:x"}
    for seed in range(3):
        triples = [
            t
            for t in some(
                seed
            )  # rdflib warns of a literal that is not of its type, and rewrites it
            if isinstance(t.object, ox.NamedNode) or t.object.datatype.value in ours
        ]
        one, other = (rdflib.Graph(bind_namespaces="none") for _ in range(2))
        one.parse(data=turtle.turtle(triples), format="turtle")
        other.parse(data=turtle.ntriples(triples), format="nt")
        assert len(one) == len({str(t) for t in triples}), f"seed {seed}"
        assert set(one) == set(other), f"seed {seed}"


@pytest.mark.parametrize("write", [turtle.turtle, turtle.ntriples])
def test_the_order_and_the_repetition_of_triples_do_not_change_a_byte(write):
    triples = some(1)
    shuffled = triples * 2
    random.Random(2).shuffle(shuffled)
    assert write(shuffled) == write(triples)


def test_what_is_written_is_sorted_short_and_has_only_the_prefixes_in_use():
    france = ox.NamedNode(iris.thing("state", "FRA"))
    triples = [
        ox.Triple(france, ox.NamedNode(iris.term("iso3")), ox.Literal("FRA")),
        ox.Triple(france, ox.NamedNode(iris.expand("rdf:type")), ox.NamedNode(iris.term("State"))),
        ox.Triple(france, ox.NamedNode(iris.term("n")), ox.Literal(2)),
        ox.Triple(france, ox.NamedNode(iris.term("n")), ox.Literal(10)),
        ox.Triple(
            ox.NamedNode(iris.thing("state", "DEU")),
            ox.NamedNode(iris.term("start")),
            ox.Literal("1949", datatype=ox.NamedNode(f"{XSD}gYear")),
        ),
    ]
    assert turtle.turtle(triples) == (
        f"@prefix kg: <{iris.KG}> .\n"
        f"@prefix state: <{iris.BASE}state/> .\n"
        f"@prefix xsd: <{XSD}> .\n"
        '\nstate:DEU kg:start "1949"^^xsd:gYear .\n'
        '\nstate:FRA a kg:State ;\n    kg:iso3 "FRA" ;\n    kg:n 10 ,\n        2 .\n'
    )


def test_no_triple_is_no_text():
    assert turtle.turtle([]) == turtle.ntriples([]) == ""


@pytest.mark.parametrize("write", [turtle.turtle, turtle.ntriples])
def test_a_blank_node_is_refused(write):
    with pytest.raises(TypeError, match="the graph has no blank nodes"):
        write([ox.Triple(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal("x"))])


def test_characters_that_steer_a_terminal_or_the_direction_of_text_are_escaped():
    text = "".join(HOSTILE)
    for write in (turtle.turtle, turtle.ntriples):
        line = write([ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text))])
        assert not set(line) & set("\x00\x1b\x7f\x85\u061c\u2028\u202e\u2066\ufeff\r\t")


def test_the_bundled_graph_as_turtle_parses_back_to_itself_in_both_parsers(graph):
    triples = set(graph.triples())
    text = turtle.turtle(triples)
    assert parsed(text, ox.RdfFormat.TURTLE) == parsed(text, ox.RdfFormat.TRIG) == triples
    one, other = (rdflib.Graph(bind_namespaces="none") for _ in range(2))
    one.parse(data=text, format="turtle")
    other.parse(data=turtle.ntriples(triples), format="nt")
    assert len(one) == len(triples)
    assert set(one) == set(other)


def test_the_bundled_graph_as_nquads_parses_back_to_itself(graph):
    triples = set(graph.triples())
    text = turtle.ntriples(triples)
    assert parsed(text, ox.RdfFormat.N_QUADS) == parsed(text, ox.RdfFormat.N_TRIPLES) == triples
