"""Dates printed with the year last: the whole column says which number is the day, or nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RecordError, SourceError
from kg.sources.intake.dates import DateColumn
from kg.sources.intake.stream import Part
from tests.cases import each

PART = Part(Path("votes.csv"))


@each(
    ("texts", "form", "days"),
    [
        (["1/2/1950", "12/31/1950"], "", ["1950-01-02", "1950-12-31"]),
        (["1/2/1950", "31/12/1950"], "", ["1950-02-01", "1950-12-31"]),
        (["1.2.1950", "31.12.1950 0:00"], "", ["1950-02-01", "1950-12-31"]),
        (["1950-01-02", "1950-12-31T00:00:00Z"], "", ["1950-01-02", "1950-12-31"]),
        (["1950-01-02", "1/13/1950"], "", ["1950-01-02", "1950-01-13"]),
        (["1/1/1950", "2/2/1950"], "", ["1950-01-01", "1950-02-02"]),
        (["1/2/1950"], "M/D/YYYY", ["1950-01-02"]),
        (["1/2/1950"], "D/M/YYYY", ["1950-02-01"]),
    ],
)
def test_a_column_says_which_number_is_the_day(texts, form, days):
    column = DateColumn(texts, PART, form)
    assert [str(column.day(text)) for text in texts] == days
    assert bool(column.remark) is ((not form and "/" in "".join(texts)) or "." in "".join(texts))


@each(
    ("texts", "problem"),
    [
        (["1/2/1950", "3/4/1951"], "says which number is the day"),
        (["13/2/1950", "3/14/1951"], "some dates like '13/2/1950' can only have the day first"),
    ],
)
def test_a_column_that_does_not_say_is_refused_with_what_to_write(texts, problem):
    with pytest.raises(SourceError, match=rf"votes\.csv: .*{problem}.*dates = .M/D/YYYY."):
        DateColumn(texts, PART)


@each(
    "text",
    ["", "5 March", "1950", "1/2/50", "13/13/1950", "1-2/1950", "1950-13-01", "1/2/1950 8:30"],
)
def test_what_names_no_day_is_no_date(text):
    column = DateColumn(["12/31/1950"], PART)
    with pytest.raises(RecordError):
        column.day(text)
    with pytest.raises(RecordError, match="expected YYYY-MM-DD"):
        DateColumn([], PART, "YYYY-MM-DD").day("12/31/1950")
