"""How much of each file was lost: a build stops where nothing was understood, or over a tenth was not."""

from __future__ import annotations

from pathlib import Path

from kg.calls import Argument
from kg.errors import SourceError
from kg.sources.intake.intake import FileRead, Intake
from kg.votes.table import UNKNOWN

MOST_LOST = 0.1
"""The largest share that may be lost without consent."""
_UNREAD = ("two votes", "unknown vote")
"""Kinds of problem that leave a vote in its roll call as not known."""
_LOST = (
    *_UNREAD,
    *("date before year 1", "end before start", "no alliance number", "no date", "no pair"),
    *("no role", "no veto", "record not read", "record refused"),
    *("row of a roll call left out", "unknown person", "unknown state", "unknown type"),
    *("vote left out", "vote without roll call"),
)
"""Kinds of problem that say of a vote, or of a row where a file holds none, that it is not in the graph.

A term of a leader without dates is left out too, but was understood: the list has none, and keeps the person.
"""


def check(intake: Intake, *, accept: bool = False) -> None:
    """Refuse files of which too much was lost; those that came with the facts are known.

    Args:
        intake: What was read.
        accept: Whether more than a tenth of a file may be lost.

    Raises:
        SourceError: Of a file nothing was understood, or too much was not.
    """
    files: dict[str, list[FileRead]] = {}
    for entry in intake.given:
        files.setdefault(entry.source, []).append(entry)
    for entries in files.values():
        _check_source(entries, intake, accept)


def _check_source(entries: list[FileRead], intake: Intake, accept: bool) -> None:
    """Weigh the files of one source together: a table of roll calls gives nothing without its votes."""
    names = {entry.file for entry in entries}
    counts = {
        kind: sum(intake.problem_counts[file, kind] for file in names)
        for kind in sorted({kind for file, kind in intake.problem_counts if file in names})
    }
    unread = min(sum(counts.get(kind, 0) for kind in _UNREAD), _unknown_in(names, intake))
    lost = unread + sum(counts.get(kind, 0) for kind in _LOST if kind not in _UNREAD)
    rows = sum(entry.row_count for entry in entries)
    votes = sum(entry.vote_count for entry in entries)
    kept = votes - unread if votes else rows - lost
    if not lost or (kept > 0 and (accept or lost <= MOST_LOST * (kept + lost))):
        return
    worst = max(entries, key=lambda entry: _lost_in(entry.file, intake))
    first = next(p for p in intake.problems if p.file == worst.file and p.kind in _LOST)
    kinds = sorted((kind for kind in _LOST if counts.get(kind)), key=lambda kind: -counts[kind])
    listed = ", ".join(f"{kind} {counts[kind]:,}" for kind in kinds[:4])
    reason = f"{listed}; the first at line {first.line}, {first.kind}: {first.text}"
    if kept <= 0:
        raise SourceError(
            Path(worst.file),
            0,
            f"nothing in it was understood: {rows:,} rows read and none kept ({reason})",
            remedy="is it what its header says? write it as that layout has it",
        )
    raise SourceError(
        Path(worst.file),
        0,
        f"{lost:,} of {kept + lost:,} {'votes' if votes else 'rows'} were not understood ({reason})",
        remedy=("mend the file, or build without them by ", Argument("accept_losses")),
    )


def _unknown_in(names: set[str], intake: Intake) -> int:
    """How many votes are kept as not known: of one that stands in many rows several problems are noted."""
    read = (account for account in intake.accounts if account.path in names)
    return sum(account.ballots.codes.count(UNKNOWN) for account in read)


def _lost_in(file: str, intake: Intake) -> int:
    return sum(intake.problem_counts[file, kind] for kind in _LOST)
