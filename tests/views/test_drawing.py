from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import RecordError
from kg.views.drawing import Node, Tie
from kg.views.page import SourceRef
from kg.views.pages.network import NetworkPage

from . import samples


def test_the_strongest_obligation_names_a_tie() -> None:
    tie = Tie(id="t", source="a", target="b", kind="treaty", label="pact")
    assert tie.strength == "none"
    assert replace(tie, obligations=("consultation", "neutrality")).strength == "neutrality"
    assert replace(tie, obligations=("offence", "defence")).strength == "defence"


def test_a_tie_holds_from_its_first_day_to_the_day_before_its_end() -> None:
    tie = Tie(id="t", source="a", target="b", kind="treaty", label="pact",
              start_day="2000-01-01", end_day="2005-01-01")  # fmt: skip
    days = ("1999-12-31", "2000-01-01", "2004-12-31", "2005-01-01")
    assert [tie.holds(day) for day in days] == [False, True, True, False]


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


def test_a_page_refuses_what_is_not_one_day() -> None:
    for day in ("2023", "2023-2-23", "2023-02-30", "20230223", "today"):
        with pytest.raises(RecordError, match=f"'{day}' is not one day"):
            NetworkPage(title="", on=day, nodes=(), ties=())


def test_a_tie_refuses_an_obligation_it_does_not_know() -> None:
    with pytest.raises(RecordError, match="binds to 'friendship'"):
        Tie(id="t", source="a", target="b", kind="treaty", label="", obligations=("friendship",))
