"""UN Digital Library records as scraped JSON lines: one record a line, every value a list.

A vote is a string, the option before the name (``Y NORWAY``); without an option no vote was cast. A
record whose votes are ``N/A`` has no roll call: the text is kept, how it was adopted is not recorded.
"""

from __future__ import annotations

import json
import re
from typing import Any

from kg.model.accounts import Account
from kg.sources.intake import stream
from kg.sources.intake.intake import Intake
from kg.sources.intake.layout import Head, Layout
from kg.sources.intake.stream import Part
from kg.sources.intake.voters import Voters
from kg.sources.readers import undl
from kg.sources.readers.undl import Listed

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


def read(part: Part, intake: Intake, source: str) -> int:
    """Read a file of records; see ``Layout.read``."""
    voters = undl.voters(intake, part, source)
    count = 0
    with stream.opened(part) as file:
        for line, text in enumerate(stream.lines(part, file), 1):
            if text.strip():
                count += 1
                _record(_fields(part, line, text, intake), part, line, voters, intake, source)
    voters.close()
    return count


def _fields(part: Part, line: int, text: str, intake: Intake) -> dict[str, list[str]]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        told = "nested too deep" if isinstance(error, RecursionError) else error
        raise part.blame(line, f"not JSON: {told}; fetch the file again") from error
    if not isinstance(record, dict):
        raise part.blame(line, "is no JSON record; expected one {...} a line")
    for name in sorted(map(str, record.keys() - FIELDS)):
        intake.tell("field not read", part, line, repr(name))
    return {name: _texts(record.get(name), part, line, name) for name in FIELDS}


def _texts(value: Any, part: Part, line: int, name: str) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(v, str | int) for v in values):
        raise part.blame(line, f"{name} is no list of texts")
    texts = [str(v) for v in values]
    if any(_SURROGATE.search(text) for text in texts):
        raise part.blame(line, f"{name} holds half a character, \\ud800 to \\udfff; fetch it again")
    return texts


def _record(
    told: dict[str, list[str]], part: Part, line: int, voters: Voters, intake: Intake, source: str
) -> None:
    def one(name: str) -> str:
        return told[name][0] if told[name] else ""

    listed = Listed(
        number=one("id_record").strip() or f"line-{line}",
        symbol=one("resolution_symbol"),
        date=one("vote_date"),
        title=one("title"),
        meeting=one("meeting_record"),
        reports=tuple(told["committee_report"]),
        agenda=tuple(told["agenda"]),
    )
    if not undl.kept(tuple(told["vote"])):
        intake.texts.append((source, undl.without_roll_call(listed, source, part, line, intake)))
        return
    account = undl.begin(listed, source, part, line, intake)
    if account is None:
        undl.leave_out(listed, len(told["vote"]), part, line, intake)
        return
    for printed in told["vote"]:
        _vote(account, printed, part, line, voters, intake)
    intake.accounts.append(account)


def _vote(
    account: Account, printed: str, part: Part, line: int, voters: Voters, intake: Intake
) -> None:
    option, _, rest = printed.strip().partition(" ")
    name, on = rest.strip(), account.day
    whole = printed.strip()
    if not name or (
        option.upper() not in undl.PRINTED
        and (len(option) > _LONGEST_OPTION or intake.resolver.find(whole, "undl", on))
    ):
        option, name = "", whole
    voters.enter(account, on, name, "", option, line)


def _knows(head: Head) -> bool:
    return head.kind == "json" and head.has("id_record", "resolution_symbol", "vote")


LAYOUTS = (
    Layout(
        key="undl-scraped",
        title="UN Digital Library: voting records, scraped as JSON lines",
        publisher=undl.PUBLISHER,
        url="https://digitallibrary.un.org/search?cc=Voting%20Data",
        licence=undl.LICENCE,
        told_by="JSON lines with id_record, resolution_symbol, vote",
        knows=_knows,
        read=read,
    ),
)
