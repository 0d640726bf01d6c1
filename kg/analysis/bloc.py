"""How a group of states holds together: cohesion by year, who leaves it, which votes split it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.choice import Choice, Filter
from kg.analysis.group import Group, choose_cast, group_of
from kg.analysis.measured import Measured
from kg.calls import Argument, Call, Phrase
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.output.text import plural
from kg.votes import intervals
from kg.votes.ballots import CAST, OUT, WORDS, periods
from kg.votes.intervals import BOOTSTRAP, LEAST
from kg.votes.measures import agreement_index, lines, rice, rounded
from kg.votes.methods import METHODS

Part = Literal["years", "members", "splits", "votes"]
"""Cohesion by year; how often each member left the line; the votes that split it; every vote."""
PARTS: tuple[Part, ...] = ("years", "members", "splits", "votes")
SPLITS = 10
"""How many of the votes that split a group are listed."""
_NO_ABSTENTIONS = "the Rice index leaves abstentions out, which are common at the United Nations"
_LOPSIDED: Phrase = (
    "lopsided votes inflate cohesion (Bowler, McElroy 2015): compare with ",
    Argument("contested"),
)


def bloc(
    snapshot: Snapshot,
    names: Sequence[str],
    part: Part = "years",
    *,
    seed: int = 0,
    **which: Unpack[Filter],
) -> Measured:
    """How a group holds together.

    Roll calls count in which two or more members cast a vote. The line is what most of them said; where
    two answers were as many, there is none.

    Args:
        snapshot: The graph.
        names: One organisation, whose members are those of each day, or two states or more.
        part: ``years`` (period, agreement-index, low, high, rice, rice-low, rice-high, n, members,
            unanimous), ``members`` (state, name, defections, n, share, low, high), ``splits`` or ``votes``
            (date, rollcall, symbol, title, yes, abstain, no, agreement-index, rice, line, defectors).
        seed: Of the bootstrap.
        **which: Which votes count; see ``Filter``.

    Raises:
        UnknownNameError: A name means nothing.
        QueryError: The names make no group, or too few votes count.
    """
    if part not in PARTS:
        raise QueryError(f"{part!r} is no part of a bloc", allowed=PARTS)
    choice = choose_cast(snapshot, which, unanimous="with")
    cohesion = _cohesion(choice, group_of(snapshot, choice, names))
    columns, rows = _table(snapshot, cohesion, part, seed)
    receipt = replace(
        choice.receipt(METHODS["agreement-index"], cohesion.taken),
        of=cohesion.group.of,
        votes=() if part == "votes" else (choice.votes("bloc", names),),
    )
    if part == "years":
        lopsided = () if which.get("contested") else (_LOPSIDED,)
        receipt = replace(receipt, notes=(*choice.notes, *lopsided, _NO_ABSTENTIONS))
    if part in ("years", "members"):
        receipt = replace(receipt, interval=BOOTSTRAP, seed=seed)
    return Measured(_title(part, cohesion.group), columns, tuple(rows), receipt)


@dataclass(frozen=True, slots=True)
class _Cohesion:
    """A group in the roll calls in which two or more of its members voted."""

    choice: Choice
    group: Group
    counts: NDArray[np.int64]
    """Yes, abstentions and no of the members in each roll call."""
    taken: NDArray[np.intp]
    """The roll calls that count."""

    @property
    def answers(self) -> NDArray[np.int8]:
        """What the members did; ``OUT`` for all others."""
        return np.where(self.group.mask, self.choice.ballots.answers, OUT).astype(np.int8)


_Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]]
"""Columns and rows."""


def _cohesion(choice: Choice, group: Group) -> _Cohesion:
    counts = group.counts(choice.ballots.answers)
    taken = np.nonzero(counts.sum(axis=1) > 1)[0]
    if len(taken) < LEAST:
        raise QueryError(
            f"two members of {group.title} or more voted in {plural(len(taken), 'roll call')} here, and "
            f"{LEAST} are the fewest that say anything",
            remedy=("widen the period, or see one vote by ", _one_vote(group)),
        )
    return _Cohesion(choice, group, counts, taken)


def _one_vote(group: Group) -> Call:
    """The question that shows how the group voted on one text."""
    keys = ",".join(name.partition(":")[2] for name in group.of)
    if len(group.of) > 1:
        return Call("query", ("votes",), (("resolution", ...), ("states", keys)))
    return Call("query", ("bloc-vote",), (("organisation", keys), ("resolution", ...)))


def _table(snapshot: Snapshot, cohesion: _Cohesion, part: Part, seed: int) -> _Rows:
    """The columns and rows of one part."""
    if part == "years":
        return _years(cohesion, seed)
    if part == "members":
        return _members(snapshot, cohesion, seed)
    columns, rows = _votes(snapshot, cohesion)
    if part == "votes":
        return columns, rows
    index = columns.index("agreement-index")
    split = [row for row in rows if row[index] < 1]
    return columns, sorted(split, key=lambda row: (row[index], row[0], row[1]))[:SPLITS]


def _title(part: Part, group: Group) -> str:
    hold = "hold" if len(group.of) > 1 else "holds"
    titles: dict[Part, str] = {
        "years": f"How {group.title} {hold} together",
        "members": f"Who leaves the line of {group.title}",
        "splits": f"The votes that split {group.title} most",
        "votes": f"Every vote of {group.title}",
    }
    return titles[part]


def _years(cohesion: _Cohesion, seed: int) -> _Rows:
    """Cohesion by year, and as a whole."""
    counts, years = cohesion.counts[cohesion.taken], cohesion.choice.ballots.years[cohesion.taken]
    indices, rices = agreement_index(counts), rice(counts)
    voting = (cohesion.answers != OUT)[cohesion.taken]
    rows: list[tuple[Any, ...]] = []
    for period, here in periods(years):
        member_count = int(voting[here].any(axis=0).sum())
        unanimous_count = int((indices[here] == 1).sum())
        rows.append(
            (
                period,
                *intervals.mean(indices[here], seed),
                *intervals.mean(rices[here][np.isfinite(rices[here])], seed),
                int(here.sum()),
                member_count,
                unanimous_count,
            )
        )
    columns = "period", "agreement-index", "low", "high", "rice", "rice-low", "rice-high"
    return (*columns, "n", "members", "unanimous"), rows


def _members(snapshot: Snapshot, cohesion: _Cohesion, seed: int) -> _Rows:
    """How often each member left the line."""
    line, answers = lines(cohesion.counts), cohesion.answers
    with_line = cohesion.taken[line[cohesion.taken] != OUT]
    cast = np.isin(answers[with_line], CAST)
    off = (cast & (answers[with_line] != line[with_line, None])).sum(axis=0)
    states = cohesion.choice.ballots.states
    names = labels.labels(snapshot, states)
    rows: list[tuple[Any, ...]] = []
    for state, left, count in zip(states, off, cast.sum(axis=0), strict=True):
        if count:
            bounds = intervals.of_share(left, count, seed)
            share = rounded(left / count)
            rows.append((state, names[state], int(left), int(count), share, *bounds))
    rows.sort(key=lambda row: (-row[4], row[0]))
    return ("state", "name", "defections", "n", "share", "low", "high"), rows


def _votes(snapshot: Snapshot, cohesion: _Cohesion) -> _Rows:
    """Every roll call, with the line and who left it."""
    line, answers = lines(cohesion.counts), cohesion.answers
    indices, rices = agreement_index(cohesion.counts), rice(cohesion.counts)
    states = np.array(cohesion.choice.ballots.states)
    taken = cohesion.taken.tolist()
    rows: list[tuple[Any, ...]] = []
    headings = labels.headings(snapshot, cohesion.choice.ballots, taken)
    for i, heading in zip(taken, headings, strict=True):
        off = np.isin(answers[i], CAST) & (answers[i] != line[i]) & (line[i] != OUT)
        rows.append(
            (
                *heading.cells,
                *cohesion.counts[i].tolist(),
                rounded(indices[i]),
                rounded(rices[i]),
                WORDS[line[i]] if line[i] != OUT else "",
                " ".join(states[off].tolist()),
            )
        )
    answers_cast = (WORDS[answer] for answer in CAST)
    columns = (*labels.HEADING, *answers_cast, "agreement-index", "rice", "line", "defectors")
    return columns, rows
