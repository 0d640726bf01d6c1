"""Who voted: printed names and codes to states on the day, remembered, with the names in use noted."""

from __future__ import annotations

from datetime import date

from kg.accounts import Usage
from kg.sources.intake import Intake
from kg.sources.stream import Part


class Voter:
    """One printed name and code, and the state that it means between two days."""

    __slots__ = ("count", "first", "last", "since", "state", "until")

    def __init__(self, state: str, on: date, since: int, until: int) -> None:
        self.state, self.first, self.last, self.count = state, on, on, 0
        self.since, self.until = since, until

    def met(self, on: date) -> None:
        """Note a vote on a day."""
        if on > self.last:
            self.last = on
        elif on < self.first:
            self.first = on


class Voters:
    """The printed names and codes of one file.

    A name goes before its code, since it is what was printed for the day; where the two mean different
    states that is told.
    """

    def __init__(
        self, intake: Intake, part: Part, source: str, names: str | None, codes: str
    ) -> None:
        self._intake, self._part, self._source = intake, part, source
        self._names, self._codes = names, codes
        self._now: dict[tuple[str, str], Voter] = {}
        self._all: list[tuple[str, str, Voter]] = []

    def meet(self, name: str, code: str, day: date, line: int) -> Voter:
        """Who a name and a code mean on a day."""
        voter = self._now.get((name, code))
        if voter is None or not voter.since <= day.toordinal() < voter.until:
            voter = self._now[name, code] = self._met(name, code, day, line)
            self._all.append((name, code, voter))
        return voter

    def _met(self, name: str, code: str, day: date, line: int) -> Voter:
        span = self._intake.resolver.span
        by_name, *named = span(name.strip(), self._names, day)
        by_code, *coded = span(code.strip(), self._codes, day)
        told = f"{name!r} with code {code!r}" if name and code else repr(name or code)
        if by_name and by_code and by_name != by_code:
            self._intake.tell(
                "name and code differ",
                self._part,
                line,
                f"on {day} {name!r} means {by_name}, code {code!r} means {by_code}; taken by name",
            )
        elif by_name and not by_code and code.strip():
            self._intake.tell(
                "unknown code", self._part, line, f"{told} on {day}; taken by name, {by_name}"
            )
        elif by_code and not by_name and name.strip():
            self._intake.tell(
                "unknown name", self._part, line, f"{told} on {day}; taken by code, {by_code}"
            )
        return Voter(by_name or by_code, day, max(named[0], coded[0]), min(named[1], coded[1]))

    def unknown(self, rollcall: str, name: str, code: str, vote: str, line: int) -> None:
        """Tell a vote of one that is no known state."""
        who = repr(name) + f" (code {code!r})" * bool(code)
        self._intake.tell(
            "unknown state", self._part, line, f"{rollcall}: {who} voted {vote!r}; left out"
        )

    def close(self) -> None:
        """Note under which names the states voted."""
        found: dict[tuple[str, str], Usage] = {}
        for name, code, voter in self._all:
            if not voter.state or not voter.count:
                continue
            text = name.strip() or code.strip()
            usage = found.setdefault(
                (text, voter.state),
                Usage(self._source, text, voter.state, voter.first, voter.last, 0),
            )
            usage.first, usage.last = min(usage.first, voter.first), max(usage.last, voter.last)
            usage.count += voter.count
        self._intake.usages += [found[key] for key in sorted(found)]
