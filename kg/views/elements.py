"""Things and links of the graph as the nodes, ties and sources of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.errors import RecordError
from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.records import Dated, Organisation, Record, Source, State, Treaty
from kg.network.links import Link
from kg.rdf import iris
from kg.views.drawing import Detail, Node, Tie
from kg.views.page import SourceRef

_KINDS = {"official": "person"}
"""Kind of a thing to that of its node, where they differ."""


def label(snapshot: Snapshot, name: str) -> str:
    """What a reader calls a thing, given as ``kind:key``."""
    return things.get(snapshot.store, iris.expand(name)).label


_DRAWN_AS = {"organ": "organisation", "regional-group": "grouping"}
"""Kinds of organisation that look as another."""


def regional_group(snapshot: Snapshot, state: State) -> str:
    """What the regional group of a state is called; empty where it has none."""
    return label(snapshot, group_name(state)) if state.group else ""


def group_name(state: State) -> str:
    """The regional group of a state as ``kind:key``."""
    return f"group:{state.group.replace(' ', '_')}"


def organisation(snapshot: Snapshot, name: str) -> Organisation:
    """The organisation that is called ``kind:key`` in the network.

    Raises:
        RecordError: The graph holds none by that name.
    """
    kind, _, key = name.partition(":")
    record = snapshot.record(kind, key)
    if not isinstance(record, Organisation):
        raise RecordError(f"the graph holds no organisation {name!r}")
    return record


def title(organisation: Organisation) -> str:
    """An organisation by its short name and its name in full."""
    short, name = organisation.short_name, organisation.name
    return f"{short}: {name}" if short and short != name else name


def node(snapshot: Snapshot, name: str, *, size: float = 0.5, label: str = "") -> Node:
    """One thing of the network as a node.

    Args:
        snapshot: The graph.
        name: The thing as ``kind:key``.
        size: How prominent it is among its kind, 0 to 1.
        label: What it is called; empty for its name of record.
    """
    kind, _, key = name.partition(":")
    if kind == "side":
        return Node(id=name, label=label, kind="vote", size=size)
    record = snapshot.record(kind, key)
    node = Node(
        id=name,
        label=label or name,
        kind=_KINDS.get(kind, kind),
        size=round(size, 3),
        codes=(key,),
    )
    if isinstance(record, Record):
        node = replace(node, sources=record.source, status=record.status, note=record.note)
    if isinstance(record, Dated):
        start, end = record.interval.start_day, record.interval.end_day
        node = replace(
            node,
            start_day=start.isoformat() if start else "",
            end_day=end.isoformat() if end else "",
        )
    if isinstance(record, State):
        return _state(snapshot, node, record, label)
    if isinstance(record, Organisation):
        return _organisation(snapshot, node, record, label)
    return node


def _state(snapshot: Snapshot, node: Node, state: State, label: str) -> Node:
    group = regional_group(snapshot, state)
    details = (
        Detail(label="Official name", value=state.official_name),
        Detail(label="Regional group", value=group),
    )
    codes = (*node.codes, state.iso2, state.iso3)
    return replace(
        node,
        label=label or state.name,
        group=group,
        codes=tuple(dict.fromkeys(filter(None, codes))),
        details=tuple(detail for detail in details if detail.value),
    )


def _organisation(snapshot: Snapshot, node: Node, record: Organisation, label: str) -> Node:
    return replace(
        node,
        label=label or record.name,
        short=record.short_name,
        kind=_DRAWN_AS.get(record.kind, record.kind),
        details=tuple(_treaty(snapshot, key) for key in record.treaties),
    )


def _treaty(snapshot: Snapshot, key: str) -> Detail:
    treaty = snapshot.record("treaty", key)
    if not isinstance(treaty, Treaty):
        return Detail(label="Treaty", value=key)
    since = f", in force since {treaty.in_force}" if treaty.in_force else ""
    until = f", until {treaty.end}" if treaty.end else ""
    return Detail(label="Treaty", value=f"{treaty.title}{since}{until}")


def ties(links: Iterable[Link]) -> tuple[Tie, ...]:
    """Links of the network as ties, by their ids."""
    return tuple(sorted(map(_tie, links), key=lambda tie: tie.id))


def tie_id(link: Link) -> str:
    """The id of the tie of a link: its record, its ends, and since when it is."""
    return f"{things.name(link.record)}|{link.a}|{link.b}|{link.start_day}"


def _tie(link: Link) -> Tie:
    return Tie(
        id=tie_id(link),
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
        note=_note(link),
    )


def _note(link: Link) -> str:
    """Its note, and since when the membership is, where the tie shown began later."""
    since = f"member since {link.start}" if link.bound and link.start else ""
    return "; ".join(filter(None, (since, link.note)))


def cited(snapshot: Snapshot, nodes: Iterable[Node], ties: Iterable[Tie]) -> tuple[SourceRef, ...]:
    """The sources of what is drawn, by key."""
    keys = {key for node in nodes for key in node.sources}
    keys |= {key for tie in ties for key in tie.sources}
    return sources(snapshot, sorted(keys))


def sources(snapshot: Snapshot, keys: Iterable[str]) -> tuple[SourceRef, ...]:
    """The works that stand behind these keys, in that order."""
    return tuple(_source(snapshot.source(key)) for key in keys)


def _source(source: Source) -> SourceRef:
    return SourceRef(
        key=source.source, title=source.title, url=source.url, publisher=source.publisher
    )
