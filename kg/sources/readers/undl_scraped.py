"""UN Digital Library records as scraped JSON lines: one record a line, every value a list.

A vote is a string, the option before the name (``Y NORWAY``); without an option no vote was cast. A
record whose votes are ``N/A`` has no roll call: the text is kept, how it was adopted is not recorded.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from kg.sources.intake import stream
from kg.sources.intake.layout import Head, each_file
from kg.sources.intake.place import Place
from kg.sources.intake.voters import Voters
from kg.sources.readers.shared import undl
from kg.sources.readers.shared.undl import PrintedRecord

_LONGEST_OPTION = 2
"""Letters of an option; a longer word is the first of a name that stands without one."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
FIELDS = {
    "id_record",
    "resolution_symbol",
    "title",
    "vote_date",
    "meeting_record",
    "committee_report",
    "agenda",
    "vote",
}


def read(place: Place) -> int:
    """Read a file of records; see ``each_file``."""
    voters = undl.voters(place)
    count = 0
    with stream.opened(place.part) as file:
        for line, text in enumerate(stream.lines(place.part, file), 1):
            if text.strip():
                count += 1
                _read_record(place, line, _fields(place, line, text), voters)
    voters.close()
    return count


def _fields(place: Place, line: int, text: str) -> dict[str, list[str]]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else error
        raise place.error_at(line, f"not JSON: {reason}", remedy="fetch the file again") from error
    if not isinstance(record, dict):
        raise place.error_at(line, "is no JSON record", remedy="expected one {...} a line")
    for name in sorted(map(str, record.keys() - FIELDS)):
        place.note_problem("field not read", line, repr(name))
    return {name: _texts(place, line, name, record.get(name)) for name in FIELDS}


def _texts(place: Place, line: int, name: str, value: Any) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(v, str | int) for v in values):
        raise place.error_at(line, f"{name} is no list of texts")
    texts = [str(v) for v in values]
    if any(_SURROGATE.search(text) for text in texts):
        problem = f"{name} holds half a character, \\ud800 to \\udfff"
        raise place.error_at(line, problem, remedy="fetch it again")
    return texts


def _read_record(place: Place, line: int, fields: dict[str, list[str]], voters: Voters) -> None:
    def one(name: str) -> str:
        return fields[name][0] if fields[name] else ""

    votes = fields["vote"]
    record = PrintedRecord(
        number=one("id_record").strip() or f"line-{line}",
        symbol=one("resolution_symbol"),
        date=one("vote_date"),
        title=one("title"),
        meeting=one("meeting_record"),
        reports=tuple(fields["committee_report"]),
        agenda=tuple(fields["agenda"]),
    )
    if not undl.kept(tuple(votes)):
        undl.add_text(place, line, record)
        return
    account = undl.start_account(place, line, record)
    if account is None:
        undl.leave_out(place, line, record, len(votes))
        return
    for printed in votes:
        option, name = _option_and_name(place, account.day, printed.strip())
        voters.add_vote(account, account.day, name, "", option, line)
    place.intake.accounts.append(account)


def _option_and_name(place: Place, on: date, printed: str) -> tuple[str, str]:
    """The option and the name of a vote; the option empty where only a name is printed."""
    option, _, rest = printed.partition(" ")
    name = rest.strip()
    if not name:
        return "", printed
    if option.upper() in undl.PRINTED:
        return option, name
    is_name = len(option) > _LONGEST_OPTION or place.intake.resolver.state(printed, "undl", on)
    return ("", printed) if is_name else (option, name)


def _recognises(head: Head) -> bool:
    return head.kind == "json" and head.has("id_record", "resolution_symbol", "vote")


LAYOUTS = (
    undl.layout(
        key="undl-scraped",
        title="UN Digital Library: voting records, scraped as JSON lines",
        url=undl.SEARCH,
        marks="JSON lines with id_record, resolution_symbol, vote",
        recognises=_recognises,
        reader=each_file(read),
    ),
)
