"""The graph folder: ``CURRENT`` names the version that answers, ``v/<n>`` holds each version whole.

A version is built aside, checked, synced to disk and then published by replacing ``CURRENT`` in one
step. Readers never see half of one, and a build that dies leaves the former version as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.calls import Argument, Call, Phrase
from kg.errors import BusyError, GraphError
from kg.graph.parts import Parts

FORMAT = 2
"""Layout of the folder; a reader takes only its own."""
_KEPT = 2
_TOLD = {
    *("kg", "built", "bundled", "digest", "triple_count", "counts", "datasets", "source_count"),
    *("given", "record_count"),
}
"""What every manifest of this layout says."""


def default() -> Path:
    """Where the graph lies if no one says otherwise: ``KG_GRAPH``, else the user's data folder."""
    if named := os.environ.get("KG_GRAPH"):
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return base / "kg" / "graph"


def exists(root: Path) -> bool:
    """Whether something was ever published there."""
    try:
        return (root / "CURRENT").is_file()
    except OSError as error:
        raise GraphError(
            f"{root} cannot be read: {error.strerror}",
            remedy=("name another folder with ", Argument("root")),
        ) from error


def current(root: Path) -> Path:
    """The folder of the version that answers.

    Raises:
        GraphError: Nothing was published there, or it is damaged.
    """
    if not exists(root):
        raise GraphError(f"{root} holds no graph", remedy=("run: ", _build(root)))
    number = _read(root, "CURRENT").strip()
    version = root / "v" / number
    if not number.isdigit() or not version.is_dir():
        raise GraphError(
            f"{root}/CURRENT names version {number!r}, which is not there", remedy=build_again(root)
        )
    return version


def manifest(root: Path) -> dict[str, Any]:
    """What the version that answers says of itself.

    Raises:
        GraphError: It is missing, damaged, or of another layout than this version of kg reads.
    """
    path = current(root) / "manifest.json"
    try:
        told = json.loads(_read(root, f"v/{path.parent.name}/{path.name}"))
    except ValueError as error:
        raise GraphError(f"{path} is damaged: {error}", remedy=build_again(root)) from error
    layout = told.get("format") if isinstance(told, dict) else None
    if layout != FORMAT:
        made = told.get("kg", "another version") if isinstance(told, dict) else "another program"
        raise GraphError(
            f"{root} was built by kg {made} in layout {layout}, and this kg reads layout {FORMAT}",
            remedy=build_again(root),
        )
    if lacking := sorted(_TOLD - told.keys()):
        raise GraphError(
            f"{path} is damaged: it lacks {', '.join(lacking)}", remedy=build_again(root)
        )
    if lost := Parts(path.parent).missing():
        raise GraphError(
            f"{path.parent} is damaged: it lacks {', '.join(lost)}", remedy=build_again(root)
        )
    return dict(told)


def peek(root: Path) -> dict[str, Any]:
    """What the version that answers says of itself, whatever its layout; empty where it cannot."""
    try:
        told = json.loads(_read(root, f"v/{current(root).name}/manifest.json"))
    except (GraphError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


@contextlib.contextmanager
def publish(root: Path) -> Iterator[Path]:
    """A folder to build the next version in; it is published when the block ends without an error.

    Raises:
        GraphError: The folder cannot be written, or another build is at work in it.
    """
    try:
        (root / "v").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(root, error) from error
    with _lock(root):
        _sweep_unfinished(root)
        number = max((int(p.name) for p in _versions(root)), default=0) + 1
        aside = root / "v" / f"unfinished-{number}-{secrets.token_hex(4)}"
        try:
            aside.mkdir()
            yield aside
            _sync(aside)
            aside.rename(root / "v" / str(number))
            _point(root, number)
        except OSError as error:
            raise _unwritable(root, error) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _sweep_old(root, number)


def _point(root: Path, number: int) -> None:
    swap = root / "CURRENT.new"
    try:
        with swap.open("w", encoding="ascii") as file:
            file.write(f"{number}\n")
            file.flush()
            os.fsync(file.fileno())
        swap.replace(root / "CURRENT")
    except OSError:
        swap.unlink(missing_ok=True)
        shutil.rmtree(root / "v" / str(number), ignore_errors=True)
        raise
    _sync_folder(root / "v")
    _sync_folder(root)


def _versions(root: Path) -> list[Path]:
    return [path for path in (root / "v").iterdir() if path.name.isdigit()]


def _sweep_unfinished(root: Path) -> None:
    for path in (root / "v").glob("unfinished-*"):
        shutil.rmtree(path, ignore_errors=True)
    (root / "CURRENT.new").unlink(missing_ok=True)
    with contextlib.suppress(GraphError):  # what CURRENT names is lost: nothing to compare with
        named = int(current(root).name)
        for path in _versions(root):
            if int(path.name) > named:
                shutil.rmtree(path, ignore_errors=True)  # renamed, but never published


def _sweep_old(root: Path, number: int) -> None:
    """Keep the former version too: someone may still be reading it."""
    for path in sorted(_versions(root), key=lambda p: int(p.name))[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[None]:
    path = root / ".lock"
    try:
        file = path.open("a")
    except OSError as error:
        raise _unwritable(root, error) from error
    with file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(
                f"another build is at work in {root}",
                remedy=("wait for it, or name another ", Argument("root")),
            ) from error
        yield


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # there a folder cannot be opened, and need not be
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except OSError as error:
        raise GraphError(
            f"{root / name} cannot be read: {error.strerror}", remedy=build_again(root)
        ) from error
    except UnicodeDecodeError as error:
        raise GraphError(f"{root / name} is damaged: {error}", remedy=build_again(root)) from error


def build_again(root: Path) -> Phrase:
    """What to do about a damaged graph."""
    return "build it again: ", _build(root)


def _build(root: Path) -> Call:
    return Call("build", arguments=(("root", str(root)),))


def _unwritable(root: Path, error: OSError) -> GraphError:
    reason = error.strerror or str(error)
    return GraphError(
        f"{root} cannot be written: {reason}",
        remedy=("free space or name another folder with ", Argument("root")),
    )
