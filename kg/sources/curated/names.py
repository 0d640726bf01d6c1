"""The index of names that the curated facts imply."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import records
from kg.model.entries import Entry
from kg.model.facts import Facts
from kg.model.names import Names


def names_of(facts: Facts) -> Names:
    """Every name and code of a state, and the names of everything else one can ask for."""
    return Names([*_states(facts), *_aliases(facts), *_others(facts)])


def _states(facts: Facts) -> Iterator[Entry]:
    for state in facts.records(records.State):
        start, end = state.interval.start_day, state.interval.end_day
        texts = {("key", state.state), ("name", state.name)}
        for usage, text in (("name", state.official_name), ("iso2", state.iso2)):
            texts.add((usage, text))
        texts.add(("iso3", state.iso3))
        if state.m49:
            texts.add(("m49", str(int(state.m49))))
        for usage, text in sorted(texts):
            if text:
                yield Entry(text, "state", state.state, usage, start, end)
        for code in state.cow:  # Correlates of War counts states by dates of its own
            yield Entry(code, "state", state.state, "cow-column")


def _aliases(facts: Facts) -> Iterator[Entry]:
    for alias in facts.records(records.Alias):
        day = alias.interval
        yield Entry(alias.alias, "state", alias.state, alias.system, day.start_day, day.end_day)


def _others(facts: Facts) -> Iterator[Entry]:
    symbols = {d.document: d.symbol for d in facts.records(records.Document)}
    for org in facts.records(records.Organisation):
        for text in {org.organisation, org.name, org.short_name} - {""}:
            yield Entry(text, "organisation", org.organisation, "name")
    for document in facts.records(records.Document):
        for text in {document.document, document.symbol}:
            yield Entry(text, "document", document.document, "symbol")
    for roll in facts.records(records.RollCall):
        symbol = symbols[roll.document]
        short = symbol.removeprefix("A/RES/").removeprefix("A/")
        for text in {roll.rollcall, symbol, short}:
            yield Entry(text, "rollcall", roll.rollcall, "symbol")
    for person in facts.records(records.Official):
        for text in {person.official, person.name, *person.also_known_as.split("|")} - {""}:
            yield Entry(text, "official", person.official, "name")
    for post in facts.records(records.Post):
        for text in {post.post, post.title}:
            yield Entry(text, "post", post.post, "name")
    for treaty in facts.records(records.Treaty):
        for text in {treaty.treaty, treaty.title}:
            yield Entry(text, "treaty", treaty.treaty, "name")
    for record in (
        records.Statement,
        records.Claim,
        records.Article,
        records.Tenure,
        records.Change,
    ):
        kind = record.__name__.lower()
        for thing in facts.records(record):
            yield Entry(getattr(thing, kind), kind, getattr(thing, kind), "key")
