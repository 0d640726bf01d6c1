"""Where a reader is: one part of a file, read as a source into an intake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kg.calls import Phrase
from kg.errors import RecordError, SourceError
from kg.model.records import Sourced
from kg.sources.intake.intake import Intake, Problem
from kg.sources.intake.stream import Part


@dataclass(frozen=True, slots=True)
class Place:
    """A part that is read as one source, and the intake that takes what comes of it."""

    part: Part
    intake: Intake
    source: str
    """Key of the source."""

    @property
    def unwatched(self) -> Part:
        """The part, to be read once more without a word to the meter."""
        return replace(self.part, watch=None)

    def note_problem(self, kind: str, line: int, text: str) -> None:
        """Note something that was not understood."""
        self.intake.add_problem(Problem(kind, self.part.name, line, text))

    def error_at(
        self, line: int, problem: str | Phrase, *, remedy: str | Phrase = ()
    ) -> SourceError:
        """An error about a line; line 0 means the whole."""
        return self.part.error_at(line, problem, remedy=remedy)

    def add_record(self, line: int, record: type[Sourced], /, **values: Any) -> bool:
        """Make a record and take it in; False, and a note, where it breaks a rule."""
        try:
            made = record(source=(self.source,), **values)
        except RecordError as error:
            self.note_problem("record refused", line, f"{record.__name__}: {error}; left out")
            return False
        self.intake.records.setdefault(self.source, []).append(made)
        return True
