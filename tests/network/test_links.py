from __future__ import annotations

from datetime import date

import pytest

from kg.graph import things
from kg.model.words import LINKS
from kg.network import links
from kg.network.sides import TELLING
from kg.network.web import BASE, project
from kg.rdf import iris
from kg.views.pages import vote

DAY = date(2023, 2, 23)


@pytest.fixture(scope="module")
def web(graph):
    return project(graph.snapshot, DAY)


@pytest.fixture(scope="module")
def always(graph):
    return project(graph.snapshot)


def test_every_kind_of_link_occurs_and_has_a_cost(always):
    assert {data["kind"] for _, _, data in always.edges(data=True)} == set(LINKS)
    assert set(BASE) == set(LINKS)


def test_every_link_has_a_record_and_a_source_that_exist(graph, always):
    known = {thing.key for thing in things.of(graph.snapshot.store, "Source")}
    for _, _, data in always.edges(data=True):
        link = data["link"]
        assert link.sources, link
        assert set(link.sources) <= known, link
        assert things.get(graph.snapshot.store, link.record).facts, link


def test_every_node_is_a_thing_with_a_name(graph, always):
    for node, data in always.nodes(data=True):
        assert data["label"].strip()
        assert data["label"] != node
        if data["kind"] != "side":
            assert things.get(graph.snapshot.store, iris.expand(node)).facts, node


def test_what_did_not_hold_on_the_day_is_no_link(web):
    for _, _, data in web.edges(data=True):
        link = data["link"]
        if link.event:
            assert link.start_day <= DAY.isoformat()
        else:
            assert not link.start_day or link.start_day <= DAY.isoformat()
            assert not link.end_day or link.end_day > DAY.isoformat()


def test_a_membership_is_the_link_it_was_on_that_day(graph):
    cases = [
        ("BLR", "UNION_STATE", DAY, "treaty", "member of", "defence"),
        ("BLR", "CSTO", DAY, "treaty", "member of", "defence"),
        ("FRA", "NATO", DAY, "treaty", "member of", "defence"),
        ("USA", "USA_JPN_1960", DAY, "treaty", "party to", "defence"),
        ("CHN", "CHN_PRK_1961", DAY, "treaty", "party to", "defence"),
        ("DEU", "G7", DAY, "membership", "member of", ""),
        ("BLR", "SCO", DAY, "membership", "observer of", ""),
        ("VEN", "MERCOSUR", DAY, "membership", "member (suspended since 2016-12) of", ""),
        ("ESP", "EU", date(2009, 12, 1), "treaty", "member of", "defence"),
    ]
    for state, organisation, on, kind, label, obligation in cases:
        [link] = _memberships(graph, state, organisation, on)
        assert (link.kind, link.label) == (kind, label), (state, organisation)
        assert obligation in (link.obligations or ("",)), (state, organisation)


def test_role_and_suspension_are_fields_from_which_the_label_is_made(graph):
    cases = [
        ("FRA", "NATO", "member", False, "", True),
        ("USA", "USA_JPN_1960", "party", False, "", True),
        ("BLR", "SCO", "observer", False, "", False),
        ("VEN", "MERCOSUR", "member", True, "2016-12", True),
        ("NZL", "ANZUS", "party", True, "1986-08-11", True),
    ]
    for state, organisation, role, suspended, since, is_member in cases:
        [link] = _memberships(graph, state, organisation, DAY)
        fields = (link.role, link.suspended, link.suspended_since, link.is_member)
        assert fields == (role, suspended, since, is_member), (state, organisation)
        assert link.label.startswith(role), (state, organisation)
        assert (f"suspended since {since}" in link.label) is suspended, (state, organisation)


def test_a_suspended_member_counts_as_one_on_the_page_of_a_vote_as_in_a_bloc(graph):
    """New Zealand, suspended from ANZUS since 1986, has not left it: three voted on ES-11/6."""
    page = vote.build(graph.snapshot, "ES-11_6")
    assert "organisation:ANZUS" in {group.key for group in page.groups}
    members = {vote.state for vote in page.votes if "organisation:ANZUS" in vote.groups}
    assert members == {"AUS", "NZL", "USA"}
    counts = graph.table("bloc-counts", resolution="ES-11/6")
    assert next(row["yes"] for row in counts if row["organisation"] == "ANZUS") == len(members)


def _memberships(graph, state, organisation, on):
    ends = (f"state:{state}", f"organisation:{organisation}")
    return [link for link in links.memberships(graph.snapshot, on) if (link.a, link.b) == ends]


def test_the_obligation_of_a_bloc_begins_with_the_treaty_that_brought_it(graph):
    for on, bound in ((date(2009, 11, 30), False), (date(2009, 12, 1), True)):
        [link] = _memberships(graph, "ESP", "EU", on)
        assert ("defence" in link.obligations) is bound
        assert link.start == "1986-01-01"


def test_who_was_no_member_on_that_day_has_no_link(graph):
    cases = [
        ("BLR", "UNION_STATE", date(1995, 1, 1)),
        ("FIN", "NATO", DAY),
        ("GBR", "EU", DAY),
        ("UZB", "CSTO", DAY),
        ("GEO", "CSTO", DAY),
        ("MLI", "AES", DAY),
        ("RUS", "COE", DAY),
        ("CUB", "RIO_TREATY", DAY),
    ]
    for state, organisation, on in cases:
        assert _memberships(graph, state, organisation, on) == [], (state, organisation)


def test_a_vote_that_many_cast_is_no_link(web):
    sides = {
        node: web.in_degree(node) for node, data in web.nodes(data=True) if data["kind"] == "side"
    }
    assert sides["side:ES-11_6-no"] == 7
    assert "side:ES-11_6-yes" not in sides
    assert "side:ES-11_6-abstain" not in sides
    assert all(count <= TELLING * 193 for count in sides.values())


def test_what_many_share_costs_more_than_what_two_share(web):
    def cost(a, b):
        return min(d["cost"] for x, y, d in web.edges(data=True) if (x, y) == (a, b))

    pact = cost("state:CHN", "organisation:CHN_PRK_1961")
    bloc = cost("state:BLR", "organisation:CSTO")
    assert pact < cost("state:RUS", "organisation:RUS_PRK_2000")  # of two as well, and no defence
    world = cost("state:BLR", "organisation:UN")
    assert pact < bloc < cost("state:FRA", "organisation:NATO") < world
    assert world > 4 * pact
    assert all(data["cost"] > 0 for _, _, data in web.edges(data=True))


def test_a_suspended_member_is_further_off_than_a_member(web):
    def cost(a, b):
        return next(d["cost"] for x, y, d in web.edges(data=True) if (x, y) == (a, b))

    assert cost("state:VEN", "organisation:MERCOSUR") > cost("state:BRA", "organisation:MERCOSUR")
    assert cost("state:BLR", "organisation:SCO") > cost("state:KAZ", "organisation:SCO")


def test_the_same_day_gives_the_same_network(graph, web):
    again = project(graph.snapshot, DAY)
    assert list(again.nodes(data=True)) == list(web.nodes(data=True))
    assert list(again.edges(data=True)) == list(web.edges(data=True))


def test_the_un_has_193_members_and_two_observers_that_day(web):
    seats = [d["link"] for _, _, d in web.in_edges("organisation:UN", data=True)]
    members = [link for link in seats if link.is_member and link.a.startswith("state:")]
    observers = {link.a for link in seats if link.role == "observer"}
    assert len(members) == 193
    assert observers == {"state:PSE", "state:VAT"}


def test_a_seat_in_an_organ_or_a_regional_group_is_a_link_of_its_own_kind(graph, web):
    ends = {"organisation:UNSC", "organisation:EASTERN_EUROPEAN_GROUP"}
    kinds = {data["kind"] for _, goal, data in web.edges(data=True) if goal in ends}
    assert kinds == {"seat"}
    assert not ends & {link.b for link in links.memberships(graph.snapshot)}
    assert "organisation:UN" not in {link.b for link in links.memberships(graph.snapshot)}


def test_each_obligation_is_sourced_by_the_treaty_in_force_and_dated_from_it(graph):
    """The Charter of the CIS bound from 1994, its members belonged from 1991."""
    stretches = {
        link.start_day: link
        for link in links.memberships(graph.snapshot)
        if (link.a, link.b) == ("state:BLR", "organisation:CIS")
    }
    assert {day: (x.start, x.bound) for day, x in stretches.items()} == {
        "1991-12-08": ("1991-12-08", ""),
        "1994-01-22": ("1991-12-08", "1994-01-22"),
    }
    turkey = [
        link
        for link in links.memberships(graph.snapshot, date(2023, 2, 23))
        if (link.a, link.b) == ("state:TUR", "organisation:TUR_AZE_2010")
    ]
    assert "shusha-declaration-2021" in turkey[0].sources
