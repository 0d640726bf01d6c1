"""Calls and arguments as data, so that each front spells them in its own way.

The library never writes a flag or a command: an error or a receipt names a verb and its arguments as Python
has them, and the command line, Python or a server prints that as its own readers would type it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of the library by its name, such as ``timeout_s``."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A verb of the library and what it is called with."""

    verb: str
    """Such as ``query``; ``build`` and ``open`` are functions of ``kg``, all others of the graph."""
    names: tuple[str, ...] = ()
    """What it is called with in order: names of states, of a shipped question."""
    arguments: tuple[tuple[str, object], ...] = ()
    """What it is called with by name, in order."""


Part = str | Argument | Call
Phrase = tuple[Part, ...]
"""A sentence in parts."""
Spelling = Callable[[Argument | Call], str]
"""How a front writes an argument or a call."""


def python(part: Argument | Call) -> str:
    """An argument or a call as a reader of Python would type it."""
    if isinstance(part, Argument):
        return part.name
    owner = "kg" if part.verb in ("build", "open") else "g"
    shown = [repr(name) for name in part.names]
    shown += [f"{name}={value!r}" for name, value in part.arguments]
    return f"{owner}.{part.verb}({', '.join(shown)})"


def spell(phrase: Phrase, spelling: Spelling = python) -> str:
    """The phrase as one text."""
    return "".join(part if isinstance(part, str) else spelling(part) for part in phrase)
