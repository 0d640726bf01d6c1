"""Dates as well as they are known, and intervals between them."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kg.errors import RecordError

Day = TypeVar("Day", date, str)

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year; never padded to look more exact."""

    year: int
    """Such as 1991."""
    month: int = 0
    """1 to 12, or 0 where only the year is known."""
    day: int = 0
    """1 to 31, or 0 where only the month or year is known."""

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date that ``1991``, ``1991-12`` or ``1991-12-26`` says.

        Raises:
            RecordError: The text has another form, or no calendar has that day.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise RecordError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else 0 for part in match.groups())
        try:
            date(year, month or 1, day or 1)
        except ValueError as error:
            raise RecordError(f"{text!r} is not a date: {error}") from error
        if "-00" in text:
            raise RecordError(f"{text!r} is not a date; leave out the part that is not known")
        return cls(year, month, day)

    @property
    def earliest(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start``, the first day inside, to ``end``, the first day outside."""

    start: PartialDate | None = None
    """None where it began before the record does (24 October 1945)."""
    end: PartialDate | None = None
    """None while it lasts."""

    def __post_init__(self) -> None:
        if self.start and self.end and self.end.latest <= self.start.earliest:
            raise RecordError(f"ends on {self.end}, not after its start on {self.start}")

    @property
    def start_day(self) -> date | None:
        """The first day on which it certainly held."""
        return self.start.latest if self.start else None

    @property
    def end_day(self) -> date | None:
        """The first day on which it may have ended."""
        return self.end.earliest if self.end else None

    def holds(self, day: date) -> bool:
        """Whether it certainly held on that day."""
        return holds(self.start_day, self.end_day, day)

    def among(self, days: Sequence[date]) -> slice:
        """Which of some days, in order, it certainly held on."""
        first = bisect_left(days, self.start_day) if self.start_day else 0
        last = bisect_left(days, self.end_day) if self.end_day else len(days)
        return slice(first, last)

    def overlaps(self, other: Interval) -> bool:
        """Whether the two certainly share a day."""
        starts = [day for day in (self.start_day, other.start_day) if day]
        ends = [day for day in (self.end_day, other.end_day) if day]
        return not starts or not ends or max(starts) < min(ends)


def holds(start: Day | None, end: Day | None, day: Day) -> bool:
    """Whether what runs from one day to the day before another holds on a day; nothing is no limit.

    Days are dates, or texts as ``YYYY-MM-DD``.
    """
    return (not start or start <= day) and (not end or day < end)


def day(text: str) -> date:
    """The one day that ``YYYY-MM-DD`` names.

    Raises:
        RecordError: It is not a whole date.
    """
    parsed = PartialDate.parse(text)
    if not parsed.day:
        raise RecordError(f"{text!r} is not one day; write YYYY-MM-DD")
    return parsed.earliest
