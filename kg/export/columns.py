"""The record as pieces of Turtle: from the columns and the text that the graph folder holds beside the store.

A store gives out its triples one by one. Single votes and observations, four of five triples of a large
graph, are written from their columns instead, the rest from the text it was loaded from. What comes out is
counted against the store; should the two not agree, every triple is taken from the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.graph.snapshot import Snapshot, triples
from kg.model.words import OPTIONS
from kg.rdf import columns, turtle
from kg.rdf.terms import VOTED
from kg.votes.table import CODES, CURATED

if TYPE_CHECKING:
    pass

_BETWEEN = " ,\n        "


@dataclass(frozen=True, slots=True)
class Told:
    """The record as Turtle."""

    pieces: turtle.Pieces
    """Prefixes and subjects; see ``kg.rdf.turtle.written``."""
    count: int
    """How many triples it is."""


def pieces(snapshot: Snapshot) -> Told:
    """The record of a graph as pieces of Turtle."""
    count = int(snapshot.manifest["record_count"])
    told = _from_columns(snapshot)
    return told if told.count == count else Told(turtle.pieces(triples(snapshot)), count)


def _from_columns(snapshot: Snapshot) -> Told:
    frame = snapshot.observations
    pairs: dict[str, set[tuple[str, str]]] = {}
    for triple in snapshot.things():
        pairs.setdefault(turtle.name(triple.subject), set()).add(turtle.pair(triple))
    count = sum(map(len, pairs.values()))
    for key, said, voters in _votes(snapshot):
        pairs.setdefault(f"rollcall:{key}", set()).update(said)
        count += voters
    used: set[str] = set()
    told = [turtle.piece(subject, said, used) for subject, said in pairs.items()]
    if len(frame):
        used |= columns.observation_prefixes(frame)
        names = ("observation:" + frame["key"]).to_list()
        told += zip(names, columns.observation_turtle(frame), strict=True)
    return Told((used, told), count + columns.observation_count(frame))


def _votes(snapshot: Snapshot) -> Iterator[tuple[str, list[tuple[str, str]], int]]:
    """Key of each roll call of the files, what the states did in it as Turtle writes it, and how many."""
    table = snapshot.votes.where(snapshot.votes.rollcalls["source"] != CURATED)
    states = np.array([f"state:{key}" for key in table.states], dtype=object)
    for key, votes in zip(table.rollcalls["rollcall"], table.matrix, strict=True):
        said, voters = [], 0
        for option in OPTIONS:
            found = states[votes == CODES[option]].tolist()
            if found:
                said.append((f"kg:{VOTED[option]}", _BETWEEN.join(found)))
                voters += len(found)
        yield key, said, voters
