"""``kg diff``, and a difference in words, which ``kg update`` shows too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import mappings_option, output_option
from kg.output import files
from kg.output.text import plural, visible

if TYPE_CHECKING:
    from kg.changes.difference import Alteration, Difference, What

_MOST = 10
"""Most rows of each table that a person is shown."""
_LONGEST = 72
"""Most letters of a text that a person is shown."""
_VERBS: tuple[What, ...] = ("added", "removed", "changed")


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@mappings_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="A summary in words, or every change.",
)
@output_option("Write every change to a file; .json makes it JSON, all else CSV.")
@click.pass_context
def diff(
    ctx: click.Context,
    old: str,
    new: str,
    mappings: tuple[Path, ...],
    form: str,
    output: Path | None,
) -> None:
    """Show what was added, taken away and changed from OLD to NEW, and whose votes.

    Each is a graph folder, a version in one (such as my-graph/v/1), an export of a graph (.ttl, .trig,
    .nq, .nt, .jsonld) or a file of votes as kg build reads it. Exit status: 0 the same, 1 differences.

    \b
      kg diff graph.ttl graph.ttl
      kg diff my-graph/v/1 my-graph -f csv
      kg diff 2025_ga_voting.csv 2026_02_06_ga_voting.csv -o changes.csv
    """
    import kg

    found = kg.diff(old, new, mappings)
    if output is not None:
        write(found, output)
    if form == "csv":
        click.echo(found.to_csv(), nl=False)
    elif form == "json":
        click.echo(found.to_json(), nl=False)
    else:
        click.echo(f"old  {visible(found.old)}")
        click.echo(f"new  {visible(found.new)}")
        show(found)
    ctx.exit(0 if found.is_empty else 1)


def write(found: Difference, path: Path) -> None:
    """Write every change to a file, as JSON where its name ends in .json, else as CSV."""
    text = found.to_json() if path.suffix.lower() == ".json" else found.to_csv()
    files.replace(path, lambda file: file.write(text.encode()))
    terminal.note(f"wrote {path}: {plural(len(found.changes), 'change', grouped=True)}")


def show(found: Difference, every: str = "-f csv has all") -> None:
    """Print a difference in words.

    Args:
        found: The difference.
        every: How all of it is had where not all of it is shown.
    """
    for limit in found.limits:
        terminal.paragraph(limit)
    if found.is_empty:
        click.echo("nothing differs")
        return
    click.echo()
    counts = found.counts
    kinds = sorted({kind for kind, _ in counts})
    rows = [
        [kind, *(f"{n:,}" if (n := counts[kind, verb]) else "" for verb in _VERBS)]
        for kind in kinds
    ]
    terminal.table(["kind", *_VERBS], rows, right=_VERBS)
    for verb in ("added", "removed"):
        _rolls(found, verb, every)
    votes = found.of("vote")
    calls = len({change.thing for change in votes})
    title = f"Votes changed: {len(votes):,}, in {plural(calls, 'roll call', grouped=True)}"
    _cells(votes, title, "state", every)
    _states(found, every)
    rest = [c for c in found.changes if c.what == "changed" and c.kind != "vote"]
    rest.sort(
        key=lambda c: c.kind != "roll call"
    )  # those first: what is said of a vote matters most
    _cells(rest, f"Other changes: {len(rest):,}", "field", every)
    fields = Counter(c.field for c in rest).most_common(_MOST)
    if len(rest) > _MOST:
        terminal.paragraph("by field: " + ", ".join(f"{name} {count:,}" for name, count in fields))


def _rolls(found: Difference, verb: What, every: str) -> None:
    listed = [c for c in found.of("roll call") if c.what == verb and not c.beside]
    if listed:
        terminal.heading(f"Roll calls {verb}: {len(listed):,}")
        rows = [(c.date, _name(c), c.after or c.before) for c in listed[-_MOST:]]
        terminal.table(["date", "roll call", "votes"], rows)
        _more(len(listed), every)


def _cells(listed: list[Alteration], title: str, field: str, every: str) -> None:
    if listed:
        terminal.heading(title)
        rows = [
            [_name(c), c.field, _cut(c.before), _cut(c.after), c.beside] for c in listed[:_MOST]
        ]
        columns = ["what", field, "before", "after", "beside"]
        if not any(row[-1] for row in rows):
            columns.pop()
            rows = [row[:-1] for row in rows]
        terminal.table(columns, rows)
        _more(len(listed), every)


def _states(found: Difference, every: str) -> None:
    if found.states:
        terminal.heading(f"Whose votes: {plural(len(found.states), 'state')}")
        rows = [
            (
                f"{s.name} ({s.state})",
                *(f"{n:,}" if n else "" for n in (s.added, s.removed, s.changed)),
            )
            for s in found.states[:_MOST]
        ]
        terminal.table(["state", *_VERBS], rows, right=_VERBS)
        _more(len(found.states), every)


def _name(change: Alteration) -> str:
    """What a person calls it: a roll call by its label, which holds day and symbol."""
    if change.label and change.thing.startswith("rollcall:"):
        return change.label
    return _cut(f"{change.thing} {change.label}".strip())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rstrip()}..."


def _more(count: int, every: str) -> None:
    if count > _MOST:
        terminal.note(f"{_MOST} of {count:,}; {every}")
