"""Text that is safe to show: data never steers a terminal, a page or a spreadsheet."""

from __future__ import annotations

import re

_STEERING = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the reading direction
    "\u200b\u2028\u2029\u2060-\u2065\ufeff"  # hide, or end a line
    "\ud800-\udfff\ufffe\uffff"  # halves of characters, and what is none
)
"""The characters that steer whatever shows them, as the inside of a character class."""
STEERING = re.compile(f"[{_STEERING}]")
"""One character that is never shown as it is."""
_ON_A_TERMINAL = re.compile(f"[{_STEERING}\t\n\r\u200c\u200d]")
"""Spaces and joiners too: a page folds the ones and shapes letters by the others, a terminal does not."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def visible(text: str) -> str:
    """The text for a terminal, steering characters written out as in ``\\x1b``."""
    if text.isascii() and text.isprintable():
        return text
    return _ON_A_TERMINAL.sub(lambda match: _escape(match[0]), text)


def bracketed(text: str) -> str:
    """The text for a page, steering characters written out as in ``[U+202E]``."""
    return STEERING.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def cell(text: str) -> str:
    """The text as a CSV cell that no spreadsheet runs as a formula: it gets a leading ``'``."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _escape(char: str) -> str:
    if char in "\n\t":
        return " "
    point = ord(char)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def plural(count: int, noun: str, *, grouped: bool = False) -> str:
    """A count with its noun, such as ``1 row`` and ``2 rows``; grouped, ``1,234 rows``."""
    number = f"{count:,}" if grouped else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"
