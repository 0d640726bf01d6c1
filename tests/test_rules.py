"""The rules that hold the rooms of ``kg`` apart, and its code short and plain.

Each rule is a function that yields what breaks it: the file, and how.
"""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.cli import COMMANDS

ROOT = Path(kg.__file__).parent
FILES = [path for path in sorted(ROOT.rglob("*.py")) if "_data" not in path.parts]

ROOMS = (
    ("calls",),
    ("errors", "resources"),
    ("output", "model"),
    ("votes",),
    ("sources", "rdf"),
    ("graph",),
    ("query", "network"),
    ("analysis", "changes", "check", "articles"),
    ("export", "views"),
    ("api",),
    ("__init__",),
    ("cli",),
    ("__main__",),
)
"""The rooms in order; those in one group stand side by side, and none of them imports another."""

SOURCES = (
    ("intake",),
    ("curated", "readers"),
    ("read", "recognise", "merge", "report", "losses", "seatless", "officials"),
)
"""The same within ``kg/sources``; the last seven may call each other."""

HOMES = {
    "click": {"cli"},
    "graspologic_native": {"votes/division"},
    "jinja2": {"views/render"},
    "markupsafe": {"views"},
    "matplotlib": {"views/plots"},
    "networkx": {"network", "export", "views", "api"},
    "numpy": {
        *("votes", "rdf/columns", "network", "check", "analysis", "changes"),
        *("export", "views/layout", "views/plots"),
    },
    "pandas": {"query/answers", "analysis"},
    "platformdirs": {"graph", "sources/intake/cache"},
    "filelock": {"graph", "sources/intake/cache"},
    "polars": {
        *("votes", "rdf/columns", "graph", "query/answers", "network", "analysis", "export"),
        "changes",
    },
    "pyoxigraph": {
        *("rdf", "graph", "query", "network", "check", "analysis", "articles", "export", "api"),
        "changes",
    },
    "pyvis": {"views/vis"},
    "rdflib": {"export", "api"},
    "rich": {"cli"},
}
"""Where each library that is not Python's own may be imported; ``api`` names types of three alone."""

BEHIND_THE_FACADE = {"api", "calls", "errors", "resources", "output", "model", "cli"}
"""Rooms that the command line takes functions of; of all others it takes constants and classes."""

LOOSE = {"__init__", "__main__", "calls", "errors", "resources"}
"""Modules that lie in ``kg/`` itself, in no folder."""

LONGEST, MEDIAN, LONG = 400, 140, 50
"""Most lines of a module, of the median module, and of a function that needs no reason."""

LONG_FUNCTIONS: dict[str, str] = {}
"""Functions of more than ``LONG`` lines, five at most, each with the reason why it is not cut."""

Broken = Iterator[tuple[Path, str]]
"""The file that breaks a rule, and how."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module(path: Path) -> str:
    """The dotted name of a file's module."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in FILES}


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> tuple[tuple[int, str, str], ...]:
    """Line, module and imported name (empty for a module) of every import of a file, wherever it stands.

    Imports for types only and those within functions count like all others.
    """
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports by a relative name"
            assert node.module
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                of = (inner, "") if inner in MODULES else (node.module, alias.name)
                found.append((node.lineno, *of))
    return tuple(found)


def ours(path: Path) -> Iterator[tuple[int, Path]]:
    """The modules of the house that a file imports."""
    for line, name, _ in imports(path):
        if name.partition(".")[0] == "kg":
            yield line, MODULES[name]


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a file, docstrings and the texts within f-strings too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def places(groups: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: place for place, group in enumerate(groups) for name in group}


def order() -> Broken:
    """An import points to a room before, never to one after or beside."""
    place = places(ROOMS)
    for path in FILES:
        for line, there in ours(path):
            mine, other = room(path), room(there)
            if mine != other and place[other] >= place[mine]:
                yield path, f"line {line}: {mine} imports {module(there)}"


def order_in_sources() -> Broken:
    """Within the sources: intake, then curated beside readers, then what reads them all."""
    place = places(SOURCES)
    last = set(SOURCES[-1])
    for path in FILES:
        if room(path) != "sources" or path.name == "__init__.py":
            continue
        for line, there in ours(path):
            if room(there) != "sources" or there == ROOT / "sources/__init__.py":
                continue
            mine, other = (p.relative_to(ROOT).parts[1].removesuffix(".py") for p in (path, there))
            if mine == other or {mine, other} <= last:
                continue
            if place[other] >= place[mine]:
                yield path, f"line {line}: {mine} imports {module(there)}"


def circles() -> Broken:
    """No file comes to itself by imports, those in functions and for types included."""
    web = nx.DiGraph((path, there) for path in FILES for _, there in ours(path))
    for circle in nx.strongly_connected_components(web):
        if len(circle) > 1 or any(web.has_edge(path, path) for path in circle):
            names = ", ".join(sorted(map(module, circle)))
            for path in circle:
                yield path, f"in a circle: {names}"


def homes() -> Broken:
    """A library is imported only where it belongs."""
    for path in FILES:
        here = path.relative_to(ROOT).with_suffix("").as_posix()
        for line, name, _ in imports(path):
            library = name.partition(".")[0]
            if library in {"kg", *sys.stdlib_module_names}:
                continue
            if not any(f"{here}/".startswith(f"{home}/") for home in HOMES.get(library, ())):
                yield path, f"line {line}: imports {name}"


def facade() -> Broken:
    """The command line parses, calls a verb of ``kg`` or its graph, and prints."""
    for path in FILES:
        if room(path) != "cli":
            continue
        for line, name, what in imports(path):
            if name.partition(".")[0] != "kg" or name == "kg":
                continue
            if name.split(".")[1] not in BEHIND_THE_FACADE and not what[:1].isupper():
                yield path, f"line {line}: takes {what or 'the module'} of {name}"


def loose() -> Broken:
    """All but a few modules stand in a room."""
    for path in FILES:
        if path.parent == ROOT and path.stem not in LOOSE:
            yield path, "lies in kg/ itself"


def long_modules() -> Broken:
    """No module is longer than can be read at once."""
    for path in FILES:
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST:
            yield path, f"{lines} lines"


def long_functions() -> Broken:
    """A function of more than some lines has a reason."""
    for path, name, lines in functions():
        if lines > LONG and name not in LONG_FUNCTIONS:
            yield path, f"{name} has {lines} lines"


def functions() -> Iterator[tuple[Path, str, int]]:
    """File, ``module.function`` and lines of every function and method."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno
                yield path, f"{module(path)}.{node.name}", node.end_lineno - node.lineno + 1


def class_names() -> Broken:
    """A name of a class means one class."""
    named = defaultdict(list)
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                named[node.name].append(path)
    for name, paths in named.items():
        if len(paths) > 1:
            for path in paths:
                yield path, f"one of {len(paths)} classes {name}"


def words() -> Broken:
    """What a value is says its name; ``told`` says it of none."""
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in (".py", ".js", ".css", ".rq", ".j2") and "_data" not in path.parts:
            for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(r"\btold\b", text, re.IGNORECASE):
                    yield path, f"line {line}: {text.strip()}"


FLAG = re.compile(r"(?<![\w-])--[a-z][\w-]*")
COMMAND = re.compile(rf"\bkg ({'|'.join(COMMANDS)})\b")


def flags() -> Broken:
    """Only the command line writes flags and commands; the library names arguments and calls."""
    for path in FILES:
        if room(path) != "cli":
            for line, text in strings(path):
                for found in (*FLAG.finditer(text), *COMMAND.finditer(text)):
                    yield path, f"line {line}: writes {found.group()}"


def asserts() -> Broken:
    """What must hold is an error, which ``python -O`` does not take away."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Assert):
                yield path, f"line {node.lineno}: {ast.unparse(node)}"


def endings() -> Broken:
    """A module prints nothing and ends no process."""
    forbidden = ("print", "sys.exit", "exit", "quit", "breakpoint", "input")
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in forbidden:
                yield path, f"line {node.lineno}: calls {ast.unparse(node.func)}"


def late_imports() -> Broken:
    """A module imports nothing at its foot."""
    for path in FILES:
        body = tree(path).body
        kinds = (ast.FunctionDef, ast.ClassDef)
        first = next((i for i, node in enumerate(body) if isinstance(node, kinds)), len(body))
        for node in body[first:]:
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield path, f"line {node.lineno}: imports below a function"


def docstrings() -> Broken:
    """A module says what it is."""
    for path in FILES:
        if not ast.get_docstring(tree(path)):
            yield path, "has no docstring"


RULES = {
    rule.__name__: rule
    for rule in (
        *(order, order_in_sources, circles, homes, facade, loose, long_modules, long_functions),
        *(class_names, words, flags, asserts, endings, late_imports, docstrings),
    )
}


@pytest.mark.parametrize("name", RULES)
def test_every_room_keeps_the_rule(name):
    broken = [f"{path.relative_to(ROOT.parent)}: {how}" for path, how in RULES[name]()]
    assert broken == []


def test_every_room_of_the_house_stands_in_the_order():
    assert {room(path) for path in FILES} == set(places(ROOMS))
    inner = {
        path.relative_to(ROOT / "sources").parts[0] for path in FILES if room(path) == "sources"
    }
    assert {name.removesuffix(".py") for name in inner} - {"__init__"} == set(places(SOURCES))


def test_the_modules_are_short_and_few_functions_are_long():
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in FILES]
    assert statistics.median(lines) <= MEDIAN
    assert len(LONG_FUNCTIONS) <= 5
    assert set(LONG_FUNCTIONS) == {name for _, name, count in functions() if count > LONG} & set(
        LONG_FUNCTIONS
    ), "a function that became short needs no reason"


HEAVY = (
    *("matplotlib", "networkx", "numpy", "pandas", "polars"),
    *("pyoxigraph", "pyshacl", "pyvis", "rdflib", "rich"),
)


def fresh(code: str) -> dict[str, list[str]]:
    """What a fresh Python says, as JSON on its standard output."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_importing_kg_loads_no_heavy_library():
    code = f"""
import json, sys
loaded = {{}}
for statement in ("import kg", "import kg.cli", "from kg.cli import cli"):
    exec(statement)
    loaded[statement] = sorted(set(sys.modules) & set({HEAVY!r}))
sys.stdout.write(json.dumps(loaded))
"""
    loaded = fresh(code)
    assert len(loaded) == 3
    assert set().union(*loaded.values()) == set()


def test_importing_a_module_reads_no_file_of_the_project():
    """One fresh Python imports them all; a file that is opened counts against the module that runs then."""
    names = sorted(name for name in MODULES if name != "kg.__main__")
    code = f"""
import importlib, json, sys
opened = {{}}
def hook(event, args):
    if event == "open" and isinstance(args[0], str):
        frame = sys._getframe()
        while frame and not frame.f_globals.get("__name__", "").startswith("kg"):
            frame = frame.f_back
        name = frame.f_globals["__name__"] if frame else ""
        opened.setdefault(name, []).append(args[0])
sys.addaudithook(hook)
for name in {names!r}:
    importlib.import_module(name)
sys.stdout.write(json.dumps(opened))
"""
    code_files = (".py", ".pyc", ".so", ".pyd", ".pth")
    opened = {
        f"{name} opens {file}"
        for name, files in fresh(code).items()
        for file in map(Path, files)
        if file.suffix not in code_files
        and file.is_relative_to(ROOT.parent)
        and file.is_file()
        and not {".git", "site-packages"} & set(file.parts)
    }
    assert opened == set()


@pytest.mark.parametrize("name", [name for name in kg.__all__ if name != "__version__"])
def test_each_public_name_can_be_had_and_says_what_it_is(name):
    assert getattr(kg, name).__doc__


def test_a_name_that_kg_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing
