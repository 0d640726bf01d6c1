"""The claims of an article beside the record: agrees, differs, or cannot be checked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from kg.graph import things
from kg.graph.snapshot import Snapshot
from kg.graph.things import Thing
from kg.model.words import OPTIONS
from kg.network import links
from kg.rdf import iris
from kg.rdf.terms import VOTED

if TYPE_CHECKING:
    pass

Verdict = Literal["agrees", "differs", "cannot be checked here"]
_WORDS = {
    "yes": "in favour",
    "no": "against",
    "abstain": "abstaining",
    "nonvoting": "casting no vote",
}
_UNNAMED = "who voted how is not in this record"
_NEEDS: dict[str, tuple[str, ...]] = {
    "count": ("rollcall", "option", "value"),
    "voted": ("rollcall", "option", "state"),
    "voted-exactly": ("rollcall", "option", "state"),
    "membership-size": ("day", "value"),
    "rejected": ("rollcall",),
    "adopted": ("rollcall",),
    "last-similar": ("rollcall", "value"),
    "more-than": ("rollcall", "option", "value"),
    "allied": ("state", "day"),
    "office": ("about", "day"),
    "sponsor": ("rollcall", "state"),
}
"""What a claim must name for its check."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim and what the record says of it."""

    claim: str
    """Its key."""
    text: str
    """The claim in our own words."""
    anchor: str
    """A few words as they stand in the article."""
    verdict: Verdict
    """How it compares with the record."""
    record: str
    """What the record has, or why it cannot tell."""
    sources: tuple[str, ...]
    """Keys of the sources of what the record has."""


def judge(snapshot: Snapshot, article: str) -> tuple[Judged, ...]:
    """Every claim of an article beside the record, in the article's order."""
    bench = _Bench(snapshot)
    return tuple(
        bench.judge(claim)
        for claim in things.of(snapshot.store, "Claim")
        if claim.one("article") == f"article:{article}"
    )


class _Bench:
    """The record, as far as claims are compared with it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._checks: dict[str, Callable[[Thing], tuple[bool | None, str, tuple[str, ...]]]] = {
            "count": self._count,
            "voted": self._voted,
            "voted-exactly": self._voted_exactly,
            "membership-size": self._membership_size,
            "rejected": self._result,
            "adopted": self._result,
            "last-similar": self._last_similar,
            "more-than": self._more_than,
            "allied": self._allied,
            "office": self._office,
            "sponsor": self._sponsor,
            "none": lambda claim: (None, claim.one("reason"), ()),
        }

    def judge(self, claim: Thing) -> Judged:
        check = claim.one("check")
        if missing := [name for name in _NEEDS.get(check, ()) if not claim.all(name)]:
            lacking = f"the claim names no {' and no '.join(missing)}, which its check needs"
            return self._judged(claim, None, lacking, ())
        return self._judged(claim, *self._checks[check](claim))

    def _judged(
        self, claim: Thing, holds: bool | None, record: str, sources: tuple[str, ...]
    ) -> Judged:
        verdict: Verdict = "cannot be checked here"
        if holds is not None:
            verdict = "agrees" if holds else "differs"
        return Judged(
            claim.key,
            claim.one("text"),
            claim.one("quote"),
            verdict,
            record,
            tuple(dict.fromkeys(sources)),
        )

    def _thing(self, name: str) -> Thing:
        return things.get(self._snapshot.store, iris.expand(name))

    def _roll(self, name: str) -> Thing | None:
        rolls = things.of(self._snapshot.store, "RollCall")
        return next((roll for roll in rolls if roll.id == name), None)

    def _name(self, name: str) -> str:
        return self._thing(name).label

    def _symbol(self, roll: Thing) -> str:
        return self._thing(roll.one("document")).one("symbol")

    def _cast(self, roll: Thing, option: str) -> set[str]:
        return set(roll.all(VOTED[_option(option)]))

    def _count(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        roll, option = self._thing(claim.one("rollcall")), _bare(claim.one("option"))
        symbol, printed = self._symbol(roll), roll.one(f"{option}Count")
        if self._totals_only(roll):
            told = f"{symbol}: {printed or 'no number'} {_WORDS[option]} printed; {_UNNAMED}"
            return printed == claim.one("value") if printed else None, told, roll.sources
        counted = len(self._cast(roll, option))
        told = f"{symbol}: {counted} {_WORDS[option]}, and {printed or 'no number'} printed"
        numbers = {str(counted), *filter(None, (printed,))}
        return numbers == {claim.one("value")}, told, roll.sources

    def _voted(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        roll, option = self._thing(claim.one("rollcall")), _bare(claim.one("option"))
        if self._totals_only(roll):
            return None, f"{self._symbol(roll)}: {_UNNAMED}", roll.sources
        others = set(claim.all("state")) - self._cast(roll, option)
        if others:
            told = "; ".join(f"{self._name(s)}: {self._option(roll, s)}" for s in sorted(others))
            return False, f"{self._symbol(roll)}: {told}", roll.sources
        count = len(claim.all("state"))
        every = f"each of the {count} is" if count > 1 else "it is"
        return True, f"{self._symbol(roll)}: {every} recorded {_WORDS[option]}", roll.sources

    def _voted_exactly(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        roll, option = self._thing(claim.one("rollcall")), _bare(claim.one("option"))
        if self._totals_only(roll):
            return None, f"{self._symbol(roll)}: {_UNNAMED}", roll.sources
        cast = self._cast(roll, option)
        names = ", ".join(sorted(map(self._name, cast)))
        told = f"{self._symbol(roll)}: {len(cast)} {_WORDS[option]}: {names}"
        return cast == set(claim.all("state")), told, roll.sources

    def _membership_size(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        on = date.fromisoformat(claim.one("day"))
        held = [
            record
            for record in things.of(self._snapshot.store, "Holding")
            if record.one("role") == "role:member"
            and record.one("organisation") == "organisation:UNGA"
            and record.holds(on)
        ]
        sources = tuple(sorted({s for record in held for s in record.sources}))
        told = f"{len(held)} states held a seat in the General Assembly on {on}"
        return str(len(held)) == claim.one("value"), told, sources

    def _result(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        rolls = [self._thing(name) for name in claim.all("rollcall")]
        told = "; ".join(
            f"{self._symbol(r)} {_bare(r.one('result'))} {r.one('yesCount')}-{r.one('noCount')}-"
            f"{r.one('abstainCount')}{' (unchecked)' if r.unchecked else ''}"
            for r in rolls
        )
        wanted = f"result:{claim.one('check')}"
        sources = tuple(s for r in rolls for s in r.sources)
        return all(r.one("result") == wanted for r in rolls), told, sources

    def _last_similar(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        roll = self._thing(claim.one("rollcall"))
        similar = [
            (other.one("day"), doubt, other)
            for other in things.of(self._snapshot.store, "RollCall")
            for doubt in (False, True)
            if other.one("day") < roll.one("day") and self._demands_withdrawal(other, doubt)
        ]
        sure = [entry for entry in similar if not entry[1]]
        claimed = f"rollcall:{claim.one('value')}"
        if not self._roll(claimed):
            return None, f"{claim.one('value')} is no roll call of this record", ()
        later = [e for e in similar if e[0] > self._thing(claimed).one("day")]
        told = "; ".join(
            f"{self._symbol(other)} of {day} demanded withdrawal too{' (unchecked)' if doubt else ''}"
            for day, doubt, other in sorted(later, key=lambda e: e[0])
        )
        if not sure:
            return None, told or "this record has no earlier vote like it", ()
        last = max(sure, key=lambda e: e[0])[2]
        return last.id == claimed, told or f"{self._symbol(last)} was the last", last.sources

    def _demands_withdrawal(self, roll: Thing, doubt: bool) -> bool:
        document = self._thing(roll.one("document"))
        return "topic:withdrawal-of-forces" in document.all("uncheckedTopic" if doubt else "topic")

    def _more_than(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        option = _bare(claim.one("option"))
        roll = self._thing(claim.one("rollcall"))
        other = self._roll(f"rollcall:{claim.one('value')}")
        if other is None:
            return None, f"{claim.one('value')} is no roll call of this record", ()
        now, then = self._total(roll, option), self._total(other, option)
        word = _WORDS[option]
        told = f"{now} {word} on {self._symbol(roll)}, {then} on {self._symbol(other)}"
        return now > then, told, (*roll.sources, *other.sources)

    def _allied(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        on = date.fromisoformat(claim.one("day"))
        wanted = set(claim.all("state"))
        bound: dict[str, list[links.Link]] = {}
        for link in links.memberships(self._snapshot, on):
            if "defence" in link.obligations and link.a in wanted:
                bound.setdefault(link.b, []).append(link)
        both = {org: found for org, found in bound.items() if {x.a for x in found} == wanted}
        if not both:
            return False, f"no treaty of defence in this record bound them on {on}", ()
        told = f"bound to defend each other on {on} by: {', '.join(sorted(map(self._name, both)))}"
        return True, told, tuple(s for found in both.values() for x in found for s in x.sources)

    def _office(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        named = claim.all("about")
        person = next((name for name in named if name.startswith("official:")), "")
        held = next((name for name in named if name.startswith("tenure:")), "")
        if not person or not held:
            return None, "the claim names no official and no tenure, which its check needs", ()
        tenure = self._thing(held)
        on = date.fromisoformat(claim.one("day"))
        since = tenure.one("start") or "an unknown day"
        until = f" until {tenure.one('end')}" if tenure.one("end") else ""
        doubt = " (unchecked)" if tenure.unchecked else ""
        post = self._name(tenure.one("post"))
        told = f"{self._name(person)} was {post} from {since}{until}{doubt}"
        return tenure.one("official") == person and tenure.holds(on), told, tenure.sources

    def _sponsor(self, claim: Thing) -> tuple[bool | None, str, tuple[str, ...]]:
        holds, told, sources = True, [], []
        for roll in map(self._thing, claim.all("rollcall")):
            document = roll.one("document")
            texts = {document, *self._thing(document).all("adopts")}
            records = [
                r
                for r in things.of(self._snapshot.store, "Sponsorship")
                if r.one("document") in texts
            ]
            sponsors = {r.one("state") for r in records}
            names = ", ".join(sorted(map(self._name, sponsors))) or "none"
            told.append(f"sponsors of {self._symbol(roll)} in this record: {names}")
            sources += [s for r in records for s in r.sources]
            holds = holds and set(claim.all("state")) <= sponsors
        return holds, "; ".join(told), tuple(sources)

    def _totals_only(self, roll: Thing) -> bool:
        return not any(self._cast(roll, option) for option in OPTIONS)

    def _total(self, roll: Thing, option: str) -> int:
        if self._totals_only(roll):
            return int(roll.one(f"{option}Count") or 0)
        return len(self._cast(roll, option))

    def _option(self, roll: Thing, state: str) -> str:
        found: Iterator[str] = (o for o in OPTIONS if state in self._cast(roll, o))
        return _WORDS.get(next(found, ""), "not a member")


def _bare(name: str) -> str:
    return name.partition(":")[2]


def _option(word: str) -> Literal["yes", "no", "abstain", "nonvoting"]:
    return next(option for option in OPTIONS if option == word)
