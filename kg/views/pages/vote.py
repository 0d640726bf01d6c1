"""The page of one roll call: states by what they did, and by the groups they belonged to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Literal

from kg.errors import RecordError
from kg.graph.snapshot import Snapshot
from kg.model.records import Document, RollCall, State
from kg.model.words import OPTIONS, Continuity, Option
from kg.network import links
from kg.views import elements
from kg.views.page import (
    EVERY_SCRIPT,
    PageFiles,
    SourceRef,
    Status,
    check_days,
    check_present,
    check_unique,
)

_REGIONS = "Regional groups"
_LEAST = 3
"""Fewest voters for an organisation to be offered as a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The printed result of a roll call."""

    yes: int
    """In favour."""
    no: int
    """Against."""
    abstain: int
    """Abstentions."""
    nonvoting: int | None = None
    """Members that cast no vote, or None where it was not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateVote:
    """What one state did."""

    state: str
    """Its key, such as ``BLR``."""
    name: str
    """Its name on that day."""
    option: Option
    """``nonvoting`` does not tell absence from silence."""
    groups: tuple[str, ...] = ()
    """Keys of the groups it belonged to on that day."""
    earlier: Option | Literal[""] = ""
    """What it did in the roll call to compare with; empty where that is not known."""
    codes: tuple[str, ...] = ()
    """Other texts to find it by."""
    sources: tuple[str, ...] = ()
    """Keys of its own sources, where they are not those of the page."""
    status: Status = ""
    """``unchecked`` where it was not compared with the primary record."""
    note: str = ""
    """A remark for the reader."""

    def __post_init__(self) -> None:
        check_present("option", (self.option, self.earlier or "yes"), OPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterGroup:
    """A group of states whose votes can be looked at together."""

    key: str
    """Unique on the page, such as ``NATO``."""
    label: str
    """What it is called."""
    within: str = ""
    """The division it is a part of, such as ``Regional groups``; parts are shown side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VotePage:
    """One roll call, state by state."""

    files: ClassVar = PageFiles(name="vote", scripts=(*EVERY_SCRIPT, "blocs.js", "vote.js"))
    title: str
    """What was voted on."""
    subtitle: str = ""
    """Where and how, in one line."""
    rollcall: str
    """Its key, such as ``ES-11_6``."""
    symbol: str = ""
    """The document's symbol, such as ``A/RES/ES-11/6``."""
    date: str
    """The day of the vote, ISO."""
    result: str = ""
    """``adopted`` or ``rejected``."""
    totals: Totals
    """As printed."""
    votes: tuple[StateVote, ...]
    """Each state's vote; empty where the single votes are not known."""
    groups: tuple[VoterGroup, ...] = field(default=(), metadata={"on_page": "blocs"})
    """The groups to choose from; the first division or group is shown first."""
    compared: str = ""
    """The earlier roll call that ``earlier`` speaks of, for the reader."""
    sources: tuple[SourceRef, ...] = ()
    """Every source of the vote, and those that a state's vote names."""
    cited: tuple[str, ...] = ()
    """Keys of the sources of the roll call itself; empty for all that no state's vote names."""
    status: Status = ""
    """``unchecked`` where the totals were not compared with the primary record."""
    note: str = ""
    """A remark for the reader."""

    def __post_init__(self) -> None:
        check_days(self.date)
        check_unique("state", (vote.state for vote in self.votes))
        check_unique("group", (group.key for group in self.groups))
        check_unique("source", (source.key for source in self.sources))
        cited = [*self.cited, *(key for vote in self.votes for key in vote.sources)]
        check_present("source", cited, (source.key for source in self.sources))
        used = (key for vote in self.votes for key in vote.groups)
        check_present("group", used, (group.key for group in self.groups))


def build(
    snapshot: Snapshot, rollcall: str, compared: str = "", continuity: Continuity = "state"
) -> VotePage:
    """One roll call, with what each state did in another beside it where one is named.

    Args:
        snapshot: The graph.
        rollcall: Its key.
        compared: Key of the other roll call; empty for none.
        continuity: Whether a state is compared with itself alone, or with whoever held its seat.

    Raises:
        RecordError: The graph holds no such roll call, or not the text that it is about.
    """
    roll, document = _voted_on(snapshot, rollcall)
    options = _options(snapshot, rollcall)
    totals, remark = _totals(roll, options)
    votes, groups = _votes(snapshot, options, roll.date.latest)
    symbol = ""
    if compared:
        other, text = _voted_on(snapshot, compared)
        symbol = text.symbol or other.rollcall
        seats = snapshot.seats if continuity == "seat" else {}
        earlier = _options(snapshot, compared)
        votes = [replace(v, earlier=_earlier(earlier, v.state, seats)) for v in votes]
    organ = elements.label(snapshot, f"organisation:{roll.organ}")
    record = f", record {roll.meeting}" if roll.meeting else ""
    return VotePage(
        title=document.title or document.symbol or document.document,
        subtitle=f"Vote of the {organ}{record}",
        rollcall=rollcall,
        symbol=document.symbol or rollcall,
        date=roll.date.latest.isoformat(),
        result=roll.result,
        totals=totals,
        votes=tuple(votes),
        groups=groups,
        compared=symbol,
        sources=elements.sources(snapshot, roll.source),
        status=roll.status,
        note="; ".join(filter(None, (roll.note, remark))),
    )


def _voted_on(snapshot: Snapshot, rollcall: str) -> tuple[RollCall, Document]:
    """A roll call and the text that it is about."""
    roll = snapshot.record("rollcall", rollcall)
    if not isinstance(roll, RollCall):
        raise RecordError(f"the graph holds no roll call {rollcall!r}")
    document = snapshot.record("document", roll.document)
    if not isinstance(document, Document):
        raise RecordError(f"the graph holds no text {roll.document!r}, which {rollcall} is about")
    return roll, document


def _options(snapshot: Snapshot, rollcall: str) -> dict[str, Option]:
    """State to what it did, the votes in favour first."""
    table = snapshot.votes
    return {state: option for option in OPTIONS for state in table.cast(rollcall, option)}


def _totals(roll: RollCall, options: Mapping[str, Option]) -> tuple[Totals, str]:
    """The printed totals, else the single votes counted, and a remark where they are that."""
    if roll.yes is not None and roll.no is not None and roll.abstain is not None:
        return Totals(yes=roll.yes, no=roll.no, abstain=roll.abstain, nonvoting=roll.nonvoting), ""
    counts = Counter(options.values())
    return Totals(
        yes=counts["yes"],
        no=counts["no"],
        abstain=counts["abstain"],
        nonvoting=counts["nonvoting"] or None,
    ), "the source prints no totals; these are its single votes counted"


def _votes(
    snapshot: Snapshot, options: Mapping[str, Option], on: date
) -> tuple[list[StateVote], tuple[VoterGroup, ...]]:
    """What each state did, the groups it belonged to that day, and those groups."""
    states = {state.state: state for state in snapshot.records(State)}
    voters = [states[key] for key in options]
    members = _members(snapshot, options, on)
    votes = [
        StateVote(
            state=state.state,
            name=state.name,
            option=options[state.state],
            groups=(
                *([elements.group_name(state)] if state.group else ()),
                *(key for key, keys in members.items() if state.state in keys),
            ),
            codes=tuple(filter(None, (state.iso2,))),
        )
        for state in voters
    ]
    return votes, (*_regions(snapshot, voters), *_organisations(snapshot, members))


def _members(snapshot: Snapshot, voters: Container[str], on: date) -> dict[str, set[str]]:
    """Organisation to those of its members that day that voted, where they are enough to compare."""
    members: dict[str, set[str]] = {}
    for link in links.memberships(snapshot, on):
        state = link.a.removeprefix("state:")
        if state in voters and link.is_member:
            members.setdefault(link.b, set()).add(state)
    return {name: members[name] for name in sorted(members) if len(members[name]) >= _LEAST}


def _regions(snapshot: Snapshot, voters: Iterable[State]) -> list[VoterGroup]:
    keys = sorted({elements.group_name(state) for state in voters if state.group})
    return [
        VoterGroup(key=key, label=elements.label(snapshot, key), within=_REGIONS) for key in keys
    ]


def _organisations(snapshot: Snapshot, names: Iterable[str]) -> list[VoterGroup]:
    """Organisations as groups, in the order of their names in full."""
    records = {name: elements.organisation(snapshot, name) for name in names}
    ordered = sorted(records.items(), key=lambda item: item[1].name)
    return [VoterGroup(key=name, label=elements.title(record)) for name, record in ordered]


def _earlier(
    options: Mapping[str, Option], state: str, seats: Mapping[str, str]
) -> Option | Literal[""]:
    """What a state did in a roll call, or whoever held its seat then."""
    seat = seats.get(state)
    holders = [state, *(other for other in seats if seats[other] == seat)]
    return next((options[holder] for holder in holders if holder in options), "")
