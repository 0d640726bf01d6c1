"""``kg.open()``: one graph folder as an object that answers what the command line answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg import catalogue, dates, empty
from kg.catalogue import Query
from kg.errors import GraphError, QueryError
from kg.graph import folder, guard
from kg.graph.worker import Worker
from kg.names import Names
from kg.results import Answer, Found, Table, Truth

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.check import Finding
    from kg.paths import Chain
    from kg.votes import VoteTable


def open(root: Path | str | None = None) -> Graph:  # noqa: A001  the verb of the library, as in kg.open()
    """The graph in a folder, built from the bundled facts where there is none yet.

    Args:
        root: A graph folder; None means ``KG_GRAPH``, else the user's data folder. The user's own
            data folder is brought up to date when the bundled facts have changed.

    Raises:
        GraphError: The folder is damaged, or of another layout.
    """
    home = Path(root) if root is not None else folder.default()
    if not folder.exists(home) or (root is None and _outdated(home)):
        from kg.graph.build import build

        build(home)
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
        except OSError as error:
            raise GraphError(
                f"{self._version / 'store'} is damaged: {error}; build it again: "
                f"kg build --graph {self.root}"
            ) from error

    @cached_property
    def names(self) -> Names:
        """Every name and code that means something in this graph."""
        path = self._version / "names.json"
        try:
            return Names.from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise GraphError(
                f"{path} is damaged: {error}; build it again: kg build --graph {self.root}"
            ) from error

    @cached_property
    def votes(self) -> VoteTable:
        """The vote table."""
        from kg.votes import VoteTable

        return VoteTable.read(self._version / "votes.parquet")

    @cached_property
    def _worker(self) -> Worker:
        return Worker(self._version / "store")

    def query(self, query: str, *, timeout_s: float | None = 60, **given: str) -> Answer:
        """The answer to a shipped query or to SPARQL text, found in a process of its own.

        Args:
            query: The name of a shipped query, or SPARQL; common prefixes need no declaration.
            timeout_s: Seconds after which it is ended; None waits.
            **given: Parameters of a shipped query, by name, code or key.

        Raises:
            QueryError: It is refused, wrong, lacks a parameter, or ran out of time.
            UnknownNameError: A parameter names nothing known.
        """
        shipped = self._shipped(query, given)
        text = shipped.text if shipped else query
        guard.check(text)
        terms = shipped.bind(given, self.names) if shipped else {}
        head, body = self._worker.ask({"query": text, "terms": terms}, timeout_s)
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

    def select(self, query: Query, **terms: Any) -> Iterator[dict[str, Any]]:
        """Rows of a query of the product's own, run in this process."""
        from pyoxigraph import Variable

        from kg.rdf.iris import PREFIXES

        bound = {Variable(name): term for name, term in terms.items()}
        solutions: Any = self.store.query(query.text, prefixes=PREFIXES, substitutions=bound)
        names = [variable.value for variable in solutions.variables]
        for row in solutions:
            yield {name: row[name] for name in names}

    def triples(self) -> Iterator[Triple]:
        """Every triple of the default graph, in no special order."""
        for quad in self.quads():
            yield quad.triple

    def quads(self, subject: NamedNode | None = None) -> Iterator[Quad]:
        """Every quad, or those of one subject."""
        return self.store.quads_for_pattern(subject, None, None, None)

    @property
    def known(self) -> tuple[date, date]:
        """The days that the record covers: from its beginning to the latest day facts were taken."""
        from kg.model import COVERAGE_START

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
        by: tuple[str, ...] = (),
        without: tuple[str, ...] = (),
    ) -> tuple[Chain, ...]:
        """The ``k`` best chains between two things, best first; see ``kg.paths``."""
        from kg import network, paths

        ends = [":".join(self.names.find(name, on=None)) for name in (start, goal)]
        web = network.project(self, _day(on) or date.today())
        return paths.best(web, *ends, k=k, max_hops=max_hops, by=by, without=without)

    def evidence(self, chains: tuple[Chain, ...]) -> Iterator[Triple]:
        """All that the graph says of the records and things of some chains, and of their sources."""
        from kg.rdf import iris

        wanted = {hop.link.record for chain in chains for hop in chain.hops}
        wanted |= {iris.thing("source", s) for c in chains for h in c.hops for s in h.link.sources}
        wanted |= {iris.expand(node) for c in chains for node in c.nodes if "side:" not in node}
        for iri in sorted(wanted):
            for quad in self.quads(NamedNode(iri)):
                yield quad.triple

    def source_title(self, key: str) -> str:
        """The title of a source, with its address where one is known."""
        from kg import things
        from kg.rdf import iris

        source = things.get(self.store, iris.thing("source", key))
        url = source.one("url")
        return f"{source.label}{f' <{url}>' if url else ''}"

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

    @staticmethod
    def _shipped(query: str, given: dict[str, str]) -> Query | None:
        if query.strip().replace("-", "").isalnum() and " " not in query.strip():
            return catalogue.load(query.strip())
        if given:
            raise QueryError(
                "parameters go with a shipped query; write values into SPARQL text itself"
            )
        return None


def _day(on: date | str | None) -> date | None:
    return dates.day(on) if isinstance(on, str) else on


def _outdated(home: Path) -> bool:
    """Whether the user's own graph was built from bundled facts that have changed since."""
    from kg.graph.build import bundled_digest

    try:
        told = folder.manifest(home)
    except GraphError:
        return True
    return bool(told["bundled"]) and told["digest"] != bundled_digest()
