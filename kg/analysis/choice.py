"""Which votes a measure is made of: from periods, sessions, topics and names to ballots."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from kg.analysis import labels
from kg.analysis.receipt import Receipt
from kg.analysis.subjects import Subject
from kg.calls import Argument, Call, Phrase
from kg.errors import QueryError, RecordError
from kg.graph.snapshot import Snapshot
from kg.model.dates import Interval, PartialDate
from kg.model.records import Holding
from kg.model.seats import voting_times
from kg.model.words import (
    ABSENCES,
    ASSEMBLY,
    CONTINUITIES,
    UNANIMITIES,
    Absence,
    Continuity,
    Unanimity,
)
from kg.votes import ballots
from kg.votes.ballots import CONTESTED, OUT, Ballots, Selection
from kg.votes.methods import Method
from kg.votes.table import CURATED

Moment = str | int | date
"""A day, or a month or a year as text or number: 2015, "2015-03", "2015-03-01"."""


class Filter(TypedDict, total=False):
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
    unanimous: Unanimity | None
    """Roll calls in which all that voted said the same: without, with or only; None is what is usual for the
    measure, which for a group is with, else without."""
    absent: Absence
    """What an absence counts as: skip, own or as-no."""
    continuity: Continuity
    """``seat`` gives the last holder of a seat the votes of those that held it before."""


_USUAL = {"topic": "", "contested": False, "absent": "skip", "continuity": "state"}
"""Arguments to what they are where they are left out; of all others that is None."""


_UNANIMOUS: dict[Unanimity, str] = {
    "without": "without unanimous ones",
    "with": "unanimous ones too",
    "only": "unanimous ones only",
}
"""What became of unanimous roll calls, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The ballots that count, and why these."""

    ballots: Ballots
    kept: str
    """Which roll calls were taken, in words."""
    continuity: Continuity
    arguments: tuple[tuple[str, object], ...]
    """The parts of ``Filter`` that choose the same, in its order."""
    source: dict[str, str]
    """The sources of the votes as ``kind:key``, and their titles."""
    notes: tuple[str, ...] = ()
    """What a reader of any number made of them should know."""

    def receipt(self, measure: Method, rows: NDArray[np.intp] | None = None) -> Receipt:
        """A receipt of the ballots, which a measure completes.

        Args:
            measure: What is measured.
            rows: The roll calls that count; None means all.
        """
        days = self.ballots.rollcalls["date"]
        taken = days if rows is None else days[rows.tolist()]
        return Receipt(
            measure=measure,
            start=taken[0],
            end=taken[-1],
            rollcall_count=len(taken),
            kept=self.kept,
            absent=self.ballots.absent,
            continuity=self.continuity,
            source=tuple(self.source.values()),
            derived=tuple(self.source),
            notes=self.notes,
        )

    def votes(self, verb: str, names: Iterable[str], listed: str = "votes") -> Call:
        """The call that lists the votes behind a number of these ballots, or some of them."""
        return Call(verb, tuple(names), (*self.arguments, (listed, True)))


def choose(snapshot: Snapshot, which: Filter, *, unanimous: Unanimity = "without") -> Choice:
    """The ballots that a filter leaves.

    Args:
        snapshot: The graph.
        which: Which votes count.
        unanimous: What becomes of unanimous roll calls where the filter does not say it.

    Raises:
        QueryError: The period is none, or no roll call is in it; the topic or session is unknown.
    """
    _check(which)
    start, end = period(which)
    subject = Subject(snapshot, str(which["topic"])) if which.get("topic") else None
    session = which.get("session")
    selection = Selection(
        start=start,
        end=end,
        documents=_documents(snapshot, subject, session),
        contested=bool(which.get("contested")),
        unanimous=which.get("unanimous") or unanimous,
        absent=which.get("absent", "skip"),
        continuity=which.get("continuity", "state"),
    )
    seated = None if selection.absent == "skip" else _seated(snapshot)
    taken = ballots.choose(snapshot.votes, snapshot.seats, selection, seated)
    about = _about(subject, session, taken)
    notes = subject.missed(_of_period(snapshot, selection)) if subject else ()
    if not len(taken.rollcalls):
        raise _nothing(snapshot, selection, about, notes)
    return Choice(
        ballots=taken,
        kept=_kept(selection, about),
        continuity=selection.continuity,
        arguments=_arguments(which),
        source=sources(snapshot, taken.rollcalls["source"].to_list()),
        notes=notes,
    )


def _check(which: Filter) -> None:
    if unknown := sorted(which.keys() - Filter.__annotations__.keys()):
        known = ", ".join(Filter.__annotations__)
        raise TypeError(f"unexpected argument {unknown[0]!r}; which votes count is said by {known}")
    absent, continuity = which.get("absent", "skip"), which.get("continuity", "state")
    if absent not in ABSENCES:
        raise QueryError(f"absent {absent!r} is not one of {', '.join(ABSENCES)}")
    if continuity not in CONTINUITIES:
        raise QueryError(f"continuity {continuity!r} is not {' or '.join(CONTINUITIES)}")
    unanimous = which.get("unanimous")
    if unanimous not in (None, *UNANIMITIES):
        raise QueryError(f"unanimous {unanimous!r} is not one of {', '.join(UNANIMITIES)}")
    if unanimous == "only" and which.get("contested"):
        raise QueryError("no unanimous roll call is contested", remedy="leave out one of the two")


def period(which: Filter) -> tuple[date | None, date | None]:
    """First and last day of a filter; None where it is open.

    Raises:
        QueryError: What was given is no day, month or year, or it ends before it begins.
    """
    on = which.get("on")
    if on is not None and (which.get("start") is not None or which.get("end") is not None):
        problem: Phrase = (
            *("a day alone (", Argument("on"), ") and a period ("),
            *(Argument("start"), ", ", Argument("end"), ") exclude each other"),
        )
        raise QueryError(problem)
    first, last = (on, on) if on is not None else (which.get("start"), which.get("end"))
    start = _moment(first).earliest if first is not None else None
    end = _moment(last).latest if last is not None else None
    if start and end and end < start:
        raise QueryError(f"the period ends on {end}, before it begins on {start}")
    return start, end


def _moment(moment: Moment) -> PartialDate:
    try:
        return PartialDate.parse(str(moment))
    except RecordError as error:
        raise QueryError(
            f"{str(moment)!r} is not a day, month or year",
            remedy="write YYYY, YYYY-MM or YYYY-MM-DD",
        ) from error


def _documents(
    snapshot: Snapshot, subject: Subject | None, session: str | int | None
) -> Collection[str] | None:
    """The documents with a subject, or of a session, or both; None where neither is given."""
    about = subject.documents if subject else None
    if session is None:
        return about
    of_session = _of_session(snapshot, str(session))
    return of_session if about is None else about & of_session


def _of_session(snapshot: Snapshot, session: str) -> set[str]:
    session_of = list(labels.values(snapshot, "session"))
    documents = {document for document, name in session_of if name == session}
    if not documents:
        # the Council's sessions are years
        numbers = sorted({int(name) for _, name in session_of if name.isdigit() and len(name) < 4})
        span = f"; it has {numbers[0]} to {numbers[-1]}" if numbers else ""
        raise QueryError(f"no text of session {session!r} is in the graph{span}")
    return documents


def _seated(snapshot: Snapshot) -> dict[str, list[Interval]]:
    """State to the times at which the votes of a seat in the Assembly are its own."""
    times = voting_times(snapshot.records(Holding))
    return {state: spans for (organ, state), spans in times.items() if organ == ASSEMBLY}


def _of_period(snapshot: Snapshot, selection: Selection) -> list[str]:
    """The document of each roll call of the period, on whatever subject."""
    plain = Selection(start=selection.start, end=selection.end, unanimous=selection.unanimous)
    rollcalls = ballots.choose(snapshot.votes, {}, plain).rollcalls
    return rollcalls["document"].to_list()


def _about(subject: Subject | None, session: str | int | None, taken: Ballots) -> str:
    """The topic and the session in words; empty where neither is given."""
    words = []
    if subject:
        words.append(subject.title(taken.rollcalls["document"].to_list()))
    if session is not None:
        words.append(f"session {session}")
    return "; ".join(words)


def _kept(selection: Selection, about: str) -> str:
    """Which roll calls are taken, in words."""
    words = ["whole texts in the General Assembly", _UNANIMOUS[selection.unanimous]]
    if selection.contested:
        words.append(f"only those in which at least {CONTESTED:.0%} did not vote as most did")
    if about:
        words.append(f"on {about}")
    return ", ".join(words)


def _arguments(which: Filter) -> tuple[tuple[str, object], ...]:
    """What a filter says beyond the usual, in its order."""
    given = ((name, which.get(name)) for name in Filter.__annotations__)
    return tuple((n, value) for n, value in given if value is not None and value != _USUAL.get(n))


def _nothing(
    snapshot: Snapshot, selection: Selection, about: str, notes: tuple[str, ...]
) -> QueryError:
    everything = ballots.choose(snapshot.votes, snapshot.seats)
    if not len(everything.rollcalls):
        return QueryError("the graph holds no roll call that tells two states apart")
    days = everything.rollcalls["date"]
    words = ["no roll call"]
    if about:
        words.append(f" on {about}")
    if selection.contested:
        words.append(", contested")
    if selection.unanimous == "only":
        words.append(", unanimous")
    words.append(_when(selection.start, selection.end))
    words.append(
        f"; the record has {len(days):,} that tell states apart, from {days[0]} to {days[-1]}"
    )
    return QueryError("".join(words), remedy="; ".join(notes))


def _when(start: date | None, end: date | None) -> str:
    if start and start == end:
        return f" on {start}"
    since = f" from {start}" if start else ""
    return f"{since} to {end}" if end else since


def sources(snapshot: Snapshot, keys: Iterable[str]) -> dict[str, str]:
    """Sources of roll calls as ``kind:key``, and their titles."""
    datasets = snapshot.manifest["datasets"]
    titles = {}
    for key in sorted(set(keys)):
        name = "dataset:roll_calls" if key == CURATED else f"source:{key}"
        titles[name] = datasets.get(name.partition(":")[2], {}).get("title", key)
    return titles


def state_of(snapshot: Snapshot, choice: Choice, name: str) -> str:
    """The key of a state that took part in the ballots.

    Raises:
        UnknownNameError: The name means no state.
        QueryError: It cast no vote in them.
    """
    days = choice.ballots.rollcalls["date"]
    key = snapshot.names.meant(name, "state", on=days[-1])[1]
    if choice.continuity == "seat" and key in snapshot.seats:
        seat = snapshot.seats[key]
        key = next((s for s in choice.ballots.states if snapshot.seats.get(s) == seat), key)
    if (choice.ballots.column(key) == OUT).all():
        raise QueryError(_no_vote(snapshot, choice, key))
    return key


def _no_vote(snapshot: Snapshot, choice: Choice, key: str) -> str:
    days = choice.ballots.rollcalls["date"]
    label = labels.labels(snapshot, [key])[key]
    everything = ballots.choose(snapshot.votes, snapshot.seats, Selection(unanimous="with"))
    cast: Sequence[date] = (
        everything.rollcalls["date"].filter(everything.column(key) != OUT).to_list()
    )
    before = [day for day in cast if day < days[0]]
    after = [day for day in cast if day > days[-1]]
    near = [f"the last before is of {before[-1]}"] if before else []
    near += [f"the first after of {after[0]}"] if after else []
    if not near:
        near.append("it cast others then" if cast else "it cast none at all")
    period_ = f"from {days[0]} to {days[-1]}"
    return f"{label} ({key}) cast no vote that counts {period_}; {', '.join(near)}"
