"""``kg demo``: the case of 23 February 2023, printed so that a newcomer learns the product by reading it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import terminal
from kg.cli.options import graph_option, opened
from kg.errors import ExportError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.articles.case import Case, SharedGroup, VoteChapter


_FEW = 100
"""Roll calls of a graph that holds the case and not the record."""


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

    Builds the graph if there is none, checks it, asks it, and writes pages and Turtle into DIR. Three
    answers from eighty years follow.

    \b
      kg demo
      kg demo --out case
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{out} cannot be made: {error.strerror}; name another with --out"
        ) from error
    with opened(root) as graph:
        case = graph.case()
        _vote(case.vote)
        _new_no_votes(case)
        _shared(case.shared)
        _chain(graph, case)
        _claims(case)
        _files(graph, out)
        if graph.manifest["counts"]["RollCall"] > _FEW:
            _eighty_years(graph)
    click.echo()
    terminal.paragraph(
        "Next: kg query --list shows the questions you can ask, kg --help the commands."
    )


def _number(printed: int | None) -> str:
    return "an unknown number" if printed is None else str(printed)


def _command(text: str) -> None:
    click.secho(f"$ {text}", dim=True)


def _vote(vote: VoteChapter) -> None:
    terminal.heading(f"1. The vote of {vote.date} on {vote.symbol}")
    terminal.paragraph(f'"{vote.title}"')
    _command("kg query vote-totals resolution=ES-11/6")
    words = {"yes": "yes", "no": "no", "abstain": "abstained", "nonvoting": "cast no vote"}
    totals = (f"{_number(vote.printed[option])} {word}" for option, word in words.items())
    click.echo(f"   {', '.join(totals)}")
    summands = " + ".join(str(vote.printed[option] or 0) for option in words)
    again = "the same" if vote.is_the_same else "OTHER NUMBERS"
    click.echo(
        f"   {summands} = {vote.printed_sum}, and {vote.member_count} states were members that "
        f"day; the single votes counted again give {again}"
    )
    terminal.paragraph(f"Against: {', '.join(vote.against)}.", indent=3)
    count = vote.finding_count
    checked = f"{count} findings" if count else "nothing that does not add up"
    terminal.paragraph(
        f"All votes, dates and references of the case were checked: {checked}.", indent=3
    )
    if vote.other_finding_count:
        others = f"{vote.other_finding_count:,} findings in roll calls of other sessions"
        terminal.paragraph(f"{others}: kg check lists them.", indent=3)


def _new_no_votes(case: Case) -> None:
    terminal.heading("2. New among the no votes since A/RES/ES-11/1 of 2 March 2022")
    _command("kg query new-no-votes earlier=ES-11/1 later=ES-11/6")
    words = {"yes": "voted yes", "abstain": "abstained", "nonvoting": "cast no vote"}
    for state in case.new_no_votes:
        click.echo(f"   {state.name}, which {words[state.before]} then")
    terminal.paragraph(
        f"In all {case.changed_count} states did otherwise than then: kg query vote-changes "
        "earlier=ES-11/1 later=ES-11/6",
        indent=3,
    )


def _shared(groups: tuple[SharedGroup, ...]) -> None:
    terminal.heading("3. What bound Belarus and Russia on 2023-02-23")
    _command("kg query shared-organisations a=Belarus b=Russia on=2023-02-23")
    rows = [
        (group.name, group.since_first, group.since_second, ", ".join(group.obligations))
        for group in groups
    ]
    terminal.table(["both in", "Belarus since", "Russia since", "binds to"], rows)


def _chain(graph: Graph, case: Case) -> None:
    from kg.cli.path import print_chains

    terminal.heading("4. The chain from Belarus to North Korea on that day")
    _command('kg path Belarus "North Korea" --on 2023-02-23 -k 1')
    print_chains(graph, case.chains)


def _claims(case: Case) -> None:
    terminal.heading("5. What a news article of the next day claims, beside the record")
    article = case.article
    terminal.paragraph(f'"{article.headline}", {article.author}, {article.published}')
    count = Counter(claim.verdict for claim in case.claims)
    click.echo(
        f"   {len(case.claims)} claims: {count['agrees']} agree, {count['differs']} differ, "
        f"{count['cannot be checked here']} cannot be checked here"
    )
    colours = {"agrees": "green", "differs": "red"}
    for number, claim in enumerate(case.claims, 1):
        click.echo()
        terminal.paragraph(claim.text, indent=4, lead=f"{number:2}. ")
        click.secho(f"    {claim.verdict}", fg=colours.get(claim.verdict))
        cited = f" [{', '.join(claim.sources)}]" if claim.sources else ""
        terminal.paragraph(claim.record + cited, indent=4)


def _files(graph: Graph, out: Path) -> None:
    terminal.heading("6. Pages to open, and the graph as Turtle")
    graph.view_network(out / "network.html", "2023-02-23")
    click.echo(f"   {out / 'network.html'}  who is bound to whom, on any day")
    graph.view_path(out / "path.html", "Belarus", "North Korea", on="2023-02-23", k=4)
    click.echo(f"   {out / 'path.html'}  how Belarus and North Korea are connected")
    graph.view_vote(out / "vote.html", "ES-11/6", "ES-11/1")
    click.echo(f"   {out / 'vote.html'}  the vote, state by state and bloc by bloc")
    exported = graph.export(out / "graph.ttl")
    click.echo(f"   {out / 'graph.ttl'}  {exported.count:,} triples, each record with its sources")


def _eighty_years(graph: Graph) -> None:
    """Three answers from the whole record."""
    terminal.heading("7. Three answers from eighty years")
    _command("kg compare Russia --from 2015 --to 2019")
    closest = list(graph.compare("Russia", start="2015", end="2019"))[:5]
    listed = (f"{row['name']} {row['kappa']:.2f} ({row['n']} votes)" for row in closest)
    terminal.paragraph(f"Closest to Russia beyond chance: {', '.join(listed)}.", indent=3)
    _command("kg query contested-votes")
    rows = list(graph.table("contested-votes"))[:3]
    margins = (f"{r['symbol']} of {r['date']}, {r['yes']} to {r['no']}" for r in rows)
    terminal.paragraph(f"The closest votes: {'; '.join(margins)}.", indent=3)
    _command("kg blocs --from 1980 --to 1989")
    blocs: dict[int, list[str]] = {}
    for row in graph.blocs(start="1980", end="1989"):
        blocs.setdefault(row["bloc"], []).append(row["name"])
    for number, names in blocs.items():
        among = f"bloc {number}: {len(names)} states, among them {', '.join(names[:3])}"
        terminal.paragraph(among, indent=3)
