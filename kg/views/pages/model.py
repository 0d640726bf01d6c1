"""What a page shows, as plain records: no graph, no file and no HTML is known here.

A page holds everything it needs; a reference to what it does not hold is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import RecordError
from kg.views.drawing import (
    STRENGTHS,
    Detail,
    Node,
    SourceRef,
    Status,
    Tie,
    check_days,
    check_held,
    check_unique,
)

__all__ = [
    "OPTIONS",
    "STRENGTHS",
    "Bloc",
    "Chain",
    "Detail",
    "NetworkPage",
    "Node",
    "Option",
    "Page",
    "PathPage",
    "SourceRef",
    "StateVote",
    "Status",
    "Tie",
    "Totals",
    "VotePage",
]

Option = Literal["yes", "no", "abstain", "nonvoting"]
OPTIONS: tuple[Option, ...] = ("yes", "no", "abstain", "nonvoting")


def _sound(nodes: tuple[Node, ...], ties: tuple[Tie, ...], sources: tuple[SourceRef, ...]) -> None:
    check_unique("source", (source.key for source in sources))
    check_unique("node", (node.id for node in nodes))
    check_unique("tie", (tie.id for tie in ties))
    check_held(
        "node", (end for tie in ties for end in (tie.source, tie.target)), (n.id for n in nodes)
    )
    cited = [key for node in nodes for key in node.sources]
    cited += [key for tie in ties for key in tie.sources]
    check_held("source", cited, (source.key for source in sources))


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """Who is bound to whom, on any day of the record."""

    title: str
    """A sentence or a question."""
    subtitle: str = ""
    """What is drawn, in one line."""
    on: str
    """The day the page opens on, ISO."""
    nodes: tuple[Node, ...]
    """Everything that can be shown, whatever the day."""
    ties: tuple[Tie, ...]
    """Every tie that can be shown, whatever the day."""
    sources: tuple[SourceRef, ...] = ()
    """Every source that a node or a tie names."""
    known: str = ""
    """The last day up to which the facts are known, ISO."""
    hide: tuple[str, ...] = ("none",)
    """Strengths of tie that are off when the page opens."""

    def __post_init__(self) -> None:
        check_days(self.on, self.known)
        check_held("strength", self.hide, STRENGTHS)
        _sound(self.nodes, self.ties, self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One way from the first thing to the last."""

    nodes: tuple[str, ...]
    """Ids of its nodes in order."""
    ties: tuple[str, ...]
    """Ids of its ties in order, one fewer than nodes."""
    label: str = ""
    """What tells it from the others; empty for the names along it."""
    note: str = ""
    """A remark for the reader, such as its cost."""

    def __post_init__(self) -> None:
        if len(self.nodes) != len(self.ties) + 1 or not self.ties:
            raise RecordError("a chain has one tie or more, and one node more than ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage:
    """A few chains between two things, from left to right."""

    title: str
    """A sentence or a question."""
    subtitle: str = ""
    """How the chains were chosen, in one line."""
    on: str = ""
    """The day on which every tie was in force, ISO; empty for any day."""
    chains: tuple[Chain, ...]
    """The chains, best first; empty where there is none."""
    nodes: tuple[Node, ...]
    """Every node of a chain."""
    ties: tuple[Tie, ...]
    """Every tie of a chain."""
    sources: tuple[SourceRef, ...] = ()
    """Every source that a node or a tie names."""

    def __post_init__(self) -> None:
        check_days(self.on)
        _sound(self.nodes, self.ties, self.sources)
        held = {tie.id: {tie.source, tie.target} for tie in self.ties}
        for chain in self.chains:
            check_held("tie", chain.ties, held)
            check_held("node", chain.nodes, (node.id for node in self.nodes))
            for tie, *hop in zip(chain.ties, chain.nodes, chain.nodes[1:], strict=False):
                if held[tie] != set(hop):
                    raise RecordError(f"tie {tie!r} does not join {hop[0]!r} and {hop[1]!r}")


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
    """Keys of the blocs it belonged to on that day."""
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
        check_held("option", (self.option, self.earlier or "yes"), OPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
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
    blocs: tuple[Bloc, ...] = ()
    """The groups to choose from; the first division or bloc is shown first."""
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
        check_unique("bloc", (bloc.key for bloc in self.blocs))
        check_unique("source", (source.key for source in self.sources))
        keys = [source.key for source in self.sources]
        check_held("source", (*self.cited, *(key for v in self.votes for key in v.sources)), keys)
        check_held(
            "bloc", (key for v in self.votes for key in v.groups), (b.key for b in self.blocs)
        )


Page = NetworkPage | PathPage | VotePage
