"""Every name and code of the official data means the right state on its date.

What is right is derived here, from ISO codes in the data and the short tables below; never from
``data/states/aliases.csv``, which is what is tried.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg.errors import UnknownNameError
from kg.model.entries import Entry, normal
from kg.model.names import Names
from kg.model.usages import USAGES
from tests.cases import each

BY_DATE: dict[str, tuple[tuple[str, str], ...]] = {
    # the code of today, the last first: from that day on it meant
    # the seat, not the land, which lost it by the last vote of the day before: General Assembly 2758
    "CHN": (("1971-10-26", "CHN"), ("", "TWN")),
    "EGY": (("1961-09-29", "EGY"), ("1958-02-22", "UNITED_ARAB_REPUBLIC"), ("", "EGY")),
    "GER": (("", "DEU"),),
    "SUN": (("1991-12-24", "RUS"), ("", "SUN")),
    "TZA": (("1964-04-26", "TZA"), ("", "TANGANYIKA")),
    "YEM": (("1990-05-22", "YEM"), ("", "YEMEN_ARAB_REPUBLIC")),
    "YUG": (("2006-06-03", "SRB"), ("1992-04-27", "SCG"), ("", "YUG")),
}
UNVOTES = {
    "CS": "CSK",
    "DD": "DDR",
    "EG": "EGY",
    "RU": "SUN",  # Russia there is the Soviet Union to its end
    "TZ": "TZA",
    "YD": "YMD",
    "YE": "YE since the merger",
    "YU": "YUG",
}
UNVOTES_NA = {
    "Federal Republic of Germany": "GER",
    "Namibia": "NAM",
    "Yemen Arab Republic": "YEM",
    "Zanzibar": "ZANZIBAR",
}
"""The four countries whose code reads ``NA``; for three of them it only says that there is none."""
COW = {
    "240": "HANOVER",
    "245": "BAVARIA",
    "260": "DEU",
    "265": "DDR",
    "267": "BADEN",
    "269": "SAXONY",
    "271": "WURTTEMBERG",
    "273": "HESSE_ELECTORAL",
    "275": "HESSE_GRAND_DUCAL",
    "280": "MECKLENBURG_SCHWERIN",
    "300": "AUSTRIA_HUNGARY",
    "315": "CSK",
    "327": "PAPAL_STATES",
    "329": "TWO_SICILIES",
    "332": "MODENA",
    "335": "PARMA",
    "337": "TUSCANY",
    "347": "KOSOVO",
    "511": "ZANZIBAR",
    "678": "YEMEN_ARAB_REPUBLIC",
    "680": "YMD",
    "730": "KOREA",
    "817": "REPUBLIC_OF_VIETNAM",
    "8152": "ANNAM",  # ATOP's own number, alliance 1320 of 1874
}
COW_BY_DATE = {
    "345": (("2006-06-03", "SRB"), ("1992-04-27", "SCG"), ("1918-12-01", "YUG"), ("", "SRB")),
    "365": (("1991-12-26", "RUS"), ("1922-12-30", "SUN"), ("", "RUS")),
    "510": BY_DATE["TZA"],
    "651": BY_DATE["EGY"],
    "652": (("1961-09-29", "SYR"), ("1958-02-22", "UNITED_ARAB_REPUBLIC"), ("", "SYR")),
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))


def on(steps: Iterable[tuple[str, str]], day: date) -> str:
    return next(key for since, key in steps if day.isoformat() >= since)


@cache
def crosswalk(shared: Path) -> tuple[dict[str, str], ...]:
    return tuple(rows(shared / "alliances" / "country_codes_crosswalk.csv"))


@cache
def iso(shared: Path, column: str) -> dict[str, str]:
    return {row[column]: row["iso3c"] for row in crosswalk(shared) if row[column] and row["iso3c"]}


def cow(shared: Path, code: str, day: date) -> str:
    if code in COW_BY_DATE:
        return on(COW_BY_DATE[code], day)
    return COW.get(code) or iso(shared, "cown")[code]


def wrong(names: Names, asked: Iterable[tuple[str, str, date | None, str]]) -> list[str]:
    """What does not resolve as expected: asked are text, usage, day and the right key.

    Of each text the first wrong day is told: looking for names near to it takes its time.
    """
    found, count, told = [], 0, set()
    for text, usage, day, right in sorted(set(asked), key=str):
        count += 1
        if (text, usage) in told:
            continue
        try:
            key = names.resolve(text, on=day, usage=usage)
        except UnknownNameError as error:
            key = str(error)
        if key != right:
            told.add((text, usage))
            found.append(f"{usage} {text!r} on {day}: {key}, not {right}")
    assert count > 20, "the file holds too little to try anything"
    return found


def test_every_name_and_code_of_the_un_digital_library_means_its_state(graph, shared):
    asked = []
    for row in rows(shared / "undl" / "undl_country_names.csv"):
        code = row["ms_code"] or row["ms_name"]
        for day in (date.fromisoformat(row[c]) for c in ("first_date", "last_date")):
            right = on(BY_DATE.get(code, [("", code)]), day)
            asked.append((row["ms_name"], "undl", day, right))
            if row["ms_code"]:
                asked.append((row["ms_code"], "undl-code", day, right))
    assert wrong(graph.names, asked) == []


def test_every_country_and_code_of_unvotes_means_its_state_on_each_day_it_voted(graph, shared):
    folder = shared / "unvotes"
    day_of = {row["rcid"]: row["date"] for row in rows(folder / "un_roll_calls.csv")}
    iso2 = iso(shared, "iso2c")
    pairs = {
        (row["country"], row["country_code"], day_of[row["rcid"]])
        for row in rows(folder / "un_votes.csv.gz")
    }
    asked = []
    for country, code, told in pairs:
        day = date.fromisoformat(told)
        key = UNVOTES_NA[country] if code == "NA" else UNVOTES.get(code) or iso2[code]
        right = on(BY_DATE.get(key, [("", key)]), day)
        right = "YEM" if key == UNVOTES["YE"] else "CHN" if code == "CN" else right
        asked.append((country, "unvotes", day, right))
        if code != "NA":
            asked.append((code, "unvotes-code", day, right))
    assert len(pairs) > 100_000
    assert wrong(graph.names, asked) == []


@each(("column", "usage"), [("stateabb", "cow-abbr"), ("ccode", "cow"), ("statenme", "cow-name")])
def test_every_state_of_correlates_of_war_means_itself_on_its_first_and_last_day(
    column, usage, graph, shared
):
    asked = []
    for row in rows(shared / "alliances" / "states2016.csv"):
        for ends in (("styear", "stmonth", "stday"), ("endyear", "endmonth", "endday")):
            day = date(*(int(row[name]) for name in ends))
            asked.append((row[column], usage, day, cow(shared, row["ccode"], day)))
    assert wrong(graph.names, asked) == []


@each(
    ("column", "usage"),
    [
        ("country.name.en", "crosswalk"),
        ("iso2c", "iso2"),
        ("iso3c", "iso3"),
        ("iso3n", "m49"),
        ("un", "m49"),
    ],
)
def test_every_row_of_the_country_crosswalk_means_its_state(column, usage, graph, shared):
    asked = []
    for row in crosswalk(shared):
        right = row["iso3c"] or {**COW, "345": "YUG"}[row["cown"]]
        if row[column]:
            asked.append((row[column], usage, None, right))
    assert wrong(graph.names, asked) == []


def test_every_member_of_an_atop_alliance_means_its_state_while_it_belongs(graph, shared):
    asked = []
    for row in rows(shared / "alliances" / "atop4_01_member_level.csv"):
        joined = date(int(row["yrent"]), int(row["moent"]), int(row["dayent"] or 1))
        left = row["yrexit"] not in ("", "0") and date(
            int(row["yrexit"]), int(row["moexit"] or 1), int(row["dayexit"] or 1)
        )
        code = row["member"]
        asked += [(code, "atop", day, cow(shared, code, day)) for day in (joined, left) if day]
    assert wrong(graph.names, asked) == []


def test_every_state_of_the_atop_dyads_means_itself_at_mid_year(graph, shared):
    pairs = {
        (row[column], date(int(row["year"]), 7, 1))
        for row in rows(shared / "alliances" / "atop5_1_directed_dyad_year.csv.gz")
        for column in ("ccode1", "ccode2")
    }
    asked = [(code, "atop", day, cow(shared, code, day)) for code, day in pairs]
    assert wrong(graph.names, asked) == []


@each("usage", ["iso2", "undl-code", "unvotes-code"])
def test_na_is_namibia_where_it_is_a_code(usage, graph):
    assert graph.names.resolve("NA" if usage != "undl-code" else "NAM", usage=usage) == "NAM"


@each("usage", ["undl", "unvotes", "crosswalk", "cow-name", "cow-abbr"])
def test_na_means_nothing_where_it_is_a_name(usage, graph):
    with pytest.raises(UnknownNameError, match="'NA' is no known state"):
        graph.names.resolve("NA", usage=usage)


@each(
    ("typed", "key"),
    [
        ("DPRK", "PRK"),
        ("Soviet Union", "SUN"),
        ("america", "USA"),
        ("Burma", "MMR"),
        ("the  NETHERLANDS", "NLD"),
        ("St. Lucia", "LCA"),
        ("Cote d’Ivoire", "CIV"),
        ("Türkiye", "TUR"),
        ("Bosnia & Herzegovina", "BIH"),
        ("fra", "FRA"),
        ("cow:365", "RUS"),
        ("m49:004", "AFG"),
        ("m49:4", "AFG"),
        ("state:FRA", "FRA"),
    ],
)
def test_what_a_journalist_types_means_the_state(typed, key, graph):
    assert graph.names.resolve(typed) == key


@each(
    ("typed", "nearest"),
    [("Frnace", "France"), ("Belaruss", "Belarus"), ("Nicaragoa", "Nicaragua")],
)
def test_an_unknown_name_stops_with_the_nearest_known_names(typed, nearest, graph):
    with pytest.raises(
        UnknownNameError, match=f"{typed!r} is no known state; .*{nearest}"
    ) as error:
        graph.names.resolve(typed)
    assert nearest in error.value.nearest


@each("typed", ["", " ", "...", "cow:", "m49:" + 5000 * "9", "a:b:c"])
def test_a_text_that_is_no_name_stops_in_one_line(typed, graph):
    with pytest.raises(UnknownNameError) as error:
        graph.names.resolve(typed)
    assert "\n" not in str(error.value)


def test_a_name_that_means_nothing_on_the_day_says_when_it_means_something(graph):
    with pytest.raises(
        UnknownNameError, match=r"means nothing on 2023-02-23 \(it means CSK .*until 1993"
    ):
        graph.names.resolve("Czechoslovakia", on=date(2023, 2, 23))


def test_an_unknown_usage_stops_with_the_known_ones(graph):
    with pytest.raises(
        UnknownNameError, match=r"is no known usage of names; known: .*unvotes-code"
    ):
        graph.names.resolve("FRA", usage="fifa")


def test_without_a_day_a_name_has_its_use_of_today_else_its_only_use():
    names = Names(
        [
            Entry("Old", "state", "A", "name", None, date(1990, 1, 1)),
            Entry("Old", "state", "B", "name", date(1990, 1, 1)),
            Entry("Gone", "state", "C", "name", None, date(1990, 1, 1)),
        ]
    )
    assert [names.resolve(word) for word in ("Old", "Gone")] == ["B", "C"]
    assert names.resolve("Old", on=date(1989, 12, 31)) == "A"
    assert names.resolve("Old", on=date(1990, 1, 1)) == "B"


def test_a_name_with_two_meanings_is_refused_and_both_are_told():
    two = [Entry("Congo", "state", key, "name") for key in ("COD", "COG")]
    with pytest.raises(UnknownNameError, match="means more than one state: COD, COG; use a key"):
        Names(two).resolve("Congo")


def test_the_spelling_as_given_decides_between_two_that_look_alike():
    two = [Entry("US", "state", "USA", "iso2"), Entry("Us", "state", "USK", "name")]
    assert Names(two).resolve("US") == "USA"


@each(
    ("one", "other"),
    list(
        itertools.chain(
            itertools.combinations(["Côte d'Ivoire", "COTE D’IVOIRE", "cote  d`ivoire"], 2),
            [("The Gambia", "Gambia"), ("St. Lucia", "Saint Lucia"), ("A & B", "A and B")],
            [("Congo - Kinshasa", "Congo (Kinshasa)"), ("Guinea-Bissau", "Guinea Bissau")],
        )
    ),
)
def test_two_spellings_of_one_name_have_one_form(one, other):
    assert normal(one) == normal(other)


@each(
    ("one", "other"),
    [("Niger", "Nigeria"), ("Guinea", "Guinea-Bissau"), ("The", ""), ("A", "The B")],
)
def test_two_names_keep_two_forms(one, other):
    assert normal(one) != normal(other)


def test_an_index_read_back_from_json_answers_the_same(graph):
    again = Names.from_json(graph.names.to_json())
    assert sorted(again.entries, key=repr) == sorted(graph.names.entries, key=repr)
    assert again.to_json() == graph.names.to_json()


def test_each_name_of_a_state_means_one_state_today(graph):
    today, found = date(2025, 1, 1), []
    for entry in graph.names.entries:
        if entry.kind == "state" and entry.holds(today) and entry.usage != "cow-column":
            usage = entry.usage if entry.usage in USAGES else None
            if graph.names.resolve(entry.text, on=today, usage=usage) != entry.key:
                found.append(entry)
    assert found == []


def test_every_key_means_its_own_thing(graph):
    keys = {(e.kind, e.key) for e in graph.names.entries if e.kind == "state"}
    assert len(keys) > 200
    assert [key for kind, key in keys if graph.names.resolve(key, kind) != key] == []
    assert [key for kind, key in keys if graph.names.resolve(f"state:{key}", None) != key] == []


@each("text", ["AU", "GUAM"])
def test_a_code_of_a_state_and_of_an_organisation_is_not_guessed(text, graph):
    with pytest.raises(UnknownNameError, match=f"say organisation:{text} or state:"):
        graph.names.find(text)
    assert graph.names.find(f"organisation:{text}") == ("organisation", text)
    assert graph.names.resolve("AU", "state") == "AUS"
