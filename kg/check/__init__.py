"""What does not add up in a graph: arithmetic, dates, dangling references, shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that a Finding can be named without loading what counts votes
    from kg.check.finding import Finding
    from kg.graph.snapshot import Snapshot


def findings(snapshot: Snapshot, *, shapes: bool = True) -> tuple[Finding, ...]:
    """Everything found, findings before remarks, sorted.

    Args:
        snapshot: The graph.
        shapes: Whether to hold it against the SHACL shapes too, which takes some seconds.
    """
    from kg.check import dates, references, votes
    from kg.check import shapes as shacl

    everything = [
        *votes.findings(snapshot),
        *dates.findings(snapshot),
        *references.findings(snapshot),
    ]
    if shapes:
        everything += shacl.findings(snapshot)
    return tuple(sorted(everything))
