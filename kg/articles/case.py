"""The case of 23 February 2023 as data: the vote, who is bound to whom, what an article claims of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kg.articles.claims import Judged, judge
from kg.errors import UnknownNameError
from kg.graph.snapshot import Snapshot
from kg.model.records import Article, Document, Record, RollCall
from kg.model.words import OPTIONS
from kg.network import links
from kg.network.paths import Chain
from kg.query.answers import Table

R = TypeVar("R", bound=Record)

DAY = date(2023, 2, 23)
"""The day of the vote."""
VOTE, EARLIER_VOTE = "ES-11/6", "ES-11/1"
"""The vote, and the one a year earlier that it is compared with."""
ARTICLE = "roberts-2023-02-24"
"""The article of the next day."""
NEIGHBOURS = ("Belarus", "Russia")
"""Two states whose common organisations and alliances are listed."""
ENDS = ("Belarus", "North Korea")
"""Two states between which the best chain is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteChapter:
    """The vote: its totals as printed and counted again, and who voted against."""

    symbol: str
    title: str
    date: str
    printed: dict[str, int | None]
    """Option to the printed total; None where none is printed."""
    counted: dict[str, int | None]
    """Option to the single votes counted; None where they are not in the record."""
    member_count: int
    """How many states were members of the United Nations on that day."""
    against: tuple[str, ...]
    """Names of the states that voted no."""
    finding_count: int
    """How much of the case does not add up, by all checks but the shapes."""
    other_finding_count: int
    """How much does not add up in roll calls of other sessions."""

    @property
    def printed_sum(self) -> int:
        """All printed totals together."""
        return sum(count or 0 for count in self.printed.values())

    @property
    def is_the_same(self) -> bool:
        """Whether the single votes counted again give the printed totals."""
        return self.printed == self.counted


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNoVote:
    """A state that voted no, and had not in the earlier vote."""

    name: str
    before: str
    """What it did then: yes, abstain or nonvoting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedGroup:
    """An organisation or alliance that two states both belonged to."""

    name: str
    since_first: str
    """Since when the first of the two, as well as it is known."""
    since_second: str
    obligations: tuple[str, ...]
    """What it bound the first of the two to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The chapters of the case."""

    vote: VoteChapter
    new_no_votes: tuple[NewNoVote, ...]
    """Who is new among the no votes."""
    changed_count: int
    """How many states did otherwise than in the earlier vote."""
    shared: tuple[SharedGroup, ...]
    """What ``NEIGHBOURS`` both belonged to on that day."""
    chains: tuple[Chain, ...]
    """The best chain between ``ENDS`` on that day."""
    article: Article
    claims: tuple[Judged, ...]
    """Each claim of the article beside the record."""


def case(
    snapshot: Snapshot, table: Callable[..., Table], chains: tuple[Chain, ...], wrong: Sequence[str]
) -> Case:
    """The case, from the record.

    Args:
        snapshot: The graph.
        table: What answers a shipped question with a table, such as ``Graph.table``.
        chains: The best chain between ``ENDS`` on ``DAY``.
        wrong: Of each finding of the graph what it is about, as ``kind:key``.

    Raises:
        UnknownNameError: The graph does not have what the case is about.
    """
    votes = {"earlier": EARLIER_VOTE, "later": VOTE}
    return Case(
        vote=_vote(snapshot, table, wrong),
        new_no_votes=tuple(
            NewNoVote(name=row["name"], before=row["before"])
            for row in table("new-no-votes", **votes)
        ),
        changed_count=len(table("vote-changes", **votes)),
        shared=_shared(snapshot, table),
        chains=chains,
        article=_record(snapshot, Article, "article", ARTICLE),
        claims=judge(snapshot, ARTICLE),
    )


def _record(snapshot: Snapshot, record: type[R], kind: str, key: str) -> R:
    thing = snapshot.record(kind, key)
    if not isinstance(thing, record):
        raise UnknownNameError(key, f"is no known {kind}")
    return thing


def _vote(snapshot: Snapshot, table: Callable[..., Table], wrong: Sequence[str]) -> VoteChapter:
    totals = {row["option"]: row for row in table("vote-totals", resolution=VOTE)}
    roll = _record(snapshot, RollCall, "rollcall", snapshot.names.resolve(VOTE, "rollcall"))
    text = _record(snapshot, Document, "document", roll.document)
    session = f"rollcall:{text.session}_"
    elsewhere = [one for one in wrong if one.startswith("rollcall:") and session not in one]
    return VoteChapter(
        symbol=text.symbol,
        title=text.title,
        date=str(roll.date),
        printed={option: totals[option]["printed"] for option in OPTIONS},
        counted={option: totals[option]["counted"] for option in OPTIONS},
        member_count=len(table("un-members", on=DAY)),
        against=tuple(row["name"] for row in table("votes-against", resolution=VOTE)),
        finding_count=len(wrong) - len(elsewhere),
        other_finding_count=len(elsewhere),
    )


def _shared(snapshot: Snapshot, table: Callable[..., Table]) -> tuple[SharedGroup, ...]:
    first, second = NEIGHBOURS
    state = snapshot.names.resolve(first, "state", on=DAY)
    obligations = {
        link.b.partition(":")[2]: link.obligations
        for link in links.memberships(snapshot, DAY)
        if link.a == f"state:{state}"
    }
    return tuple(
        SharedGroup(
            name=row["name"],
            since_first=str(row["since_a"]),
            since_second=str(row["since_b"]),
            obligations=obligations[row["organisation"]],
        )
        for row in table("shared-organisations", a=first, b=second, on=DAY)
        if row["organisation"] in obligations  # not the United Nations, to which all belong
    )
