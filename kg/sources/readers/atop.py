"""Alliance Treaty Obligations and Provisions (ATOP): by member, by alliance, by directed dyad and year."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.errors import RecordError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.cells import MISSING, Table, dated, whole
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout
from kg.sources.intake.stream import Part
from kg.sources.readers.pacts import OWED, Alliance, States, Stay, owed

_OWED = ("defense", "offense", "neutral", "nonagg", "consul")
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
    csv: Table, line: int, row: Mapping[str, str], first: tuple[str, ...]
) -> tuple[PartialDate | None, PartialDate | None, str] | None:
    """Start, last day (None while it lasts) and a remark; None where there is no start to stand on."""
    ends = _EXIT if first is _ENTRY else _END
    try:
        start = dated(*(row[column] for column in first))
    except RecordError as error:
        start = None
        csv.tell("date not read", line, f"{first[0]}: {error}")
    if start is None:
        csv.tell("no date", line, f"alliance {row['atopid']}: no start; left out")
        return None
    try:
        last = dated(*(row[column] for column in ends))
    except RecordError as error:
        csv.tell("date not read", line, f"{ends[0]}: {error}; taken as not known")
        return start, None, "The end that the source prints is no date."
    if last is None and row[ends[0]] in MISSING:
        told = f"alliance {row['atopid']}: {ends[0]} {row[ends[0]]!r}; taken as lasting"
        csv.tell("no end", line, told)
        return start, None, "The source gives no end and does not say that it lasts."
    if row["ineffect"] == ("1" if last else "0"):
        told = f"ineffect {row['ineffect']} beside {ends[0]} {row[ends[0]]}; the date is taken"
        csv.tell("columns disagree", line, told)
    return start, last, "" if last else "Lasting where ATOP's data end."


def _number(csv: Table, line: int, row: Mapping[str, str]) -> str:
    number = whole(row["atopid"])
    if not number:
        told = f"atopid {row['atopid']!r} is no number; left out"
        csv.tell("no alliance number", line, told)
    return number


def read_members(part: Part, intake: Intake, source: str) -> int:
    """Read the member level; see ``Layout.read``."""
    csv = Table(part, intake, source)
    found: dict[str, Alliance] = {}
    met: set[tuple[str, ...]] = set()
    count = 0
    columns = ("atopid", "member", "phase", "ineffect", *_ENTRY, *_EXIT, *_OWED)
    for count, (line, row) in enumerate(csv.rows(columns, _UNUSED), 1):  # noqa: B007
        number = _number(csv, line, row)
        span = _span(csv, line, row, _ENTRY) if number else None
        if span is None:
            continue
        if (cells := tuple(row.values())) in met:
            csv.tell("row twice", line, f"alliance {number}: stands before; left out")
            continue
        met.add(cells)
        key, name = f"ATOP_{number}", f"ATOP alliance {number}"
        one = found.setdefault(number, Alliance(key=key, name=name, line=line))
        owes = owed(csv, line, row, _OWED)
        one.owes.update(owes)
        member = whole(row["member"]) or row["member"]
        start, last, note = span
        one.stays.append(
            Stay(line=line, number=member, start=start, last=last, owes=owes, note=note)
        )
    states = States(csv, "atop")
    for one in found.values():
        one.span()
        one.write(states)
    return count


def read_alliances(part: Part, intake: Intake, source: str) -> int:
    """Read the alliance level; see ``Layout.read``."""
    csv = Table(part, intake, source)
    states = States(csv, "atop")
    met: set[str] = set()
    count = 0
    columns = ("atopid", "ineffect", *_BEGIN, *_END, *_OWED, *_MEMBERS)
    for count, (line, row) in enumerate(csv.rows(columns, _UNUSED), 1):  # noqa: B007
        number = _number(csv, line, row)
        span = _span(csv, line, row, _BEGIN) if number else None
        if span is None:
            continue
        if number in met:
            csv.tell("row twice", line, f"alliance {number} stands before; left out")
            continue
        met.add(number)
        start, last, note = span
        key, name = f"ATOP_{number}", f"ATOP alliance {number}"
        one = Alliance(key=key, name=name, line=line, start=start, last=last, note=note)
        one.owes.update(owed(csv, line, row, _OWED))
        members = (row[column] for column in _MEMBERS if row[column] not in (*MISSING, "0"))
        one.stays += [
            Stay(line=line, number=member, start=start, last=last, note=_NO_DATES)
            for member in dict.fromkeys(whole(cell) or cell for cell in members)
        ]
        one.write(states)
    return count


_A, _B = ("ccode1", "statea"), ("ccode2", "stateb")
_PLEDGES = (*_OWED, *(f"atop_{name}" for name in _OWED))
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


def read_dyads(part: Part, intake: Intake, source: str) -> int:
    """Read directed dyads by year; see ``Layout.read``."""
    csv = Table(part, intake, source)
    pairs: dict[tuple[int, int], _Pair] = {}
    count = last = 0
    columns = (*_A, *_B, "year", *_PLEDGES)
    for count, (line, row) in enumerate(csv.rows(columns, _UNUSED_DYAD), 1):  # noqa: B007
        cells = (row[_A[0]] or row[_A[1]], row[_B[0]] or row[_B[1]], row["year"])
        one, other, year = (int(whole(cell) or 0) for cell in cells)
        if not (one and other and 1 <= year < 9999) or one == other:
            csv.tell("no pair", line, f"{', '.join(map(repr, cells))}; left out")
            continue
        bits = _bits(csv, line, row)
        pair = min(one, other), max(one, other)
        codes, lines = pairs.setdefault(pair, (array("l"), array("l")))
        codes.append(year * _YEAR + (_BACK if one > other else 0) + bits)
        lines.append(line)
        last = max(last, year)
    states = States(csv, "atop")
    for (low, high), packed in pairs.items():
        for run in _runs(csv, packed, f"{low} and {high}"):
            _write(run, low, high, last, states)
    return count


def _bits(csv: Table, line: int, row: Mapping[str, str]) -> int:
    """The obligations of a row, one bit for each."""
    bits = 0
    for at, name in enumerate(_OWED):
        cell = row[f"atop_{name}"] or row[name]
        if cell == "1":
            bits |= 1 << at
        elif cell != "0":
            named = {column: row[f"atop_{column}"] or row[column] for column in _OWED}
            told = owed(csv, line, named, _OWED)
            return sum(1 << at for at, column in enumerate(_OWED) if OWED[column] in told)
    return bits


def _runs(csv: Table, pair: _Pair, named: str) -> Iterator[_Run]:
    years: dict[int, _Run] = {}
    for code, line in sorted(zip(*pair, strict=True)):
        year, rest = divmod(code, _YEAR)
        run = years.setdefault(year, _Run(year, year, line, None, None))
        known = run.back if rest & _BACK else run.there
        if known is not None:
            told = f"{named} in {year}: another row the same way, line {run.line} is taken"
            csv.tell("row twice", line, told)
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


def _write(run: _Run, low: int, high: int, last: int, states: States) -> None:
    """Make the alliance of one run, or one for each direction where the two differ."""
    csv = states.csv
    if run.there == run.back:
        _pact(run, (low, high), run.there or 0, "", last, states)
    elif run.there is None or run.back is None:
        told = f"{low} and {high} from {run.first}: rows in one direction only"
        csv.tell("one direction only", run.line, told)
        note = "The file has rows in one direction only."
        _pact(run, (low, high), run.there or run.back or 0, note, last, states)
    else:
        told = f"{low} and {high} from {run.first}: each owes the other something else; both kept"
        csv.tell("directions differ", run.line, told)
        for one, other, bits in ((low, high, run.there), (high, low, run.back)):
            note = f"What {one} owes {other}; what {other} owes {one} differs."
            if bits:
                _pact(run, (one, other), bits, note, last, states)


def _pact(
    run: _Run, pair: tuple[int, int], bits: int, note: str, last: int, states: States
) -> None:
    csv = states.csv
    end = None if run.last == last else PartialDate(run.last + 1)
    lasting = "" if end else f"Known to {last}, the last year of the file."
    notes = [text for text in (note, lasting) if text]
    key = f"ATOP_{pair[0]}_{pair[1]}_{run.first}"
    name = f"ATOP alliance of {pair[0]} and {pair[1]}, {run.first}"
    dates = {"start": PartialDate(run.first), "end": end}
    alliance = {"organisation": key, "name": name, "kind": "alliance", "treaties": (key,)}
    csv.put(run.line, records.Organisation, **alliance, **dates, note=" ".join(notes))
    owes = tuple(OWED[column] for at, column in enumerate(_OWED) if bits >> at & 1)
    treaty = {"treaty": key, "title": name, "obligations": owes, "in_force": dates["start"]}
    csv.put(run.line, records.Treaty, **treaty, end=end, note=" ".join(notes))
    days = date(run.first, 7, 1), date(run.last if end else 9999, 7, 1)
    for number in pair:
        state, changed = states.meet(str(number), *days, run.line)
        if state:
            member = {"organisation": key, "state": state, "role": "member", **dates}
            told = " ".join([*notes, changed] if changed else notes)
            csv.put(run.line, records.Membership, **member, note=told)


def _layout(key: str, title: str, read: Callable[[Part, Intake, str], int], told: str) -> Layout:
    return Layout(
        key=key,
        title=f"Alliance Treaty Obligations and Provisions (ATOP), {title}",
        publisher="ATOP project (Leeds, Ritter, Mitchell, Long)",
        url="http://www.atopdata.org/",
        licence="none stated; asks for citation",
        told_by=told.replace("|", " or "),
        knows=lambda head: head.kind == "csv" and head.has(*told.split(", ")),
        read=read,
    )


LAYOUTS: tuple[Layout, ...] = (
    _layout("atop-member", "member level", read_members, "atopid, member, yrent, yrexit"),
    _layout("atop-alliance", "alliance level", read_alliances, "atopid, begyr, endyr, mem1"),
    _layout(
        *("atop-dyad", "directed dyad-years", read_dyads),
        "ccode1|statea, ccode2|stateb, year, atop_nonagg|nonagg, atop_consul|consul",
    ),
)
