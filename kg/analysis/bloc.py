"""How a group of states holds together: cohesion by year, who leaves it, which votes split it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import choice, labels
from kg.analysis.choice import Asked, Chosen
from kg.analysis.group import CAST, Group, group
from kg.analysis.measured import BOOTSTRAP, DRAWS, LEAST, Measured, Receipt, method, middle
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot
from kg.votes.ballots import OUT, WORDS
from kg.votes.measures import DISTANCE, agreement_index, rice, told

if TYPE_CHECKING:
    pass

Part = Literal["years", "members", "splits", "votes"]
"""Cohesion by year; how often each member left the line; the votes that split it; every vote."""
PARTS: tuple[Part, ...] = ("years", "members", "splits", "votes")
SPLITS = 10
"""How many of the votes that split a group are listed."""


def bloc(
    snapshot: Snapshot,
    names: Sequence[str],
    part: Part = "years",
    *,
    seed: int = 0,
    **asked: Unpack[Asked],
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
        **asked: See ``Asked``.
    """
    if part not in PARTS:
        raise QueryError(f"{part!r} is no part of a bloc; known: {', '.join(PARTS)}")
    chosen = _choice(snapshot, asked, unanimous=True)
    whole = group(snapshot, chosen, names)
    counts = whole.counts(chosen.ballots.options)
    taken = np.nonzero(counts.sum(axis=1) > 1)[0]
    if len(taken) < LEAST:
        raise QueryError(
            f"two members of {whole.title} or more voted in {len(taken)} "
            f"roll call{'s' * (len(taken) != 1)} here, and {LEAST} are the fewest that say anything; widen "
            "the period, or see one vote by kg query bloc-vote"
        )
    found = _Cohesion(snapshot, chosen, whole, counts, taken)
    notes = chosen.notes
    if part == "years":
        columns, rows = found.years(seed)
        notes += (_NO_ABSTENTIONS,) if asked.get("contested") else (_LOPSIDED, _NO_ABSTENTIONS)
    elif part == "members":
        columns, rows = found.members(seed)
    else:
        columns, rows = found.votes()
    if part == "splits":
        split = [row for row in rows if row[7] < 1]
        rows = sorted(split, key=lambda row: (row[7], row[0], row[1]))[:SPLITS]
    title = _TITLES[part].format(whole.title)
    if len(names) > 1:
        title = title.replace(" holds together", " hold together")
    return Measured(
        title,
        columns,
        tuple(rows),
        Receipt(
            **method("agreement-index"),
            **chosen.narrowed(taken),
            interval=BOOTSTRAP if part in ("years", "members") else "",
            seed=seed if part in ("years", "members") else None,
            of=whole.of,
            notes=notes,
            votes="" if part == "votes" else _command(names, chosen),
        ),
    )


_TITLES: dict[Part, str] = {
    "years": "How {} holds together",
    "members": "Who leaves the line of {}",
    "splits": "The votes that split {} most",
    "votes": "Every vote of {}",
}
_LINES = "same-line-low", "same-line-high", "lines"
_LOPSIDED = "lopsided votes inflate cohesion (Bowler, McElroy 2015): compare with --contested"
_NO_ABSTENTIONS = "the Rice index leaves abstentions out, which are common at the United Nations"
_Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class _Cohesion:
    """A group in the roll calls in which two or more of its members voted."""

    snapshot: Snapshot
    chosen: Chosen
    group: Group
    counts: NDArray[np.int64]
    """Yes, abstentions and no of the members in each roll call."""
    taken: NDArray[np.intp]
    """The roll calls that count."""

    @property
    def options(self) -> NDArray[np.int8]:
        """What the members did; ``OUT`` for all others."""
        return np.where(self.group.mask, self.chosen.ballots.options, OUT).astype(np.int8)

    def years(self, seed: int) -> _Rows:
        """Cohesion by year, and as a whole."""
        counts = self.counts[self.taken]
        indices, rices = agreement_index(counts), rice(counts)
        voting = (self.options != OUT)[self.taken]
        rows: list[tuple[Any, ...]] = []
        for period, here in _periods(self.chosen.ballots.years[self.taken]):
            rows.append(
                (
                    period,
                    *_mean(indices[here], seed),
                    *_mean(rices[here][np.isfinite(rices[here])], seed),
                    int(here.sum()),
                    int(voting[here].any(axis=0).sum()),
                    int((indices[here] == 1).sum()),
                )
            )
        columns = "period", "agreement-index", "low", "high", "rice", "rice-low", "rice-high"
        return (*columns, "n", "members", "unanimous"), rows

    def members(self, seed: int) -> _Rows:
        """How often each member left the line."""
        line, options = _line(self.counts), self.options
        lined = self.taken[line[self.taken] != OUT]
        cast = np.isin(options[lined], CAST)
        off = (cast & (options[lined] != line[lined, None])).sum(axis=0)
        names = labels.labels(self.snapshot, self.chosen.ballots.states)
        rows = [
            (state, names[state], int(left), int(n), told(left / n), *_share(left, n, seed))
            for state, left, n in zip(
                self.chosen.ballots.states, off, cast.sum(axis=0), strict=True
            )
            if n
        ]
        rows.sort(key=lambda row: (-(row[4] or 0), row[0]))
        return ("state", "name", "defections", "n", "share", "low", "high"), rows

    def votes(self) -> _Rows:
        """Every roll call, with the line and who left it."""
        line, options = _line(self.counts), self.options
        indices, rices = agreement_index(self.counts), rice(self.counts)
        states = np.array(self.chosen.ballots.states)
        taken = self.taken.tolist()
        rows = []
        for i, text in zip(
            taken, labels.texts(self.snapshot, self.chosen.ballots, taken), strict=True
        ):
            off = np.isin(options[i], CAST) & (options[i] != line[i]) & (line[i] != OUT)
            rows.append(
                (
                    *text,
                    *self.counts[i].tolist(),
                    told(indices[i]),
                    told(rices[i]),
                    WORDS[line[i]] if line[i] != OUT else "",
                    " ".join(states[off].tolist()),
                )
            )
        columns = (
            "date",
            "rollcall",
            "symbol",
            "title",
            *WORDS[:3],
            "agreement-index",
            "rice",
            "line",
        )
        return (*columns, "defectors"), rows


def _periods(years: NDArray[np.int32]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each year and its roll calls, then ``whole`` and all of them."""
    for year in np.unique(years).tolist():
        yield str(year), years == year
    yield "whole", np.ones(len(years), dtype=bool)


def _mean(
    values: NDArray[np.float64], seed: int
) -> tuple[float | None, float | None, float | None]:
    """The mean over roll calls and its interval; None with fewer than five."""
    if len(values) < LEAST:
        return None, None, None
    drawn = np.random.default_rng(seed).integers(len(values), size=(DRAWS, len(values)))
    return told(values.mean()), *middle(values[drawn].mean(axis=1))


def _share(count: int, whole: int, seed: int) -> tuple[float | None, float | None]:
    """The interval of a share of roll calls; to draw them anew is to draw how many there are."""
    if whole < LEAST:
        return None, None
    drawn = np.random.default_rng(seed).binomial(whole, count / whole, size=DRAWS)
    return middle(drawn / whole)


def _line(counts: NDArray[np.int64]) -> NDArray[np.int8]:
    """What most said in each roll call; ``OUT`` where two answers were as many."""
    ranked = np.sort(counts, axis=1)
    return np.where(ranked[:, 2] > ranked[:, 1], counts.argmax(axis=1), OUT).astype(np.int8)


def against(
    snapshot: Snapshot,
    names: Sequence[str],
    others: Sequence[str],
    *,
    seed: int = 0,
    **asked: Unpack[Asked],
) -> Measured:
    """Two groups beside each other, year by year.

    Columns: period, agreement (mean agreement of a member of one with a member of the other), low, high,
    same-line (share of roll calls in which most of both said the same, of those in which each had a line),
    same-line-low, same-line-high, lines (how many those are), n, first and second (agreement index of
    each). A state in both groups is not paired with itself. Unanimous votes are left out.
    """
    chosen = _choice(snapshot, asked, unanimous=False)
    one, two = group(snapshot, chosen, names), group(snapshot, chosen, others)
    shared = (one.mask & two.mask & np.isin(chosen.ballots.options, CAST)).sum(axis=1)
    mine, theirs = one.counts(chosen.ballots.options), two.counts(chosen.ballots.options)
    taken = np.nonzero(mine.sum(axis=1) * theirs.sum(axis=1) > shared)[0]
    if len(taken) < LEAST:
        raise QueryError(
            f"{one.title} and {two.title} both voted in {len(taken)} roll calls here, and {LEAST} are the "
            "fewest that say anything; widen the period"
        )
    mine, theirs = mine[taken], theirs[taken]
    pairs = mine.sum(axis=1) * theirs.sum(axis=1) - shared[taken]
    apart = np.einsum("rk,kl,rl->r", mine, DISTANCE[:3, :3], theirs) / pairs
    agreement = 1 - apart / 2
    lines = _line(mine), _line(theirs)
    lined = (lines[0] != OUT) & (lines[1] != OUT)
    rows: list[tuple[Any, ...]] = []
    for period, here in _periods(chosen.ballots.years[taken]):
        same = (lines[0] == lines[1])[here & lined]
        own = (agreement_index(side[here & (side.sum(axis=1) > 1)]) for side in (mine, theirs))
        rows.append(
            (
                period,
                *_mean(agreement[here], seed),
                *_mean(same.astype(np.float64), seed),
                len(same),
                int(here.sum()),
                *(told(index.mean()) if len(index) >= LEAST else None for index in own),
            )
        )
    known = method("agreement") | {
        "formula": "mean over pairs of a member of one and a member of the other of 1 - distance / 2, "
        "mean over roll calls; a state in both is not paired with itself"
    }
    return Measured(
        f"{one.title} beside {two.title}",
        ("period", "agreement", "low", "high", "same-line", *_LINES, "n", "first", "second"),
        tuple(rows),
        Receipt(
            **known,
            **chosen.narrowed(taken),
            interval=BOOTSTRAP,
            seed=seed,
            of=(*one.of, *two.of),
            notes=(
                *chosen.notes,
                "first and second are the agreement index of each group alone, in these roll calls",
                "same-line is the share of the lines: roll calls in which most of each group said one thing",
            ),
            votes="; ".join(_command(group, chosen) for group in (names, others)),
        ),
    )


def _choice(snapshot: Snapshot, asked: Asked, *, unanimous: bool) -> Chosen:
    if asked.get("absent") == "own":
        raise QueryError("cohesion is of yes, abstain and no; give absent skip or as-no")
    return choice.choice(snapshot, asked, unanimous=unanimous)


def _command(names: Sequence[str], chosen: Chosen) -> str:
    """The command that lists the votes of a group."""
    words = [f'"{name}"' if " " in name else name for name in names]
    return " ".join(filter(None, ["kg bloc", *words, chosen.options, "--votes"]))
