"""Cells of tables: how columns are spelled, numbers and dates printed, what stands for nothing known."""

from __future__ import annotations

import re

from kg.errors import RecordError
from kg.model.dates import PartialDate

MISSING = ("", ".", "NA", "N/A", "NaN", "-9")
"""How tables print what is not known."""
_DECIMAL = re.compile(r"([0-9]{1,9})\.0+")
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")


def spelled(column: str) -> str:
    """A column name in one spelling: small letters of any script, ``_`` for what is no letter or digit."""
    return re.sub(r"[\W_]+", "_", column.lower()).strip("_")


def slug(text: str) -> str:
    """A source's number in the letters of a key."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text[:60]).strip("-") or "unnumbered"


def whole(text: str) -> str:
    """A number as a cell prints it, without leading zeros or ``.0``; empty where it is none."""
    match = _WHOLE.fullmatch(text)
    return str(int(match[1])) if match else ""


def undecimal(text: str) -> str:
    """A number without the ``.0`` that programs print behind it; any other text as it stands."""
    match = _DECIMAL.fullmatch(text)
    return match[1] if match else text


def dated(year: str, month: str, day: str) -> PartialDate | None:
    """The date in three cells, as exact as they are; None where not even the year is known.

    Raises:
        RecordError: They are no date; month and day 0 are not known.
    """
    cells = ["" if text in MISSING else text for text in (year, month, day)]
    printed = [whole(text) for text in cells]
    if any(cell and not number for cell, number in zip(cells, printed, strict=True)):
        raise RecordError(f"{year!r}, {month!r}, {day!r} is no date")
    numbers = [int(number or 0) for number in printed]
    if not numbers[0]:
        return None
    within_year = numbers[1:] if numbers[1] else []
    text = f"{numbers[0]:04}" + "".join(f"-{number:02}" for number in within_year if number)
    return PartialDate.parse(text)
