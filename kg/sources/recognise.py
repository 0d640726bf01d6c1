"""Of which layout a file is; where of none, what its header is and which layout comes nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatch

from kg.calls import Argument, Phrase
from kg.errors import SourceError
from kg.sources.intake.layout import Head, Layout, head_of
from kg.sources.intake.stream import Part
from kg.sources.readers import LAYOUTS

_SHOWN = 30
"""Most columns of a header that a message shows."""
_WORD = re.compile(r"[^\W_]\w*\w")


def layout_of(part: Part, own: Sequence[Layout]) -> Layout:
    """The layout of a part: a mapping of the user's that fits it, else a published one.

    Raises:
        SourceError: It is of none, or two mappings fit it alike.
    """
    head = head_of(part)
    fitting = [
        one for one in own if one.recognises(head) and fnmatch(part.path.name, one.file or "*")
    ]
    if fitting:
        return _closest(part, fitting)
    for layout in LAYOUTS:
        if layout.recognises(head):
            return layout
    raise _unknown(part, head, own)


def _closest(part: Part, fitting: list[Layout]) -> Layout:
    """The mapping that names the file, else the one that wants the most columns."""
    named = [one for one in fitting if one.file] or fitting
    most = max(len(one.columns) for one in named)
    first, *others = [one for one in named if len(one.columns) == most]
    if others:
        both = ", ".join(repr(one.key) for one in (first, *others))
        raise part.error_at(
            1,
            f"fits the mappings {both} alike",
            remedy=f'say in each for which file it is: file = "{part.path.name}"',
        )
    return first


def _unknown(part: Part, head: Head, own: Sequence[Layout]) -> SourceError:
    shown = ", ".join(head.columns[:_SHOWN])[:500]
    more = f" and {len(head.columns) - _SHOWN} more" if len(head.columns) > _SHOWN else ""
    what = f"{'its columns are' if head.kind == 'csv' else 'it begins with'} {shown!r}{more}"
    if len(head.columns) == 1 and re.search(r"[a-z]_[a-z]", head.columns[0]):
        what += ", which is one column: are its columns divided by commas?"
    if own and head.kind == "csv":
        wanted = " or ".join(_wanted(part, head, one) for one in own)
        return part.error_at(
            1, f"fits no mapping and is of no known layout: {what}; wanted {wanted}"
        )
    remedy: Phrase = ("for a CSV of votes of your own give ", Argument("mappings"))
    titles = "; ".join(dict.fromkeys(layout.title for layout in LAYOUTS))
    problem = f"is of no known layout: {what}; {_nearest(head)}; known: {titles}"
    return part.error_at(1, problem, remedy=remedy)


def _wanted(part: Part, head: Head, mapping: Layout) -> str:
    """What a mapping wants, and what of it is not there."""
    lacking = [column for column in mapping.columns if column not in head.columns]
    text = f"the columns {mapping.marks}"
    if lacking:
        return f"{text}, of which {', '.join(lacking)} is not there"
    return f"{text}, in a file named {mapping.file}, not {part.path.name}"


def _nearest(head: Head) -> str:
    """The published layout of which the largest part of the columns is there."""
    marks = {id(one): _columns(one.marks) for one in LAYOUTS}
    found = {id(one): marks[id(one)] & set(head.columns) for one in LAYOUTS}
    best = max(LAYOUTS, key=lambda one: len(found[id(one)]) / max(1, len(marks[id(one)])))
    if not found[id(best)]:
        return "no known layout has a column of these"
    return f"nearest: {best.title}, known by {best.marks}"


def _columns(marks: str) -> set[str]:
    """The names of columns in the marks of a layout."""
    words = _WORD.findall(marks.replace("(s)", "").split(" (")[0])
    return set(words) - {"and", "or", "with", "XML", "JSON", "lines", "whose", "root", "is"}
