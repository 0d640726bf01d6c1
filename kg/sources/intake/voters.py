"""Who voted: printed names and codes to states on the day, remembered, with the names in use noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.model.accounts import Account, NameInUse
from kg.model.ballots import NO_BALLOT, place_of
from kg.model.words import Option
from kg.sources.intake.cells import undecimal
from kg.sources.intake.place import Place
from kg.votes.table import CODES, UNKNOWN


class Voter:
    """One printed name and code, and the state that it means between two days."""

    __slots__ = ("count", "first", "last", "place", "since", "state", "until")

    def __init__(self, state: str, on: date, since: int, until: int) -> None:
        self.state, self.first, self.last, self.count = state, on, on, 0
        self.place = place_of(state) if state else -1
        self.since, self.until = since, until

    def voted(self, on: date) -> None:
        """Note a vote on a day."""
        if on > self.last:
            self.last = on
        elif on < self.first:
            self.first = on


class Voters:
    """The printed names, codes and votes of one file.

    A name goes before its code, since it is what was printed for the day; where the two mean different
    states that is noted.

    Args:
        place: The file, and where to note what is not understood.
        printed: What is printed for a vote to the option it stands for.
        names: Whose usage its names are, None for anyone's.
        codes: Whose usage its codes are.
        fold: Whether a vote in small letters is read too, and noted.
    """

    def __init__(
        self,
        place: Place,
        printed: Mapping[str, Option],
        *,
        names: str | None,
        codes: str,
        fold: bool = False,
    ) -> None:
        self._place = place
        self._names, self._codes, self._fold = names, codes, fold
        self._printed = {text: CODES[option] for text, option in printed.items()}
        self._now: dict[tuple[str, str], Voter] = {}
        self._all: list[tuple[str, str, Voter]] = []

    def voter_for(self, name: str, code: str, day: date, line: int) -> Voter:
        """Who a name and a code mean on a day."""
        voter = self._now.get((name, code))
        if voter is None or not voter.since <= day.toordinal() < voter.until:
            voter = self._now[name, code] = self._new_voter(name, code, day, line)
            self._all.append((name, code, voter))
        return voter

    def _new_voter(self, name: str, code: str, day: date, line: int) -> Voter:
        span, note = self._place.intake.resolver.span, self._place.note_problem
        by_name, name_since, name_until = span(undecimal(name.strip()), self._names, day)
        by_code, code_since, code_until = span(undecimal(code.strip()), self._codes, day)
        printed = f"{name!r} with code {code!r}" if name and code else repr(name or code)
        if by_name and by_code and by_name != by_code:
            both = f"{name!r} means {by_name}, code {code!r} means {by_code}"
            note("name and code differ", line, f"on {day} {both}; taken by name")
        elif by_name and not by_code and code.strip():
            note("unknown code", line, f"{printed} on {day}; taken by name, {by_name}")
        elif by_code and not by_name and name.strip():
            note("unknown name", line, f"{printed} on {day}; taken by code, {by_code}")
        since, until = max(name_since, code_since), min(name_until, code_until)
        return Voter(by_name or by_code, day, since, until)

    def add_vote(
        self, account: Account, on: date, name: str, code: str, printed: str, line: int
    ) -> tuple[Voter, int] | None:
        """Add a vote to an account.

        Args:
            account: The account.
            on: The day that the name and the code are of.
            name: The printed name, empty where there is none.
            code: The printed code.
            printed: What is printed for the vote.
            line: Where it stands.

        Returns:
            Who voted and the code of the vote, where nothing about it had to be noted.
        """
        voter = self.voter_for(name, code, on, line)
        if not voter.state:
            who = f"{name!r} (code {code!r})" if code else repr(name)
            text = f"{account.key}: {who} voted {printed!r}; left out"
            self._place.note_problem("unknown state", line, text)
            return None
        vote = self._printed.get(printed)
        ballots = account.ballots
        ballots.reach(voter.place)
        is_first = ballots.codes[voter.place] == NO_BALLOT
        regular = vote is not None and is_first
        if vote is None:
            vote = self._irregular(printed, f"{account.key}: {name or code} {printed!r}", line)
        if not is_first:
            vote = self._second_vote(account, voter.state, vote, line)
        ballots.codes[voter.place] = vote
        voter.count += 1
        voter.voted(on)
        return (voter, vote) if regular else None

    def _irregular(self, printed: str, where: str, line: int) -> int:
        """The code of a vote that is not printed as votes are in this file."""
        upper = printed.strip().upper()
        if self._fold and upper in self._printed:
            text = f"{where}, read as {upper}"
            self._place.note_problem("vote spelled otherwise", line, text)
            return self._printed[upper]
        self._place.note_problem("unknown vote", line, f"{where}; kept as not known")
        return UNKNOWN

    def _second_vote(self, account: Account, state: str, vote: int, line: int) -> int:
        """The code of the vote of a state that has one already."""
        twice = f"{account.key}: {state} stands twice"
        if account.ballots[state] == vote:
            self._place.note_problem("repeated vote", line, f"{twice}, the same both times")
            return vote
        self._place.note_problem("two votes", line, f"{twice} and differs; kept as not known")
        return UNKNOWN

    def close(self) -> None:
        """Note under which names the states voted."""
        names: dict[tuple[str, str], NameInUse] = {}
        for name, code, voter in self._all:
            if not voter.state or not voter.count:
                continue
            text = name.strip() or code.strip()
            one = names.setdefault(
                (text, voter.state),
                NameInUse(self._place.source, text, voter.state, voter.first, voter.last, 0),
            )
            one.first, one.last = min(one.first, voter.first), max(one.last, voter.last)
            one.count += voter.count
        self._place.intake.names_in_use += [names[key] for key in sorted(names)]
