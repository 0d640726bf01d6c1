"""Who belongs to the United Nations, sits in the Council and is of a regional group, as it is known."""

from datetime import date

from kg import resources
from kg.model.records import Holding, Membership
from kg.sources.curated.facts import read_facts
from tests.cases import each

FACTS = read_facts(resources.data())


def members(organisation, on, role="member"):
    """Keys of the states in an organisation on a day, in order."""
    day = date.fromisoformat(on)
    return [
        record.state
        for record in sorted(FACTS.records(Membership), key=lambda record: record.state)
        if (record.organisation, record.role) == (organisation, role) and record.interval.holds(day)
    ]


@each(
    ("on", "count"),
    [("1945-12-31", 51), ("1960-01-01", 82), ("1991-12-31", 166), ("2023-02-23", 193)],
)
def test_the_members_of_the_united_nations_are_those_of_its_seats(on, count):
    seated = [h.state for h in FACTS.records(Holding) if h.interval.holds(date.fromisoformat(on))]
    found = members("UN", on)
    assert len(found) == len(set(found)) == count
    assert sorted(found + members("UN", on, "observer")) == sorted(seated)


@each(
    ("on", "elected"),
    [
        ("1946-06-01", "AUS BRA EGY MEX NLD POL"),
        ("1956-06-01", "AUS BEL CUB IRN PER YUG"),
        ("1957-06-01", "AUS COL CUB IRQ PHL SWE"),
        ("1961-06-01", "CHL ECU LBR LKA TUR UNITED_ARAB_REPUBLIC"),
        ("1962-06-01", "CHL EGY GHA IRL ROU VEN"),
        ("1985-06-01", "AUS BFA DNK EGY IND MDG PER THA TTO UKR"),
        ("2017-12-31", "BOL EGY ETH ITA JPN KAZ SEN SWE UKR URY"),
        ("2018-01-01", "BOL CIV ETH GNQ KAZ KWT NLD PER POL SWE"),
        ("2026-01-15", "BHR COD COL DNK GRC LBR LVA PAK PAN SOM"),
    ],
)
def test_the_elected_members_of_the_council(on, elected):
    permanent = {"FRA", "GBR", "USA", "CHN", "TWN", "RUS", "SUN"}
    assert [state for state in members("UNSC", on) if state not in permanent] == elected.split()


def test_the_council_had_eleven_members_until_1965_and_fifteen_since():
    changes = ["1946-01-17", "1961-09-28", "1961-09-29", "1971-10-24", "1971-10-25", "1990-05-21",
               "1990-05-22", "1991-12-23", "1991-12-24", "2026-01-31"]  # fmt: skip
    ends = [f"{year}-{day}" for year in range(1947, 2026) for day in ("01-01", "12-31")]
    for day in (*changes, *ends):
        present = set(members("UNSC", day))
        vacant = day == "1980-01-01"  # Mexico was elected on the 7th
        assert len(present) == (11 if day < "1966" else 15) - vacant, day
        assert len(present & {"TWN", "CHN"}) == len(present & {"SUN", "RUS"}) == 1


def test_no_elected_member_sits_longer_than_two_years():
    terms = [r for r in FACTS.records(Membership) if r.organisation == "UNSC" and r.end]
    assert all(
        term.end.year - term.start.year <= 2 for term in terms if term.note != "permanent member"
    )


@each(
    ("group", "count"),
    [
        ("AFRICAN_GROUP", 54), ("ASIA_PACIFIC_GROUP", 54), ("EASTERN_EUROPEAN_GROUP", 23), ("GRULAC", 33),
        ("WEOG", 28),
    ],
)  # fmt: skip
def test_the_regional_groups_today_are_those_of_the_list(group, count):
    assert len(members(group, "2025-10-31")) == count


def test_what_is_known_otherwise_of_a_group_is_not_taken_from_the_list_of_today():
    assert "ISR" not in members("WEOG", "2000-04-30")
    assert "ISR" in members("WEOG", "2000-06-01")
    assert members("WEOG", "2023-01-01", "observer") == ["USA"]
    assert "TUR" in members("WEOG", "2023-01-01")
    assert members("ASIA_PACIFIC_GROUP", "2023-01-01", "associate") == ["TUR"]
    assert "KIR" not in members("ASIA_PACIFIC_GROUP", "2010-01-01")
    assert "ZAF" not in members("AFRICAN_GROUP", "1985-01-01")
    assert {"DDR", "YUG", "CSK", "SUN"} <= set(members("EASTERN_EUROPEAN_GROUP", "1985-01-01"))
    assert not members("GRULAC", "1963-01-01")


def test_each_membership_of_a_group_that_no_source_dates_is_unchecked():
    dated = {("WEOG", "ISR")}
    groups = {"AFRICAN_GROUP", "ASIA_PACIFIC_GROUP", "EASTERN_EUROPEAN_GROUP", "GRULAC", "WEOG"}
    for record in FACTS.records(Membership):
        if record.organisation in groups and (record.organisation, record.state) not in dated:
            assert record.status == "unchecked", record
