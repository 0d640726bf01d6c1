"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from kg.errors import ExportError


def replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file aside and put it in place in one step; what stood there stays until then.

    Raises:
        ExportError: It cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        aside.chmod(0o666 & ~_umask())
        aside.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        aside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
