"""Where newer official files are published, as ``data/record/publications.toml`` names it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A page on which a publisher puts new files of votes."""

    title: str
    """What is published there."""
    page: str
    """Its address; its site answers no program, so that files are saved by hand."""
    organ: str
    """Whose votes they are: ``UNGA`` or ``UNSC``."""


def publications(data: Path) -> tuple[Publication, ...]:
    """The pages that a folder of facts names; none where it has no record of roll calls."""
    path = data / resources.RECORD / "publications.toml"
    if not path.is_file():
        return ()
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["publication"]
    return tuple(Publication(**fields) for fields in listed)


def published(source: str) -> bool:
    """Whether a source is files of that publisher: the bundled record, or official files of the user's."""
    return source == "record" or source.startswith("undl-")
