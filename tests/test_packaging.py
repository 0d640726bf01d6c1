"""What is published holds all that it needs, nothing else, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

pytestmark = pytest.mark.install
ROOT = Path(__file__).resolve().parents[1]


def run(*command: object, **more: str) -> str:
    """What a command prints, away from the checkout."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        env=env | more,
        cwd=more.get("HOME"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The source archive, and the wheel that is built of it."""
    pytest.importorskip("hatchling", reason="make test installs what builds the package")
    out = tmp_path_factory.mktemp("dist")
    path = os.environ.get("PYTHONPATH", "")
    run(sys.executable, "-m", "build", "--no-isolation", "-o", out, ROOT, PYTHONPATH=path)
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


def test_the_wheel_holds_the_product_and_what_it_reads(published):
    with zipfile.ZipFile(published[1]) as wheel:
        names = wheel.namelist()
    folders = {PurePosixPath(name).parts[0] for name in names}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"kg"}
    held = {name for name in names if not name.endswith("/")}
    for folder, inside in (("kg", "kg"), ("data", "kg/_data"), ("ontology", "kg/_ontology")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
                assert name in held


def test_the_wheel_is_small_and_the_same_of_the_same_tree(published, tmp_path):
    assert published[1].stat().st_size < 12_000_000
    path = os.environ.get("PYTHONPATH", "")
    wheel = ("--wheel", "--no-isolation", "-o", tmp_path)
    run(sys.executable, "-m", "build", *wheel, ROOT, PYTHONPATH=path)
    assert next(tmp_path.glob("*.whl")).read_bytes() == published[1].read_bytes()


def test_the_source_archive_holds_what_builds_checks_and_documents_it(published):
    with tarfile.open(published[0]) as archive:
        names = {"/".join(name.split("/")[1:]) for name in archive.getnames()}
    tracked = run("git", "-C", ROOT, "ls-files").splitlines() if (ROOT / ".git").exists() else []
    assert [name for name in tracked if name not in names | {".gitignore", ".gitattributes"}] == []
    assert {"tools/docs.py", "tests/conftest.py", "docs/python.md", "Makefile"} <= names


def test_an_installed_wheel_answers_without_the_checkout(published, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = next((tmp_path / "venv").glob("*/python"))
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index",
        "--disable-pip-version-check", published[1])  # fmt: skip
    installed = Path(
        run(python, "-c", "import sysconfig, sys; sys.stdout.write(sysconfig.get_path('purelib'))")
    )
    # what it needs, as the tests have it; a folder that is named so is searched last
    (installed / "needs.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    env = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "KG_GRAPH": str(home / "graph"),
        "KG_ONLY": "",
    }
    before = {path for path in installed.rglob("*") if path.suffix != ".pyc"}
    place = run(python, "-c", "import kg, sys; sys.stdout.write(kg.__file__)", **env)
    assert Path(place).is_relative_to(installed)
    command = python.with_name("kg")
    answer = run(command, "query", "votes-against", "resolution=ES-11/6", "-f", "csv", **env)
    assert answer.splitlines()[1:3] == ["BLR,Belarus", "ERI,Eritrea"]
    closest = run(
        command, "compare", "Russia", "--from", "2015", "--to", "2019", "-f", "csv", **env
    )
    assert [line.split(",")[1] for line in closest.splitlines()[1:4]] == ["PRK", "CHN", "BLR"]
    abstained = ("abstentions", "resolution=217 A (III)", "-f", "csv")
    assert len(run(command, "query", *abstained, **env).splitlines()) == 1 + 8
    blocs = run(command, "blocs", "--from", "1980", "--to", "1989", "-f", "csv", **env)
    assert len({line.split(",")[0] for line in blocs.splitlines()[1:]}) == 5
    run(command, "view", "network", "-o", home / "network.html", **env)
    after = {path for path in installed.rglob("*") if path.suffix != ".pyc"}
    assert {path for path in after - before if path.name != "__pycache__"} == set()
