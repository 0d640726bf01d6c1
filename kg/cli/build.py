"""``kg build``, ``kg info`` and ``kg check``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli import show
from kg.cli.options import graph_option, opened


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A folder of facts laid out as the bundled one; without it the bundled facts.",
)
@graph_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing if all is well.")
def build(data: Path | None, root: Path | None, quiet: bool) -> None:
    """Build the graph from a folder of facts and publish it in one step.

    Until it is whole and checked, the graph that was there before goes on answering; if a row of a
    file is wrong, its file and line are named and nothing changes.

    \b
      kg build
      kg build --data my-facts --graph my-graph
    """
    from kg.graph.build import build as build_graph

    built = build_graph(
        root, data, progress=lambda step: None if quiet else show.note(f"{step} ...")
    )
    if not quiet:
        counts = built.counts
        click.echo(
            f"{built.root}: version {built.version}, {built.triple_count:,} triples: "
            f"{counts['State']} states and territories, {counts['Organisation']} organisations and "
            f"alliances, {counts['RollCall']} roll calls with {counts['Vote']:,} votes, "
            f"{counts['Official']} officials, {counts['Statement']} statements"
        )


@click.command()
@graph_option
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table")
def info(root: Path | None, form: str) -> None:
    """Show what is in the graph, from where, under which licence and up to which day.

    \b
      kg info
      kg info -f json
    """

    with opened(root) as graph:
        told = graph.manifest
    if form == "json":
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    click.echo(f"graph    {graph.root}")
    click.echo(f"built    {told['built']} by kg {told['kg']}, facts {told['digest'][:12]}")
    click.echo(f"triples  {told['triple_count']:,} from {told['source_count']} sources")
    click.echo()
    show.table(
        ["records", "count"], [(k, f"{v:,}") for k, v in told["counts"].items()], right=["count"]
    )
    click.echo()
    show.table(
        ["facts", "title", "known to", "licence"],
        [(name, d["title"], d["known"], d["licence"]) for name, d in told["datasets"].items()],
    )
    show.paragraph("The works behind them: kg query sources. Unchecked facts: kg query unchecked.")


@click.command()
@graph_option
@click.option(
    "--shapes/--no-shapes", default=True, help="Hold the graph against the SHACL shapes too."
)
@click.option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table"
)
@click.pass_context
def check(ctx: click.Context, root: Path | None, shapes: bool, form: str) -> None:
    """Find what does not add up: votes against totals and seats, dates, references, shapes.

    A finding is wrong somewhere and makes the exit status 1; a remark is not wrong, and worth a look.

    \b
      kg check
      kg check --no-shapes -f csv
    """
    from kg import check as checks
    from kg.results import rows_to_csv

    with opened(root) as graph:
        if shapes and form == "table":
            show.note("checking, the shapes take some seconds ...")
        found = checks.findings(graph, shapes=shapes)
    columns = ["level", "kind", "thing", "text"]
    rows = [[getattr(finding, name) for name in columns] for finding in found]
    wrong = sum(finding.level == "finding" for finding in found)
    if form == "csv":
        click.echo(rows_to_csv(columns, rows), nl=False)
    elif form == "json":
        told = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        if rows:
            show.table(columns, rows)
        what = "the shapes and " if shapes else ""
        click.echo(
            f"{wrong or 'no'} finding{'s' * (wrong != 1)}, {len(found) - wrong} remarks; checked "
            f"{what}the arithmetic, dates and references of {graph.manifest['triple_count']:,} triples"
        )
    ctx.exit(1 if wrong else 0)
