"""The formulas, against plain Python over single votes, scikit-learn, and cases counted by hand."""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from kg.votes import kernel, measures
from kg.votes.ballots import ABSENT, ABSTAIN, NO, OUT, YES, Ballots
from kg.votes.methods import FUNCTIONS, MEASURES, METHODS


def ballots(rows, absent="skip"):
    answers = np.array(rows, dtype=np.int8)
    states = tuple(f"S{i}" for i in range(answers.shape[1]))
    frame = pl.DataFrame({"rollcall": [str(i) for i in range(len(answers))]})
    return Ballots(frame, states, answers, absent)


def distance(x, y):
    if ABSENT in (x, y):
        return 0 if x == y else 1
    return abs(x - y)


def by_hand(measure, pairs):
    """A measure of two states, vote by vote; None where it is not defined."""
    nominal = measure in ("kappa", "pi", "same")
    apart = (lambda x, y: float(x != y)) if nominal else distance
    if not pairs:
        return None
    observed = sum(apart(x, y) for x, y in pairs) / len(pairs)
    if measure == "agreement":
        return 1 - observed / 2
    if measure in ("same", "s"):
        return 1 - observed
    mine, theirs = [x for x, _ in pairs], [y for _, y in pairs]
    if measure == "pi":
        mine = theirs = mine + theirs
    expected = sum(apart(x, y) for x in mine for y in theirs) / len(mine) / len(theirs)
    return 1 - observed / expected if expected else None


def common(mine, theirs):
    return [(x, y) for x, y in zip(mine, theirs, strict=True) if OUT not in (x, y)]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(data=st.data(), absent=st.sampled_from(["skip", "own"]))
def test_every_measure_of_every_pair_is_what_counting_by_hand_gives(data, absent):
    answers = [OUT, YES, ABSTAIN, NO, *([ABSENT] if absent == "own" else [])]
    row = st.lists(st.sampled_from(answers), min_size=4, max_size=4)
    rows = data.draw(st.lists(row, min_size=1, max_size=25))
    made = ballots(rows, absent)
    for measure in MEASURES:
        values, counts = measures.between(made, measure)
        for a in range(4):
            tables = kernel.joint(made, f"S{a}")
            for b in range(4):
                pairs = common(made.answers[:, a].tolist(), made.answers[:, b].tolist())
                wanted = by_hand(measure, pairs)
                table = kernel.table_of(made.answers[:, a], made.answers[:, b], made.kinds)
                assert np.array_equal(table, tables[b])
                assert counts[a, b] == table.sum() == len(pairs)
                for got in (measures.value(measure, table), values[a, b]):
                    if wanted is None:
                        assert measures.rounded(got) is None
                    else:
                        assert float(got) == pytest.approx(wanted, abs=2e-6)


def test_kappa_is_scikit_learns():
    generator = np.random.default_rng(3)
    mine, theirs = generator.integers(0, 3, size=(2, 400)).astype(np.int8)
    theirs[:150] = mine[:150]
    table = kernel.table_of(mine, theirs)
    assert measures.value("kappa", table) == pytest.approx(cohen_kappa_score(mine, theirs))
    weighted = cohen_kappa_score(mine, theirs, weights="linear")
    assert measures.value("weighted-kappa", table) == pytest.approx(weighted)


def test_a_case_counted_by_hand():
    mine = np.array([YES, YES, ABSTAIN, NO, OUT], np.int8)
    theirs = np.array([YES, NO, NO, NO, YES], np.int8)
    counted = {
        # yes yes, yes no, abstain no, no no: 2 of 4 the same; distances 0, 2, 1, 0
        "same": 2 / 4,
        "agreement": 1 - 3 / 8,
        "s": 1 - 2 * 3 / 8,
        # mine 2 yes 1 abstain 1 no, theirs 1 yes 3 no: same by chance (2*1 + 1*3) / 16
        "kappa": 1 - (2 / 4) / (1 - 5 / 16),
        # pooled 3 yes 1 abstain 4 no of 8
        "pi": 1 - (2 / 4) / (1 - (9 + 1 + 16) / 64),
        # by chance: yes-no 2*3 twice apart, abstain-yes 1, abstain-no 3, no-yes 1 twice apart, of 16
        "weighted-kappa": 1 - (3 / 4) / ((12 + 1 + 3 + 2) / 16),
    }
    assert counted.keys() == set(MEASURES)
    for measure, value in counted.items():
        table = kernel.table_of(mine, theirs)
        assert measures.value(measure, table) == pytest.approx(value), measure


def test_what_chance_makes_certain_is_not_defined():
    always = np.full(9, YES, np.int8)
    table = kernel.table_of(always, always)
    assert measures.rounded(measures.value("kappa", table)) is None
    assert measures.rounded(measures.value("pi", table)) is None
    assert measures.value("same", table) == 1
    none = np.full(9, OUT, np.int8)
    for measure in MEASURES:
        assert measures.rounded(measures.value(measure, kernel.table_of(always, none))) is None


def test_cohesion_counted_by_hand():
    for *counts, index, rice in (
        (10, 0, 0, 1.0, 1.0),
        (5, 0, 5, 0.25, 0.0),
        (4, 4, 4, 0.0, 0.0),
        (6, 2, 2, 0.4, 0.5),
        (0, 3, 0, 1.0, None),
    ):
        assert measures.agreement_index(np.array(counts)) == pytest.approx(index), counts
        wanted = rice if rice is None else pytest.approx(rice)
        assert measures.rounded(measures.rice(np.array(counts))) == wanted, counts


def test_the_line_is_what_most_said_and_none_where_two_answers_were_as_many():
    counts = np.array([[5, 1, 0], [1, 2, 0], [0, 1, 4], [3, 3, 0], [2, 2, 2]])
    assert measures.lines(counts).tolist() == [YES, ABSTAIN, NO, OUT, OUT]


def test_every_measure_says_its_formula_and_who_proposed_it():
    for key, method in METHODS.items():
        assert all((method.key == key, method.name, method.formula, method.source)), key
    for measure in MEASURES:
        assert METHODS[measure].range, measure


def test_what_is_no_measure_of_two_states_is_refused():
    with pytest.raises(ValueError, match="rice is no measure of two states"):
        measures.value("rice", np.zeros((3, 3)))


def test_every_measure_that_sparql_has_is_one_of_two_states():
    assert set(FUNCTIONS.values()) <= set(MEASURES)


def test_the_list_of_measures_loads_no_numpy():
    code = "import sys, kg.votes.methods; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
