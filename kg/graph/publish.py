"""Publishing a version of a graph folder, and clearing away what earlier builds left there.

A version is built aside, checked, synced to disk and then published by replacing ``CURRENT`` in one
step. Readers never see half of one, and a build that dies leaves the former version as it was.

Only what a build of kg wrote is ever deleted: versions with a manifest of kg, unfinished ones with its mark.
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

from kg.calls import Argument
from kg.errors import BusyError, GraphError
from kg.graph import folder
from kg.graph.parts import Parts

_KEPT = 2
"""Versions that stay: the one that answers, and the former one, which someone may still be reading."""
_MARK = ".kg-unfinished"
"""A file in each folder that a build is writing."""
_SWAP = ".kg-CURRENT"
"""The next ``CURRENT``, until it takes the place of the former one."""


@contextlib.contextmanager
def publish(root: Path) -> Iterator[Path]:
    """A folder to build the next version in; it is published when the block ends without an error.

    Raises:
        GraphError: The folder cannot be written, holds files that are not of kg, or another build is at
            work in it.
    """
    try:
        _refuse_foreign(root)
        (root / "v").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(root, error) from error
    with _lock(root):
        _sweep_unfinished(root)
        former = _versions(root)
        number = max(map(_number, (root / "v").iterdir()), default=0) + 1
        aside = root / "v" / f"unfinished-{number}-{secrets.token_hex(4)}"
        try:
            aside.mkdir()
            (aside / _MARK).touch()
            yield aside
            (aside / _MARK).unlink()
            _sync(aside)
            aside.rename(root / "v" / str(number))
            _point(root, number)
        except OSError as error:
            raise _unwritable(root, error) from error
        finally:
            _remove(aside)
        for version in former[: -(_KEPT - 1)]:
            _remove(version)


def _refuse_foreign(root: Path) -> None:
    """Refuse a folder in which files of someone else stand where those of a graph would.

    Raises:
        GraphError: It has a ``v/`` with something in it or a ``CURRENT``, and kg wrote neither.
    """
    versions = root / "v"
    entries = sorted(versions.iterdir()) if versions.is_dir() else []
    current = root / "CURRENT"
    if not current.exists():
        foreign = [entry.name for entry in entries if not _is_own(entry)]
        if foreign:
            raise _foreign(f"{versions} holds {foreign[0]!r}, which is no version of a graph")
    elif entries:
        if not any(_is_own(entry) or _is_damaged(entry) for entry in entries):
            raise _foreign(f"{versions} holds {entries[0].name!r}, which is no version of a graph")
    elif not current.is_file() or not current.read_bytes().strip().isdigit():
        raise _foreign(f"{current} names no version of a graph")


def _is_own(path: Path) -> bool:
    """Whether a build of kg wrote a folder below ``v/``: a version, or what is left of an unfinished one."""
    if not path.exists():
        return True  # the build that wrote it has just renamed or removed it
    if not path.is_dir() or path.is_symlink():
        return False
    if _has_manifest(path):
        return _number(path) > 0 or path.name.startswith("unfinished-")
    if not path.name.startswith("unfinished-"):
        return False
    return (path / _MARK).exists() or not any(path.iterdir())


def _is_damaged(path: Path) -> bool:
    """Whether a folder holds parts of a version, though no manifest that can be read."""
    return _number(path) > 0 and path.is_dir() and Parts(path).store.is_dir()


def _has_manifest(path: Path) -> bool:
    try:
        fields = json.loads(Parts(path).manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(fields, dict) and {"format", "kg", "built", "datasets"} <= fields.keys()


def _number(path: Path) -> int:
    """The number that a folder below ``v/`` is named by; 0 where its name is none."""
    name = path.name
    return int(name) if name.isascii() and name.isdigit() else 0


def _point(root: Path, number: int) -> None:
    swap = root / _SWAP
    try:
        with swap.open("w", encoding="ascii") as file:
            file.write(f"{number}\n")
            file.flush()
            os.fsync(file.fileno())
        swap.replace(root / "CURRENT")
    except OSError:
        swap.unlink(missing_ok=True)
        _remove(root / "v" / str(number))
        raise
    _sync_folder(root / "v")
    _sync_folder(root)


def _versions(root: Path) -> list[Path]:
    """The versions that kg published or was about to publish, oldest first."""
    paths = [path for path in (root / "v").iterdir() if _number(path) and _is_own(path)]
    return sorted(paths, key=_number)


def _sweep_unfinished(root: Path) -> None:
    for path in (root / "v").glob("unfinished-*"):
        if _is_own(path):
            _remove(path)
    (root / _SWAP).unlink(missing_ok=True)
    with contextlib.suppress(GraphError):  # what CURRENT names is lost: nothing to compare with
        current = _number(folder.current(root))
        for path in _versions(root):
            if _number(path) > current:
                _remove(path)  # renamed, but never published


def _remove(path: Path) -> None:
    """Delete a folder of ours, what tells that it is ours last: a build may be killed here too."""
    last = (Parts(path).manifest, path / _MARK)
    with contextlib.suppress(OSError):  # what cannot be deleted now is deleted by the next build
        for part in path.iterdir():
            if part.is_dir():
                shutil.rmtree(part)
            elif part not in last:
                part.unlink()
        for part in last:
            part.unlink(missing_ok=True)
        path.rmdir()


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[None]:
    """Keep other builds out; the system lets go of the lock when this process ends, however it ends."""
    import filelock

    lock = filelock.FileLock(root / ".lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise BusyError(
            f"another build is at work in {root}",
            remedy=("wait for it, or name another ", Argument("root")),
        ) from error
    except OSError as error:
        raise _unwritable(root, error) from error
    try:
        yield
    finally:
        lock.release()


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


def _foreign(problem: str) -> GraphError:
    return GraphError(
        f"{problem}; nothing was written",
        remedy=("name a folder of its own for the graph with ", Argument("root")),
    )


def _unwritable(root: Path, error: OSError) -> GraphError:
    reason = error.strerror or str(error)
    return GraphError(
        f"{root} cannot be written: {reason}",
        remedy=("free space or name another folder with ", Argument("root")),
    )
