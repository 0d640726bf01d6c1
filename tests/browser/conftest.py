"""A real Chromium without a network: a page must be silent, fetch nothing, keep its policy."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.views import render

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
          "--disable-component-update", "--no-first-run", "--disable-quic"]  # fmt: skip


def _samples() -> ModuleType:
    # beside the pure tests of the same pages; these folders are no packages of one another
    path = Path(__file__).parents[1] / "views" / "samples.py"
    spec = importlib.util.spec_from_file_location("view_samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def until(page: Any, expression: str) -> None:
    """Wait for an expression to be true; playwright's own waiting needs eval, which is forbidden."""
    for _ in range(4000):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {expression}")


@pytest.fixture(scope="session", name="until")
def _until() -> Callable[[Any, str], None]:
    return until


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    return _samples()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on the PATH")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a page of records; at the end no request, error, warning or violation may be left."""
    context = chromium.new_context(viewport={"width": 1280, "height": 820}, color_scheme="light",
                                   reduced_motion="reduce", offline=True)  # fmt: skip
    context.set_default_timeout(120_000)  # a busy machine is slow, not wrong
    context.add_init_script(
        "window.__violations = [];"
        "addEventListener('securitypolicyviolation', e => window.__violations.push("
        "e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));"
    )
    noises: list[str] = []
    opened: list[Any] = []

    def note(request: Any) -> None:
        if not request.url.startswith((tmp_path.as_uri(), "data:", "blob:")):
            noises.append(f"request: {request.url}")

    context.on("request", note)

    def open_page(sample: Any, fragment: str = "", **size: int) -> Any:
        path = tmp_path / f"page{len(opened)}.html"
        render.write(sample, path)
        page = context.new_page()
        if size:
            page.set_viewport_size(size)
        page.on("console", lambda message: noises.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: noises.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noises.append("dialog"), dialog.dismiss()))
        page.goto(path.as_uri() + fragment)
        until(page, "performance.getEntriesByName('kg-readable').length > 0")
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        noises += page.evaluate("window.__violations")
        noises += [f"ran: {x}" for x in [page.evaluate("window.__x")] if x is not None]
    context.close()
    assert noises == []
