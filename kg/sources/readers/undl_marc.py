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
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Layout
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters
from kg.sources.readers import undl
from kg.sources.readers.undl import Listed

_CHUNK = 1 << 16
_LONGEST = 1 << 20
_OF_RECORDS = ("record", "datafield", "controlfield")

Field = tuple[str, dict[str, str], int]
"""Tag, subfields (control fields have one, the empty one), line."""


@dataclass(slots=True)
class _Parser:
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
            raise self.part.blame(line, f"a {local} stands where none can; fetch it again")
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
            told = {"": value} if local == "controlfield" else self.subfields
            self.fields.append((self.tag, told, self.line))
        elif local == "record" and self.fields is not None:
            self.records.append(self.fields)
            self.fields = None
        self.text, self.size = [], 0

    def data(self, text: str) -> None:
        """Text within an element."""
        self.size += len(text)
        if self.size > _LONGEST:
            raise self.part.blame(self.line, "a field is longer than 1 MiB; is it a voting record?")
        self.text.append(text)


def records(part: Part, file: IO[bytes]) -> Iterator[list[Field]]:
    """The records of a MARCXML stream, each as its fields.

    Raises:
        SourceError: It is not well-formed XML, or it declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    taken = _Parser(part)

    def refuse(*told: object) -> None:
        raise part.blame(
            parser.CurrentLineNumber, "declares a DOCTYPE; MARCXML has none, so it is refused"
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda n, a: taken.start(n, a, parser.CurrentLineNumber)
    parser.EndElementHandler = taken.end
    parser.CharacterDataHandler = taken.data
    parser.buffer_text = True
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from taken.records
            taken.records.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        told = expat.errors.messages.get(error.code, str(error))
        raise part.blame(error.lineno, f"not well-formed XML: {told}; fetch it again") from error
    yield from taken.records


def read(part: Part, intake: Intake, source: str) -> int:
    """Read a file of records; see ``Layout.read``."""
    voters = undl.voters(intake, part, source)
    count = 0
    with stream.opened(part) as file:
        for record in records(part, file):
            count += 1
            _record(record, part, voters, intake, source)
    voters.close()
    if not count:
        raise part.blame(0, "holds no MARC record; is the file whole?")
    return count


def _record(record: list[Field], part: Part, voters: Voters, intake: Intake, source: str) -> None:
    line = record[0][2] if record else 0
    listed = _listed(record, line)
    if all(tag != "967" for tag, _, _ in record) and not any(listed.totals):
        if not listed.symbol and not listed.title:
            intake.tell(
                "record not read", part, line, f"record {listed.number} is no voting record"
            )
            return
        intake.texts.append((source, undl.without_roll_call(listed, source, part, line, intake)))
        return
    account = undl.begin(listed, source, part, line, intake)
    if account is None:
        count = sum(tag == "967" for tag, _, _ in record)
        undl.leave_out(listed, count, part, line, intake)
        return
    for tag, told, at in record:
        if tag != "967":
            continue
        name, code, printed = told.get("e", ""), told.get("c", ""), told.get("d", "")
        voters.enter(account, account.day, name, code, printed, at)
    intake.accounts.append(account)


def _listed(record: list[Field], line: int) -> Listed:
    def every(tag: str, *codes: str) -> list[str]:
        return [told[c] for t, told, _ in record for c in codes if t == tag and told.get(c)]

    def one(tag: str, code: str) -> str:
        return next(iter(every(tag, code)), "")

    related = every("993", "a")
    return Listed(
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
    Layout(
        key="undl-marcxml",
        title="UN Digital Library: voting records, MARCXML",
        publisher=undl.PUBLISHER,
        url="https://digitallibrary.un.org/search?cc=Voting%20Data",
        licence=undl.LICENCE,
        told_by="XML whose root is collection or record",
        knows=lambda head: head.kind == "xml" and head.has("collection|record"),
        read=read,
    ),
)
