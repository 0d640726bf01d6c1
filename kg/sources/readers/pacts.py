"""Alliances as tables count them: members by state numbers, their stays and what they owe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.model.words import Obligation
from kg.sources.intake.cells import MISSING, Table, whole

OWED: dict[str, Obligation] = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "neutrality": "neutrality",
    "nonagg": "nonaggression",
    "nonaggression": "nonaggression",
    "consul": "consultation",
    "entente": "consultation",
}
"""Column to the obligation that a 1 in it says; an entente binds to consult."""


def outside(last: PartialDate | None) -> PartialDate | None:
    """The first day outside of what was inside to the last; a month or year stays as inexact as it is."""
    if last is None or not last.day:
        return last
    try:
        return PartialDate.parse((last.earliest + timedelta(days=1)).isoformat())
    except OverflowError as error:
        raise RecordError(f"no day follows {last}") from error


def owed(
    csv: Table, line: int, row: Mapping[str, str], columns: Iterable[str]
) -> tuple[Obligation, ...]:
    """The obligations that a row says; what is neither 0 nor 1 is told, unless all of it is missing."""
    found = {column: whole(row[column]) or row[column] for column in columns}
    odd = {column: cell for column, cell in found.items() if cell not in ("0", "1")}
    if odd and not all(cell in MISSING for cell in found.values()):
        told = ", ".join(f"{column} {cell!r}" for column, cell in odd.items())
        csv.tell("obligation not read", line, f"{told}; taken as not owed")
    return tuple(OWED[column] for column, cell in found.items() if cell == "1")


@dataclass(slots=True)
class States:
    """Which states the numbers mean in time; what they do not mean is told."""

    csv: Table
    system: str
    _turns: dict[str, set[date]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.csv.intake.names.entries:
            if entry.kind == "state" and entry.system in ("cow", self.system):
                ends = {day for day in (entry.start, entry.end) if day}
                self._turns.setdefault(entry.text, set()).update(ends)

    def pieces(self, number: str, first: date, last: date) -> list[tuple[date, str]]:
        """The states that a number means from the first to the last day, each with its own first day."""
        if not number.isdecimal():
            return []
        turns = sorted(day for day in self._turns.get(number, ()) if first < day <= last)
        found: list[tuple[date, str]] = []
        for day in (first, *turns):
            state = self.csv.intake.resolver.find(number, self.system, day)
            if state and (not found or found[-1][1] != state):
                found.append((day, state))
        return found

    def meet(self, number: str, first: date, last: date, line: int) -> tuple[str, str]:
        """The state at the start, else the first there was, and a remark where it changed; or empty."""
        found = self.pieces(number, first, last)
        if not found:
            told = f"number {number!r} means none on {first}; its membership is left out"
            self.csv.tell("unknown state", line, told)
            return "", ""
        if len(found) == 1:
            return found[0][1], ""
        later = ", ".join(f"{state} from {day}" for day, state in found[1:])
        note = f"The number {number} means {found[0][1]}, and {later}."
        self.csv.tell("state changed", line, f"{note} {found[0][1]} is taken")
        return found[0][1], note


@dataclass(slots=True, kw_only=True)
class Stay:
    """What one row says of one member of an alliance."""

    line: int
    number: str
    start: PartialDate | None
    last: PartialDate | None
    """The last day inside, None while it lasts."""
    owes: tuple[Obligation, ...] | None = None
    """None where the row does not say."""
    note: str = ""

    def days(self) -> tuple[date, date]:
        """A day at the start, and the last."""
        last = self.last.earliest if self.last else date.max
        first = self.start.latest if self.start else last
        return first, max(first, last)


@dataclass(slots=True, kw_only=True)
class Alliance:
    """What a file says of one alliance, put together from its rows."""

    key: str
    name: str
    line: int
    start: PartialDate | None = None
    last: PartialDate | None = None
    in_force: bool = True
    """Whether the dates are those of the treaty."""
    owes: set[Obligation] = field(default_factory=set)
    note: str = ""
    stays: list[Stay] = field(default_factory=list)

    def span(self) -> None:
        """Take the dates of the first entry and the last exit, where the file has none of its own."""
        starts = [stay.start for stay in self.stays if stay.start]
        lasts = [stay.last for stay in self.stays if stay.last]
        self.start = (
            min(starts, key=lambda d: d.earliest) if len(starts) == len(self.stays) else None
        )
        self.last = max(lasts, key=lambda d: d.latest) if len(lasts) == len(self.stays) else None
        self.in_force = False
        self.note = "Dated by the first entry and the last exit of a member."

    def write(self, states: States) -> None:
        """Make records of it: organisation, treaty and memberships."""
        csv = states.csv
        owes = tuple(o for o in dict.fromkeys(OWED.values()) if o in self.owes)
        try:
            end = outside(self.last)
        except RecordError as error:
            csv.tell("date not read", self.line, f"{self.key}: {error}; taken as not known")
            end = None
        made = csv.put(
            self.line,
            records.Organisation,
            organisation=self.key,
            name=self.name,
            kind="alliance",
            treaties=(self.key,),
            start=self.start,
            end=end,
            note=self.note,
        )
        if not made:
            return
        csv.put(
            self.line,
            records.Treaty,
            treaty=self.key,
            title=self.name,
            obligations=owes,
            in_force=self.start if self.in_force else None,
            end=end if self.in_force else None,
        )
        for stays in _joined(self.stays):
            self._member(stays, owes, states)

    def _member(self, stays: list[Stay], owes: tuple[Obligation, ...], states: States) -> None:
        csv, one = states.csv, stays[0]
        lasts = [stay.last for stay in stays if stay.last]
        last = max(lasts, key=lambda d: d.latest) if len(lasts) == len(stays) else None
        whole_stay = Stay(line=one.line, number=one.number, start=one.start, last=last)
        state, changed = states.meet(one.number, *whole_stay.days(), one.line)
        if not state:
            return
        notes = [*(stay.note for stay in stays), _differing(stays, owes), changed]
        try:
            end = outside(last)
        except RecordError as error:
            csv.tell("date not read", one.line, f"{self.key}: {error}; left out")
            return
        csv.put(
            one.line,
            records.Membership,
            organisation=self.key,
            state=state,
            role="member",
            start=one.start,
            end=end,
            note=" ".join(dict.fromkeys(filter(None, notes))),
        )


def _joined(stays: list[Stay]) -> list[list[Stay]]:
    """The rows of each member, those that adjoin or overlap together, in the order of the file."""
    members: dict[str, list[list[Stay]]] = {}
    for stay in sorted(stays, key=lambda s: s.start.earliest if s.start else date.min):
        runs = members.setdefault(stay.number, [])
        before = [run.last.latest if run.last else date.max for run in runs[-1]] if runs else []
        if before and (
            stay.start is None
            or max(before) == date.max
            or stay.start.earliest <= max(before) + timedelta(days=1)
        ):
            runs[-1].append(stay)
        else:
            runs.append([stay])
    order = dict.fromkeys(stay.number for stay in stays)
    return [run for number in order for run in members[number]]


def _differing(stays: list[Stay], owes: tuple[Obligation, ...]) -> str:
    """In what a member's obligations differ from those of the alliance as a whole; else empty."""
    told = [(stay, stay.owes) for stay in stays if stay.owes is not None]
    each = [", ".join(owed) or "nothing" for _, owed in told]
    if all(set(owed) == set(owes) for _, owed in told):
        return ""
    if len(set(each)) == 1:
        return f"Owes {each[0]}; all members together owe {', '.join(owes)}."
    steps = [
        f"from {stay.start}: {text}"
        for (stay, _), text, before in zip(told, each, ["", *each], strict=False)
        if text != before
    ]
    return f"Owes {'; '.join(dict.fromkeys(steps))}."
