"""Votes of the General Assembly as E. Voeten codes them: the tidy tables of ``unvotes`` and the raw file.

The tidy form has three tables: votes (``yes``, ``no``, ``abstain``; absences are left out), roll calls and
issues. The raw form codes 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member, with or without the roll
calls' columns beside them. What is known of the form and handled on purpose:

- ``NA`` as a code is Namibia and "no code"; it is never a code here, the name decides.
- Before session 58 the day of ``date`` is not to be trusted, the month is.
- ``unres`` holds a page number up to session 17; letters after the number of sessions 18 to 30 may be parts
  of a text or votes in a row; values repeat. A symbol is taken where it can be meant only once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kg import symbols
from kg.accounts import Account, Question, Text
from kg.dates import PartialDate
from kg.errors import RecordError
from kg.sources import stream, undl
from kg.sources.intake import ABSTAIN, NO, NONVOTING, YES, Intake
from kg.sources.layout import Head, Layout, spelled
from kg.sources.stream import Part
from kg.sources.voters import Voters

CODES = {
    "yes": YES, "no": NO, "abstain": ABSTAIN, "absent": NONVOTING,
    "1": YES, "2": ABSTAIN, "3": NO, "8": NONVOTING,
}  # fmt: skip
"""What is printed for a vote."""
_NOT_A_MEMBER = "9"
_EXACT_DAY = 58
"""First session whose days are right."""
_NUMBERED = 18
"""First session whose ``unres`` is a number of a resolution."""
_CERTAIN = 31
"""First session whose letters are parts of a text alone."""
_NO_CODE = ("", "NA")
_ROLLCALL = ("session", "date", "unres", "amend", "para", "short", "descr")
_ISSUES = {
    "me": "Palestinian conflict",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "hr": "Human rights",
    "co": "Colonialism",
    "ec": "Economic development",
}
"""Columns of the raw form that mark an issue."""
_KNOWN = {
    *("rcid", "vote", "country", "country_code", "countryname", "ccode", "member", "year", "name"),
    *_ROLLCALL, *_ISSUES, "importantvote", "short_name", "issue", "yes", "no", "abstain",
}  # fmt: skip


@dataclass(slots=True)
class _Told:
    """What a table of roll calls says of one."""

    cells: dict[str, str]
    part: Part
    line: int


@dataclass(slots=True)
class _Held:
    """What is known before the last table is read."""

    rollcalls: dict[str, _Told] = field(default_factory=dict)
    issues: dict[str, list[str]] = field(default_factory=dict)
    votes: list[Part] = field(default_factory=list)


def _held(intake: Intake, source: str) -> _Held:
    held = intake.held.setdefault(source, _Held())
    assert isinstance(held, _Held)
    return held


def read_rollcalls(part: Part, intake: Intake, source: str) -> int:
    """Read a table of roll calls; see ``Layout.read``."""
    held, count = _held(intake, source), 0
    for line, cells in _table(part, intake):
        count += 1
        rcid = cells["rcid"]
        if rcid in held.rollcalls:
            intake.tell(
                "repeated roll call", part, line, f"rcid {rcid} stands twice; the first is kept"
            )
            continue
        held.rollcalls[rcid] = _Told(cells, part, line)
    return count


def read_issues(part: Part, intake: Intake, source: str) -> int:
    """Read a table of issues; see ``Layout.read``."""
    held, count = _held(intake, source), 0
    for _, cells in _table(part, intake):
        count += 1
        held.issues.setdefault(cells["rcid"], []).append(cells["issue"])
    return count


def read_votes(part: Part, intake: Intake, source: str) -> int:
    """Keep a table of votes until its roll calls are known; see ``Layout.read``."""
    _held(intake, source).votes.append(part)
    return 0


def _table(part: Part, intake: Intake) -> Iterator[tuple[int, dict[str, str]]]:
    with stream.opened(part) as file:
        rows = stream.rows(part, file)
        header = next(rows)[1]
        columns = [spelled(column) for column in header]
        for name, column in zip(columns, header, strict=True):
            if name not in _KNOWN:
                intake.tell("column not read", part, 1, f"{column!r}")
        for line, row in rows:
            yield line, dict(zip(columns, row, strict=True))


def finish(intake: Intake, source: str) -> None:
    """Make accounts of the tables that were read."""
    held = _held(intake, source)
    found: dict[str, Account] = {}
    for part in held.votes:
        before = len(intake.accounts)
        count = _votes(part, held, found, intake, source)
        for told in intake.files:
            if told.file == part.name and told.source == source:
                told.row_count = count
        intake.accounts += [a for a in found.values() if a.path == part.name]
        for told in intake.files:
            if told.file == part.name:
                told.rollcall_count = len(intake.accounts) - before
    for rcid, rollcall in held.rollcalls.items():
        if held.votes and rcid not in found:
            intake.tell(
                "roll call without votes", rollcall.part, rollcall.line, f"rcid {rcid}; left out"
            )
    if not held.votes:
        raise (
            next(iter(held.rollcalls.values())).part.blame(
                0, "lists roll calls without votes; give the table of votes with it"
            )
            if held.rollcalls
            else _lonely(intake, source)
        )
    _symbols(list(found.values()), held, intake)


def _lonely(intake: Intake, source: str) -> RecordError:
    names = ", ".join(told.file for told in intake.files if told.source == source)
    return RecordError(
        f"{names}: issues alone say nothing; give the tables of roll calls and votes too"
    )


def _votes(part: Part, held: _Held, found: dict[str, Account], intake: Intake, source: str) -> int:
    with stream.opened(part) as file:
        rows = stream.rows(part, file)
        header = next(rows)[1]
        columns = [spelled(column) for column in header]
        for name, column in zip(columns, header, strict=True):
            if name not in _KNOWN:
                intake.tell("column not read", part, 1, f"{column!r}")
        at = {name: columns.index(name) for name in columns}
        own = all(name in at for name in ("session", "date", "unres"))
        name_at = at.get("countryname", at.get("country", -1))
        code_at = at.get("country_code", at.get("ccode", -1))
        voters = Voters(
            intake, part, source, "unvotes", "unvotes-code" if "country_code" in at else "cow"
        )
        rcid_at, vote_at, count = at["rcid"], at["vote"], 0
        current, account, on = None, None, None
        for count, (line, row) in enumerate(rows, 1):  # noqa: B007  the last is the number of rows
            if row[rcid_at] != current:
                current = row[rcid_at]
                if own and current not in held.rollcalls:
                    held.rollcalls[current] = _Told(
                        dict(zip(columns, row, strict=True)), part, line
                    )
                account, on = _account(current, held, found, part, line, intake, source)
            if account is None or on is None:
                intake.tell("vote without roll call", part, line, f"rcid {current}; left out")
                continue
            name = row[name_at] if name_at >= 0 else ""
            code = row[code_at] if code_at >= 0 else ""
            _vote(
                account,
                on,
                name,
                "" if code in _NO_CODE else code,
                row[vote_at],
                line,
                voters,
                part,
                intake,
            )
        voters.close()
    return count


def _vote(
    account: Account, on: date, name: str, code: str, printed: str, line: int, voters: Voters,
    part: Part, intake: Intake,
) -> None:  # fmt: skip
    if printed == _NOT_A_MEMBER:
        account.complete = True
        return
    voter = voters.meet(name, code, on, line)
    if not voter.state:
        voters.unknown(account.key, name, code, printed, line)
        return
    vote = CODES.get(printed)
    if vote is None:
        intake.tell(
            "unknown vote", part, line, f"{account.key}: {name} {printed!r}; kept as not known"
        )
        vote = 0
    if vote == NONVOTING:
        account.complete = True
    if voter.state in account.ballots:
        undl.put(account, voter.state, vote, part, line, intake)
    else:
        account.ballots[voter.state] = vote
    voter.count += 1
    voter.met(on)


def _account(
    rcid: str,
    held: _Held,
    found: dict[str, Account],
    part: Part,
    line: int,
    intake: Intake,
    source: str,
) -> tuple[Account | None, date | None]:
    """The account of a roll call and the day that is printed for it."""
    told = held.rollcalls.get(rcid)
    if told is None:
        return None, None
    try:
        printed = undl.day(told.cells["date"])
    except RecordError as error:
        if rcid not in found:
            intake.tell("no date", told.part, told.line, f"rcid {rcid}: {error}; left out")
        return None, None
    if rcid not in found:
        session = told.cells.get("session", "")
        exact = session.isdecimal() and int(session) >= _EXACT_DAY
        on = printed if exact else PartialDate(printed.year, printed.month)
        cells = {k: "" if v == "NA" else v for k, v in told.cells.items()}
        key = f"rcid-{re.sub(r'[^A-Za-z0-9]+', '-', rcid)}"
        issues = held.issues.get(rcid, []) + [w for c, w in _ISSUES.items() if cells.get(c) == "1"]
        found[rcid] = Account(
            source=source,
            number=rcid,
            key=key,
            text=Text(
                key=key,
                symbol="",
                kind="document",
                title=" ".join((cells.get("short") or cells.get("descr", "")).split()),
                date=on,
                session=session,
                subjects=tuple(dict.fromkeys(issues)),
                modality="vote",
            ),
            organ="UNGA",
            date=on,
            question=_question(cells),
            note=f"unres {cells['unres']}" if cells.get("unres") else "",
            complete=False,
            path=part.name,
            line=line,
        )
    return found[rcid], printed.latest


def _question(cells: dict[str, str]) -> Question:
    return (
        "amendment"
        if cells.get("amend") == "1"
        else "paragraph"
        if cells.get("para") == "1"
        else "whole-text"
    )


def _symbols(accounts: list[Account], held: _Held, intake: Intake) -> None:
    """Give the votes on whole texts the symbol that each of them alone can be meant by."""
    meant: dict[str, tuple[symbols.Symbol, int]] = {}
    for account in accounts:
        if account.question != "whole-text":
            account.text.kind = account.question
            continue
        told = held.rollcalls[account.number]
        symbol, session = _symbol(told.cells.get("unres", ""), account.text.session)
        if symbol:
            meant[account.number] = symbol, session
    counted = Counter(str(symbol) for symbol, _ in meant.values())
    for account in accounts:
        symbol, session = meant.get(account.number, (None, 0))
        if symbol is None:
            continue
        if counted[str(symbol)] > 1:
            told = held.rollcalls[account.number]
            intake.tell(
                "symbol not unique",
                told.part,
                told.line,
                f"rcid {account.number}: {symbol}; kept by number",
            )
        elif session >= _CERTAIN:
            account.key, account.text.key = symbol.short, symbol.key
            account.text.symbol, account.text.kind = str(symbol), undl.kind(symbol)
        else:
            account.maybe = symbol.short


def _symbol(unres: str, session: str) -> tuple[symbols.Symbol | None, int]:
    """The resolution that ``unres`` names, and the session that decides how far it is to be trusted."""
    match = re.match(r"(?:A/RES|(R|SS|ESS))/(?:(E?S-)?(\d+))/", unres)
    if match is None:
        return None, 0
    number = int(match[3][:4])
    special = match[1] in ("SS", "ESS") or bool(match[2])
    if number < (6 if special else _NUMBERED):
        return None, 0
    symbol = symbols.parse(unres)
    return (symbol, _CERTAIN if special else number) if symbol and symbol.kind else (None, 0)


def _votes_known(head: Head) -> bool:
    return head.kind == "csv" and head.has("rcid", "vote", "country|countryname|ccode|country_code")


def _layout(told: str, knows: object, read: object) -> Layout:
    return Layout(
        key="unvotes",
        title="United Nations General Assembly Voting Data (E. Voeten), as tidy or raw tables",
        publisher="Erik Voeten, Harvard Dataverse",
        url="https://hdl.handle.net/1902.1/12379",
        licence="cite Voeten, Strezhnev and Bailey, doi 10.7910/DVN/LEJUQZ",
        told_by=told,
        knows=knows,  # type: ignore[arg-type]  # one of the functions of this module
        read=read,  # type: ignore[arg-type]
        finish=finish,
    )


LAYOUTS = (
    _layout("rcid, vote, and country, country_code or ccode", _votes_known, read_votes),
    _layout(
        "rcid, session, date, unres (roll calls of unvotes)",
        lambda head: head.kind == "csv" and head.has("rcid", "session", "date", "unres"),
        read_rollcalls,
    ),
    _layout(
        "rcid, issue (issues of unvotes)",
        lambda head: head.kind == "csv" and head.has("rcid", "issue"),
        read_issues,
    ),
)
