"""Records to triples: one table says which field becomes which property.

Each thing has an IRI, a class, an ``rdfs:label`` and a ``kg:key``; each record of a relation (a
membership, a tenure, a sponsorship) is a thing too, so it can carry its dates and its sources. There
are no blank nodes. A vote is one triple from the roll call to the state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg import model
from kg.dates import Interval, PartialDate
from kg.model import Source, Sourced
from kg.names import normal
from kg.rdf import iris
from kg.sources.bundled import Facts

VOTED: dict[model.Option, str] = {
    "yes": "votedYes",
    "no": "votedNo",
    "abstain": "abstained",
    "nonvoting": "didNotVote",
}
"""Voting option to the property that leads from the roll call to the state."""

_A = NamedNode(iris.expand("rdf:type"))
_LABEL = NamedNode(iris.expand("rdfs:label"))
_DERIVED = NamedNode(iris.expand("prov:wasDerivedFrom"))
_XSD = {
    name: NamedNode(iris.expand(f"xsd:{name}"))
    for name in ("date", "gYear", "gYearMonth", "integer")
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of record becomes triples."""

    kind: str
    """Kind of its IRI."""
    classes: Callable[[Any], tuple[str, ...]]
    """Names of its classes in the ontology."""
    label: Callable[[Any, Callable[[str, str], str]], str]
    """Its label, given a function from kind and key to a label."""
    to: dict[str, str]
    """Field to ``property`` (literal), ``property>kind`` (thing) or ``property>>scheme`` (concept)."""
    key: Callable[[Any], str] | None = None
    """Its key, where it is not the field named as the kind is."""


def _always(*names: str) -> Callable[[Any], tuple[str, ...]]:
    return lambda record: names


_ORGANISATION = {"organisation": "Organisation", "grouping": "Grouping", "organ": "Organ"}
_DOCUMENT = {
    "resolution": "Resolution",
    "draft-resolution": "DraftResolution",
    "amendment": "Amendment",
}
_TERRITORY = {"state": "State", "territory": "Territory"}

SHAPES: dict[type[Sourced], Shape] = {
    model.State: Shape(
        "state",
        lambda r: (_TERRITORY[r.kind],),
        lambda r, of: r.name,
        {
            "official_name": "officialName",
            "iso2": "iso2",
            "iso3": "iso3",
            "iso3166_3": "iso31663",
            "m49": "m49",
            "cow": "cow",
            "group": "group>>group",
        },
    ),
    model.Alias: Shape(
        "alias",
        _always("Alias"),
        lambda r, of: r.alias,
        {"system": "system", "alias": "text", "state": "state>state"},
        lambda r: f"{r.system}-{_slug(normal(r.alias))}-{r.start or 'always'}",
    ),
    model.Holding: Shape(
        "holding",
        _always("Holding"),
        lambda r, of: f"{of('state', r.state)} in the seat {r.seat} ({r.organ})",
        {
            "seat": "seat>seat",
            "state": "state>state",
            "organ": "organisation>organisation",
            "role": "role>>role",
        },
        lambda r: f"{r.seat}-{r.state}-{r.start}",
    ),
    model.Change: Shape(
        "change",
        _always("Change"),
        lambda r, of: f"{r.kind.replace('-', ' ')} {r.date}: {_change(r, of)}",
        {
            "date": "date",
            "kind": "changeKind>>changekind",
            "before": "before>state",
            "after": "after>state",
        },
    ),
    model.Treaty: Shape(
        "treaty",
        _always("Treaty"),
        lambda r, of: r.title,
        {
            "signed": "signed",
            "obligations": "obligation>>obligation",
        },
    ),
    model.Organisation: Shape(
        "organisation",
        lambda r: (_ORGANISATION.get(r.kind, "Alliance"),),
        lambda r, of: r.name,
        {"short_name": "shortName", "treaties": "constitutedBy>treaty"},
    ),
    model.Membership: Shape(
        "membership",
        _always("Membership"),
        lambda r, of: f"{of('state', r.state)}, {r.role} of {of('organisation', r.organisation)}",
        {
            "organisation": "organisation>organisation",
            "state": "state>state",
            "role": "role>>role",
        },
        lambda r: f"{r.organisation}-{r.state}-{r.start or 'unknown'}",
    ),
    model.Suspension: Shape(
        "suspension",
        _always("Suspension"),
        lambda r, of: (
            f"{of('state', r.state)}, suspended from {of('organisation', r.organisation)}"
        ),
        {"organisation": "organisation>organisation", "state": "state>state"},
        lambda r: f"{r.organisation}-{r.state}-{r.start or 'unknown'}",
    ),
    model.Document: Shape(
        "document",
        lambda r: (_DOCUMENT[r.kind],),
        lambda r, of: f"{r.symbol}: {r.title}",
        {
            "symbol": "symbol",
            "title": "title",
            "date": "date",
            "session": "session",
            "amends": "amends>document",
            "adopts": "adopts>document",
        },
    ),
    model.Sponsorship: Shape(
        "sponsorship",
        _always("Sponsorship"),
        lambda r, of: f"{of('state', r.state)}, sponsor of {r.document.replace('_', '/')}",
        {"document": "document>document", "state": "state>state", "date": "date"},
        lambda r: f"{r.document}-{r.state}",
    ),
    model.RollCall: Shape(
        "rollcall",
        _always("RollCall"),
        lambda r, of: f"Vote of {r.date} on {of('document', r.document)}",
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
        },
    ),
    model.Official: Shape(
        "official",
        _always("Official"),
        lambda r, of: r.name,
        {"also_known_as": "alsoKnownAs", "wikidata": "sameAs>wd"},
    ),
    model.Post: Shape(
        "post",
        _always("Post"),
        lambda r, of: r.title,
        {"state": "state>state", "organisation": "organisation>organisation"},
    ),
    model.Tenure: Shape(
        "tenure",
        _always("Tenure"),
        lambda r, of: f"{of('official', r.official)}, {of('post', r.post)}",
        {"official": "official>official", "post": "post>post"},
    ),
    model.Article: Shape(
        "article",
        _always("Article"),
        lambda r, of: r.headline,
        {
            "author": "author",
            "publisher": "publisher",
            "published": "date",
            "url": "url",
            "language": "language",
        },
    ),
    model.Statement: Shape(
        "statement",
        _always("Statement"),
        lambda r, of: f"{of('official', r.speaker)}: {r.text}",
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
        },
    ),
    model.Claim: Shape(
        "claim",
        _always("Claim"),
        lambda r, of: r.proposition,
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
        },
    ),
}
"""Topics and votes, which are plain triples between other things, have no shape of their own."""


def triples(facts: Facts) -> Iterator[Triple]:
    """All the curated facts as triples, in no special order, some perhaps twice."""
    of = _labels(facts)
    for source, folder in facts.sources.values():
        yield from _source(source, folder)
    for name, told in facts.descriptions.items():
        node = NamedNode(iris.thing("dataset", name))
        yield Triple(node, _A, _kg("Dataset"))
        yield Triple(node, _LABEL, Literal(told.title))
        yield Triple(node, _kg("note"), Literal(told.description))
        yield Triple(node, _kg("licence"), Literal(told.licence))
        yield Triple(node, _kg("known"), _date(told.known))
    for record, shape in SHAPES.items():
        for thing in facts.records(record):
            yield from _thing(thing, shape, of)
    for holding in facts.records(model.Holding):
        yield from _named("seat", holding.seat, "Seat", f"seat {holding.seat}")
        seat = NamedNode(iris.thing("seat", holding.seat))
        yield Triple(
            seat, _kg("organisation"), NamedNode(iris.thing("organisation", holding.organ))
        )
    yield from _alliances(facts)
    yield from _links(facts)


def source(told: Source, known: date, note: str = "") -> Iterator[Triple]:
    """A file's source as a work and as a data set, known up to a day."""
    node = NamedNode(iris.thing("dataset", told.source))
    yield Triple(node, _A, _kg("Dataset"))
    yield Triple(node, _LABEL, Literal(told.title))
    if note:
        yield Triple(node, _kg("note"), Literal(note))
    if told.licence:
        yield Triple(node, _kg("licence"), Literal(told.licence))
    yield Triple(node, _kg("known"), _date(known))
    yield from _source(told, told.source)


def of_records(records: Iterable[Sourced], facts: Facts) -> Iterator[Triple]:
    """Records that a file gave as triples; labels are those of the curated facts where they have one."""
    of = _labels(facts)
    for record in records:
        yield from _thing(record, SHAPES[type(record)], of)


def subject(record: Sourced) -> str:
    """The IRI of the thing that a record is about.

    Raises:
        KeyError: Records of that kind have no thing of their own.
    """
    shape = SHAPES[type(record)]
    key = shape.key(record) if shape.key else getattr(record, shape.kind)
    return iris.thing(shape.kind, key)


def _thing(record: Sourced, shape: Shape, of: Callable[[str, str], str]) -> Iterator[Triple]:
    node = NamedNode(subject(record))
    for name in shape.classes(record):
        yield Triple(node, _A, _kg(name))
    yield Triple(node, _LABEL, Literal(shape.label(record, of)))
    yield Triple(node, _kg("key"), Literal(node.value.rsplit("/", 1)[1]))
    for field in fields(record):
        if field.name in shape.to:
            yield from _field(node, shape.to[field.name], getattr(record, field.name))
    if isinstance(record, model.Dated):
        yield from _interval(node, record.start, record.end)
    if isinstance(record, model.Treaty):
        yield from _interval(node, record.in_force, record.end, named=("inForce", "end"))
    if isinstance(record, model.RollCall) and (record.yes or record.no):
        yield Triple(node, _kg("margin"), _literal(abs(record.yes - record.no)))
    if isinstance(record, model.Record):
        yield from _remarks(node, record)
    for key in record.source:
        yield Triple(node, _DERIVED, NamedNode(iris.thing("source", key)))


def _field(node: NamedNode, target: str, value: Any) -> Iterator[Triple]:
    name, arrow, kind = target.partition(">")
    values = value if isinstance(value, tuple) else (value,)
    if name == "alsoKnownAs":
        values = tuple(value.split("|"))
    for item in values:
        if item is None or item == "":
            continue
        if arrow:
            yield Triple(node, _kg(name), _link(kind, item))
        else:
            yield Triple(node, _kg(name), _literal(item))
            if name == "date":
                by = item.latest if isinstance(item, PartialDate) else item
                yield Triple(node, _kg("day"), _date(by))


def _link(kind: str, key: str) -> NamedNode:
    if kind == "*":
        kind, _, key = key.partition(":")
    if kind == "wd":
        return NamedNode(iris.PREFIXES["wd"] + key)
    return NamedNode(iris.thing(kind.removeprefix(">"), key.replace(" ", "_")))


def _literal(value: Any) -> Literal:
    if isinstance(value, PartialDate):
        kind = "date" if value.day else "gYearMonth" if value.month else "gYear"
        return Literal(str(value), datatype=_XSD[kind])
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, int):
        return Literal(str(value), datatype=_XSD["integer"])
    return Literal(str(value))


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_XSD["date"])


def _interval(
    node: NamedNode,
    start: PartialDate | None,
    end: PartialDate | None,
    named: tuple[str, str] = ("start", "end"),
) -> Iterator[Triple]:
    """The dates as they are known, and the days between which it certainly held."""
    held = Interval(start, end)
    if start and held.start_day:
        yield Triple(node, _kg(named[0]), _literal(start))
        yield Triple(node, _kg("startDay"), _date(held.start_day))
    if end and held.end_day:
        yield Triple(node, _kg(named[1]), _literal(end))
        yield Triple(node, _kg("endDay"), _date(held.end_day))


def _remarks(node: NamedNode, record: model.Record) -> Iterator[Triple]:
    if record.status:
        yield Triple(node, _kg("status"), NamedNode(iris.thing("status", record.status)))
    if record.note:
        yield Triple(node, _kg("note"), Literal(record.note))


def _alliances(facts: Facts) -> Iterator[Triple]:
    """What binds its members by an obligation is an alliance, whatever else it is."""
    treaties = {t.treaty: t for t in facts.records(model.Treaty)}
    for organisation in facts.records(model.Organisation):
        if any(treaties[key].obligations for key in organisation.treaties):
            yield Triple(NamedNode(subject(organisation)), _A, _kg("Alliance"))


def _links(facts: Facts) -> Iterator[Triple]:
    """Facts that are one triple between two things: votes, checked topics and sponsors."""
    for vote in facts.records(model.Vote):
        roll = NamedNode(iris.thing("rollcall", vote.rollcall))
        yield Triple(roll, _kg(VOTED[vote.vote]), NamedNode(iris.thing("state", vote.state)))
        for key in vote.source:
            yield Triple(roll, _DERIVED, NamedNode(iris.thing("source", key)))
    for topic in facts.records(model.Topic):
        document = NamedNode(iris.thing("document", topic.document))
        name = "uncheckedTopic" if topic.status else "topic"
        yield Triple(document, _kg(name), NamedNode(iris.thing("topic", topic.topic)))
        yield from _named("topic", topic.topic, "Topic", topic.topic.replace("-", " "))
        for key in topic.source:
            yield Triple(document, _DERIVED, NamedNode(iris.thing("source", key)))
    for sponsor in facts.records(model.Sponsorship):
        if not sponsor.status:
            document = NamedNode(iris.thing("document", sponsor.document))
            yield Triple(document, _kg("sponsor"), NamedNode(iris.thing("state", sponsor.state)))


def _source(source: Source, folder: str) -> Iterator[Triple]:
    node = NamedNode(iris.thing("source", source.source))
    yield from _named("source", source.source, "Source", source.title)
    for name, value in (
        ("publisher", source.publisher),
        ("date", source.date),
        ("url", source.url),
        ("licence", source.licence),
    ):
        yield from _field(node, name, value)
    yield Triple(node, _kg("dataset"), NamedNode(iris.thing("dataset", folder)))


def _named(kind: str, key: str, name: str, label: str) -> Iterator[Triple]:
    node = NamedNode(iris.thing(kind, key))
    yield Triple(node, _A, _kg(name))
    yield Triple(node, _LABEL, Literal(label))
    yield Triple(node, _kg("key"), Literal(key))


def _labels(facts: Facts) -> Callable[[str, str], str]:
    labels: dict[tuple[str, str], str] = {}

    def of(kind: str, key: str) -> str:
        return labels.get((kind, key), key)

    for record in (model.State, model.Organisation, model.Document, model.Official, model.Post):
        shape = SHAPES[record]
        for thing in facts.records(record):
            labels[shape.kind, getattr(thing, shape.kind)] = shape.label(thing, of)
    return of


def _change(record: model.Change, of: Callable[[str, str], str]) -> str:
    before = ", ".join(of("state", key) for key in record.before)
    after = ", ".join(of("state", key) for key in record.after)
    return after if before == after or not before else f"{before} to {after}"


def _slug(text: str) -> str:
    """The words of a normalised name in the letters of a key; other scripts by code point."""
    return "".join(
        "_" if c == " " else c if c.isascii() and c.isalnum() else f"u{ord(c):x}" for c in text
    )


def _kg(name: str) -> NamedNode:
    return _TERMS.setdefault(name, NamedNode(iris.term(name)))


_TERMS: dict[str, NamedNode] = {}
