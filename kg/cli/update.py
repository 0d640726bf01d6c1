"""``kg update``."""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import diff, terminal
from kg.cli.options import graph_option, mappings_option, output_option

if TYPE_CHECKING:
    from kg.api.updating import Updated
    from kg.changes.difference import Difference


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|URL]...")
@mappings_option
@click.option("-y", "--yes", is_flag=True, help="Publish what changed without asking.")
@click.option(
    "--accept-losses",
    is_flag=True,
    help="Go on where more than a tenth of a FILE was not understood.",
)
@output_option("Write every change to a file; .json makes it JSON, all else CSV.")
@graph_option
def update(
    files: tuple[str, ...],
    mappings: tuple[Path, ...],
    yes: bool,
    accept_losses: bool,
    output: Path | None,
    root: Path | None,
) -> None:
    """Build the graph again with newer files, show what changes, and publish it if you say so.

    Files that were given by a URL are fetched again, others read again where they lay; a FILE or URL that
    you name comes in addition, or takes the place of one of the same name. Nothing is published without
    --yes or a yes to the question; where there is no terminal to ask, --yes is needed.

    The UN Digital Library answers no program: save its newer files in a browser and name them here.

    \b
      kg update
      kg update 2026_02_06_ga_voting.csv -o changes.csv
      kg update https://example.org/2026_02_06_ga_voting.csv --yes
    """
    import kg

    with contextlib.ExitStack() as bars:
        notice = bars.enter_context(terminal.progress())

        def wanted(found: Difference) -> bool:
            bars.close()  # a bar would write over the question
            diff.show(found, every="-o FILE has all")
            if output is not None:
                diff.write(found, output)
            return not found.is_empty and (yes or _asked())

        updated = kg.update(
            *(root, files, mappings), publish=wanted, accept_losses=accept_losses, progress=notice
        )
    _print_end(updated)


def _asked() -> bool:
    """Whether the user says yes; no where there is nobody to ask."""
    if not _is_terminal():
        terminal.note("nobody can be asked here; --yes publishes it")
        return False
    # polars takes the interrupt for itself and never passes it on: without this Ctrl-C is not heard
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return click.confirm("Publish this?", default=False, err=True)
    except click.Abort:
        return False


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _print_end(updated: Updated) -> None:
    click.echo()
    if updated.built is not None:
        built = updated.built
        terminal.paragraph(
            f"published {built.root}: version {built.version}, {built.triple_count:,} triples"
        )
    elif not updated.difference.is_empty:
        click.echo("nothing was published; the former graph answers as before")
    if updated.pages:
        click.echo("newer votes, to be saved in a browser and named here as a FILE:")
    for page, last in updated.pages.items():
        held = f"held up to {last}" if last else "of which nothing is held"
        terminal.paragraph(f"{page.title}, {held}: {page.page}", indent=2)
