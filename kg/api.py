"""``kg.open()``: one graph folder as an object with every verb of the product."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.calls import Sentence
from kg.errors import BusyError, QueryError, UnknownNameError
from kg.graph import folder
from kg.graph.snapshot import CURATED, beside, coverage, quads, triples
from kg.graph.version import Version
from kg.model import dates
from kg.model.names import Names
from kg.model.records import Source
from kg.model.words import LINKS, Continuity
from kg.query import ask, catalogue, reach, why_empty
from kg.query.answers import Answer, Table
from kg.query.ask import Answerer
from kg.query.catalogue import Query
from kg.query.pool import Pool
from kg.query.reach import Span
from kg.query.worker import Worker
from kg.rdf import iris

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.analysis.bloc import Part
    from kg.analysis.blocs import Blocs
    from kg.analysis.choice import Filter
    from kg.analysis.measured import Measured
    from kg.articles.case import Case
    from kg.articles.claims import Judged
    from kg.check.finding import Finding
    from kg.export.formats import Exported
    from kg.network.paths import Chain
    from kg.network.web import Network
    from kg.votes.table import VoteTable


def open(  # noqa: A001  the verb of the library, as in kg.open()
    root: Path | str | None = None,
    notice: Callable[[str], None] = lambda text: None,
    *,
    workers: int = 1,
) -> Graph:
    """The graph in a folder, built from the bundled facts where there is none yet.

    Args:
        root: A graph folder; None means ``KG_GRAPH``, else the user's data folder. What this built
            itself in the user's data folder is brought up to date when the bundled facts change;
            a folder that was named, or built from other facts, is never built over.
        notice: Called with a sentence when a graph has to be built first.
        workers: How many questions can be answered at the same time, each in a process of its own.

    Returns:
        The graph; close it, or use it in a ``with`` statement.

    Raises:
        GraphError: The folder is damaged, or of another layout.
        QueryError: There is to be less than one worker.
    """
    home = Path(root) if root is not None else folder.default()
    named = root is not None or bool(os.environ.get("KG_GRAPH"))
    if not folder.exists(home) or (not named and _outdated(home)):
        from kg.graph.build import build

        notice(f"building the graph from the bundled facts in {home}")
        try:
            build(home)
        except BusyError:
            _wait(home)
    return Graph(home, workers=workers)


def questions() -> tuple[Query, ...]:
    """The shipped questions in alphabetical order, each with its title, parameters and SPARQL text."""
    return tuple(map(catalogue.load, catalogue.names()))


class Graph:
    """A published graph, read-only. Close it, or use it in a ``with`` statement.

    Args:
        root: The graph folder.
        workers: How many questions can be answered at the same time, each in a process of its own.

    Raises:
        GraphError: Nothing was published there, or it is damaged or of another layout.
        QueryError: There is to be less than one worker.
    """

    def __init__(self, root: Path | str, *, workers: int = 1) -> None:
        self.root = Path(root)
        self.snapshot = Version(self.root)
        """What is there: triples, names, votes, records; read-only and without verbs."""
        self._answerer: Answerer = _answerer(self.snapshot, workers)
        self._last_network: tuple[date, Network] | None = None

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that answer questions, if any was started."""
        self._answerer.close()

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Versions, counts, digests and licences of what is in the graph."""
        return self.snapshot.manifest

    @property
    def names(self) -> Names:
        """Every name and code that means something in this graph."""
        return self.snapshot.names

    @property
    def votes(self) -> VoteTable:
        """The vote table of the record: each roll call once."""
        return self.snapshot.votes

    def query(
        self,
        query: str | Path,
        /,
        *,
        timeout_s: float | None = 60,
        continuity: Continuity | None = None,
        **given: str | int | date,
    ) -> Answer:
        """The answer to a shipped question or to SPARQL, worked out in a process of its own.

        Args:
            query: The name of a shipped question, SPARQL text, or the path of a file of it; the prefixes
                of ``kg.PREFIXES`` need no declaration.
            timeout_s: Seconds after which it is ended; None waits.
            continuity: For what compares years: ``state`` (the default) takes the votes of each state
                alone, ``seat`` those of all that held its seat, so that the Russian Federation goes on
                where the Soviet Union ended.
            **given: Parameters of a shipped question: names, codes or keys, days, numbers.

        Returns:
            A ``Table`` for SELECT, ``Triples`` for CONSTRUCT and DESCRIBE, a ``Truth`` for ASK. An empty
            one says in ``why_empty`` why, where the graph can tell; ``remark`` says where a question
            asks about days later than the facts.

        Raises:
            QueryError: It is refused, wrong, lacks a parameter, or ran out of time.
            UnknownNameError: A parameter names nothing known.
            GraphError: The graph is damaged.
        """
        return ask.ask(
            self.snapshot,
            self._answerer,
            query,
            given,
            timeout_s=timeout_s,
            continuity=continuity,
        )

    def table(
        self,
        query: str | Path,
        /,
        *,
        timeout_s: float | None = 60,
        continuity: Continuity | None = None,
        **given: str | int | date,
    ) -> Table:
        """The rows of a SELECT; as ``query``, for what is surely a SELECT.

        Args:
            query: As for ``query``.
            timeout_s: As for ``query``.
            continuity: As for ``query``.
            **given: As for ``query``.

        Raises:
            QueryError: As ``query``, and if the query is no SELECT.
            UnknownNameError: A parameter names nothing known.
            GraphError: The graph is damaged.
        """
        answer = self.query(query, timeout_s=timeout_s, continuity=continuity, **given)
        if not isinstance(answer, Table):
            raise QueryError("the query is no SELECT; take query() for ASK, CONSTRUCT and DESCRIBE")
        return answer

    def covers(self, *datasets: str) -> tuple[date, date]:
        """The first and the last day that the facts reach.

        Args:
            *datasets: Names of data sets, as ``manifest["datasets"]`` has them, such as ``alliances``: the
                last day is the earliest of their last days. With none it is the latest of all.
        """
        return coverage(self.snapshot, datasets)

    def beyond(self, *days: date | str, datasets: Iterable[str] = CURATED) -> str:
        """A remark that some days are later than the facts; empty where none is.

        Args:
            *days: The days.
            datasets: The data sets that matter; without them all that are curated, as for ``path``.
        """
        spans = [Span.day(dates.day(day) if isinstance(day, str) else day) for day in days]
        return reach.beyond(self.snapshot, spans, datasets)

    @property
    def beside(self) -> tuple[str, ...]:
        """IRIs of the named graphs, in which sources keep their own accounts beside the record."""
        return beside(self.snapshot)

    def triples(self, graph: str = "") -> Iterator[Triple]:
        """Every triple of the record, or of a graph beside it, subject by subject.

        Args:
            graph: The IRI of a named graph, one of ``beside``; empty means the record.
        """
        return triples(self.snapshot, graph)

    def quads(self) -> Iterator[Quad]:
        """Every quad of the record and of the accounts beside it."""
        return quads(self.snapshot)

    def network(self, on: date | str | None = None) -> nx.MultiDiGraph:
        """The graph as a network of states, organisations, officials and texts; see ``kg.network``.

        Args:
            on: Only what held on that day; None means everything at any time.

        Returns:
            Nodes named ``kind:key``, with ``kind`` and ``label``; edges with ``link``, the record behind
            them as a ``kg.network.links.Link``, and ``cost``: a smaller one is a closer tie.
        """
        from kg.network import web

        return web.project(self.snapshot, _day(on))

    def path(
        self,
        start: str,
        goal: str,
        *,
        on: date | str | None = None,
        k: int = 3,
        max_hops: int = 6,
        by: str | Iterable[str] = (),
        without: str | Iterable[str] = (),
    ) -> tuple[Chain, ...]:
        """The ``k`` best chains between two things, best first; see ``kg.network.paths``.

        Args:
            start: A name, code or key, as it was meant on the day.
            goal: Another.
            on: The day; None means today.
            k: How many chains.
            max_hops: Longest chain, in links.
            by: Kinds of link to follow; none means all.
            without: Kinds of link, or things by name, to leave out.

        Returns:
            The chains; with none, ``why_no_path`` says why.

        Raises:
            UnknownNameError: A name means nothing, or nothing on that day.
            QueryError: A kind of link is unknown, a number is not positive, or both ends are one.
        """
        from kg.network import paths

        day = _day(on) or date.today()
        ends = [":".join(self.names.meant(name, on=day)) for name in (start, goal)]
        banned = (without,) if isinstance(without, str) else without
        leave = [name if name in LINKS else self._left_out(name, day) for name in banned]
        only = (by,) if isinstance(by, str) else by
        network = self._network(day)
        return paths.best(network, *ends, k=k, max_hops=max_hops, by=only, without=leave)

    def _network(self, on: date) -> Network:
        """The links of a day; the last one is kept, for a question after it is often of the same day."""
        from kg.network import web

        last = self._last_network
        if last is None or last[0] != on:
            last = on, web.network(self.snapshot, on)
            self._last_network = last
        return last[1]

    def _left_out(self, name: str, on: date) -> str:
        try:
            return ":".join(self.names.meant(name, on=on))
        except UnknownNameError as error:
            raise QueryError(
                f"no kind of link is called {name!r}", allowed=LINKS, remedy=f"and {error}"
            ) from error

    def why_no_path(self, start: str, goal: str, *, on: date, max_hops: int) -> Sentence:
        """Why there is no chain: an end without a tie that day, a day out of coverage, or a limit.

        Args:
            start: As for ``path``.
            goal: As for ``path``.
            on: The day.
            max_hops: Longest chain, in links.

        Raises:
            UnknownNameError: A name means nothing, or nothing on that day.
        """
        ends = [":".join(self.names.meant(name, on=on)) for name in (start, goal)]
        missing = [end for end in ends if end not in self._network(on)]
        return why_empty.no_chain(self.snapshot, missing, on, max_hops)

    def evidence(self, chains: Iterable[Chain]) -> Iterator[Triple]:
        """All that the graph says of the records and things of some chains, and of their sources.

        Args:
            chains: As ``path`` returns them.
        """
        wanted = {hop.link.record for chain in chains for hop in chain.hops}
        wanted |= {iris.thing("source", s) for c in chains for h in c.hops for s in h.link.sources}
        wanted |= {iris.expand(node) for c in chains for node in c.nodes if "side:" not in node}
        for iri in sorted(wanted):
            for quad in self.snapshot.store.quads_for_pattern(
                NamedNode(iri), None, None, DefaultGraph()
            ):
                yield quad.triple

    def source(self, key: str) -> Source:
        """The work that a source key stands for.

        Args:
            key: The key of a source, such as ``union-state-treaty-1999``.

        Raises:
            UnknownNameError: No source has that key.
        """
        return self.snapshot.source(key)

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

        render.write(network.build(self.snapshot, _day(on) or date.today()), Path(path))

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

        day = _day(on) or date.today()
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

    def compare(
        self,
        state: str,
        other: str = "",
        *,
        measure: str = "kappa",
        votes: bool = False,
        seed: int = 0,
        **which: Unpack[Filter],
    ) -> Measured:
        """Who votes with a state, closest first, or two states through time; see ``kg.analysis.compare``.

        Args:
            state: A name, code or key.
            other: Another; empty compares with all.
            measure: One of ``kg.votes.methods.MEASURES``.
            votes: List instead the votes of the two states that the measure is made of.
            seed: Of the bootstrap.
            **which: Which votes count: start, end, on, session, topic, contested, absent, continuity.

        Raises:
            UnknownNameError: A name means no state.
            QueryError: No vote or too few count, or a state cast none of them.
        """
        from kg.analysis import compare

        if votes:
            return compare.votes(self.snapshot, state, other, measure, **which)
        if other:
            return compare.pair(self.snapshot, state, other, measure, seed=seed, **which)
        return compare.partners(self.snapshot, state, measure, seed=seed, **which)

    def bloc(
        self,
        *names: str | Sequence[str],
        against: str | Iterable[str] = (),
        part: Part = "years",
        votes: bool = False,
        seed: int = 0,
        **which: Unpack[Filter],
    ) -> Measured:
        """How an organisation or some states hold together, or two groups beside each other.

        Args:
            *names: One organisation, or two states or more; a list of them will do.
            against: Another group, held beside the first.
            part: years, members, splits or votes; see ``kg.analysis.bloc``.
            votes: The same as the part ``votes``.
            seed: Of the bootstrap.
            **which: Which votes count, as for ``compare``.

        Raises:
            UnknownNameError: A name means nothing.
            QueryError: The names make no group, or too few votes count.
        """
        from kg.analysis import against as beside
        from kg.analysis import bloc

        group = [n for name in names for n in ([name] if isinstance(name, str) else name)]
        others = [against] if isinstance(against, str) else list(against)
        if others:
            return beside.against(self.snapshot, group, others, seed=seed, **which)
        return bloc.bloc(self.snapshot, group, "votes" if votes else part, seed=seed, **which)

    def blocs(self, *, seed: int = 0, **which: Unpack[Filter]) -> Blocs:
        """The blocs that the votes themselves show, if they do; see ``kg.analysis.blocs``.

        Its ``kappa`` is the matrix of all pairs of the states in them.
        """
        from kg.analysis import blocs

        return blocs.blocs(self.snapshot, seed=seed, **which)

    def moves(self, before: str, after: str, *, seed: int = 0, **which: Unpack[Filter]) -> Measured:
        """Who changed between two votes or two periods; see ``kg.analysis.moves``."""
        from kg.analysis import moves

        return moves.moves(self.snapshot, before, after, seed=seed, **which)

    def odd_pairs(self, most: int = 3, **which: Unpack[Filter]) -> Measured:
        """Pairs that shared a rare no without a tie; see ``kg.analysis.odd_pairs``."""
        from kg.analysis import odd_pairs

        return odd_pairs.odd_pairs(self.snapshot, most, **which)

    def points(self, **which: Unpack[Filter]) -> Measured:
        """Where states stand on one line, by what they voted; see ``kg.analysis.points``."""
        from kg.analysis import points

        return points.points(self.snapshot, **which)

    def check(self, *, shapes: bool = True) -> tuple[Finding, ...]:
        """What does not add up in the graph, findings before remarks; see ``kg.check``.

        Args:
            shapes: Whether to compare it with the SHACL shapes too, which takes some seconds.
        """
        from kg.check import findings

        return findings(self.snapshot, shapes=shapes)

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

        wrong = [f for f in self.check(shapes=False) if f.level == "finding"]
        chains = self.path(*case.ENDS, on=case.DAY, k=1)
        return case.case(self.snapshot, self.table, chains, len(wrong))

    def export(
        self,
        path: Path | str,
        format: str | None = None,  # noqa: A002
        *,
        on: date | str | None = None,
        table: str = "links",
    ) -> Exported:
        """Write the graph to a file, whole or not at all: the same facts give the same bytes.

        Args:
            path: The file.
            format: turtle, trig, nquads, ntriples, jsonld, graphml, gexf or csv; without it the ending of
                the name decides.
            on: For graphml, gexf and csv: only the links that held on that day.
            table: For csv: ``links`` of the network, or every single one of the ``votes``.

        Returns:
            The format, how many triples, links or votes were written, and whether anything was left out.

        Raises:
            ExportError: The format is unknown or holds no such table or day, or the file cannot be written.
        """
        from kg.export import write

        return write(self.snapshot, Path(path), format, on=_day(on), table=table)

    def to_rdflib(self) -> rdflib.Graph:
        """A copy of the graph in rdflib."""
        from kg.export import rdf

        return rdf.to_rdflib(self.snapshot)


def _wait(home: Path) -> None:
    """Let another process, which builds the same graph for the first time, finish."""
    for _ in range(600):
        if folder.exists(home):
            return
        time.sleep(0.1)
    folder.current(home)


def _day(on: date | str | None) -> date | None:
    return dates.day(on) if isinstance(on, str) else on


def _outdated(home: Path) -> bool:
    """Whether the graph was built from bundled facts, and they or the layout changed since."""
    from kg.graph.manifest import bundled_digest

    manifest = folder.peek(home)
    if manifest.get("bundled") is not True:
        return False
    return manifest.get("format") != folder.FORMAT or manifest.get("digest") != bundled_digest()


def _answerer(version: Version, workers: int) -> Answerer:
    remedy = folder.build_again(version.root)
    if workers == 1:
        return Worker(version.parts, remedy=remedy)
    return Pool(version.parts, workers, remedy=remedy)
