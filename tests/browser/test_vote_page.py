from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Show = Callable[..., Any]
Until = Callable[[Any, str], None]


def sections(page: Any) -> dict[str, list[str]]:
    """States by option, as they stand on the page."""
    states: dict[str, list[str]] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.option')].map(section => ["
        "section.querySelector('h2').textContent,"
        "[...section.querySelectorAll('.chips button')].map(chip => chip.dataset.state)]))"
    )
    return states


def test_totals_and_states_stand_by_option(show: Show, samples: ModuleType) -> None:
    page = show(samples.vote())
    assert page.inner_text("#totals").split() == [
        *("3", "Yes", "2", "No", "1", "Abstained", "1", "Did", "not", "vote"),
    ]
    assert page.get_attribute("#totals .stack", "aria-label") == (
        "Yes 3, No 2, Abstained 1, Did not vote 1"
    )
    assert sections(page) == {
        "Yes (3)": ["CAN", "USA", "CIV"],
        "No (2)": ["BLR", "RUS"],
        "Abstained (1)": ["FRA"],
        "Did not vote (1)": ["ZAF"],
    }
    assert page.is_hidden("#differs")


def test_those_against_the_majority_of_their_group_come_first(
    show: Show, samples: ModuleType
) -> None:
    page = show(samples.vote())
    first = page.locator("#breaks tr").first
    assert first.locator("th").inner_text().splitlines()[0] == "Western"
    assert "mostly voted yes" in first.inner_text()
    assert first.locator(".line").inner_text().split() == ["Abstained", "France"]
    assert "South Africa" not in page.inner_text("#breaks")
    page.select_option("#by", "NATO")
    assert page.locator("#breaks tr").count() == 1
    assert "against its majority: yes" in page.inner_text(".option.abstain")
    assert "by=NATO" in page.evaluate("location.hash")


def test_only_changed_votes_can_be_shown(show: Show, samples: ModuleType, until: Until) -> None:
    page = show(samples.vote())
    assert "Only the 2 that voted otherwise in A/RES/ES-11/1" in page.inner_text("#changed-only")
    page.check("#changed")
    assert sections(page) == {"No (1)": ["BLR"], "Did not vote (1)": ["ZAF"]}
    assert "in A/RES/ES-11/1: abstained" in page.inner_text("[data-state=BLR] >> nth=0")
    page.click("#table summary")
    until(page, "document.querySelectorAll('#table tbody tr').length === 2")


def test_a_state_is_found_and_told_about(show: Show, samples: ModuleType) -> None:
    page = show(samples.vote())
    page.keyboard.press("/")
    page.keyboard.type("fra")
    page.keyboard.press("Enter")
    panel = page.inner_text("#panel")
    assert panel.splitlines()[1].strip() == "France" or "France" in panel
    assert "Abstained" in panel
    assert "mostly voted yes; this state did not" in panel
    assert page.locator("#options [data-state=FRA][aria-current=true]").count() == 1
    page.keyboard.press("Escape")
    assert "Choose a state" in page.inner_text("#panel")


def test_options_can_be_hidden_and_the_address_restores_it(show: Show, samples: ModuleType) -> None:
    page = show(samples.vote())
    page.click("#totals button.yes")
    assert page.inner_text("#count") == "4 states of 7 shown"
    page.click("[data-state=ZAF]")
    again = show(samples.vote(), page.evaluate("location.hash"))
    assert again.inner_text("#count") == "4 states of 7 shown"
    assert "South Africa" in again.inner_text("#panel")
    assert "Yes (3)" not in sections(again)


def test_totals_that_differ_from_the_votes_are_told(show: Show, samples: ModuleType) -> None:
    page = show(replace(samples.vote(), totals=samples.Totals(yes=4, no=2, abstain=1)))
    assert page.inner_text("#differs") == (
        "Printed totals and listed votes differ: yes 4 printed, 3 listed."
    )


def test_a_roll_call_without_single_votes_says_so(show: Show, samples: ModuleType) -> None:
    page = show(replace(samples.vote(), votes=(), status="unchecked"))
    assert page.inner_text("#differs").startswith("The single votes of this roll call are not")
    assert page.inner_text("header .tag") == "unchecked"


def test_a_phone_needs_no_scrolling_sideways(show: Show, samples: ModuleType) -> None:
    page = show(samples.vote(), "#sel=FRA", width=390, height=844)
    page.click("#table summary")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_hostile_names_never_run(show: Show, samples: ModuleType) -> None:
    page = show(samples.hostile(samples.vote()))
    page.click("#table summary")
    for chip in page.locator("#options .chips button").all():
        chip.hover()
        chip.click()
    page.fill("#q", "<img")
    page.press("#q", "Enter")
    page.check("#changed")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__x") is None
    assert page.evaluate("document.querySelectorAll('img').length") == 0
    assert "<img src=x" in page.inner_text("body")


def test_half_of_a_bloc_is_no_majority(show: Show, samples: ModuleType) -> None:
    sample = samples.vote()
    split = replace(sample.votes[1], option="no")
    votes = (sample.votes[0], split, *sample.votes[2:])
    page = show(replace(sample, votes=votes, totals=samples.Totals(yes=2, no=3, abstain=1)))
    page.select_option("#by", "NATO")
    assert "no majority" in page.inner_text("#breaks tr")
    assert page.locator("#breaks .chips").count() == 0
