"""Tables read row by row into records: cells by the names of their columns, numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import RecordError
from kg.model.dates import PartialDate
from kg.model.records import Sourced
from kg.sources.intake import stream
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import spelled
from kg.sources.intake.stream import Part

MISSING = ("", ".", "NA", "N/A", "NaN", "-9")
"""How tables print what is not known."""
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV that is read row by row into the records of one source."""

    part: Part
    intake: Intake
    source: str

    def rows(
        self, wanted: Collection[str], unused: Container[str] = ()
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows, each with its line: the wanted columns in one spelling, empty where absent.

        Columns that are neither wanted nor known to be of no use here are told.

        Raises:
            SourceError: It is no CSV, or holds no row.
        """
        with stream.opened(self.part) as file:
            rows = stream.rows(self.part, file)
            places: dict[str, int] = {}
            for at, column in enumerate(next(rows, (1, []))[1]):
                name = spelled(column)
                if name in wanted and name not in places:
                    places[name] = at
                elif name in wanted or name not in unused:
                    self.tell("column not read", 1, f"{column!r}")
            absent = dict.fromkeys((name for name in wanted if name not in places), "")
            count = 0
            for count, (line, cells) in enumerate(rows, 1):  # noqa: B007  it is the number of rows
                yield line, absent | {name: cells[at].strip() for name, at in places.items()}
        if not count:
            raise self.part.blame(1, "holds no row below its header; is the file whole?")

    def tell(self, kind: str, line: int, text: str) -> None:
        """Note something that was not understood."""
        self.intake.tell(kind, self.part, line, text)

    def put(self, line: int, record: type[Sourced], /, **said: Any) -> bool:
        """Make a record and take it in; where it breaks a rule that is told, and False comes back."""
        try:
            made = record(source=(self.source,), **said)
        except RecordError as error:
            self.tell("record refused", line, f"{record.__name__}: {error}; left out")
            return False
        self.intake.records.setdefault(self.source, []).append(made)
        return True


def whole(text: str) -> str:
    """A number as a cell says it, without leading zeros or ``.0``; empty where it says none."""
    match = _WHOLE.fullmatch(text)
    return str(int(match[1])) if match else ""


def dated(year: str, month: str, day: str) -> PartialDate | None:
    """The date that three cells say, as exact as they are; None where not even the year is known.

    Raises:
        RecordError: They say no date; month and day 0 are not known.
    """
    cells = ["" if text in MISSING else text for text in (year, month, day)]
    told = [whole(text) for text in cells]
    if any(cell and not number for cell, number in zip(cells, told, strict=True)):
        raise RecordError(f"{year!r}, {month!r}, {day!r} is no date")
    known = [int(number or 0) for number in told]
    if not known[0]:
        return None
    month_known = known[1:] if known[1] else []
    text = f"{known[0]:04}" + "".join(f"-{number:02}" for number in month_known if number)
    return PartialDate.parse(text)
