"""``kg query``."""

from __future__ import annotations

import sys
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

import click

from kg.cli import terminal
from kg.cli.options import continuity_option, graph_option, opened
from kg.errors import QueryError
from kg.output.formats import GRAPH_FORMATS, TABLE_FORMATS
from kg.output.text import plural

if TYPE_CHECKING:
    from kg.model.words import Continuity
    from kg.query.answers import Answer, Table


@click.command()
@click.argument("question", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("-q", "--query", "text", metavar="TEXT", help="SPARQL, written here.")
@click.option("-l", "--list", "listed", is_flag=True, help="List the shipped questions.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", *TABLE_FORMATS, *GRAPH_FORMATS]),
    help="table, csv, tsv, json, xml for SELECT and ASK; ttl, nt for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="End the query after so long.",
)
@continuity_option
@graph_option
@click.pass_context
def query(
    ctx: click.Context,
    question: str | None,
    parameters: tuple[str, ...],
    text: str | None,
    listed: bool,
    form: str | None,
    timeout: float,
    continuity: Continuity | None,
    root: Path | None,
) -> None:
    """Ask a shipped QUESTION by name, a FILE.rq (- for standard input), or SPARQL text with -q.

    States, resolutions, organisations and officials are given by name, code or key; the common
    prefixes (kg:, state:, rollcall:, rdfs: ...) need no declaration. An empty answer has exit status 1
    and says why where it can.

    \b
      kg query --list
      kg query votes-against resolution=ES-11/6 -f csv
      kg query members organisation=CSTO on=1995-01-01
      kg query -q 'SELECT ?name WHERE { rollcall:ES-11_6 kg:votedNo/rdfs:label ?name }'
      kg query closest-states state=Russia start=2022 end=2025 --continuity seat
      kg query -q 'DESCRIBE membership:CSTO-BLR-1994-04-20' -f ttl
    """

    if listed or (question is None and text is None):
        _list()
        return
    given = _given(
        parameters if text is None else (*((question,) if question else ()), *parameters)
    )
    if "continuity" in given and continuity is not None:
        raise QueryError("continuity is given twice")
    given = {"continuity": continuity, **given} if continuity else given
    query = text if text is not None else _named(str(question))
    with opened(root) as graph:
        answer = graph.query(query, timeout_s=timeout, **given)
    if answer.remark:
        terminal.note(answer.remark)
    _print(answer, form)
    if answer.is_empty:
        terminal.note(f"no answer: {answer.why_empty or 'nothing in the graph matches'}")
        ctx.exit(1)


def _list() -> None:
    import kg

    for shipped in kg.questions():
        takes = [
            f"[{p.name}={p.example}]" if p.default else f"{p.name}={p.example}"
            for p in shipped.parameters
        ]
        click.echo(f"{click.style(shipped.name, bold=True)} {' '.join(takes)}".rstrip())
        terminal.paragraph(shipped.title, indent=4)


_SPELLINGS = {"from": "start", "to": "end"}
"""Other spellings of parameters, which Python could not have; a reader of flags may expect them."""


def _given(parameters: tuple[str, ...]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise QueryError(
                f"{parameter!r} is no parameter; write NAME=VALUE, such as state=Belarus"
            )
        name = _SPELLINGS.get(name, name)
        if name == "timeout_s":
            raise QueryError("the time is no parameter; give it with --timeout")
        if name in given:
            raise QueryError(f"{name} is given twice")
        given[name] = value
    return given


def _named(question: str) -> str | Path:
    """The name of a shipped question, or the file of one's own; ``-`` is standard input."""
    if question == "-":
        return sys.stdin.read()
    if "{" in question:  # a text too long for a file's name is not to be looked for
        return question
    path = Path(question)
    return path if path.suffix in (".rq", ".sparql") or path.is_file() else question


def _print(answer: Answer, form: str | None) -> None:
    from kg.query.answers import Table, Triples

    if isinstance(answer, Triples):
        if form not in (None, *GRAPH_FORMATS):
            raise QueryError(
                f"a graph cannot be written as {form}; give -f {' or '.join(GRAPH_FORMATS)}"
            )
        click.echo(answer.write(form or "ttl"), nl=False)
        return
    if form in GRAPH_FORMATS:
        raise QueryError(f"rows cannot be written as {form}; give -f {', '.join(TABLE_FORMATS)}")
    if isinstance(answer, Table) and form in (None, "table"):
        _table(answer)
    elif isinstance(answer, Table):
        click.echo(answer.write(str(form)), nl=False)
    elif form in (None, "table"):
        click.echo("yes" if answer else "no")
    else:
        click.echo(answer.write(form), nl=False)


def _table(answer: Table) -> None:
    """For a person: a column in which nothing stands is left out, numbers stand to the right."""
    if not answer.terms:
        return
    shown = [
        i for i in range(len(answer.columns)) if any(row[i] is not None for row in answer.terms)
    ]
    if not shown:  # rows without a value: say so, since an empty screen says nothing
        shown = list(range(len(answer.columns)))
        terminal.note(
            "no value in any row; kg:kappa and its like take two states and two years, such as "
            "kg:kappa(state:RUS, state:BLR, 2015, 2019)"
        )
    values = answer.rows
    numbers = {
        answer.columns[i]
        for i in shown
        if all(isinstance(row[i], (int, float, NoneType)) for row in values)
    }
    rows = [[row[i] for i in shown] for row in answer.texts]
    terminal.table([answer.columns[i] for i in shown], rows, right=numbers)
    terminal.note(plural(len(answer), "row"))
