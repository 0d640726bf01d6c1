from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Show = Callable[..., Any]
Until = Callable[[Any, str], None]


def test_chains_are_drawn_from_left_to_right_and_listed(show: Show, samples: ModuleType) -> None:
    page = show(samples.path())
    assert page.inner_text("#count") == "2 chains · 5 things · on 2023-02-23"
    across = page.evaluate("window.__kg.drawn.at.map(point => point[0])")
    column = [node.column for node in samples.path().nodes]
    assert [x for _, x in sorted(zip(column, across, strict=True))] == sorted(across)
    chains = page.inner_text("#chains")
    assert "Belarus → CSTO → Russia → BRICS → South Africa" in chains
    assert "Treaty of Friendship · consultation · since 1995-02" in chains
    assert "Collective Security Treaty, Depositary" in chains
    assert "unchecked" in chains


def test_a_chain_can_be_chosen_and_its_address_restores_it(show: Show, samples: ModuleType) -> None:
    page = show(samples.path())
    page.click(".chain >> nth=1 >> button >> nth=0")
    assert page.evaluate("location.hash") == "#chain=2"
    again = show(samples.path(), "#chain=2")
    assert again.locator(".chain.chosen").count() == 1
    assert "Treaty of Friendship" in again.inner_text(".chain.chosen")
    again.keyboard.press("Escape")
    assert again.locator(".chain.chosen").count() == 0


def test_the_table_has_a_row_for_each_hop(show: Show, samples: ModuleType, until: Until) -> None:
    page = show(samples.path())
    page.click("#table summary")
    until(page, "document.querySelectorAll('#table tbody tr').length === 7")


def test_no_chain_is_told_in_words(show: Show, samples: ModuleType) -> None:
    page = show(replace(samples.path(), chains=(), nodes=(), ties=()))
    assert page.inner_text("#chains").startswith("No chain was found")


def test_a_phone_shows_the_chains_from_top_to_bottom(show: Show, samples: ModuleType) -> None:
    page = show(samples.path(), width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    down = page.evaluate("window.__kg.drawn.at.map(point => point[1])")
    column = [node.column for node in samples.path().nodes]
    assert [y for _, y in sorted(zip(column, down, strict=True))] == sorted(down)


def test_hostile_names_never_run(show: Show, samples: ModuleType) -> None:
    page = show(samples.hostile(samples.path()), "#chain=1")
    page.click("#table summary")
    for row in page.locator(".chain .name").all()[:4]:
        row.hover()
        row.click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.__x") is None
    assert "<img src=x" in page.inner_text("body")
