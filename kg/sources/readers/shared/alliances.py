"""Alliances as tables count them: members by state numbers, their stays and what they owe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.model.words import Obligation
from kg.sources.intake.cells import MISSING, whole
from kg.sources.intake.place import Place

OBLIGATION_OF: dict[str, Obligation] = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "neutrality": "neutrality",
    "nonagg": "nonaggression",
    "nonaggression": "nonaggression",
    "consul": "consultation",
    "entente": "consultation",
}
"""Column to the obligation that a 1 in it stands for; an entente binds to consult."""


def outside(last: PartialDate | None) -> PartialDate | None:
    """The first day outside of what was inside to the last; a month or year stays as inexact as it is."""
    if last is None or not last.day:
        return last
    try:
        return PartialDate.parse((last.earliest + timedelta(days=1)).isoformat())
    except OverflowError as error:
        raise RecordError(f"no day follows {last}") from error


def obligations(
    place: Place, line: int, row: Mapping[str, str], columns: Iterable[str]
) -> tuple[Obligation, ...]:
    """The obligations in a row; what is neither 0 nor 1 is noted, unless all of it is missing."""
    cells = {column: whole(row[column]) or row[column] for column in columns}
    odd = {column: cell for column, cell in cells.items() if cell not in ("0", "1")}
    if odd and not all(cell in MISSING for cell in cells.values()):
        text = ", ".join(f"{column} {cell!r}" for column, cell in odd.items())
        place.note_problem("obligation not read", line, f"{text}; taken as not owed")
    return tuple(OBLIGATION_OF[column] for column, cell in cells.items() if cell == "1")


@dataclass(slots=True)
class StateNumbers:
    """Which states the numbers of a table mean in time; what they do not mean is noted."""

    place: Place
    usage: str
    """Whose numbers, such as ``cow``."""
    _turns: dict[str, set[date]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.place.intake.names.entries:
            if entry.kind == "state" and entry.usage in ("cow", self.usage):
                ends = {day for day in (entry.start, entry.end) if day}
                self._turns.setdefault(entry.text, set()).update(ends)

    def pieces(self, number: str, first: date, last: date) -> list[tuple[date, str]]:
        """The states that a number means from the first to the last day, each with its own first day."""
        if not number.isdecimal():
            return []
        turns = sorted(day for day in self._turns.get(number, ()) if first < day <= last)
        states: list[tuple[date, str]] = []
        for day in (first, *turns):
            state = self.place.intake.resolver.state(number, self.usage, day)
            if state and (not states or states[-1][1] != state):
                states.append((day, state))
        return states

    def state_for(self, number: str, first: date, last: date, line: int) -> tuple[str, str]:
        """The state at the start, else the first there was, and a remark where it changed; or empty."""
        states = self.pieces(number, first, last)
        if not states:
            text = f"number {number!r} means none on {first}; its membership is left out"
            self.place.note_problem("unknown state", line, text)
            return "", ""
        if len(states) == 1:
            return states[0][1], ""
        later = ", ".join(f"{state} from {day}" for day, state in states[1:])
        note = f"The number {number} means {states[0][1]}, and {later}."
        self.place.note_problem("state changed", line, f"{note} {states[0][1]} is taken")
        return states[0][1], note


@dataclass(slots=True, kw_only=True)
class MemberStay:
    """What one row says of one member of an alliance."""

    line: int
    number: str
    start: PartialDate | None
    last: PartialDate | None
    """The last day inside, None while it lasts."""
    obligations: tuple[Obligation, ...] | None = None
    """None where the row does not say."""
    note: str = ""

    def days(self) -> tuple[date, date]:
        """A day at the start, and the last."""
        last = self.last.earliest if self.last else date.max
        first = self.start.latest if self.start else last
        return first, max(first, last)


@dataclass(slots=True, kw_only=True)
class ListedAlliance:
    """What a file says of one alliance, put together from its rows."""

    key: str
    name: str
    line: int
    start: PartialDate | None = None
    last: PartialDate | None = None
    in_force: bool = True
    """Whether the dates are those of the treaty."""
    obligations: set[Obligation] = field(default_factory=set)
    note: str = ""
    stays: list[MemberStay] = field(default_factory=list)

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

    def add_records(self, states: StateNumbers) -> None:
        """Make records of it: organisation, treaty and memberships."""
        place = states.place
        in_order = dict.fromkeys(OBLIGATION_OF.values())
        owed = tuple(one for one in in_order if one in self.obligations)
        try:
            end = outside(self.last)
        except RecordError as error:
            text = f"{self.key}: {error}; taken as not known"
            place.note_problem("date not read", self.line, text)
            end = None
        added = place.add_record(
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
        if not added:
            return
        place.add_record(
            self.line,
            records.Treaty,
            treaty=self.key,
            title=self.name,
            obligations=owed,
            in_force=self.start if self.in_force else None,
            end=end if self.in_force else None,
        )
        for stays in _joined(self.stays):
            self._add_membership(stays, owed, states)

    def _add_membership(
        self, stays: list[MemberStay], owed: tuple[Obligation, ...], states: StateNumbers
    ) -> None:
        place, one = states.place, stays[0]
        lasts = [stay.last for stay in stays if stay.last]
        last = max(lasts, key=lambda d: d.latest) if len(lasts) == len(stays) else None
        whole_stay = MemberStay(line=one.line, number=one.number, start=one.start, last=last)
        state, changed = states.state_for(one.number, *whole_stay.days(), one.line)
        if not state:
            return
        notes = [*(stay.note for stay in stays), _differing(stays, owed), changed]
        try:
            end = outside(last)
        except RecordError as error:
            place.note_problem("date not read", one.line, f"{self.key}: {error}; left out")
            return
        place.add_record(
            one.line,
            records.Membership,
            organisation=self.key,
            state=state,
            role="member",
            start=one.start,
            end=end,
            note=" ".join(dict.fromkeys(filter(None, notes))),
        )


def _joined(stays: list[MemberStay]) -> list[list[MemberStay]]:
    """The rows of each member, those that adjoin or overlap together, in the order of the file."""
    members: dict[str, list[list[MemberStay]]] = {}
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


def _differing(stays: list[MemberStay], owed: tuple[Obligation, ...]) -> str:
    """In what a member's obligations differ from those of the alliance as a whole; else empty."""
    stated = [(stay, stay.obligations) for stay in stays if stay.obligations is not None]
    if all(set(own) == set(owed) for _, own in stated):
        return ""
    each = [", ".join(own) or "nothing" for _, own in stated]
    if len(set(each)) == 1:
        return f"Owes {each[0]}; all members together owe {', '.join(owed)}."
    steps = [
        f"from {stay.start}: {text}"
        for (stay, _), text, before in zip(stated, each, ["", *each], strict=False)
        if text != before
    ]
    return f"Owes {'; '.join(dict.fromkeys(steps))}."
