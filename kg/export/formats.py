"""The formats that a graph is exported in, and the endings of their files; light, for help shows them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.calls import Argument
from kg.errors import ExportError

ENDINGS: dict[str, str] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "csv",
    ".parquet": "parquet",
}
"""Ending of a file name to the format it stands for."""

FORMATS: tuple[str, ...] = tuple(ENDINGS.values())

NETWORKS: tuple[str, ...] = ("graphml", "gexf")
"""The formats that hold the network for other tools."""

WITH_BESIDE: tuple[str, ...] = ("trig", "nquads")
"""The formats that hold what sources say beside the record too."""

SHEETS: tuple[str, ...] = ("csv", "parquet")
"""The formats that hold a table."""

TABLES: dict[str, str] = {"links": "links", "votes": "votes", "rollcalls": "roll calls"}
"""What a table can hold - the links of the network, every single vote, or every roll call - and what its
rows are called."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written to a file."""

    format: str
    """One of ``FORMATS``."""
    count: int
    """How many triples, links, votes or roll calls."""
    unit: str
    """What is counted."""
    is_partial: bool = False
    """Whether the graph has accounts beside the record, and the format has no place for them."""


def kind_of(path: Path, format: str | None) -> str:  # noqa: A002  the word of the command line
    """The format that is asked for, or that the ending of the name stands for.

    Raises:
        ExportError: Neither says one.
    """
    kind = format or ENDINGS.get(path.suffix.lower(), "")
    if kind not in FORMATS:
        raise ExportError(
            f"{path.name} does not say in which format",
            remedy=(
                "give ",
                Argument("format", "export"),
                f" {'|'.join(FORMATS)} or end the name in {' '.join(ENDINGS)}",
            ),
        )
    return kind
