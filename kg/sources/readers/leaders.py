"""Heads of state and of government, as a query of Wikidata lists them: a row for each term.

Rows are kept until the last file is read: only the others say whether a term without an end still runs.
"""

from __future__ import annotations

import re
import unicodedata

from kg.errors import RecordError, UnknownNameError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources.intake.cells import spelled
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout, csv_with
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.sources.intake.stream import Part
from kg.sources.readers.shared.terms import Term, add_tenures

COLUMNS = ("iso3", "country", "role", "person", "person_qid", "start", "end")
_UNUSED = ("party", "end_cause")
_QID = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q[1-9][0-9]*)")
_UNKNOWN = "/.well-known/genid/"
"""In the address that stands for a value which is there and not known."""
_TIME = re.compile(r"([+-]?)([0-9]{4,})-([0-9]{2})-([0-9]{2})(?:T00:00:00Z)?")
_BEFORE_1 = "before year 1"
_POST = "As the source groups it, under the code that the state has today."


class _LeadersReader:
    """All that the files of one source say, until the last is read and the records are made."""

    def __init__(self, intake: Intake, source: str) -> None:
        self.intake, self.source = intake, source
        self.states: dict[str, str] = {}
        """Code to state, empty for a code that is none."""
        self.posts: dict[str, tuple[Place, int, dict[str, str]]] = {}
        self.names: dict[str, list[str]] = {}
        """Key of a person to the names, in the order in which they were read."""
        self.people: dict[str, tuple[Place, int, str]] = {}
        """Key of a person to where it was read first, and the code of Wikidata."""
        self.terms: list[Term] = []

    def read(self, part: Part) -> int:
        place = Place(part, self.intake, self.source)
        rows = CsvRows(place)
        for line, row in rows.named(COLUMNS, _UNUSED):
            state = self._state(place, line, row)
            role = spelled(row["role"])
            if not role:
                text = f"{row['person']!r}: role {row['role']!r}; left out"
                place.note_problem("no role", line, text)
            if state and role:
                self._read_term(place, line, row, f"{state}_{role}", state)
        return rows.count

    def _read_term(
        self, place: Place, line: int, row: dict[str, str], post: str, state: str
    ) -> None:
        start, end = _date(place, line, row, "start"), _date(place, line, row, "end")
        if _BEFORE_1 in (start, end):
            text = f"{row['person']!r}: {row['start']} to {row['end']}; left out"
            place.note_problem("date before year 1", line, text)
            return
        person = self._person(place, line, row, state)
        if not person:
            return
        role = spelled(row["role"]).replace("_", " ").capitalize()
        title = f"{role}, {row['country'] or state}"
        record = {"post": post, "title": title, "state": state, "note": _POST}
        self.posts.setdefault(post, (place, line, record))
        first, last = _known(start), _known(end)
        term = Term(place=place, line=line, person=person, post=post, start=first, end=last)
        if _UNKNOWN in row["end"]:
            term.notes.append("The source says that it ended, not when.")
            term.unchecked = True
        self.terms.append(term)

    def _state(self, place: Place, line: int, row: dict[str, str]) -> str:
        code = row["iso3"]
        if code not in self.states:
            try:
                is_code = re.fullmatch("[A-Z]{3}", code)
                state = self.intake.names.resolve(code, "state", usage="iso3") if is_code else ""
            except UnknownNameError:
                state = ""
            self.states[code] = state
        if not self.states[code]:
            text = f"iso3 {code!r} of {row['person']!r}, {row['country']!r}; left out"
            place.note_problem("unknown state", line, text)
        return self.states[code]

    def _person(self, place: Place, line: int, row: dict[str, str], state: str) -> str:
        """The key of the person of a row, under which the names are kept; empty where there is none."""
        name, code = " ".join(row["person"].split()), row["person_qid"]
        if _UNKNOWN in name or _UNKNOWN in code:
            text = f"{row['iso3']} {row['role']}: {name!r}; left out"
            place.note_problem("unknown person", line, text)
            return ""
        match = _QID.fullmatch(code)
        if match:
            key = match[1]
            if not name or _QID.fullmatch(name):
                name = key
                if key not in self.people:
                    place.note_problem("person without a name", line, f"{key}: kept under that")
        else:
            of_name = _key_of_name(name)
            key = f"{state}_{of_name}"
            kept = f"kept apart by state and name, as {key}" if of_name else "left out"
            text = f"{name!r}, person_qid {code!r}; {kept}"
            place.note_problem("person without a QID", line, text)
            if not of_name:
                return ""
        self.people.setdefault(key, (place, line, match[1] if match else ""))
        names = self.names.setdefault(key, [])
        if name not in names:
            if names:
                text = f"{key}: {name!r} beside {names[0]!r}; both kept"
                place.note_problem("person of two names", line, text)
            names.append(name)
        return key

    def finish(self) -> None:
        """Make the records of all files, once the last is read."""
        for key, (place, line, code) in self.people.items():
            name, *others = self.names[key]
            place.add_record(
                line,
                records.Official,
                official=key,
                name=name,
                also_known_as="|".join(others),
                wikidata=code,
            )
        for place, line, post in self.posts.values():
            place.add_record(line, records.Post, **post)
        add_tenures(self.terms)


def _known(date: PartialDate | str | None) -> PartialDate | None:
    return date if isinstance(date, PartialDate) else None


def _key_of_name(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "_", bare).strip("_")


def _date(place: Place, line: int, row: dict[str, str], column: str) -> PartialDate | str | None:
    """The date in a column; ``_BEFORE_1`` for one before the year 1, None where it is not known."""
    text = row[column]
    if not text:
        return None
    if _UNKNOWN in text:
        note = f"{column} of {row['person']!r}: there is one, and it is not known"
        place.note_problem("unknown date", line, note)
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
        note = f"{column} of {row['person']!r}: {error}; taken as not known"
        place.note_problem("date not read", line, note)
        return None


_MARKS = "iso3, role, person, person_qid, start, end"

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        key="leaders",
        title="Heads of state and of government, from Wikidata (labels in part in Portuguese)",
        publisher="github.com/cfmessias/geografia, from Wikidata",
        url="https://github.com/cfmessias/geografia",
        licence="none stated by the publisher; Wikidata is CC0",
        marks=_MARKS,
        recognises=csv_with(_MARKS),
        reader=_LeadersReader,
        several_files=True,
    ),
)
