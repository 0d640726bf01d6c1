"""``kg build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, mappings_option
from kg.output.text import visible
from kg.resources import ONLY

if TYPE_CHECKING:
    from kg.graph.build import Built
    from kg.sources.intake.fetch import Fetched
    from kg.sources.intake.intake import Intake


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|URL]...")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A folder of facts laid out as the bundled one; without it the bundled facts.",
)
@mappings_option
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV|JSON",
    help="Write what was read from each file, and all that was not understood, by file and line.",
)
@click.option(
    "--accept-losses",
    is_flag=True,
    help="Build even where more than a tenth of a FILE was not understood.",
)
@click.option(
    "--only",
    type=click.Choice(ONLY),
    help="Leave out the record of roll calls since 1946: small and quick, the case of Ukraine alone.",
)
@graph_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing if all is well.")
def build(
    files: tuple[str, ...],
    data: Path | None,
    mappings: tuple[Path, ...],
    report: Path | None,
    accept_losses: bool,
    only: str | None,
    root: Path | None,
    quiet: bool,
) -> None:
    """Build the graph from the bundled facts and any official files, and publish it in one step.

    The bundled facts are every roll call of the Assembly and the Council since 1946, states, alliances,
    officials and statements. A file of the same roll calls is believed before them. A FILE is known by its
    header, plain or packed by gzip, xz or zip: UN Digital Library bulk CSV (2024 to 2026), MARCXML or
    scraped JSON lines, Security Council vetoes, unvotes or Voeten's raw votes, ATOP, Correlates of War,
    leaders as Wikidata has them. A CSV of votes of your own goes with --map; docs/files.md shows a mapping.
    A URL is fetched first, into a cache. Until it is whole and checked, the graph that was there before
    goes on answering. What is not understood, such as an unknown state, is counted and goes to the
    --report; where that is more than a tenth of a FILE, it needs --accept-losses.

    \b
      kg build --only case
      kg build 2026_02_06_ga_voting.csv 2026_02_06_sc_voting.csv --report report.csv
      kg build https://example.org/2026_02_06_ga_voting.csv
      kg build mine.csv --map mine.toml

    A mapping such as mine.toml; docs/files.md shows wide files, constants and more:

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
    import kg

    if mappings and not files:
        raise click.UsageError("--map says how to read a FILE; name the file too")
    with terminal.progress(quiet=quiet) as notice:
        own = (root, data, notice, files, mappings, report)
        built = kg.build(*own, only=only, accept_losses=accept_losses)
    if not quiet:
        _print_built(built, report)


def _print_built(built: Built, report: Path | None) -> None:
    counts = built.counts
    click.echo(
        f"{visible(str(built.root))}: version {built.version}, {built.triple_count:,} triples: "
        f"{counts['State']} states and territories, {counts['Organisation']} organisations and "
        f"alliances, {counts['RollCall']:,} roll calls with {counts['Vote']:,} votes, "
        f"{counts['Official']} officials, {counts['Statement']} statements"
    )
    if beside := counts.get("Account beside the record"):
        same, other = (
            counts[f"Account that {does} the record"] for does in ("agrees with", "differs from")
        )
        terminal.paragraph(
            f"{beside:,} accounts of roll calls stand beside the record: {same:,} agree with it, {other:,} "
            f"differ from it, {beside - same - other:,} are of roll calls that it does not have"
        )
    if built.intake is not None:
        _print_intake(built.intake, report)


def _print_intake(intake: Intake, report: Path | None) -> None:
    columns = ["rows", "roll calls", "votes", "records", "not understood"]
    rows = []
    for file in intake.given:
        counts = (file.row_count, file.rollcall_count, file.vote_count, file.record_count)
        numbers = [*counts, intake.problem_count(file.file)]
        rows.append((file.file, file.source, *map(_number, numbers)))
    if not rows:
        return
    terminal.table(["file", "source", *columns], rows, right=columns)
    for fetched in dict.fromkeys(file.fetched for file in intake.given if file.fetched):
        terminal.paragraph(_arrival(fetched))
    _print_remarks(intake)
    kinds = intake.problem_kinds()
    if kinds:
        listed = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items())
        where = f"all in {report}" if report else "see them with --report FILE"
        terminal.paragraph(f"not understood, or not taken as it stands: {listed}; {where}")


def _arrival(fetched: Fetched) -> str:
    """How a file came that was named by its address."""
    how = (
        "fetched"
        if fetched.is_new
        else f"unchanged since it was fetched on {fetched.retrieved[:10]}"
    )
    sent_on = f", redirected to {' and to '.join(fetched.redirects)}" if fetched.redirects else ""
    return f"{fetched.path.name}: {how}, {fetched.size:,} bytes, from {fetched.url}{sent_on}"


def _print_remarks(intake: Intake) -> None:
    for file in intake.given:
        if file.remark:
            terminal.paragraph(f"{file.file}: {file.remark}")
    if intake.seatless:
        most = ", ".join(f"{state} {count:,}" for state, count in intake.seatless.most_common(5))
        terminal.paragraph(
            f"{sum(intake.seatless.values()):,} votes are of states that held no seat that day ({most}); "
            "where names or codes are of another usage, [usage] in a mapping says of which"
        )


def _number(count: int) -> str:
    return f"{count:,}" if count else ""
