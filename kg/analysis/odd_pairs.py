"""Strange bedfellows: states that shared a rare vote and belong to nothing together but the UN."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from kg.analysis import choice, labels
from kg.analysis.choice import Asked
from kg.analysis.measured import Measured, Receipt
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.network import links
from kg.votes.ballots import NO, YES

if TYPE_CHECKING:
    pass

TIMES = 10
"""How many times as many must have voted yes for a no to be rare."""
_ALL = "organisation:UN"


def bedfellows(snapshot: Snapshot, most: int = 3, **asked: Unpack[Asked]) -> Measured:
    """Pairs of states among the few that voted no, that had no tie on the day.

    A tie is a membership in one organisation or grouping other than the UN, or one treaty. Columns: date,
    rollcall, symbol, title, a, name_a, b, name_b, yes, no (how many voted so).

    Args:
        snapshot: The graph.
        most: How many may have voted no for it to be rare.
        **asked: See ``Asked``.
    """
    if not 2 <= most <= 20:
        raise QueryError(f"{most} votes against are not few; give 2 to 20")
    chosen = choice.choice(snapshot, asked)
    options = chosen.ballots.options
    against, favour = ((options == kind).sum(axis=1) for kind in (NO, YES))
    rows = np.nonzero((against >= 2) & (against <= most) & (favour >= TIMES * against))[0]
    held = _memberships(snapshot)
    names = labels.labels(snapshot, chosen.ballots.states)
    told: list[tuple[Any, ...]] = []
    for i, text in zip(
        rows.tolist(), labels.texts(snapshot, chosen.ballots, rows.tolist()), strict=True
    ):
        few = [chosen.ballots.states[j] for j in np.nonzero(options[i] == NO)[0].tolist()]
        for a, b in combinations(few, 2):
            if not _on(held, a, text[0]) & _on(held, b, text[0]):
                counts = int(favour[i]), int(against[i])
                told.append((*text, a, names[a], b, names[b], *counts))
    return Measured(
        "Strange bedfellows: a rare no shared without a tie",
        ("date", "rollcall", "symbol", "title", "a", "name_a", "b", "name_b", "yes", "no"),
        tuple(told),
        Receipt(
            method="bedfellows",
            name="rare vote shared without a tie",
            formula=f"at most {most} voted no, and {TIMES} times as many yes; no organisation but the UN, "
            "and no treaty, had both states as members that day",
            formula_source="kg; memberships and treaties of the graph, which may lack some",
            **chosen.receipt,
        ),
    )


_Held = dict[str, list[tuple[str, str, str]]]


def _memberships(snapshot: Snapshot) -> _Held:
    """To what each state belonged, from when until when."""
    held: _Held = {}
    for link in links.memberships(snapshot):
        if link.b != _ALL and link.is_member:
            state = link.a.partition(":")[2]
            held.setdefault(state, []).append((link.b, link.start_day, link.end_day))
    return held


def _on(held: _Held, state: str, day: date) -> set[str]:
    at = day.isoformat()
    return {
        body
        for body, start, end in held.get(state, ())
        if (not start or start <= at) and (not end or at < end)
    }
