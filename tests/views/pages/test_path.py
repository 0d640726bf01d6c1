from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import RecordError
from kg.views.pages.path import DrawnChain
from tests.views import samples


def test_each_node_of_a_chain_stands_in_the_column_of_its_hop() -> None:
    page = samples.path()
    column = {node.id: node.column for node in page.nodes}
    assert column == {
        "state:BLR": 0,
        "org:CSTO": 1,
        "state:RUS": 2,
        "org:BRICS": 3,
        "state:ZAF": 4,
    }
    across = {node.column: node.x for node in page.nodes}
    assert [across[i] for i in range(5)] == sorted(across.values())


def test_a_chain_refuses_ties_that_do_not_join_its_nodes() -> None:
    with pytest.raises(RecordError, match="one node more than ties"):
        DrawnChain(nodes=("a", "b"), ties=())
    page = samples.path()
    astray = DrawnChain(nodes=("state:BLR", "state:ZAF"), ties=("pact",))
    with pytest.raises(RecordError, match="does not join 'state:BLR' and 'state:ZAF'"):
        replace(page, chains=(astray,))
