"""The network of alliances against the question of who is allied with whom."""

import csv
import io
from itertools import combinations

import pytest

from kg.errors import QueryError

DAY = "2023-02-23"


def test_the_degree_of_a_state_is_how_many_allies_the_question_lists(graph):
    network = graph.alliances(on=DAY)
    degrees = {row.state: row.degree for row in network.rows}
    for state in ("Russia", "United States", "France", "North Korea", "Brazil", "Armenia"):
        allies = {row["ally"] for row in graph.query("allies", state=state, on=DAY)}
        assert degrees[graph.names.resolve(state, "state")] == len(allies), state
    assert "CHE" not in degrees
    assert sum(degrees.values()) == 2 * network.tie_count
    assert [row.degree for row in network.rows] == sorted(degrees.values(), reverse=True)


def test_density_and_components_follow_from_the_ties(graph):
    network = graph.alliances(on=DAY)
    count = len(network.rows)
    assert network.density == pytest.approx(network.tie_count / (count * (count - 1) / 2))
    assert sum(network.components) == count
    part = {row.state: row.component for row in network.rows}
    assert part["USA"] == part["POL"] == part["JPN"] == 1
    assert part["RUS"] == part["BLR"] != part["USA"]
    assert network.components == tuple(sorted(network.components, reverse=True))
    assert list(part.values()).count(1) == network.components[0]


def test_who_joins_two_parts_lies_between_them_and_a_pair_alone_lies_between_none(graph):
    rows = {row.state: row for row in graph.alliances(on=DAY).rows}
    assert rows["USA"].betweenness == max(row.betweenness for row in rows.values()) > 0.1
    assert rows["JPN"].degree == 1  # allied with the United States alone
    assert rows["JPN"].betweenness == 0


def test_an_obligation_chooses_the_treaties_and_seats_tie_nobody(graph):
    defence = graph.alliances(on=DAY)
    both = graph.alliances(on=DAY, obligation=("consultation", "defence"))
    assert both.obligations == ("defence", "consultation")
    assert len(both.rows) > len(defence.rows)
    assert both.tie_count > defence.tie_count
    bodies = {body for row in both.rows for body in row.alliances}
    assert not bodies & {"UN", "UNGA", "UNSC", "WEOG", "AFRICAN_GROUP"}
    assert "CHN_PRK_1961" in {body for row in defence.rows for body in row.alliances}
    assert not graph.alliances(on="1945-10-24", obligation="neutrality").rows
    for wrong in ("peace", ()):
        with pytest.raises(QueryError, match="obligation"):
            graph.alliances(on=DAY, obligation=wrong)


def test_as_csv_each_state_carries_the_day_its_sources_and_the_whole(graph):
    network = graph.alliances(on=DAY)
    rows = list(csv.DictReader(io.StringIO(network.to_csv())))
    assert [row["state"] for row in rows] == [row.state for row in network.rows]
    assert {(row["on"], row["obligations"], row["ties"]) for row in rows} == {
        (DAY, "defence", str(network.tie_count))
    }
    assert all(graph.source(key) for row in rows for key in row["source"].split())
    pairs = sum(
        bool(set(a["alliances"].split()) & set(b["alliances"].split()))
        for a, b in combinations(rows, 2)
    )
    assert pairs == network.tie_count
    assert network.as_dict()["state_count"] == len(rows)
