"""Measures of a made-up record and of the bundled one, from Python and from the command line."""

import csv
import io
import json
from datetime import date

import numpy as np
import pyoxigraph as ox
import pytest

from kg.analysis import blocs, points
from kg.analysis.measured import FORMATS, LEAST
from kg.errors import ExportError, KgError, QueryError, UnknownNameError
from kg.rdf import iris
from kg.votes import measures
from kg.votes.ballots import OUT, choose
from tests import voting as made_up


def by_hand(graph, a, b, start, end):
    """Votes of two states in the Assembly on whole texts that were not unanimous, one by one."""
    table = graph.votes
    rows = zip(table.rollcalls.iter_rows(named=True), table.matrix.tolist(), strict=True)
    for meta, votes in rows:
        cast = [v for v in votes if v in (1, 2, 3)]
        pair = tuple(votes[table.states.index(s)] for s in (a, b))
        taken = meta["organ"] == "UNGA" and meta["question"] == "whole-text"
        both = all(v in (1, 2, 3) for v in pair)
        if taken and both and len(set(cast)) > 1 and start <= meta["date"].year <= end:
            yield pair


def kappa(pairs):
    mine, theirs = zip(*pairs, strict=True)
    same = sum(x == y for x, y in pairs) / len(pairs)
    chance = sum(mine.count(v) * theirs.count(v) for v in (1, 2, 3)) / len(pairs) ** 2
    return (same - chance) / (1 - chance)


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
    asked = {"start": 2012, "end": 2016}
    row = next(row for row in voting.compare("Russia", **asked) if row["state"] == "BLR")
    whole = list(voting.compare("Russia", "Belarus", **asked))[-1]
    assert [whole[name] for name in ("kappa", "n", "same")] == [
        row[n] for n in ("kappa", "n", "same")
    ]
    votes = voting.votes_of("Russia", "Belarus", **asked)
    assert len(votes) == row["n"]
    assert sum(v["RUS"] == v["BLR"] for v in votes) / len(votes) == pytest.approx(row["same"])
    apart = sum(v["distance"] for v in votes) / len(votes)
    agreement = list(voting.compare("Russia", "Belarus", measure="agreement", **asked))[-1][
        "agreement"
    ]
    assert 1 - apart / 2 == pytest.approx(agreement)
    assert (
        voting.compare("Russia", "Belarus", **asked).receipt.votes
        == "kg compare RUS BLR --from 2012 --to 2016 --votes"
    )


@pytest.mark.parametrize("measure", measures.MEASURES)
def test_no_column_stands_twice(measure, voting):
    for table in (
        voting.compare("Russia", measure=measure),
        voting.compare("Russia", "Belarus", measure=measure),
    ):
        assert len(set(table.columns)) == len(table.columns)
        assert {"same", measure} <= set(table.columns)
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_years_of_a_pair_add_up_to_the_whole(voting):
    rows = list(voting.compare("USA", "GBR"))
    assert sum(row["n"] for row in rows[:-1]) == rows[-1]["n"]
    one = list(by_hand(voting, "USA", "GBR", 2015, 2015))
    assert next(r for r in rows if r["period"] == "2015")["kappa"] == pytest.approx(kappa(one))


def test_absence_and_contested_votes_change_what_counts(voting):
    count = {
        how: list(voting.compare("USA", "GBR", absent=how))[-1]["n"]
        for how in ("skip", "own", "as-no")
    }
    assert count["skip"] < count["own"] == count["as-no"]
    fewer = list(voting.compare("USA", "GBR", contested=True))[-1]["n"]
    assert fewer < count["skip"]
    topic = voting.compare("USA", "GBR", topic="palestine")
    assert "PALESTINE QUESTION" in topic.receipt.kept
    assert list(topic)[-1]["n"] < count["skip"]
    assert voting.compare("USA", "GBR", session=70).receipt.rollcall_count < made_up.A_SESSION + 1


def test_absences_never_change_which_roll_calls_count(voting):
    for more in ({}, {"contested": True}):
        counts = {
            how: choose(voting.votes, voting.snapshot.seats, absent=how, **more).rollcalls.height
            for how in ("skip", "own", "as-no")
        }
        assert len(set(counts.values())) == 1


def test_one_year_and_the_whole_of_it_are_one_number(voting):
    year, whole = list(voting.compare("USA", "RUS", start=2015, end=2015))
    assert {**year, "period": "whole"} == whole
    year, whole = list(voting.bloc("USA", "GBR", "FRA", start=2015, end=2015))
    assert {**year, "period": "whole"} == whole


def test_a_topic_is_words_of_a_subject_term_and_tells_what_it_cannot_find(voting, graph):
    told = voting.compare("USA", "GBR", topic="questions palestine").receipt
    assert "(PALESTINE QUESTION)" in told.kept
    assert "have no subject term" in told.notes[0]  # the bundled votes have none
    for wrong in ("pal", "a", "quest"):
        with pytest.raises(QueryError, match="no text has a subject term"):
            voting.compare("USA", "GBR", topic=wrong)


def test_what_is_not_understood_from_python_is_an_error_too(voting):
    with pytest.raises(TypeError, match="unexpected argument 'to'"):
        voting.compare("USA", "GBR", start=2015, to=2019)
    with pytest.raises(ExportError, match="no form of a table"):
        voting.compare("USA", "GBR").write("xlsx")
    listed = voting.bloc(["USA", "GBR"])
    assert listed.rows == voting.bloc("USA", "GBR").rows
    assert listed.title == "How United States and United Kingdom hold together"


def test_states_without_ties_are_in_no_bloc_and_named(voting):
    told = voting.blocs()
    sizes = {}
    for row in told:
        sizes[row["bloc"]] = sizes.get(row["bloc"], 0) + 1
    assert 1 not in sizes.values()


def test_an_interval_without_width_is_not_told(graph):
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


def test_a_bloc_is_what_counting_by_hand_gives(voting):
    table = voting.votes
    whole = list(voting.bloc("Estonia", "Latvia", "Lithuania"))[-1]
    indices = []
    for meta, votes in zip(
        table.rollcalls.iter_rows(named=True), table.matrix.tolist(), strict=True
    ):
        cast = [votes[table.states.index(s)] for s in ("EST", "LVA", "LTU")]
        cast = [v for v in cast if v in (1, 2, 3)]
        if meta["question"] == "whole-text" and meta["organ"] == "UNGA" and len(cast) > 1:
            most = max(cast.count(v) for v in (1, 2, 3))
            indices.append((most - (len(cast) - most) / 2) / len(cast))
    assert whole["n"] == len(indices)
    assert whole["agreement-index"] == pytest.approx(sum(indices) / len(indices))
    assert whole["unanimous"] == indices.count(1)
    votes = list(voting.bloc("Estonia", "Latvia", "Lithuania", part="votes"))
    assert [v["agreement-index"] for v in votes] == pytest.approx(indices)
    for vote in votes:
        assert vote["yes"] + vote["abstain"] + vote["no"] in (2, 3)
    members = list(voting.bloc("Estonia", "Latvia", "Lithuania", part="members"))
    for row in members:
        assert row["share"] == pytest.approx(row["defections"] / row["n"])
        assert row["low"] <= row["share"] <= row["high"]
    assert whole["rice-low"] < whole["rice"] < whole["rice-high"]
    off = sum(row["defections"] for row in members)
    assert off == sum(len(vote["defectors"].split()) for vote in votes)
    split = list(voting.bloc("Estonia", "Latvia", "Lithuania", part="splits"))
    assert [v["agreement-index"] for v in split] == sorted(indices)[: len(split)]


def test_members_of_an_organisation_are_those_of_the_day(graph):
    before = list(graph.bloc("NATO", start=2022, end=2022))[-1]
    after = list(graph.bloc("NATO", part="votes"))[-1]
    assert before["members"] == 30
    assert after["date"] == date(2025, 2, 24)
    assert after["yes"] + after["abstain"] + after["no"] == 32
    assert "FIN" not in {row["state"] for row in graph.bloc("NATO", part="members", end=2022)}
    assert "USA" in after["defectors"].split()


def test_a_group_beside_itself_is_its_pairs(voting):
    states = ["USA", "GBR", "FRA"]
    row = list(voting.bloc(*states, against=states))[-1]
    pairs = [("USA", "GBR"), ("USA", "FRA"), ("GBR", "FRA")]
    means = [list(voting.compare(a, b, measure="agreement"))[-1]["agreement"] for a, b in pairs]
    assert row["agreement"] == pytest.approx(sum(means) / 3, abs=0.02)
    assert row["first"] == row["second"]
    assert row["lines"] <= row["n"]
    assert row["same-line"] == 1


def test_two_blocs_beside_each_other(voting):
    rows = list(voting.bloc("USA", "GBR", against=["CUB", "NIC"]))
    near = list(voting.bloc("USA", "GBR", against=["FRA", "DEU"]))
    assert near[-1]["same-line-low"] < near[-1]["same-line"] < near[-1]["same-line-high"]
    assert rows[-1]["agreement"] < near[-1]["agreement"]
    assert sum(row["n"] for row in rows[:-1]) == rows[-1]["n"]
    one = [list(by_hand(voting, a, b, 2010, 2023)) for a in ("USA", "GBR") for b in ("CUB", "NIC")]
    means = [1 - sum(abs(x - y) for x, y in pairs) / len(pairs) / 2 for pairs in one]
    assert min(means) - 0.02 < rows[-1]["agreement"] < max(means) + 0.02


def test_blocs_are_found_where_votes_have_them_and_not_in_noise():
    generator = np.random.default_rng(5)
    lines = generator.integers(0, 3, size=(200, 3))
    own = np.repeat([0, 1, 2], 20)
    options = lines[:, own].astype(np.int8)
    strayed = generator.random(options.shape) < 0.3
    options[strayed] = generator.integers(0, 3, size=int(strayed.sum()))
    options[generator.random(options.shape) < 0.05] = OUT

    def found(matrix):
        states = tuple(f"S{i:02}" for i in range(matrix.shape[1]))
        return blocs.find(blocs.Ballots(None, states, matrix))[0]

    told = found(options)
    assert told.holds
    assert len(set(told.blocs)) == 3
    assert all(len(set(told.blocs[own == n])) == 1 for n in range(3))
    assert told.stability > 0.9
    noise = found(generator.permuted(options, axis=0))
    assert not noise.holds
    again = found(options)
    assert np.array_equal(again.blocs, told.blocs)


def test_a_division_is_like_itself_and_unlike_chance():
    one = np.repeat([0, 1, 2, 3], 25)
    assert blocs._likeness(one, one + 5) == 1
    assert abs(blocs._likeness(one, np.tile([0, 1, 2, 3], 25))) < 0.05


def test_the_record_shows_blocs_or_says_that_it_has_none(voting, graph, run, voting_root):
    table = voting.blocs()
    assert {row["state"] for row in table} <= set(made_up.STATES)
    told = run("blocs", graph=voting_root)
    assert told.exit_code == (0 if len(table) else 1)
    with pytest.raises(QueryError, match="too few for blocs"):
        graph.blocs()


def test_who_moved_between_two_votes(graph):
    rows = {
        row["state"]: (row["before"], row["after"]) for row in graph.moves("ES-11/1", "ES-11/6")
    }
    assert rows["MLI"] == ("abstain", "no")
    assert rows["NIC"] == ("abstain", "no")
    table = graph.votes
    a, b = (table.rollcalls["rollcall"].to_list().index(k) for k in ("ES-11_1", "ES-11_6"))
    assert len(rows) == (table.matrix[a] != table.matrix[b]).sum()


def test_who_moved_between_two_periods(voting, tmp_path):
    rows = list(voting.moves("2010-2015", "2017-2021"))
    within = [row for row in rows if row["remark"]]
    assert len(within) > len(rows) * 0.8  # the made-up states never move
    assert all(row["moved"] > 0 and row["chance"] > 0 for row in rows)
    assert rows == list(voting.moves("2010-2015", "2017-2021"))


def test_points_find_where_the_made_up_states_stand(voting):
    rows = list(voting.points(start=2010, end=2023))
    true = [made_up.places()[row["state"]] for row in rows]
    assert np.corrcoef([row["point"] for row in rows], true)[0, 1] > 0.97
    assert next(row for row in rows if row["state"] == "USA")["point"] > 0
    assert all(row["low"] < row["point"] < row["high"] for row in rows)
    values = np.array([row["point"] for row in rows])
    assert (values.mean(), values.std()) == pytest.approx((0, 1), abs=1e-6)
    assert rows == list(voting.points(start=2010, end=2023))


@pytest.mark.parametrize("seed", range(5))
def test_points_of_known_places_are_found_again(seed):
    generator = np.random.default_rng(seed)
    places, count = generator.normal(size=150), 120
    sharp = generator.normal(size=count) * 1.7
    first = generator.normal(size=count)
    second = first + generator.uniform(0.3, 1.5, size=count)
    lean = sharp[:, None] * places
    drawn = generator.logistic(size=lean.shape) + lean
    options = (drawn > first[:, None]).astype(np.int8) + (drawn > second[:, None]).astype(np.int8)
    options[generator.random(options.shape) < 0.1] = OUT
    found = points.fit(options)
    likeness = np.corrcoef(found.points, places)[0, 1]
    assert abs(likeness) > 0.97
    true = (places - places.mean()) / places.std() * np.sign(likeness)
    inside = (found.low < true) & (true < found.high)
    assert 0.88 < inside.mean() <= 1


def test_rare_votes_shared_without_a_tie(voting):
    rows = [(row["rollcall"], row["a"], row["b"]) for row in voting.bedfellows(3)]
    assert ("77_92", "PRK", "USA") in rows
    assert not [row for row in rows if row[0] == "77_93"]  # allies share NATO
    assert not [row for row in rows if row[0] == "77_91"]  # one alone has no company


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("compare", "Atlantis"), "no known state"),
        (("compare", "Yugoslavia", "--from", "2022"), "cast no vote that counts from 2022"),
        (("compare", "Russia", "--from", "2030"), "no roll call from 2030-01-01; the record has"),
        (("compare", "Russia", "--on", "2022-12-31"), "no roll call on 2022-12-31; the record has"),
        (("compare", "Russia", "--from", "2020", "--to", "2010"), "before it begins"),
        (("compare", "Russia", "--from", "soon"), "is not a day, month or year"),
        (("compare", "Russia", "--on", "2022", "--to", "2023"), "exclude each other"),
        (("compare", "Russia", "RUS"), "are one state here"),
        (("compare", "Russia", "Belarus", "--on", "2023"), f"{LEAST} are the fewest"),
        (("compare", "Russia", "--on", "2023"), f"fewer than {LEAST} votes in common"),
        (("compare", "Russia", "--votes"), "name another beside"),
        (("compare", "Russia", "--topic", "unicorns"), "no text has a subject term"),
        (("compare", "Russia", "--session", "999"), "no text of session '999'"),
        (("compare", "Russia", "Belarus", "--votes", "--plot", "x.svg"), "has no picture"),
        (("bloc", "Russia"), "is one state"),
        (("bloc", "Russia", "RUS"), "two states or more"),
        (("bloc", "ES-11/1"), "a bloc is an organisation"),
        (("bloc", "NATO", "--on", "2023"), f"{LEAST} are the fewest"),
        (
            ("bloc", "NATO", "EU"),
            "NATO is an organisation; a bloc is one organisation or several states",
        ),
        (("bloc", "NATO", "--absent", "own"), "give absent skip or as-no"),
        (("compare", "Germany"), "always voted yes in the 8"),
        (("bloc", "NATO", "--against", "CSTO", "--votes"), "leave out --show and --votes"),
        (("blocs",), "too few for blocs"),
        (("moves", "ES-11/1"), "give two votes, two periods"),
        (("moves", "ES-11/1", "ES-11/1"), "held against itself"),
        (("moves", "ES-11/1", "2022"), "give two votes or two periods"),
        (("moves", "this", "that"), "is no vote in the graph, and no period"),
        (("moves", "2022", "2022"), "give them in order"),
        (("moves", "ES-11/1", "ES-11/6", "--topic", "x"), "leave out topic"),
        (("points",), "too few for points"),
        (("points", "--absent", "own"), "ordered answers"),
        (("points", "--session", "ES-11", "--plot", "x.svg"), "too few for points"),
    ],
)
def test_what_cannot_be_measured_is_one_clear_line(asked, told, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*asked)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert told in line
    assert "nan" not in line.lower().replace("finance", "")


CALLS = {
    "compare": ("Russia",),
    "pair": ("Russia", "Belarus"),
    "bloc": ("NATO",),
    "points": (),
    "moves": ("2010-2015", "2017-2021"),
}


@pytest.mark.parametrize("name", CALLS)
def test_every_form_carries_the_receipt_and_no_nan(name, voting):
    table = getattr(voting, {"pair": "compare"}.get(name, name))(*CALLS[name])
    for form in FORMATS if name != "moves" else ("csv", "json"):
        text = table.write(form)
        assert "nan" not in text.lower().replace("finance", "").replace("unanimous", "")
    rows = list(csv.DictReader(io.StringIO(table.write("csv"))))
    assert len(rows) == len(table)
    for row in rows:
        assert row["method"] == table.receipt.method
        assert row["from"] == str(table.receipt.start)
        assert all(
            row[column] for column in ("to", "rollcalls", "kept", "absent", "formula_source")
        )
        assert "UN Digital Library" in row["source"]
    told = json.loads(table.write("json"))
    assert told["receipt"]["rollcall_count"] == table.receipt.rollcall_count
    assert len(told["rows"]) == len(table)
    assert dict(table.receipt.lines())["measure"]
    assert table.to_polars().height == table.to_pandas().shape[0] == len(table)


@pytest.mark.parametrize("name", [n for n in CALLS if n != "moves"])
def test_measurements_as_rdf_say_their_method_and_what_they_were_made_of(name, voting):
    table = getattr(voting, {"pair": "compare"}.get(name, name))(*CALLS[name])
    found = {}
    for quad in ox.parse(table.write("ttl"), format=ox.RdfFormat.TURTLE):
        found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    numbers = [
        row
        for row in table
        if row[{"points": "point"}.get(table.receipt.method, table.receipt.method)] is not None
    ]
    assert len(found) == len(numbers)
    for said in found.values():
        for prop in (
            "method",
            "measuredValue",
            "rollCallCount",
            "periodStart",
            "absence",
            "selection",
        ):
            assert len(said[iris.term(prop)]) == 1


def test_a_list_of_votes_is_no_measurement(voting):
    with pytest.raises(ExportError, match="give -f csv or json"):
        voting.votes_of("Russia", "Belarus").write("ttl")
    with pytest.raises(KgError):
        voting.compare("Russia", measure="nearness")
    with pytest.raises(UnknownNameError):
        voting.compare("Russia", "Atlantis")


@pytest.mark.parametrize(
    ("command", "plot"),
    [
        (("compare", "Russia"), "a.svg"),
        (("compare", "Russia", "Belarus"), "a.svg"),
        (("compare", "Russia", "Belarus"), "a.png"),
        (("bloc", "NATO"), "a.svg"),
        (("bloc", "CSTO", "--against", "NATO"), "a.pdf"),
        (("points", "--session", "70"), "a.svg"),
    ],
)
def test_a_picture_has_its_title_n_period_and_source_in_it(
    command, plot, run, voting_root, tmp_path
):
    first, second = tmp_path / plot, tmp_path / f"2{plot}"
    for path in (first, second):
        done = run(*command, "--plot", path, graph=voting_root)
        assert done.exit_code == 0, done.stderr
        assert f"wrote {path}" in done.stderr
    assert first.read_bytes() == second.read_bytes()
    if plot.endswith("svg"):
        text = first.read_text(encoding="utf-8")
        for told in (
            "n = ",
            "roll calls",
            "UN Digital Library",
            "1960" if "compare" in command else "20",
        ):
            assert told in text
        assert 'href="http' not in text


def test_a_seed_below_zero_is_a_usage_error(run):
    done = run("compare", "Russia", "--seed", "-1")
    assert done.exit_code == 2
    assert "--seed" in done.stderr


def test_a_picture_of_another_kind_is_refused_before_anything_is_written(
    run, voting_root, tmp_path
):
    done = run("compare", "Russia", "--plot", tmp_path / "x.gif", graph=voting_root)
    assert done.exit_code == 2
    assert "a picture is .svg, .png or .pdf" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_matrix_of_blocs_is_drawn_in_their_order(voting, tmp_path):
    from kg.analysis.measured import Measured
    from kg.views import plots

    table = voting.compare("Russia")
    rows = tuple((1 + i % 2, row["state"]) for i, row in enumerate(table))
    made = Measured("Blocs", ("bloc", "state"), tuple(sorted(rows)), table.receipt)
    kappa_of = blocs.matrix(voting.snapshot, made)
    assert kappa_of.shape == (len(rows), len(rows))
    chosen = choose(voting.votes, voting.snapshot.seats)
    a, b = (chosen.states.index(made.rows[i][1]) for i in (0, -1))
    assert kappa_of[0, -1] == measures.between(chosen, "kappa")[0][a, b]
    plots.matrix(made, kappa_of, tmp_path / "m.svg")
    assert "bloc (states)" in (tmp_path / "m.svg").read_text(encoding="utf-8")


def test_belarus_and_russia_are_close_by_kappa_and_not_by_raw_agreement(shared, tmp_path):
    from kg.api import Graph
    from kg.graph.build import build

    files = sorted((shared / "unvotes").glob("*.csv*"))
    build(tmp_path / "graph", files=files)
    asked = {"start": 2015, "end": 2019}

    def rank(graph, of, among, measure="kappa"):
        table = graph.compare(among, measure=measure, **asked)
        return next(row["rank"] for row in table if row["state"] == of)

    with Graph(tmp_path / "graph") as graph:
        assert rank(graph, "BLR", among="RUS") <= 3
        assert rank(graph, "RUS", among="BLR") <= 10
        assert rank(graph, "RUS", among="BLR", measure="same") > 50
        assert rank(graph, "RUS", among="BLR", measure="agreement") > 50


def test_the_options_offer_what_the_library_knows():
    from kg.analysis import bloc
    from kg.cli import cli
    from kg.votes.ballots import ABSENCES

    def choices(command, option):
        (found,) = [p for p in cli.get_command(None, command).params if p.name == option]
        return tuple(found.type.choices)

    assert choices("compare", "measure") == measures.MEASURES
    assert choices("compare", "absent") == ABSENCES
    assert choices("compare", "form") == ("table", *FORMATS)
    assert choices("bloc", "part") == bloc.PARTS
