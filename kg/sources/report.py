"""What a build read from each file, and all that it did not understand, as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ExportError
from kg.output import files
from kg.output.csv import rows_to_csv
from kg.sources.intake.intake import MOST_LISTED, Intake

COLUMNS = ("kind", "file", "line", "count", "text")


def check(path: Path) -> str:
    """The ending of a report's name, so that a wrong one is refused before a build and not after it.

    Raises:
        ExportError: It is neither .csv nor .json, or the folder is not there.
    """
    ending = path.suffix.lower()
    if ending not in (".csv", ".json", ""):
        raise ExportError(
            f"a report is CSV or JSON, not {ending}", remedy="end the name in .csv or .json"
        )
    if not path.parent.is_dir():
        raise ExportError(
            f"{path} cannot be written: there is no folder {path.parent}", remedy="make it first"
        )
    return ending


def checked(path: Path | str | None) -> Path | None:
    """Where a report is to go, once its name is looked at; see ``check``."""
    if path is not None:
        check(Path(path))
    return Path(path) if path is not None else None


def write(intake: Intake | None, path: Path) -> None:
    """Write the report, as JSON where the name ends in .json, else as CSV.

    Raises:
        ExportError: The file cannot be written, or the name says another format.
    """
    ending = check(path)
    rows = list(_rows(intake)) if intake else []
    if ending == ".json":
        records = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        text = json.dumps(records, indent=1, ensure_ascii=False) + "\n"
    else:
        text = rows_to_csv(COLUMNS, [[str(cell) for cell in row] for row in rows])
    files.replace(path, lambda file: file.write(text.encode()))


def _rows(intake: Intake) -> Iterator[tuple[str, str, int, int, str]]:
    for entry in intake.given:
        text = (
            f"{entry.layout}; source {entry.source}; sha256 {entry.digest}; {entry.row_count} rows, "
            f"{entry.rollcall_count} roll calls, {entry.vote_count} votes, {entry.record_count} records"
        )
        text = f"{text}; {entry.remark}" if entry.remark else text
        yield "file read", entry.file, 0, entry.row_count, text
    for (file, kind), count in sorted(intake.problem_counts.items()):
        more = f"; the first {MOST_LISTED} are listed" if count > MOST_LISTED else ""
        yield f"{kind}, counted", file, 0, count, f"{count} in this file{more}"
    for problem in intake.problems:
        yield problem.kind, problem.file, problem.line, 1, problem.text
