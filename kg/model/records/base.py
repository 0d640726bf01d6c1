"""What every record is: sourced, perhaps unchecked, perhaps dated."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, Literal

from kg.errors import RecordError
from kg.model.dates import Interval, PartialDate
from kg.model.words import check_key

FILES_ONLY = {"files_only": True}
"""Marks a field that only files of the user fill; it is no column of ``data/``."""


def columns(record: type[Sourced] | type[Source]) -> tuple[str, ...]:
    """The columns of the table of a record in ``data/``: its fields, but those that only files fill."""
    return tuple(f.name for f in fields(record) if not f.metadata.get("files_only"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Anything that names the source it was taken from."""

    key_field: ClassVar[str]
    """The field whose text is a key: that of the record itself, or of what it is about first."""
    source: tuple[str, ...]
    """Keys of ``sources.csv``, of the same folder or another; at least one."""

    def __post_init__(self) -> None:
        if not self.source:
            raise RecordError("source is empty; every row names the source it was taken from")
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and "\x00" in value:
                raise RecordError(f"{field.name} holds a NUL character")
        check_key(getattr(self, self.key_field))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Sourced):
    """A fact that may be unchecked and may carry a remark."""

    status: Literal["", "unchecked"] = ""
    """``unchecked`` where it was not compared with the primary record."""
    note: str = ""
    """A remark for the reader, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Record):
    """What holds over an interval."""

    start: PartialDate | None = None
    """First day inside."""
    end: PartialDate | None = None
    """First day outside, empty while it lasts."""

    def __post_init__(self) -> None:
        super(Dated, self).__post_init__()
        self.interval  # noqa: B018  an interval that cannot be is refused here

    @property
    def interval(self) -> Interval:
        """The interval from start to end."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One work that facts were taken from (``sources.csv``)."""

    source: str
    """Its key, such as ``north-atlantic-treaty-1949``."""
    title: str
    """Its title in full."""
    publisher: str = ""
    """Who published it."""
    date: PartialDate | None = None
    """When it was published or signed."""
    url: str = ""
    """An address where it can be read, empty where none is sure."""
    licence: str = ""
    """Under what terms it may be used, as far as stated."""

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise RecordError(f"url {self.url!r} does not begin with https:// or http://")
        check_key(self.source)
        if not self.title:
            raise RecordError("title is empty")
