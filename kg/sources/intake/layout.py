"""Layouts: the forms in which official data are published, each recognised by its header."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.model.records import Source
from kg.sources.intake.intake import Intake
from kg.sources.intake.stream import Part


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a part, from which its layout is told."""

    kind: str
    """``csv``, ``json`` or ``xml``."""
    columns: tuple[str, ...]
    """Of a CSV its columns in one spelling; of JSON the fields of its first record; of XML its root."""

    def has(self, *names: str) -> bool:
        """Whether all these columns are there; ``a|b`` is either."""
        return all(any(n in self.columns for n in name.split("|")) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One published form."""

    key: str
    """Key of the source that a file of this form is taken as."""
    title: str
    """What it is, for a person."""
    told_by: str
    """What it is recognised by, for the message on an unknown file."""
    knows: Callable[[Head], bool]
    """Whether a beginning is of this form."""
    read: Callable[[Part, Intake, str], int]
    """Read a part under a source key into the intake; the number of its rows."""
    whole: bool = False
    """Whether files of this form mean to hold every roll call of an organ in their span of time."""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    """Under what terms it may be used, as far as stated."""
    finish: Callable[[Intake, str], None] | None = None
    """Called with the source key once all files are read, where a form has several files."""

    @property
    def source(self) -> Source:
        """The work that facts of this form are taken from."""
        return Source(
            source=self.key,
            title=self.title,
            publisher=self.publisher,
            url=self.url,
            licence=self.licence,
        )


def spelled(column: str) -> str:
    """A column name in one spelling: small letters of any script, ``_`` for what is no letter or digit."""
    return re.sub(r"[\W_]+", "_", column.lower()).strip("_")
