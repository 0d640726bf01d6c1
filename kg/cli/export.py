"""``kg export``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from kg.cli import terminal
from kg.cli.options import graph_option, on_option, opened, output_option
from kg.export.formats import FORMATS, TABLES


@click.command()
@output_option(
    "The file to write; its ending decides the format where none is given.", required=True
)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="The format.")
@on_option(
    "For graphml, gexf and a table of links: only the links that held on that day; what happened up to it, "
    "such as votes, stays true."
)
@click.option(
    "--table",
    type=click.Choice(tuple(TABLES)),
    help="For csv and parquet: the links of the network (the default), every single vote (the default where "
    "roll calls are chosen), or every roll call.",
)
@click.option(
    "--rollcall",
    "rollcalls",
    multiple=True,
    metavar="SYMBOL",
    help="Only the roll call on this text; can be given several times.",
)
@click.option(
    "--from", "start", metavar="DATE", help="Only roll calls since this day, month or year."
)
@click.option(
    "--to", "end", metavar="DATE", help="Only roll calls up to this day, month or year, included."
)
@click.option("--organ", metavar="NAME", help="Only roll calls of this organ, such as UNSC.")
@click.option(
    "--topic", metavar="WORDS", help="Only roll calls on texts with a subject term of these words."
)
@graph_option
def export(
    output: Path,
    form: str | None,
    on: date | None,
    table: str | None,
    root: Path | None,
    **which: Any,
) -> None:
    """Write the graph, or chosen roll calls of it, to a file: the same facts give the same bytes.

    Roll calls are written as RDF with all that is known of them, of their texts, and of the states, organs
    and sources that these name; or as a table.

    \b
      kg export -o graph.ttl
      kg export -o network.gexf --on 2023-02-23
      kg export -o votes.parquet --table votes
      kg export -o ukraine.ttl --rollcall ES-11/1 --rollcall ES-11/6
      kg export -o year.csv --table rollcalls --from 2023 --to 2023 --organ UNGA
    """
    with opened(root) as graph:
        exported = graph.export(output, form, on=on, table=table, **which)
    terminal.note(f"wrote {output}: {exported.count:,} {exported.unit}")
    if exported.is_partial:
        terminal.note(
            "what sources tell beside the record is not in it; .trig and .nq hold that too"
        )
