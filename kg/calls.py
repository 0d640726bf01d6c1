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
    verb: str = ""
    """The verb it belongs to, where a front may spell it otherwise than the same argument of others."""


@dataclass(frozen=True, slots=True)
class Call:
    """A verb of the library and what it is called with."""

    verb: str
    """Such as ``query``; ``build``, ``diff``, ``open``, ``questions`` and ``update`` are functions of ``kg``,
    ``help`` is Python's own, others are of a graph."""
    names: tuple[str, ...] = ()
    """What it is called with in order: names of states, of a shipped question."""
    arguments: tuple[tuple[str, object], ...] = ()
    """What it is called with by name, in order; ``...`` is a value that the reader has to fill in."""


Part = str | Argument | Call
Phrase = tuple[Part, ...]
"""A sentence in parts."""
Spelling = Callable[[Argument | Call], str]
"""How a front writes an argument or a call."""


_FUNCTIONS = ("build", "diff", "open", "questions", "update")


def python(part: Argument | Call) -> str:
    """An argument or a call as a reader of Python would type it."""
    if isinstance(part, Argument):
        return part.name
    owner = "kg." if part.verb in _FUNCTIONS else "" if part.verb == "help" else "g."
    shown = [repr(name) for name in part.names]
    shown += [f"{name}={'...' if value is ... else repr(value)}" for name, value in part.arguments]
    return f"{owner}{part.verb}({', '.join(shown)})"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A remark of the library, which each front spells in its own way; ``str`` spells it for Python."""

    parts: Phrase

    def text(self, spelling: Spelling = python) -> str:
        """The sentence with its arguments and calls as a front spells them."""
        return spell(self.parts, spelling)

    def __str__(self) -> str:
        return self.text()


def spell(phrase: str | Phrase, spelling: Spelling = python) -> str:
    """The phrase as one text."""
    if isinstance(phrase, str):
        return phrase
    return "".join(part if isinstance(part, str) else spelling(part) for part in phrase)
