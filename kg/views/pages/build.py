"""The graph as pages: which things and ties are on a drawing, with their dates and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Literal

from kg.graph import things
from kg.graph.snapshot import Snapshot, coverage
from kg.graph.things import Thing
from kg.model.words import OPTIONS, Continuity, Option
from kg.network import links
from kg.network.links import Link
from kg.rdf import iris
from kg.rdf.terms import VOTED
from kg.views import layout
from kg.views.pages.model import (
    Bloc,
    Chain,
    Detail,
    NetworkPage,
    Node,
    PathPage,
    SourceRef,
    StateVote,
    Tie,
    Totals,
    VotePage,
)

if TYPE_CHECKING:
    from kg.network import paths

_REGIONS = "Regional groups"
_BODIES = {"kg:Organisation": "organisation", "kg:Grouping": "grouping", "kg:Alliance": "alliance"}
_LEAST = 3
"""Fewest voters for an organisation to be offered as a bloc."""


def alliances(snapshot: Snapshot, on: date) -> NetworkPage:
    """Every state and what it ever belonged to, opened on a day."""
    held_in = [link for link in links.memberships(snapshot) if link.b != "organisation:UN"]
    ties = _ties(snapshot, _folded(snapshot, held_in))
    day = on.isoformat()
    held = Counter(end for tie in ties if tie.holds(day) for end in (tie.source, tie.target))
    most = {
        kind: max((n for e, n in held.items() if e.startswith(kind)), default=1) for kind in _ENDS
    }
    ends = sorted({end for tie in ties for end in (tie.source, tie.target)})
    nodes = tuple(
        _node(snapshot, end, size=held[end] / most[end.partition(":")[0]]) for end in ends
    )
    page = NetworkPage(
        title="Who is bound to whom: alliances, treaties and memberships",
        subtitle="Each state is tied to the organisations and treaties it belongs to on the day shown",
        on=day,
        nodes=nodes,
        ties=ties,
        sources=_sources(snapshot, nodes, ties),
        known=coverage(snapshot, ("alliances", "states"))[1].isoformat(),
    )
    return layout.place(page)


def chains(
    snapshot: Snapshot, start: str, goal: str, found: tuple[paths.Chain, ...], on: date
) -> PathPage:
    """A few chains between two things, from left to right."""
    links = {_tie_id(hop.link): hop.link for chain in found for hop in chain.hops}
    ties = _ties(snapshot, links.values())
    nodes = tuple(
        _node(snapshot, end, label=label)
        for end, label in dict(
            pair for chain in found for pair in zip(chain.nodes, chain.labels, strict=True)
        ).items()
    )
    page = PathPage(
        title=f"How {start} and {goal} are connected",
        subtitle="The closest chains first; what few share counts as closer than what many share",
        on=on.isoformat(),
        chains=tuple(
            Chain(
                nodes=chain.nodes,
                ties=tuple(_tie_id(hop.link) for hop in chain.hops),
                note=f"cost {chain.cost:g}",
            )
            for chain in found
        ),
        nodes=nodes,
        ties=ties,
        sources=_sources(snapshot, nodes, ties),
    )
    return layout.columns(page) if found else page


def vote(
    snapshot: Snapshot, rollcall: str, compared: str = "", continuity: Continuity = "state"
) -> VotePage:
    """One roll call, state by state.

    Args:
        snapshot: The graph.
        rollcall: Its key.
        compared: Key of another roll call to show beside it; empty for none.
        continuity: Whether a state is held against itself alone, or against whoever held its seat.
    """
    roll = things.get(snapshot.store, iris.thing("rollcall", rollcall))
    other = things.get(snapshot.store, iris.thing("rollcall", compared)) if compared else None
    document = _get(snapshot, roll.one("document"))
    on = date.fromisoformat(roll.one("day"))
    seats = snapshot.seats if other and continuity == "seat" else {}
    groups, blocs = _blocs(snapshot, {s for p in VOTED.values() for s in roll.all(p)}, on)
    votes = tuple(
        StateVote(
            state=state.partition(":")[2],
            name=_get(snapshot, state).label,
            option=option,
            groups=tuple(groups.get(state, ())),
            earlier=_earlier(other, state, seats) if other else "",
            codes=tuple(filter(None, (_get(snapshot, state).one("iso2"),))),
        )
        for option in OPTIONS
        for state in roll.all(VOTED[option])
    )
    totals, counted = _totals(roll)
    organ = _get(snapshot, roll.one("organisation")).label
    return VotePage(
        title=document.one("title") or document.label,
        subtitle=f"Vote of the {organ}"
        + f", record {roll.one('meeting')}" * bool(roll.one("meeting")),
        rollcall=rollcall,
        symbol=document.one("symbol") or roll.key,
        date=roll.one("day"),
        result=roll.one("result").partition(":")[2],
        totals=totals,
        votes=votes,
        blocs=blocs,
        compared=_name(snapshot, other) if other else "",
        sources=tuple(_source(snapshot, key) for key in roll.sources),
        status="unchecked" if roll.unchecked else "",
        note="; ".join(filter(None, (roll.one("note"), counted))),
    )


def _name(snapshot: Snapshot, roll: Thing) -> str:
    return _get(snapshot, roll.one("document")).one("symbol") or roll.key


def _totals(roll: Thing) -> tuple[Totals, str]:
    """The printed totals, else the single votes counted, and a remark where they are that."""
    printed = {option: roll.one(f"{option}Count") for option in OPTIONS}
    if all(printed[option] for option in OPTIONS[:3]):
        nonvoting = printed["nonvoting"]
        return Totals(
            yes=int(printed["yes"]),
            no=int(printed["no"]),
            abstain=int(printed["abstain"]),
            nonvoting=int(nonvoting) if nonvoting else None,
        ), ""
    counted = {option: len(roll.all(VOTED[option])) for option in OPTIONS}
    return Totals(
        yes=counted["yes"],
        no=counted["no"],
        abstain=counted["abstain"],
        nonvoting=counted["nonvoting"] or None,
    ), "the source prints no totals; these are its single votes counted"


def _earlier(roll: Thing, state: str, seats: Mapping[str, str]) -> Option | Literal[""]:
    """What a state did in a roll call, or whoever held its seat then."""
    key = state.removeprefix("state:")
    same = (f"state:{other}" for other, seat in seats.items() if seat == seats.get(key))
    found = (_option(roll, other) for other in (state, *same))
    return next((option for option in found if option), "")


_ENDS = ("state", "organisation")


def _folded(snapshot: Snapshot, links: list[Link]) -> Iterator[Link]:
    """The links, a treaty between two states folded into one link from one to the other."""
    by_body: dict[str, list[Link]] = {}
    for link in links:
        by_body.setdefault(link.b, []).append(link)
    for body, found in by_body.items():
        sides = sorted({link.a for link in found})
        if len(sides) != 2 or any(link.label != "party to" for link in found):
            yield from found
            continue
        title = _called(_get(snapshot, body))
        for one, other in product(*([x for x in found if x.a == side] for side in sides)):
            starts = max(one, other, key=lambda x: x.start_day)
            ends = min(one, other, key=lambda x: x.end_day or "9")
            if not ends.end_day or starts.start_day < ends.end_day:
                yield replace(
                    starts,
                    b=next(side for side in sides if side != starts.a),
                    label=title,
                    end=ends.end,
                    end_day=ends.end_day,
                    sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
                    unchecked=one.unchecked or other.unchecked,
                )


def _blocs(
    snapshot: Snapshot, voters: set[str], on: date
) -> tuple[dict[str, list[str]], tuple[Bloc, ...]]:
    """To which blocs each voter belonged that day, and the blocs with voters enough to compare."""
    groups: dict[str, list[str]] = {}
    regions: dict[str, str] = {}
    for state in sorted(voters):
        if region := _get(snapshot, state).one("group"):
            regions[region] = _get(snapshot, region).label
            groups.setdefault(state, []).append(region)
    members: dict[str, set[str]] = {}
    for link in links.memberships(snapshot, on):
        if link.a in voters and link.label.startswith(("member", "party to")):
            members.setdefault(link.b, set()).add(link.a)
    big = {org: states for org, states in members.items() if len(states) >= _LEAST}
    for org, states in sorted(big.items()):
        for state in states:
            groups.setdefault(state, []).append(org)
    names = {org: _get(snapshot, org) for org in big}
    blocs = [Bloc(key=key, label=label, within=_REGIONS) for key, label in sorted(regions.items())]
    ordered = sorted(names.items(), key=lambda item: item[1].label)
    blocs += [Bloc(key=key, label=_called(thing)) for key, thing in ordered]
    return groups, tuple(blocs)


def _called(thing: Thing) -> str:
    short = thing.one("shortName")
    return f"{short}: {thing.label}" if short and short != thing.label else thing.label


def _option(roll: Thing, state: str) -> Option | Literal[""]:
    for option in OPTIONS:
        if state in roll.all(VOTED[option]):
            return option
    return ""


def _ties(snapshot: Snapshot, links: Iterable[Link]) -> tuple[Tie, ...]:
    told = [
        Tie(
            id=_tie_id(link),
            source=link.a,
            target=link.b,
            kind=link.kind,
            label=f"{link.label}, {link.start}" if link.event else link.label,
            obligations=link.obligations,
            start="" if link.event else link.bound or link.start,
            end=link.end,
            start_day="" if link.event else link.start_day,
            end_day=link.end_day,
            sources=link.sources,
            status="unchecked" if link.unchecked else "",
            note=_remark(link),
        )
        for link in links
    ]
    return tuple(sorted(told, key=lambda tie: tie.id))


def _remark(link: Link) -> str:
    """Its note, and since when the membership is, where the tie shown began later."""
    since = f"member since {link.start}" if link.bound and link.start else ""
    return "; ".join(filter(None, (since, link.note)))


def _tie_id(link: Link) -> str:
    return f"{things.name(link.record)}|{link.a}|{link.b}|{link.start_day}"


def _node(snapshot: Snapshot, end: str, *, size: float = 0.5, label: str = "") -> Node:
    kind, _, key = end.partition(":")
    if kind == "side":
        return Node(id=end, label=label, kind="vote", size=size)
    thing = _get(snapshot, end)
    if kind == "organisation":
        kind = next((_BODIES[c] for c in thing.all("rdf:type") if c in _BODIES), kind)
        if "kg:Organisation" in thing.all("rdf:type"):
            kind = "organisation"
    group = thing.one("group")
    details = _details(snapshot, thing)
    return Node(
        id=end,
        label=label or thing.label,
        short=thing.one("shortName"),
        kind={"official": "person"}.get(kind, kind),
        group=_get(snapshot, group).label if group else "",
        size=round(size, 3),
        codes=tuple(dict.fromkeys(c for c in (key, thing.one("iso2"), thing.one("iso3")) if c)),
        details=details,
        start_day=thing.one("startDay"),
        end_day=thing.one("endDay"),
        sources=thing.sources,
        status="unchecked" if thing.unchecked else "",
        note=thing.one("note"),
    )


def _details(snapshot: Snapshot, thing: Thing) -> tuple[Detail, ...]:
    told = []
    if official := thing.one("officialName"):
        told.append(Detail(label="Official name", value=official))
    if group := thing.one("group"):
        told.append(Detail(label="Regional group", value=_get(snapshot, group).label))
    for key in thing.all("constitutedBy"):
        treaty = _get(snapshot, key)
        force = treaty.one("inForce")
        until = f", until {treaty.one('end')}" if treaty.one("end") else ""
        since = f", in force since {force}" if force else ""
        told.append(Detail(label="Treaty", value=f"{treaty.label}{since}{until}"))
    return tuple(told)


def _get(snapshot: Snapshot, name: str) -> Thing:
    return things.get(snapshot.store, iris.expand(name))


def _source(snapshot: Snapshot, key: str) -> SourceRef:
    thing = things.get(snapshot.store, iris.thing("source", key))
    return SourceRef(
        key=key, title=thing.label, url=thing.one("url"), publisher=thing.one("publisher")
    )


def _sources(
    snapshot: Snapshot, nodes: tuple[Node, ...], ties: tuple[Tie, ...]
) -> tuple[SourceRef, ...]:
    keys = {key for node in nodes for key in node.sources}
    keys |= {key for tie in ties for key in tie.sources}
    return tuple(_source(snapshot, key) for key in sorted(keys))
