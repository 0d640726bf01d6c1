"""Why an answer is empty, where the graph can tell."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import NamedNode

from kg.calls import Argument, Phrase, Sentence
from kg.graph import things
from kg.graph.snapshot import Snapshot, TripleStore, coverage
from kg.graph.things import Thing
from kg.model.records import Holding
from kg.model.words import Option
from kg.query import guard, reach
from kg.query.functions import FUNCTIONS
from kg.query.reach import Span
from kg.rdf import iris
from kg.rdf.terms import VOTED

_PREFIX = re.compile(r"prefix\s+([\w.\-]*):\s*<([^>]*)>", re.IGNORECASE)
_BASE = re.compile(r"base\s*<([^>]*)>", re.IGNORECASE)
_ROLLCALL = f"<{iris.PREFIXES['rollcall']}"
_TOTALS: tuple[Option, ...] = ("yes", "no", "abstain")
_KEY = re.compile(r"[^\s<>\"{}|\\^`]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def why(
    snapshot: Snapshot,
    text: str,
    terms: dict[str, str],
    spans: tuple[Span, ...] = (),
    datasets: tuple[str, ...] = (),
) -> str:
    """Why the query gave no answer, in a sentence or two; empty where no reason shows.

    Args:
        snapshot: The graph.
        text: The query.
        terms: Its parameters in N-Triples form.
        spans: The days and years that its parameters ask about.
        datasets: The data sets that it rests on; empty where that is not known.
    """
    reasons = [*_unknown(snapshot.store, text), *_no_votes(snapshot.store, terms.values())]
    days = [Span.day(day) for day in _days(text)]
    return "; ".join([*reasons, *reach.outside(snapshot, [*days, *spans], datasets)])


def meant(snapshot: Snapshot, empty: str, terms: Iterable[str]) -> str:
    """What an empty answer says of the roll calls that were asked about, which are in the graph.

    Args:
        snapshot: The graph.
        empty: What it means for the question; empty where that is not known.
        terms: The parameters in N-Triples form.
    """
    said = [empty] if empty else []
    for term in terms:
        roll = things.get(snapshot.store, term.strip("<>")) if term.startswith(_ROLLCALL) else None
        if roll and roll.facts:
            totals = "-".join(roll.one(f"{option}Count") or "?" for option in _TOTALS)
            text = things.get(snapshot.store, iris.expand(roll.one("document"))).one("symbol")
            said.append(f"{text or roll.id} is in the graph, voted on {roll.one('date')}, {totals}")
    return "; ".join(said)


def _unknown(store: TripleStore, text: str) -> Iterator[str]:
    """What a query names and the graph does not have."""
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
                yield f"the property {short} occurs in no triple"
            continue
        if not iri.startswith(iris.PREFIXES["xsd"]):
            yield f"{short} is nowhere in this graph"


def _no_votes(store: TripleStore, terms: Iterable[str]) -> Iterator[str]:
    """The roll calls among the parameters of which no single yes, no or abstention is known."""
    for roll in _rolls(store, terms):
        if any(roll.all(VOTED[option]) for option in _TOTALS):
            continue
        totals = [roll.one(f"{option}Count") for option in _TOTALS]
        if roll.all(VOTED["nonvoting"]) or not any(total.strip("0") for total in totals):
            said = _nobody(store, roll) if any(totals) or roll.all(VOTED["nonvoting"]) else ""
            yield said or f"the single votes on {_called(store, roll)} are not in this graph"
        else:
            yield f"of {roll.id} only the totals are known, {'-'.join(t or '?' for t in totals)}"
        if vetoed := roll.all("vetoedBy"):
            names = [things.get(store, iris.expand(state)).label for state in vetoed]
            yield f"it was vetoed by {' and '.join(names)}"


def unvoted(store: TripleStore, terms: Iterable[str]) -> list[str]:
    """That nobody is listed with a vote in a roll call that lists states, a sentence each.

    Args:
        store: The triples of the graph.
        terms: The parameters in N-Triples form.
    """
    return [
        _nobody(store, roll)
        for roll in _rolls(store, terms)
        if roll.all(VOTED["nonvoting"]) and not any(roll.all(VOTED[o]) for o in _TOTALS)
    ]


def _nobody(store: TripleStore, roll: Thing) -> str:
    return f"nobody is listed with a vote on {_called(store, roll)}; the votes may be missing"


def _called(store: TripleStore, roll: Thing) -> str:
    """The symbol of the text that a roll call was on, and the day."""
    symbol = things.get(store, iris.expand(roll.one("document"))).one("symbol")
    return f"{symbol or roll.id} ({roll.one('date')})"


def _rolls(store: TripleStore, terms: Iterable[str]) -> Iterator[Thing]:
    """The roll calls among the parameters: one as its IRI, several as a text of keys between spaces."""
    for term in terms:
        listed = [term.strip("<>")] if term.startswith(_ROLLCALL) else []
        if term.startswith('" ') and term.endswith(' "'):
            keys = filter(_KEY.fullmatch, term[1:-1].split())
            listed = [iris.thing("rollcall", key) for key in keys]
        for iri in listed:
            roll = things.get(store, iri)
            if roll.facts:
                yield roll


def no_chain(snapshot: Snapshot, missing: list[str], on: date, max_hops: int) -> Sentence:
    """Why no chain joins two things on a day.

    Args:
        snapshot: The graph.
        missing: Those of the two that have no tie that day, as ``kind:key``.
        on: The day.
        max_hops: The longest chain that was looked for, in links.
    """
    start, end = coverage(snapshot)
    reasons = [] if start <= on <= end else [f"the record covers {start} to {end}"]
    reasons += [_without_tie(snapshot, name, on) for name in missing]
    why: Phrase = ("; ".join(reasons),)
    if not reasons:
        why = ("try more with ", Argument("max_hops"), ", or fewer limits")
    return Sentence((f"no chain of at most {max_hops} links on {on}; ", *why))


def _without_tie(snapshot: Snapshot, name: str, on: date) -> str:
    """That a thing has no tie on a day, with when it existed and who held its seat, if others did."""
    thing = things.get(snapshot.store, iris.expand(name))
    span = ""
    if start := thing.one("start"):
        span += f" since {start}"
    if end := thing.one("end"):
        span += f" until {end}"
    existed = f" ({thing.id}{span})" if span and not thing.holds(on) else ""
    holder = _seated(snapshot, name, on)
    seat = f", when its seat was held by {holder}" if holder else ""
    return f"{thing.label}{existed} has no tie in this record on {on}{seat}"


def _seated(snapshot: Snapshot, name: str, on: date) -> str:
    """Who held the seat of a state on a day, where that was another."""
    kind, _, state = name.partition(":")
    if kind != "state":
        return ""
    holdings = list(snapshot.records(Holding))
    seats = {holding.seat for holding in holdings if holding.state == state}
    for holding in holdings:
        if holding.seat in seats and holding.state != state and holding.interval.holds(on):
            return things.get(snapshot.store, iris.thing("state", holding.state)).label
    return ""


def _any(store: TripleStore, s: NamedNode | None, p: NamedNode | None, o: NamedNode | None) -> bool:
    return next(iter(store.quads_for_pattern(s, p, o, None)), None) is not None


def _iris(text: str) -> Iterator[str]:
    prefixes = iris.PREFIXES | dict(_PREFIX.findall(text))
    declared = {*prefixes.values(), *_BASE.findall(text)}
    for kind, token in _outside_template(guard.tokens(text)):
        if kind == "iri" and token[1:-1] not in declared:
            yield token[1:-1]
        elif kind == "name":
            prefix, _, local = token.partition(":")
            if local and prefix in prefixes:
                yield prefixes[prefix] + local.replace("\\", "")


def _outside_template(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The tokens without the template of a CONSTRUCT: what it makes need not be there before."""
    template, depth = False, 0
    for kind, token in tokens:
        template = template or token.lower() == "construct"
        depth += (token == "{") - (token == "}")
        if token.lower() == "where" or (token == "}" and depth == 0):
            template = False
        if not template:
            yield kind, token


def _days(text: str) -> Iterator[date]:
    """The days that stand in the string literals of a query."""
    for kind, token in guard.tokens(text):
        if kind == "string":
            for match in _DAY.findall(token):
                with contextlib.suppress(ValueError):
                    yield date.fromisoformat(match)
