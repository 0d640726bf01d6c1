"""What comes of comparing a claim with the record, and the reads that every comparison shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from kg.errors import GraphError
from kg.graph.snapshot import Snapshot
from kg.model.records import Document, Organisation, RollCall, Sourced, State
from kg.model.words import KEY
from kg.rdf.shapes import shape_of

R = TypeVar("R", bound=Sourced)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One claim compared with the record."""

    holds: bool | None
    """Whether the record bears it out; None where the record cannot tell."""
    record: str
    """What the record has, or why it cannot tell."""
    sources: tuple[str, ...] = ()
    """Keys of the sources of what the record has."""


def find(snapshot: Snapshot, record: type[R], key: str) -> R | None:
    """The record of a class with a key; None where there is none, or the text is no key."""
    if not KEY.fullmatch(key):
        return None
    found = snapshot.record(shape_of(record).kind, key)
    return found if isinstance(found, record) else None


def get(snapshot: Snapshot, record: type[R], key: str) -> R:
    """The record of a class with a key.

    Raises:
        GraphError: There is none; the build refuses a claim that names what is not there.
    """
    found = find(snapshot, record, key)
    if found is None:
        raise GraphError(f"the graph has no {shape_of(record).kind} {key}")
    return found


def state_name(snapshot: Snapshot, key: str) -> str:
    """What a reader calls a state."""
    return get(snapshot, State, key).name


def organisation_name(snapshot: Snapshot, key: str) -> str:
    """What a reader calls an organisation or alliance."""
    return get(snapshot, Organisation, key).name


def symbol(snapshot: Snapshot, roll_call: RollCall) -> str:
    """The symbol of the text that was voted on, such as ``A/RES/ES-11/6``."""
    return get(snapshot, Document, roll_call.document).symbol
