"""What a person sees in the terminal: tables that fit, text that cannot steer it."""

from __future__ import annotations

import contextlib
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg.calls import Sentence
from kg.cli.spelling import command
from kg.output import grid
from kg.output.text import visible

if TYPE_CHECKING:
    from rich.progress import TaskID


def width() -> int:
    """Columns of the terminal, 100 where there is none."""
    return shutil.get_terminal_size((100, 40)).columns


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[str] = ()
) -> None:
    """Print a table; columns of numbers stand to the right."""
    heads = [visible(name) for name in columns]
    body = [[visible(cell) for cell in row] for row in rows]
    numbers = {visible(name) for name in right}
    head, *lines = grid.lines(heads, body, width(), numbers)
    click.secho(head, bold=True)
    click.echo("\n".join(lines))


def paragraph(text: str, indent: int = 0, lead: str = "") -> None:
    """Print text, wrapped to the width of the terminal; ``lead`` stands in the indent before it."""
    first = " " * (indent - len(lead)) + lead
    click.echo(
        textwrap.fill(
            visible(text),
            width(),
            initial_indent=first,
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
    )


def heading(text: str) -> None:
    """Print a heading with an empty line before it."""
    click.echo()
    click.secho(visible(text), bold=True)


def note(remark: str | Sentence) -> None:
    """Print a remark to standard error, arguments and calls spelled as flags and commands."""
    text = remark if isinstance(remark, str) else remark.text(command)
    click.echo(visible(text), err=True)


@contextlib.contextmanager
def progress(*, quiet: bool = False, announces: bool = True) -> Iterator[Callable[..., None]]:
    """Show on standard error how far work has come: a bar on a terminal, else a line for each step.

    Args:
        quiet: Show nothing.
        announces: Whether the steps are printed where there is no terminal.

    Yields:
        A function to call with the name of a step and, where they are known, the share of it that is
        done and how many triples are written.
    """
    if quiet or (not announces and not sys.stderr.isatty()):
        yield lambda step, part=None, triples=None: None
    elif not sys.stderr.isatty():
        steps_shown: list[str] = []

        def line(step: str, part: float | None = None, triples: int | None = None) -> None:
            if steps_shown[-1:] != [step]:
                steps_shown.append(step)
                note(f"{step} ...")

        yield line
    else:
        with _bars() as bar:
            yield bar


@contextlib.contextmanager
def _bars() -> Iterator[Callable[..., None]]:
    """A bar for each step: how much of it is done, how many triples, how many seconds are left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[triples]}"),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        steps: dict[str, TaskID] = {}
        begun: dict[str, float] = {}

        def bar(step: str, part: float | None = None, triples: int | None = None) -> None:
            if step not in steps:
                for task in steps.values():
                    bars.update(task, total=1, completed=1, left="")
                steps[step] = bars.add_task(step, total=None, triples="", left="")
                begun[step] = time.monotonic()
            if part is not None:
                count = "" if triples is None else f"{triples:,} triples"
                left = _left(time.monotonic() - begun[step], part)
                bars.update(steps[step], total=1, completed=part, triples=count, left=left)

        yield bar


def _left(elapsed: float, part: float) -> str:
    """How long a step goes on at the pace it had so far; empty while too little of it is done."""
    return f"{elapsed * (1 - part) / part:.0f} s left" if 0.02 < part < 1 else ""
