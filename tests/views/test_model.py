from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import RecordError
from kg.views.pages.model import Chain, NetworkPage, Node, SourceRef, StateVote, Tie

from . import samples


def test_the_strongest_obligation_names_a_tie() -> None:
    tie = Tie(id="t", source="a", target="b", kind="treaty", label="pact")
    assert tie.strength == "none"
    assert replace(tie, obligations=("consultation", "neutrality")).strength == "neutrality"
    assert replace(tie, obligations=("offence", "defence")).strength == "defence"


@pytest.mark.parametrize(
    ("day", "holds"),
    [("1999-12-31", False), ("2000-01-01", True), ("2004-12-31", True), ("2005-01-01", False)],
)
def test_a_tie_holds_from_its_first_day_to_the_day_before_its_end(day: str, holds: bool) -> None:
    tie = Tie(id="t", source="a", target="b", kind="treaty", label="pact",
              start_day="2000-01-01", end_day="2005-01-01")  # fmt: skip
    assert tie.holds(day) is holds


def test_a_tie_with_an_unknown_start_holds_in_any_early_year() -> None:
    assert Tie(id="t", source="a", target="b", kind="treaty", label="pact").holds("1800-01-01")


def test_a_page_refuses_a_tie_to_what_it_does_not_hold() -> None:
    tie = Tie(id="t", source="a", target="b", kind="treaty", label="pact")
    with pytest.raises(RecordError, match="node 'b' is not on the page"):
        NetworkPage(title="", on="2023-02-23", nodes=(Node(id="a", label="A", kind="state"),),
                    ties=(tie,))  # fmt: skip


def test_a_page_refuses_a_source_it_does_not_hold() -> None:
    with pytest.raises(RecordError, match="source 'csto' is not on the page"):
        replace(samples.network(), sources=(*samples.SOURCES[:1], *samples.SOURCES[2:]))


def test_a_page_refuses_the_same_id_twice() -> None:
    node = Node(id="a", label="A", kind="state")
    with pytest.raises(RecordError, match="node 'a' is on the page 2 times"):
        NetworkPage(title="", on="2023-02-23", nodes=(node, node), ties=())
    source = SourceRef(key="s", title="S")
    with pytest.raises(RecordError, match="source 's' is on the page 2 times"):
        NetworkPage(title="", on="2023-02-23", nodes=(), ties=(), sources=(source, source))


@pytest.mark.parametrize("day", ["2023", "2023-2-23", "2023-02-30", "20230223", "today"])
def test_a_page_refuses_what_is_not_one_day(day: str) -> None:
    with pytest.raises(RecordError, match="is not one day"):
        NetworkPage(title="", on=day, nodes=(), ties=())


def test_a_tie_refuses_an_obligation_it_does_not_know() -> None:
    with pytest.raises(RecordError, match="binds to 'friendship'"):
        Tie(id="t", source="a", target="b", kind="treaty", label="", obligations=("friendship",))


def test_a_chain_refuses_ties_that_do_not_join_its_nodes() -> None:
    with pytest.raises(RecordError, match="one node more than ties"):
        Chain(nodes=("a", "b"), ties=())
    page = samples.path()
    astray = Chain(nodes=("state:BLR", "state:ZAF"), ties=("pact",))
    with pytest.raises(RecordError, match="does not join 'state:BLR' and 'state:ZAF'"):
        replace(page, chains=(astray,))


def test_a_vote_page_refuses_a_bloc_it_does_not_hold_and_a_state_twice() -> None:
    page = samples.vote()
    with pytest.raises(RecordError, match="bloc 'NATO' is not on the page"):
        replace(page, blocs=page.blocs[:-1])
    with pytest.raises(RecordError, match="state 'USA' is on the page 2 times"):
        replace(page, votes=(page.votes[0], page.votes[0]))


def test_a_vote_refuses_an_option_it_does_not_know() -> None:
    with pytest.raises(RecordError, match="option 'maybe'"):
        StateVote(state="USA", name="United States", option="maybe")  # type: ignore[arg-type]
