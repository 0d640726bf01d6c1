"""Measures of two states in plain Python, vote by vote."""


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
