"""Joint tables: how often one state gave one answer while another gave another. By numpy, in memory.

The measures need nothing else of the votes, so that whatever gives the same tables can stand in for this.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.votes.ballots import OUT, Ballots


def table_of(mine: NDArray[np.int8], theirs: NDArray[np.int8], kinds: int = 3) -> NDArray[np.int64]:
    """The joint table of two columns of answers: shape [answer, the other's answer]."""
    both = (mine != OUT) & (theirs != OUT)
    cells = np.bincount(mine[both].astype(np.int64) * kinds + theirs[both], minlength=kinds**2)
    return cells.reshape(kinds, kinds)


def joint(ballots: Ballots, state: str) -> NDArray[np.int64]:
    """The joint tables of one state with every state: shape [state, its answer, the other's answer]."""
    mine, kinds = ballots.column(state), ballots.kinds
    tables = np.zeros((len(ballots.states), kinds, kinds), dtype=np.int64)
    for k in range(kinds):
        rows = ballots.answers[mine == k]
        for other in range(kinds):
            tables[:, k, other] = (rows == other).sum(axis=0)
    return tables


def all_pairs(ballots: Ballots) -> NDArray[np.float32]:
    """The joint tables of all pairs: shape [answer, the other's answer, state, other state].

    One product of matrices counts them all; float32 is exact up to 2**24 roll calls.
    """
    kinds, size = ballots.kinds, len(ballots.states)
    gave = np.empty((kinds, size, len(ballots.answers)), dtype=np.float32)
    for k in range(kinds):
        np.equal(ballots.answers.T, k, out=gave[k])
    flat = gave.reshape(kinds * size, -1)
    return (flat @ flat.T).reshape(kinds, size, kinds, size).swapaxes(1, 2)
