"""The receipt of measured numbers: by which formula and from which votes they were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.calls import Phrase, Spelling, python, spell
from kg.model.words import Absence, Continuity
from kg.output.text import plural
from kg.votes.methods import Method

_ABSENT: dict[Absence, str] = {
    "skip": "a roll call counts where a vote was cast, yes, no or abstention; absence is skipped",
    "own": "absence of a member is an answer of its own, one step from each other",
    "as-no": "absence of a member counts as a no",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What numbers were made of."""

    measure: Method
    """By which formula; one of ``METHODS``, or what the analysis itself defines."""
    start: date
    """Day of the first roll call that counted."""
    end: date
    """Day of the last one."""
    rollcall_count: int
    """How many counted."""
    kept: str
    """Which roll calls were taken, in words."""
    absent: Absence = "skip"
    continuity: Continuity = "state"
    interval: str = ""
    """How the interval was found."""
    seed: int | None = None
    """Of what was drawn by lot; None where nothing was."""
    source: tuple[str, ...] = ()
    """The sources of the votes."""
    derived: tuple[str, ...] = ()
    """The same as ``source:key`` or ``dataset:key``."""
    of: tuple[str, ...] = ()
    """Whom every number is about, as ``kind:key``; a row may add a state."""
    notes: tuple[str | Phrase, ...] = ()
    """Warnings and what was left out."""
    votes: Phrase = ()
    """The calls that list the votes behind the numbers."""

    @property
    def treatment(self) -> str:
        """What abstention and absence counted as."""
        return _ABSENT[self.absent]

    @property
    def drawn(self) -> str:
        """How the interval was found, with the seed."""
        return self.interval if self.seed is None else f"{self.interval}, seed {self.seed}"

    def lines(self, spelling: Spelling = python) -> Iterator[tuple[str, str]]:
        """The receipt in words: what each line is of, and its text."""
        measure = self.measure
        bounds = f" ({measure.range})" if measure.range else ""
        yield "measure", f"{measure.name}: {measure.formula}{bounds}"
        yield "formula from", measure.source
        rolls = plural(self.rollcall_count, "roll call", grouped=True)
        yield "made of", f"{rolls} from {self.start} to {self.end}: {self.kept}"
        yield "absence", self.treatment
        if self.continuity == "seat":
            yield (
                "continuity",
                "the votes of all that held a seat count as those of its last holder",
            )
        if self.interval:
            yield "interval", self.drawn
        yield "source", "; ".join(self.source)
        for note in self.notes:
            yield "note", spell(note, spelling)
        if self.votes:
            yield "the votes", spell(self.votes, spelling)

    def columns(self) -> dict[str, str]:
        """The receipt as columns of a table, by their names."""
        return {
            "method": self.measure.key,
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "rollcalls": str(self.rollcall_count),
            "kept": self.kept,
            "absent": self.absent,
            "continuity": self.continuity,
            "interval": self.drawn if self.interval else "",
            "formula_source": self.measure.source,
            "source": "; ".join(self.source),
        }

    def fields(self, spelling: Spelling = python) -> dict[str, object]:
        """The receipt as fields of a JSON object, by their names."""
        return {
            "method": self.measure.key,
            "name": self.measure.name,
            "formula": self.measure.formula,
            "formula_source": self.measure.source,
            "range": self.measure.range,
            "start": self.start,
            "end": self.end,
            "rollcall_count": self.rollcall_count,
            "kept": self.kept,
            "absent": self.absent,
            "continuity": self.continuity,
            "interval": self.interval,
            "seed": self.seed,
            "source": self.source,
            "derived": self.derived,
            "of": self.of,
            "notes": [spell(note, spelling) for note in self.notes],
            "votes": spell(self.votes, spelling),
            "treatment": self.treatment,
        }
