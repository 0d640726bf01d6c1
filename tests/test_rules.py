"""The rules that hold the rooms of ``kg`` apart."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

ROOT = Path(kg.__file__).parent
FILES = sorted(path for path in ROOT.rglob("*.py") if "_data" not in path.parts)
names_of_files = pytest.mark.parametrize(
    "path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix()
)

ROOMS = (
    *("errors", "resources", "dates", "text", "files", "model", "symbols", "names", "accounts"),
    *(
        "votes",
        "ballots",
        "measures",
        "counts",
        "sources",
        "rdf",
        "graph",
        "catalogue",
        "results",
        "report",
        "things",
    ),
    *("empty", "network", "paths", "record", "export", "accountcheck", "check"),
    *("analysis", "views", "library", "codebook", "cli", "docs", "__main__"),
)
"""From left to right: a module imports only from rooms to its left, or from its own."""

HOMES = {
    "click": {"cli", "docs"},
    "graspologic_native": {"analysis/blocs"},
    "jinja2": {"views/page"},
    "markupsafe": {"views"},
    "matplotlib": {"views/plots"},
    "networkx": {"network", "paths", "export", "library", "views"},
    "numpy": {
        "votes",
        "ballots",
        "measures",
        "counts",
        "rdf/bulk",
        "record",
        "accountcheck",
        "analysis",
        "views/layout",
        "views/plots",
    },
    "pandas": {"results", "analysis/measured"},
    "polars": {
        "votes",
        "ballots",
        "counts",
        "results",
        "rdf/bulk",
        "graph/build",
        "graph/content",
        "library",
    }
    | {"analysis"},
    "pyoxigraph": {"rdf", "graph", "catalogue", "results", "things", "empty", "check", "library"}
    | {"codebook", "export", "analysis"},
    "pyshacl": {"check"},
    "pyvis": {"views/page"},
    "rdflib": {"check", "export", "library"},
    "rich": {"cli"},
}
"""Where each library that is not Python's own may be imported."""

FACADE = "kg.api"
"""What annotations may name from everywhere, since each answer of it is one of another room."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "relative"
        assert node.module
        yield from (
            f"{node.module}.{alias.name}" if node.module == "kg" else node.module
            for alias in node.names
        )


def for_types_only(path: Path) -> set[ast.AST]:
    """The statements below ``if TYPE_CHECKING``."""
    return {
        inner
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }


_TREES: dict[Path, ast.Module] = {}


def tree_of(path: Path) -> ast.Module:
    return _TREES.setdefault(path, tree(path))


def test_every_room_of_the_house_stands_in_the_order():
    assert {room(path) for path in FILES} - {"__init__"} == set(ROOMS)


@names_of_files
def test_a_module_imports_only_from_rooms_to_its_left(path):
    if path == ROOT / "__init__.py":
        pytest.skip("the front door shows what lies behind it")
    mine, typed = ROOMS.index(room(path)), for_types_only(path)
    found = []
    for node in ast.walk(tree_of(path)):
        for name in imported(node):
            there = name.split(".")[1:2]
            if not name.startswith("kg.") or there == ["__version__"]:
                continue
            if name == FACADE and node in typed:
                continue
            if ROOMS.index(there[0]) > mine:
                found.append(f"{path.name}:{node.lineno} imports {name}")
    assert found == []


@names_of_files
def test_a_library_is_imported_only_where_it_belongs(path):
    here = path.relative_to(ROOT).with_suffix("").as_posix()
    found = [
        f"{path.name}:{node.lineno} imports {name}"
        for node in ast.walk(tree_of(path))
        for name in imported(node)
        if name.split(".")[0] not in {"kg", *sys.stdlib_module_names}
        and not any(
            here == home or here.startswith(f"{home}/")
            for home in HOMES.get(name.split(".")[0], ())
        )
    ]
    assert found == []


@names_of_files
def test_a_module_prints_nothing_and_ends_no_process(path):
    found = [
        f"{path.name}:{node.lineno} calls {ast.unparse(node.func)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "sys.exit", "exit", "quit", "breakpoint", "input")
    ]
    assert found == []


@names_of_files
def test_a_module_imports_nothing_at_its_foot(path):
    body = tree_of(path).body
    others = [i for i, node in enumerate(body) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    late = [node.lineno for node in body[min(others, default=len(body)) :] if list(imported(node))]
    assert late == []


@names_of_files
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(tree_of(path))


HEAVY = (
    "networkx",
    "numpy",
    "pandas",
    "polars",
    "pyoxigraph",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
)


def loaded(statement: str) -> tuple[set[str], set[str]]:
    """The modules that a statement loads in a fresh Python, and the files that it opens."""
    code = (
        "import sys, os\n"
        "opened = set()\n"
        "def hook(event, args):\n"
        "    if event == 'open' and isinstance(args[0], str): opened.add(args[0])\n"
        "sys.addaudithook(hook)\n"
        f"{statement}\n"
        "sys.stdout.write('\\n'.join(sys.modules) + '\\0' + '\\n'.join(opened))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules, opened = done.stdout.split("\0")
    return set(modules.splitlines()), set(opened.splitlines())


@pytest.mark.parametrize("statement", ["import kg", "import kg.cli", "from kg.cli import cli"])
def test_importing_kg_loads_no_heavy_library(statement):
    modules, _ = loaded(statement)
    assert "kg" in modules
    assert modules & set(HEAVY) == set()


@pytest.mark.parametrize(
    "name", [".".join(("kg", *path.relative_to(ROOT).with_suffix("").parts)) for path in FILES
             if path.name not in ("__init__.py", "__main__.py")]
)  # fmt: skip
def test_importing_a_module_reads_no_file_of_the_project(name):
    _, opened = loaded(f"import {name}")
    code = (".py", ".pyc", ".so", ".pyd", ".pth")
    ours = [
        told
        for told in opened
        if Path(told).suffix not in code
        and Path(told).is_relative_to(ROOT.parent)
        and Path(told).is_file()
    ]
    assert [told for told in ours if ".git" not in told and "site-packages" not in told] == []


@pytest.mark.parametrize("name", [name for name in kg.__all__ if name != "__version__"])
def test_each_public_name_can_be_had_and_says_what_it_is(name):
    assert getattr(kg, name).__doc__


def test_a_name_that_kg_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing
