"""What the tables of ``data/record/`` share: rows of one string of answers, and the states of a cell.

The answers of a roll call are one letter for each state, in the order of the row ``seats`` that stands above
it: the states that held a seat of the organ in that year. ``Y`` yes, ``N`` no, ``A`` abstained, ``X`` cast no
vote, ``?`` a vote that could not be read, ``-`` not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kg.errors import RecordError
from kg.model.accounts import Account
from kg.model.ballots import NO_BALLOT, BallotBytes, place_of
from kg.model.words import check_key
from kg.sources.intake.place import Place
from kg.sources.intake.rows import CsvRows
from kg.votes.table import CODES, UNKNOWN

LETTERS: dict[str, int] = {
    "Y": CODES["yes"],
    "N": CODES["no"],
    "A": CODES["abstain"],
    "X": CODES["nonvoting"],
    "?": UNKNOWN,
}
"""Letter of an answer to the code of what was done."""
NOT_LISTED = "-"
"""What stands for a state that the source does not list in the roll call."""
_CODES = {**LETTERS, NOT_LISTED: NO_BALLOT}
SEATS = "seats"
"""The name of a row that gives the order of the answers below it."""
BUNDLED = "as bundled with kg"
"""What ends the title of each table."""


class Answers:
    """Strings of answers, each in the order of the seats above it."""

    def __init__(self, place: Place) -> None:
        self._seats: tuple[str, ...] = ()
        self._places: tuple[int, ...] = ()
        self._known = states_of(place)

    def seats(self, printed: str) -> None:
        """Take the order of the rows below.

        Raises:
            ValueError: A state is not known, or stands twice.
        """
        self._seats = known(printed, self._known)
        if len(set(self._seats)) < len(self._seats):
            raise ValueError("a state stands twice in the order of seats")
        self._places = tuple(map(place_of, self._seats))

    def ballots(self, printed: str) -> BallotBytes:
        """What each state did.

        Raises:
            ValueError: They are not as many as the seats, or a letter is none of theirs.
        """
        if len(printed) != len(self._seats):
            raise ValueError(f"{len(printed)} answers for {len(self._seats)} seats")
        if strange := set(printed) - {*LETTERS, NOT_LISTED}:
            raise ValueError(
                f"no answer: {', '.join(sorted(strange))}; known: {', '.join(LETTERS)}"
            )
        ballots = BallotBytes()
        ballots.reach(max(self._places, default=0))
        for place, letter in zip(self._places, printed, strict=True):
            ballots.codes[place] = _CODES[letter]
        return ballots


def read_accounts(
    place: Place, columns: tuple[str, ...], account: Callable[[Place, dict[str, str]], Account]
) -> int:
    """Take in a table of roll calls with answers; how many rows it has."""
    answers, rows = Answers(place), CsvRows(place)
    for line, row in rows.named(columns):
        with at_line(place, line):
            if row["rollcall"] == SEATS:
                answers.seats(row["answers"])
                continue
            check_key(row["rollcall"])
            one = account(place, row)
            one.ballots = answers.ballots(row["answers"])
        one.path, one.line = place.part.name, line
        place.intake.accounts.append(one)
    return rows.count


@contextmanager
def at_line(place: Place, line: int) -> Iterator[None]:
    """What is wrong within is wrong in a line."""
    try:
        yield
    except (RecordError, ValueError) as error:
        raise place.error_at(line, str(error)) from error


def one_of(text: str, allowed: tuple[str, ...]) -> str:
    """The text, if it is one of those.

    Raises:
        ValueError: It is not.
    """
    if text not in allowed:
        raise ValueError(f"{text!r} is none of {', '.join(allowed)}")
    return text


def listed(cell: str) -> tuple[str, ...]:
    """The texts of a cell, which ``|`` divides."""
    return tuple(cell.split("|")) if cell else ()


def states_of(place: Place) -> frozenset[str]:
    """The keys of all known states."""
    entries = place.intake.names.entries
    return frozenset(entry.key for entry in entries if entry.kind == "state")


def known(printed: str, states: frozenset[str]) -> tuple[str, ...]:
    """The states of a cell.

    Raises:
        ValueError: One of them is not known.
    """
    if unknown := [state for state in printed.split() if state not in states]:
        raise ValueError(f"no known state: {', '.join(unknown)}")
    return tuple(printed.split())
