"""``kg view``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.calls import Sentence
from kg.cli import terminal
from kg.cli.options import continuity_option, graph_option, on_option, opened, output_option

if TYPE_CHECKING:
    from kg.model.words import Continuity


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def view() -> None:
    """Draw the alliances, a chain or a vote as one HTML page that needs no network.

    \b
      kg view network -o alliances.html
      kg view path Belarus "North Korea" --on 2023-02-23
      kg view vote ES-11/6 --compare ES-11/1
    """


@view.command()
@output_option("The page to write [default: network.html].")
@on_option("The day the page opens on; without it today. The page can show any other day.")
@graph_option
def network(output: Path | None, on: date | None, root: Path | None) -> None:
    """Draw who is bound to whom by which treaty and membership, on any day.

    \b
      kg view network -o alliances.html --on 2023-02-23
    """
    target = output or Path("network.html")
    with opened(root) as graph:
        graph.view_network(target, on)
    terminal.note(f"wrote {target}")


@view.command()
@click.argument("start")
@click.argument("goal")
@output_option("The page to write [default: path.html].")
@on_option("The day it is asked of; without it today.")
@click.option(
    "-k", type=click.IntRange(1, 20), default=5, show_default=True, help="How many chains."
)
@click.option("--max-hops", type=click.IntRange(1, 12), default=6, show_default=True)
@graph_option
@click.pass_context
def path(
    ctx: click.Context,
    start: str,
    goal: str,
    output: Path | None,
    on: date | None,
    k: int,
    max_hops: int,
    root: Path | None,
) -> None:
    """Draw the best chains from START to GOAL.

    \b
      kg view path Belarus "North Korea" --on 2023-02-23 -o chain.html
    """
    target, day = output or Path("path.html"), on or date.today()
    with opened(root) as graph:
        if not graph.view_path(target, start, goal, on=day, k=k, max_hops=max_hops):
            why = graph.why_no_path(start, goal, on=day, max_hops=max_hops)
            terminal.note(Sentence(("nothing was written: ", *why.parts)))
            ctx.exit(1)
    terminal.note(f"wrote {target}")


@view.command()
@click.argument("resolution")
@click.option("--compare", metavar="RESOLUTION", help="Another vote to show beside it.")
@continuity_option
@output_option("The page to write [default: vote.html].")
@graph_option
def vote(
    resolution: str,
    compare: str | None,
    continuity: Continuity | None,
    output: Path | None,
    root: Path | None,
) -> None:
    """Draw the vote on RESOLUTION: states by vote and bloc, with the earlier vote beside it.

    \b
      kg view vote ES-11/6 --compare ES-11/1 -o vote.html
    """
    target = output or Path("vote.html")
    with opened(root) as graph:
        graph.view_vote(target, resolution, compare or "", continuity or "state")
    terminal.note(f"wrote {target}")
