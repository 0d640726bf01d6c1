"""Graph to network: the only place that decides what a link is and what it costs.

Nodes are states, organisations, officials, texts and votes; a membership, tenure or statement, which
in the graph is a record with dates and sources of its own, is one link. Where many meet (the United
Nations, a vote that most cast) a link costs more, so that a chain prefers what few share.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.graph.things import Thing
from kg.rdf import iris

if TYPE_CHECKING:
    pass

LINKS: tuple[str, ...] = (
    "treaty",
    "membership",
    "office",
    "statement",
    "sponsorship",
    "vote",
    "text",
)
"""Kinds of link: bound by a treaty's obligation; member of what binds to none; holds an office; said
something of; put its name to; cast a vote that few cast; is a text about another."""

TELLING = 0.15
"""A side of a vote is telling if at most this share of the votes cast is on it."""

_BASE = {
    "treaty": 0.5,
    "membership": 0.7,
    "office": 0.6,
    "statement": 1.4,  # words about a state bind it to no one
    "sponsorship": 0.7,
    "vote": 0.8,
    "text": 0.6,
}
"""What a link costs before its hub is counted; smaller is a closer tie."""
_GATHERING = {"organisation", "document", "rollcall", "side"}
_SIDES = (("votedYes", "yes"), ("votedNo", "no"), ("abstained", "abstain"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link and its evidence."""

    a: str
    """Where it begins, as ``kind:key``."""
    b: str
    """Where it ends."""
    kind: str
    """One of ``LINKS``."""
    label: str
    """The link in words, between the names of its ends."""
    record: str
    """IRI of the record behind it."""
    sources: tuple[str, ...]
    """Keys of the works it was taken from."""
    start: str = ""
    """First day inside as it is known, or the day of an event."""
    end: str = ""
    """First day outside as it is known."""
    start_day: str = ""
    """First day on which it certainly held."""
    end_day: str = ""
    """First day on which it may have ended."""
    event: bool = False
    """Whether it happened on one day, and stays true."""
    obligations: tuple[str, ...] = ()
    """What it binds to."""
    bound: str = ""
    """The day from which it binds to that, where that is later than its start."""
    unchecked: bool = False
    """Whether it was not compared with the primary record."""
    note: str = ""
    """A remark."""

    @property
    def when(self) -> str:
        """Its dates in words."""
        if self.event:
            return self.start
        if self.start and self.end:
            return f"{self.start} until {self.end}"
        return f"since {self.start}" if self.start else f"until {self.end}" if self.end else ""


def project(snapshot: Snapshot, on: date | None = None) -> nx.MultiDiGraph:
    """The network of what held on a day and of what had happened by then.

    Args:
        snapshot: The graph.
        on: The day; None takes everything at any time.

    Returns:
        Nodes ``kind:key`` with ``kind`` and ``label``; edges with ``link`` (a ``Link``), ``kind``,
        ``label``, ``start``, ``end``, ``sources`` (joined by spaces) and ``cost``.
    """
    web = nx.MultiDiGraph(on=on.isoformat() if on else "")
    labels = _labels(snapshot)
    for link in links(snapshot, on):
        for end in (link.a, link.b):
            if end not in web:
                web.add_node(end, kind=end.partition(":")[0], label=labels(end))
        web.add_edge(
            link.a,
            link.b,
            link=link,
            kind=link.kind,
            label=link.label,
            start=link.start,
            end=link.end,
            sources=" ".join(link.sources),
        )
    for a, b, data in web.edges(data=True):
        data["cost"] = _cost(web, a, b, data["link"])
    return web


def links(snapshot: Snapshot, on: date | None = None) -> Iterator[Link]:
    """Every link that held on a day, or at any time; see ``project``."""
    store = snapshot.store
    yield from memberships(snapshot, on)
    for record in things.of(store, "Holding"):
        if record.holds(on) and record.one("role") in ("role:member", "role:observer"):
            role = record.one("role").partition(":")[2]
            yield _link(record, "state", "organisation:UN", "membership", f"{role} of")
    yield from _offices(snapshot, on)
    yield from _statements(snapshot, on)
    yield from _texts(snapshot, on)
    yield from _votes(snapshot, on)


def memberships(snapshot: Snapshot, on: date | None = None) -> Iterator[Link]:
    """Links from states to organisations; one for each stretch of time with the same obligations."""
    treaties = {treaty.id: treaty for treaty in things.of(snapshot.store, "Treaty")}
    bound = {
        org.id: [
            treaties[key] for key in org.all("constitutedBy") if treaties[key].all("obligation")
        ]
        for org in things.of(snapshot.store, "Organisation", "Grouping", "Alliance", "Organ")
    }
    formal = {t.id for t in things.of(snapshot.store, "Organisation", "Grouping", "Organ")}
    pacts = bound.keys() - formal
    suspended: dict[tuple[str, str], list[Thing]] = {}
    for record in things.of(snapshot.store, "Suspension"):
        suspended.setdefault((record.one("state"), record.one("organisation")), []).append(record)
    for record in things.of(snapshot.store, "Membership"):
        if not record.holds(on):
            continue
        org, state = record.one("organisation"), record.one("state")
        role = record.one("role").partition(":")[2]
        off = [s for s in suspended.get((state, org), ()) if on and s.holds(on)]
        word = "party to" if role == "member" and org in pacts else f"{role} of"
        if off:
            since = off[0].one("start")
            body, _, preposition = word.rpartition(" ")
            word = f"{body} (suspended{f' since {since}' if since else ''}) {preposition}"
        for start, end, duties, cited in _stretches(record, bound[org] if role == "member" else []):
            day = on.isoformat() if on else ""
            if day and not ((not start or start <= day) and (not end or day < end)):
                continue
            kind = "treaty" if duties else "membership"
            yield _link(
                record,
                "state",
                org,
                kind,
                word,
                obligations=duties,
                bound=start if duties and start != record.one("startDay") else "",
                start_day=start,
                end_day=end,
                sources=tuple(dict.fromkeys((*record.sources, *cited))),
            )


def _stretches(record: Thing, treaties: list[Thing]) -> list[_Stretch]:
    """A membership cut where the treaties in force change, or what they bind to."""
    start, end = record.one("startDay"), record.one("endDay")
    cuts = {day for t in treaties for day in (t.one("startDay"), t.one("endDay")) if day}
    edges = [start, *sorted(d for d in cuts if d > start and (not end or d < end)), end]
    stretches: list[_Stretch] = []
    for begin, stop in pairwise(edges):
        held = [t for t in treaties if _in_force(t, begin)]
        duties = {duty.partition(":")[2] for t in held for duty in t.all("obligation")}
        told = tuple(duty for duty in DUTIES if duty in duties)
        cited = tuple(dict.fromkeys(source for t in held for source in t.sources))
        if stretches and stretches[-1][2:] == (told, cited):
            stretches[-1] = (stretches[-1][0], stop, told, cited)
        else:
            stretches.append((begin, stop, told, cited))
    return stretches


_Stretch = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""First day, first day outside, obligations, sources of the treaties in force."""

DUTIES: tuple[str, ...] = ("defence", "offence", "neutrality", "nonaggression", "consultation")
"""Obligations, the weightiest first."""


def _in_force(treaty: Thing, day: str) -> bool:
    start, end = treaty.one("startDay"), treaty.one("endDay")
    return bool(start) and start <= day and (not end or day < end)


def _offices(snapshot: Snapshot, on: date | None) -> Iterator[Link]:
    posts = {post.id: post for post in things.of(snapshot.store, "Post")}
    for record in things.of(snapshot.store, "Tenure"):
        if record.holds(on):
            post = posts[record.one("post")]
            for goal in (*post.all("state"), *post.all("organisation")):
                yield _link(record, "official", goal, "office", f"as {post.label} for")


def _statements(snapshot: Snapshot, on: date | None) -> Iterator[Link]:
    for record in things.of(snapshot.store, "Statement"):
        if _happened(record, on):
            stance = record.one("stance").partition(":")[2]
            for goal in record.all("about"):
                if goal.partition(":")[0] in ("state", "rollcall", "official", "document"):
                    label = f"spoke ({stance}) about"
                    yield _link(
                        record, "official", goal, "statement", label, note=record.one("text")
                    )


def _texts(snapshot: Snapshot, on: date | None) -> Iterator[Link]:
    texts = {
        t.id: t for t in things.of(snapshot.store, "Resolution", "DraftResolution", "Amendment")
    }
    rolls = list(things.of(snapshot.store, "RollCall"))
    by = _days(texts, rolls)
    for record in things.of(snapshot.store, "Sponsorship"):
        text = record.one("document")
        if _happened(record, on, by.get(text, "")):
            yield _link(record, "state", text, "sponsorship", "sponsor of")
    for record in texts.values():
        for prop, label in (("amends", "would amend"), ("adopts", "adopts")):
            for goal in record.all(prop):
                if _happened(record, on, by.get(record.id, "")):
                    yield _link(record, "", goal, "text", label)
    for record in rolls:
        if _happened(record, on):
            yield _link(record, "", record.one("document"), "text", "vote on")


def _days(texts: dict[str, Thing], rolls: list[Thing]) -> dict[str, str]:
    """The day by which each text was there at the latest: its own, or that of the vote on it."""
    by = {name: text.one("day") for name, text in texts.items() if text.one("day")}
    for roll in rolls:
        by.setdefault(roll.one("document"), roll.one("day"))
    for name, text in texts.items():
        for draft in text.all("adopts"):
            if name in by:
                by.setdefault(draft, by[name])
    return by


def _votes(snapshot: Snapshot, on: date | None) -> Iterator[Link]:
    for record in things.of(snapshot.store, "RollCall"):
        if not _happened(record, on):
            continue
        cast = {option: record.all(prop) for prop, option in _SIDES}
        total = sum(map(len, cast.values()))
        for option, states in cast.items():
            if not 1 < len(states) <= TELLING * total:
                continue
            side = f"side:{record.key}-{option}"
            for state in states:
                yield _link(record, state, side, "vote", "cast one of")
            yield _link(record, side, record.id, "vote", "side of")


def _link(record: Thing, a: str, b: str, kind: str, label: str, **more: Any) -> Link:
    dated: dict[str, Any] = {
        "start": record.one("start"),
        "end": record.one("end"),
        "start_day": record.one("startDay"),
        "end_day": record.one("endDay"),
        "sources": record.sources,
        "note": record.one("note"),
    }
    if day := record.one("date"):
        dated |= {"start": day, "start_day": record.one("day"), "event": True}
    if ":" not in a:
        a = record.one(a) if a else record.id
    return Link(
        a=a,
        b=b,
        kind=kind,
        label=label,
        record=record.iri,
        unchecked=record.unchecked,
        **(dated | more),
    )


def _happened(record: Thing, on: date | None, by: str = "") -> bool:
    """Whether it had happened on a day; an event without a day, by the one it must have been by."""
    day = record.one("day") or by
    return on is None or (bool(day) and day <= on.isoformat())


def _cost(web: nx.MultiDiGraph, a: str, b: str, link: Link) -> float:
    hubs = [web.degree(end) for end in (a, b) if web.nodes[end]["kind"] in _GATHERING]
    cost = _BASE[link.kind] * math.log2(1 + max(hubs, default=1))
    if "defence" in link.obligations:
        cost *= 0.8
    if link.label not in ("member of", "party to") and link.kind in ("treaty", "membership"):
        cost *= 1.5  # an observer or a suspended member is further off than a member
    return round(cost, 6)


def _labels(snapshot: Snapshot) -> Any:
    def label(name: str) -> str:
        kind, _, key = name.partition(":")
        if kind == "side":
            roll, _, option = key.rpartition("-")
            thing = things.get(snapshot.store, iris.thing("rollcall", roll))
            text = things.get(snapshot.store, iris.expand(thing.one("document")))
            count = len(thing.all({o: p for p, o in _SIDES}[option]))
            return f"the {count} {option} votes on {text.one('symbol')}"
        thing = things.get(snapshot.store, iris.thing(kind, key))
        return thing.one("symbol") or thing.label

    return label
