"""What the tables of the Correlates of War share."""

from __future__ import annotations

from collections.abc import Callable

from kg.sources.intake.layout import Layout, csv_with, each_file
from kg.sources.intake.place import Place


def layout(key: str, title: str, page: str, read: Callable[[Place], int], marks: str) -> Layout:
    """A layout of the project, described on a page of its site."""
    return Layout(
        key=key,
        title=f"Correlates of War: {title}",
        publisher="Correlates of War Project",
        url=f"https://correlatesofwar.org/data-sets/{page}/",
        licence="none stated; asks for citation",
        marks=marks,
        recognises=csv_with(marks),
        reader=each_file(read),
    )
