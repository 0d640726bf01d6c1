"""``kg path``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, note_beyond, on_option, opened
from kg.model.words import LINKS, OBLIGATIONS
from kg.output.text import visible

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.network.paths import Chain, Hop


@click.command()
@click.argument("start")
@click.argument("goal")
@on_option("The day it is asked of; without it today.")
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(LINKS),
    help="Follow this kind of link only; repeatable.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="KIND|NAME",
    help="Leave out a kind of link, or a thing by name; repeatable.",
)
@click.option(
    "--obligation",
    multiple=True,
    type=click.Choice(OBLIGATIONS),
    help="Follow only treaties that bind to this; repeatable.",
)
@click.option(
    "-k", type=click.IntRange(1, 50), default=3, show_default=True, help="How many chains."
)
@click.option(
    "--max-hops",
    type=click.IntRange(1, 12),
    default=6,
    show_default=True,
    help="Longest chain, in links.",
)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text")
@graph_option
@click.pass_context
def path(
    ctx: click.Context,
    start: str,
    goal: str,
    on: date | None,
    by: tuple[str, ...],
    without: tuple[str, ...],
    obligation: tuple[str, ...],
    k: int,
    max_hops: int,
    form: str,
    root: Path | None,
) -> None:
    """Show the best chains from START to GOAL, each hop with its dates and sources.

    Links are treaties that bind, memberships, offices, statements, sponsorships and votes that few
    cast. What few share counts as closer: everything meets at the United Nations. Seats in its organs and
    regional groups are followed only by --by seat.

    \b
      kg path Belarus Russia --on 2023-02-23
      kg path Belarus "North Korea" --on 2023-02-23 --by treaty
      kg path Poland Japan --on 2023-02-23 --obligation defence
      kg path Mali Russia --on 2023-02-23 --without vote -f json
    """
    day = on or date.today()
    with opened(root) as graph:
        follow = {"by": by, "without": without, "obligation": obligation}
        chains = graph.path(start, goal, on=day, k=k, max_hops=max_hops, **follow)
        if form == "json":
            data = {"on": day.isoformat(), "chains": [chain.as_dict() for chain in chains]}
            click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        elif form == "ttl":
            click.echo(graph.evidence(chains).write("ttl"), nl=False)
        else:
            print_chains(graph, chains)
        if chains:
            note_beyond(graph, day)
        else:
            terminal.note(graph.why_no_path(start, goal, on=day, max_hops=max_hops))
            ctx.exit(1)


def print_chains(graph: Graph, chains: tuple[Chain, ...]) -> None:
    """Print chains, and below them the works that their hops name."""
    cited: dict[str, None] = {}
    for number, chain in enumerate(chains, 1):
        click.secho(f"{number}. {visible(str(chain))}", bold=True)
        for hop in chain.hops:
            cited |= dict.fromkeys(hop.link.sources)
            terminal.paragraph(hop_text(hop), indent=3)
    if cited:
        click.echo("\nSources")
        for key in cited:
            source = graph.source(key)
            url = f" <{source.url}>" if source.url else ""
            terminal.paragraph(f"[{key}] {source.title}{url}", indent=3)


def hop_text(hop: Hop) -> str:
    """One hop in words: what, when, what it binds to, from where."""
    link = hop.link
    parts = [hop.sentence]
    if link.when:
        parts.append(f", {link.when}")
    if link.obligations:
        since = f" since {link.bound}" if link.bound else ""
        parts.append(f"; binds{since} to {', '.join(link.obligations)}")
    if link.unchecked:
        parts.append("; unchecked")
    return f"{''.join(parts)} [{', '.join(link.sources)}]"
