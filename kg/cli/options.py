"""Options and words that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from kg import dates
from kg.errors import RecordError

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
        except RecordError as error:
            self.fail(str(error), param, ctx)


def graph_option(command: F) -> F:
    """``--graph DIR``."""
    return click.option(
        "--graph",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The graph folder; without it KG_GRAPH, else your own data folder, built on first use.",
    )(command)


def on_option(told: str) -> Callable[[F], F]:
    """``--on DATE`` with what it means here."""
    return click.option("--on", type=Day(), metavar="DATE", help=told)


def output_option(told: str, required: bool = False) -> Callable[[F], F]:
    """``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        required=required,
        help=told,
    )
