"""Points on a line, where they are known."""

import numpy as np
import pytest

from kg.votes import scale
from kg.votes.ballots import OUT
from tests import voting as made_up


def test_points_find_where_the_made_up_states_stand(voting, tables):
    rows = list(tables["points"])
    true = [made_up.places()[row["state"]] for row in rows]
    assert np.corrcoef([row["point"] for row in rows], true)[0, 1] > 0.97
    assert next(row for row in rows if row["state"] == "USA")["point"] > 0
    assert all(row["low"] < row["point"] < row["high"] for row in rows)
    values = np.array([row["point"] for row in rows])
    assert (values.mean(), values.std()) == pytest.approx((0, 1), abs=1e-6)
    assert rows == list(voting.points(start=2010, end=2023))


def recovered(seed):
    """How like the true places the points are, and the share of intervals that hold the true place."""
    generator = np.random.default_rng(seed)
    places, count = generator.normal(size=150), 120
    sharp = generator.normal(size=count) * 1.7
    first = generator.normal(size=count)
    second = first + generator.uniform(0.3, 1.5, size=count)
    lean = sharp[:, None] * places
    drawn = generator.logistic(size=lean.shape) + lean
    answers = (drawn > first[:, None]).astype(np.int8) + (drawn > second[:, None]).astype(np.int8)
    answers[generator.random(answers.shape) < 0.1] = OUT
    found = scale.fit(answers)
    likeness = np.corrcoef(found.points, places)[0, 1]
    true = (places - places.mean()) / places.std() * np.sign(likeness)
    inside = (found.low < true) & (true < found.high)
    return abs(likeness), inside.mean()


def test_points_of_known_places_are_found_again():
    for seed in range(5):
        likeness, inside = recovered(seed)
        assert likeness > 0.97, seed
        assert 0.88 < inside <= 1, seed
