"""Strange bedfellows: states that shared a rare vote and belong to nothing together but the UN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Unpack

import numpy as np

from kg.analysis import labels
from kg.analysis.choice import Filter, choose
from kg.analysis.measured import Measured
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.model.records import Membership, Organisation
from kg.model.words import UN_PARTS, UNITED_NATIONS
from kg.votes.ballots import NO, YES
from kg.votes.methods import Method

TIMES = 10
"""How many times as many must have voted yes for a no to be rare."""


def odd_pairs(snapshot: Snapshot, most: int = 3, **which: Unpack[Filter]) -> Measured:
    """Pairs of states among the few that voted no, that had no tie on the day.

    A tie is a membership in one organisation or grouping other than the UN and its parts, or one treaty.
    Columns: date, rollcall, symbol, title, a, name_a, b, name_b, yes, no (how many voted so).

    Args:
        snapshot: The graph.
        most: How many may have voted no for it to be rare, 2 to 20.
        **which: Which votes count; see ``Filter``.

    Raises:
        QueryError: The number is none of few, or no vote counts.
    """
    if not 2 <= most <= 20:
        raise QueryError(f"{most} votes against are not few", remedy="give 2 to 20")
    choice = choose(snapshot, which)
    answers, states = choice.ballots.answers, choice.ballots.states
    against, favour = ((answers == answer).sum(axis=1) for answer in (NO, YES))
    rare = (against >= 2) & (against <= most) & (favour >= TIMES * against)
    places = np.nonzero(rare)[0].tolist()
    memberships = _memberships(snapshot)
    names = labels.labels(snapshot, states)
    rows = []
    headings = labels.headings(snapshot, choice.ballots, places)
    for i, heading in zip(places, headings, strict=True):
        few = [states[j] for j in np.nonzero(answers[i] == NO)[0].tolist()]
        counts = int(favour[i]), int(against[i])
        rows += [
            (*heading.cells, a, names[a], b, names[b], *counts)
            for a, b in _untied(memberships, few, heading.day)
        ]
    return Measured(
        "Strange bedfellows: a rare no shared without a tie",
        (*labels.HEADING, "a", "name_a", "b", "name_b", "yes", "no"),
        tuple(rows),
        choice.receipt(_rare(most)),
    )


def _rare(most: int) -> Method:
    return Method(
        key="bedfellows",
        name="rare vote shared without a tie",
        formula=f"at most {most} voted no, and {TIMES} times as many yes; no organisation but the UN, and no "
        "treaty, had both states as members that day",
        source="kg; memberships and treaties of the graph, which may lack some",
    )


_Memberships = dict[str, list[Membership]]


def _memberships(snapshot: Snapshot) -> _Memberships:
    """State to what it was a member of; for an alliance, a party to."""
    memberships: _Memberships = {}
    parts = {o.organisation for o in snapshot.records(Organisation) if o.kind in UN_PARTS}
    for record in snapshot.records(Membership):
        if record.organisation not in {UNITED_NATIONS, *parts} and record.role == "member":
            memberships.setdefault(record.state, []).append(record)
    return memberships


def _untied(memberships: _Memberships, states: list[str], day: date) -> Iterator[tuple[str, str]]:
    """The pairs of the states that belonged to nothing together on the day."""
    for a, b in combinations(states, 2):
        if not _on(memberships, a, day) & _on(memberships, b, day):
            yield a, b


def _on(memberships: _Memberships, state: str, day: date) -> set[str]:
    """The organisations and alliances that a state belonged to on a day."""
    return {m.organisation for m in memberships.get(state, ()) if m.interval.holds(day)}
