"""Who changed: between two votes, or between two periods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
from numpy.typing import NDArray

from kg.analysis import choice, labels
from kg.analysis.choice import Asked
from kg.analysis.measured import FEW, LEAST, Measured, Receipt, method
from kg.errors import QueryError, UnknownNameError
from kg.graph.snapshot import Snapshot
from kg.model.words import OPTIONS, Continuity
from kg.votes.ballots import OUT, Ballots
from kg.votes.measures import between, told
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN

if TYPE_CHECKING:
    pass

DEALS = 99
"""How often the roll calls of two periods are dealt out anew."""
_PERIOD = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:(?:\.\.|/|:)(\d{4}(?:-\d\d(?:-\d\d)?)?))?")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_OPTION = {CODES[option]: option for option in OPTIONS} | {
    NOT_A_MEMBER: "no member",
    UNKNOWN: "unknown",
}


_COLUMNS = (
    *("state", "name", "moved", "chance", "remark", "closer_to", "closer_by"),
    *("further_from", "further_by", "n_before", "n_after"),
)


def moves(
    snapshot: Snapshot, before: str, after: str, *, seed: int = 0, **asked: Unpack[Asked]
) -> Measured:
    """Who changed between two votes, or two periods; see ``between_votes`` and ``between_periods``.

    Args:
        snapshot: The graph.
        before: A roll call by any form of its symbol, or a period: 2014, 2010-2014, 2014-03..2015-02.
        after: Another of the same kind.
        seed: Of the chance that periods are held against.
        **asked: See ``Asked``; between two votes only the continuity counts.
    """
    periods = [_period(told_) for told_ in (before, after)]
    if all(periods):
        return _between_periods(snapshot, periods[0], periods[1], seed, asked)  # type: ignore[arg-type]
    if any(periods):
        raise QueryError(f"{before!r} and {after!r}: give two votes or two periods")
    rolls = [_roll(snapshot, told_) for told_ in (before, after)]
    if extra := sorted(
        set(asked) - {"continuity"} - {k for k, v in asked.items() if not v or v == "skip"}
    ):
        raise QueryError(f"between two votes nothing is chosen: leave out {', '.join(extra)}")
    return between_votes(snapshot, rolls[0], rolls[1], asked.get("continuity", "state"))


def _period(text: str) -> tuple[str, str] | None:
    match = _YEARS.fullmatch(text) or _PERIOD.fullmatch(text)
    return (match[1], match[2] or match[1]) if match else None


def _roll(snapshot: Snapshot, name: str) -> str:
    try:
        return snapshot.names.resolve(name, "rollcall")
    except UnknownNameError as error:
        raise UnknownNameError(
            name,
            "is no vote in the graph, and no period such as 2014 or 2010-2014",
            error.nearest,
        ) from error


def between_votes(
    snapshot: Snapshot, before: str, after: str, continuity: Continuity = "state"
) -> Measured:
    """The states that did in one roll call what they did not do in the other.

    Columns: state, name, before, after. Absence and not being a member are changes too.
    """
    if before == after:
        raise QueryError(f"{before} is held against itself; name two votes")
    table = snapshot.votes
    places = [table.rollcalls["rollcall"].to_list().index(key) for key in (before, after)]
    days = [table.rollcalls["date"][i] for i in places]
    rows = []
    for key, (earlier, later) in _columns(snapshot, places, continuity).items():
        did = (_OPTION[earlier], _OPTION[later])
        if did[0] != did[1] and UNKNOWN not in (earlier, later):
            rows.append((key, *did))
    names = labels.labels(snapshot, [row[0] for row in rows])
    order = {"no": 0, "abstain": 1, "nonvoting": 2, "yes": 3, "no member": 4}
    rows.sort(key=lambda row: (order[row[2]], order[row[1]], row[0]))
    used = choice.sources(snapshot, [table.rollcalls["source"][i] for i in places])
    cast = [int(np.isin(table.matrix[i], list(CODES.values())).sum()) for i in places]
    return Measured(
        f"Who changed from {before.replace('_', '/')} to {after.replace('_', '/')}",
        ("state", "name", "before", "after"),
        tuple((key, names[key], *did) for key, *did in rows),
        Receipt(
            method="moves",
            name="change of vote",
            formula="what a member did in one roll call and in the other",
            formula_source="the record of both votes",
            start=min(days),
            end=max(days),
            rollcall_count=2,
            kept=f"{before} with {cast[0]} members and {after} with {cast[1]}",
            absent="own",
            continuity=continuity,
            source=tuple(used.values()),
            derived=tuple(used),
            votes="; ".join(f"kg query roll-call resolution={key}" for key in (before, after)),
        ),
    )


def _columns(
    snapshot: Snapshot, places: list[int], continuity: Continuity
) -> dict[str, tuple[int, int]]:
    """What each state did in two roll calls; the holders of a seat as its last one with ``seat``."""
    table, seats = snapshot.votes, snapshot.seats if continuity == "seat" else {}
    held: dict[str, list[tuple[str, int, int]]] = {}
    for i, state in enumerate(table.states):
        earlier, later = (int(table.matrix[place, i]) for place in places)
        held.setdefault(seats.get(state, f"state {state}"), []).append((state, earlier, later))
    found = {}
    for columns in held.values():
        out = (NOT_A_MEMBER, UNKNOWN)
        first = next((c for c in columns if c[1] not in out), columns[0])
        last = next((c for c in columns if c[2] not in out), first)
        found[last[0]] = first[1], last[2]
    return found


def _between_periods(
    snapshot: Snapshot, before: tuple[str, str], after: tuple[str, str], seed: int, asked: Asked
) -> Measured:
    """Who votes with others than before.

    Columns: state, name, moved (mean change of kappa with each other state, without its sign), chance (what
    moved would come to in 95 of 100 cases, were the roll calls dealt to the two periods at random), remark,
    closer_to, closer_by, further_from, further_by, n_before, n_after.
    """
    rest = {k: v for k, v in asked.items() if k not in ("start", "end", "on")}
    if len(rest) < len([k for k, v in asked.items() if v is not None or k in rest]):
        raise QueryError("two periods say when already; leave out --from, --to and --on")
    chosen = [
        choice.choice(snapshot, Asked(start=start, end=end, **rest))  # type: ignore[typeddict-item]
        for start, end in (before, after)
    ]
    if chosen[0].ballots.rollcalls["date"][-1] >= chosen[1].ballots.rollcalls["date"][0]:
        raise QueryError("the second period begins before the first ends; give them in order")
    states = sorted(set(chosen[0].ballots.states) & set(chosen[1].ballots.states))
    sides = [_of(c.ballots, states) for c in chosen]
    enough = np.all([(side.options != OUT).sum(axis=0) >= FEW for side in sides], axis=0)
    states = [state for state, taken in zip(states, enough, strict=True) if taken]
    if len(states) < LEAST:
        raise QueryError(
            f"{len(states)} states cast {FEW} votes that count in both periods, and {LEAST} are the fewest "
            "to be held against each other; widen the periods"
        )
    sides = [_of(c.ballots, states) for c in chosen]
    change = _kappa(sides[1]) - _kappa(sides[0])
    moved = _mean(change)
    generator = np.random.default_rng(seed)
    pool = np.concatenate([side.options for side in sides])
    cut = len(sides[0].options)
    dealt = np.stack([_mean(_dealt(pool, cut, tuple(states), generator)) for _ in range(DEALS)])
    chance = np.quantile(dealt, 0.95, axis=0)
    names = labels.labels(snapshot, states)
    counts = [(side.options != OUT).sum(axis=0) for side in sides]
    near: dict[str, str] = {}
    rows: list[tuple[Any, ...]] = []
    for i, state in enumerate(states):
        nearest, furthest = int(np.nanargmax(change[i])), int(np.nanargmin(change[i]))
        near[state] = states[nearest]
        rows.append(
            (
                *(state, names[state], told(moved[i].round(6)), told(chance[i].round(6))),
                "within chance" if moved[i] <= chance[i] else "",
                *(names[states[nearest]], told(change[i, nearest].round(6))),
                *(names[states[furthest]], told(change[i, furthest].round(6))),
                *(int(count[i]) for count in counts),
            )
        )
    rows.sort(key=lambda row: (-row[2], row[0]))
    receipts = [c.receipt for c in chosen]
    periods = " and ".join(
        f"{r['rollcall_count']:,} from {r['start']} to {r['end']}" for r in receipts
    )
    return Measured(
        f"Who moved from {'-'.join(dict.fromkeys(before))} to {'-'.join(dict.fromkeys(after))}",
        _COLUMNS,
        tuple(rows),
        Receipt(
            **(
                method("kappa")
                | {
                    "method": "moves",
                    "name": "change of company",
                    "formula": "mean over all other states of |kappa after - kappa before|, kappa unweighted",
                    "range": "0 and more",
                }
            ),
            **(
                receipts[1]
                | {
                    "start": receipts[0]["start"],
                    "rollcall_count": sum(r["rollcall_count"] for r in receipts),
                    "kept": f"{receipts[1]['kept']}; {periods}",
                }
            ),
            interval=f"chance: the 95th of 100 values, the roll calls dealt to the periods {DEALS} times",
            seed=seed,
            notes=(
                *chosen[0].notes,
                f"only states that cast at least {FEW} votes in both periods",
                "the votes are those of the first state and the one it came closest to",
            ),
            votes="; ".join(
                f"kg compare {rows[0][0]} {near[rows[0][0]]} {c.options} --votes" for c in chosen
            ),
        ),
    )


def _of(ballots: Ballots, states: list[str]) -> Ballots:
    columns = [ballots.states.index(state) for state in states]
    return Ballots(ballots.rollcalls, tuple(states), ballots.options[:, columns], ballots.absent)


def _kappa(ballots: Ballots) -> NDArray[np.float64]:
    kappa = between(ballots, "kappa")[0].astype(np.float64)
    np.fill_diagonal(kappa, np.nan)
    return kappa


def _mean(change: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.nanmean(np.abs(change), axis=1))


def _dealt(
    pool: NDArray[np.int8], cut: int, states: tuple[str, ...], generator: np.random.Generator
) -> NDArray[np.float64]:
    import polars as pl

    order = generator.permutation(len(pool))
    one, other = (
        _kappa(Ballots(pl.DataFrame(), states, pool[part])) for part in (order[:cut], order[cut:])
    )
    return other - one
