"""Claims about states and persons beside the record: seats, alliances, offices, sponsors."""

from __future__ import annotations

from datetime import date

from kg.articles.outcome import Outcome, find, get, organisation_name, state_name, symbol
from kg.graph.snapshot import Snapshot
from kg.model.dates import PartialDate
from kg.model.records import (
    Claim,
    Document,
    Holding,
    Official,
    Post,
    RollCall,
    Sponsorship,
    Tenure,
)
from kg.model.words import ASSEMBLY
from kg.network import links


def membership_size(snapshot: Snapshot, claim: Claim) -> Outcome:
    """Whether as many states held a seat in the Assembly on the day as the claim says."""
    day = _day(claim.date)
    seats = [
        holding
        for holding in snapshot.records(Holding)
        if (holding.role, holding.organ) == ("member", ASSEMBLY) and holding.interval.holds(day)
    ]
    sources = tuple(sorted({key for holding in seats for key in holding.source}))
    record = f"{len(seats)} states held a seat in the General Assembly on {day}"
    return Outcome(str(len(seats)) == claim.value, record, sources)


def allied(snapshot: Snapshot, claim: Claim) -> Outcome:
    """Whether a treaty bound the states that the claim names to defend each other on the day."""
    day = _day(claim.date)
    states = {f"state:{key}" for key in claim.states}
    bound: dict[str, list[links.Link]] = {}
    for link in links.memberships(snapshot, day):
        if "defence" in link.obligations and link.a in states:
            bound.setdefault(link.b.partition(":")[2], []).append(link)
    shared = {key: ties for key, ties in bound.items() if {tie.a for tie in ties} == states}
    if not shared:
        return Outcome(False, f"no treaty of defence in this record bound them on {day}")
    names = ", ".join(sorted(organisation_name(snapshot, key) for key in shared))
    record = f"bound to defend each other on {day} by: {names}"
    return Outcome(
        True, record, tuple(s for ties in shared.values() for t in ties for s in t.sources)
    )


def office(snapshot: Snapshot, claim: Claim) -> Outcome:
    """Whether the person that the claim names held the office on the day."""
    person = find(snapshot, Official, _first(claim.about, "official"))
    tenure = find(snapshot, Tenure, _first(claim.about, "tenure"))
    if person is None or tenure is None:
        return Outcome(None, "the claim names no official and no tenure, which its check needs")
    since = f"from {tenure.start or 'an unknown day'}"
    until = f" until {tenure.end}" if tenure.end else ""
    unchecked = " (unchecked)" if tenure.status else ""
    post = get(snapshot, Post, tenure.post).title
    record = f"{person.name} was {post} {since}{until}{unchecked}"
    holds = tenure.official == person.official and tenure.interval.holds(_day(claim.date))
    return Outcome(holds, record, tenure.source)


def sponsor(snapshot: Snapshot, claim: Claim) -> Outcome:
    """Whether the states that the claim names put their names to each text, or to a draft of it."""
    holds, records, sources = True, [], []
    sponsorships = list(snapshot.records(Sponsorship))
    for roll_call in (get(snapshot, RollCall, key) for key in claim.rollcall):
        document = get(snapshot, Document, roll_call.document)
        texts = {document.document, *document.adopts}
        matching = [each for each in sponsorships if each.document in texts]
        states = {each.state for each in matching}
        names = ", ".join(sorted(state_name(snapshot, key) for key in states)) or "none"
        records.append(f"sponsors of {symbol(snapshot, roll_call)} in this record: {names}")
        sources += [key for each in matching for key in each.source]
        holds = holds and set(claim.states) <= states
    return Outcome(holds, "; ".join(records), tuple(sources))


def _first(names: tuple[str, ...], kind: str) -> str:
    """The key of the first thing of a kind, of names ``kind:key``; empty where there is none."""
    keys = (name.partition(":")[2] for name in names if name.startswith(f"{kind}:"))
    return next(keys, "")


def _day(known: PartialDate | None) -> date:
    """The day that a claim speaks of; a claim without one is not compared."""
    return known.latest if known else date.max
