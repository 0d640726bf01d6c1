"""``kg build``, ``kg info`` and ``kg check``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, opened
from kg.output.text import visible

if TYPE_CHECKING:
    from kg.sources.intake.intake import Intake


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A folder of facts laid out as the bundled one; without it the bundled facts.",
)
@click.option(
    "--map",
    "mappings",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TOML",
    help="What the columns of a CSV of votes of your own mean; repeatable.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV|JSON",
    help="Write what was read from each file, and all that was not understood, by file and line.",
)
@graph_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing if all is well.")
def build(
    files: tuple[Path, ...],
    data: Path | None,
    mappings: tuple[Path, ...],
    report: Path | None,
    root: Path | None,
    quiet: bool,
) -> None:
    """Build the graph from a folder of facts and any official files, and publish it in one step.

    A FILE is recognised by its header, plain or packed by gzip, xz or zip: UN Digital Library bulk CSV
    (2024, 2025, 2026; Assembly and Council), MARCXML or scraped JSON lines, Security Council vetoes,
    unvotes or Voeten's raw votes, ATOP, Correlates of War, Wikidata-style leaders. A CSV of votes of
    your own goes with --map; docs/files.md shows a mapping.

    Until it is whole and checked, the graph that was there before goes on answering; if a row of a
    file is wrong, its file and line are named and nothing changes. What is read but not understood, such
    as an unknown state or vote, is counted and goes to the --report.

    \b
      kg build
      kg build 2026_02_06_ga_voting.csv 2026_02_06_sc_voting.csv --report report.csv
      kg build mine.csv --map mine.toml
      kg build --data my-facts --graph my-graph

    A mapping such as mine.toml, here for columns country, vote, text and day:

    
      [columns]
      state = "country"
      vote = "vote"
      resolution = "text"
      date = "day"
      [votes]
      yes = ["Y"]
      no = ["N"]
      abstain = ["A"]
      nonvoting = ["X", ""]
    """
    from kg.graph.build import build as build_graph
    from kg.sources import report as reports

    if mappings and not files:
        raise click.UsageError("--map says how to read a FILE; name the file too")
    if report is not None:
        reports.check(report)
    with terminal.progress(quiet=quiet) as told:
        built = build_graph(root, data, told, files, mappings)
    if report is not None:
        reports.write(built.intake, report)
    if quiet:
        return
    counts = built.counts
    click.echo(
        f"{visible(str(built.root))}: version {built.version}, {built.triple_count:,} triples: "
        f"{counts['State']} states and territories, {counts['Organisation']} organisations and "
        f"alliances, {counts['RollCall']:,} roll calls with {counts['Vote']:,} votes, "
        f"{counts['Official']} officials, {counts['Statement']} statements"
    )
    if built.intake is not None:
        _tell_intake(built.intake, report)


def _tell_intake(intake: Intake, report: Path | None) -> None:
    terminal.table(
        ["file", "source", "rows", "roll calls", "votes", "records", "not understood"],
        [
            (
                told.file,
                told.source,
                *(
                    f"{count:,}" if count else ""
                    for count in (
                        told.row_count,
                        told.rollcall_count,
                        told.vote_count,
                        told.record_count,
                        intake.problem_count(told.file),
                    )
                ),
            )
            for told in intake.files
        ],
        right=["rows", "roll calls", "votes", "records", "not understood"],
    )
    kinds = intake.problem_kinds()
    if kinds:
        listed = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items())
        where = f"all in {report}" if report else "see them with --report FILE"
        terminal.paragraph(f"not understood, or not taken as it stands: {listed}; {where}")


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
    terminal.table(
        ["records", "count"], [(k, f"{v:,}") for k, v in told["counts"].items()], right=["count"]
    )
    click.echo()
    terminal.table(
        ["facts", "title", "known to", "licence"],
        [(name, d["title"], d["known"], d["licence"]) for name, d in told["datasets"].items()],
    )
    terminal.paragraph(
        "The works behind them: kg query sources. Unchecked facts: kg query unchecked."
    )


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
    from kg.check import findings
    from kg.check import shapes as shacl
    from kg.output.csv import rows_to_csv

    with opened(root) as graph:
        if shapes and form == "table":
            terminal.note("checking, the shapes take some seconds ...")
        found = findings(graph.snapshot, shapes=shapes)
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
            terminal.table(columns, rows)
            kinds = Counter((finding.level, finding.kind) for finding in found)
            listed = (f"{kind} {count:,}" for (level, kind), count in sorted(kinds.items()))
            terminal.paragraph("by kind: " + ", ".join(listed))
        what = "the shapes and " if shapes else ""
        click.echo(
            f"{wrong or 'no'} finding{'s' * (wrong != 1)}, {len(found) - wrong} remarks; checked "
            f"{what}the arithmetic, dates and references of {graph.manifest['triple_count']:,} triples"
        )
        if shapes and graph.manifest["record_count"] > shacl.MOST_TRIPLES:
            terminal.paragraph(
                f"of documents, roll calls, observations and names {shacl.SAMPLE} each were held against "
                "the shapes"
            )
    ctx.exit(1 if wrong else 0)
