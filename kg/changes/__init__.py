"""What two editions of the facts say differently: graphs, versions of one, exports, files of votes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that a Difference can be named without loading what counts votes
    from kg.changes.difference import Difference


def diff(old: Path | str, new: Path | str, mappings: Iterable[Path | str] = ()) -> Difference:
    """What was added, taken away and changed between two editions, and whose votes.

    Args:
        old: A graph folder, a version in one such as ``graph/v/3``, an RDF file as ``Graph.export`` writes
            it, or a file of votes in any layout that a build reads, or its address.
        new: Another.
        mappings: Mapping files, for CSVs of votes of the user's own; each must fit one of the two.

    Returns:
        The difference; ``is_empty`` where there is none. A file of votes holds roll calls alone, so nothing
        else is compared with it; of an RDF file only the record is compared with a graph.

    Raises:
        KgError: One of them cannot be read, or a mapping fits neither.
    """
    from kg.changes import comparing, edition

    return comparing.compare(*edition.both(old, new, [Path(file) for file in mappings]))
