"""From what was asked in words to the ballots that count: periods, sessions, topics, states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.measured import kept
from kg.analysis.topics import Topic
from kg.errors import QueryError, RecordError
from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.model.dates import PartialDate
from kg.model.words import CONTINUITIES, Continuity
from kg.votes.ballots import ABSENCES, OUT, Absence, Ballots, choose
from kg.votes.table import CURATED

if TYPE_CHECKING:
    pass

Moment = str | int | date
"""A day, or a month or a year as text or number: 2015, "2015-03", "2015-03-01"."""


class Asked(TypedDict, total=False):
    """Which votes a measure is made of; every part may be left out."""

    start: Moment | None
    """First day, month or year."""
    end: Moment | None
    """Last day, month or year, included."""
    on: Moment | None
    """One day, month or year alone."""
    session: str | int | None
    """A session of the Assembly, such as 73 or ES-11."""
    topic: str
    """Only texts with a subject term that has all these words."""
    contested: bool
    """Leave out roll calls in which nine of ten votes were the same."""
    absent: Absence
    """What an absence counts as: skip, own or as-no."""
    continuity: Continuity
    """``seat`` gives the last holder of a seat the votes of those that held it before."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ballots that count, and how they were chosen."""

    ballots: Ballots
    kept: str
    """In words."""
    continuity: Continuity
    options: str
    """The options of the command line that choose the same."""
    source: dict[str, str]
    """The sources of the votes as ``kind:key``, and their titles."""
    notes: tuple[str, ...] = ()
    """What a reader of any number made of them should know."""

    @property
    def receipt(self) -> dict[str, Any]:
        """What a receipt says of the ballots."""
        days = self.ballots.rollcalls["date"]
        return {
            "start": days[0],
            "end": days[-1],
            "rollcall_count": len(days),
            "kept": self.kept,
            "absent": self.ballots.absent,
            "continuity": self.continuity,
            "source": tuple(self.source.values()),
            "derived": tuple(self.source),
        }

    def narrowed(self, rows: NDArray[np.intp]) -> dict[str, Any]:
        """What a receipt says of some of the roll calls."""
        days = self.ballots.rollcalls["date"]
        span = {"start": days[int(rows[0])], "end": days[int(rows[-1])]}
        return self.receipt | span | {"rollcall_count": len(rows)}


def choice(snapshot: Snapshot, asked: Asked, *, unanimous: bool = False) -> Chosen:
    """The ballots that were asked for.

    Raises:
        QueryError: The period is none, or no roll call is in it; the topic or session is unknown.
    """
    if unknown := sorted(asked.keys() - Asked.__annotations__.keys()):
        known = ", ".join(Asked.__annotations__)
        raise TypeError(f"unexpected argument {unknown[0]!r}; which votes count is said by {known}")
    start, end = period(asked)
    absent, continuity = asked.get("absent", "skip"), asked.get("continuity", "state")
    if absent not in ABSENCES:
        raise QueryError(f"absent {absent!r} is not one of {', '.join(ABSENCES)}")
    if continuity not in CONTINUITIES:
        raise QueryError(f"continuity {continuity!r} is not {' or '.join(CONTINUITIES)}")
    topic = Topic(snapshot, str(asked["topic"])) if asked.get("topic") else None
    documents = topic.documents if topic else None
    session = asked.get("session")
    if session is not None:
        of_session = _of_session(snapshot, str(session))
        documents = of_session if documents is None else documents & of_session
    contested = bool(asked.get("contested"))
    ballots = choose(
        snapshot.votes,
        snapshot.seats,
        start=start,
        end=end,
        documents=documents,
        contested=contested,
        absent=absent,
        continuity=continuity,
        unanimous=unanimous,
        held=None if absent == "skip" else _seats(snapshot),
    )
    notes: tuple[str, ...] = ()
    if topic:
        whole = choose(snapshot.votes, {}, start=start, end=end, unanimous=unanimous).rollcalls
        notes = topic.missed(whole["document"].to_list())
    about = "; ".join(
        [
            *([topic.told(ballots.rollcalls["document"].to_list())] if topic else []),
            *([f"session {session}"] if session is not None else []),
        ]
    )
    if not len(ballots.rollcalls):
        raise _nothing(snapshot, start, end, about, contested, notes)
    return Chosen(
        ballots,
        kept(contested=contested, topic=about, unanimous=unanimous),
        continuity,
        _options(asked),
        _sources(snapshot, ballots),
        notes,
    )


def period(asked: Asked) -> tuple[date | None, date | None]:
    """First and last day of what was asked for; None where it is open.

    Raises:
        QueryError: What was given is no day, month or year, or it ends before it begins.
    """
    on = asked.get("on")
    if on is not None and (asked.get("start") is not None or asked.get("end") is not None):
        raise QueryError("a day alone (--on) and a period (--from, --to) exclude each other")
    first, last = (on, on) if on is not None else (asked.get("start"), asked.get("end"))
    start = _moment(first).earliest if first is not None else None
    end = _moment(last).latest if last is not None else None
    if start and end and end < start:
        raise QueryError(f"the period ends on {end}, before it begins on {start}")
    return start, end


def _moment(told: Moment) -> PartialDate:
    try:
        return PartialDate.parse(str(told))
    except RecordError as error:
        raise QueryError(
            f"{str(told)!r} is not a day, month or year; write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from error


def _options(asked: Asked) -> str:
    words = []
    for name, option in (("start", "from"), ("end", "to"), ("on", "on"), ("session", "session")):
        if asked.get(name) is not None:
            words.append(f"--{option} {asked[name]}")  # type: ignore[literal-required]
    if asked.get("topic"):
        words.append(f'--topic "{asked["topic"]}"')
    if asked.get("contested"):
        words.append("--contested")
    for name, usual in (("absent", "skip"), ("continuity", "state")):
        if asked.get(name, usual) != usual:
            words.append(f"--{name} {asked[name]}")  # type: ignore[literal-required]
    return " ".join(words)


def _nothing(
    snapshot: Snapshot,
    start: date | None,
    end: date | None,
    topic: str,
    contested: bool,
    notes: tuple[str, ...],
) -> QueryError:
    since, until = f" from {start}" if start else "", f" to {end}" if end else ""
    when = f" on {start}" if start and start == end else since + until
    what = f" on {topic}" * bool(topic) + ", contested" * contested
    whole = choose(snapshot.votes, snapshot.seats)
    if not len(whole.rollcalls):
        return QueryError("the graph holds no roll call that tells two states apart")
    days = whole.rollcalls["date"]
    return QueryError(
        f"no roll call{what}{when}; the record has {len(days):,} that "
        f"tell states apart, from {days[0]} to {days[-1]}" + "".join(f"; {note}" for note in notes)
    )


def _seats(snapshot: Snapshot) -> dict[str, list[tuple[date, date]]]:
    """State to the times at which it held a seat in the Assembly."""
    held: dict[str, list[tuple[date, date]]] = {}
    for holding in things.of(snapshot.store, "Holding"):
        if holding.one("organisation") == "organisation:UNGA":
            start, end = holding.one("startDay"), holding.one("endDay")
            held.setdefault(holding.one("state").partition(":")[2], []).append(
                (
                    date.fromisoformat(start) if start else date.min,
                    date.fromisoformat(end) if end else date.max,
                )
            )
    return held


def _of_session(snapshot: Snapshot, session: str) -> set[str]:
    told = list(labels.of(snapshot, "session"))
    found = {document for document, known in told if known == session}
    if not found:
        # the Council's sessions are years
        numbers = sorted({int(known) for _, known in told if known.isdigit() and len(known) < 4})
        span = f"; it has {numbers[0]} to {numbers[-1]}" if numbers else ""
        raise QueryError(f"no text of session {session!r} is in the graph{span}")
    return found


def _sources(snapshot: Snapshot, ballots: Ballots) -> dict[str, str]:
    return sources(snapshot, ballots.rollcalls["source"].to_list())


def sources(snapshot: Snapshot, keys: Iterable[str]) -> dict[str, str]:
    """Sources of roll calls as ``kind:key``, and their titles."""
    known = snapshot.manifest["datasets"]
    found = {}
    for key in sorted(set(keys)):
        name = "dataset:roll_calls" if key == CURATED else f"source:{key}"
        found[name] = known.get(name.partition(":")[2], {}).get("title", key)
    return found


def state(snapshot: Snapshot, chosen: Chosen, name: str) -> str:
    """The key of a state that took part in the ballots.

    Raises:
        UnknownNameError: The name means no state.
        QueryError: It cast no vote in them.
    """
    days = chosen.ballots.rollcalls["date"]
    key = snapshot.names.meant(name, "state", on=days[-1])[1]
    if chosen.continuity == "seat" and key in snapshot.seats:
        seat = snapshot.seats[key]
        key = next((s for s in chosen.ballots.states if snapshot.seats.get(s) == seat), key)
    if (chosen.ballots.column(key) == OUT).all():
        raise QueryError(_absent(snapshot, chosen, key))
    return key


def _absent(snapshot: Snapshot, chosen: Chosen, key: str) -> str:
    days = chosen.ballots.rollcalls["date"]
    label = labels.labels(snapshot, [key])[key]
    whole = choose(snapshot.votes, snapshot.seats, unanimous=True)
    cast = whole.rollcalls["date"].filter(whole.column(key) != OUT)
    before, after = cast.filter(cast < days[0]), cast.filter(cast > days[-1])
    near = [f"the last before is of {before[-1]}"] if len(before) else []
    near += [f"the first after of {after[0]}"] if len(after) else []
    told = ", ".join(near) or ("it cast others then" if len(cast) else "it cast none at all")
    return f"{label} ({key}) cast no vote that counts from {days[0]} to {days[-1]}; {told}"
