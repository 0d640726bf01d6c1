"""Text that is safe to show: data never steers a terminal or a spreadsheet."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def visible(text: str) -> str:
    """The text with control and direction characters written out, such as ``\\x1b``."""
    return _STEERING.sub(lambda match: _escape(match[0]), text)


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
