"""The claims of an article beside the record: agrees, differs, or cannot be checked here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from kg.articles import about_states
from kg.articles.about_votes import VoteClaims
from kg.articles.outcome import Outcome
from kg.graph.snapshot import Snapshot
from kg.model.records import Claim

Verdict = Literal["agrees", "differs", "cannot be checked here"]

_NEEDS: dict[str, tuple[str, ...]] = {
    "count": ("rollcall", "option", "value"),
    "voted": ("rollcall", "option", "states"),
    "voted-exactly": ("rollcall", "option", "states"),
    "membership-size": ("date", "value"),
    "rejected": ("rollcall",),
    "adopted": ("rollcall",),
    "last-similar": ("rollcall", "value"),
    "more-than": ("rollcall", "option", "value"),
    "allied": ("states", "date"),
    "office": ("about", "date"),
    "sponsor": ("rollcall", "states"),
}
"""The fields that a claim must fill for its check."""
_CALLED = {"states": "state", "date": "day"}
"""Fields that a reader knows by another name."""


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
    """Every claim of an article beside the record, in the article's order.

    Args:
        snapshot: The graph.
        article: The key of the article, such as ``roberts-2023-02-24``; one without claims has none.
    """
    checks = _checks(snapshot)
    return tuple(
        _judged(claim, _compare(claim, checks))
        for claim in snapshot.records(Claim)
        if claim.article == article
    )


Check = Callable[[Claim], Outcome]


def _checks(snapshot: Snapshot) -> dict[str, Check]:
    """How each kind of claim is compared with the record."""
    votes = VoteClaims(snapshot)
    return {
        "count": votes.count,
        "voted": votes.voted,
        "voted-exactly": votes.voted_exactly,
        "rejected": votes.result,
        "adopted": votes.result,
        "last-similar": votes.last_similar,
        "more-than": votes.more_than,
        "membership-size": partial(about_states.membership_size, snapshot),
        "allied": partial(about_states.allied, snapshot),
        "office": partial(about_states.office, snapshot),
        "sponsor": partial(about_states.sponsor, snapshot),
        "none": lambda claim: Outcome(None, claim.reason),
    }


def _compare(claim: Claim, checks: dict[str, Check]) -> Outcome:
    missing = [name for name in _NEEDS.get(claim.check, ()) if not getattr(claim, name)]
    if missing:
        names = " and no ".join(_CALLED.get(name, name) for name in missing)
        return Outcome(None, f"the claim names no {names}, which its check needs")
    return checks[claim.check](claim)


def _judged(claim: Claim, outcome: Outcome) -> Judged:
    verdict: Verdict = "cannot be checked here"
    if outcome.holds is not None:
        verdict = "agrees" if outcome.holds else "differs"
    return Judged(
        claim=claim.claim,
        text=claim.proposition,
        anchor=claim.anchor,
        verdict=verdict,
        record=outcome.record,
        sources=tuple(dict.fromkeys(outcome.sources)),
    )
