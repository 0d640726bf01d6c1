"""``kg check``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.check.kinds import KINDS
from kg.cli import terminal
from kg.cli.options import graph_option, opened
from kg.output.csv import rows_to_csv
from kg.output.text import plural

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.check.finding import Finding

_KINDS = ", ".join(KINDS)
_LEAST, _MOST = 3, 30
"""How many of a kind the table lists at least, and how many of all it lists about."""
_COLUMNS = ("level", "kind", "thing", "text")


@click.command()
@graph_option
@click.option(
    "--shapes/--no-shapes", default=True, help="Hold the graph against the SHACL shapes too."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only findings of this kind, or of 'sources' as a whole; can be given several times. "
    f"Kinds: {_KINDS}.",
)
@click.option("--all", "everything", is_flag=True, help="List every finding in the table.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table"
)
@click.pass_context
def check(
    ctx: click.Context,
    root: Path | None,
    shapes: bool,
    kinds: tuple[str, ...],
    everything: bool,
    form: str,
) -> None:
    """Find what does not add up: votes against totals and seats, dates, references, shapes.

    A finding is wrong somewhere and makes the exit status 1; a remark is not wrong, and worth a look. The
    table counts them by kind, then lists some of each; csv and json hold all.

    \b
      kg check
      kg check --kind totals --kind sources --all
      kg check --no-shapes -f csv
    """
    with opened(root) as graph:
        findings = graph.check(shapes=shapes, kinds=kinds)
    rows = [[getattr(finding, name) for name in _COLUMNS] for finding in findings]
    if form == "csv":
        click.echo(rows_to_csv(_COLUMNS, rows), nl=False)
    elif form == "json":
        records = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps(records, indent=1, ensure_ascii=False))
    else:
        if rows:
            _print_some(findings, rows if everything else None)
        _print_counts(graph, findings, kinds, shapes=shapes)
    ctx.exit(1 if any(finding.level == "finding" for finding in findings) else 0)


def _print_some(findings: tuple[Finding, ...], rows: list[list[str]] | None) -> None:
    """Print how many there are of each kind, then the rows; None means some of each kind."""
    counts = Counter((finding.level, finding.kind) for finding in findings)
    shown = [(level, kind, f"{count:,}") for (level, kind), count in sorted(counts.items())]
    terminal.table(("level", "kind", "count"), shown, right=("count",))
    click.echo()
    most = max(_LEAST, _MOST // len(counts))
    listed = rows
    if listed is None:
        of_kind: Counter[tuple[str, str]] = Counter()
        listed = []
        for finding in findings:
            of_kind[finding.level, finding.kind] += 1
            if of_kind[finding.level, finding.kind] <= most:
                listed.append([getattr(finding, name) for name in _COLUMNS])
    terminal.table(_COLUMNS, listed)
    if len(listed) < len(findings):
        terminal.paragraph(
            f"{len(listed):,} of {len(findings):,} are listed, at most {most} of a kind: --all lists every "
            "one, --kind those of a kind, -f csv writes them all"
        )


def _print_counts(
    graph: Graph, findings: tuple[Finding, ...], kinds: tuple[str, ...], *, shapes: bool
) -> None:
    wrong = sum(finding.level == "finding" for finding in findings)
    checked = "the shapes and the " if shapes else "the "
    checked += "arithmetic, dates and references"
    if kinds:
        checked = ", ".join(kinds)
    terminal.paragraph(
        f"{plural(wrong, 'finding') if wrong else 'no findings'}, "
        f"{plural(len(findings) - wrong, 'remark')}; checked {checked} of "
        f"{graph.manifest['triple_count']:,} triples"
    )
