from __future__ import annotations

import json
from datetime import date

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UnknownNameError
from kg.network import links, paths
from kg.network.links import Link
from kg.rdf import iris

DAY = "2023-02-23"


def _labels(chains):
    return [chain.labels for chain in chains]


def test_belarus_and_russia_are_closest_by_the_union_state(graph):
    first = graph.path("Belarus", "Russia", on=DAY)[0]
    assert first.labels == ("Belarus", "Union State of Russia and Belarus", "Russia")
    for hop in first.hops:
        assert hop.link.when == "since 2000-01-26"
        assert "union-state-treaty-1999" in hop.link.sources
        assert hop.link.obligations == ("defence",)


def test_there_was_no_union_state_in_1995(graph):
    chains = graph.path("Belarus", "Russia", on="1995-01-01", k=10)
    assert chains
    assert not any("Union State" in str(chain) for chain in chains)
    assert chains[0].labels[1] == "Collective Security Treaty Organization"


def test_no_chain_of_1995_holds_a_text_of_2023(graph):
    chains = graph.path("Belarus", "Russia", on="1995-01-01", k=10)
    assert not any("ES-11" in label for chain in chains for label in chain.labels)


def test_belarus_and_north_korea_meet_in_russia(graph):
    first = graph.path("Belarus", "North Korea", on=DAY, k=1)[0]
    assert "Russia" in first.labels
    assert first.labels[0] == "Belarus"
    assert first.labels[-1] == "North Korea"


@pytest.mark.parametrize(
    ("start", "goal", "through"),
    [
        ("USA", "Japan", "USA_JPN_1960"),
        ("United States", "South Korea", "USA_KOR_1953"),
        ("China", "North Korea", "CHN_PRK_1961"),
        ("Australia", "New Zealand", "ANZUS"),
        ("Mali", "Nicaragua", "side:ES-11_6-no"),
        ("France", "Germany", "FRA_DEU_"),
    ],
)
def test_the_best_chain_is_the_tie_that_one_would_name(start, goal, through, graph):
    first = graph.path(start, goal, on=DAY, k=1)[0]
    assert len(first.hops) == 2
    assert through in first.nodes[1]


@pytest.mark.parametrize(
    ("start", "goal"),
    [("Belarus", "Russia"), ("Brazil", "Argentina"), ("France", "Germany"), ("Mali", "Nicaragua"),
     ("Japan", "Philippines"), ("Belarus", "North Korea"), ("Kenya", "Uganda")],
)  # fmt: skip
def test_the_united_nations_is_in_no_chain_where_something_is_closer(start, goal, graph):
    chains = graph.path(start, goal, on=DAY, k=3)
    assert len(chains) == 3
    assert not any("organisation:UN" in chain.nodes for chain in chains)


def test_the_united_nations_is_the_tie_of_those_who_share_nothing_else(graph):
    chains = graph.path("Bhutan", "Andorra", on=DAY, k=1, max_hops=2)
    assert [chain.nodes[1] for chain in chains] == ["organisation:UN"]


def test_chains_come_best_first_and_hold_no_thing_twice(graph):
    chains = graph.path("Belarus", "Syria", on=DAY, k=8)
    assert len(chains) == 8
    assert [chain.cost for chain in chains] == sorted(chain.cost for chain in chains)
    assert len({chain.nodes for chain in chains}) == 8
    for chain in chains:
        assert len(set(chain.nodes)) == len(chain.nodes) == len(chain.hops) + 1


def test_each_hop_joins_its_two_ends_and_names_sources_that_exist(graph):
    for chain in graph.path("Mali", "Russia", on=DAY, k=5):
        for i, hop in enumerate(chain.hops):
            assert {hop.link.a, hop.link.b} == set(chain.nodes[i : i + 2])
            assert hop.link.sources
            for key in hop.link.sources:
                assert graph.source(key).title


def test_a_chain_is_the_same_from_the_other_end(graph):
    there = graph.path("Belarus", "North Korea", on=DAY, k=3)
    back = graph.path("North Korea", "Belarus", on=DAY, k=3)
    assert [chain.nodes[::-1] for chain in back] == [chain.nodes for chain in there]
    assert {hop.sentence for c in back for hop in c.hops} == {
        hop.sentence for c in there for hop in c.hops
    }


def test_the_same_question_gives_the_same_chains(graph):
    assert graph.path("Iran", "Syria", on=DAY, k=6) == graph.path("Iran", "Syria", on=DAY, k=6)


@pytest.mark.parametrize("kind", ["treaty", "membership", "vote"])
def test_only_the_kinds_that_are_asked_for_are_followed(kind, graph):
    chains = graph.path("Belarus", "Russia", on=DAY, k=4, by=(kind,))
    assert chains
    assert {hop.link.kind for chain in chains for hop in chain.hops} == {kind}


def test_what_is_left_out_is_in_no_chain(graph):
    kinds = graph.path("Belarus", "Russia", on=DAY, k=5, without=("treaty",))
    assert "treaty" not in {hop.link.kind for chain in kinds for hop in chain.hops}
    things = graph.path("BLR", "PRK", on=DAY, k=5, without=("state:RUS", "organisation:CSTO"))
    assert things
    assert not any({"state:RUS", "organisation:CSTO"} & set(chain.nodes) for chain in things)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_as_many_chains_as_are_asked_for(count, graph):
    chains = graph.path("Belarus", "Russia", on=DAY, k=count)
    assert len(chains) == count
    assert chains == graph.path("Belarus", "Russia", on=DAY, k=7)[:count]


@pytest.mark.parametrize("most", [2, 3, 4])
def test_no_chain_is_longer_than_is_asked_for(most, graph):
    chains = graph.path("Belarus", "North Korea", on=DAY, k=6, max_hops=most)
    assert chains
    assert max(len(chain.hops) for chain in chains) <= most


def test_more_hops_than_there_are_is_no_chain(graph):
    assert graph.path("Belarus", "North Korea", on=DAY, max_hops=1) == ()


def test_before_the_record_begins_there_is_no_chain(graph):
    assert graph.path("United States", "North Korea", on="1890-01-01") == ()


@pytest.mark.parametrize(
    ("start", "goal", "error", "message"),
    [
        ("Belarus", "Belarus", QueryError, "start and goal are the same"),
        ("Belarus", "BLR", QueryError, "start and goal are the same"),
        ("Belaruss", "Russia", UnknownNameError, "'Belaruss' is no known name; nearest known: Belarus"),
        ("Belarus", "Atlantis", UnknownNameError, "'Atlantis' is no known name"),
    ],
)  # fmt: skip
def test_wrong_ends_are_told(start, goal, error, message, graph):
    with pytest.raises(error, match=message):
        graph.path(start, goal, on=DAY)


@pytest.mark.parametrize("option", ["by", "without"])
def test_an_unknown_kind_of_link_is_told_with_those_there_are(option, graph):
    with pytest.raises(QueryError, match="no kind of link is called 'love'; known: treaty, "):
        graph.path("Belarus", "Russia", on=DAY, **{option: ("love",)})


def test_a_person_is_joined_by_office_and_words(graph):
    first = graph.path("Putin", "Zelenskyy", on=DAY, k=1)[0]
    assert first.labels[0] == "Vladimir Putin"
    assert {hop.link.kind for hop in first.hops} <= {"office", "statement"}


def test_a_chain_as_data_is_json_and_says_all_of_each_hop(graph):
    told = [paths.as_dict(chain) for chain in graph.path("Belarus", "Russia", on=DAY)]
    again = json.loads(json.dumps(told))
    assert again[0]["nodes"] == ["state:BLR", "organisation:UNION_STATE", "state:RUS"]
    assert again[0]["hops"][0]["start"] == "2000-01-26"
    assert again[0]["hops"][0]["text"] == "Belarus member of Union State of Russia and Belarus"
    assert all(hop["sources"] for chain in again for hop in chain["hops"])


@pytest.mark.parametrize(("start", "goal"), [("Belarus", "Russia"), ("Mali", "Nicaragua")])
def test_the_evidence_holds_every_record_every_thing_and_every_source(start, goal, graph):
    chains = graph.path(start, goal, on=DAY)
    subjects = {triple.subject.value for triple in graph.evidence(chains)}
    for chain in chains:
        assert {iris.expand(n) for n in chain.nodes if not n.startswith("side:")} <= subjects
        for hop in chain.hops:
            assert hop.link.record in subjects
            assert {iris.thing("source", key) for key in hop.link.sources} <= subjects
    store = set(graph.triples())
    assert {ox.Triple(t.subject, t.predicate, t.object) for t in graph.evidence(chains)} <= store


def _web(*edges: tuple[str, str, str, float]) -> nx.MultiDiGraph:
    web = nx.MultiDiGraph()
    for a, b, kind, cost in edges:
        for node in (a, b):
            web.add_node(node, label=node, kind="state")
        link = Link(a=a, b=b, kind=kind, label="to", record=f"urn:{a}{b}{kind}", sources=("s",))
        web.add_edge(a, b, link=link, kind=kind, label="to", cost=cost)
    return web


def test_of_two_links_between_two_things_the_cheaper_is_told():
    web = _web(("s:a", "s:b", "vote", 2), ("s:a", "s:b", "treaty", 1))
    [chain] = paths.best(web, "s:a", "s:b")
    assert chain.hops[0].link.kind == "treaty"
    [chain] = paths.best(web, "s:a", "s:b", without=("treaty",))
    assert chain.hops[0].link.kind == "vote"


def test_equal_chains_come_in_alphabetical_order():
    web = _web(*[("s:a", f"s:{x}", "treaty", 1) for x in "zmc"],
               *[(f"s:{x}", "s:b", "treaty", 1) for x in "mzc"])  # fmt: skip
    assert [c.nodes[1] for c in paths.best(web, "s:a", "s:b", k=3)] == ["s:c", "s:m", "s:z"]
    assert [c.nodes[1] for c in paths.best(web, "s:a", "s:b", k=1)] == ["s:c"]


def test_a_longer_chain_that_costs_less_comes_first_unless_it_is_too_long():
    web = _web(("s:a", "s:b", "vote", 9), ("s:a", "s:c", "treaty", 1), ("s:c", "s:b", "treaty", 1))
    assert [len(c.hops) for c in paths.best(web, "s:a", "s:b")] == [2, 1]
    assert [len(c.hops) for c in paths.best(web, "s:a", "s:b", max_hops=1)] == [1]


def test_an_end_that_is_not_in_the_network_has_no_chain():
    assert paths.best(_web(("s:a", "s:b", "vote", 1)), "s:a", "s:x") == ()
    assert paths.best(nx.MultiDiGraph(), "s:a", "s:x") == ()


def test_ends_stay_though_they_are_left_out_themselves():
    web = _web(("s:a", "s:b", "vote", 1))
    assert len(paths.best(web, "s:a", "s:b", without=("s:a",))) == 1


def test_a_good_chain_is_found_behind_thousands_that_are_too_long():
    """A ladder has a power of two of detours, each cheaper than the one short way."""
    rungs = [
        (f"s:{i}{side}", f"s:{i + 1}{other}", "treaty", 0.01)
        for i in range(12)
        for side in "ud"
        for other in "ud"
    ]
    web = _web(("s:a", "s:0u", "treaty", 0.01), ("s:a", "s:0d", "treaty", 0.01), *rungs,
               ("s:12u", "s:b", "treaty", 0.01), ("s:a", "s:b", "vote", 5))  # fmt: skip
    found = paths.best(web, "s:a", "s:b", k=1, max_hops=3)
    assert [chain.nodes for chain in found] == [("s:a", "s:b")]


def test_the_network_is_not_changed_by_looking_for_chains(graph):
    web = links.project(graph.snapshot)
    before = list(web.edges(data="cost"))
    paths.best(web, "state:BLR", "state:RUS", by=("vote",), without=("state:PRK",))
    assert list(web.edges(data="cost")) == before


@pytest.mark.parametrize(
    ("on", "expected"), [("1985-01-01", "state:YEMEN_ARAB_REPUBLIC"), ("2023-02-23", "state:YEM")]
)
def test_a_code_two_states_used_means_the_one_of_the_day(on, expected, graph):
    assert graph.path("YE", "Syria", on=on, k=1)[0].nodes[0] == expected


def test_no_chain_says_that_an_end_did_not_exist_and_who_held_its_seat(graph):
    told = graph.why_no_path("Yugoslavia", "RUS", on=date(2023, 2, 23), max_hops=6)
    assert "state:YUG since 1918-12-01 until 1992-04-27" in told
    told = graph.why_no_path("RUS", "China", on=date(1985, 1, 1), max_hops=6)
    assert "its seat was held by Soviet Union" in told


def test_what_was_said_at_some_time_of_a_month_is_not_told_before_the_month_is_over(graph):
    """Statements of "2023-02" on a vote of the 23rd cannot count on the 10th."""
    web = graph.network(on="2023-02-10")
    assert not [link for *_, link in web.edges(data="link") if link.start == "2023-02"]


def test_a_thing_can_be_left_out_by_name_from_python_too(graph):
    chains = graph.path("Belarus", "Russia", on=DAY, without=("CSTO", "Union State"))
    assert not {"organisation:CSTO", "organisation:UNION_STATE"} & {
        n for c in chains for n in c.nodes
    }
