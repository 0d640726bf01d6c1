"""What is taken in from the files a user gives: accounts, records, and all that was not understood."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from kg.errors import UnknownNameError
from kg.model.accounts import Account, NameInUse, Text
from kg.model.names import Names
from kg.model.records import Source, Sourced
from kg.sources.intake.fetch import Fetched

MOST_LISTED = 10_000
"""Most problems of one kind that are listed one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was not understood, or not taken as it stands."""

    kind: str
    """What sort of problem, such as ``unknown state``."""
    file: str
    """The name of the file."""
    line: int
    """Its line, counted from 1; 0 where the whole file is meant."""
    text: str
    """What stands there, and what was done."""


@dataclass(slots=True)
class FileRead:
    """What came out of one file."""

    file: str
    """Its name without folder."""
    layout: str
    """Its layout, in words."""
    source: str
    """Key of the source it is taken as."""
    digest: str
    """SHA-256 of its bytes."""
    row_count: int = 0
    """Rows or records read."""
    rollcall_count: int = 0
    """Roll calls among them."""
    vote_count: int = 0
    """Single votes among them, missing ones included."""
    record_count: int = 0
    """Other records made of them."""
    fetched: Fetched | None = None
    """How it came, where it was named by its address."""
    remark: str = ""
    """What was found out about the whole file, such as the order of day and month in its dates."""


@dataclass(slots=True)
class Intake:
    """All that the files say, in the order in which they were given."""

    names: Names
    """Which state a name or a code means on a day."""
    sources: dict[str, Source] = field(default_factory=dict)
    """By key, in the order in which they are believed."""
    exhaustive: dict[str, str] = field(default_factory=dict)
    """Source to its collection, of those that mean to hold every roll call of their span."""
    accounts: list[Account] = field(default_factory=list)
    """Roll calls."""
    texts: list[tuple[str, Text]] = field(default_factory=list)
    """Source and text, of texts that were adopted without a roll call."""
    records: dict[str, list[Sourced]] = field(default_factory=dict)
    """By source: alliances, memberships, officials and the like."""
    names_in_use: list[NameInUse] = field(default_factory=list)
    """Names under which states voted."""
    files: list[FileRead] = field(default_factory=list)
    """What was read from each file."""
    problems: list[Problem] = field(default_factory=list)
    """What was not understood, at most ``MOST_LISTED`` of a kind and file."""
    problem_counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By file and kind, all that was not understood."""
    seatless: Counter[str] = field(default_factory=Counter)
    """State to its votes on days on which it held no seat."""
    bundled: set[str] = field(default_factory=set)
    """Names of the files that came with the facts: what stands beside the record there is known."""
    resolver: Resolver = field(init=False)

    def __post_init__(self) -> None:
        self.resolver = Resolver(self.names)

    def add_problem(self, problem: Problem) -> None:
        """Count a problem of a file that was given, and list it while not too many of its kind are."""
        if problem.file in self.bundled:
            return
        key = problem.file, problem.kind
        self.problem_counts[key] += 1
        if self.problem_counts[key] <= MOST_LISTED:
            self.problems.append(problem)

    @property
    def given(self) -> list[FileRead]:
        """The files that did not come with the facts."""
        return [file for file in self.files if file.file not in self.bundled]

    def add_remark(self, file: str, remark: str) -> None:
        """Say something about a whole file."""
        for entry in self.files:
            if entry.file == file:
                entry.remark = remark

    def problem_count(self, file: str) -> int:
        """How much of a file was not understood."""
        return sum(count for (name, _), count in self.problem_counts.items() if name == file)

    def problem_kinds(self) -> dict[str, int]:
        """Kind of problem to how often it was met, the most frequent first."""
        kinds: Counter[str] = Counter()
        for (_, kind), count in self.problem_counts.items():
            kinds[kind] += count
        return dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))


class Resolver:
    """Which state a printed name or code means on a day; what was looked up once is remembered."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._turns: dict[str, list[date]] = {}
        self._states: dict[tuple[str, str | None, int], str] = {}

    def state(self, text: str, usage: str | None, on: date) -> str:
        """The state that a text means on a day in a usage; empty where it means none."""
        return self.span(text, usage, on)[0]

    def span(self, text: str, usage: str | None, on: date) -> tuple[str, int, int]:
        """The state, and the days (as ordinals) from which and before which the text means that."""
        if not text:
            return "", 0, date.max.toordinal() + 1
        if text not in self._turns:
            self._turns[text] = self._names.turns(text)
        turns = self._turns[text]
        at = bisect_right(turns, on)
        key = text, usage, at
        if key not in self._states:
            try:
                kind_and_key = self._names.look_up(text, "state", on=on, usage=usage)
            except UnknownNameError:  # it means more than one state
                kind_and_key = None
            self._states[key] = kind_and_key[1] if kind_and_key else ""
        since = turns[at - 1].toordinal() if at else 0
        until = turns[at].toordinal() if at < len(turns) else date.max.toordinal() + 1
        return self._states[key], since, until
