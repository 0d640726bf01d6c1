"""``kg export``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kg.cli import terminal
from kg.cli.options import graph_option, on_option, opened, output_option
from kg.export.formats import FORMATS, TABLES


@click.command()
@output_option(
    "The file to write; its ending decides the format where none is given.", required=True
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="The format.")
@on_option(
    "For graphml, gexf and csv: only the links that held on that day; what happened up to it, such as "
    "votes, stays true."
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default="links",
    show_default=True,
    help="For csv: the links of the network, or every single vote.",
)
@graph_option
def export(output: Path, form: str | None, on: date | None, table: str, root: Path | None) -> None:
    """Write the graph to a file: the same facts give the same bytes, so it can be kept in git.

    \b
      kg export -o graph.ttl
      kg export -o network.gexf --on 2023-02-23
      kg export -o votes.csv --table votes
    """
    with opened(root) as graph:
        exported = graph.export(output, form, on=on, table=table)
    terminal.note(f"wrote {output}: {exported.count:,} {exported.unit}")
    if exported.is_partial:
        terminal.note(
            "what sources tell beside the record is not in it; .trig and .nq hold that too"
        )
