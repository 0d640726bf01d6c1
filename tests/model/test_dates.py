"""Dates as well as they are known, and what an interval of them certainly holds."""

import itertools
from datetime import date, timedelta

import pytest

from kg.errors import RecordError
from kg.model import dates
from kg.model.dates import Interval, PartialDate
from tests.cases import each

DAYS = [date(1991, 1, 1) + timedelta(days=i) for i in range(1200)]


def interval(text):
    return Interval(*(PartialDate.parse(part) if part else None for part in text.split("/")))


@each("text", ["1991", "1991-12", "1991-12-26", "0001", "9999-12-31"])
def test_a_date_is_written_as_exactly_as_it_was_known(text):
    assert str(PartialDate.parse(text)) == text


@each(
    ("text", "earliest", "latest"),
    [
        ("1991", date(1991, 1, 1), date(1991, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("1991-12-26", date(1991, 12, 26), date(1991, 12, 26)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_can_be_any_day_of_what_is_known_of_it(text, earliest, latest):
    parsed = PartialDate.parse(text)
    assert (parsed.earliest, parsed.latest) == (earliest, latest)


@each(
    "text",
    [
        *("", "91", "1991-1", "1991-13", "1991-00", "1991-02-29", "1991-12-00", "1991-00-01"),
        *("1991-12-26T00:00", " 1991", "1991 ", "1991-12-26\n", "-1991", "1991/12", "١٩٩١", "0000"),
    ],
)
def test_a_text_that_no_calendar_has_is_not_a_date(text):
    with pytest.raises(RecordError, match="is not a date"):
        PartialDate.parse(text)


def test_dates_sort_by_time_and_the_less_exact_first():
    texts = ["1990-12-31", "1991", "1991-01", "1991-01-01", "1991-02", "1992"]
    parsed = [PartialDate.parse(text) for text in reversed(texts)]
    assert [str(one) for one in sorted(parsed)] == texts


@each("text", ["2023", "2023-02", "23.2.2023"])
def test_a_day_is_asked_for_as_a_whole_date(text):
    with pytest.raises(RecordError, match="write YYYY"):
        dates.day(text)


def test_a_whole_date_names_its_day():
    assert dates.day("2023-02-23") == date(2023, 2, 23)


@each(
    ("text", "held", "not_held"),
    [
        ("1991-12-26/1992-01-01", ["1991-12-26", "1991-12-31"], ["1991-12-25", "1992-01-01"]),
        ("1991/1993", ["1991-12-31", "1992-12-31"], ["1991-12-30", "1993-01-01"]),
        ("1991-12/", ["1991-12-31", "9999-12-31"], ["1991-12-30"]),
        ("/1991", ["0001-01-01", "1990-12-31"], ["1991-01-01"]),
        ("/", ["0001-01-01", "9999-12-31"], []),
        ("1991/1991", [], ["1991-01-01", "1991-06-01", "1991-12-31"]),
    ],
)
def test_an_interval_holds_the_days_on_which_it_certainly_held(text, held, not_held):
    told = interval(text)
    assert [day for day in held if not told.holds(date.fromisoformat(day))] == []
    assert [day for day in not_held if told.holds(date.fromisoformat(day))] == []


@each("text", ["1991-12-26/1991-12-26", "1991-12-26/1991-12-25", "1992/1991", "1991-12-31/1991-12"])
def test_an_interval_that_ends_before_it_starts_cannot_be_made(text):
    with pytest.raises(RecordError, match="not after its start"):
        interval(text)


def test_two_intervals_overlap_when_some_day_lies_in_both():
    texts = ["/", "1991/", "1991-06/1992", "/1992-03-02", "1992-03-02/", "1991/1991"]
    texts += ["1992/1993", "1991-05-01/1991-05-20", "1993-01-01/1993-06"]
    for one, other in itertools.product(map(interval, texts), repeat=2):
        shared = [day for day in DAYS if one.holds(day) and other.holds(day)]
        assert one.overlaps(other) == bool(shared), (one, other)


def test_the_days_on_which_an_interval_held_are_a_slice_of_days_in_order():
    days = [date(2000, 1, 1), date(2000, 6, 1), date(2000, 6, 1), date(2001, 1, 1)]
    starts, ends = ("", "1999", "2000-06-01", "2000-07"), ("", "2001", "2002")
    for start, end in itertools.product(starts, ends):
        span = interval(f"{start}/{end}")
        assert days[span.among(days)] == [day for day in days if span.holds(day)], span
