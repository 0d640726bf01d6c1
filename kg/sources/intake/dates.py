"""Dates as a column prints them: which number is the day and which the month, the whole column decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from kg.errors import RecordError, SourceError
from kg.model.dates import PartialDate
from kg.sources.intake.stream import Part

Order = Literal["month first", "day first"]
FORMS: Mapping[str, Order | None] = {
    "YYYY-MM-DD": None,
    "M/D/YYYY": "month first",
    "D/M/YYYY": "day first",
}
"""How a date can be printed: in figures with ``/``, ``.`` or ``-`` between, and 0:00 behind."""
_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?Z?)?"
_ISO = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}){_MIDNIGHT}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_MIDNIGHT}", re.ASCII)
_NAMES: Mapping[Order, str] = {"month first": "M/D/YYYY", "day first": "D/M/YYYY"}


class DateColumn:
    """A column of dates.

    Args:
        texts: All that it holds; each text once is enough.
        part: The file, for an error.
        form: How its dates are printed, one of ``FORMS``; empty where the column has to decide.

    Raises:
        SourceError: No date of the column decides between day and month, or two decide otherwise.
    """

    def __init__(self, texts: Iterable[str], part: Part, form: str = "") -> None:
        self.remark = ""
        """What was found, where it had to be; else empty."""
        self._order = FORMS[form] if form else None
        self._is_iso = form == "YYYY-MM-DD"
        if form:
            return
        firsts, seconds, sample, differ = set(), set(), "", False
        for text in texts:
            if match := _YEAR_LAST.fullmatch(text.strip()):
                firsts.add(int(match[1]))
                seconds.add(int(match[3]))
                sample = sample or text.strip()
                differ = differ or int(match[1]) != int(match[3])
        if sample:
            self._order = _decided(firsts, seconds, differ, sample, part)
            self.remark = f"its dates, such as {sample}, are read as {_NAMES[self._order]}"

    def day(self, text: str) -> PartialDate:
        """The day that a date of the column names.

        Raises:
            RecordError: It names none.
        """
        printed = text.strip()
        iso = _ISO.fullmatch(printed)
        if iso:
            return PartialDate.parse(iso[1])
        match = None if self._is_iso else _YEAR_LAST.fullmatch(printed)
        if match is None or self._order is None:
            raise RecordError(f"{text!r} is not a day; expected {self._expected}")
        month, day = (1, 3) if self._order == "month first" else (3, 1)
        return PartialDate.parse(f"{match[4]}-{int(match[month]):02}-{int(match[day]):02}")

    @property
    def _expected(self) -> str:
        return _NAMES[self._order] if self._order else "YYYY-MM-DD"


def _decided(firsts: set[int], seconds: set[int], differ: bool, sample: str, part: Part) -> Order:
    day_first, month_first = max(firsts) > 12, max(seconds) > 12
    if day_first and month_first:
        raise _undecided(
            part, f"some dates like {sample!r} can only have the day first, others the month"
        )
    if differ and not day_first and not month_first:
        raise _undecided(
            part, f"no date like {sample!r} says which number is the day, and which the month"
        )
    return "day first" if day_first else "month first"


def _undecided(part: Part, problem: str) -> SourceError:
    ways = " or ".join(f'dates = "{form}"' for form in FORMS if FORMS[form])
    remedy = f"write them as YYYY-MM-DD; a mapping for a CSV of your own can say {ways}"
    return part.error_at(0, problem, remedy=remedy)
