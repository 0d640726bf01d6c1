"""What a query from outside may not do, told from its text before any engine sees it."""

from __future__ import annotations

import re

from kg.errors import QueryError

LONGEST = 1 << 20
"""Longest query text, in characters."""
DEEPEST = 200
"""Deepest nesting of brackets; an engine on a small stack dies of some thousands."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
      |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
  | (?P<comment>\#[^\n\r]*)
  | (?P<name>[^\W\d]?[\w.\-]*:(?:[\w.\-:%]|\\.)*)
  | (?P<var>[?$]\w+)
  | (?P<word>[^\W\d]\w*)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORBIDDEN = {
    "service": "SERVICE asks another server; kg answers from its own graph alone",
    "load": "LOAD fetches a file; kg answers from its own graph alone",
    "insert": "the graph is read-only; change the facts in a data folder and run kg build --data",
    "delete": "the graph is read-only; change the facts in a data folder and run kg build --data",
}
_FORBIDDEN |= dict.fromkeys(
    ("clear", "drop", "create", "copy", "move", "add"), _FORBIDDEN["insert"]
)


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
    plain = _ESCAPE.sub(lambda m: _char(int(m[1] or m[2], 16)), text)
    depth = unary = 0
    for kind, token in tokens(plain):
        if kind == "word" and token.lower() in _FORBIDDEN:
            raise QueryError(f"{token.upper()} is not allowed: {_FORBIDDEN[token.lower()]}")
        depth += (kind == "open") - (kind == "close")
        unary = unary + 1 if token in "!^+-" else 0
        if max(depth, unary) > DEEPEST:
            raise QueryError(f"the query nests deeper than {DEEPEST} brackets; write it flatter")


def _char(point: int) -> str:
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else "?"
