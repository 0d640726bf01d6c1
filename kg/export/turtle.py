"""The record as pieces of Turtle: from the columns and the text that the graph folder holds beside the store.

A store gives out its triples one by one. Single votes and observations, four of five triples of a large
graph, are written from their columns instead, the rest from the text it was loaded from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from kg.graph.snapshot import Snapshot
from kg.model.words import OPTIONS, Option
from kg.rdf import columns, turtle
from kg.rdf.terms import VOTED
from kg.votes.table import CODES, CURATED

_BETWEEN = " ,\n        "
"""What Turtle writes between two objects of one property."""


def pieces(snapshot: Snapshot) -> tuple[turtle.Pieces, int]:
    """The record as prefixes and subjects, see ``kg.rdf.turtle.written``; and how many triples that is."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for triple in snapshot.things():
        pairs.setdefault(turtle.name(triple.subject), set()).add(turtle.pair(triple))
    count = sum(map(len, pairs.values()))
    for key, votes, voters in _votes(snapshot):
        pairs.setdefault(f"rollcall:{key}", set()).update(votes)
        count += voters
    used: set[str] = set()
    subjects = [turtle.piece(subject, facts, used) for subject, facts in pairs.items()]
    frame = snapshot.observations
    if len(frame):
        used |= columns.observation_prefixes(frame)
        names = ("observation:" + frame["key"]).to_list()
        subjects += zip(names, columns.observation_turtle(frame), strict=True)
    return (used, subjects), count + columns.observation_count(frame)


def _votes(snapshot: Snapshot) -> Iterator[tuple[str, list[tuple[str, str]], int]]:
    """Key of each roll call of the files, what the states did in it as Turtle writes it, and how many."""
    for key, answers in votes(snapshot, lambda state: f"state:{state}"):
        pairs = [(f"kg:{VOTED[option]}", _BETWEEN.join(names)) for option, names in answers]
        yield key, pairs, sum(len(names) for _, names in answers)


def votes(
    snapshot: Snapshot, spell: Callable[[str], str]
) -> Iterator[tuple[str, list[tuple[Option, list[str]]]]]:
    """Key of each roll call of the files, and who answered what in it, as the file spells states."""
    table = snapshot.votes.where(snapshot.votes.rollcalls["source"] != CURATED)
    spelled = np.array([spell(key) for key in table.states], dtype=object)
    order = np.argsort(spelled)
    spelled, matrix = spelled[order], table.matrix[:, order]
    for key, row in zip(table.rollcalls["rollcall"], matrix, strict=True):
        answers = [(option, spelled[row == CODES[option]].tolist()) for option in OPTIONS]
        yield key, [(option, names) for option, names in answers if names]
