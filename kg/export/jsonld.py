"""The record as one JSON-LD document, thing by thing; votes and observations come from their columns."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.export import turtle as record
from kg.graph.snapshot import Snapshot
from kg.rdf import columns, iris
from kg.rdf.jsonld import FOOT, Context
from kg.rdf.terms import VOTED, literal, term, thing

_KEY, _NUMBER = "KEY", 987_654_321
"""Stand for the key of any thing, and for any number, in a text that is cut there in two."""


def written(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    """The document in parts, each with how many triples it says."""
    context = Context()
    said: dict[str, dict[str, set[str]]] = {}
    for triple in snapshot.things():
        node, word, value = context.fact(triple)
        said.setdefault(node, {}).setdefault(word, set()).add(value)
    votes = dict(_votes(snapshot, context))
    counts = _observations(snapshot, context)
    each = columns.observation_count(snapshot.observations)
    yield context.head, each
    between = ""
    for node in sorted({*said, *votes, *counts}):
        facts = {word: sorted(values) for word, values in said.get(node, {}).items()}
        facts.update(votes.get(node, {}))
        text = counts[node] if node in counts else context.thing(node, facts)
        yield between + text, sum(map(len, facts.values()))
        between = ",\n"
    yield FOOT, 0


def _votes(snapshot: Snapshot, context: Context) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """``@id`` of each roll call of the files, and who answered what in it."""
    yes = term(VOTED["yes"]).value
    words = {option: _word(context, name) for option, name in VOTED.items()}
    for key, answers in record.votes(
        snapshot, lambda state: context.say(yes, thing("state", state))[1]
    ):
        node = context.node(thing("rollcall", key))
        yield node, {words[option]: states for option, states in answers}


def _word(context: Context, name: str) -> str:
    return context.say(term(name).value, thing("state", _KEY))[0]


def _observations(snapshot: Snapshot, context: Context) -> dict[str, str]:
    """``@id`` of each observation, and all that is said of it."""
    said = []
    for column, name, prefix in columns.OBSERVED:
        value = NamedNode(iris.PREFIXES[prefix] + _KEY) if prefix else literal(_NUMBER)
        word, shown = context.say(term(name).value, value)
        before, after = context.property(word, [shown]).split(_KEY if prefix else str(_NUMBER))
        said.append((word, column, f", {before}", after))
    start = context.node(thing("observation", _KEY)).removesuffix(_KEY)
    parts = [(column, before, after) for _, column, before, after in sorted(said)]
    frame = snapshot.observations
    texts = columns.observation_texts(frame, f'{{"@id": "{start}', '"', parts)
    keys = [f"{start}{key}" for key in frame["key"].to_list()]
    return {key: f"{text}}}" for key, text in zip(keys, texts, strict=True)}
