"""The votes of one account, as compact as they can be: one byte for each state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping

NO_BALLOT = 0xFF
"""The byte of a state that the account does not list."""

_PLACES: dict[str, int] = {}
_STATES: list[str] = []


def place_of(state: str) -> int:
    """Where the byte of a state stands in every account: states are numbered as they are first met."""
    place = _PLACES.get(state)
    if place is None:
        place = _PLACES[state] = len(_STATES)
        _STATES.append(state)
    return place


def states() -> tuple[str, ...]:
    """The states that were met, in the order of their places."""
    return tuple(_STATES)


class BallotBytes(MutableMapping[str, int]):
    """State to code of ``kg.votes.table.CODES``, or its ``UNKNOWN`` where the vote could not be read.

    Args:
        given: What it holds at first.
    """

    __slots__ = ("codes",)

    def __init__(self, given: Mapping[str, int] | None = None) -> None:
        self.codes = bytearray()
        """The code of each state at its place, ``NO_BALLOT`` where it is not listed."""
        if given:
            self.update(given)

    def reach(self, place: int) -> None:
        """Make room for a place."""
        if (lacking := place + 1 - len(self.codes)) > 0:
            self.codes += bytes((NO_BALLOT,)) * (lacking + 64)

    def count(self, code: int) -> int:
        """How many states have that code."""
        return self.codes.count(code)

    def __getitem__(self, state: str) -> int:
        place = _PLACES.get(state, len(self.codes))
        if place >= len(self.codes) or (code := self.codes[place]) == NO_BALLOT:
            raise KeyError(state)
        return code

    def __setitem__(self, state: str, code: int) -> None:
        place = place_of(state)
        self.reach(place)
        self.codes[place] = code

    def __delitem__(self, state: str) -> None:
        self[state]  # raises where there is none
        self.codes[_PLACES[state]] = NO_BALLOT

    def __iter__(self) -> Iterator[str]:
        return (_STATES[place] for place, code in enumerate(self.codes) if code != NO_BALLOT)

    def __len__(self) -> int:
        return len(self.codes) - self.codes.count(NO_BALLOT)

    def __repr__(self) -> str:
        return f"BallotBytes({dict(self)!r})"
