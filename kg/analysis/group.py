"""Whom a bloc is made of: the members of an organisation day by day, or some states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.analysis import choice, labels
from kg.analysis.choice import Chosen
from kg.errors import QueryError, UnknownNameError
from kg.graph.snapshot import Snapshot
from kg.network import links
from kg.votes.ballots import ABSTAIN, NO, YES

if TYPE_CHECKING:
    pass

CAST = (YES, ABSTAIN, NO)
"""The answers that a group's counts are of."""


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of states, each a member in some of the roll calls."""

    title: str
    of: tuple[str, ...]
    """The organisation, or the states, as ``kind:key``."""
    mask: NDArray[np.bool_]
    """Shape [roll call, state]: whether the state was a member that day."""

    def counts(self, options: NDArray[np.int8]) -> NDArray[np.int64]:
        """Yes, abstentions and no of the members in each roll call: shape [roll call, 3]."""
        return np.stack([((options == o) & self.mask).sum(axis=1) for o in CAST], axis=1)


def group(snapshot: Snapshot, chosen: Chosen, names: Sequence[str]) -> Group:
    """The group that names stand for: one organisation, or states.

    Raises:
        UnknownNameError: A name means nothing.
        QueryError: It is one state alone, or no member took part.
    """
    states = chosen.ballots.states
    days: list[date] = chosen.ballots.rollcalls["date"].to_list()
    mask = np.zeros(chosen.ballots.options.shape, dtype=bool)
    of: tuple[str, ...]
    if len(names) == 1:
        kind, key = _meant(snapshot, names[0], days[-1])
        if kind == "state":
            raise QueryError(
                f"{names[0]} is one state, and a bloc has two or more; name others too"
            )
        ordinals = np.array([day.toordinal() for day in days])
        for link in links.memberships(snapshot):
            state = link.a.partition(":")[2]
            if link.b != f"{kind}:{key}" or state not in states or not link.is_member:
                continue
            start = date.fromisoformat(link.start_day).toordinal() if link.start_day else 0
            end = date.fromisoformat(link.end_day).toordinal() if link.end_day else 10**7
            mask[:, states.index(state)] |= (ordinals >= start) & (ordinals < end)
        title, of = labels.called(snapshot, kind, key), (f"{kind}:{key}",)
        if not mask.any():
            raise QueryError(
                f"no member of {title} is known for the days from {days[0]} to {days[-1]}"
            )
    else:
        for name in names:
            if _meant(snapshot, name, days[-1])[0] == "organisation":
                raise QueryError(
                    f"{name} is an organisation; a bloc is one organisation or several states, and two "
                    "organisations are held against each other by --against"
                )
        keys = list(dict.fromkeys(choice.state(snapshot, chosen, name) for name in names))
        if len(keys) < 2:
            raise QueryError("a bloc has two states or more; name others too")
        mask[:, [states.index(key) for key in keys]] = True
        called = list(labels.labels(snapshot, keys).values())
        title = ", ".join(called[:-1]) + f" and {called[-1]}"
        of = tuple(f"state:{key}" for key in keys)
    return Group(title, of, mask)


def _meant(snapshot: Snapshot, name: str, on: date) -> tuple[str, str]:
    """An organisation of that name, else a state."""
    try:
        return snapshot.names.meant(name, "organisation", on=on)
    except UnknownNameError:
        kind, key = snapshot.names.meant(name, on=on)
    if kind not in ("state", "organisation"):
        raise QueryError(
            f"{name!r} means {kind}:{key}, and a bloc is an organisation or two states or more"
        )
    return kind, key
