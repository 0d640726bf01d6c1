"""Claims about roll calls beside the record: counts, who voted how, results, earlier votes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pyoxigraph import DefaultGraph, NamedNode

from kg.articles.outcome import Outcome, find, get, state_name, symbol
from kg.graph.snapshot import Snapshot
from kg.model.records import Claim, RollCall
from kg.model.words import Option
from kg.rdf import iris
from kg.rdf.terms import term, thing

_SIMILAR = "withdrawal-of-forces"
"""The topic of the votes that a claim of an earlier similar vote is compared with."""
_WORDS: dict[str, str] = {
    "yes": "in favour",
    "no": "against",
    "abstain": "abstaining",
    "nonvoting": "casting no vote",
}
_UNNAMED = "who voted how is not in this record"


@dataclass(frozen=True, slots=True)
class _Division:
    """A roll call and what each state did in it."""

    roll_call: RollCall
    symbol: str
    """Of the text that was voted on."""
    votes: dict[str, Option]
    """State to what it did; empty where only totals are known."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of the roll call."""
        return self.roll_call.source

    def states(self, option: str) -> list[str]:
        """The states that did that."""
        return [state for state, vote in self.votes.items() if vote == option]

    def printed(self, option: str) -> int | None:
        """How many did that, as it was printed."""
        roll_call = self.roll_call
        return {
            "yes": roll_call.yes,
            "no": roll_call.no,
            "abstain": roll_call.abstain,
            "nonvoting": roll_call.nonvoting,
        }[option]

    def count(self, option: str) -> int:
        """How many did that, counted where single votes are known, else as printed."""
        return len(self.states(option)) if self.votes else self.printed(option) or 0

    def word(self, state: str) -> str:
        """What a state did, in words."""
        return _WORDS.get(self.votes.get(state, ""), "not a member")


@dataclass(frozen=True, slots=True)
class _SimilarVote:
    """An earlier roll call on a text that demanded the same."""

    day: date
    unchecked: bool
    """Whether its topic was not compared with the text itself."""
    roll_call: RollCall


class VoteClaims:
    """The roll calls of a graph, as far as claims are compared with them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def count(self, claim: Claim) -> Outcome:
        """Whether as many states did something as the claim says, counted and printed."""
        division, option = self._division(claim.rollcall[0]), claim.option
        printed = division.printed(option)
        shown = "no number" if printed is None else str(printed)
        if not division.votes:
            record = f"{division.symbol}: {shown} {_WORDS[option]} printed; {_UNNAMED}"
            holds = None if printed is None else str(printed) == claim.value
            return Outcome(holds, record, division.sources)
        counted = len(division.states(option))
        record = f"{division.symbol}: {counted} {_WORDS[option]}, and {shown} printed"
        numbers = {str(number) for number in (counted, printed) if number is not None}
        return Outcome(numbers == {claim.value}, record, division.sources)

    def voted(self, claim: Claim) -> Outcome:
        """Whether each state that the claim names did what it says."""
        division, option = self._division(claim.rollcall[0]), claim.option
        if not division.votes:
            return Outcome(None, f"{division.symbol}: {_UNNAMED}", division.sources)
        others = sorted(set(claim.states) - set(division.states(option)))
        if others:
            each = [f"{state_name(self._snapshot, s)}: {division.word(s)}" for s in others]
            return Outcome(False, f"{division.symbol}: {'; '.join(each)}", division.sources)
        count = len(claim.states)
        every = f"each of the {count} is" if count > 1 else "it is"
        record = f"{division.symbol}: {every} recorded {_WORDS[option]}"
        return Outcome(True, record, division.sources)

    def voted_exactly(self, claim: Claim) -> Outcome:
        """Whether the states that the claim names, and no others, did what it says."""
        division, option = self._division(claim.rollcall[0]), claim.option
        if not division.votes:
            return Outcome(None, f"{division.symbol}: {_UNNAMED}", division.sources)
        states = division.states(option)
        names = ", ".join(sorted(state_name(self._snapshot, state) for state in states))
        record = f"{division.symbol}: {len(states)} {_WORDS[option]}: {names}"
        return Outcome(set(states) == set(claim.states), record, division.sources)

    def result(self, claim: Claim) -> Outcome:
        """Whether each roll call came out as the claim says."""
        roll_calls = [get(self._snapshot, RollCall, key) for key in claim.rollcall]
        record = "; ".join(map(self._result, roll_calls))
        holds = all(roll_call.result == claim.check for roll_call in roll_calls)
        return Outcome(holds, record, tuple(key for r in roll_calls for key in r.source))

    def last_similar(self, claim: Claim) -> Outcome:
        """Whether no vote like this came between it and the one that the claim names."""
        roll_call = get(self._snapshot, RollCall, claim.rollcall[0])
        named = find(self._snapshot, RollCall, claim.value)
        if named is None:
            return Outcome(None, f"{claim.value} is no roll call of this record")
        earlier = [vote for vote in self._similar() if vote.day < roll_call.date.latest]
        later = "; ".join(
            f"{symbol(self._snapshot, vote.roll_call)} of {vote.day} demanded withdrawal too"
            f"{' (unchecked)' if vote.unchecked else ''}"
            for vote in earlier
            if vote.day > named.date.latest
        )
        checked = [vote for vote in earlier if not vote.unchecked]
        if not checked:
            return Outcome(None, later or "this record has no earlier vote like it")
        last = max(checked, key=lambda vote: vote.day).roll_call
        record = later or f"{symbol(self._snapshot, last)} was the last"
        return Outcome(last.rollcall == named.rollcall, record, last.source)

    def more_than(self, claim: Claim) -> Outcome:
        """Whether more states did something than in another roll call."""
        if find(self._snapshot, RollCall, claim.value) is None:
            return Outcome(None, f"{claim.value} is no roll call of this record")
        one, other = self._division(claim.rollcall[0]), self._division(claim.value)
        now, then = one.count(claim.option), other.count(claim.option)
        record = f"{now} {_WORDS[claim.option]} on {one.symbol}, {then} on {other.symbol}"
        return Outcome(now > then, record, (*one.sources, *other.sources))

    @cached_property
    def _rows(self) -> dict[str, int]:
        keys = self._snapshot.votes.rollcalls["rollcall"].to_list()
        return {key: row for row, key in enumerate(keys)}

    def _division(self, key: str) -> _Division:
        from kg.votes.table import CODES

        roll_call = get(self._snapshot, RollCall, key)
        options = {code: option for option, code in CODES.items()}
        table = self._snapshot.votes
        codes = table.matrix[self._rows[key]].tolist()
        votes = {
            state: options[code]
            for state, code in zip(table.states, codes, strict=True)
            if code in options
        }
        return _Division(roll_call, symbol(self._snapshot, roll_call), votes)

    def _result(self, roll_call: RollCall) -> str:
        counts = (roll_call.yes, roll_call.no, roll_call.abstain)
        shown = "-".join("" if count is None else str(count) for count in counts)
        unchecked = " (unchecked)" if roll_call.status else ""
        return f"{symbol(self._snapshot, roll_call)} {roll_call.result} {shown}{unchecked}"

    def _similar(self) -> list[_SimilarVote]:
        """Roll calls on texts that demand a withdrawal of forces, by day."""
        topic = thing("topic", _SIMILAR)
        votes = []
        for prop in ("topic", "uncheckedTopic"):
            for document in self._subjects(prop, topic):
                for key in self._subjects("document", thing("document", document), "rollcall"):
                    roll_call = get(self._snapshot, RollCall, key)
                    day, unchecked = roll_call.date.latest, prop == "uncheckedTopic"
                    votes.append(_SimilarVote(day, unchecked, roll_call))
        return sorted(votes, key=lambda vote: (vote.day, vote.roll_call.rollcall))

    def _subjects(self, prop: str, of: NamedNode, kind: str = "document") -> Iterator[str]:
        """Keys of the things of a kind that have a property with that value."""
        store = self._snapshot.store
        for quad in store.quads_for_pattern(None, term(prop), of, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                named, _, key = iris.shorten(quad.subject.value).partition(":")
                if named == kind:
                    yield key
