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

from kg.model import OPTIONS
from kg.rdf import bulk, turtle
from kg.rdf.triples import VOTED
from kg.votes import CODES, CURATED

if TYPE_CHECKING:
    from kg.library import Graph

_BETWEEN = " ,\n        "


@dataclass(frozen=True, slots=True)
class Told:
    """The record as Turtle."""

    pieces: turtle.Pieces
    """Prefixes and subjects; see ``kg.rdf.turtle.written``."""
    count: int
    """How many triples it is."""


def pieces(graph: Graph) -> Told:
    """The record of a graph as pieces of Turtle."""
    count = int(graph.manifest["record_count"])
    told = _from_columns(graph)
    return told if told.count == count else Told(turtle.pieces(graph.triples()), count)


def _from_columns(graph: Graph) -> Told:
    frame = graph.observations
    pairs: dict[str, set[tuple[str, str]]] = {}
    for triple in graph.things():
        pairs.setdefault(turtle.name(triple.subject), set()).add(turtle.pair(triple))
    count = sum(map(len, pairs.values()))
    for key, said, voters in _votes(graph):
        pairs.setdefault(f"rollcall:{key}", set()).update(said)
        count += voters
    used: set[str] = set()
    told = [turtle.piece(subject, said, used) for subject, said in pairs.items()]
    if len(frame):
        used |= {"kg", "observation", "organisation", "qb", "rollcall", "state"}
        names = ("observation:" + frame["key"]).to_list()
        told += zip(names, bulk.observation_turtle(frame), strict=True)
    by_state = int(frame["state"].is_not_null().sum())
    return Told((used, told), count + 7 * len(frame) + by_state)


def _votes(graph: Graph) -> Iterator[tuple[str, list[tuple[str, str]], int]]:
    """Key of each roll call of the files, what the states did in it as Turtle writes it, and how many."""
    table = graph.votes.where(graph.votes.rollcalls["source"] != CURATED)
    states = np.array([f"state:{key}" for key in table.states], dtype=object)
    for key, votes in zip(table.rollcalls["rollcall"], table.matrix, strict=True):
        said, voters = [], 0
        for option in OPTIONS:
            found = states[votes == CODES[option]].tolist()
            if found:
                said.append((f"kg:{VOTED[option]}", _BETWEEN.join(found)))
                voters += len(found)
        yield key, said, voters
