from __future__ import annotations

import ast
import base64
import hashlib
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.output.text import bracketed
from kg.views import pages, render, safe, vis
from kg.views.page import PageFiles
from kg.views.pages.network import NetworkPage

from . import samples

PAGES = samples.pages()


class Parts(HTMLParser):
    """The elements of a page and the text within each kind of them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.within = tag
        self.text.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        if self.within:
            self.text[self.within][-1] += data

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


def test_the_same_page_gives_the_same_bytes() -> None:
    for sample in PAGES:
        assert render.render(sample) == render.render(sample), sample.files.name


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from samples import pages; from kg.views import render\n"
        "sys.stdout.buffer.write(''.join(map(render.render, pages())).encode())"
    )
    here = Path(__file__).parent
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(here), str(here.parents[1])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0] == "".join(map(render.render, PAGES)).encode()


def test_nothing_is_fetched() -> None:
    for sample in PAGES:
        asking = ("src", "srcset", "href", "action", "data", "poster", "background", "ping")
        parts = Parts(render.render(sample))
        assert {
            (tag, attrs[name]) for tag, attrs in parts.elements for name in asking if name in attrs
        } == {("link", "data:,")}
        css = parts.text["style"][0]
        assert "@import" not in css, sample.files.name
        assert "url(" not in css


def test_the_policy_allows_exactly_the_code_of_the_page() -> None:
    for sample in PAGES:
        parts = Parts(render.render(sample))
        policy = next(attrs["content"] for tag, attrs in parts.elements if "http-equiv" in attrs)
        assert policy is not None, sample.files.name
        rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
        code = parts.text["script"][1:]

        def digest(text: str) -> str:
            return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

        assert rules["default-src"] == ["'none'"], sample.files.name
        assert rules["script-src"] == [digest(text) for text in code], sample.files.name
        assert rules["style-src"] == [digest(parts.text["style"][0])], sample.files.name
        assert "unsafe" not in policy, sample.files.name


def test_hostile_texts_are_inert() -> None:
    for sample in PAGES:
        bad = samples.hostile(sample)
        parts, plain = Parts(render.render(bad)), Parts(render.render(sample))
        grown = [tag for tag in parts.tags if tag not in plain.tags]
        assert grown == [], sample.files.name
        assert parts.tags.count("script") == plain.tags.count("script"), sample.files.name
        assert parts.text["h1"] == [bracketed(bad.title)], sample.files.name
        assert parts.text["title"] == [bracketed(bad.title)], sample.files.name
        attributes = {name for _, attrs in parts.elements for name in attrs}
        assert not [name for name in attributes if name.startswith("on")], sample.files.name


def test_every_text_arrives_in_the_data_as_it_was() -> None:
    for sample in PAGES:
        bad = samples.hostile(sample)
        raw = Parts(render.render(bad)).text["script"][0]
        assert not set(raw) & set("<>&\u2028\u2029"), sample.files.name
        data = json.loads(raw)
        assert data["title"] == bracketed(bad.title), sample.files.name
        assert raw.isascii(), sample.files.name


def test_only_whole_http_addresses_become_links() -> None:
    data = json.loads(Parts(render.render(samples.network())).text["script"][0])
    links = {key: source.get("href") for key, source in data["sources"].items()}
    assert links == {"nato": "https://example.org/nato", "csto": None, "brics": None, "pact": None}


def test_other_addresses_do_not() -> None:
    urls = (
        *("javascript:alert(1)", "JaVaScRiPt://x", " https://a.org", "https://", "//a.org"),
        *("data:,x", "https://a.org/\u202etxt", "https://a.org/\n", "http://[::1", ""),
    )
    assert [url for url in urls if safe.link(url)] == []


def test_control_characters_are_shown_and_letters_are_kept() -> None:
    assert bracketed("a\u202eb\x00c\ud800") == "a[U+202E]b[U+0000]c[U+D800]"
    assert bracketed("Türkiye, Беларусь, می‌خواهم") == "Türkiye, Беларусь, می‌خواهم"


def test_ids_never_reach_vis() -> None:
    bad = samples.hostile(samples.network())
    data = json.loads(Parts(render.render(bad)).text["script"][0])
    assert {type(node["id"]) for node in data["vis"]["nodes"]} == {int}
    assert {node["label"] for node in data["vis"]["nodes"]} == {""}
    assert not any("title" in thing for thing in (*data["vis"]["nodes"], *data["vis"]["edges"]))


def test_the_vis_of_pyvis_is_the_one_that_is_known() -> None:
    import pyvis

    path = Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == vis.VIS_SHA256


def test_another_vis_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vis, "VIS_SHA256", "0" * 64)
    vis.script.cache_clear()
    with pytest.raises(ExportError, match=r"is not vis-network 9\.1\.2"):
        render.render(samples.network())


def test_the_licence_of_vis_stays_in_the_page() -> None:
    html = render.render(samples.network())
    assert "@license" in html
    assert "vis.js is dual licensed under both" in html
    assert "sourceMappingURL" not in html
    assert "vis.js is dual" not in render.render(samples.vote())


def test_ties_that_would_hide_each_other_bow_out() -> None:
    nodes = (samples.state("BLR"), samples.state("RUS"))

    def tie(name: str, source: str, start: str, end: str = "") -> samples.Tie:
        other = {"BLR": "RUS", "RUS": "BLR"}[source]
        return samples.Tie(id=name, source=f"state:{source}", target=f"state:{other}",
                           kind="treaty", label=name, start_day=start, end_day=end)  # fmt: skip

    first, later = tie("a", "BLR", "1990-01-01", "1995-01-01"), tie("b", "BLR", "1995-01-01")
    both, back = tie("c", "BLR", "1994-01-01"), tie("d", "RUS", "1996-01-01")
    assert vis.bends(nodes, (first, later)) == [0, 0]
    assert vis.bends(nodes, (first, later, both, back)) == [0, 0, 0.2, 0.2]


def test_a_tie_that_skips_a_column_bows_around_it() -> None:
    sample = samples.path()
    bends = dict(zip((tie.id for tie in sample.ties), vis.bends(sample.nodes, sample.ties)))  # noqa: B905
    assert bends["pact"]
    assert not any(bend for name, bend in bends.items() if name != "pact")


def test_a_page_is_written_whole_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    for sample in PAGES:
        hostile = samples.hostile(sample)
        render.write(hostile, path)
        assert path.read_bytes().decode("utf-8") == render.render(hostile), sample.files.name
        render.write(sample, path)
        assert path.read_bytes().decode("utf-8") == render.render(sample), sample.files.name
        assert list(tmp_path.iterdir()) == [path], sample.files.name


def test_a_page_that_cannot_be_written_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"missing/page\.html cannot be written: No such"):
        render.write(samples.vote(), tmp_path / "missing" / "page.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match=r"folder cannot be written: Is a directory"):
        render.write(samples.vote(), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_an_empty_network_is_a_page_too() -> None:
    assert "<h1>Nothing</h1>" in render.render(
        NetworkPage(title="Nothing", on="2023-02-23", nodes=(), ties=())
    )


def test_only_one_module_imports_pyvis_and_none_at_the_top() -> None:
    naming = [
        path
        for path in Path(render.__file__).parent.rglob("*.py")
        if re.search(r"(from|import) pyvis", path.read_text("utf-8"))
    ]
    assert naming == [Path(vis.__file__)]
    top = ast.parse(naming[0].read_text("utf-8")).body
    assert not any(
        "pyvis" in ast.dump(line) for line in top if isinstance(line, ast.Import | ast.ImportFrom)
    )


def test_every_file_of_a_page_is_used_and_small() -> None:
    modules = [
        importlib.import_module(f"{pages.__name__}.{module.name}")
        for module in pkgutil.iter_modules(pages.__path__)
    ]
    kinds = [
        value.files
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and isinstance(getattr(value, "files", None), PageFiles)
    ]
    assert {page.files.name for page in PAGES} == {kind.name for kind in kinds}
    assert sorted(kind.name for kind in kinds) == [
        m.name for m in pkgutil.iter_modules(pages.__path__)
    ]
    here = Path(render.__file__).parent
    scripts = {name for kind in kinds for name in kind.scripts}
    assert {path.name for path in (here / "static").iterdir()} == scripts | {"page.css"}
    templates = {f"{kind.name}.html.j2" for kind in kinds} | {"base.html.j2", "macros.html.j2"}
    assert {path.name for path in (here / "templates").iterdir()} == templates
    static = (here / "static").iterdir()
    assert all(len(path.read_text("utf-8").splitlines()) < 300 for path in static)
