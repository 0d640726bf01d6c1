from __future__ import annotations

import json
from datetime import date

import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UnknownNameError
from kg.model.words import LINKS
from kg.network import paths
from kg.network.links import Link
from kg.network.web import Network
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


def test_the_best_chain_is_the_tie_that_one_would_name(graph):
    cases = [
        ("USA", "Japan", "USA_JPN_1960"),
        ("United States", "South Korea", "USA_KOR_1953"),
        ("China", "North Korea", "CHN_PRK_1961"),
        ("Australia", "New Zealand", "ANZUS"),
        ("Mali", "Nicaragua", "side:ES-11_6-no"),
        ("France", "Germany", "FRA_DEU_"),
    ]
    for start, goal, through in cases:
        first = graph.path(start, goal, on=DAY, k=1)[0]
        assert len(first.hops) == 2, (start, goal)
        assert through in first.nodes[1], (start, goal)


def test_the_united_nations_is_in_no_chain_where_something_is_closer(graph):
    cases = [
        ("Belarus", "Russia"),
        ("Brazil", "Argentina"),
        ("France", "Germany"),
        ("Mali", "Nicaragua"),
        ("Japan", "Philippines"),
        ("Belarus", "North Korea"),
        ("Kenya", "Uganda"),
    ]
    for start, goal in cases:
        chains = graph.path(start, goal, on=DAY, k=3)
        assert len(chains) == 3, (start, goal)
        assert not any("organisation:UN" in chain.nodes for chain in chains), (start, goal)


def test_the_united_nations_is_the_tie_of_those_who_share_nothing_else(graph):
    chains = graph.path("Bhutan", "Andorra", on=DAY, k=1, max_hops=2)
    assert [chain.nodes[1] for chain in chains] == ["organisation:UN"]


def test_only_treaties_that_carry_an_obligation_are_followed_where_one_is_named(graph):
    chains = graph.path("Poland", "Japan", on=DAY, obligation="defence", k=2)
    assert chains[0].nodes[1::2] == ("organisation:NATO", "organisation:USA_JPN_1960")
    assert all("defence" in hop.link.obligations for chain in chains for hop in chain.hops)
    assert not graph.path("Belarus", "Poland", on=DAY, obligation="defence")
    either = graph.path("Belarus", "China", on=DAY, obligation=("defence", "consultation"), k=1)
    assert all({"defence", "consultation"} & set(hop.link.obligations) for hop in either[0].hops)
    assert not graph.path("Belarus", "China", on=DAY, obligation="defence", max_hops=4)
    for wrong in ({"obligation": "peace"}, {"obligation": "defence", "by": "office"}):
        with pytest.raises(QueryError, match="obligation"):
            graph.path("Poland", "Japan", on=DAY, **wrong)


def test_a_seat_by_region_is_followed_only_where_it_is_asked_for(graph):
    (chain,) = graph.path("Kenya", "Uganda", on=DAY, by="seat", k=1)
    assert chain.nodes[1] == "organisation:AFRICAN_GROUP"
    for start, goal in (("Kenya", "Uganda"), ("Bhutan", "Andorra")):
        for found in graph.path(start, goal, on=DAY, k=8):
            assert "seat" not in {hop.link.kind for hop in found.hops}


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


def test_only_the_kinds_that_are_asked_for_are_followed(graph):
    for kind in ("treaty", "membership", "vote"):
        chains = graph.path("Belarus", "Russia", on=DAY, k=4, by=(kind,))
        assert {hop.link.kind for chain in chains for hop in chain.hops} == {kind}


def test_what_is_left_out_is_in_no_chain(graph):
    kinds = graph.path("Belarus", "Russia", on=DAY, k=5, without=("treaty",))
    assert "treaty" not in {hop.link.kind for chain in kinds for hop in chain.hops}
    things = graph.path("BLR", "PRK", on=DAY, k=5, without=("state:RUS", "organisation:CSTO"))
    assert things
    assert not any({"state:RUS", "organisation:CSTO"} & set(chain.nodes) for chain in things)


def test_as_many_chains_as_are_asked_for(graph):
    for count in (1, 2, 7):
        chains = graph.path("Belarus", "Russia", on=DAY, k=count)
        assert len(chains) == count
        assert chains == graph.path("Belarus", "Russia", on=DAY, k=7)[:count]


def test_no_chain_is_longer_than_is_asked_for(graph):
    for most in (2, 3, 4):
        chains = graph.path("Belarus", "North Korea", on=DAY, k=6, max_hops=most)
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
def test_wrong_ends_are_an_error(start, goal, error, message, graph):
    with pytest.raises(error, match=message):
        graph.path(start, goal, on=DAY)


def test_an_unknown_kind_of_link_is_an_error_that_names_those_there_are(graph):
    for option in ("by", "without"):
        with pytest.raises(QueryError, match="no kind of link is called 'love'; known: treaty, "):
            graph.path("Belarus", "Russia", on=DAY, **{option: ("love",)})


def test_a_person_is_joined_by_office_and_words(graph):
    first = graph.path("Putin", "Zelenskyy", on=DAY, k=1)[0]
    assert first.labels[0] == "Vladimir Putin"
    assert {hop.link.kind for hop in first.hops} <= {"office", "statement"}


def test_a_chain_as_data_is_json_and_says_all_of_each_hop(graph):
    data = [chain.as_dict() for chain in graph.path("Belarus", "Russia", on=DAY)]
    again = json.loads(json.dumps(data))
    assert again[0]["nodes"] == ["state:BLR", "organisation:UNION_STATE", "state:RUS"]
    assert again[0]["hops"][0]["start"] == "2000-01-26"
    assert again[0]["hops"][0]["text"] == "Belarus member of Union State of Russia and Belarus"
    assert all(hop["sources"] for chain in again for hop in chain["hops"])


def test_the_evidence_holds_every_record_every_thing_and_every_source(graph):
    store = set(graph.triples())
    for start, goal in (("Belarus", "Russia"), ("Mali", "Nicaragua")):
        chains = graph.path(start, goal, on=DAY)
        evidence = graph.evidence(chains).triples
        subjects = {triple.subject.value for triple in evidence}
        for chain in chains:
            assert {iris.expand(n) for n in chain.nodes if not n.startswith("side:")} <= subjects
            for hop in chain.hops:
                assert hop.link.record in subjects
                assert {iris.thing("source", key) for key in hop.link.sources} <= subjects
        assert {ox.Triple(t.subject, t.predicate, t.object) for t in evidence} <= store


def _network(*edges: tuple[str, str, str, float]) -> Network:
    nodes = sorted({node for a, b, *_ in edges for node in (a, b)})
    links = [
        Link(a=a, b=b, kind=kind, label="to", record=f"urn:{a}{b}{kind}", sources=("s",))
        for a, b, kind, _ in edges
    ]
    return Network(
        nodes=tuple(nodes),
        starts=np.array([nodes.index(a) for a, *_ in edges], dtype=int),
        goals=np.array([nodes.index(b) for _, b, *_ in edges], dtype=int),
        kinds=np.array([LINKS.index(kind) for *_, kind, _ in edges], dtype=np.int8),
        costs=np.array([cost for *_, cost in edges], dtype=float),
        link=links.__getitem__,
        label=str,
    )


def test_of_two_links_between_two_things_the_cheaper_is_taken():
    network = _network(("s:a", "s:b", "vote", 2), ("s:a", "s:b", "treaty", 1))
    [chain] = paths.best(network, "s:a", "s:b")
    assert chain.hops[0].link.kind == "treaty"
    [chain] = paths.best(network, "s:a", "s:b", without=("treaty",))
    assert chain.hops[0].link.kind == "vote"


def test_equal_chains_come_in_alphabetical_order():
    network = _network(*[("s:a", f"s:{x}", "treaty", 1) for x in "zmc"],
               *[(f"s:{x}", "s:b", "treaty", 1) for x in "mzc"])  # fmt: skip
    assert [c.nodes[1] for c in paths.best(network, "s:a", "s:b", k=3)] == ["s:c", "s:m", "s:z"]
    assert [c.nodes[1] for c in paths.best(network, "s:a", "s:b", k=1)] == ["s:c"]


def test_a_longer_chain_that_costs_less_comes_first_unless_it_is_too_long():
    network = _network(
        ("s:a", "s:b", "vote", 9), ("s:a", "s:c", "treaty", 1), ("s:c", "s:b", "treaty", 1)
    )
    assert [len(c.hops) for c in paths.best(network, "s:a", "s:b")] == [2, 1]
    assert [len(c.hops) for c in paths.best(network, "s:a", "s:b", max_hops=1)] == [1]


def test_an_end_that_is_not_in_the_network_has_no_chain():
    assert paths.best(_network(("s:a", "s:b", "vote", 1)), "s:a", "s:x") == ()
    assert paths.best(_network(), "s:a", "s:x") == ()


def test_ends_stay_though_they_are_left_out_themselves():
    network = _network(("s:a", "s:b", "vote", 1))
    assert len(paths.best(network, "s:a", "s:b", without=("s:a",))) == 1


def test_a_good_chain_is_found_behind_thousands_that_are_too_long():
    """A ladder has a power of two of detours, each cheaper than the one short way."""
    rungs = [
        (f"s:{i}{side}", f"s:{i + 1}{other}", "treaty", 0.01)
        for i in range(12)
        for side in "ud"
        for other in "ud"
    ]
    network = _network(("s:a", "s:0u", "treaty", 0.01), ("s:a", "s:0d", "treaty", 0.01), *rungs,
               ("s:12u", "s:b", "treaty", 0.01), ("s:a", "s:b", "vote", 5))  # fmt: skip
    chains = paths.best(network, "s:a", "s:b", k=1, max_hops=3)
    assert [chain.nodes for chain in chains] == [("s:a", "s:b")]


def test_a_dead_end_is_left_at_once():
    """Every way leads through x, from its many neighbours too: there is one chain and no more to look for."""
    crowd = [(f"s:{i}", f"s:{j}", "vote", 1) for i in range(20) for j in range(i)]
    network = _network(("s:a", "s:x", "office", 1), ("s:x", "s:b", "office", 1),
                       *[("s:x", f"s:{i}", "vote", 1) for i in range(20)], *crowd)  # fmt: skip
    assert [c.nodes for c in paths.best(network, "s:a", "s:b", max_hops=12)] == [
        ("s:a", "s:x", "s:b")
    ]


def test_the_chains_are_those_of_a_list_of_all_that_there_are():
    """Beside networkx, which lists every simple path; costs are few, so that many chains are equal."""
    for seed in range(60):
        random = np.random.default_rng(seed)
        pairs = [(a, b) for a in range(9) for b in range(a) if random.random() < 0.35]
        edges = [(f"s:{a}", f"s:{b}", "treaty", float(random.integers(1, 4))) for a, b in pairs]
        plain = nx.Graph()
        plain.add_nodes_from(["s:0", "s:8"])
        plain.add_weighted_edges_from((a, b, cost) for a, b, _, cost in edges)
        for max_hops in (1, 2, 3, 5, 12):
            every = [
                (nx.path_weight(plain, path, "weight"), tuple(path))
                for path in nx.all_simple_paths(plain, "s:0", "s:8", cutoff=max_hops)
            ]
            chains = paths.best(_network(*edges), "s:0", "s:8", k=6, max_hops=max_hops)
            assert [(c.cost, c.nodes) for c in chains] == sorted(every)[:6], (seed, max_hops)


def test_a_network_is_made_once_for_the_questions_of_a_day(graph):
    """Why there is no chain is known from the network in which none was found."""
    graph.path("Belarus", "Russia", on=DAY)
    network = graph._network(date.fromisoformat(DAY))
    graph.path("Switzerland", "Cuba", on=DAY, max_hops=1)
    graph.why_no_path("Switzerland", "Cuba", on=DAY, max_hops=1)
    assert graph._network(date.fromisoformat(DAY)) is network
    assert graph._network(date(1995, 1, 1)) is not network


def test_a_code_two_states_used_means_the_one_of_the_day(graph):
    for on, expected in (("1985-01-01", "state:YEMEN_ARAB_REPUBLIC"), ("2023-02-23", "state:YEM")):
        assert graph.path("YE", "Syria", on=on, k=1)[0].nodes[0] == expected


def test_no_chain_says_that_an_end_did_not_exist_and_who_held_its_seat(graph):
    why = str(graph.why_no_path("Yugoslavia", "RUS", on=date(2023, 2, 23), max_hops=6))
    assert "state:YUG since 1918-12-01 until 1992-04-27" in why
    why = str(graph.why_no_path("RUS", "China", on=date(1985, 1, 1), max_hops=6))
    assert "its seat was held by Soviet Union" in why


def test_what_was_said_at_some_time_of_a_month_is_no_link_before_the_month_is_over(graph):
    """Statements of "2023-02" on a vote of the 23rd cannot count on the 10th."""
    web = graph.network(on="2023-02-10")
    assert not [link for *_, link in web.edges(data="link") if link.start == "2023-02"]


def test_a_thing_can_be_left_out_by_name_from_python_too(graph):
    chains = graph.path("Belarus", "Russia", on=DAY, without=("CSTO", "Union State"))
    assert not {"organisation:CSTO", "organisation:UNION_STATE"} & {
        n for c in chains for n in c.nodes
    }
