"""Terms, and the text that a graph is loaded from: a hostile key is refused, never written."""

import subprocess
import sys

import polars as pl

from kg.errors import RecordError
from kg.model.accounts import Account, NameInUse, Text
from kg.model.ballots import BallotBytes
from kg.model.dates import PartialDate, day
from kg.model.records import Membership
from kg.rdf import accounts, columns, terms, triples
from kg.votes.accord import Accord
from kg.votes.table import VoteTable

KEY = "X> <urn:p> <urn:o> .\n<urn:evil"
"""A text that would end a line of N-Triples and begin one of its own."""


def account(key="1_1", document="A_1", source="undl-ga"):
    return Account(
        source=source,
        number="1",
        key=key,
        text=Text(key=document, symbol="", kind="resolution", title=""),
        organ="UNGA",
        date=PartialDate.parse("2020-01-02"),
        ballots=BallotBytes({"FRA": 1}),
    )


def record(**hostile):
    """A membership whose own rules were got round."""
    made = Membership(organisation="CSTO", state="FRA", role="member", source=("a",))
    for name, text in hostile.items():
        object.__setattr__(made, name, text)
    return [terms.lines(triples.of_record(made, lambda kind, key: key))]


def votes(*, states=None, **hostile):
    table = VoteTable.of([], [], [account()])
    rolls = table.rollcalls.with_columns(**{n: pl.lit(value) for n, value in hostile.items()})
    hostile = VoteTable(rolls, states or table.states, table.matrix)
    return columns.votes(hostile, Accord.of(hostile))


def documents(text):
    return accounts.documents(accounts.Documents([("undl-ga", text)]))


def beside(**hostile):
    return accounts.rollcalls_beside([account(**hostile)], lambda key: None)


def usages(state):
    name = NameInUse("undl-ga", "x", state, day("2020-01-02"), day("2020-01-02"), 1)
    return accounts.usages([name])


TRIES = {
    "a thing": lambda: [str(terms.thing("state", KEY)).encode()],
    "a kind": lambda: [str(terms.thing(KEY, "FRA")).encode()],
    "the state of a record": lambda: record(state=KEY),
    "the role of a record": lambda: record(role=KEY),
    "the source of a record": lambda: record(source=(KEY,)),
    "a roll call of a file": lambda: accounts.rollcalls([account(key=KEY)]),
    "a voted text of a file": lambda: accounts.rollcalls([account(document=KEY)]),
    "a source of a file": lambda: beside(source=KEY),
    "a text of a file": lambda: documents(account(document=KEY).text),
    "the state of a name": lambda: usages(KEY),
    "a roll call of a column": lambda: votes(rollcall=KEY),
    "a state of a column": lambda: votes(states=(KEY,)),
    "a source of a column": lambda: votes(source=KEY, record=False),
}


def refused():
    """Those of the tries that end in an error, without a line written."""
    names = []
    for name, attempt in TRIES.items():
        try:
            b"".join(attempt())
        except RecordError:
            names.append(name)
    return names


def test_a_hostile_key_is_refused_wherever_it_comes_from():
    assert refused() == list(TRIES)
    assert len(b"".join((*record(), *votes(), *usages("FRA")))) > 1000


def test_a_hostile_key_is_refused_by_a_python_that_drops_every_assert():
    text = (
        "from tests.rdf import test_terms as t; assert False; print(t.refused() == list(t.TRIES))"
    )
    done = subprocess.run([sys.executable, "-O", "-c", text], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_a_value_is_a_literal_of_its_own_kind():
    for value, line in (
        (PartialDate.parse("1999"), '"1999"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        (PartialDate.parse("1999-02"), '"1999-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        (day("1999-02-03"), '"1999-02-03"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (7, '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ('a "b"\n', '"a \\"b\\"\\n"'),
    ):
        assert str(terms.literal(value)) == terms.written(value) == line


def test_a_measured_number_has_nine_digits_at_most_and_one_after_the_point():
    assert terms.decimal(1 / 3).value == "0.333333333"
    assert terms.decimal(0.25).value == "0.25"
    assert terms.decimal(1.0).value == "1.0"
