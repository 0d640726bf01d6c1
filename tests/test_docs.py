from __future__ import annotations

import ast
import inspect
import re
import shlex
from pathlib import Path

import pytest

import kg
from kg import errors
from kg.api import Graph
from kg.errors import KgError
from kg.sources.readers import LAYOUTS
from kg.votes.methods import MEASURES
from tools import definitions, docs

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_generated_page_is_not_stale(name, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    written = (ROOT / "docs" / name).read_bytes().decode("utf-8")
    assert written == docs.PAGES[name](), "run: make docs"


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_python_of_a_page_runs(page, request, monkeypatch):
    """Its examples one after the other, as a reader would type them."""
    graph = "whole_root" if page == "README.md" else "graph_root"
    monkeypatch.setenv("KG_GRAPH", str(request.getfixturevalue(graph)))
    text = (ROOT / page).read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert examples
    names: dict[str, object] = {}
    for number, example in enumerate(examples, 1):
        exec(compile(example, f"{page}, example {number}", "exec"), names)
    names["g"].close()


def test_the_reference_has_every_verb_every_error_and_every_class_that_a_verb_gives():
    page = docs.PAGES["python.md"]()
    verbs = definitions.class_of(Graph).functions
    assert [v.name for v in verbs if f"#### Graph.{v.name}\n" not in page] == []
    raised = [each for each in vars(errors).values() if isinstance(each, type)]
    names = {each.__name__ for each in raised if issubclass(each, KgError)}
    ours = {
        node.name
        for path in Path(kg.__file__).parent.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    functions = [getattr(kg, name) for name in kg.__all__ if inspect.isfunction(getattr(kg, name))]
    for each in (*verbs, *map(definitions.function_of, functions)):
        names |= ours & set(re.findall(r"\w+", each.returns))
    described = set(re.findall(r"^### kg\.(?:\w+\.)*(\w+)$", page, re.MULTILINE))
    assert names - described == set(), "add it to _SECTIONS of tools/reference.py"


def _session(name: str) -> list[tuple[str, str]]:
    """Each command of the console blocks of a page, with the output that is shown below it."""
    path = ROOT / name
    if not path.is_file():
        return []
    found: list[tuple[str, str]] = []
    for block in re.findall(
        r"^```console\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S
    ):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def _pages() -> list[str]:
    return ["README.md", "CONTRIBUTING.md", "examples/README.md"]


def test_readme_shows_a_session_of_six_commands():
    assert len([c for c, _ in _session("README.md") if c.startswith("kg ")]) >= 6


@pytest.mark.parametrize(
    ("command", "output"),
    [shown for page in _pages() for shown in _session(page) if shown[0].startswith("kg ")],
    ids=lambda value: value.partition("\n")[0][:60],
)
def test_each_command_that_is_shown_gives_the_output_that_is_shown(
    command, output, run, whole_root, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    done = run(*shlex.split(command)[1:], env={"COLUMNS": "80"}, graph=whole_root)
    assert done.exit_code == 0, done.stderr
    shown = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    missing = [
        line.rstrip() for line in output.splitlines() if line.strip() not in ("", "...", "…")
    ]
    missing = [line for line in missing if line not in shown]
    assert not missing


def test_every_page_that_is_linked_is_there():
    for page in [*_pages(), *(f"docs/{name}" for name in docs.PAGES)]:
        path = ROOT / page
        if not path.is_file():
            continue
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{page} links to {target}"


def test_the_pages_of_files_and_measures_have_a_row_for_each():
    files = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    assert [layout.key for layout in LAYOUTS if f"`{layout.key}`" not in files] == []
    measures = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert [key for key in MEASURES if f"| `{key}`" not in measures] == []
