from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kg.api import Graph
from kg.errors import RecordError
from kg.model.words import OPTIONS, Continuity
from kg.views.pages import vote
from kg.views.pages.vote import StateVote
from tests.views import samples


def test_a_vote_page_refuses_a_group_it_does_not_hold_and_a_state_twice() -> None:
    page = samples.vote()
    with pytest.raises(RecordError, match="group 'NATO' is not on the page"):
        replace(page, groups=page.groups[:-1])
    with pytest.raises(RecordError, match="state 'USA' is on the page 2 times"):
        replace(page, votes=(page.votes[0], page.votes[0]))


def test_a_vote_refuses_an_option_it_does_not_know() -> None:
    with pytest.raises(RecordError, match="option 'maybe'"):
        StateVote(state="USA", name="United States", option="maybe")  # type: ignore[arg-type]


def test_a_vote_page_shows_each_state_with_its_groups_of_that_day_and_its_earlier_vote(
    graph: Graph,
) -> None:
    page = vote.build(graph.snapshot, "ES-11_6", "ES-11_1")
    assert (page.symbol, page.compared) == ("A/RES/ES-11/6", "A/RES/ES-11/1")
    counts = Counter(each.option for each in page.votes)
    assert [counts[option] for option in OPTIONS] == [141, 7, 32, 13]
    assert (page.totals.yes, page.totals.no, page.totals.abstain) == (141, 7, 32)
    states = {each.state: each for each in page.votes}
    mali = states["MLI"]
    assert (mali.name, mali.option, mali.earlier) == ("Mali", "no", "abstain")
    assert "group:African" in mali.groups
    assert "organisation:NATO" in states["FRA"].groups
    assert "organisation:NATO" not in states["FIN"].groups
    regions = [group.label for group in page.groups if group.within]
    assert regions == sorted(regions)
    assert all(len([e for e in page.votes if g.key in e.groups]) >= 3 for g in page.groups)


def test_a_state_is_held_against_whoever_held_its_seat_where_that_is_wanted(
    official: Graph,
) -> None:
    later, before = (official.names.resolve(text, "rollcall") for text in ("50/8", "34/83A"))

    def russia(continuity: Continuity) -> str:
        page = vote.build(official.snapshot, later, before, continuity)
        return next(each.earlier for each in page.votes if each.state == "RUS")

    assert "SUN" in official.votes.cast(before, "yes")
    assert (russia("state"), russia("seat")) == ("", "yes")


def test_a_vote_page_of_what_the_graph_does_not_hold_is_refused(graph: Graph) -> None:
    with pytest.raises(RecordError, match="the graph holds no roll call 'nothing'"):
        vote.build(graph.snapshot, "nothing")
