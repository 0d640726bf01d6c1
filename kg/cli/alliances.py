"""``kg alliances``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, note_beyond, on_option, opened
from kg.model.words import OBLIGATIONS

if TYPE_CHECKING:
    from kg.network.alliances import AllianceNetwork

_SHOWN = 20
"""How many states a table shows."""


@click.command()
@on_option("The day it is asked of; without it today.")
@click.option(
    "--obligation",
    multiple=True,
    type=click.Choice(OBLIGATIONS),
    help="Count treaties that bind to this, without it to defence; repeatable.",
)
@click.option("--all", "every", is_flag=True, help="Every state, not the twenty with most allies.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table"
)
@graph_option
@click.pass_context
def alliances(
    ctx: click.Context,
    on: date | None,
    obligation: tuple[str, ...],
    every: bool,
    form: str,
    root: Path | None,
) -> None:
    """The network of alliances on a day: allies, betweenness and component of each state, density of all.

    Two states are allied where both belong to what a treaty with the obligation constitutes.

    \b
      kg alliances --on 2023-02-23
      kg alliances --on 1985-01-01 --obligation defence --obligation consultation
      kg alliances --on 2023-02-23 -f csv

    See also: kg query allies, kg path --obligation, kg view network.
    """
    day = on or date.today()
    with opened(root) as graph:
        network = graph.alliances(on=day, obligation=obligation or ("defence",))
        if form == "csv":
            click.echo(network.to_csv(), nl=False)
        elif form == "json":
            click.echo(json.dumps(network.as_dict(), indent=1, ensure_ascii=False))
        else:
            _print(network, every)
        note_beyond(graph, day)
    if not network.rows:
        ctx.exit(1)


def _print(network: AllianceNetwork, every: bool) -> None:
    shown = network.rows if every else network.rows[:_SHOWN]
    body = [
        (row.state, row.name, str(row.degree), f"{row.betweenness:.3f}", str(row.component),
         str(len(row.alliances)))
        for row in shown
    ]  # fmt: skip
    if body:
        columns = ("state", "name", "degree", "betweenness", "component", "alliances")
        terminal.table(columns, body, right=columns[2:])
    if len(shown) < len(network.rows):
        terminal.note(f"{len(shown)} of {len(network.rows)} rows; --all or -f csv shows all")
    click.echo()
    for what, text in network.lines():
        terminal.paragraph(text, indent=14, lead=what.ljust(14))
