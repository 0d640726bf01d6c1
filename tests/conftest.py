"""What the tests share: one graph of the bundled facts, the command line, golden answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from kg import resources
from kg.api import Graph
from kg.cli import cli
from kg.graph.build import build
from tests import official as files
from tests import voting as made_up

_TESTS = Path(__file__).resolve().parent
_GOLDEN = _TESTS / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the graph of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KG_GRAPH", raising=False)
        patch.setenv("KG_ONLY", "case")  # the record of roll calls takes seconds; ``whole`` has it
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("no_proxy", "127.0.0.1")
        patch.setenv("COLUMNS", "120")
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Official data to hold ours against, beside the checkout."""
    folder = _TESTS.parents[1] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the folder shared/data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def graph_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of the bundled facts; read it, never write it."""
    root = tmp_path_factory.mktemp("graph") / "bundled"
    build(root)
    return root


@pytest.fixture(scope="session")
def graph(graph_root: Path) -> Iterator[Graph]:
    """The bundled facts, opened."""
    with Graph(graph_root) as opened:
        yield opened


@pytest.fixture(scope="session")
def whole_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A graph folder of all bundled facts, the record since 1946 with them; built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    root = (base if worker_id == "master" else base.parent) / "whole"
    with FileLock(f"{root}.lock"):
        if not root.is_dir():
            build(root, only="")
    return root


@pytest.fixture(scope="session")
def whole(whole_root: Path) -> Iterator[Graph]:
    """All bundled facts, the record of roll calls since 1946 with them, opened."""
    with Graph(whole_root) as opened:
        yield opened


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The bundled facts and one small file of each of several published forms, opened."""
    root = tmp_path_factory.mktemp("official")
    build(root / "graph", files=files.write(root))
    with Graph(root / "graph") as opened:
        yield opened


@pytest.fixture(scope="session")
def voting_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of the bundled facts and a made-up record of some hundred roll calls."""
    root = tmp_path_factory.mktemp("voting")
    build(root / "graph", files=[made_up.write(root)])
    return root / "graph"


@pytest.fixture(scope="session")
def voting(voting_root: Path) -> Iterator[Graph]:
    """The made-up record, opened."""
    with Graph(voting_root) as opened:
        yield opened


@pytest.fixture
def run(graph_root: Path) -> Callable[..., Result]:
    """Run ``kg`` on the bundled facts: ``run("query", "roll-calls")``; its errors propagate."""

    def invoke(*args: object, graph: Path | None = None, **more: Any) -> Result:
        env = {"KG_GRAPH": str(graph or graph_root), **more.pop("env", {})}
        return CliRunner().invoke(
            cli, list(map(str, args)), env=env, catch_exceptions=False, **more
        )

    return invoke


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``tests/golden/NAME``, or write it with ``--update-golden``."""

    def compare(name: str, text: str) -> None:
        path = _GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing; read the answer, then pytest --update-golden"
        assert text == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture
def altered(tmp_path: Path) -> Iterator[Callable[[dict[str, dict[str, str]]], Graph]]:
    """A graph of the bundled facts with some rows put otherwise: file to old text to new text."""
    opened: list[Graph] = []

    def change(edits: dict[str, dict[str, str]]) -> Graph:
        data = tmp_path / "data"
        shutil.copytree(resources.data(), data)
        for name, pairs in edits.items():
            text = (data / name).read_text(encoding="utf-8")
            for old, new in pairs.items():
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
                text = text.replace(old, new)
            (data / name).write_text(text, encoding="utf-8", newline="\n")
        build(tmp_path / "altered", data)
        opened.append(Graph(tmp_path / "altered"))
        return opened[-1]

    yield change
    for graph in opened:
        graph.close()
