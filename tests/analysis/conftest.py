from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def tables(voting):
    """One table of each measure of the made-up record, made once: the points take seconds."""
    return {
        "compare": voting.compare("Russia"),
        "pair": voting.compare("Russia", "Belarus"),
        "bloc": voting.bloc("NATO"),
        "points": voting.points(start=2010, end=2023),
        "moves": voting.moves("2010-2015", "2017-2021"),
    }
