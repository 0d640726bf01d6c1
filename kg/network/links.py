"""Links between states, organisations, officials and texts, with their evidence: a function for each kind.

A membership, tenure or statement, which in the graph is a record with dates and sources of its own, is one
link here. Votes, of which there are many, come from the vote table: see ``kg.network.sides``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.dates import Interval, PartialDate, holds
from kg.model.records import (
    Dated,
    Document,
    Holding,
    Membership,
    Organisation,
    Post,
    Sponsorship,
    Statement,
    Suspension,
    Tenure,
    Treaty,
)
from kg.model.records.base import Record
from kg.model.words import OBLIGATIONS, UN_PARTS, UNITED_NATIONS, Obligation
from kg.rdf.terms import term
from kg.rdf.triples import subject

UN = f"organisation:{UNITED_NATIONS}"
"""Where a state that holds a seat belongs."""
_TEXTS = ("resolution", "draft-resolution", "amendment")
"""Kinds of document whose links to other texts are followed."""
_SPOKEN_OF = ("state", "rollcall", "official", "document")
"""Kinds of thing that a statement can be linked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link and its evidence."""

    a: str
    """Where it begins, as ``kind:key``."""
    b: str
    """Where it ends."""
    kind: str
    """One of ``kg.model.words.LINKS``."""
    label: str
    """The link in words, between the names of its ends; made from the other fields, and never read back."""
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
    obligations: tuple[Obligation, ...] = ()
    """What it binds to."""
    bound: str = ""
    """The day from which it binds to that, where that is later than its start."""
    unchecked: bool = False
    """Whether it was not compared with the primary record."""
    note: str = ""
    """A remark."""
    role: str = ""
    """In what capacity a state belongs to an organisation: ``member``, ``party`` of a treaty, ``observer`` or
    another role of ``Membership``; empty for other links."""
    suspended: bool = False
    """Whether the member was suspended on the day that was asked for."""
    suspended_since: str = ""
    """Since when, as far as it is known."""

    @property
    def when(self) -> str:
        """Its dates in words."""
        if self.event:
            return self.start
        if self.start and self.end:
            return f"{self.start} until {self.end}"
        return f"since {self.start}" if self.start else f"until {self.end}" if self.end else ""

    @property
    def is_member(self) -> bool:
        """Whether it makes a full member; one that is suspended did not leave, and is one still."""
        return self.role in ("member", "party")


EVIDENCE = (
    "a",
    "b",
    "kind",
    "label",
    "record",
    "sources",
    "start",
    "end",
    "start_day",
    "end_day",
    "event",
    "obligations",
    "bound",
    "unchecked",
    "note",
)
"""The fields of a link that are written out as data, in order; its label says role and suspension."""


def memberships(snapshot: Snapshot, on: date | None = None) -> Iterator[Link]:
    """Links from states to organisations; one for each stretch of time with the same obligations.

    The United Nations, their organs and regional groups are left to ``seats``: all states meet there.

    Args:
        snapshot: The graph.
        on: The day; None takes everything at any time, and then nobody counts as suspended.
    """
    treaties = {treaty.treaty: treaty for treaty in snapshot.records(Treaty)}
    organisations = {each.organisation: each for each in snapshot.records(Organisation)}
    suspensions = _suspensions(snapshot, on)
    for record in snapshot.records(Membership):
        if on and not record.interval.holds(on):
            continue
        organisation = organisations[record.organisation]
        if organisation.kind in UN_PARTS or organisation.organisation == UNITED_NATIONS:
            continue
        role: str = record.role
        binding: list[Treaty] = []
        if role == "member":
            binding = [t for t in map(treaties.__getitem__, organisation.treaties) if t.obligations]
            role = "party" if organisation.kind == "alliance" else role
        suspension = suspensions.get((record.state, record.organisation))
        since = _text(suspension.start) if suspension else ""
        label = _belongs(role, suspended=suspension is not None, since=since)
        for stretch in _stretches(record.interval, binding):
            if on and not holds(stretch.start, stretch.end, on):
                continue
            begins_later = stretch.start != record.interval.start_day
            yield Link(
                a=f"state:{record.state}",
                b=f"organisation:{record.organisation}",
                kind="treaty" if stretch.obligations else "membership",
                label=label,
                record=subject(record),
                sources=tuple(dict.fromkeys((*record.source, *stretch.sources))),
                start=_text(record.start),
                end=_text(record.end),
                start_day=_text(stretch.start),
                end_day=_text(stretch.end),
                obligations=stretch.obligations,
                bound=_text(stretch.start) if stretch.obligations and begins_later else "",
                unchecked=record.status == "unchecked",
                note=record.note,
                role=role,
                suspended=suspension is not None,
                suspended_since=since,
            )


def _suspensions(snapshot: Snapshot, on: date | None) -> dict[tuple[str, str], Suspension]:
    """State and organisation to the first of the suspensions that held on the day."""
    suspensions: dict[tuple[str, str], Suspension] = {}
    for record in snapshot.records(Suspension):
        if on and record.interval.holds(on):
            suspensions.setdefault((record.state, record.organisation), record)
    return suspensions


def _belongs(role: str, *, suspended: bool = False, since: str = "") -> str:
    """A membership in words, such as ``member (suspended since 2016-12) of``."""
    preposition = "to" if role == "party" else "of"
    if not suspended:
        return f"{role} {preposition}"
    remark = f"suspended since {since}" if since else "suspended"
    return f"{role} ({remark}) {preposition}"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a membership during which the same treaties were in force."""

    start: date | None
    """First day."""
    end: date | None
    """First day outside."""
    obligations: tuple[Obligation, ...]
    """What the treaties bind to, the weightiest first."""
    sources: tuple[str, ...]
    """Keys of their sources."""


def _stretches(interval: Interval, treaties: list[Treaty]) -> list[_Stretch]:
    """A membership cut where the treaties in force change, or what they bind to."""
    start, end = interval.start_day, interval.end_day
    spans = [Interval(treaty.in_force, treaty.end) for treaty in treaties]
    cuts = {day for span in spans for day in (span.start_day, span.end_day) if day}
    inside = sorted(d for d in cuts if (not start or start < d) and (not end or d < end))
    stretches: list[_Stretch] = []
    for first, last in pairwise((start, *inside, end)):
        in_force = [
            treaty
            for treaty, span in zip(treaties, spans, strict=True)
            if first and treaty.in_force and span.holds(first)
        ]
        obligations = {name for treaty in in_force for name in treaty.obligations}
        stretch = _Stretch(
            first,
            last,
            tuple(name for name in OBLIGATIONS if name in obligations),
            tuple(dict.fromkeys(source for treaty in in_force for source in treaty.source)),
        )
        before = stretches[-1] if stretches else None
        if before and (before.obligations, before.sources) == (
            stretch.obligations,
            stretch.sources,
        ):
            stretches[-1] = _Stretch(before.start, last, stretch.obligations, stretch.sources)
        else:
            stretches.append(stretch)
    return stretches


def seats(snapshot: Snapshot, on: date | None = None) -> Iterator[Link]:
    """Links from states to the United Nations, where they hold a seat, to organs and to regional groups."""
    parts = {o.organisation for o in snapshot.records(Organisation) if o.kind in UN_PARTS}
    for member in snapshot.records(Membership):
        if member.organisation in parts and (not on or member.interval.holds(on)):
            yield _lasting(
                member,
                f"state:{member.state}",
                f"organisation:{member.organisation}",
                kind="seat",
                label=_belongs(member.role),
                role=member.role,
            )
    for record in snapshot.records(Holding):
        if record.role in ("member", "observer") and (not on or record.interval.holds(on)):
            yield _lasting(
                record,
                f"state:{record.state}",
                UN,
                kind="membership",
                label=_belongs(record.role),
                role=record.role,
            )


def offices(snapshot: Snapshot, on: date | None = None) -> Iterator[Link]:
    """Links from officials to the states and organisations that they hold an office for."""
    posts = {post.post: post for post in snapshot.records(Post)}
    for record in snapshot.records(Tenure):
        if on and not record.interval.holds(on):
            continue
        post = posts[record.post]
        goals = (("state", post.state), ("organisation", post.organisation))
        for kind, key in goals:
            if key:
                yield _lasting(
                    record,
                    f"official:{record.official}",
                    f"{kind}:{key}",
                    kind="office",
                    label=f"as {post.title} for",
                )


def statements(snapshot: Snapshot, on: date | None = None) -> Iterator[Link]:
    """Links from officials to what they had spoken of by then."""
    for record in snapshot.records(Statement):
        if not _happened(record.date.latest, on):
            continue
        for goal in record.about:
            if goal.partition(":")[0] in _SPOKEN_OF:
                yield _event(
                    record,
                    f"official:{record.speaker}",
                    goal,
                    kind="statement",
                    label=f"spoke ({record.stance}) about",
                    day=record.date,
                    note=record.text,
                )


def texts(snapshot: Snapshot, voted: Mapping[str, date], on: date | None = None) -> Iterator[Link]:
    """Links from sponsors to texts, and from texts to those that they would amend or adopt.

    Args:
        snapshot: The graph.
        voted: Document to the day of the first vote on it, by which it was there at the latest.
        on: The day; None takes everything at any time.
    """
    sponsorships = list(snapshot.records(Sponsorship))
    changes = [
        (text, target, label)
        for name, label in (("amends", "would amend"), ("adopts", "adopts"))
        for text, target in things.pairs(snapshot.store, term(name))
    ]
    documents = _documents(
        snapshot, {f"document:{s.document}" for s in sponsorships} | {text for text, *_ in changes}
    )
    known = _known_by(documents, voted)
    for sponsorship in sponsorships:
        day = sponsorship.date.latest if sponsorship.date else known.get(sponsorship.document)
        if _happened(day, on):
            a, b = f"state:{sponsorship.state}", f"document:{sponsorship.document}"
            label = "sponsor of"
            yield _event(sponsorship, a, b, kind="sponsorship", label=label, day=sponsorship.date)
    for name, target, label in changes:
        text = documents.get(name)
        if text and _happened(known.get(text.document), on):
            yield _event(text, name, target, kind="text", label=label, day=text.date)


def _documents(snapshot: Snapshot, names: set[str]) -> dict[str, Document]:
    """Name, as ``kind:key``, to record of those that are resolutions, drafts or amendments, in order."""
    records = ((name, snapshot.record(*name.split(":", 1))) for name in sorted(names))
    return {
        name: record
        for name, record in records
        if isinstance(record, Document) and record.kind in _TEXTS
    }


def _known_by(documents: Mapping[str, Document], voted: Mapping[str, date]) -> dict[str, date]:
    """Key to the day by which a text was there: its own, that of a vote on it, or of what adopts it."""
    known = dict(voted)
    known |= {text.document: text.date.latest for text in documents.values() if text.date}
    for text in documents.values():
        for draft in text.adopts:
            if text.document in known:
                known.setdefault(draft, known[text.document])
    return known


def _lasting(record: Dated, a: str, b: str, *, kind: str, label: str, role: str = "") -> Link:
    """The link of a record that holds over an interval."""
    return Link(
        a=a,
        b=b,
        kind=kind,
        label=label,
        record=subject(record),
        sources=record.source,
        start=_text(record.start),
        end=_text(record.end),
        start_day=_text(record.interval.start_day),
        end_day=_text(record.interval.end_day),
        unchecked=record.status == "unchecked",
        note=record.note,
        role=role,
    )


def _event(
    record: Record,
    a: str,
    b: str,
    *,
    kind: str,
    label: str,
    day: PartialDate | None,
    note: str = "",
) -> Link:
    """The link of a record that happened on a day, if that is known."""
    return Link(
        a=a,
        b=b,
        kind=kind,
        label=label,
        record=subject(record),
        sources=record.source,
        start=_text(day),
        start_day=_text(day.latest if day else None),
        event=day is not None,
        unchecked=record.status == "unchecked",
        note=note or record.note,
    )


def _happened(day: date | None, on: date | None) -> bool:
    """Whether what happened on a day, if that is known, had happened by another."""
    return on is None or (day is not None and day <= on)


def _text(day: PartialDate | date | None) -> str:
    return "" if day is None else str(day)
