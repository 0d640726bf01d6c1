"""Terms in office: which of them are one, how they end, and what stays unchecked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.place import Place

_NEW_YEAR = "1 January may stand for the year alone."
_ONE_DAY = "The source gives one day as start and end; taken as the only day in office."
_ONE_YEAR = (
    "The source gives one 1 January as start and end; the end is taken as known to the year."
)


@dataclass(slots=True, kw_only=True)
class Term:
    """One row: a person in a post, and what is wrong with it."""

    place: Place
    line: int
    person: str
    post: str
    start: PartialDate | None
    end: PartialDate | None
    notes: list[str] = field(default_factory=list)
    unchecked: bool = False

    def note_problem(self, kind: str, text: str) -> None:
        """Note something about it that was not understood."""
        self.place.note_problem(kind, self.line, f"{self.person} as {self.post}: {text}")

    def mark_unchecked(self, kind: str, note: str) -> None:
        """Note something that leaves the term unchecked, in the report and in the record itself."""
        self.note_problem(kind, note)
        self.notes.append(note)
        self.unchecked = True


def add_tenures(terms: Iterable[Term]) -> None:
    """Make the records of all terms of a source."""
    keys: set[str] = set()
    for term in _ended(_once(terms)):
        if _new_year(term.start):
            term.note_problem("1 January", f"starts on {term.start}; {_NEW_YEAR}")
        elif _new_year(term.end):
            term.note_problem("1 January", f"ends on {term.end}; {_NEW_YEAR}")
        _add_tenure(term, keys)


def _new_year(date: PartialDate | None) -> bool:
    return date is not None and (date.month, date.day) == (1, 1)


def _add_tenure(term: Term, keys: set[str]) -> None:
    new_year = _new_year(term.start) or _new_year(term.end)
    if new_year and _ONE_YEAR not in term.notes:
        term.notes.append(_NEW_YEAR)
    when = str(term.start) if term.start else f"until_{term.end}"
    first = key = f"{term.person}_{term.post}_{when}"
    number = 1
    while key in keys:
        number += 1
        key = f"{first}_{number}"
    keys.add(key)
    term.place.add_record(
        term.line,
        records.Tenure,
        tenure=key,
        official=term.person,
        post=term.post,
        start=term.start,
        end=term.end,
        status="unchecked" if term.unchecked else "",
        note=" ".join(term.notes),
    )


def _once(terms: Iterable[Term]) -> list[Term]:
    """The terms without repetitions; of two that differ in the end, one without is left out."""
    groups: dict[tuple[object, ...], dict[PartialDate | None, Term]] = {}
    for term in terms:
        group = groups.setdefault((term.person, term.post, term.start), {})
        if term.end in group:
            term.note_problem(
                "row twice", f"from {term.start} to {term.end} stands before; left out"
            )
        else:
            group[term.end] = term
    for group in groups.values():
        ends = [end for end in group if end]
        if len(group) == 1 or next(iter(group.values())).start is None:
            continue
        if None in group and ends:
            text = f"from {group[None].start}, no end; another row ends it on {ends[0]}; left out"
            group.pop(None).note_problem("two ends", text)
        for end in ends if ends[1:] else ():
            others = ", ".join(str(other) for other in ends if other != end)
            group[end].mark_unchecked("two ends", f"Another row gives the end {others}, not {end}.")
    return [term for group in groups.values() for term in group.values()]


def _ended(terms: list[Term]) -> list[Term]:
    """The terms whose dates can be, with the doubts that the terms after them raise."""
    latest: dict[str, PartialDate] = {}
    for term in terms:
        if term.start:
            latest[term.post] = max(latest.get(term.post, term.start), term.start)
    kept: list[Term] = []
    for term in terms:
        start, end = term.start, term.end
        if not start and not end:
            term.note_problem("no dates", "neither start nor end; left out")
            continue
        if start and end and end.latest < start.earliest:
            term.note_problem("end before start", f"{start} to {end}; left out")
            continue
        if start and end and start == end:
            _one_day(term, start)
        elif start and not end and start < latest[term.post]:
            note = f"The source gives no end, and a later term in the post starts on {latest[term.post]}."
            term.mark_unchecked("open end", note)
        elif not start:
            term.mark_unchecked("no start", "The source gives no start.")
        kept.append(term)
    return kept


def _one_day(term: Term, start: PartialDate) -> None:
    """Mend a term that ends on the day on which it starts, as far as the source allows."""
    if _new_year(start):
        term.end = PartialDate(start.year)
        term.mark_unchecked("end on its start", _ONE_YEAR)
    elif start.day and start.year < 9999:
        after = start.earliest + timedelta(days=1)
        term.end = PartialDate.parse(after.isoformat())
        term.mark_unchecked("end on its start", _ONE_DAY)
