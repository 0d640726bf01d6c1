"""Writes ``data/record/``: the roll calls of the UN since 1946, from the public files that tell of them.

    python -m tools.record GA.csv.gz SC.csv.gz VETOES.csv UN_VOTES.csv.gz UN_ROLL_CALLS.csv ISSUES.csv

Files are the UN Digital Library's bulk CSVs of the Assembly and the Council, the list of vetoes, and
Voeten's tables, in forms that ``kg build`` reads; ``data/record/README.md`` says more. What was written is
read back and compared with what the files say, vote by vote. The agreement of the two sets of the Assembly
is printed, for ``docs/findings.md``.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from io import StringIO
from pathlib import Path

from kg import resources
from kg.model.accounts import Account, NameInUse, Text
from kg.model.words import COUNCIL, OPTIONS
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.intake.intake import Intake
from kg.sources.merge import merge
from kg.sources.read import read_files
from kg.sources.readers import record, record_others
from kg.sources.readers.shared.record import LETTERS, NOT_LISTED, SEATS
from kg.sources.readers.shared.unvotes_rolls import ISSUES

Row = dict[str, str]

_LIBRARY = ("undl-ga", "undl-sc")
_LETTER = {code: letter for letter, code in LETTERS.items()}
_CODE_OF_ISSUE = {title: code for code, title in ISSUES.items()}


def main(paths: list[str]) -> None:
    """Write all tables of the record and check them.

    Raises:
        SystemExit: What can be read back is not what the files say.
    """
    facts = read_facts(resources.data())
    intake = read_files(map(Path, paths), names_of(facts))
    merge(facts, intake)  # gives two roll calls of one symbol keys of their own, and joins the sets
    library = [one for one in intake.accounts if one.source in _LIBRARY]
    keys = {one.key for one in library}
    voeten = [one for one in intake.accounts if one.source == "unvotes"]
    alone = [one for one in voeten if one.key not in keys]
    vetoes = [one for one in intake.accounts if one.source == "vetoes"]
    out = resources.data() / "record"
    out.mkdir(exist_ok=True)
    council = [one for one in library if one.organ == COUNCIL]
    assembly = [one for one in library if one.organ != COUNCIL]
    _write(out / "assembly.csv", record.ROLL_CALLS, _with_answers(assembly, _library_row))
    _write(out / "council.csv", record.ROLL_CALLS, _with_answers(council, _library_row))
    _write(out / "voeten.csv", record_others.VOETEN, _with_answers(alone, _voeten_row))
    _write(out / "issues.csv", record_others.ISSUES_OF, _issue_rows(voeten, library))
    _write(out / "vetoes.csv", record_others.VETOES, map(_veto_row, _sorted(vetoes)))
    _write(out / "names.csv", record.NAMES, _name_rows(intake.names_in_use))
    _check(out, [*library, *alone, *vetoes], intake)
    _print_agreement(library, voeten)


def _sorted(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda one: (one.day, one.key))


def _with_answers(accounts: Iterable[Account], row: Callable[[Account], Row]) -> Iterator[Row]:
    """The rows of roll calls, above each year its order of seats."""
    years: defaultdict[int, list[Account]] = defaultdict(list)
    for one in _sorted(accounts):
        years[one.day.year].append(one)
    for year, roll_calls in years.items():
        seats = sorted({state for one in roll_calls for state in one.ballots})
        yield {"rollcall": SEATS, "date": str(year), "answers": " ".join(seats)}
        for one in roll_calls:
            codes = (one.ballots.get(state) for state in seats)
            letters = (NOT_LISTED if code is None else _LETTER[code] for code in codes)
            yield {**row(one), "answers": "".join(letters)}


def _library_row(one: Account) -> Row:
    text = one.text
    totals = [str(one.printed[option]) for option in OPTIONS] if one.printed else []
    return {
        "rollcall": one.key,
        "number": one.number,
        "organ": one.organ,
        "date": str(one.date),
        "session": text.session,
        "symbol": text.symbol,
        "title": text.title,
        "draft": "|".join(text.drafts),
        "report": "|".join(text.reports),
        "meeting": one.meeting,
        "agenda": "|".join(text.agenda),
        "subjects": "|".join(text.subjects),
        "totals": "-".join(totals),
        "members": "" if one.member_count is None else str(one.member_count),
        "note": one.note,
    }


def _voeten_row(one: Account) -> Row:
    text = one.text
    return {
        "rollcall": one.key,
        "rcid": one.number,
        "date": str(one.date),
        "session": text.session,
        "question": one.question,
        "symbol": text.symbol,
        "title": text.title,
        "issues": " ".join(_CODE_OF_ISSUE[issue] for issue in text.subjects),
        "note": one.note,
    }


def _issue_rows(voeten: list[Account], library: list[Account]) -> Iterator[Row]:
    """The issues of the texts that the Library has too, under the symbols of the Library."""
    texts = {one.key: one.text for one in library}
    issues = {one.key: one.text.subjects for one in voeten if one.key in texts}
    for key in sorted(key for key in issues if issues[key]):
        codes = " ".join(_CODE_OF_ISSUE[issue] for issue in issues[key])
        yield {"document": texts[key].key, "symbol": texts[key].symbol, "issues": codes}


def _veto_row(one: Account) -> Row:
    return {
        "draft": one.key,
        "date": str(one.date),
        "symbol": one.text.symbol,
        "kind": one.text.kind,
        "agenda": "|".join(one.text.agenda),
        "meeting": one.meeting,
        "vetoed_by": " ".join(one.vetoed_by),
        "note": one.note,
    }


def _name_rows(names: Iterable[NameInUse]) -> Iterator[Row]:
    """Names of the Library's files, those of both organs together."""
    spans: dict[tuple[str, str], NameInUse] = {}
    for one in names:
        if one.source in _LIBRARY:
            known = spans.setdefault((one.state, one.name), one)
            if known is not one:
                known.first, known.last = min(known.first, one.first), max(known.last, one.last)
                known.count += one.count
    for (state, name), one in sorted(spans.items()):
        days = {"first_day": str(one.first), "last_day": str(one.last)}
        yield {"state": state, "name": name, **days, "votes": str(one.count)}


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    text = StringIO()
    table = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


_ByKey = dict[tuple[str, str], Account]
REMARKS = "remarks.csv"
"""The one table that is written by hand: it is about the others, and adds to what they say."""
_ELSEWHERE = ("source", "path", "line", "complete", "maybe", "counted", "text", "vetoed_by")
"""Fields of an account that say where it was read, or that are compared by themselves."""


def _check(out: Path, accounts: list[Account], intake: Intake) -> None:
    """Read the tables back and compare each roll call with what the files say of it."""
    tables = sorted(path for path in out.glob("*.csv") if path.name != REMARKS)
    again = read_files(tables, intake.names)
    read: _ByKey = {(one.key, one.organ): one for one in again.accounts}
    names = [field.name for field in fields(Account) if field.name not in _ELSEWHERE]
    wrong = [
        f"{one.key}: {name}"
        for one in accounts
        for name in names
        if getattr(one, name) != getattr(read[one.key, one.organ], name)
    ]
    wrong += [f"{one.key}: text" for one in accounts if one.text != _text(one, read)]
    if len(read) != len(accounts) or again.problems or wrong:
        raise SystemExit(f"read back otherwise: {len(read)} of {len(accounts)}; {wrong[:20]}")
    totals = [_re_added(one) for one in accounts if one.printed]
    votes = sum(len(one.ballots) for one in accounts)
    print(f"{len(accounts):,} roll calls, {votes:,} votes, each as in the files")
    print(f"totals re-added: {totals.count(True):,} equal, {totals.count(False):,} not")


def _text(one: Account, read: _ByKey) -> Text:
    """The text read back, with the address that only the files hold."""
    text = read[one.key, one.organ].text
    text.url = one.text.url
    return text


def _re_added(one: Account) -> bool:
    counts = Counter(one.ballots.values())
    return all(
        counts[code] == one.printed[option]
        for option, code in zip(OPTIONS, (1, 3, 2, 8), strict=True)
        if option in one.printed
    )


def _print_agreement(library: list[Account], voeten: list[Account]) -> None:
    """How far Voeten's set agrees on the roll calls and votes that both have."""
    ours = {one.key: one for one in library}
    kinds: Counter[str] = Counter()
    for one in voeten:
        other = ours.get(one.key)
        if other is None:
            kinds[f"roll calls that only Voeten's set has, {one.question}"] += 1
            continue
        kinds["roll calls of both"] += 1
        for state, code in one.ballots.items():
            theirs = other.ballots.get(state)
            if theirs == code:
                kinds["votes of both, equal"] += 1
            else:
                names = [_LETTER.get(value, "not listed") for value in (theirs, code)]  # type: ignore[arg-type]
                kinds[f"votes that differ: {names[0]} in the Library, {names[1]} in Voeten's"] += 1
    for kind, count in sorted(kinds.items()):
        print(f"{count:>9,} {kind}")


if __name__ == "__main__":
    main(sys.argv[1:])
