"""Who voted: printed names and codes to states on the day, remembered, with the names in use noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.model.accounts import Account, Usage
from kg.model.words import Option
from kg.sources.intake.intake import Intake
from kg.sources.intake.stream import Part
from kg.votes.table import CODES, UNKNOWN


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
    """The printed names, codes and votes of one file.

    A name goes before its code, since it is what was printed for the day; where the two mean different
    states that is told.

    Args:
        intake: Where to tell what is not understood.
        part: The file.
        source: The key of its source.
        printed: What is printed for a vote to what it says.
        names: Whose usage its names are, None for anyone's.
        codes: Whose usage its codes are.
        fold: Whether a vote in small letters is read too, and told.
    """

    def __init__(
        self,
        intake: Intake,
        part: Part,
        source: str,
        printed: Mapping[str, Option],
        *,
        names: str | None,
        codes: str,
        fold: bool = False,
    ) -> None:
        self._intake, self._part, self._source = intake, part, source
        self._names, self._codes, self._fold = names, codes, fold
        self._printed = {text: CODES[option] for text, option in printed.items()}
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

    def enter(
        self, account: Account, on: date, name: str, code: str, printed: str, line: int
    ) -> tuple[Voter, int] | None:
        """Enter a vote in an account.

        Args:
            account: The account.
            on: The day that the name and the code are of.
            name: The printed name, empty where there is none.
            code: The printed code.
            printed: What is printed for the vote.
            line: Where it stands.

        Returns:
            Who voted and the code of the vote, where nothing about it had to be told.
        """
        voter = self.meet(name, code, on, line)
        if not voter.state:
            who = repr(name) + f" (code {code!r})" * bool(code)
            told = f"{account.key}: {who} voted {printed!r}; left out"
            self._intake.tell("unknown state", self._part, line, told)
            return None
        vote = self._printed.get(printed)
        regular = vote is not None and voter.state not in account.ballots
        if vote is None:
            vote = self._otherwise(printed, f"{account.key}: {name or code} {printed!r}", line)
        if voter.state in account.ballots:
            vote = self._again(account.ballots[voter.state], vote, voter.state, account, line)
        account.ballots[voter.state] = vote
        voter.count += 1
        voter.met(on)
        return (voter, vote) if regular else None

    def _otherwise(self, printed: str, said: str, line: int) -> int:
        """The code of a vote that is not printed as votes are in this file."""
        upper = printed.strip().upper()
        if self._fold and upper in self._printed:
            told = f"{said}, read as {upper}"
            self._intake.tell("vote spelled otherwise", self._part, line, told)
            return self._printed[upper]
        self._intake.tell("unknown vote", self._part, line, f"{said}; kept as not known")
        return UNKNOWN

    def _again(self, before: int, vote: int, state: str, account: Account, line: int) -> int:
        """The code of the vote of a state that has one already."""
        twice = f"{account.key}: {state} stands twice"
        if before == vote:
            self._intake.tell("repeated vote", self._part, line, f"{twice}, the same both times")
            return vote
        self._intake.tell("two votes", self._part, line, f"{twice} and differs; kept as not known")
        return UNKNOWN

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
