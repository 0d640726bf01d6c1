"""Which field of a record is which property: the one table that records are written and read by.

Each thing has an IRI, a class, an ``rdfs:label`` and a ``kg:key``; each record of a relation (a
membership, a tenure, a sponsorship) is a thing too, so it can carry its dates and its sources.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.model.entries import normal
from kg.model.records import (
    Alias,
    Article,
    Change,
    Claim,
    Document,
    Holding,
    Membership,
    Official,
    Organisation,
    Post,
    RollCall,
    Source,
    Sourced,
    Sponsorship,
    State,
    Statement,
    Suspension,
    Tenure,
    Treaty,
)

Label = Callable[[str, str], str]
"""From kind and key of a thing to what it is called."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of record is written as triples, and read from them."""

    kind: str
    """Kind of its IRI."""
    classes: dict[str, str]
    """What its field ``kind`` says to the name of its class; one entry of an empty text where it has none."""
    to: dict[str, str]
    """Field to ``property`` (literal), ``property>kind`` (thing) or ``property>>scheme`` (concept); in
    ``property>*`` the value names the kind itself."""
    label: Callable[[Any, Label], str] | None = None
    """Its label, where no field is ``rdfs:label``."""
    key: Callable[[Any], str] | None = None
    """Its key, where it is not the field named as the kind is."""

    def class_of(self, record: Any) -> str:
        """The name of the class of a record in the ontology."""
        return self.classes.get(getattr(record, "kind", "")) or self.classes[""]

    def label_of(self, record: Any, label: Label) -> str:
        """What a record is called."""
        if self.label is not None:
            return self.label(record, label)
        return str(getattr(record, next(f for f, to in self.to.items() if to == LABEL)))

    def key_of(self, record: Any) -> str:
        """The key of the thing that a record is about."""
        return self.key(record) if self.key else str(getattr(record, self.kind))


LABEL = "rdfs:label"
DERIVED = "prov:wasDerivedFrom>source"

DAYS: dict[str, tuple[str, str]] = {
    "date": ("day", "latest"),
    "start": ("startDay", "latest"),
    "inForce": ("startDay", "latest"),
    "end": ("endDay", "earliest"),
}
"""A date as it is known to the day that is certain: the property of it, and which end of the date it is."""

_SOURCED = {"source": DERIVED}
_RECORD = {"status": "status>>status", "note": "note", **_SOURCED}
_DATED = {"start": "start", "end": "end", **_RECORD}

SHAPES: dict[type[Sourced], Shape] = {
    State: Shape(
        "state",
        {"state": "State", "territory": "Territory"},
        {
            "name": LABEL,
            "official_name": "officialName",
            "iso2": "iso2",
            "iso3": "iso3",
            "iso3166_3": "iso31663",
            "m49": "m49",
            "cow": "cow",
            "group": "group>>group",
            **_DATED,
        },
    ),
    Alias: Shape(
        "alias",
        {"": "Alias"},
        {"system": "system", "alias": "text", "state": "state>state", **_DATED},
        lambda r, of: str(r.alias),
        lambda r: f"{r.system}-{_slug(normal(r.alias))}-{r.start or 'always'}",
    ),
    Holding: Shape(
        "holding",
        {"": "Holding"},
        {
            "seat": "seat>seat",
            "state": "state>state",
            "organ": "organisation>organisation",
            "role": "role>>role",
            **_DATED,
        },
        lambda r, of: f"{of('state', r.state)} in the seat {r.seat} ({r.organ})",
        lambda r: f"{r.seat}-{r.state}-{r.start}",
    ),
    Change: Shape(
        "change",
        {"": "Change"},
        {
            "date": "date",
            "kind": "changeKind>>changekind",
            "before": "before>state",
            "after": "after>state",
            **_RECORD,
        },
        lambda r, of: f"{r.kind.replace('-', ' ')} {r.date}: {_change(r, of)}",
    ),
    Treaty: Shape(
        "treaty",
        {"": "Treaty"},
        {
            "title": LABEL,
            "signed": "signed",
            "in_force": "inForce",
            "end": "end",
            "obligations": "obligation>>obligation",
            **_RECORD,
        },
    ),
    Organisation: Shape(
        "organisation",
        {
            "organisation": "Organisation",
            "grouping": "Grouping",
            "organ": "Organ",
            "regional-group": "RegionalGroup",
            "alliance": "Alliance",
        },
        {
            "name": LABEL,
            "short_name": "shortName",
            "treaties": "constitutedBy>treaty",
            **_DATED,
        },
    ),
    Membership: Shape(
        "membership",
        {"": "Membership"},
        {
            "organisation": "organisation>organisation",
            "state": "state>state",
            "role": "role>>role",
            **_DATED,
        },
        lambda r, of: f"{of('state', r.state)}, {r.role} of {of('organisation', r.organisation)}",
        lambda r: f"{r.organisation}-{r.state}-{r.start or 'unknown'}",
    ),
    Suspension: Shape(
        "suspension",
        {"": "Suspension"},
        {"organisation": "organisation>organisation", "state": "state>state", **_DATED},
        lambda r, of: (
            f"{of('state', r.state)}, suspended from {of('organisation', r.organisation)}"
        ),
        lambda r: f"{r.organisation}-{r.state}-{r.start or 'unknown'}",
    ),
    Document: Shape(
        "document",
        {
            "resolution": "Resolution",
            "decision": "Decision",
            "draft-resolution": "DraftResolution",
            "amendment": "Amendment",
            "paragraph": "Part",
            "document": "OtherDocument",
        },
        {
            "symbol": "symbol",
            "title": "title",
            "date": "date",
            "session": "session",
            "amends": "amends>document",
            "adopts": "adopts>document",
            "part_of": "partOf>document",
            "revision_of": "revisionOf>document",
            "modality": "modality>>modality",
            "agenda": "agendaItem",
            "subjects": "subject",
            "reports": "committeeReport",
            "url": "url",
            **_RECORD,
        },
        lambda r, of: f"{r.symbol or r.document}: {r.title}" if r.title else r.symbol or r.document,
    ),
    Sponsorship: Shape(
        "sponsorship",
        {"": "Sponsorship"},
        {"document": "document>document", "state": "state>state", "date": "date", **_RECORD},
        lambda r, of: f"{of('state', r.state)}, sponsor of {r.document.replace('_', '/')}",
        lambda r: f"{r.document}-{r.state}",
    ),
    RollCall: Shape(
        "rollcall",
        {"": "RollCall"},
        {
            "document": "document>document",
            "organ": "organisation>organisation",
            "date": "date",
            "meeting": "meeting",
            "result": "result>>result",
            "yes": "yesCount",
            "no": "noCount",
            "abstain": "abstainCount",
            "nonvoting": "nonvotingCount",
            "question": "question>>question",
            "member_count": "memberCount",
            "margin": "margin",
            "vetoed_by": "vetoedBy>state",
            "source_note": "sourceNote",
            "url": "url",
            **_RECORD,
        },
        lambda r, of: f"Vote of {r.date} on {of('document', r.document)}",
    ),
    Official: Shape(
        "official",
        {"": "Official"},
        {"name": LABEL, "also_known_as": "alsoKnownAs", "wikidata": "sameAs>wd", **_RECORD},
    ),
    Post: Shape(
        "post",
        {"": "Post"},
        {
            "title": LABEL,
            "state": "state>state",
            "organisation": "organisation>organisation",
            **_RECORD,
        },
    ),
    Tenure: Shape(
        "tenure",
        {"": "Tenure"},
        {"official": "official>official", "post": "post>post", **_DATED},
        lambda r, of: f"{of('official', r.official)}, {of('post', r.post)}",
    ),
    Article: Shape(
        "article",
        {"": "Article"},
        {
            "headline": LABEL,
            "author": "author",
            "publisher": "publisher",
            "published": "date",
            "url": "url",
            "language": "language",
            **_RECORD,
        },
    ),
    Statement: Shape(
        "statement",
        {"": "Statement"},
        {
            "speaker": "official>official",
            "tenure": "tenure>tenure",
            "state": "state>state",
            "date": "date",
            "medium": "medium",
            "stance": "stance>>stance",
            "text": "text",
            "quote": "quote",
            "about": "about>*",
            "article": "article>article",
            **_RECORD,
        },
        lambda r, of: f"{of('official', r.speaker)}: {r.text}",
    ),
    Claim: Shape(
        "claim",
        {"": "Claim"},
        {
            "article": "article>article",
            "proposition": "text",
            "anchor": "quote",
            "check": "check",
            "rollcall": "rollcall>rollcall",
            "option": "option>>option",
            "states": "state>state",
            "value": "value",
            "date": "date",
            "organisations": "organisation>organisation",
            "reason": "reason",
            "about": "about>*",
            **_RECORD,
        },
        lambda r, of: str(r.proposition),
    ),
}
"""Topics and votes, which are plain triples between other things, have no shape of their own."""

SOURCE = Shape(
    "source",
    {"": "Source"},
    {"title": LABEL, "publisher": "publisher", "date": "date", "url": "url", "licence": "licence"},
)
"""The shape of a ``Source``, which names none itself."""


def shape_of(record: type[Sourced] | type[Source]) -> Shape:
    """The shape of a kind of record.

    Raises:
        KeyError: Records of that kind have no thing of their own.
    """
    return SOURCE if issubclass(record, Source) else SHAPES[record]


def _change(record: Change, of: Label) -> str:
    before = ", ".join(of("state", key) for key in record.before)
    after = ", ".join(of("state", key) for key in record.after)
    return after if before == after or not before else f"{before} to {after}"


def _slug(text: str) -> str:
    """The words of a normalised name in the letters of a key; other scripts by code point."""
    return "".join(
        "_" if c == " " else c if c.isascii() and c.isalnum() else f"u{ord(c):x}" for c in text
    )
