"""``kg check``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, opened
from kg.output.csv import rows_to_csv
from kg.output.text import plural

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.check.finding import Finding

_COLUMNS = ("level", "kind", "thing", "text")


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
    with opened(root) as graph:
        if shapes and form == "table":
            terminal.note("checking, the shapes take some seconds ...")
        findings = graph.check(shapes=shapes)
    rows = [[getattr(finding, name) for name in _COLUMNS] for finding in findings]
    if form == "csv":
        click.echo(rows_to_csv(_COLUMNS, rows), nl=False)
    elif form == "json":
        records = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps(records, indent=1, ensure_ascii=False))
    else:
        if rows:
            terminal.table(_COLUMNS, rows)
            kinds = Counter((finding.level, finding.kind) for finding in findings)
            listed = (f"{kind} {count:,}" for (_, kind), count in sorted(kinds.items()))
            terminal.paragraph("by kind: " + ", ".join(listed))
        _print_counts(graph, findings, shapes)
    ctx.exit(1 if any(finding.level == "finding" for finding in findings) else 0)


def _print_counts(graph: Graph, findings: tuple[Finding, ...], shapes: bool) -> None:
    from kg.check.shapes import MOST_TRIPLES, SAMPLE

    wrong = sum(finding.level == "finding" for finding in findings)
    what = "the shapes and " if shapes else ""
    click.echo(
        f"{plural(wrong, 'finding') if wrong else 'no findings'}, {len(findings) - wrong} remarks; "
        f"checked {what}the arithmetic, dates and references of "
        f"{graph.manifest['triple_count']:,} triples"
    )
    if shapes and graph.manifest["record_count"] > MOST_TRIPLES:
        terminal.paragraph(
            f"of documents, roll calls, observations and names {SAMPLE} each were held against the shapes"
        )
