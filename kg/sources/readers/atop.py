"""Alliance Treaty Obligations and Provisions (ATOP): by member, by alliance, by directed dyad and year."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.cells import MISSING, dated, whole
from kg.sources.intake.layout import Layout, csv_with, each_file
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared.alliances import (
    OBLIGATION_OF,
    ListedAlliance,
    MemberStay,
    StateNumbers,
    obligations,
)

_OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
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
    columns = ("atopid", "member", "phase", "ineffect", *_ENTRY, *_EXIT, *_OBLIGATIONS)
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
        owed = obligations(place, line, row, _OBLIGATIONS)
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
    columns = ("atopid", "ineffect", *_BEGIN, *_END, *_OBLIGATIONS, *_MEMBERS)
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
        one.obligations.update(obligations(place, line, row, _OBLIGATIONS))
        members = (row[column] for column in _MEMBERS if row[column] not in (*MISSING, "0"))
        one.stays += [
            MemberStay(line=line, number=member, start=one.start, last=one.last, note=_NO_DATES)
            for member in dict.fromkeys(whole(cell) or cell for cell in members)
        ]
        one.add_records(states)
    return rows.count


_A, _B = ("ccode1", "statea"), ("ccode2", "stateb")
_PLEDGES = (*_OBLIGATIONS, *(f"atop_{name}" for name in _OBLIGATIONS))
_UNUSED_DYAD = frozenset(
    [
        *("dirdyad", "ddyad", "dyad", "atopally", "asymm", "number", "shareob", "bilatno"),
        *("multino", "transyr", "version"),
        *(f"atopid{number}" for number in range(1, 100)),
    ]
)
_BACK = 32
"""Set in the code of a row that says what the state of the higher number owes."""
_YEAR = 64
_Pair = tuple["array[int]", "array[int]"]
"""The rows on two states, packed: year, direction and obligations in one number each; and their lines."""


@dataclass(slots=True)
class _Run:
    """Consecutive years in which two states owe each other the same."""

    first: int
    last: int
    line: int
    there: int | None
    """What the state of the lower number owes, in bits; None where the file has no such row."""
    back: int | None


def read_dyads(place: Place) -> int:
    """Read directed dyads by year; see ``each_file``."""
    rows = CsvRows(place)
    pairs: dict[tuple[int, int], _Pair] = {}
    last = 0
    for line, row in rows.named((*_A, *_B, "year", *_PLEDGES), _UNUSED_DYAD):
        cells = (row[_A[0]] or row[_A[1]], row[_B[0]] or row[_B[1]], row["year"])
        one, other, year = (int(whole(cell) or 0) for cell in cells)
        if not (one and other and 1 <= year < 9999) or one == other:
            place.note_problem("no pair", line, f"{', '.join(map(repr, cells))}; left out")
            continue
        bits = _bits(place, line, row)
        pair = min(one, other), max(one, other)
        codes, lines = pairs.setdefault(pair, (array("l"), array("l")))
        codes.append(year * _YEAR + (_BACK if one > other else 0) + bits)
        lines.append(line)
        last = max(last, year)
    states = StateNumbers(place, "atop")
    for (low, high), packed in pairs.items():
        for run in _runs(place, packed, f"{low} and {high}"):
            _add_run(run, low, high, last, states)
    return rows.count


def _bits(place: Place, line: int, row: Mapping[str, str]) -> int:
    """The obligations of a row, one bit for each."""
    bits = 0
    for at, name in enumerate(_OBLIGATIONS):
        cell = row[f"atop_{name}"] or row[name]
        if cell == "1":
            bits |= 1 << at
        elif cell != "0":
            named = {column: row[f"atop_{column}"] or row[column] for column in _OBLIGATIONS}
            owed = obligations(place, line, named, _OBLIGATIONS)
            return sum(
                1 << at for at, column in enumerate(_OBLIGATIONS) if OBLIGATION_OF[column] in owed
            )
    return bits


def _runs(place: Place, pair: _Pair, named: str) -> Iterator[_Run]:
    years: dict[int, _Run] = {}
    for code, line in sorted(zip(*pair, strict=True)):
        year, rest = divmod(code, _YEAR)
        run = years.setdefault(year, _Run(year, year, line, None, None))
        same_way = run.back if rest & _BACK else run.there
        if same_way is not None:
            text = f"{named} in {year}: another row the same way, line {run.line} is taken"
            place.note_problem("row twice", line, text)
        elif rest & _BACK:
            run.back = rest - _BACK
        else:
            run.there = rest
    before: _Run | None = None
    for run in years.values():
        same = before and (before.there, before.back) == (run.there, run.back)
        if before and same and before.last + 1 == run.first:
            before.last = run.last
            continue
        if before:
            yield before
        before = run if run.there or run.back else None
    if before:
        yield before


def _add_run(run: _Run, low: int, high: int, last: int, states: StateNumbers) -> None:
    """Make the alliance of one run, or one for each direction where the two differ."""
    note_problem = states.place.note_problem
    if run.there == run.back:
        _add_pact(run, (low, high), run.there or 0, "", last, states)
    elif run.there is None or run.back is None:
        text = f"{low} and {high} from {run.first}: rows in one direction only"
        note_problem("one direction only", run.line, text)
        note = "The file has rows in one direction only."
        _add_pact(run, (low, high), run.there or run.back or 0, note, last, states)
    else:
        text = f"{low} and {high} from {run.first}: each owes the other something else; both kept"
        note_problem("directions differ", run.line, text)
        for one, other, bits in ((low, high, run.there), (high, low, run.back)):
            note = f"What {one} owes {other}; what {other} owes {one} differs."
            if bits:
                _add_pact(run, (one, other), bits, note, last, states)


def _add_pact(
    run: _Run, pair: tuple[int, int], bits: int, note: str, last: int, states: StateNumbers
) -> None:
    add = states.place.add_record
    start = PartialDate(run.first)
    end = None if run.last == last else PartialDate(run.last + 1)
    lasting = "" if end else f"Known to {last}, the last year of the file."
    notes = " ".join(text for text in (note, lasting) if text)
    key = f"ATOP_{pair[0]}_{pair[1]}_{run.first}"
    name = f"ATOP alliance of {pair[0]} and {pair[1]}, {run.first}"
    add(
        run.line,
        records.Organisation,
        organisation=key,
        name=name,
        kind="alliance",
        treaties=(key,),
        start=start,
        end=end,
        note=notes,
    )
    owed = tuple(OBLIGATION_OF[c] for at, c in enumerate(_OBLIGATIONS) if bits >> at & 1)
    treaty = {"treaty": key, "title": name, "obligations": owed, "in_force": start}
    add(run.line, records.Treaty, **treaty, end=end, note=notes)
    days = date(run.first, 7, 1), date(run.last if end else 9999, 7, 1)
    for number in pair:
        state, changed = states.state_for(str(number), *days, run.line)
        if state:
            remarks = " ".join(text for text in (notes, changed) if text)
            member = {"organisation": key, "state": state, "role": "member"}
            add(run.line, records.Membership, **member, start=start, end=end, note=remarks)


def _layout(key: str, title: str, read: Callable[[Place], int], marks: str) -> Layout:
    return Layout(
        key=key,
        title=f"Alliance Treaty Obligations and Provisions (ATOP), {title}",
        publisher="ATOP project (Leeds, Ritter, Mitchell, Long)",
        url="http://www.atopdata.org/",
        licence="none stated; asks for citation",
        marks=marks.replace("|", " or "),
        recognises=csv_with(marks),
        reader=each_file(read),
    )


LAYOUTS: tuple[Layout, ...] = (
    _layout("atop-member", "member level", read_members, "atopid, member, yrent, yrexit"),
    _layout("atop-alliance", "alliance level", read_alliances, "atopid, begyr, endyr, mem1"),
    _layout(
        "atop-dyad",
        "directed dyad-years",
        read_dyads,
        "ccode1|statea, ccode2|stateb, year, atop_nonagg|nonagg, atop_consul|consul",
    ),
)
