"""Correlates of War: formal alliances by member and by dyad, and the state system."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.model.words import Obligation
from kg.sources.intake.cells import MISSING, Table, dated, whole
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout, spelled
from kg.sources.intake.stream import Part
from kg.sources.readers.pacts import OWED, Alliance, States, Stay, outside, owed

_OWED = ("defense", "neutrality", "nonaggression", "entente")
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
"""What ``ss_type`` says, in one spelling, to the column that says the same."""
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
_COMMON = ("left_censor", "right_censor", *_OWED, "version", "year")
_UNUSED = ("state_name", "state_name1", "state_name2")


def _dates(
    csv: Table, line: int, row: Mapping[str, str], stem: str
) -> tuple[PartialDate | None, PartialDate | None]:
    """Start and last day of an alliance, a member or a dyad, None where they are not said."""
    found: list[PartialDate | None] = []
    for end in ("st", "end"):
        try:
            found.append(dated(*(row.get(f"{stem}_{end}_{unit}", "") for unit in _UNITS)))
        except RecordError as error:
            csv.tell("date not read", line, f"{stem}_{end}: {error}; taken as not known")
            found.append(None)
    return found[0], found[1]


def _stays(csv: Table, line: int, row: Mapping[str, str], stem: str) -> list[Stay]:
    """What a row says of its members: one, or the two of a dyad."""
    start, last = _dates(csv, line, row, stem)
    notes = []
    if start is None:
        csv.tell("no start", line, f"{stem}_st: no date; kept without a start")
        notes.append("The source gives no start that can be read.")
    if row["left_censor"] == "1":
        notes.append("In force before 1816, where the data begin.")
    if row["right_censor"] == "1":
        last = None
        notes.append(_known_to(row))
    elif last is None:
        csv.tell("no end", line, "neither an end nor right_censor 1; taken as lasting")
        notes.append("The source gives no end and does not say that it lasted.")
    owes = owed(csv, line, row, _OWED)
    each: dict[str, tuple[Obligation, ...] | None] = {"ccode": owes}
    if stem == "dyad":  # without asymmetric it is directed: what the first owes the second
        one_sided = row["asymmetric"] not in ("0", "")
        each = {"ccode1": None if one_sided else owes}
        each["ccode2"] = owes if row["asymmetric"] == "0" else None
        notes += ["The terms of a pair differ between the two."] if one_sided else []
    return [
        Stay(
            line=line,
            number=whole(row[column]) or row[column],
            start=start,
            last=last,
            owes=owes_one,
            note=" ".join(notes),
        )
        for column, owes_one in each.items()
    ]


def _read(part: Part, intake: Intake, source: str, columns: tuple[str, ...], stem: str) -> int:
    found: dict[str, Alliance] = {}
    met: set[tuple[str, ...]] = set()
    count = 0
    csv = Table(part, intake, source)
    rows = csv.rows((*columns, *_COMMON), _UNUSED)
    for count, (line, row) in enumerate(rows, 1):  # noqa: B007  the last is the number of rows
        number = whole(row["version4id"])
        if not number:
            told = f"version4id {row['version4id']!r} is no number; left out"
            csv.tell("no alliance number", line, told)
            continue
        yearly = row.pop("year")  # the yearly files repeat a row for each year of it
        if (cells := tuple(row.values())) in met:
            if not yearly:
                csv.tell("row twice", line, f"alliance {number}: stands before; left out")
            continue
        met.add(cells)
        stays = _stays(csv, line, row, stem)
        name = f"COW alliance {number}"
        one = found.setdefault(number, Alliance(key=f"COW_{number}", name=name, line=line))
        one.owes |= {OWED[column] for column in _OWED if row[column] == "1"}
        one.stays += stays
        if stem == "mem":
            _whole_alliance(csv, line, row, one)
    states = States(csv, "cow")
    for one in found.values():
        if stem == "dyad":
            one.span()
        one.write(states)
    return count


def _whole_alliance(csv: Table, line: int, row: Mapping[str, str], one: Alliance) -> None:
    """Take in what the row of a member says of the alliance."""
    start, last = _dates(csv, line, row, "all")
    if line == one.line:
        one.start, one.last = start, last
        if last is None:
            one.note = _known_to(row)
    elif (start, last) != (one.start, one.last):
        told = f"{one.key}: other dates than in line {one.line}, which are taken"
        csv.tell("columns disagree", line, told)
    column = _TYPES.get(spelled(row["ss_type"]), "")
    if column and all(row[name] in MISSING for name in _OWED):
        one.owes.add(OWED[column])
    elif row["ss_type"] not in MISSING and not column:
        csv.tell("unknown type", line, f"{one.key}: ss_type {row['ss_type']!r}; not used")


def read_members(part: Part, intake: Intake, source: str) -> int:
    """Read alliances by member; see ``Layout.read``."""
    return _read(part, intake, source, _MEMBER, "mem")


def read_dyads(part: Part, intake: Intake, source: str) -> int:
    """Read alliances by dyad; see ``Layout.read``."""
    return _read(part, intake, source, _DYAD, "dyad")


_STATES = (
    *("ccode", "statenme", "stateabb", "version"),
    *("styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
)


def read_states(part: Part, intake: Intake, source: str) -> int:
    """Read the state system: which state a number means when, as aliases; see ``Layout.read``."""
    states, count = States(Table(part, intake, source), "cow"), 0
    csv = states.csv
    for count, (line, row) in enumerate(csv.rows(_STATES), 1):  # noqa: B007
        try:
            start = dated(row["styear"], row["stmonth"], row["stday"])
            last = dated(row["endyear"], row["endmonth"], row["endday"])
            lasting = last is not None and str(last) == f"{whole(row['version']):0>4}-12-31"
            end = None if lasting else outside(last)
        except RecordError as error:
            csv.tell("date not read", line, f"{row['ccode']}: {error}; left out")
            continue
        if start is None or last is None:
            csv.tell("no date", line, f"{row['ccode']}: lacks a start or an end; left out")
            continue
        number = whole(row["ccode"]) or row["ccode"]
        pieces = states.pieces(number, start.latest, max(start.latest, last.earliest))
        if not pieces:
            csv.tell("unknown state", line, f"number {number!r} means none on {start}; left out")
        elif pieces[1:]:
            each = ", ".join(f"{state} from {day}" for day, state in pieces)
            csv.tell("state changed", line, f"number {number} means {each}; one record for each")
        note = f"{row['statenme']} ({row['stateabb']}) in the state system."
        note += f" Known to {last}." if lasting else ""
        for at, (day, state) in enumerate(pieces):
            after = pieces[at + 1][0] if pieces[at + 1 :] else None
            csv.put(
                line,
                records.Alias,
                alias=number,
                system="cow",
                state=state,
                start=PartialDate.parse(day.isoformat()) if at else start,
                end=PartialDate.parse(after.isoformat()) if after else end,
                note=note,
            )
    return count


def _layout(
    key: str, title: str, page: str, read: Callable[[Part, Intake, str], int], told: str
) -> Layout:
    return Layout(
        key=key,
        title=f"Correlates of War: {title}",
        publisher="Correlates of War Project",
        url=f"https://correlatesofwar.org/data-sets/{page}/",
        licence="none stated; asks for citation",
        told_by=told,
        knows=lambda head: head.kind == "csv" and head.has(*told.split(", ")),
        read=read,
    )


LAYOUTS: tuple[Layout, ...] = (
    _layout(
        *("cow-member", "Formal Alliances, by member", "formal-alliances", read_members),
        "version4id, ccode, mem_st_year",
    ),
    _layout(
        *("cow-dyad", "Formal Alliances, by dyad", "formal-alliances", read_dyads),
        "version4id, ccode1, ccode2, dyad_st_year",
    ),
    _layout(
        *("cow-states", "State System Membership", "state-system-membership", read_states),
        "stateabb, ccode, statenme, styear, endyear",
    ),
)
