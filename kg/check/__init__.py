"""What does not add up in a graph: arithmetic, dates, dangling references, shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from kg.check.kinds import KINDS, chosen

if TYPE_CHECKING:  # so that a Finding can be named without loading what counts votes
    from kg.check.finding import Finding
    from kg.graph.snapshot import Snapshot


def findings(
    snapshot: Snapshot, *, shapes: bool = True, kinds: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Everything found, findings before remarks, sorted.

    Args:
        snapshot: The graph.
        shapes: Whether to hold it against the SHACL shapes too, which takes most of the time.
        kinds: Only findings of these kinds, each one of ``KINDS`` or ``sources`` for all of that name; with
            none all. What finds no such kind is not looked at.

    Raises:
        QueryError: There is no such kind.
    """
    from kg.check import dates, references, votes
    from kg.check import shapes as shacl

    wanted = chosen(kinds)
    checks: dict[Callable[[Snapshot], Iterable[Finding]], set[str]] = {
        shacl.findings: {"shape"} if shapes else set(),
        votes.findings: set(KINDS) - {"shape", "dates", "reference"},
        dates.findings: {"dates", "reference"},
        references.findings: {"reference"},
    }
    run = [check for check, found in checks.items() if found & wanted]
    with ThreadPoolExecutor(
        len(run) or 1
    ) as pool:  # the engine answers while the votes are counted
        results = list(pool.map(lambda check: list(check(snapshot)), run))
    return tuple(sorted(each for result in results for each in result if each.kind in wanted))
