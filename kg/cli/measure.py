"""``kg compare``, ``kg bloc``, ``kg blocs``, ``kg moves`` and ``kg points``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli import tables, terminal
from kg.cli.options import graph_option, opened
from kg.cli.spelling import command as spelling
from kg.errors import QueryError
from kg.model.words import ABSENCES, CONTINUITIES, UNANIMITIES
from kg.output.text import visible
from kg.votes.methods import MEASURES

if TYPE_CHECKING:
    from kg.analysis.measured import Measured
    from kg.api import Graph

F = TypeVar("F", bound=Callable[..., Any])
_NONE = {"moves": "no state changed", "bedfellows": "none", "agreement-index": "no vote split them"}
"""What an empty table is called."""


def _votes_options(command: F) -> F:
    """Which votes count."""
    options = (
        click.option("--from", "start", metavar="DATE", help="First day, month or year."),
        click.option("--to", "end", metavar="DATE", help="Last day, month or year, included."),
        click.option("--on", metavar="DATE", help="One day, month or year alone."),
        click.option("--session", metavar="NAME", help="A session, such as 73 or ES-11."),
        click.option(
            "--topic",
            metavar="WORDS",
            help="Only texts with a subject term of these words; Voeten and words for his issues.",
        ),
        click.option(
            "--contested", is_flag=True, help="Leave out votes in which nine of ten were the same."
        ),
        click.option(
            "--unanimous",
            type=click.Choice(UNANIMITIES),
            help="Votes in which all said the same: usually without them, of one group with them.",
        ),
        click.option(
            "--absent",
            type=click.Choice(ABSENCES),
            default="skip",
            show_default=True,
            help="What an absence counts as: nothing, an answer of its own, or a no.",
        ),
        click.option(
            "--continuity",
            type=click.Choice(CONTINUITIES),
            default="state",
            show_default=True,
            help="Each state alone, or all that held its seat as its last holder.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _print_options(command: F) -> F:
    """How the answer is shown."""
    options = (
        click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(["table", "csv", "json", "ttl"]),
            default="table",
            show_default=True,
        ),
        click.option(
            "--plot",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Draw it too, as .svg, .png or .pdf.",
        ),
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            default=0,
            show_default=True,
            help="Of what is drawn by lot.",
        ),
        graph_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


_measure_option = click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="kappa",
    show_default=True,
    help="kappa and pi leave out what chance makes likely; same is the share of same votes.",
)


@click.command()
@click.argument("state")
@click.argument("other", required=False, default="")
@_measure_option
@click.option("--votes", is_flag=True, help="List the votes behind the numbers of two states.")
@click.option("--differing", is_flag=True, help="List only those in which the two differ.")
@click.option("--all", "every", is_flag=True, help="Every state, not the ten closest and furthest.")
@_votes_options
@_print_options
@click.pass_context
def compare(
    ctx: click.Context,
    /,
    state: str,
    other: str,
    measure: str,
    votes: bool,
    differing: bool,
    every: bool,
    form: str,
    plot: Path | None,
    seed: int,
    root: Path | None,
    **which: Any,
) -> None:
    """Who votes with STATE, closest first; or STATE and OTHER year by year.

    Votes on whole texts in the General Assembly count, without unanimous ones unless asked for.

    \b
      kg compare Russia --from 2015 --to 2019
      kg compare Russia Belarus --from 2010 --plot pair.svg
      kg compare Russia Belarus --on 2023 --votes
      kg compare Russia Belarus --from 2022 --differing
      kg compare Canada --topic Palestine --contested -f csv
    """
    listed = "--differing" if differing else "--votes" if votes else ""
    if listed and not other:
        raise QueryError(f"{listed} lists the votes of two states; name another beside {state}")
    given = {**_given(which), "votes": votes, "differing": differing, "seed": seed}
    with opened(root) as graph:
        if listed:
            _refuse(plot, listed)
        table = graph.compare(state, other, measure=measure, **given)
        _draw(graph, plot, table)
    _show(table, form, ends=not other and not every)
    if not table.rows:
        ctx.exit(1)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--against", multiple=True, metavar="NAME", help="Another group beside it; may be repeated."
)
@click.option(
    "--show",
    "part",
    type=click.Choice(["years", "members", "splits", "votes"]),
    help="Only cohesion by year, who leaves the line, the votes that split it most, or every vote.",
)
@click.option("--votes", is_flag=True, help="The same as --show votes.")
@_votes_options
@_print_options
def bloc(
    names: tuple[str, ...],
    against: tuple[str, ...],
    part: Any,
    votes: bool,
    form: str,
    plot: Path | None,
    seed: int,
    root: Path | None,
    **which: Any,
) -> None:
    """How an organisation, or two states or more, hold together in votes.

    Members of an organisation are those of the day of each vote.

    \b
      kg bloc NATO --from 2015
      kg bloc CSTO --against NATO --from 2015
      kg bloc Estonia Latvia Lithuania --show splits
      kg bloc "European Union" --contested -f csv --plot eu.svg
    """
    if against and (part or votes):
        raise QueryError("--against shows two groups year by year; leave out --show and --votes")
    part = "votes" if votes else part
    if plot and part not in (None, "years"):
        _refuse(plot, f"--show {part}")
    given = {**_given(which), "seed": seed}
    with opened(root) as graph:
        table = graph.bloc(*names, against=against, part=part or "years", **given)
        _draw(graph, plot, table)
        if part or against or form != "table":
            _show(table, form)
            return
        click.secho(visible(table.title), bold=True)
        tables.rows(table)
        for rest in ("members", "splits"):
            _show_part(graph.bloc(*names, part=rest, **given))
    tables.receipt(table)


def _show_part(table: Measured) -> None:
    """A part of a bloc below the first, without a receipt of its own."""
    terminal.heading(table.title)
    if table.rows:
        tables.rows(table, limit=tables.ENDS)
    else:
        click.echo(_NONE["agreement-index"])


@click.command()
@_votes_options
@_print_options
@click.pass_context
def blocs(
    ctx: click.Context, /, form: str, plot: Path | None, seed: int, root: Path | None, **which: Any
) -> None:
    """The blocs that the votes themselves show, with a test of whether they are any.

    Each state is tied to those it agrees with most beyond chance (kappa), and Leiden finds the
    communities. Where shuffled votes give as much, or seeds and resolutions disagree, the answer is that
    there are none, with exit status 1.

    \b
      kg blocs --from 2015 --to 2019
      kg blocs --session 73 --plot matrix.png
    """
    with opened(root) as graph:
        table = graph.blocs(seed=seed, **_given(which))
        if table.rows:
            _draw(graph, plot, table)
    if form == "table" and table.rows:
        tables.communities(table)
        tables.receipt(table)
    else:
        _show(table, form)
    if not table.rows:
        ctx.exit(1)


@click.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option(
    "--bedfellows",
    type=click.IntRange(2, 20),
    metavar="MOST",
    help="Instead: pairs without a tie that shared a no which at most MOST states cast.",
)
@_votes_options
@_print_options
@click.pass_context
def moves(
    ctx: click.Context,
    /,
    before: str | None,
    after: str | None,
    bedfellows: int | None,
    form: str,
    plot: Path | None,
    seed: int,
    root: Path | None,
    **which: Any,
) -> None:
    """Who changed from BEFORE to AFTER: two votes, or two periods such as 2010-2014.

    Between votes: who voted otherwise. Between periods: whose company changed, measured by kappa with
    each other state, beside what chance alone would give.

    See also: kg query lone-dissents, kg query allies-split, kg query new-no-votes.

    \b
      kg moves ES-11/1 ES-11/6
      kg moves 2010-2014 2018-2022 --topic disarmament
      kg moves --bedfellows 3 --from 2015
    """
    _refuse(plot, "kg moves")
    given = {name: value for name, value in _given(which).items() if value not in ("skip", "state")}
    with opened(root) as graph:
        if bedfellows and not before:
            table = graph.odd_pairs(bedfellows, **given)
        elif before and after and not bedfellows:
            table = graph.moves(before, after, seed=seed, **given)
        else:
            raise QueryError("give two votes, two periods, or --bedfellows alone")
    _show(table, form, limit=2 * tables.ENDS if "moved" in table.columns else 0)
    if not table.rows:
        ctx.exit(1)


@click.command()
@_votes_options
@_print_options
def points(form: str, plot: Path | None, seed: int, root: Path | None, **which: Any) -> None:
    """Where states stand on one line, by what they voted: ideal points with their interval.

    Mean 0 and standard deviation 1 over the states; positive is the side of the United States.

    \b
      kg points --session 73 -f csv
      kg points --from 2022 --to 2023 --plot points.svg
    """
    with opened(root) as graph:
        table = graph.points(**_given(which))
        _draw(graph, plot, table)
    _show(table, form, ends=True)


def _given(which: dict[str, Any]) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in which.items() if value not in (None, False, "")}


def _refuse(plot: Path | None, what: str) -> None:
    if plot:
        raise QueryError(f"{what} has no picture; leave out --plot")


def _draw(graph: Graph, plot: Path | None, table: Measured) -> None:
    if plot:
        graph.plot(table, plot)
        terminal.note(f"wrote {plot}")


def _show(table: Measured, form: str, *, ends: bool = False, limit: int = 0) -> None:
    if form != "table":
        click.echo(table.write(form, spelling), nl=False)
        return
    if table.rows:
        click.secho(visible(table.title), bold=True)
        tables.rows(table, ends=ends, limit=limit)
    else:
        click.echo(_NONE.get(table.receipt.measure.key, "none"))
    tables.receipt(table)
