"""Whom a bloc is made of: the members of an organisation day by day, or some states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.choice import Choice, Filter, choose, state_of
from kg.calls import Argument, Call
from kg.errors import QueryError, UnknownNameError
from kg.graph.snapshot import Snapshot
from kg.model.dates import Interval
from kg.model.records import Holding, Membership
from kg.model.seats import voting_times
from kg.model.words import ASSEMBLY, UNITED_NATIONS, Unanimity
from kg.votes.ballots import CAST


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of states, each a member in some of the roll calls."""

    title: str
    of: tuple[str, ...]
    """The organisation, or the states, as ``kind:key``."""
    mask: NDArray[np.bool_]
    """Shape [roll call, state]: whether the state was a member that day."""

    def counts(self, answers: NDArray[np.int8]) -> NDArray[np.int64]:
        """Yes, abstentions and no of the members in each roll call: shape [roll call, 3]."""
        return np.stack([((answers == a) & self.mask).sum(axis=1) for a in CAST], axis=1)


def choose_cast(snapshot: Snapshot, which: Filter, *, unanimous: Unanimity) -> Choice:
    """The ballots that cohesion is made of, in which an absence is no answer of its own."""
    if which.get("absent") == "own":
        raise QueryError("cohesion is of yes, abstain and no", remedy="give absent skip or as-no")
    return choose(snapshot, which, unanimous=unanimous)


def group_of(snapshot: Snapshot, choice: Choice, names: Sequence[str]) -> Group:
    """The group that names stand for: one organisation, or states.

    Raises:
        UnknownNameError: A name means nothing.
        QueryError: It is one state alone, or no member took part.
    """
    if len(names) == 1:
        return _of_organisation(snapshot, choice, names[0])
    return _of_states(snapshot, choice, names)


def _of_organisation(snapshot: Snapshot, choice: Choice, name: str) -> Group:
    days = choice.ballots.rollcalls["date"].to_list()
    kind, key = _kind_and_key(snapshot, name, days[-1])
    if kind == "state":
        raise QueryError(
            f"{name} is one state, and a bloc has two or more", remedy="name others too"
        )
    title = labels.short(snapshot, kind, key)
    mask = _members(snapshot, choice, key, days)
    if not mask.any():
        raise QueryError(
            f"no member of {title} is known for the days from {days[0]} to {days[-1]}",
            remedy=("take ", Call("bloc", (UNITED_NATIONS,))) if key == ASSEMBLY else "",
        )
    return Group(title, (f"{kind}:{key}",), mask)


def _members(
    snapshot: Snapshot, choice: Choice, organisation: str, days: Sequence[date]
) -> NDArray[np.bool_]:
    """Whether each state was a member on the day of each roll call: shape [roll call, state]."""
    column = {state: i for i, state in enumerate(choice.ballots.states)}
    mask = np.zeros(choice.ballots.answers.shape, dtype=bool)
    for state, interval in _times(snapshot, organisation):
        if state in column:
            mask[interval.among(days), column[state]] = True
    return mask


def _times(snapshot: Snapshot, organisation: str) -> Iterator[tuple[str, Interval]]:
    """The members of an organisation, each with a time of its membership."""
    if (
        organisation == UNITED_NATIONS
    ):  # on the day on which a seat passes it votes for its last holder
        for (organ, state), times in voting_times(snapshot.records(Holding)).items():
            yield from ((state, time) for time in times if organ == ASSEMBLY)
        return
    for record in snapshot.records(Membership):
        if (record.organisation, record.role) == (organisation, "member"):
            yield record.state, record.interval


def _of_states(snapshot: Snapshot, choice: Choice, names: Sequence[str]) -> Group:
    last = choice.ballots.rollcalls["date"][-1]
    for name in names:
        if _kind_and_key(snapshot, name, last)[0] == "organisation":
            problem = f"{name} is an organisation; a bloc is one organisation or several states"
            beside = ", and two organisations are held against each other by "
            raise QueryError((problem, beside, Argument("against")))
    keys = list(dict.fromkeys(state_of(snapshot, choice, name) for name in names))
    if len(keys) < 2:
        raise QueryError("a bloc has two states or more", remedy="name others too")
    states = choice.ballots.states
    mask = np.zeros(choice.ballots.answers.shape, dtype=bool)
    mask[:, [states.index(key) for key in keys]] = True
    *first, last_label = labels.labels(snapshot, keys).values()
    title = f"{', '.join(first)} and {last_label}"
    return Group(title, tuple(f"state:{key}" for key in keys), mask)


def _kind_and_key(snapshot: Snapshot, name: str, on: date) -> tuple[str, str]:
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
