"""``Graph``: one graph folder as an object with every verb of the product."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kg.api.asking import Asking
from kg.api.measuring import Measuring
from kg.api.opened import given_day
from kg.api.ties import Ties
from kg.model.words import Continuity

if TYPE_CHECKING:
    import rdflib

    from kg.articles.case import Case
    from kg.articles.claims import Judged
    from kg.check.finding import Finding
    from kg.export.chosen import Which
    from kg.export.formats import Exported


class Graph(Measuring, Ties, Asking):
    """A published graph, read-only. Close it, or use it in a ``with`` statement.

    Args:
        root: The graph folder.
        workers: How many questions can be answered at the same time, each in a process of its own.

    Raises:
        GraphError: Nothing was published there, or it is damaged or of another layout.
        QueryError: There is to be less than one worker.
    """

    def check(self, *, shapes: bool = True, kinds: Iterable[str] = ()) -> tuple[Finding, ...]:
        """What does not add up in the graph, findings before remarks; see ``kg.check``.

        Args:
            shapes: Whether to compare it with the SHACL shapes too, which takes most of the time.
            kinds: Only findings of these kinds, such as ``totals`` or ``sources``.

        Raises:
            QueryError: There is no such kind.
        """
        from kg.check import findings

        return findings(self.snapshot, shapes=shapes, kinds=kinds)

    def claims(self, article: str) -> tuple[Judged, ...]:
        """Every claim of an article beside the record, in the article's order.

        Args:
            article: The key of an article, such as ``roberts-2023-02-24``.

        Returns:
            Each claim with its verdict: agrees, differs, or cannot be checked here.

        Raises:
            UnknownNameError: The graph has no such article.
        """
        from kg.articles import claims

        return claims.judge(self.snapshot, self.names.resolve(article, "article"))

    def case(self) -> Case:
        """The case of 23 February 2023 in chapters: the vote, what bound whom, what an article claims.

        Raises:
            UnknownNameError: The graph does not have what the case is about.
        """
        from kg.articles import case

        wrong = [f.thing for f in self.check(shapes=False) if f.level == "finding"]
        chains = self.path(*case.ENDS, on=case.DAY, k=1)
        return case.case(self.snapshot, self.table, chains, wrong)

    def view_network(self, path: Path | str, on: date | str | None = None) -> None:
        """Write who is bound to whom as one offline page; it can show any day.

        Args:
            path: The page to write.
            on: The day that it opens on; None means today.

        Raises:
            ExportError: The page cannot be written.
        """
        from kg.views import render
        from kg.views.pages import network

        render.write(network.build(self.snapshot, given_day(on) or date.today()), Path(path))

    def view_path(
        self,
        path: Path | str,
        start: str,
        goal: str,
        *,
        on: date | str | None = None,
        k: int = 5,
        max_hops: int = 6,
    ) -> int:
        """Write the best chains between two things as one offline page.

        Args:
            path: The page to write.
            start: A name, code or key, as it was meant on the day.
            goal: Another.
            on: The day; None means today.
            k: How many chains.
            max_hops: Longest chain, in links.

        Returns:
            How many chains it shows; with none, nothing is written.

        Raises:
            UnknownNameError: A name means nothing, or nothing on that day.
            QueryError: A number is not positive, or both ends are one.
            ExportError: The page cannot be written.
        """
        from kg.views import render
        from kg.views.pages import path as page

        day = given_day(on) or date.today()
        chains = self.path(start, goal, on=day, k=k, max_hops=max_hops)
        if chains:
            render.write(page.build(self.snapshot, chains, day), Path(path))
        return len(chains)

    def view_vote(
        self,
        path: Path | str,
        resolution: str,
        compare: str = "",
        continuity: Continuity = "state",
    ) -> None:
        """Write a vote as one offline page, with another vote beside it where one is named.

        Args:
            path: The page to write.
            resolution: The vote, in any form of its symbol.
            compare: Another vote.
            continuity: ``seat`` compares a state with whoever held its seat in the other vote.

        Raises:
            UnknownNameError: No roll call is known by a symbol.
            ExportError: The page cannot be written.
        """
        from kg.views import render
        from kg.views.pages import vote

        roll = self.names.resolve(resolution, "rollcall")
        other = self.names.resolve(compare, "rollcall") if compare else ""
        render.write(vote.build(self.snapshot, roll, other, continuity), Path(path))

    def export(
        self,
        path: Path | str,
        format: str | None = None,  # noqa: A002
        *,
        on: date | str | None = None,
        table: str | None = None,
        **which: Unpack[Which],
    ) -> Exported:
        """Write the graph, or chosen roll calls of it, to a file, whole or not at all.

        The same facts give the same bytes.

        Args:
            path: The file.
            format: turtle, trig, nquads, ntriples, jsonld, graphml, gexf, csv or parquet; without it the
                ending of the name decides.
            on: For graphml, gexf and a table of links: only the links that held on that day.
            table: For csv and parquet: ``links`` of the network, every single one of the ``votes``, or the
                ``rollcalls``; None means votes where roll calls are chosen, else links.
            **which: Only these roll calls: ``rollcalls`` (texts), ``start`` and ``end`` (a day, month or
                year, both included), ``organ`` (such as UNSC), ``topic`` (words of a subject term).

        Returns:
            The format, how many triples or rows were written, and whether anything was left out.

        Raises:
            ExportError: The format is unknown or holds no such table, day or choice, or the file cannot be
                written.
            QueryError: No roll call is what was asked for, or a day or topic cannot be understood.
            UnknownNameError: No roll call or organ is known by a name.
        """
        from kg.export import write

        return write(
            self.snapshot, Path(path), format, on=given_day(on), table=table or "", **which
        )

    def to_rdflib(self) -> rdflib.Graph:
        """A copy of the graph in rdflib."""
        from kg.export import rdf

        return rdf.to_rdflib(self.snapshot)
