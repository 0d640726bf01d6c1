"""How sure a measured number is: bootstrap intervals, the fewest votes, and warnings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.votes.measures import rounded, value

DRAWS = 1000
"""Draws of a bootstrap."""
LEAST = 5
"""Fewest votes for a number to be given at all."""
FEW = 30
"""Fewer votes than these come with a warning."""
LOPSIDED = 0.9
"""Where this share of a state's votes are the same, what is common to two states says little."""
BOOTSTRAP = f"95 %, from {DRAWS:,} bootstrap draws over the roll calls"
"""How the intervals are found, in words."""

Bounds = tuple[float | None, float | None]
"""Low and high; None where there are too few votes, or every draw is alike."""


def of_measure(measure: str, table: NDArray[np.integer], seed: int, *keys: str) -> Bounds:
    """The middle 95 % of a measure over bootstrap draws of the roll calls in a joint table.

    To draw roll calls with replacement is to draw how often each pair of answers occurs, so the draws are
    made from the table at once. Draws in which the measure is not defined are left out.

    Args:
        measure: What is measured.
        table: The joint table of two states.
        seed: Of the draws.
        keys: What is measured, so that a pair has the same interval in whatever list it stands.
    """
    cells = table.reshape(-1)
    if not cells.sum():
        return None, None
    generator = np.random.default_rng([seed, *"|".join(keys).encode()])
    drawn = generator.multinomial(cells.sum(), cells / cells.sum(), size=DRAWS)
    return _middle(value(measure, drawn.reshape(DRAWS, *table.shape)))


def mean(values: NDArray[np.float64], seed: int) -> tuple[float | None, float | None, float | None]:
    """The mean over roll calls and its interval; None with fewer than five."""
    if len(values) < LEAST:
        return None, None, None
    drawn = np.random.default_rng(seed).integers(len(values), size=(DRAWS, len(values)))
    return rounded(values.mean()), *_middle(values[drawn].mean(axis=1))


def of_share(count: int, whole: int, seed: int) -> Bounds:
    """The interval of a share of roll calls; to draw them anew is to draw how many there are."""
    if whole < LEAST:
        return None, None
    drawn = np.random.default_rng(seed).binomial(whole, count / whole, size=DRAWS)
    return _middle(drawn / whole)


def _middle(values: NDArray[np.float64]) -> Bounds:
    """The middle 95 % of draws; None where most are not defined."""
    values = values[np.isfinite(values)]
    if len(values) * 2 < DRAWS:
        return None, None
    low, high = np.quantile(values, [0.025, 0.975])
    if low == high:  # every draw is alike: that says nothing of how sure the number is
        return None, None
    return rounded(low), rounded(high)


def remark(table: NDArray[np.integer]) -> str:
    """A warning about a joint table: few votes, or nearly all the same."""
    count = int(table.sum())
    if not count:
        return "few votes"
    words = ["few votes"] if count < FEW else []
    if int(np.trace(table)) == count:
        words.append("all the same")
    if max(table.sum(axis=0).max(), table.sum(axis=1).max()) / count >= LOPSIDED:
        words.append("lopsided")
    return ", ".join(words)
