"""Alliance Treaty Obligations and Provisions (ATOP): by member, by alliance and by phase of an alliance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.errors import RecordError
from kg.model.dates import PartialDate
from kg.sources.intake.cells import MISSING, dated, whole
from kg.sources.intake.layout import Layout, csv_with
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared.alliances import (
    ListedAlliance,
    MemberStay,
    StateNumbers,
    obligations,
)
from kg.sources.readers.shared.atop import OBLIGATIONS, layout

_ENTRY = ("yrent", "moent", "dayent")
_EXIT = ("yrexit", "moexit", "dayexit")
_BEGIN = ("begyr", "begmo", "begday")
_END = ("endyr", "endmo", "endday")
_MEMBERS = tuple(f"mem{number}" for number in range(1, 100))
_UNUSED = frozenset(
    """
    cowid cow4id cowsys bilat maxphase wartime cowwar estmode pubsecr secrart proadd futmem
    speclgth length renounce proren renewlgt term termmode termcaus active conditio defcon offcon
    neucon concon defcoadv defcoloc defcocon defconum defcodem defconpr offcoadv offcoloc offcocon
    offconum offcodem neucoadv neucoloc neucocon neuconum neucodem neuconpr neucoatt concoadv
    concoloc concocon concoreq olimob asymm obvary notaiden dipaid terrres seppeace thirdcom
    noothall specthrt statthr1 statthr2 conwtin medarb milcon milaid intcom subord organ1 orgpurp1
    organ2 orgpurp2 base contrib armred acqterr divgains demwith reflnun refothio natrefal compag
    nomicoop conres agprois conmen ecaid interv source new4 rev4 version hinst minst milorg milinst
    pubtreat formorg formal
    """.split()  # noqa: SIM905  a list of 110 words would fill 110 lines
)
_NO_DATES = "The alliance's dates: ATOP's alliance level gives none of its members' own."
_NO_DATES_OF_PHASE = "The phase's dates: ATOP's phase level gives none of its members' own."
_BY_PHASES = "Dated by its first phase and its last."


def _span(
    place: Place, line: int, row: Mapping[str, str], first: tuple[str, ...]
) -> tuple[PartialDate | None, PartialDate | None, str] | None:
    """Start, last day (None while it lasts) and a remark; None where there is no start to stand on."""
    ends = _EXIT if first is _ENTRY else _END
    try:
        start = dated(*(row[column] for column in first))
    except RecordError as error:
        start = None
        place.note_problem("date not read", line, f"{first[0]}: {error}")
    if start is None:
        place.note_problem("no date", line, f"alliance {row['atopid']}: no start; left out")
        return None
    try:
        last = dated(*(row[column] for column in ends))
    except RecordError as error:
        place.note_problem("date not read", line, f"{ends[0]}: {error}; taken as not known")
        return start, None, "The end that the source prints is no date."
    if last is None and row[ends[0]] in MISSING:
        text = f"alliance {row['atopid']}: {ends[0]} {row[ends[0]]!r}; taken as lasting"
        place.note_problem("no end", line, text)
        return start, None, "The source gives no end and does not say that it lasts."
    if row["ineffect"] == ("1" if last else "0"):
        text = f"ineffect {row['ineffect']} beside {ends[0]} {row[ends[0]]}; the date is taken"
        place.note_problem("columns disagree", line, text)
    return start, last, "" if last else "Lasting where ATOP's data end."


def _number(place: Place, line: int, row: Mapping[str, str]) -> str:
    number = whole(row["atopid"])
    if not number:
        text = f"atopid {row['atopid']!r} is no number; left out"
        place.note_problem("no alliance number", line, text)
    return number


def read_members(place: Place) -> int:
    """Read the member level; see ``each_file``."""
    rows = CsvRows(place)
    alliances: dict[str, ListedAlliance] = {}
    seen: set[tuple[str, ...]] = set()
    columns = ("atopid", "member", "phase", "ineffect", *_ENTRY, *_EXIT, *OBLIGATIONS)
    for line, row in rows.named(columns, _UNUSED):
        number = _number(place, line, row)
        span = _span(place, line, row, _ENTRY) if number else None
        if span is None:
            continue
        if (cells := tuple(row.values())) in seen:
            place.note_problem("row twice", line, f"alliance {number}: stands before; left out")
            continue
        seen.add(cells)
        one = alliances.setdefault(number, _listed(number, line))
        owed = obligations(place, line, row, OBLIGATIONS)
        one.obligations.update(owed)
        member = whole(row["member"]) or row["member"]
        start, last, note = span
        one.stays.append(
            MemberStay(
                line=line, number=member, start=start, last=last, obligations=owed, note=note
            )
        )
    states = StateNumbers(place, "atop")
    for one in alliances.values():
        one.span()
        one.add_records(states)
    return rows.count


def _listed(number: str, line: int) -> ListedAlliance:
    return ListedAlliance(key=f"ATOP_{number}", name=f"ATOP alliance {number}", line=line)


def read_alliances(place: Place) -> int:
    """Read the alliance level; see ``each_file``."""
    rows = CsvRows(place)
    states = StateNumbers(place, "atop")
    seen: set[str] = set()
    columns = ("atopid", "ineffect", *_BEGIN, *_END, *OBLIGATIONS, *_MEMBERS)
    for line, row in rows.named(columns, _UNUSED):
        number = _number(place, line, row)
        span = _span(place, line, row, _BEGIN) if number else None
        if span is None:
            continue
        if number in seen:
            place.note_problem("row twice", line, f"alliance {number} stands before; left out")
            continue
        seen.add(number)
        one = _listed(number, line)
        one.start, one.last, one.note = span
        one.obligations.update(obligations(place, line, row, OBLIGATIONS))
        one.stays += [
            MemberStay(line=line, number=member, start=one.start, last=one.last, note=_NO_DATES)
            for member in _members(row)
        ]
        one.add_records(states)
    return rows.count


def _members(row: Mapping[str, str]) -> list[str]:
    """The numbers of the members of a row."""
    cells = (row[column] for column in _MEMBERS if row[column] not in (*MISSING, "0"))
    return list(dict.fromkeys(whole(cell) or cell for cell in cells))


def read_phases(place: Place) -> int:
    """Read the phase level, a row for each phase of an alliance; see ``each_file``.

    An alliance lasts from its first phase to its last; a member is in it while it stands in phases that
    follow one on the other.
    """
    rows = CsvRows(place)
    alliances: dict[str, ListedAlliance] = {}
    seen: set[tuple[str, ...]] = set()
    columns = (
        "atopid",
        "atopidphase",
        "phase",
        "ineffect",
        *_BEGIN,
        *_END,
        *OBLIGATIONS,
        *_MEMBERS,
    )
    for line, row in rows.named(columns, _UNUSED):
        row["atopid"] = row["atopid"] or row["atopidphase"].partition(".")[0]
        number = _number(place, line, row)
        span = _span(place, line, row, _BEGIN) if number else None
        if span is None:
            continue
        phase = number, row["phase"] or row["atopidphase"], *(row[column] for column in _BEGIN)
        if phase in seen:
            place.note_problem("row twice", line, f"alliance {number}, phase {phase[1]}; left out")
            continue
        seen.add(phase)
        one = alliances.setdefault(number, _listed(number, line))
        owed = obligations(place, line, row, OBLIGATIONS)
        one.obligations.update(owed)
        start, last, remark = span
        note = f"{_NO_DATES_OF_PHASE} {remark}".strip()
        one.stays += [
            MemberStay(
                line=line, number=number, start=start, last=last, obligations=owed, note=note
            )
            for number in _members(row)
        ]
    states = StateNumbers(place, "atop")
    for one in alliances.values():
        one.span()
        one.note, one.in_force = _BY_PHASES, True
        one.add_records(states)
    return rows.count


_MARKS = "atopid, begyr, endyr, mem1"
_IS_ALLIANCES = csv_with(_MARKS)

LAYOUTS: tuple[Layout, ...] = (
    layout("atop-member", "member level", read_members, "atopid, member, yrent, yrexit"),
    replace(
        layout("atop-alliance", "alliance level", read_alliances, _MARKS),
        recognises=lambda head: _IS_ALLIANCES(head) and not head.has("phase|atopidphase"),
    ),
    layout("atop-phase", "phase level", read_phases, "phase|atopidphase, begyr, endyr, mem1"),
)
