"""What the forms of Alliance Treaty Obligations and Provisions (ATOP) share."""

from __future__ import annotations

from collections.abc import Callable

from kg.sources.intake.layout import Layout, csv_with, each_file
from kg.sources.intake.place import Place

OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
"""Columns of obligations."""


def layout(key: str, title: str, read: Callable[[Place], int], marks: str) -> Layout:
    """A layout of ATOP, recognised by columns such as ``atopid, ccode1|statea``."""
    return Layout(
        key=key,
        title=f"Alliance Treaty Obligations and Provisions (ATOP), {title}",
        publisher="ATOP project (Leeds, Ritter, Mitchell, Long)",
        url="http://www.atopdata.org/",
        licence="none stated; asks for citation",
        marks=marks.replace("|", " or "),
        recognises=csv_with(marks),
        reader=each_file(read),
    )
