"""Whose vote it is on the day on which a seat changes hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from kg.model.dates import Interval, PartialDate
from kg.model.records import Holding


def voting_times(holdings: Iterable[Holding]) -> dict[tuple[str, str], list[Interval]]:
    """When each state votes in an organ: its time in the seat, read for votes.

    Where a seat passes from a state to another, the day is the new holder's in ``seats.csv``. Votes come
    before the change: the General Assembly gave China's seat to the People's Republic by the last vote of
    25 October 1971, which was still the Republic of China's to cast. So for votes the day of a change
    belongs to the state that leaves the seat.

    Args:
        holdings: Who held which seat when; observers, who have no vote, are left out.

    Returns:
        Organ and state, and the intervals in which the votes of its seat are its own.
    """
    members = [holding for holding in holdings if holding.role == "member"]
    taken = {(h.organ, h.seat, h.start) for h in members if h.start}
    left = {(h.organ, h.seat, h.end) for h in members if h.end}
    times: dict[tuple[str, str], list[Interval]] = {}
    for holding in members:
        interval = holding.interval
        if (holding.organ, holding.seat, holding.start) in left:
            interval = replace(interval, start=_day_after(holding.start))
        if (holding.organ, holding.seat, holding.end) in taken:
            interval = replace(interval, end=_day_after(holding.end))
        times.setdefault((holding.organ, holding.state), []).append(interval)
    return times


def _day_after(day: PartialDate | None) -> PartialDate | None:
    """The next day; what is not known to the day stays as it is."""
    if day is None or not day.day:
        return day
    after = day.latest + timedelta(days=1)
    return PartialDate(after.year, after.month, after.day)
