"""Two states, and one state and all others, against plain Python over single votes."""

import numpy as np
import pytest

from kg.api import Graph
from kg.errors import QueryError
from kg.graph.build import build
from kg.votes.methods import MEASURES
from tests import official
from tests import voting as made_up
from tests.analysis.by_hand import by_hand, kappa


def test_partners_are_what_counting_by_hand_gives_and_in_order(voting):
    table = voting.compare("Russia", start=2012, end=2016)
    assert len(table) == len(made_up.STATES) - 1
    for row in list(table)[::9]:
        pairs = list(by_hand(voting, "RUS", row["state"], 2012, 2016))
        assert row["n"] == len(pairs)
        assert row["kappa"] == pytest.approx(kappa(pairs))
        assert row["same"] == pytest.approx(sum(x == y for x, y in pairs) / len(pairs))
        assert row["low"] <= row["kappa"] <= row["high"]
    values = [row["kappa"] for row in table]
    assert values == sorted(values, reverse=True)
    assert [row["rank"] for row in table] == list(range(1, len(table) + 1))
    assert table.receipt.rollcall_count >= max(row["n"] for row in table)


def test_a_pair_has_the_number_of_the_list_and_its_votes_make_it(voting):
    years = {"start": 2012, "end": 2016}
    row = next(row for row in voting.compare("Russia", **years) if row["state"] == "BLR")
    whole = list(voting.compare("Russia", "Belarus", **years))[-1]
    assert [whole[name] for name in ("kappa", "n", "same")] == [
        row[n] for n in ("kappa", "n", "same")
    ]
    votes = voting.compare("Russia", "Belarus", votes=True, **years)
    assert len(votes) == row["n"]
    assert sum(v["RUS"] == v["BLR"] for v in votes) / len(votes) == pytest.approx(row["same"])
    apart = sum(v["distance"] for v in votes) / len(votes)
    agreement = list(voting.compare("Russia", "Belarus", measure="agreement", **years))[-1][
        "agreement"
    ]
    assert 1 - apart / 2 == pytest.approx(agreement)


def test_the_votes_that_differ_are_counted_and_listed_alone(voting):
    years = {"start": 2012, "end": 2016}
    whole = list(voting.compare("Russia", "Belarus", **years))[-1]
    every = list(voting.compare("Russia", "Belarus", votes=True, **years))
    apart = voting.compare("Russia", "Belarus", differing=True, **years)
    assert list(apart) == [vote for vote in every if vote["RUS"] != vote["BLR"]]
    assert 0 < len(apart) == whole["differing"] < whole["n"]
    assert f"{len(apart)} of the {len(every)} common votes differ" in apart.receipt.kept


def test_unanimous_votes_are_left_out_or_kept_or_taken_alone(tmp_path, graph):
    file = tmp_path / "ga.csv"
    file.write_text(official.ga(official.many(30)), encoding="utf-8")  # of each third all say yes
    build(tmp_path / "graph", files=[file])
    year = {"measure": "same", "on": 1995}
    with Graph(tmp_path / "graph") as built:
        tables = {
            which: built.compare("Russia", "France", unanimous=which, **year)
            for which in ("without", "with", "only", None)
        }
        assert {which: list(table)[-1]["n"] for which, table in tables.items()} == {
            "without": 20, "with": 30, "only": 10, None: 20,
        }  # fmt: skip
        assert list(tables["with"])[-1]["differing"] == list(tables[None])[-1]["differing"] > 0
        assert list(tables["only"])[-1]["differing"] == 0
        said = [table.receipt.kept.split(", ")[1] for table in tables.values()]
        assert said == [
            "without unanimous ones",
            "unanimous ones too",
            "unanimous ones only",
            said[0],
        ]
        none = built.compare("Russia", "France", differing=True, unanimous="only", **year)
        assert not none.rows
        assert "0 of the 10 common votes differ" in none.receipt.kept
        states = "Russia", "France"
        assert list(built.bloc(*states, on=1995))[-1]["n"] == 30
        assert list(built.bloc(*states, on=1995, unanimous="without"))[-1]["n"] == 20
    with pytest.raises(QueryError, match="contested"):
        graph.compare("Russia", contested=True, unanimous="only")
    with pytest.raises(QueryError, match="without, with, only"):
        graph.compare("Russia", unanimous="maybe")


def test_no_column_stands_twice(voting):
    for measure in MEASURES:
        for table in (
            voting.compare("Russia", measure=measure, start=2015, end=2016),
            voting.compare("Russia", "Belarus", measure=measure, start=2015, end=2016),
        ):
            assert len(set(table.columns)) == len(table.columns), measure
            assert {"same", measure} <= set(table.columns)
            assert {len(row) for row in table.rows} == {len(table.columns)}, measure


def test_years_of_a_pair_add_up_to_the_whole(voting):
    rows = list(voting.compare("USA", "GBR"))
    assert sum(row["n"] for row in rows[:-1]) == rows[-1]["n"]
    one = list(by_hand(voting, "USA", "GBR", 2015, 2015))
    assert next(r for r in rows if r["period"] == "2015")["kappa"] == pytest.approx(kappa(one))


def test_an_interval_without_width_is_left_out(graph):
    row = list(graph.compare("Belarus", "China", measure="same"))[-1]
    assert row["same"] < 1
    row = list(graph.compare("Estonia", "Latvia", measure="same"))[-1]
    assert (row["same"], row["low"], row["high"]) == (1, None, None)
    assert "all the same" in row["remark"]


def test_an_interval_is_the_same_each_time_and_wider_with_fewer_votes(voting):
    first, again, other = (list(voting.compare("USA", "RUS", seed=seed))[-1] for seed in (0, 0, 1))
    assert first == again
    assert (first["low"], first["high"]) != (other["low"], other["high"])
    short = list(voting.compare("USA", "RUS", start=2015, end=2015))[-1]
    assert short["high"] - short["low"] > first["high"] - first["low"]


def test_the_interval_is_that_of_drawing_roll_calls(voting):
    pairs = np.array(list(by_hand(voting, "USA", "IND", 2010, 2023)))
    generator = np.random.default_rng(1)
    drawn = []
    for _ in range(1000):
        sample = pairs[generator.integers(len(pairs), size=len(pairs))]
        drawn.append(kappa([tuple(p) for p in sample.tolist()]))
    row = list(voting.compare("USA", "IND"))[-1]
    assert np.quantile(drawn, [0.025, 0.975]) == pytest.approx([row["low"], row["high"]], abs=0.03)


def test_belarus_and_russia_are_close_by_kappa_and_not_by_raw_agreement(shared, tmp_path):
    from kg.api import Graph
    from kg.graph.build import build

    files = sorted((shared / "unvotes").glob("*.csv*"))
    build(tmp_path / "graph", files=files)
    years = {"start": 2015, "end": 2019}

    def rank(graph, of, among, measure="kappa"):
        table = graph.compare(among, measure=measure, **years)
        return next(row["rank"] for row in table if row["state"] == of)

    with Graph(tmp_path / "graph") as graph:
        assert rank(graph, "BLR", among="RUS") <= 3
        assert rank(graph, "RUS", among="BLR") <= 10
        assert rank(graph, "RUS", among="BLR", measure="same") > 50
        assert rank(graph, "RUS", among="BLR", measure="agreement") > 50
