"""Whose a vote is on the day on which a seat changes hands."""

from __future__ import annotations

from datetime import date

import polars as pl

from kg.model.records import Holding
from kg.model.seats import voting_times
from tests.cases import each


@each(
    ("day", "states", "voted"),
    [
        ("1971-10-24", "TWN CHN", "TWN"),
        ("1971-10-25", "TWN CHN", "TWN"),  # 2758 was adopted in the evening, by the day's last vote
        ("1971-10-26", "TWN CHN", "CHN"),
        ("1958-02-21", "EGY UNITED_ARAB_REPUBLIC", "EGY"),
        ("1958-02-22", "EGY UNITED_ARAB_REPUBLIC", "EGY"),
        ("1958-02-23", "EGY UNITED_ARAB_REPUBLIC", "UNITED_ARAB_REPUBLIC"),
        ("1958-02-22", "SYR", ""),  # the seat passed to nobody
        ("1961-09-29", "EGY UNITED_ARAB_REPUBLIC", "UNITED_ARAB_REPUBLIC"),
        ("1961-10-13", "SYR", "SYR"),  # a state that is admitted votes on that day
        ("1964-04-26", "TANGANYIKA TZA ZANZIBAR", "TANGANYIKA"),
        ("1990-05-22", "YEMEN_ARAB_REPUBLIC YMD YEM", "YEMEN_ARAB_REPUBLIC"),
        ("1991-12-24", "SUN RUS", "SUN"),
        ("1992-04-27", "YUG SCG", ""),
        ("2000-11-01", "YUG SCG", "SCG"),
        ("2006-06-03", "SCG SRB", "SCG"),
        ("2006-06-28", "SCG SRB MNE", "MNE SRB"),
        ("2012-11-29", "PSE", ""),  # an observer has no vote
    ],
)
def test_the_day_of_a_change_belongs_to_who_leaves_the_seat(day, states, voted, graph):
    times = voting_times(graph.snapshot.records(Holding))
    on = date.fromisoformat(day)
    seated = {state for (_, state), spans in times.items() if any(s.holds(on) for s in spans)}
    assert seated & set(states.split()) == set(voted.split())


def test_of_all_days_on_which_a_seat_passes_on_one_has_a_vote(graph, shared):
    """Were there others, the names of the Digital Library on that day would have to be looked at."""
    votes = pl.scan_csv(
        shared / "undl" / "ga_votes_undl2026_reconstructed.csv.gz", infer_schema_length=0
    )
    held = votes.select("date", "resolution").unique().collect().rows()
    holdings = [h for h in graph.snapshot.records(Holding) if h.role == "member"]
    taken = {(h.seat, h.start) for h in holdings}
    passed = {str(h.end) for h in holdings if (h.seat, h.end) in taken}
    assert len(passed) == 7
    assert [text for day, text in held if day in passed] == ["A/RES/2758(XXVI)"]
