"""``kg.open()``: one graph folder as an object that answers what the command line answers."""

from __future__ import annotations

import gzip
import json
import os
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg import catalogue, dates, empty, things
from kg.dates import PartialDate
from kg.errors import BusyError, GraphError, QueryError, RecordError, UnknownNameError
from kg.graph import folder, functions, guard
from kg.graph.worker import Worker
from kg.model import CONTINUITIES, COVERAGE_START, Continuity, Source
from kg.names import Names
from kg.rdf import iris
from kg.results import Answer, Found, Table, Truth

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl
    import rdflib

    from kg.analysis.bloc import Part
    from kg.analysis.measured import Measured
    from kg.analysis.selection import Asked
    from kg.check import Finding
    from kg.measures import Measure
    from kg.paths import Chain
    from kg.votes import VoteTable


_LONGEST_S = 86_400
"""Longest time to wait for an answer, in seconds."""


def open(  # noqa: A001  the verb of the library, as in kg.open()
    root: Path | str | None = None, notice: Callable[[str], None] = lambda text: None
) -> Graph:
    """The graph in a folder, built from the bundled facts where there is none yet.

    Args:
        root: A graph folder; None means ``KG_GRAPH``, else the user's data folder. What this built
            itself in the user's data folder is brought up to date when the bundled facts change;
            a folder that was named, or built from other facts, is never built over.
        notice: Told in a sentence when a graph has to be built first.

    Raises:
        GraphError: The folder is damaged, or of another layout.
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
    folder.manifest(home)
    return Graph(home)


class Graph:
    """A published graph, read-only. Close it, or use it as a context manager."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.manifest: dict[str, Any] = folder.manifest(root)
        """Versions, counts, digests and licences of what is in it."""
        self._version = folder.current(root)

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that answers queries, if one was started."""
        if "_worker" in self.__dict__:
            self._worker.close()

    @cached_property
    def store(self) -> Store:
        """The triples, for the product's own code; queries from outside go through ``query``."""
        try:
            return Store.read_only(str(self._version / "store"))
        except (OSError, RuntimeError) as error:
            raise self._damaged(f"{self._version / 'store'} is damaged: {error}") from error

    @cached_property
    def names(self) -> Names:
        """Every name and code that means something in this graph."""
        path = self._version / "names.json"
        try:
            told = path.read_text(encoding="utf-8")
            path = self._version / "symbols.json"
            return Names.from_json(told, json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise self._damaged(f"{path} is damaged: {error}") from error

    @cached_property
    def votes(self) -> VoteTable:
        """The vote table of the record: each roll call once."""
        return self.accounts.record

    @cached_property
    def accounts(self) -> VoteTable:
        """The vote table with every source's account of each roll call."""
        from kg.votes import VoteTable

        try:
            return VoteTable.read(self._version / "votes.parquet")
        except GraphError as error:
            raise self._damaged(str(error)) from error

    @cached_property
    def seats(self) -> dict[str, str]:
        """State to seat, of the seats that several states held one after the other."""
        path = self._version / "seats.json"
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise self._damaged(f"{path} is damaged: {error}") from error

    @cached_property
    def observations(self) -> pl.DataFrame:
        """The record counted; see ``kg.counts.observations`` for its columns."""
        import polars as pl
        from polars.exceptions import PolarsError

        path = self._version / "observations.parquet"
        try:
            return pl.read_parquet(path)
        except (OSError, PolarsError) as error:
            raise self._damaged(f"{path} is damaged: {error}") from error

    def _damaged(self, told: str) -> GraphError:
        return GraphError(f"{told}; build it again: kg build --graph {self.root}")

    @cached_property
    def _worker(self) -> Worker:
        return Worker(self._version / "store")

    def query(
        self,
        query: str | Path,
        *,
        timeout_s: float | None = 60,
        continuity: Continuity | None = None,
        **given: str | int | date,
    ) -> Answer:
        """The answer to a shipped query or to SPARQL, found in a process of its own.

        Args:
            query: The name of a shipped query, SPARQL text, or the path of a file of it; the prefixes
                of ``kg.PREFIXES`` need no declaration.
            timeout_s: Seconds after which it is ended; None waits.
            continuity: For what compares years: ``state`` (the default) takes the votes of each state
                alone, ``seat`` those of all that held its seat, so that the Russian Federation goes on
                where the Soviet Union ended.
            **given: Parameters of a shipped query: names, codes or keys, days, numbers.

        Raises:
            QueryError: It is refused, wrong, lacks a parameter, or ran out of time.
            UnknownNameError: A parameter names nothing known.
        """
        if timeout_s is not None and not 0 < timeout_s <= _LONGEST_S:
            raise QueryError(f"a time of {timeout_s:g} s is none to wait; give up to {_LONGEST_S}")
        values = {name: str(value) for name, value in given.items()}
        text, shipped = _text(query), None
        if not isinstance(query, Path) and re.fullmatch(r"[\w-]+", query.strip()):
            shipped = catalogue.load(query.strip())
            text = shipped.text
        elif values:
            raise QueryError(
                "parameters go with a shipped query; write values into SPARQL text itself"
            )
        guard.check(text)
        if continuity is not None:
            _check_continuity(continuity, text, shipped)
            if shipped and any(p.name == "continuity" for p in shipped.parameters):
                values["continuity"] = continuity
        terms = shipped.bind(values, self.names) if shipped else {}
        request = {"query": text, "terms": terms, "continuity": continuity or "state"}
        try:
            head, body = self._worker.ask(request, timeout_s)
        except GraphError as error:
            raise self._damaged(str(error)) from error
        if head["kind"] == "boolean":
            return Truth(b"true" in body)
        why = ""
        if head["kind"] == "graph":
            found = Found.from_ntriples(body)
            return found if found else Found((), empty.why(self.store, text, terms, self.known))
        table = Table.from_json(body, hidden=terms)
        if not table:
            why = empty.why(self.store, text, terms, self.known)
        return Table(table.columns, table.terms, why)

    def table(
        self,
        query: str | Path,
        *,
        timeout_s: float | None = 60,
        continuity: Continuity | None = None,
        **given: str | int | date,
    ) -> Table:
        """The rows that a SELECT finds; as ``query``, for what is known to be a SELECT.

        Raises:
            QueryError: As ``query``, and if the query is no SELECT.
        """
        answer = self.query(query, timeout_s=timeout_s, continuity=continuity, **given)
        if not isinstance(answer, Table):
            raise QueryError("the query is no SELECT; take query() for ASK, CONSTRUCT and DESCRIBE")
        return answer

    def triples(self, graph: str = "") -> Iterator[Triple]:
        """Every triple of the record, or of a graph beside it, subject by subject.

        Args:
            graph: The IRI of a named graph, one of ``beside``; empty means the record.
        """
        name = NamedNode(graph) if graph else DefaultGraph()
        for quad in self.store.quads_for_pattern(None, None, None, name):
            yield quad.triple

    def things(self) -> Iterator[Triple]:
        """The triples of the record that are neither votes nor observations, some perhaps twice."""
        path = self._version / "things.nt.gz"
        try:
            with gzip.open(path, "rb") as file:
                text = file.read()
        except (OSError, EOFError, zlib.error) as error:
            raise self._damaged(f"{path} is damaged: {error}") from error
        for quad in parse(text, format=RdfFormat.N_TRIPLES):
            yield quad.triple

    @property
    def beside(self) -> tuple[str, ...]:
        """IRIs of the named graphs, in which sources keep their own accounts beside the record."""
        return tuple(sorted(name.value for name in self.store.named_graphs()))

    def quads(self, subject: NamedNode | None = None) -> Iterator[Quad]:
        """Every quad of the record and of the accounts beside it, or those of one subject."""
        return self.store.quads_for_pattern(subject, None, None, None)

    @property
    def known(self) -> tuple[date, date]:
        """The days that the record covers: from its beginning to the latest day facts were taken."""
        told = [date.fromisoformat(d["known"]) for d in self.manifest["datasets"].values()]
        return COVERAGE_START, max(told)

    def network(self, on: date | str | None = None) -> nx.MultiDiGraph:
        """The graph as a network of states, organisations, officials and texts; see ``kg.network``.

        Args:
            on: Only what held on that day; None means everything at any time.
        """
        from kg import network

        return network.project(self, _day(on))

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
        """The ``k`` best chains between two things, best first; see ``kg.paths``.

        Args:
            start: A name, code or key, as it was meant on the day.
            goal: Another.
            on: The day; None means today.
            k: How many chains.
            max_hops: Longest chain, in links.
            by: Kinds of link to follow; none means all.
            without: Kinds of link, or things by name, to leave out.

        Raises:
            UnknownNameError: A name means nothing, or nothing on that day.
            QueryError: A kind of link is unknown, a number is not positive, or both ends are one.
        """
        from kg import network, paths

        day = _day(on) or date.today()
        ends = [":".join(self.names.meant(name, on=day)) for name in (start, goal)]
        banned = (without,) if isinstance(without, str) else without
        leave = [name if name in network.LINKS else self._left_out(name, day) for name in banned]
        only = (by,) if isinstance(by, str) else by
        web = network.project(self, day)
        return paths.best(web, *ends, k=k, max_hops=max_hops, by=only, without=leave)

    def _left_out(self, name: str, on: date) -> str:
        from kg.network import LINKS

        try:
            return ":".join(self.names.meant(name, on=on))
        except UnknownNameError as error:
            raise QueryError(
                f"no kind of link is called {name!r}; known: {', '.join(LINKS)}; and {error}"
            ) from error

    def why_no_path(self, start: str, goal: str, *, on: date, max_hops: int) -> str:
        """Why there is no chain: an end without a tie that day, a day out of coverage, or a limit."""
        from kg import network

        ends = [":".join(self.names.meant(name, on=on)) for name in (start, goal)]
        missing = [end for end in ends if end not in network.project(self, on)]
        reasons = empty.no_chain(self.store, missing, on, self.known)
        return f"no chain of at most {max_hops} links on {on}; {reasons}"

    def evidence(self, chains: tuple[Chain, ...]) -> Iterator[Triple]:
        """All that the graph says of the records and things of some chains, and of their sources."""
        wanted = {hop.link.record for chain in chains for hop in chain.hops}
        wanted |= {iris.thing("source", s) for c in chains for h in c.hops for s in h.link.sources}
        wanted |= {iris.expand(node) for c in chains for node in c.nodes if "side:" not in node}
        for iri in sorted(wanted):
            for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
                yield quad.triple

    def source(self, key: str) -> Source:
        """The work that a source key stands for.

        Raises:
            UnknownNameError: No source has that key.
        """
        try:
            thing = things.get(self.store, iris.thing("source", key))
            day = thing.one("date")
            return Source(
                source=key,
                title=thing.label if thing.facts else "",
                publisher=thing.one("publisher"),
                date=PartialDate.parse(day) if day else None,
                url=thing.one("url"),
                licence=thing.one("licence"),
            )
        except (AssertionError, RecordError) as error:
            raise UnknownNameError(
                key, "is no known source; kg query sources lists them"
            ) from error

    def view_network(self, path: Path | str, on: date | str | None = None) -> None:
        """Write who is bound to whom as one offline page that opens on a day; None means today."""
        from kg.views import page, pages

        page.write(page.render(pages.alliances(self, _day(on) or date.today())), Path(path))

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

        Returns:
            How many chains it shows; with none, nothing is written.
        """
        from kg.views import page, pages

        day = _day(on) or date.today()
        found = self.path(start, goal, on=day, k=k, max_hops=max_hops)
        if found:
            ends = found[0].labels[0], found[0].labels[-1]
            page.write(page.render(pages.chains(self, *ends, found, day)), Path(path))
        return len(found)

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
            continuity: ``seat`` holds a state against whoever held its seat in the other vote.
        """
        from kg.views import page, pages

        roll = self.names.resolve(resolution, "rollcall")
        other = self.names.resolve(compare, "rollcall") if compare else ""
        page.write(page.render(pages.vote(self, roll, other, continuity)), Path(path))

    def compare(
        self,
        state: str,
        other: str = "",
        *,
        measure: Measure = "kappa",
        seed: int = 0,
        **asked: Unpack[Asked],
    ) -> Measured:
        """Who votes with a state, closest first, or two states through time; see ``kg.analysis.compare``.

        Args:
            state: A name, code or key.
            other: Another; empty compares with all.
            measure: One of ``kg.measures.MEASURES``.
            seed: Of the bootstrap.
            **asked: Which votes count: start, end, on, session, topic, contested, absent, continuity.

        Raises:
            UnknownNameError: A name means no state.
            QueryError: No vote or too few count, or a state cast none of them.
        """
        from kg.analysis import compare

        if other:
            return compare.pair(self, state, other, measure, seed=seed, **asked)
        return compare.partners(self, state, measure, seed=seed, **asked)

    def votes_of(
        self, state: str, other: str, *, measure: Measure = "kappa", **asked: Unpack[Asked]
    ) -> Measured:
        """The votes of two states that ``compare`` was made of; see ``kg.analysis.compare``."""
        from kg.analysis import compare

        return compare.votes(self, state, other, measure, **asked)

    def bloc(
        self,
        *names: str | Sequence[str],
        against: str | Iterable[str] = (),
        part: Part = "years",
        seed: int = 0,
        **asked: Unpack[Asked],
    ) -> Measured:
        """How an organisation or some states hold together, or two groups beside each other.

        Args:
            *names: One organisation, or two states or more; a list of them will do.
            against: Another group, held beside the first.
            part: years, members, splits or votes; see ``kg.analysis.bloc``.
            seed: Of the bootstrap.
            **asked: Which votes count, as for ``compare``.
        """
        from kg.analysis import bloc

        whole = [n for name in names for n in ([name] if isinstance(name, str) else name)]
        others = [against] if isinstance(against, str) else list(against)
        if others:
            return bloc.against(self, whole, others, seed=seed, **asked)
        return bloc.bloc(self, whole, part, seed=seed, **asked)

    def blocs(self, *, seed: int = 0, **asked: Unpack[Asked]) -> Measured:
        """The blocs that the votes themselves show, if they do; see ``kg.analysis.blocs``."""
        from kg.analysis import blocs

        return blocs.blocs(self, seed=seed, **asked)

    def moves(self, before: str, after: str, *, seed: int = 0, **asked: Unpack[Asked]) -> Measured:
        """Who changed between two votes or two periods; see ``kg.analysis.moves``."""
        from kg.analysis import moves

        return moves.moves(self, before, after, seed=seed, **asked)

    def bedfellows(self, most: int = 3, **asked: Unpack[Asked]) -> Measured:
        """Pairs that shared a rare no without a tie; see ``kg.analysis.bedfellows``."""
        from kg.analysis import bedfellows

        return bedfellows.bedfellows(self, most, **asked)

    def points(self, **asked: Unpack[Asked]) -> Measured:
        """Where states stand on one line, by what they voted; see ``kg.analysis.points``."""
        from kg.analysis import points

        return points.points(self, **asked)

    def check(self) -> tuple[Finding, ...]:
        """What does not add up in the graph; see ``kg.check``."""
        from kg import check

        return check.findings(self)

    def export(self, path: Path | str, format: str | None = None) -> int:  # noqa: A002
        """Write the graph to a file; the ending decides where no format is given.

        Returns:
            How many triples, ties or rows were written.
        """
        from kg import export

        return export.write(self, Path(path), format)

    def to_rdflib(self) -> rdflib.Graph:
        """A copy of the graph in rdflib."""
        from kg import export

        return export.to_rdflib(self)


def _check_continuity(continuity: str, text: str, shipped: catalogue.Query | None) -> None:
    if continuity not in CONTINUITIES:
        raise QueryError(f"continuity {continuity!r} is not {' or '.join(CONTINUITIES)}")
    takes = shipped is not None and any(p.name == "continuity" for p in shipped.parameters)
    if not takes and not functions.wanted(text):
        raise QueryError(
            "--continuity is for what compares years: a question that takes it, or SPARQL with kg:agreement, "
            "kg:kappa, kg:commonVotes or kg:sameVotes"
        )


def _text(query: str | Path) -> str:
    if not isinstance(query, Path):
        return query
    try:
        return query.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise QueryError(
            f"{query} cannot be read: {reason}; give a file of SPARQL text in UTF-8"
        ) from error


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
    from kg.graph.build import bundled_digest

    told = folder.peek(home)
    if told.get("bundled") is not True:
        return False
    return told.get("format") != folder.FORMAT or told.get("digest") != bundled_digest()
