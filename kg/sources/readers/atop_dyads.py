"""Alliance Treaty Obligations and Provisions (ATOP): by directed dyad and year."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.cells import whole
from kg.sources.intake.layout import Layout
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.readers.shared.alliances import OBLIGATION_OF, StateNumbers, obligations
from kg.sources.readers.shared.atop import OBLIGATIONS, layout

_A, _B = ("ccode1", "statea"), ("ccode2", "stateb")
_PLEDGES = (*OBLIGATIONS, *(f"atop_{name}" for name in OBLIGATIONS))
_UNUSED = frozenset(
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


def read(place: Place) -> int:
    """Read directed dyads by year; see ``each_file``."""
    rows = CsvRows(place)
    pairs: dict[tuple[int, int], _Pair] = {}
    last = 0
    for line, row in rows.named((*_A, *_B, "year", *_PLEDGES), _UNUSED):
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
    for at, name in enumerate(OBLIGATIONS):
        cell = row[f"atop_{name}"] or row[name]
        if cell == "1":
            bits |= 1 << at
        elif cell != "0":
            named = {column: row[f"atop_{column}"] or row[column] for column in OBLIGATIONS}
            owed = obligations(place, line, named, OBLIGATIONS)
            return sum(
                1 << at for at, column in enumerate(OBLIGATIONS) if OBLIGATION_OF[column] in owed
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
    owed = tuple(OBLIGATION_OF[c] for at, c in enumerate(OBLIGATIONS) if bits >> at & 1)
    treaty = {"treaty": key, "title": name, "obligations": owed, "in_force": start}
    add(run.line, records.Treaty, **treaty, end=end, note=notes)
    days = date(run.first, 7, 1), date(run.last if end else 9999, 7, 1)
    for number in pair:
        state, changed = states.state_for(str(number), *days, run.line)
        if state:
            remarks = " ".join(text for text in (notes, changed) if text)
            member = {"organisation": key, "state": state, "role": "member"}
            add(run.line, records.Membership, **member, start=start, end=end, note=remarks)


LAYOUTS: tuple[Layout, ...] = (
    layout(
        "atop-dyad",
        "directed dyad-years",
        read,
        "ccode1|statea, ccode2|stateb, year, atop_nonagg|nonagg, atop_consul|consul",
    ),
)
