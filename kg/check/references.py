"""References that lead nowhere: things that are named and of which nothing is known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyoxigraph import DefaultGraph, NamedNode

from kg.check.finding import Finding
from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.words import OPTIONS
from kg.rdf import columns, iris
from kg.rdf.terms import TYPE, VOTED, term, thing
from kg.votes.table import CODES


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """Things that are named and of which nothing is known, once for each property that leads to them."""
    find = snapshot.store.quads_for_pattern
    known = {quad.subject for quad in find(None, TYPE, None, DefaultGraph())}
    for predicate, targets in _targets(snapshot).items():
        for target in targets - known:
            if not target.value.startswith((iris.BASE, iris.SCHEME)):
                continue
            for quad in find(None, predicate, target, DefaultGraph()):
                text = (
                    f"{things.name(predicate.value)} leads to {things.name(target.value)}, of which "
                    "nothing is known"
                )
                subject = things.name(quad.subject.value)  # type: ignore[union-attr]  # an IRI, as all are
                yield Finding("finding", "reference", subject, text)
                break


def _targets(snapshot: Snapshot) -> dict[NamedNode, set[NamedNode]]:
    """Each property that leads to things, and all things that it leads to.

    Single votes and observations are counted from their columns: the store would give out a million of them
    one by one.
    """
    targets: dict[NamedNode, set[NamedNode]] = {}
    for triple in snapshot.things():
        if isinstance(triple.object, NamedNode):
            targets.setdefault(triple.predicate, set()).add(triple.object)
    in_columns = {*columns.predicates(), TYPE}
    for predicate in targets.keys() - in_columns:
        quads = snapshot.store.quads_for_pattern(None, predicate, None, DefaultGraph())
        targets[predicate] = {q.object for q in quads if isinstance(q.object, NamedNode)}
    for predicate, objects in columns.observation_objects(snapshot.observations).items():
        targets.setdefault(predicate, set()).update(objects)
    table = snapshot.votes
    for option in OPTIONS:
        voters = np.nonzero((table.matrix == CODES[option]).any(axis=0))[0]
        states = {thing("state", table.states[i]) for i in voters.tolist()}
        targets.setdefault(term(VOTED[option]), set()).update(states)
    return targets
