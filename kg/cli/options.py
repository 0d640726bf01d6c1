"""Options and words that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli import terminal
from kg.errors import RecordError
from kg.model import dates

if TYPE_CHECKING:
    from kg.api import Graph

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return dates.day(str(value))
        except RecordError:
            self.fail(f"{value!r} is not a day; write YYYY-MM-DD", param, ctx)


def graph_option(command: F) -> F:
    """``--graph DIR``."""
    return click.option(
        "--graph",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The graph folder; without it KG_GRAPH, else your own data folder, built on first use.",
    )(command)


def opened(root: Path | None) -> Graph:
    """The graph to answer from; a graph that has to be built first is announced on standard error."""
    import kg

    with terminal.progress(announces=False) as progress:
        return kg.open(root, notice=terminal.note, progress=progress)


def note_beyond(graph: Graph, *days: date) -> None:
    """Remark on standard error that a day is later than the facts, which may have changed since."""
    remark = graph.beyond(*days)
    if remark:
        click.echo(remark, err=True)


def on_option(help_text: str) -> Callable[[F], F]:
    """``--on DATE`` with what it means here."""
    return click.option("--on", type=Day(), metavar="DATE", help=help_text)


def mappings_option(command: F) -> F:
    """``--map TOML``, repeatable."""
    return click.option(
        "--map",
        "mappings",
        multiple=True,
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="TOML",
        help="What the columns of a CSV of votes of your own mean; repeatable.",
    )(command)


def output_option(help_text: str, required: bool = False) -> Callable[[F], F]:
    """``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        required=required,
        help=help_text,
    )


def continuity_option(command: F) -> F:
    """``--continuity state|seat``."""
    return click.option(
        "--continuity",
        type=click.Choice(["state", "seat"]),
        help="What compares years: each state alone (the default), or all that held its seat as one.",
    )(command)
