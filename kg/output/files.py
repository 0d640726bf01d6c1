"""Files written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from kg.errors import ExportError


def replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file aside and put it in place in one step; what stood there stays until then.

    A link is followed to the file it names; a pipe or a device is written into, never replaced.

    Raises:
        ExportError: It cannot be written.
    """
    try:
        if path.parts[:2] in _SPECIAL or (path.exists() and not path.is_file()):
            with path.open("wb") as file:
                write(file)
            return
        _swap(path.resolve() if path.is_symlink() else path, write)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        reason = getattr(error, "strerror", None) or error
        raise ExportError(f"{path} cannot be written: {reason}; name another file") from error


_SPECIAL = (("/", "dev"), ("/", "proc"))


def _swap(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    aside = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with aside.open("xb") as file:  # new, and readable by whom the user lets read new files
            write(file)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
