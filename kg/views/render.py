"""A page of records as one HTML file, in our own template: it is complete and fetches nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.output import files
from kg.output.text import bracketed
from kg.views import safe, vis
from kg.views.drawing import Drawing
from kg.views.page import Page, SourceRef

_HERE = Path(__file__).resolve().parent


def render(page: Page) -> str:
    """The HTML file: same page, same text.

    Raises:
        ExportError: The page has a drawing, and pyvis does not carry the vis that is known.
    """
    code = "\n".join(_static(name) for name in page.files.scripts)
    scripts = [safe.script(f"(() => {{\n'use strict';\n{code}\n}})();\n")]
    if isinstance(page, Drawing):
        scripts.insert(0, safe.script(vis.script()))
    style = _static("page.css")
    fields = safe.plain(page)
    template = _templates().get_template(f"{page.files.name}.html.j2")
    return template.render(
        page=fields,
        title=bracketed(page.title),
        subtitle=bracketed(page.subtitle),
        policy=safe.policy([str(script) for script in scripts], style),
        style=Markup(style),
        scripts=scripts,
        data=safe.island(_data(page, fields)),
    )


def write(page: Page, path: Path) -> None:
    """Write a page in UTF-8, in full or not at all.

    Raises:
        ExportError: The file cannot be written there.
    """
    html = render(page).encode("utf-8")
    files.replace(path, lambda file: file.write(html))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _static(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def _data(page: Page, fields: dict[str, Any]) -> dict[str, Any]:
    """The page as its scripts read it."""
    data = {"kind": page.files.name, **fields}
    data["sources"] = {bracketed(source.key): _source(source) for source in page.sources}
    if isinstance(page, Drawing):
        data["ties"] = [{**safe.plain(tie), "strength": tie.strength} for tie in page.ties]
        data["vis"] = vis.network(page.nodes, page.ties)
    return data


def _source(source: SourceRef) -> dict[str, str]:
    fields: dict[str, str] = safe.plain(source)
    fields.pop("url", None)
    href = safe.link(source.url)
    return {**fields, "href": href} if href else fields
