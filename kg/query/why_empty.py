"""Why an answer is empty, where the graph can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pyoxigraph import NamedNode

from kg.graph import things
from kg.graph.snapshot import Snapshot, Triples, coverage
from kg.query import guard
from kg.query.functions import FUNCTIONS
from kg.rdf import iris
from kg.rdf.terms import VOTED

_PREFIX = re.compile(r"prefix\s+([\w.\-]*):\s*<([^>]*)>", re.IGNORECASE)
_BASE = re.compile(r"base\s*<([^>]*)>", re.IGNORECASE)
_ROLLCALL = f"<{iris.PREFIXES['rollcall']}"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def why(
    snapshot: Snapshot, text: str, terms: dict[str, str], datasets: tuple[str, ...] = ()
) -> str:
    """Why the query found nothing, in a sentence or two; empty where no reason shows.

    Args:
        snapshot: The graph.
        text: The query.
        terms: Its parameters in N-Triples form.
        datasets: The data sets that it is about; empty where that is not known.
    """
    store = snapshot.store
    reasons = []
    for iri in dict.fromkeys(_iris(text)):
        try:
            node = NamedNode(iri)
        except ValueError:  # relative to a BASE
            continue
        short = iris.shorten(iri)
        if short.removeprefix("kg:") in FUNCTIONS:  # called, and no thing of the graph
            continue
        if _any(store, None, node, None) or iri == iris.expand("rdf:type"):
            continue
        if _any(store, node, None, None) or _any(store, None, None, node):
            if short.startswith("kg:") and short[3:4].islower():
                reasons.append(f"the property {short} occurs in no triple")
            continue
        if not iri.startswith(iris.PREFIXES["xsd"]):
            reasons.append(f"{short} is nowhere in this graph")
    for term in terms.values():
        roll = things.get(store, term.strip("<>")) if term.startswith(_ROLLCALL) else None
        if roll and roll.one("yesCount") and not any(map(roll.all, VOTED.values())):
            totals = "-".join(roll.one(f"{option}Count") for option in ("yes", "no", "abstain"))
            reasons.append(f"of {roll.id} only the totals are known, {totals}")
    begin, last = coverage(snapshot, datasets)
    reasons += [
        f"{day} is outside what the record covers ({begin} to {last})"
        for day in dict.fromkeys(_days(text, terms))
        if not begin <= day <= last
    ]
    return "; ".join(reasons)


def no_chain(snapshot: Snapshot, missing: list[str], on: date) -> str:
    """Why no chain joins two things on a day.

    Args:
        snapshot: The graph.
        missing: Those of the two that have no tie that day, as ``kind:key``.
        on: The day.
    """
    store = snapshot.store
    begin, last = coverage(snapshot)
    told = [] if begin <= on <= last else [f"the record covers {begin} to {last}"]
    for name in missing:
        thing = things.get(store, iris.expand(name))
        begun, ended = thing.one("start"), thing.one("end")
        span = f" since {begun}" * bool(begun) + f" until {ended}" * bool(ended)
        existed = f" ({thing.id}{span})" if span and not thing.holds(on) else ""
        holder = _seated(store, name, on)
        seat = f", when its seat was held by {holder}" if holder else ""
        told.append(f"{thing.label}{existed} has no tie in this record on {on}{seat}")
    return "; ".join(told) or "try more with --max-hops, or fewer limits"


def _seated(store: Triples, state: str, on: date) -> str:
    """Who held the seat of a state on a day, where that was another."""
    held = list(things.of(store, "Holding"))
    seats = {h.one("seat") for h in held if h.one("state") == state}
    holders = [h.one("state") for h in held if h.one("seat") in seats and h.holds(on)]
    names = [things.get(store, iris.expand(h)).label for h in holders if h != state]
    return names[0] if names else ""


def _any(store: Triples, s: NamedNode | None, p: NamedNode | None, o: NamedNode | None) -> bool:
    return next(iter(store.quads_for_pattern(s, p, o, None)), None) is not None


def _iris(text: str) -> Iterator[str]:
    prefixes = iris.PREFIXES | dict(_PREFIX.findall(text))
    declared = {*prefixes.values(), *_BASE.findall(text)}
    for kind, token in _asked(guard.tokens(text)):
        if kind == "iri" and token[1:-1] not in declared:
            yield token[1:-1]
        elif kind == "name":
            prefix, _, local = token.partition(":")
            if local and prefix in prefixes:
                yield prefixes[prefix] + local.replace("\\", "")


def _asked(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The tokens without the template of a CONSTRUCT: what it makes need not be there before."""
    template, depth = False, 0
    for kind, token in tokens:
        template = template or token.lower() == "construct"
        depth += (token == "{") - (token == "}")
        if token.lower() == "where" or (token == "}" and depth == 0):
            template = False
        if not template:
            yield kind, token


def _days(text: str, terms: dict[str, str]) -> Iterator[date]:
    literals = [token for kind, token in guard.tokens(text) if kind == "string"]
    for literal in [*literals, *terms.values()]:
        if "date" in literal or literal in literals:
            for match in _DAY.findall(literal):
                try:
                    yield date.fromisoformat(match)
                except ValueError:
                    continue
