"""Rows as columns of text that fit a width: numbers stay whole, long text is folded or stands below."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

GAPS = (3, 2)
"""Spaces between two columns, the fewer where that saves a column from being folded."""
LONG = 32
"""Text longer than this stands below its row where its column would be narrower than this; the first
column never does."""
_WORD = 20
"""Longest word that a column keeps whole where there is little room."""
_LEAST = 6
"""Narrowest column of text."""
_LETTER = re.compile(r"[^\W\d_]")
_INDENT = 4
"""Spaces before what stands below a row."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where each column stands."""

    beside: tuple[int, ...]
    """Places of the columns that stand side by side."""
    widths: tuple[int, ...]
    """The width of each of them."""
    right: tuple[bool, ...]
    """Whether each of them stands to the right."""
    below: tuple[int, ...]
    """Places of those that stand below the row."""
    gap: int
    """Spaces between two columns."""
    width: int
    """Characters on a line."""

    def row(self, cells: Sequence[str], names: Sequence[str] = ()) -> Iterator[str]:
        """The lines of one row; several texts below it get the names of their columns."""
        folded = [_folded(cells[i], w) for i, w in zip(self.beside, self.widths, strict=True)]
        for at in range(max(map(len, folded))):
            parts = [part[at] if at < len(part) else "" for part in folded]
            line = map(_padded, parts, self.widths, self.right)
            yield (" " * self.gap).join(line).rstrip()
        for i in self.below:
            lead = f"{names[i]}: " if names and len(self.below) > 1 else ""
            if cells[i]:
                for part in _folded(lead + cells[i], self.width - _INDENT):
                    yield " " * _INDENT + part


def lines(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, right: Collection[str] = ()
) -> Iterator[str]:
    """The heading, a rule, and the rows, a row on several lines where there is no room for one.

    Args:
        columns: The headings.
        rows: A text for each column.
        width: Characters on a line; it is kept unless there are too many columns for it.
        right: Columns that stand to the right, as numbers do.
    """
    layout = _layout(columns, rows, width, right)
    yield from layout.row(columns)
    yield "─" * (sum(layout.widths) + layout.gap * (len(layout.widths) - 1))
    for row in rows:
        yield from layout.row(row, columns)


def _layout(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, right: Collection[str]
) -> _Layout:
    texts = [[name, *(row[i] for row in rows)] for i, name in enumerate(columns)]
    natural = [max(map(_shown, column)) for column in texts]
    spare = [i for i in range(1, len(columns)) if natural[i] > LONG and columns[i] not in right]
    spare.sort(key=lambda i: -natural[i])
    spare += [i for i in range(len(columns) - 1, 0, -1) if i not in spare]
    below: set[int] = set()
    while True:
        beside = [i for i in range(len(columns)) if i not in below]
        # a column of long text may be folded, as long as it is not narrow
        least = sum(min(natural[i], LONG) if i in spare else natural[i] for i in beside)
        gap = next((g for g in GAPS if least + g * (len(beside) - 1) <= width), 0)
        if gap or not spare:
            break
        below.add(spare.pop(0))
    gap = gap or GAPS[-1]
    shown = [texts[i] for i in beside]
    widths = _widths(shown, [natural[i] for i in beside], width - gap * (len(beside) - 1))
    return _Layout(
        tuple(beside),
        tuple(widths),
        tuple(columns[i] in right for i in beside),
        tuple(sorted(below)),
        gap,
        width,
    )


def _widths(texts: Sequence[Sequence[str]], natural: list[int], room: int) -> list[int]:
    """The width of each column: as its longest cell, or what there is room for; numbers, days stay whole."""
    if sum(natural) <= room:
        return natural
    words = [i for i, column in enumerate(texts) if any(map(_LETTER.search, column[1:]))]
    widths = [
        min(whole, max(_LEAST, min(_longest_word(texts[i]), _WORD))) if i in words else whole
        for i, whole in enumerate(natural)
    ]
    while sum(widths) > room and words:
        widest = max(words, key=lambda i: widths[i])
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    left = max(0, room - sum(widths))
    order = sorted(range(len(widths)), key=lambda i: natural[i] - widths[i])
    for rank, i in enumerate(order):
        more = min(natural[i] - widths[i], left // (len(order) - rank))
        widths[i] += more
        left -= more
    return widths


def _longest_word(column: Sequence[str]) -> int:
    return max(len(word) for text in column for word in (text.split() or [""]))


def _shown(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _shown(text))
    return space + text if right else text + space


def _folded(text: str, width: int) -> list[str]:
    if _shown(text) <= width:
        return [text]
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False)
