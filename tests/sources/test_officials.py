"""A leader without an identifier is an official of the facts where state and days agree, else another."""

from __future__ import annotations

from kg.model import records
from kg.sources import officials
from kg.sources.readers import leaders
from tests.sources.reading import bundled_facts, made, read_rows

(LAYOUT,) = leaders.LAYOUTS
HEADER = "iso3,country,role,person,person_qid,start,end,party,end_cause"


def test_a_name_alone_makes_nobody_an_official_of_the_facts(tmp_path):
    rows = (
        "USA,United States,head_of_state,Johnson,,1963-11-22T00:00:00Z,1969-01-20T00:00:00Z,,",
        "GBR,United Kingdom,head_of_government,Johnson,,2019-07-24T00:00:00Z,2022-09-06T00:00:00Z,,",
        "FRA,France,head_of_state,Vladimir Putin,,2012-05-07T00:00:00Z,,,",
        "RUS,Russia,head_of_state,Vladimir Putin,,1890-05-07T00:00:00Z,1891-05-07T00:00:00Z,,",
        "RUS,Russia,head_of_state,Vladimir Putin,,2012-05-07T00:00:00Z,,,",
        "UKR,Ukraine,head_of_state,Volodymyr Zelenskyy,Q3874799,2019-05-20T00:00:00Z,,,",
        "BRA,Brazil,head_of_state,No One,,,,,",
    )
    intake = read_rows(LAYOUT, tmp_path, HEADER, *rows)
    officials.join(bundled_facts(), intake)
    putin = next(p for p in bundled_facts().records(records.Official) if p.name == "Vladimir Putin")
    terms = {(t.official, t.post) for t in made(intake, records.Tenure)}
    assert terms == {
        ("USA_Johnson", "USA_head_of_state"),
        ("Johnson", "GBR_head_of_government"),
        ("FRA_Vladimir_Putin", "FRA_head_of_state"),
        ("RUS_Vladimir_Putin", "RUS_head_of_state"),
        (putin.official, "RUS_head_of_state"),
        ("Q3874799", "UKR_head_of_state"),
    }
    people = {p.official for p in made(intake, records.Official)}
    assert people == {official for official, _ in terms} | {"BRA_No_One"}
