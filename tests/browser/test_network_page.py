from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Show = Callable[..., Any]
Until = Callable[[Any, str], None]

INK = """() => {
    const canvas = document.querySelector('#drawing canvas');
    const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let other = 0;
    for (let i = 4; i < data.length; i += 4) {
        if (data[i] !== data[0] || data[i + 1] !== data[1] || data[i + 2] !== data[2]) other += 1;
    }
    return other;
}"""


def rows(page: Any) -> list[list[str]]:
    """The table twin, opened if it is not."""
    page.evaluate("document.getElementById('table').open = true")
    for _ in range(4000):
        if page.evaluate("document.querySelector('#table .scroll').childElementCount > 0"):
            break
        page.wait_for_timeout(25)
    cells: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map("
        "row => [...row.cells].map(cell => cell.innerText))"
    )
    return cells


def count(page: Any) -> str:
    return str(page.inner_text("#count"))


def spot(page: Any, node: str) -> tuple[float, float]:
    """Where a node lies on the screen."""
    x, y = page.evaluate(
        """id => {
            const { drawn } = window.__kg;
            const data = JSON.parse(document.getElementById('data').textContent);
            const at = drawn.at[data.nodes.findIndex(node => node.id === id)];
            const point = drawn.net.canvasToDOM({ x: at[0], y: at[1] });
            const box = document.getElementById('drawing').getBoundingClientRect();
            return [box.x + point.x, box.y + point.y];
        }""",
        node,
    )
    return x, y


def search(page: Any, text: str) -> None:
    page.fill("#q", text)
    page.press("#q", "Enter")


def overlapping(boxes: list[list[float]]) -> list[Any]:
    return [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
    ]


def test_the_page_opens_offline_with_a_picture_and_a_count(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    assert page.evaluate(INK) > 2000
    assert count(page) == "6 ties · 5 states · on 2023-02-23"
    assert len(rows(page)) == 6


def test_a_search_by_name_code_or_without_accents_finds_it(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    for text, name in [("belarus", "Belarus"), ("RUS", "Russia"), ("cote d'i", "Côte d’Ivoire")]:
        search(page, text)
        assert page.inner_text("#panel h2").strip() == name
    page.fill("#q", "atlantis")
    assert page.inner_text("#found") == "Nothing by that name or code"


def test_the_panel_shows_a_tie_with_its_dates_and_source(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    search(page, "Belarus")
    panel = page.inner_text("#panel")
    assert "CSTO" in panel
    assert "since 1994-04-20" in panel
    assert "defence" in panel
    assert "since 1995-02" in panel
    assert "Collective Security Treaty, Depositary" in panel
    search(page, "Russia")
    assert page.locator("#panel .tag").all_inner_texts() == ["unchecked"]


def test_only_http_sources_are_links_and_they_open_apart(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    search(page, "Canada")
    link = page.locator("#panel .sources a")
    assert link.get_attribute("href") == "https://example.org/nato"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"
    search(page, "Russia")
    assert "Treaty of Friendship" in page.inner_text("#panel .sources")
    assert page.locator("#panel .sources a").count() == 0


def test_another_day_changes_count_and_table_alike(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    for day, ties in [
        ("1960-01-01", "4 ties · 4 states"),
        ("1995-02-27", "5 ties · 5 states"),
        ("1995-02-28", "6 ties · 5 states"),
        ("1949-08-23", "0 ties · 0 states"),
    ]:
        page.fill("#on", day)
        assert count(page) == f"{ties} · on {day}"
        assert len(rows(page)) == int(ties[0])
    page.fill("#on", "2000-02-29")
    page.click("#later")
    assert count(page).endswith("on 2001-02-28")
    page.click("#earlier")
    assert count(page).endswith("on 2000-02-28")


def test_a_day_after_the_last_known_one_says_so(show: Show, samples: ModuleType) -> None:
    page = show(samples.network(), "#on=2030-01-01")
    assert count(page).endswith("on 2030-01-01; facts are known to 2026-06-30 only")


def test_the_legend_changes_count_and_table_alike(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    page.click("#kinds button:has-text('None of these')")
    assert count(page) == "8 ties · 6 states · on 2023-02-23"
    assert len(rows(page)) == 8
    page.click("#kinds button:has-text('Defence')")
    assert count(page) == "3 ties · 3 states · on 2023-02-23"
    assert {row[1] for row in rows(page)} == {"BRICS", "Belarus"}
    page.click("#kinds button:has-text('Defence')")
    page.click("#groups button:has-text('Western')")
    assert count(page) == "5 ties · 3 states · on 2023-02-23"
    assert page.locator("#kinds button:has-text('Defence') small").inner_text() == "2"


def test_what_is_off_is_told_and_can_be_shown(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    search(page, "BRICS")
    assert "In force, of a kind that is off (2)" in page.inner_text("#panel")
    page.click("text=Show its ties on the drawing")
    assert count(page) == "8 ties · 6 states · on 2023-02-23"
    search(page, "Warsaw Pact")
    assert "Did not exist on 2023-02-23" in page.inner_text("#panel")


def test_the_address_restores_the_view(show: Show, samples: ModuleType) -> None:
    first = show(samples.network())
    first.fill("#on", "2001-05-05")
    first.click("#kinds button:has-text('Consultation')")
    first.click("#groups button:has-text('African')")
    search(first, "Belarus")
    first.click("#dark")
    fragment = first.evaluate("location.hash")
    second = show(samples.network(), fragment)
    assert count(second) == count(first) == "5 ties · 5 states · on 2001-05-05"
    assert second.inner_text("#panel") == first.inner_text("#panel")
    assert second.input_value("#q") == "Belarus"
    assert second.evaluate("document.documentElement.className") == "dark"
    assert second.evaluate(INK) == first.evaluate(INK)


def test_a_broken_address_does_no_harm(show: Show, samples: ModuleType) -> None:
    for fragment in ("#on=2023-99-99&sel=x&off=zzz&hide={", "#%%%", "#on=", "#q=%00"):
        assert count(show(samples.network(), fragment)).endswith("on 2023-02-23"), fragment


def test_the_back_button_goes_back(show: Show, samples: ModuleType, until: Until) -> None:
    page = show(samples.network())
    search(page, "Belarus")
    search(page, "Canada")
    page.go_back()
    until(page, "document.querySelector('#panel h2').textContent.includes('Belarus')")


def test_a_click_on_a_node_or_a_line_tells_about_it(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    page.mouse.click(*spot(page, "state:CAN"))
    page.wait_for_selector("#panel h2:has-text('Canada')")
    (ax, ay), (bx, by) = spot(page, "state:CAN"), spot(page, "org:NATO")
    page.mouse.move((ax + bx) / 2, (ay + by) / 2)
    assert page.inner_text("#tip").startswith("Canada – NATO")
    page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    page.wait_for_selector("#panel h2:has-text('Canada – NATO')")
    assert "defence, consultation" in page.inner_text("#panel")
    assert "tie=NATO-CAN" in page.evaluate("location.hash")


@pytest.mark.parametrize("size", [(1280, 820), (390, 844)])
def test_no_name_covers_another(
    show: Show, samples: ModuleType, until: Until, size: tuple[int, int]
) -> None:
    page = show(samples.network(), "#off=", width=size[0], height=size[1])
    boxes = page.evaluate("window.__kg.labels")
    assert len(boxes) >= 8
    assert overlapping(boxes) == []
    search(page, "Russia")
    until(page, "window.__kg.labels.length > 2")
    assert overlapping(page.evaluate("window.__kg.labels")) == []


def test_a_phone_needs_no_scrolling_sideways(show: Show, samples: ModuleType) -> None:
    page = show(samples.network(), "#sel=state:RUS", width=390, height=844)
    rows(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(INK) > 500


def test_the_keyboard_is_enough(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.get_attribute("#q", "aria-activedescendant") == "found-0"
    page.fill("#q", "")
    page.keyboard.type("belar")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2").strip() == "Belarus"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "CSTO":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert "Collective Security" in page.inner_text("#panel h2")
    page.keyboard.press("Escape")
    assert page.inner_text("#panel").startswith("Choose a state")


def test_a_choice_is_read_out(show: Show, samples: ModuleType, until: Until) -> None:
    page = show(samples.network())
    search(page, "Belarus")
    until(page, "document.getElementById('said').textContent === 'Belarus: 2 ties on 2023-02-23'")


def test_a_column_of_the_table_sorts_it(show: Show, samples: ModuleType) -> None:
    page = show(samples.network())
    first = [row[4] for row in rows(page)]
    page.click("#table th button:has-text('From')")
    assert [row[4] for row in rows(page)] == sorted(first)
    page.click("#table th button:has-text('From')")
    assert [row[4] for row in rows(page)] == sorted(first, reverse=True)


def test_the_picture_is_saved_with_title_and_legend(
    show: Show, samples: ModuleType, tmp_path: Any
) -> None:
    page = show(samples.network())
    with page.expect_download() as download:
        page.click("#png")
    assert download.value.suggested_filename == "ties-2023-02-23.png"
    download.value.save_as(tmp_path / "picture.png")
    saved = (tmp_path / "picture.png").read_bytes()
    assert saved.startswith(b"\x89PNG")
    drawn = page.evaluate("document.querySelector('#drawing canvas').height")
    assert int.from_bytes(saved[20:24], "big") > drawn


def test_hostile_names_never_run(show: Show, samples: ModuleType) -> None:
    page = show(samples.hostile(samples.network()), "#off=")
    for node in ("state:BLR", "state:RUS", "state:USA", "org:NATO", "org:BRICS"):
        x, y = spot(page, node)
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y)
        page.mouse.click(x, y)
    for text in ("<", "BLR", "script", "Warsaw"):
        search(page, text)
        for row in page.locator("#panel > div .ties button").all()[:4]:
            row.hover()
    search(page, "BLR")
    page.click("#panel .name")
    page.click("#panel .dates")
    for kind in ("Consultation", "Defence"):
        page.click(f"#kinds button:has-text('{kind}')")
    assert len(rows(page)) == 2
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.click("#dark")
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert page.evaluate("window.__x") is None
    assert "</script><img" in page.inner_text("body")


def test_an_empty_network_says_so(show: Show, samples: ModuleType) -> None:
    page = show(samples.NetworkPage(title="Nothing", on="2023-02-23", nodes=(), ties=()))
    assert count(page) == "0 ties · 0 states · on 2023-02-23"
    page.evaluate("document.getElementById('table').open = true")
    page.wait_for_selector("text=Nothing is shown, so there is nothing to list.")


def test_a_chosen_node_is_always_named(show: Show, samples: ModuleType, until: Until) -> None:
    page = show(samples.network(), "#sel=state:CIV", width=390, height=844)
    until(page, "window.__kg.labels.length === 1")
