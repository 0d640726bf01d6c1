"""What a query from outside may not do, seen in its text before any engine reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.calls import Call, Phrase
from kg.errors import QueryError

LONGEST = 1 << 20
"""Longest query text, in characters."""
DEEPEST = 200
"""Deepest nesting of brackets; an engine on a small stack dies of some thousands."""

_TOKEN = re.compile(
    r"""
    (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]{4})*>)
  | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*+'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*+\"\"\"
      |'(?:[^'\\\n\r]|\\.)*+'?|"(?:[^"\\\n\r]|\\.)*+"?)
  | (?P<comment>\#[^\n\r]*)
  | (?P<name>(?:[^\W\d][\w.\-]*)?:(?:(?:[\w:%]|\\.)(?:[\w\-:%]|\\.|\.+(?=[\w\-:%\\]))*)?)
  | (?P<var>[?$]\w+)
  | (?P<word>[^\W\d](?:[\w.\-]*\w)?)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TWO_FACED = re.compile(r"[)'#]")
_READ_ONLY: Phrase = (
    "the graph is read-only; change the facts in a data folder and run ",
    Call("build", arguments=(("data", ...),)),
)
_FORBIDDEN: dict[str, Phrase] = {
    "service": ("SERVICE asks another server; kg answers from its own graph alone",),
    "load": ("LOAD fetches a file; kg answers from its own graph alone",),
    **dict.fromkeys(
        ("insert", "delete", "clear", "drop", "create", "copy", "move", "add"), _READ_ONLY
    ),
}
"""Words that a query may not hold, and why."""


def tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of each token of a query, white space and comments left out."""
    return [
        (match.lastgroup or "", match[0])
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "comment" and not match[0].isspace()
    ]


def check(text: str) -> None:
    """Refuse a query that is too long, too deep, or would leave the graph.

    Raises:
        QueryError: It is refused; the text says why.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text):,} characters, more than {LONGEST:,}")
    if "\x00" in text:
        raise QueryError("the query holds a NUL character")
    depth = unary = 0
    for kind, token in tokens(text):
        if kind == "word":
            for word in re.split(r"[.\-]", token.lower()):
                if word in _FORBIDDEN:
                    raise QueryError((f"{word.upper()} is not allowed: ", *_FORBIDDEN[word]))
        if token == "\\" or (kind == "name" and re.search(r"\\[uU]", token)):
            raise QueryError("a \\u escape stands outside a string; write the character itself")
        depth += (kind == "open") - (kind == "close")
        unary = unary + 1 if token in "!^+-" else 0
        if max(depth, unary) > DEEPEST:
            raise QueryError(f"the query nests deeper than {DEEPEST} brackets; write it flatter")
    if "service" in text.lower() and any(_asks_elsewhere(*token) for token in _every_reading(text)):
        raise QueryError(("SERVICE is not allowed: ", *_FORBIDDEN["service"]))


def _asks_elsewhere(kind: str, token: str) -> bool:
    """Whether an engine can read SERVICE in it; engines need no space before or after the word."""
    if kind == "name":
        token = token.partition(":")[0]
    return kind in ("word", "name") and "service" in token.lower()


def _every_reading(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of a query in each way to read it.

    ``<`` begins an IRI or is "less than", and only the grammar knows which. Where an IRI would hold a
    bracket, a quote or a ``#``, what follows is read from there too, as if there were no IRI.
    """
    seen: set[int] = set()
    starts = [0]
    while starts:
        at = starts.pop()
        while at not in seen and (match := _TOKEN.match(text, at)):
            seen.add(at)
            kind, at = match.lastgroup or "", match.end()
            if kind == "iri" and (turn := _TWO_FACED.search(match[0])):
                starts.append(match.start() + turn.start())
            yield kind, match[0]
