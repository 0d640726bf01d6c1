"""UN Digital Library voting records as MARCXML.

Fields: 001 number, 245 title, 269 date, 791 symbol and session, 952 meeting, 991 subjects, 993 drafts and
reports, 996 totals (b yes, c no, d abstentions, e non-voting, f members), and 967 for each member: a its
place in the list, c code, d vote, e name. A 967 without a vote says that none was cast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from kg.sources.intake import stream
from kg.sources.intake.layout import each_file
from kg.sources.intake.place import Place
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters
from kg.sources.readers.shared import undl
from kg.sources.readers.shared.undl import PrintedRecord

_CHUNK = 1 << 16
_LONGEST = 1 << 20
_OF_RECORDS = ("record", "datafield", "controlfield")

Field = tuple[str, dict[str, str], int]
"""Tag, subfields (control fields have one, the empty one), line."""


@dataclass(slots=True)
class _MarcParser:
    """Records as they come out of a stream of XML."""

    part: Part
    records: list[list[Field]] = field(default_factory=list)
    fields: list[Field] | None = None
    tag: str = ""
    line: int = 0
    code: str | None = None
    subfields: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    size: int = 0

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        local = name.rpartition(" ")[2]
        self.text, self.size = [], 0
        if (local == "record") is (self.fields is not None) and local in _OF_RECORDS:
            raise self.part.error_at(
                line, f"a {local} stands where none can", remedy="fetch it again"
            )
        if local == "record":
            self.fields = []
        elif local in ("datafield", "controlfield"):
            self.tag, self.subfields, self.line = attributes.get("tag", ""), {}, line
        elif local == "subfield":
            self.code = attributes.get("code", "")

    def end(self, name: str) -> None:
        """An element ends."""
        local = name.rpartition(" ")[2]
        value = "".join(self.text).strip()
        if local == "subfield" and self.code is not None:
            before = self.subfields.get(self.code)
            self.subfields[self.code] = f"{before} {value}" if before else value
            self.code = None
        elif local in ("datafield", "controlfield") and self.fields is not None:
            subfields = {"": value} if local == "controlfield" else self.subfields
            self.fields.append((self.tag, subfields, self.line))
        elif local == "record" and self.fields is not None:
            self.records.append(self.fields)
            self.fields = None
        self.text, self.size = [], 0

    def data(self, text: str) -> None:
        """Text within an element."""
        self.size += len(text)
        if self.size > _LONGEST:
            raise self.part.error_at(
                self.line, "a field is longer than 1 MiB", remedy="is it a voting record?"
            )
        self.text.append(text)


def records(part: Part, file: IO[bytes]) -> Iterator[list[Field]]:
    """The records of a MARCXML stream, each as its fields.

    Raises:
        SourceError: It is not well-formed XML, or it declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    handler = _MarcParser(part)

    def refuse(*declaration: object) -> None:
        raise part.error_at(
            parser.CurrentLineNumber,
            "declares a DOCTYPE",
            remedy="MARCXML has none, so it is refused",
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda n, a: handler.start(n, a, parser.CurrentLineNumber)
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.buffer_text = True
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from handler.records
            handler.records.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, str(error))
        raise part.error_at(
            error.lineno, f"not well-formed XML: {reason}", remedy="fetch it again"
        ) from error
    yield from handler.records


def read(place: Place) -> int:
    """Read a file of records; see ``each_file``."""
    voters = undl.voters(place)
    count = 0
    with stream.opened(place.part) as file:
        for record in records(place.part, file):
            count += 1
            _read_record(place, record, voters)
    voters.close()
    if not count:
        raise place.error_at(0, "holds no MARC record", remedy="is the file whole?")
    return count


def _read_record(place: Place, fields: list[Field], voters: Voters) -> None:
    line = fields[0][2] if fields else 0
    record = _printed(fields, line)
    votes = [(subfields, at) for tag, subfields, at in fields if tag == "967"]
    if not votes and not any(record.totals):
        if record.symbol or record.title:
            undl.add_text(place, line, record)
        else:
            text = f"record {record.number} is no voting record"
            place.note_problem("record not read", line, text)
        return
    account = undl.start_account(place, line, record)
    if account is None:
        undl.leave_out(place, line, record, len(votes))
        return
    for vote, at in votes:
        name, code, printed = vote.get("e", ""), vote.get("c", ""), vote.get("d", "")
        voters.add_vote(account, account.day, name, code, printed, at)
    place.intake.accounts.append(account)


def _printed(fields: list[Field], line: int) -> PrintedRecord:
    def every(tag: str, *codes: str) -> list[str]:
        return [sub[c] for t, sub, _ in fields for c in codes if t == tag and sub.get(c)]

    def one(tag: str, code: str) -> str:
        return next(iter(every(tag, code)), "")

    related = every("993", "a")
    return PrintedRecord(
        number=one("001", "") or f"line-{line}",
        symbol=one("791", "a"),
        date=one("269", "a"),
        title=" ".join(every("245", "a", "b", "c")[:3]),
        session=one("791", "c"),
        meeting=one("952", "a"),
        drafts=tuple(text for text in related if "/L." in text),
        reports=tuple(text for text in related if "/L." not in text),
        agenda=tuple(every("991", "c")),
        subjects=tuple(every("991", "d")) or tuple(every("650", "a")),
        totals=tuple(one("996", code) for code in "bcdef"),
    )


LAYOUTS = (
    undl.layout(
        key="undl-marcxml",
        title="UN Digital Library: voting records, MARCXML",
        url=undl.SEARCH,
        marks="XML whose root is collection or record",
        recognises=lambda head: head.kind == "xml" and head.has("collection|record"),
        reader=each_file(read),
    ),
)
