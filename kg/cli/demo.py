"""``kg demo``: the case of 23 February 2023, told so that a newcomer learns the product by reading it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, opened

if TYPE_CHECKING:
    from kg.api import Graph

_DAY = date(2023, 2, 23)
_VOTE, _BEFORE = "ES-11/6", "ES-11/1"
_TEXT = """SELECT ?date ?symbol ?title WHERE {
  rollcall:ES-11_6 kg:date ?date ; kg:document ?text . ?text kg:symbol ?symbol ; kg:title ?title }"""
_ARTICLE = "roberts-2023-02-24"


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Where the pages and the Turtle file go.",
)
@graph_option
def demo(out: Path, root: Path | None) -> None:
    """Tell the vote of 23 February 2023: who voted how, who is bound to whom, what was claimed.

    Builds the graph if there is none, checks it, asks it, and writes pages and Turtle into DIR.

    \b
      kg demo
      kg demo --out case
    """
    from kg.errors import ExportError

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{out} cannot be made: {error.strerror}; name another with --out"
        ) from error
    with opened(root) as graph:
        _vote(graph)
        _new(graph)
        _ties(graph)
        _chain(graph)
        _claims(graph)
        _files(graph, out)


def _number(printed: int | None) -> str:
    return "an unknown number" if printed is None else str(printed)


def _command(text: str) -> None:
    click.secho(f"$ {text}", dim=True)


def _vote(graph: Graph) -> None:
    from kg.check import findings

    totals = {row["option"]: row for row in graph.table("vote-totals", resolution=_VOTE)}
    text = next(iter(graph.table(_TEXT)))
    terminal.heading(f"1. The vote of {text['date']} on {text['symbol']}")
    terminal.paragraph(f'"{text["title"]}"')
    _command(f"kg query vote-totals resolution={_VOTE}")
    words = (("yes", "yes"), ("no", "no"), ("abstain", "abstained"), ("nonvoting", "cast no vote"))
    click.echo("   " + ", ".join(f"{_number(totals[o]['printed'])} {word}" for o, word in words))
    printed = [totals[o]["printed"] or 0 for o, _ in words]
    same = all(row["printed"] == row["counted"] for row in totals.values())
    members = len(graph.table("un-members", on=_DAY.isoformat()))
    click.echo(
        f"   {' + '.join(map(str, printed))} = {sum(printed)}, and {members} states were members that "
        f"day; the single votes counted again give {'the same' if same else 'OTHER NUMBERS'}"
    )
    against = graph.table("votes-against", resolution=_VOTE)
    terminal.paragraph(f"Against: {', '.join(row['name'] for row in against)}.", indent=3)
    wrong = [f for f in findings(graph.snapshot, shapes=False) if f.level == "finding"]
    checked = f"{len(wrong)} findings" if wrong else "nothing that does not add up"
    terminal.paragraph(
        f"All votes, dates and references of the graph were checked: {checked}.", indent=3
    )


def _new(graph: Graph) -> None:
    terminal.heading(f"2. New among the no votes since A/RES/{_BEFORE} of 2 March 2022")
    _command(f"kg query new-no-votes earlier={_BEFORE} later={_VOTE}")
    words = {"yes": "voted yes", "abstain": "abstained", "nonvoting": "cast no vote"}
    for row in graph.table("new-no-votes", earlier=_BEFORE, later=_VOTE):
        click.echo(f"   {row['name']}, which {words[row['before']]} then")
    moved = graph.table("vote-changes", earlier=_BEFORE, later=_VOTE)
    terminal.paragraph(
        f"In all {len(moved)} states did otherwise than then: kg query vote-changes "
        f"earlier={_BEFORE} later={_VOTE}",
        indent=3,
    )


def _ties(graph: Graph) -> None:
    from kg.network import links

    terminal.heading(f"3. What bound Belarus and Russia on {_DAY}")
    _command(f"kg query shared-organisations a=Belarus b=Russia on={_DAY}")
    shared = graph.table("shared-organisations", a="Belarus", b="Russia", on=_DAY.isoformat())
    duties = {
        link.b.partition(":")[2]: ", ".join(link.obligations)
        for link in links.memberships(graph.snapshot, _DAY)
        if link.a == "state:BLR"
    }
    rows = [
        (row["name"], str(row["since_a"]), str(row["since_b"]), duties.get(row["organisation"], ""))
        for row in shared
    ]
    terminal.table(["both in", "Belarus since", "Russia since", "binds to"], rows)


def _chain(graph: Graph) -> None:
    from kg.cli.path import print_chains

    terminal.heading("4. The chain from Belarus to North Korea on that day")
    _command(f'kg path Belarus "North Korea" --on {_DAY} -k 1')
    print_chains(graph, graph.path("Belarus", "North Korea", on=_DAY, k=1))


def _claims(graph: Graph) -> None:
    from kg.articles import claims

    judged = claims.judge(graph.snapshot, _ARTICLE)
    terminal.heading("5. What a news article of the next day claims, beside the record")
    terminal.paragraph(_article(graph))
    count = Counter(claim.verdict for claim in judged)
    click.echo(
        f"   {len(judged)} claims: {count['agrees']} agree, {count['differs']} differ, "
        f"{count['cannot be checked here']} cannot be checked here"
    )
    colours = {"agrees": "green", "differs": "red"}
    for number, claim in enumerate(judged, 1):
        click.echo()
        terminal.paragraph(claim.text, indent=4, lead=f"{number:2}. ")
        click.secho(f"    {claim.verdict}", fg=colours.get(claim.verdict))
        cited = f" [{', '.join(claim.sources)}]" if claim.sources else ""
        terminal.paragraph(claim.record + cited, indent=4)


def _article(graph: Graph) -> str:
    from kg.graph import things
    from kg.rdf import iris

    told = things.get(graph.snapshot.store, iris.thing("article", _ARTICLE))
    return f'"{told.label}", {told.one("author")}, {told.one("date")}'


def _files(graph: Graph, out: Path) -> None:
    terminal.heading("6. Pages to open, and the graph as Turtle")
    graph.view_network(out / "network.html", _DAY)
    click.echo(f"   {out / 'network.html'}  who is bound to whom, on any day")
    graph.view_path(out / "path.html", "Belarus", "North Korea", on=_DAY, k=4)
    click.echo(f"   {out / 'path.html'}  how Belarus and North Korea are connected")
    graph.view_vote(out / "vote.html", _VOTE, _BEFORE)
    click.echo(f"   {out / 'vote.html'}  the vote, state by state and bloc by bloc")
    count = graph.export(out / "graph.ttl")
    click.echo(f"   {out / 'graph.ttl'}  {count:,} triples, each record with its sources")
    click.echo()
    terminal.paragraph(
        "Next: kg query --list shows the questions you can ask, kg --help the commands."
    )
