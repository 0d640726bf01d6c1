"""Accounts of several sources brought together: which is the record, and which stand beside it.

The order of sources decides: curated facts first, then the layouts in the order of their catalogue. The
first account of a roll call is the record, in the default graph; every other keeps its own, in the graph
of its source. Nothing is blended: where a source that means to hold every roll call holds others of the
same session and month, and has no account of what a later such source has, that stands beside too, since
it may be the same vote under another symbol, and would be counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import records, symbols
from kg.model.accounts import Account, Text
from kg.model.facts import Facts
from kg.sources.intake.cells import slug
from kg.sources.intake.intake import Intake, Problem


@dataclass(slots=True)
class Merged:
    """Accounts, the record apart from what stands beside it."""

    record: list[Account] = field(default_factory=list)
    """The first account of each roll call that the curated facts do not have."""
    beside: list[Account] = field(default_factory=list)
    """Every other account."""
    texts: list[tuple[str, Text]] = field(default_factory=list)
    """Source and text, of texts without a roll call that no other source has."""
    texts_beside: list[tuple[str, Text]] = field(default_factory=list)
    """Those that another source has too."""


def merge(facts: Facts, intake: Intake) -> Merged:
    """The record of the files, and what stands beside it; keys are made to agree on the way."""
    merged = Merged()
    dates = {roll.rollcall: str(roll.date)[:7] for roll in facts.records(records.RollCall)}
    documents = {one.document for one in facts.records(records.Document)}
    taken: dict[tuple[str, str], Account] = {}
    exact = {(account.source, account.key) for account in intake.accounts}
    held = _held(intake)
    for account in intake.accounts:
        _same_key(account, dates, exact)
        first = taken.get((account.source, account.key))
        if first and _repeats(account, first):
            text = f"record {account.number} stands twice; left out"
            _note_problem(intake, account, "record twice", text)
            continue
        if first:
            _rename_second(account, taken, intake)
        taken[account.source, account.key] = account
        if account.key in dates:
            merged.beside.append(account)
        elif covering := _covering(account, held, intake):
            text = f"{account.key}: {covering} tells no such roll call; kept beside the record"
            _note_problem(intake, account, "roll call beside the record", text)
            merged.beside.append(account)
        else:
            dates[account.key] = str(account.date)[:7]
            merged.record.append(account)
            documents.add(account.text.key)
    for source, document in intake.texts:
        if document.key in documents:
            merged.texts_beside.append((source, document))
        else:
            documents.add(document.key)
            merged.texts.append((source, document))
    return merged


_Held = dict[tuple[str, str], set[tuple[str, str]]]
"""Source and organ to the sessions of which it holds roll calls, each with the months and the years, and the
months of any."""


def _held(intake: Intake) -> _Held:
    """What the sources that mean to hold every roll call do hold: a file may be a part of the whole."""
    held: _Held = {}
    for account in intake.accounts:
        if account.source in intake.exhaustive:
            month, session = str(account.date)[:7], _session(account)
            units = held.setdefault((account.source, account.organ), set())
            units |= {(session, month), (session, month[:4]), ("", month)}
    return held


def _session(account: Account) -> str:
    """The session in figures; empty where it is not known."""
    session = account.text.session
    return str(symbols.arabic(session) or session)


def _covering(account: Account, held: _Held, intake: Intake) -> str:
    """The earlier source of another form that should have a roll call, had it been one to it.

    It holds others of that session in that month. Where the day is not known the month may be that of the
    opening of the session, and the session that of the next: others of that year, or of that month, do.
    """
    form = intake.exhaustive.get(account.source)
    month, session = str(account.date)[:7], _session(account)
    wanted = {(session, month)} if account.date.day else {(session, month[:4]), ("", month)}
    for (source, organ), units in held.items():
        if source == account.source:
            return ""
        covers = organ == account.organ and not wanted.isdisjoint(units)
        if form and covers and intake.exhaustive[source] != form:
            return source
    return ""


def _same_key(account: Account, dates: dict[str, str], exact: set[tuple[str, str]]) -> None:
    """Give an account the key under which an earlier source has the same roll call.

    A section may be a letter there; not where the source itself keeps the two apart.
    """
    if account.maybe:
        if dates.get(account.maybe) == str(account.date)[:7]:
            account.key = account.maybe
        return
    symbol = symbols.parse(account.text.symbol)
    if account.key not in dates and symbol and symbol.part:
        twin = symbol.twin.short
        if twin in dates and (account.source, twin) not in exact:
            account.key = twin


def _repeats(account: Account, first: Account) -> bool:
    """Whether a record of a source is one that it had before."""
    return (account.number, account.date, account.ballots, account.printed) == (
        first.number,
        first.date,
        first.ballots,
        first.printed,
    )


def _note_problem(intake: Intake, account: Account, kind: str, text: str) -> None:
    intake.add_problem(Problem(kind, account.path, account.line, text))


def _rename_second(account: Account, taken: dict[tuple[str, str], Account], intake: Intake) -> None:
    """Name another roll call of one symbol in one source by its number too; both are kept."""
    first = taken[account.source, account.key]
    key, count = f"{account.key}-{slug(account.number)}", 1
    while (account.source, key) in taken:
        count += 1
        key = f"{account.key}-{slug(account.number)}-{count}"
    text = (
        f"{account.text.symbol or account.number}: record {account.number} has the symbol of record "
        f"{first.number} (line {first.line}); kept as {key}"
    )
    _note_problem(intake, account, "two roll calls of one symbol", text)
    account.key = key
