"""Ties: the network, and chains between two things."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from kg.api.opened import Opened, given_day
from kg.calls import Sentence
from kg.errors import QueryError, UnknownNameError
from kg.model.words import LINKS
from kg.query import why_empty
from kg.query.answers import Triples
from kg.rdf import iris

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.alliances import AllianceNetwork
    from kg.network.paths import Chain
    from kg.network.web import Network


class Ties(Opened):
    """A graph that shows who is tied to whom."""

    _last_network: tuple[date, Network] | None = None

    def network(self, on: date | str | None = None) -> nx.MultiDiGraph:
        """The graph as a network of states, organisations, officials and texts; see ``kg.network``.

        Args:
            on: Only what held on that day; None means everything at any time.

        Returns:
            Nodes named ``kind:key``, with ``kind`` and ``label``; edges with ``link``, the record behind
            them as a ``kg.network.links.Link``, and ``cost``: a smaller one is a closer tie.
        """
        from kg.network import web

        return web.project(self.snapshot, given_day(on))

    def alliances(
        self, *, on: date | str | None = None, obligation: str | Iterable[str] = "defence"
    ) -> AllianceNetwork:
        """Who is allied with whom on a day, and how central each is; see ``kg.network.alliances``.

        Args:
            on: The day; None means today.
            obligation: A treaty counts that binds to this, or to one of these.

        Returns:
            A row for each state that is bound; with it density and components of the network.

        Raises:
            QueryError: An obligation is unknown.
        """
        from kg.network import alliances

        names = (obligation,) if isinstance(obligation, str) else tuple(obligation)
        return alliances.alliances(self.snapshot, given_day(on) or date.today(), names)

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
        obligation: str | Iterable[str] = (),
    ) -> tuple[Chain, ...]:
        """The ``k`` best chains between two things, best first; see ``kg.network.paths``.

        Args:
            start: A name, code or key, as it was meant on the day.
            goal: Another.
            on: The day; None means today.
            k: How many chains.
            max_hops: Longest chain, in links.
            by: Kinds of link to follow; none means all but ``seat``, in organs and regional groups.
            without: Kinds of link, or things by name, to leave out.
            obligation: Follow only treaties that bind to this, or to one of these; none means all links.

        Returns:
            The chains; with none, ``why_no_path`` says why.

        Raises:
            UnknownNameError: A name means nothing, or nothing on that day.
            QueryError: A kind of link or an obligation is unknown, a number is not positive, or both ends are
                one.
        """
        from kg.network import paths

        day = given_day(on) or date.today()
        ends = [":".join(self.names.meant(name, on=day)) for name in (start, goal)]
        banned = (without,) if isinstance(without, str) else without
        leave = [name if name in LINKS else self._left_out(name, day) for name in banned]
        only, bound = ((each,) if isinstance(each, str) else each for each in (by, obligation))
        return paths.best(
            self._network(day),
            *ends,
            k=k,
            max_hops=max_hops,
            by=only,
            without=leave,
            obligation=bound,
        )

    def why_no_path(self, start: str, goal: str, *, on: date | str, max_hops: int) -> Sentence:
        """Why there is no chain: an end without a tie that day, a day out of coverage, or a limit.

        Args:
            start: As for ``path``.
            goal: As for ``path``.
            on: The day.
            max_hops: Longest chain, in links.

        Raises:
            UnknownNameError: A name means nothing, or nothing on that day.
        """
        day = given_day(on) or date.today()
        ends = [":".join(self.names.meant(name, on=day)) for name in (start, goal)]
        missing = [end for end in ends if end not in self._network(day)]
        return why_empty.no_chain(self.snapshot, missing, day, max_hops)

    def evidence(self, chains: Iterable[Chain]) -> Triples:
        """All that the graph says of the records and things of some chains, and of their sources.

        Args:
            chains: As ``path`` returns them.

        Returns:
            The triples; ``write("ttl")`` gives them as Turtle.
        """
        wanted = {hop.link.record for chain in chains for hop in chain.hops}
        wanted |= {iris.thing("source", s) for c in chains for h in c.hops for s in h.link.sources}
        wanted |= {iris.expand(node) for c in chains for node in c.nodes if "side:" not in node}
        find = self.snapshot.store.quads_for_pattern
        return Triples.of(
            quad.triple
            for iri in wanted
            for quad in find(NamedNode(iri), None, None, DefaultGraph())
        )

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
