"""Arguments and calls of the library as this command line writes them."""

from __future__ import annotations

import shlex

from kg.calls import Argument, Call

_HELP = {"kg.sources.readers.mapped": ("build",)}
"""Modules to the command whose help shows what their docstring does."""
_FLAGS = {
    "end": "--to",
    "export format": "--format",
    "format": "-f",
    "mappings": "--map",
    "root": "--graph",
    "start": "--from",
    "timeout_s": "--timeout",
}
"""Arguments whose flag has another name, some of one verb alone; all others are called as they are."""
_COMMANDS = {"questions": ["query", "--list"]}
"""Verbs whose command has another name."""


def flag(name: str) -> str:
    """The flag of an argument, such as ``--max-hops`` for ``max_hops``."""
    return _FLAGS.get(name, f"--{name.replace('_', '-')}")


def command(part: Argument | Call) -> str:
    """An argument as its flag; a call as a command that a shell runs as it stands."""
    if isinstance(part, Argument):
        return _FLAGS.get(f"{part.verb} {part.name}") or flag(part.name)
    if part.verb == "help":
        return shlex.join(["kg", *_HELP[part.names[0]], "--help"])
    words = ["kg", *_COMMANDS.get(part.verb, part.verb.split()), *part.names]
    for name, value in part.arguments:
        if part.verb == "query":
            words.append(f"{name}={'...' if value is ... else value}")
        elif value is True or value is ...:
            words.append(flag(name))
        elif value is not False and value is not None:
            words += [flag(name), str(value)]
    return shlex.join(words)
