"""Heads of state and of government, as a query of Wikidata lists them: a row for each term.

Rows are kept until the last file is read: whether a term without an end still runs is told by the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from kg.errors import RecordError, UnknownNameError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.cells import Table
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout, spelled
from kg.sources.intake.stream import Part

COLUMNS = ("iso3", "country", "role", "person", "person_qid", "start", "end")
_UNUSED = ("party", "end_cause")
_QID = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q[1-9][0-9]*)")
_UNKNOWN = "/.well-known/genid/"
"""In the address that stands for a value which is there and not known."""
_TIME = re.compile(r"([+-]?)([0-9]{4,})-([0-9]{2})-([0-9]{2})(?:T00:00:00Z)?")
_BEFORE_1 = "before year 1"
_NEW_YEAR = "1 January may stand for the year alone."
_ONE_DAY = "The source gives one day as start and end; taken as the only day in office."
_ONE_YEAR = (
    "The source gives one 1 January as start and end; the end is taken as known to the year."
)
_POST = "As the source groups it, under the code that the state has today."


@dataclass(slots=True, kw_only=True)
class _Term:
    """One row: a person in a post, and what is wrong with it."""

    csv: Table
    line: int
    person: str
    post: str
    start: PartialDate | None
    end: PartialDate | None
    notes: list[str] = field(default_factory=list)
    unchecked: bool = False

    def tell(self, kind: str, text: str) -> None:
        self.csv.tell(kind, self.line, f"{self.person} as {self.post}: {text}")

    def doubt(self, kind: str, note: str) -> None:
        """Tell of something that leaves the term unchecked, and note it for the reader."""
        self.tell(kind, note)
        self.notes.append(note)
        self.unchecked = True


@dataclass(slots=True)
class _Held:
    """All that the files of one source say, until the last is read."""

    states: dict[str, str] = field(default_factory=dict)
    posts: dict[str, tuple[Table, int, dict[str, str]]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, tuple[Table, int, str]] = field(default_factory=dict)
    terms: list[_Term] = field(default_factory=list)


def read(part: Part, intake: Intake, source: str) -> int:
    """Read a table of leaders; see ``Layout.read``. ``finish`` makes the records."""
    csv = Table(part, intake, source)
    held = intake.held.setdefault(f"leaders {source}", _Held())
    count = 0
    for count, (line, row) in enumerate(csv.rows(COLUMNS, _UNUSED), 1):  # noqa: B007
        state = _state(csv, line, row, held)
        role = spelled(row["role"])
        if not role:
            csv.tell("no role", line, f"{row['person']!r}: role {row['role']!r}; left out")
        if not (state and role):
            continue
        start, ended = _date(csv, line, row, "start"), _date(csv, line, row, "end")
        if _BEFORE_1 in (start, ended):
            told = f"{row['person']!r}: {row['start']} to {row['end']}; left out"
            csv.tell("date before year 1", line, told)
            continue
        person = _person(csv, line, row, held)
        if not person:
            continue
        title = f"{role.replace('_', ' ').capitalize()}, {row['country'] or state}"
        post = f"{state}_{role}"
        said = {"post": post, "title": title, "state": state, "note": _POST}
        held.posts.setdefault(post, (csv, line, said))
        first, last = _known(start), _known(ended)
        term = _Term(csv=csv, line=line, person=person, post=post, start=first, end=last)
        if _UNKNOWN in row["end"]:
            term.notes.append("The source says that it ended, not when.")
            term.unchecked = True
        held.terms.append(term)
    return count


def _known(told: PartialDate | str | None) -> PartialDate | None:
    return told if isinstance(told, PartialDate) else None


def _state(csv: Table, line: int, row: dict[str, str], held: _Held) -> str:
    code = row["iso3"]
    if code not in held.states:
        try:
            is_code = re.fullmatch("[A-Z]{3}", code)
            named = csv.intake.names.resolve(code, "state", system="iso3") if is_code else ""
        except UnknownNameError:
            named = ""
        held.states[code] = named
    if not held.states[code]:
        told = f"iso3 {code!r} of {row['person']!r}, {row['country']!r}; left out"
        csv.tell("unknown state", line, told)
    return held.states[code]


def _person(csv: Table, line: int, row: dict[str, str], held: _Held) -> str:
    """The key of the person of a row, under which the names are kept; empty where there is none."""
    name, code = " ".join(row["person"].split()), row["person_qid"]
    if _UNKNOWN in name or _UNKNOWN in code:
        csv.tell("unknown person", line, f"{row['iso3']} {row['role']}: {name!r}; left out")
        return ""
    match = _QID.fullmatch(code)
    if match:
        key = match[1]
        if not name or _QID.fullmatch(name):
            name = key
            if key not in held.people:
                csv.tell("person without a name", line, f"{key}: kept under that")
    else:
        bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        key = re.sub(r"[^A-Za-z0-9]+", "_", bare).strip("_")
        told = f"{name!r}, person_qid {code!r}; {f'told apart by name, as {key}' if key else 'left out'}"
        csv.tell("person without a QID", line, told)
        if not key or _QID.fullmatch(key):
            return ""
    held.people.setdefault(key, (csv, line, match[1] if match else ""))
    names = held.names.setdefault(key, [])
    if name not in names:
        if names:
            csv.tell("person of two names", line, f"{key}: {name!r} beside {names[0]!r}; both kept")
        names.append(name)
    return key


def _date(csv: Table, line: int, row: dict[str, str], column: str) -> PartialDate | str | None:
    """The date in a column; ``_BEFORE_1`` for one before the year 1, None where it is not known."""
    text = row[column]
    if not text:
        return None
    if _UNKNOWN in text:
        told = f"{column} of {row['person']!r}: there is one, and it is not known"
        csv.tell("unknown date", line, told)
        return None
    match = _TIME.fullmatch(text)
    if match and match[1] == "-":
        return _BEFORE_1
    try:
        if match is None or len(match[2]) > 4:
            raise RecordError(f"{text!r} is no date")
        exact = [match[2], *(part for part in (match[3], match[4]) if part != "00")]
        return PartialDate.parse("-".join(exact if match[3] != "00" else exact[:1]))
    except RecordError as error:
        csv.tell(
            "date not read", line, f"{column} of {row['person']!r}: {error}; taken as not known"
        )
        return None


def finish(intake: Intake, source: str) -> None:
    """Make the records of all files of a source, once the last is read."""
    held = intake.held.pop(f"leaders {source}", None)
    if not isinstance(held, _Held):
        return
    for key, (csv, line, code) in held.people.items():
        name, *others = held.names[key]
        also = "|".join(others)
        csv.put(line, records.Official, official=key, name=name, also_known_as=also, wikidata=code)
    for csv, line, said in held.posts.values():
        csv.put(line, records.Post, **said)
    keys: set[str] = set()
    for term in _ended(_once(held.terms)):
        if term.start and (term.start.month, term.start.day) == (1, 1):
            term.tell("1 January", f"starts on {term.start}; {_NEW_YEAR}")
        elif term.end and (term.end.month, term.end.day) == (1, 1):
            term.tell("1 January", f"ends on {term.end}; {_NEW_YEAR}")
        _tenure(term, keys)


def _tenure(term: _Term, keys: set[str]) -> None:
    ends = [date for date in (term.start, term.end) if date]
    if any((date.month, date.day) == (1, 1) for date in ends) and _ONE_YEAR not in term.notes:
        term.notes.append(_NEW_YEAR)
    when = str(term.start) if term.start else f"until_{term.end}"
    first = key = f"{term.person}_{term.post}_{when}"
    number = 1
    while key in keys:
        number += 1
        key = f"{first}_{number}"
    keys.add(key)
    term.csv.put(
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


def _once(terms: Iterable[_Term]) -> list[_Term]:
    """The terms without repetitions; of two that differ in the end, one without is left out."""
    groups: dict[tuple[object, ...], dict[PartialDate | None, _Term]] = {}
    for term in terms:
        group = groups.setdefault((term.person, term.post, term.start), {})
        if term.end in group:
            term.tell("row twice", f"from {term.start} to {term.end} stands before; left out")
        else:
            group[term.end] = term
    for group in groups.values():
        ends = [end for end in group if end]
        if len(group) == 1 or next(iter(group.values())).start is None:
            continue
        if None in group and ends:
            told = f"from {group[None].start}, no end; another row ends it on {ends[0]}; left out"
            group.pop(None).tell("two ends", told)
        for end in ends if ends[1:] else ():
            others = ", ".join(str(other) for other in ends if other != end)
            group[end].doubt("two ends", f"Another row gives the end {others}, not {end}.")
    return [term for group in groups.values() for term in group.values()]


def _ended(terms: list[_Term]) -> list[_Term]:
    """The terms whose dates can be, with the doubts that the terms after them raise."""
    latest: dict[str, PartialDate] = {}
    for term in terms:
        if term.start:
            latest[term.post] = max(latest.get(term.post, term.start), term.start)
    kept: list[_Term] = []
    for term in terms:
        start, end = term.start, term.end
        if not start and not end:
            term.tell("no dates", "neither start nor end; left out")
            continue
        if start and end and end.latest < start.earliest:
            term.tell("end before start", f"{start} to {end}; left out")
            continue
        if start and end and start == end:
            _one_day(term)
        elif start and not end and start < latest[term.post]:
            note = f"The source gives no end, and a later term in the post starts on {latest[term.post]}."
            term.doubt("open end", note)
        elif not start:
            term.doubt("no start", "The source gives no start.")
        kept.append(term)
    return kept


def _one_day(term: _Term) -> None:
    """Mend a term that ends on the day on which it starts, as far as that can be said."""
    assert term.start
    if (term.start.month, term.start.day) == (1, 1):
        term.end = PartialDate(term.start.year)
        term.doubt("end on its start", _ONE_YEAR)
    elif term.start.day and term.start.year < 9999:
        after = term.start.earliest + timedelta(days=1)
        term.end = PartialDate.parse(after.isoformat())
        term.doubt("end on its start", _ONE_DAY)


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        key="leaders",
        title="Heads of state and of government, from Wikidata (labels in part in Portuguese)",
        publisher="github.com/cfmessias/geografia, from Wikidata",
        url="https://github.com/cfmessias/geografia",
        licence="none stated by the publisher; Wikidata is CC0",
        told_by="iso3, role, person, person_qid, start, end",
        knows=lambda head: (
            head.kind == "csv" and head.has("iso3", "role", "person", "person_qid", "start", "end")
        ),
        read=read,
        finish=finish,
    ),
)
