from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import guard

ELSEWHERE = {
    "plain": "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <U> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "silent without a space": "SELECT * { SERVICESILENT<U>{ ?s ?p ?o } }",
    "no space at all": "SELECT*{SERVICE<U>{?s ?p ?o}}",
    "a variable": "SELECT * { VALUES ?u { <U> } SERVICE ?u { ?s ?p ?o } }",
    "comments between": "SELECT * { #x\nSERVICE#y\n<U>#z\n{ ?s ?p ?o } }",
    "a comment that ends with CR": "SELECT * { #x\rSERVICE <U> { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <U> { ?s ?p ?o } } } }",
    "in EXISTS": "SELECT * { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "in a graph": "SELECT * { GRAPH <urn:g> { } SERVICE <U> { ?s ?p ?o } }",
    "in CONSTRUCT": "CONSTRUCT WHERE { SERVICE <U> { ?s ?p ?o } }",
    "in ASK": "ASK { SERVICE <U> { ?s ?p ?o } }",
    "an empty prefix glued on": "PREFIX : <U> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "a prefix glued on": "PREFIX a: <U> SELECT * { SERVICEa:x { ?s ?p ?o } }",
    "a prefix of that name": "PREFIX service: <U> SELECT * { SERVICE service:x { ?s ?p ?o } }",
    "glued to true": "SELECT * { OPTIONAL { ?a ?b true } OPTIONAL { ?a ?b trueSERVICE<U>{} } }",
    "glued to a name": "PREFIX a: <urn:> SELECT * { OPTIONAL { ?a ?b a:.SERVICE<U>{} } }",
    "glued to a number": "SELECT * { OPTIONAL { ?a ?b 1.e3SERVICE<U>{} } }",
    "escaped quotes around": r'SELECT * { BIND("\u0022" AS ?a) SERVICE <U> {} BIND("\u0022" AS ?b) }',
    "escaped quotes within": r'SELECT * { BIND("a\u0022" AS ?a) SERVICE <U> {} BIND("\u0022b" AS ?b) }',
    "an escaped backslash": r'SELECT * { BIND("\u005C" AS ?a) SERVICE <U> {} BIND("\u005C" AS ?b) }',
    "less than a quote": "SELECT * { FILTER('a'<'>')SERVICE<U>{} FILTER('a'='a') }",
    "less than a comment": "PREFIX : <U> SELECT * { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }",
    "a quote in a comment": "SELECT * { FILTER(1<2#>'''\n)SERVICE<U>{ ?s ?p ?o }#'''\n }",
    "a quote in an IRI": "SELECT * { OPTIONAL { ?a <urn:'> ?b } SERVICE <U> {} OPTIONAL { ?a <urn:'> ?b } }",
    "both readings of <": "SELECT * { FILTER('a'<'>')SERVICE<U>{} OPTIONAL { ?a <urn:'> ?c } "
    "SERVICE<U>{} OPTIONAL { ?a <urn:'> ?c } FILTER('a'='a') }",
    "an escaped name": r"PREFIX a: <urn:> SELECT * { OPTIONAL { ?a a:\' ?b } SERVICE <U> {} }",
    "a hash in a name": r"PREFIX a: <urn:> SELECT * { OPTIONAL { ?a a:b\#c ?b } SERVICE <U> {} }",
    "long quotes": "SELECT * { BIND('''a\\'''' AS ?q) SERVICE <U> {} BIND('''b''' AS ?r) }",
    "the word escaped": r"SELECT * { \u0053ERVICE <U> { ?s ?p ?o } }",
    "the word escaped in eight": r"SELECT * { \U00000053ERVICE <U> { ?s ?p ?o } }",
    "a name and the word escaped": r"PREFIX a: <urn:> SELECT * { ?a ?b a:c\u0020SERVICE <U> {} }",
}
"""Ways to write SERVICE; ``U`` stands for an address."""

HARMLESS = {
    "a variable": "SELECT ?service { ?service ?load $insert }",
    "a local name": "PREFIX ex: <urn:> SELECT * { ?s ex:service ex:my-service, ex:load, ex:SERVICE }",
    "an IRI": "SELECT * { <http://e/service> <http://e/service#load> <http://e/Service_(x)> }",
    "an escaped IRI": r"SELECT * { ?s <http://e/\u00e9service> ?o }",
    "a namespace": "PREFIX ex: <http://e/service#> SELECT * { ?s ex:x ?o }",
    "strings": """SELECT * { ?s ?p 'SERVICE <http://e>', "LOAD it", '''it's a "service"''' }""",
    "an escaped quote": r"SELECT * { ?s ?p 'it\'s service', 'a \u0022 service' }",
    "a comment": "SELECT * { ?s ?p ?o } # SERVICE <http://e> LOAD INSERT",
    "a datatype": "SELECT ?service { ?service ?p '1'^^<http://www.w3.org/2001/XMLSchema#int> }",
    "comparisons": "SELECT ?service { ?s ?p ?service FILTER(?s<?p&&?p>?s || (?s <= 3)) }",
}


def _refusal(text: str) -> str:
    """What the guard says of a text; empty where it lets it pass."""
    try:
        guard.check(text)
    except QueryError as error:
        return str(error)
    return ""


def test_no_way_to_write_service_passes():
    for name, text in ELSEWHERE.items():
        refusal = _refusal(text.replace("<U>", "<http://127.0.0.1:9/>"))
        assert re.search("SERVICE is not allowed|escape stands outside", refusal), name


def test_the_words_pass_where_they_are_names_or_text():
    for name, text in HARMLESS.items():
        assert _refusal(text) == "", name
        ox.Store().query(text)


def test_an_update_is_refused_with_what_to_do():
    for text, word in (
        ("LOAD <http://127.0.0.1/>", "LOAD"),
        ("load <file:///etc/passwd>", "LOAD"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT"),
        ("PREFIX a: <urn:> insert { ?s a:b 1 } WHERE { ?s ?p ?o }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP ALL", "DROP"),
        ("CREATE GRAPH <urn:g>", "CREATE"),
        ("COPY <urn:a> TO <urn:b>", "COPY"),
        ("MOVE <urn:a> TO <urn:b>", "MOVE"),
        ("ADD <urn:a> TO <urn:b>", "ADD"),
    ):
        remedy = "kg answers from" if word == "LOAD" else r"run kg\.build\(data=\.\.\.\)"
        assert re.search(f"^{word} is not allowed: .*{remedy}", _refusal(text)), text


def test_deep_nesting_is_refused():
    for name, text in {
        "braces": "SELECT * WHERE " + "{" * 4000 + "}" * 4000,
        "brackets": "SELECT * { FILTER(" + "(" * 4000 + "1" + ")" * 4000 + ") }",
        "not": "SELECT * { FILTER(" + "!" * 4000 + "true) }",
        "inverse": "SELECT * { ?s " + "^" * 4000 + "<urn:p> ?o }",
        "blank nodes": "SELECT * { ?s ?p " + "[ <urn:p> " * 4000 + "1" + "]" * 4000 + " }",
    }.items():
        assert "nests deeper than 200" in _refusal(text), name


def test_a_hundred_brackets_are_no_deep_nesting():
    text = "SELECT * WHERE " + "{" * 100 + "?s ?p ?o" + "}" * 100
    guard.check(text)
    ox.Store().query(text)


def test_a_text_that_is_too_long_or_holds_a_nul_is_refused():
    assert "characters, more than" in _refusal("#" * (guard.LONGEST + 1))
    assert "NUL" in _refusal("ASK { ?s ?p '\0' }")


def test_the_longest_text_is_read_in_one_go():
    """Each was read again from every place before: a whole day for a text of this length."""
    pieces = ["a.", "-", "1", "'\\", '"\\', "'''\\'", "<", "<a", "a:", "a\\", "<a)", "?", "''' "]
    for piece in pieces:
        assert _refusal("SERVICE " + piece * (guard.LONGEST // len(piece) - 8)), piece


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address of this machine and what came in there."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    heard.append(caller.recv(64))
                    caller.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
        server.shutdown(socket.SHUT_RDWR)


def test_no_query_reaches_a_listener(listener, graph):
    """What passes the guard is given to the engine, which has no other reason to call."""
    address, heard = listener
    for text in (*ELSEWHERE.values(), "LOAD <U>", "SELECT * FROM <U> { ?s ?p ?o }",
                 "SELECT * FROM NAMED <U> { GRAPH ?g { ?s ?p ?o } }", "DESCRIBE <U>"):  # fmt: skip
        try:
            graph.query(text.replace("<U>", f"<{address}>"), timeout_s=300)
        except QueryError:
            continue
    assert heard == []


def test_the_engine_would_reach_the_listener(listener):
    """Or the test above could not fail."""
    address, heard = listener
    with pytest.raises((OSError, RuntimeError)):
        list(ox.Store().query(ELSEWHERE["plain"].replace("<U>", f"<{address}>")))
    assert heard
