"""Two editions compared: votes by their tables, all else by lines of text, so that a record takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from kg.changes import statements, votes
from kg.changes.difference import FILE, Alteration, Difference
from kg.changes.edition import RECORD, Edition
from kg.rdf import iris

_LABEL = f" <{iris.expand('rdfs:label')}> ".encode()


def compare(old: Edition, new: Edition) -> Difference:
    """What the later edition says otherwise than the former."""
    labels = _labels(old, new)
    both = bool(old.statements and new.statements)
    limits = []
    if not both:
        limits.append("a file of votes holds roll calls alone: nothing else was compared")
    kinds = {old.kind, new.kind}
    graphs = {RECORD, *old.statements, *new.statements} if both else set()
    if kinds == {"graph", "RDF file"}:
        graphs = {RECORD}
        limits.append(
            "what sources say beside the record was not compared: a file holds a part of it"
        )
    beside = len(kinds) == 1
    cast, states = votes.compare(old.votes, new.votes, labels, beside=beside, columns=not both)
    rolls = {(change.beside, change.thing) for change in cast if change.what != "changed"}
    changes = [*cast, *_files(old, new)]
    for graph in sorted(graphs):
        before, after = (edition.statements.get(graph, set()) for edition in (old, new))
        changes += statements.compare(
            before,
            after,
            labels,
            graph,
            without={thing for source, thing in rolls if source == graph},
        )
    return Difference(
        old=old.name,
        new=new.name,
        changes=tuple(sorted(changes)),
        states=states,
        limits=tuple(limits),
    )


def _files(old: Edition, new: Edition) -> Iterator[Alteration]:
    """The files that the editions were built from, by name and digest."""
    if old.kind != "graph" or new.kind != "graph":
        return
    for name in sorted(old.files.keys() | new.files.keys()):
        before, after = old.files.get(name, ""), new.files.get(name, "")
        if before != after:
            yield Alteration(
                kind=FILE,
                what="changed" if before and after else "added" if after else "removed",
                date="",
                thing=name,
                label="",
                field="sha256" if before and after else "",
                before=before[:12],
                after=after[:12],
                beside="",
            )


def _labels(*editions: Edition) -> statements.Labels:
    """What a thing is called in the later edition, else in the former, as ``kind:key``."""

    @cache
    def of(edition: int) -> dict[str, str]:
        lines = editions[edition].statements.get(RECORD, ())
        text = b"\n".join(line for line in lines if _LABEL in line)
        labelled = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
        return {_value(quad.subject): _value(quad.object) for quad in labelled}

    def label(thing: str) -> str:
        iri = iris.expand(thing) if thing.partition(":")[0] in iris.PREFIXES else thing
        found = (of(place).get(iri, "") for place in reversed(range(len(editions))))
        return next(filter(None, found), "")

    return label


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
