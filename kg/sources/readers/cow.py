"""Correlates of War: formal alliances, by member and by dyad."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import RecordError
from kg.model.dates import PartialDate
from kg.model.words import Obligation
from kg.sources.intake.cells import MISSING, dated, spelled, whole
from kg.sources.intake.layout import Layout
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared.alliances import (
    OBLIGATION_OF,
    ListedAlliance,
    MemberStay,
    StateNumbers,
    obligations,
)
from kg.sources.readers.shared.cow import layout

_OBLIGATIONS = ("defense", "neutrality", "nonaggression", "entente")
_TYPES = {
    "1": "defense",
    "2": "neutrality",
    "3": "nonaggression",
    "4": "entente",
    "type_i_defense_pact": "defense",
    "type_ii_neutrality": "neutrality",
    "type_ii_neutrality_pact": "neutrality",
    "type_iia_non_aggression": "nonaggression",
    "type_iia_non_aggression_pact": "nonaggression",
    "type_iib_non_aggression": "nonaggression",
    "type_iib_non_aggression_pact": "nonaggression",
    "type_iii_entente": "entente",
}
"""What ``ss_type`` holds, in one spelling, to the column that means the same."""
_DATA_END = {"4.1": "31 December 2012"}
"""Version of the alliance data to the last day it was coded to."""


def _known_to(row: Mapping[str, str]) -> str:
    try:
        version = f"{float(row['version']):.1f}"  # Stata writes 4.1 as 4.0999999
    except ValueError:
        version = ""
    return f"Known to {_DATA_END.get(version, 'the end of the data')}."


def _columns(*stems: str) -> tuple[str, ...]:
    return tuple(
        f"{stem}_{end}_{unit}" for stem in stems for end in ("st", "end") for unit in _UNITS
    )


_UNITS = ("year", "month", "day")
_MEMBER = ("version4id", "ccode", "ss_type", *_columns("all", "mem"))
_DYAD = ("version4id", "ccode1", "ccode2", "asymmetric", *_columns("dyad"))
_COMMON = ("left_censor", "right_censor", *_OBLIGATIONS, "version", "year")
_UNUSED = ("state_name", "state_name1", "state_name2")


def _dates(
    place: Place, line: int, row: Mapping[str, str], stem: str
) -> tuple[PartialDate | None, PartialDate | None]:
    """Start and last day of an alliance, a member or a dyad, None where they are not given."""
    dates: list[PartialDate | None] = []
    for end in ("st", "end"):
        try:
            dates.append(dated(*(row.get(f"{stem}_{end}_{unit}", "") for unit in _UNITS)))
        except RecordError as error:
            place.note_problem("date not read", line, f"{stem}_{end}: {error}; taken as not known")
            dates.append(None)
    return dates[0], dates[1]


def _stays(place: Place, line: int, row: Mapping[str, str], stem: str) -> list[MemberStay]:
    """What a row says of its members: one, or the two of a dyad."""
    start, last = _dates(place, line, row, stem)
    notes = []
    if start is None:
        place.note_problem("no start", line, f"{stem}_st: no date; kept without a start")
        notes.append("The source gives no start that can be read.")
    if row["left_censor"] == "1":
        notes.append("In force before 1816, where the data begin.")
    if row["right_censor"] == "1":
        last = None
        notes.append(_known_to(row))
    elif last is None:
        place.note_problem("no end", line, "neither an end nor right_censor 1; taken as lasting")
        notes.append("The source gives no end and does not say that it lasted.")
    owed = obligations(place, line, row, _OBLIGATIONS)
    each: dict[str, tuple[Obligation, ...] | None] = {"ccode": owed}
    if stem == "dyad":  # without asymmetric it is directed: what the first owes the second
        one_sided = row["asymmetric"] not in ("0", "")
        each = {"ccode1": None if one_sided else owed}
        each["ccode2"] = owed if row["asymmetric"] == "0" else None
        if one_sided:
            notes.append("The terms of a pair differ between the two.")
    return [
        MemberStay(
            line=line,
            number=whole(row[column]) or row[column],
            start=start,
            last=last,
            obligations=own,
            note=" ".join(notes),
        )
        for column, own in each.items()
    ]


def _read(place: Place, columns: tuple[str, ...], stem: str) -> int:
    alliances: dict[str, ListedAlliance] = {}
    seen: set[tuple[str, ...]] = set()
    rows = CsvRows(place)
    for line, row in rows.named((*columns, *_COMMON), _UNUSED):
        number = whole(row["version4id"])
        if not number:
            text = f"version4id {row['version4id']!r} is no number; left out"
            place.note_problem("no alliance number", line, text)
            continue
        yearly = row.pop("year")  # the yearly files repeat a row for each year of it
        if (cells := tuple(row.values())) in seen:
            if not yearly:
                text = f"alliance {number}: stands before; left out"
                place.note_problem("row twice", line, text)
            continue
        seen.add(cells)
        stays = _stays(place, line, row, stem)
        one = alliances.setdefault(
            number,
            ListedAlliance(key=f"COW_{number}", name=f"COW alliance {number}", line=line),
        )
        one.obligations |= {OBLIGATION_OF[name] for name in _OBLIGATIONS if row[name] == "1"}
        one.stays += stays
        if stem == "mem":
            _add_whole(place, line, row, one)
    states = StateNumbers(place, "cow")
    for one in alliances.values():
        if stem == "dyad":
            one.span()
        one.add_records(states)
    return rows.count


def _add_whole(place: Place, line: int, row: Mapping[str, str], one: ListedAlliance) -> None:
    """Take in what the row of a member says of the alliance."""
    start, last = _dates(place, line, row, "all")
    if line == one.line:
        one.start, one.last = start, last
        if last is None:
            one.note = _known_to(row)
    elif (start, last) != (one.start, one.last):
        text = f"{one.key}: other dates than in line {one.line}, which are taken"
        place.note_problem("columns disagree", line, text)
    column = _TYPES.get(spelled(row["ss_type"]), "")
    if column and all(row[name] in MISSING for name in _OBLIGATIONS):
        one.obligations.add(OBLIGATION_OF[column])
    elif row["ss_type"] not in MISSING and not column:
        place.note_problem("unknown type", line, f"{one.key}: ss_type {row['ss_type']!r}; not used")


def read_members(place: Place) -> int:
    """Read alliances by member; see ``each_file``."""
    return _read(place, _MEMBER, "mem")


def read_dyads(place: Place) -> int:
    """Read alliances by dyad; see ``each_file``."""
    return _read(place, _DYAD, "dyad")


_ALLIANCES = "formal-alliances"

LAYOUTS: tuple[Layout, ...] = (
    layout(
        key="cow-member",
        title="Formal Alliances, by member",
        page=_ALLIANCES,
        read=read_members,
        marks="version4id, ccode, mem_st_year",
    ),
    layout(
        key="cow-dyad",
        title="Formal Alliances, by dyad",
        page=_ALLIANCES,
        read=read_dyads,
        marks="version4id, ccode1, ccode2, dyad_st_year",
    ),
)
