"""What comes with kg: its version, and where facts and ontology lie, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

VERSION = "0.1.0"
"""The version of ``kg``."""

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


def data() -> Path:
    """The folder of the bundled facts, one folder below it for each source."""
    return _folder("data")


ONLY = ("case",)
"""Parts of the bundled facts of which alone a graph can be built: all but the record of roll calls."""
RECORD = "record"
"""The folder of ``data/`` that holds the roll calls since 1946, read as files are and not as facts."""


def record(folder: Path) -> list[Path]:
    """The tables of roll calls that come with a folder of facts, in order; none where it has no record."""
    return sorted((folder / RECORD).glob("*.csv"))


def ontology() -> Path:
    """The folder of the ontology, its shapes and its JSON-LD context."""
    return _folder("ontology")


def queries() -> Path:
    """The folder of the shipped queries, one ``.rq`` file each."""
    return _PACKAGE / "query" / "questions"
