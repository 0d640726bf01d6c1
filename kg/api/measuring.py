"""Measures of votes: who votes with whom, each with a receipt of what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kg.api.opened import Opened

if TYPE_CHECKING:
    from kg.analysis.bloc import Part
    from kg.analysis.blocs import Blocs
    from kg.analysis.choice import Filter
    from kg.analysis.measured import Measured


class Measuring(Opened):
    """A graph that measures how states vote."""

    def compare(
        self,
        state: str,
        other: str = "",
        *,
        measure: str = "kappa",
        votes: bool = False,
        differing: bool = False,
        seed: int = 0,
        **which: Unpack[Filter],
    ) -> Measured:
        """Who votes with a state, closest first, or two states through time; see ``kg.analysis.compare``.

        Args:
            state: A name, code or key.
            other: Another; empty compares with all.
            measure: One of ``kg.votes.methods.MEASURES``.
            votes: List instead the votes of the two states that the measure is made of.
            differing: List instead those of them in which the two did not do the same.
            seed: Of the bootstrap.
            **which: Which votes count: start, end, on, session, topic, contested, unanimous, absent,
                continuity.

        Raises:
            UnknownNameError: A name means no state.
            QueryError: No vote or too few count, or a state cast none of them.
        """
        from kg.analysis import compare

        if votes or differing:
            snapshot = self.snapshot
            return compare.votes(snapshot, state, other, measure, differing=differing, **which)
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
            against: Another group, compared with the first.
            part: years, members, splits or votes; see ``kg.analysis.bloc``.
            votes: The same as the part ``votes``.
            seed: Of the bootstrap.
            **which: Which votes count, as for ``compare``.

        Returns:
            A row for each year, member or vote, as the part says.

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

        Args:
            seed: Of what is drawn by lot: the order in which states are looked at, the shuffled votes.
            **which: Which votes count, as for ``compare``.

        Returns:
            A row for each state, by bloc; its ``kappa`` is the matrix of all pairs of them. Without a row
            the votes show no blocs, and the receipt says why.

        Raises:
            QueryError: Too few votes or states count.
        """
        from kg.analysis import blocs

        return blocs.blocs(self.snapshot, seed=seed, **which)

    def moves(self, before: str, after: str, *, seed: int = 0, **which: Unpack[Filter]) -> Measured:
        """Who changed between two votes or two periods; see ``kg.analysis.moves``.

        Args:
            before: A resolution, or a period such as ``2010-2014``.
            after: Another of the same kind.
            seed: Of the bootstrap.
            **which: Which votes count, as for ``compare``; for two votes continuity alone.

        Raises:
            UnknownNameError: No roll call is known by a symbol.
            QueryError: The two are of different kinds or in the wrong order, or too few votes count.
        """
        from kg.analysis import moves

        return moves.moves(self.snapshot, before, after, seed=seed, **which)

    def odd_pairs(self, most: int = 3, **which: Unpack[Filter]) -> Measured:
        """Pairs that shared a rare no without a tie; see ``kg.analysis.odd_pairs``.

        Args:
            most: A no is rare if at most this many states cast it.
            **which: Which votes count, as for ``compare``.

        Raises:
            QueryError: No vote counts.
        """
        from kg.analysis import odd_pairs

        return odd_pairs.odd_pairs(self.snapshot, most, **which)

    def points(self, **which: Unpack[Filter]) -> Measured:
        """Where states stand on one line, by what they voted; see ``kg.analysis.points``.

        Args:
            **which: Which votes count, as for ``compare``.

        Returns:
            Points with mean 0 and standard deviation 1; positive is the side of the United States.

        Raises:
            QueryError: Too few votes or states count.
        """
        from kg.analysis import points

        return points.points(self.snapshot, **which)

    def plot(self, table: Measured, path: Path | str) -> None:
        """Draw a measured table as a picture for print, with its title, measure, period and sources.

        Args:
            table: As ``compare``, ``bloc``, ``blocs`` or ``points`` returns it.
            path: The picture; its ending is .svg, .png or .pdf.

        Raises:
            ExportError: The table has no picture, the ending is another, or the file cannot be written.
        """
        from kg.views import plots

        plots.draw(table, Path(path))
