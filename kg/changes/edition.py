"""``Edition``: what one graph, one export or one file of votes says, laid out to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyoxigraph as ox

from kg import resources
from kg.calls import Argument
from kg.errors import GraphError, SourceError
from kg.graph.version import Version
from kg.model.facts import Facts
from kg.model.records import Document, RollCall
from kg.rdf import iris
from kg.rdf.terms import TYPE, VOTED, term
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from kg.sources.intake import fetch
from kg.sources.merge import merge
from kg.sources.read import read_files
from kg.sources.readers import mapped
from kg.votes.table import CODES, NOT_A_MEMBER, VoteTable

RECORD = ""
"""The name of the record among the graphs of an edition."""
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_CODES = {iris.term(VOTED[option]): code for option, code in CODES.items()}
"""Property of a vote to its code in the vote table."""
_IS_ROLL_CALL = TYPE, term("RollCall")
_OBSERVATION = b"<" + iris.PREFIXES["observation"].encode()
"""How the lines begin of what is counted of the votes."""
_LEFT_OUT = {f"<{prop}>".encode() for prop in _CODES} | {
    f"<{iris.term(name)}>".encode() for name in ("agreedBy", "differsIn")
}
"""Properties that are compared by tables: votes, and in what accounts agree."""


@dataclass(slots=True, kw_only=True)
class Edition:
    """What one of the two says."""

    name: str
    """What it is, for a person."""
    kind: str
    """``graph``, ``RDF file`` or ``file of votes``."""
    votes: VoteTable
    """Every account of every roll call."""
    statements: dict[str, set[bytes]] = field(default_factory=dict)
    """Graph, ``RECORD`` or the key of a source, to its lines of N-Triples without votes."""
    files: dict[str, str] = field(default_factory=dict)
    """Name of each file that it was built from to its digest."""
    sources: frozenset[str] = frozenset()
    """Keys of the sources in a file of votes."""


def both(old: Path | str, new: Path | str, mappings: Sequence[Path]) -> tuple[Edition, Edition]:
    """The two editions, files of votes of the user's own read by the mappings.

    Raises:
        KgError: There is none, it cannot be read, or a mapping fits neither.
    """
    first, second = of(old, mappings), of(new, mappings)
    for path in mappings:
        layout = mapped.load(path)
        if layout.key not in first.sources | second.sources:
            problem = f"fits none of the files; it wants the columns {layout.marks}"
            raise SourceError(path, 0, problem)
    return first, second


def of(given: Path | str, mappings: Sequence[Path] = ()) -> Edition:
    """The edition in a graph folder, a version of one, an RDF file or a file of votes.

    Raises:
        KgError: There is none, or it cannot be read.
    """
    [(path, _)] = fetch.local([given], lambda step, part: None)
    if path.is_dir():
        if (path / "manifest.json").is_file():
            return of_version(Version(path.parent.parent, path))
        return of_version(Version(path))
    if not path.exists():
        raise SourceError(path, 0, "is not there", remedy="name a graph folder or a file")
    if path.suffix.lower() in _FORMATS:
        return _of_rdf(path)
    return _of_votes(path, mappings)


def of_version(version: Version) -> Edition:
    """The edition of one version of a graph folder."""
    manifest, folder = version.manifest, version.parts.folder
    store = version.parts.open_store()
    statements = {RECORD: _kept(version.parts.read_lines())}
    for graph in store.named_graphs():
        dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        source = iris.shorten(graph.value).partition(":")[2]
        statements[source] = _kept((dumped or b"").splitlines())
    number = f"version {folder.name}" if folder.name.isdigit() else "not yet published"
    return Edition(
        name=f"{version.root}, {number}, built {manifest['built']}",
        kind="graph",
        votes=version.accounts,
        statements=statements,
        files={file["file"]: file["sha256"] for file in manifest["given"]},
    )


def _kept(lines: Iterable[bytes]) -> set[bytes]:
    """The lines that are compared: no votes, and nothing that is counted of them."""
    return {
        line
        for line in lines
        if line.split(b" ", 2)[1] not in _LEFT_OUT and not line.startswith(_OBSERVATION)
    }


def _of_rdf(path: Path) -> Edition:
    votes: dict[tuple[str, str], dict[str, int]] = {}
    lines: dict[str, list[bytes]] = {}
    try:
        for quad in ox.parse(path=str(path), format=_FORMATS[path.suffix.lower()]):
            graph = RECORD
            if isinstance(quad.graph_name, ox.NamedNode):
                graph = iris.shorten(quad.graph_name.value).partition(":")[2]
            code = _CODES.get(quad.predicate.value)
            if code is None:
                lines.setdefault(graph, []).append(f"{quad.triple} .".encode())
                if (quad.predicate, quad.object) == _IS_ROLL_CALL:  # perhaps with totals alone
                    votes.setdefault((_key(str(getattr(quad.subject, "value", ""))), graph), {})
            elif isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                rollcall, state = (_key(end.value) for end in (quad.subject, quad.object))
                votes.setdefault((rollcall, graph), {})[state] = code
    except (OSError, SyntaxError) as error:
        raise SourceError(path, 0, f"cannot be read as RDF: {error}") from error
    statements = {graph: _kept(found) for graph, found in lines.items()}
    if RECORD not in statements:
        raise SourceError(path, 0, "holds nothing of a graph", remedy="give an export of one")
    return Edition(name=str(path), kind="RDF file", votes=_table(votes), statements=statements)


def _key(iri: str) -> str:
    return iris.shorten(iri).partition(":")[2]


def _table(votes: dict[tuple[str, str], dict[str, int]]) -> VoteTable:
    """The votes of an RDF file as a table, of which only names, votes and graphs are filled."""
    import numpy as np

    states = tuple(sorted({state for cast in votes.values() for state in cast}))
    column = {state: i for i, state in enumerate(states)}
    matrix = np.full((len(votes), len(states)), NOT_A_MEMBER, dtype=np.int8)
    for i, cast in enumerate(votes.values()):
        matrix[i, [column[state] for state in cast]] = list(cast.values())
    frame = pl.DataFrame(
        [(rollcall, graph, graph == RECORD) for rollcall, graph in votes],
        schema={"rollcall": pl.String, "source": pl.String, "record": pl.Boolean},
        orient="row",
    )
    return VoteTable(frame, states, matrix)


def _of_votes(path: Path, mappings: Sequence[Path]) -> Edition:
    names = names_of(read_facts(resources.data()))
    intake = read_files([path], names, mappings, spare_mappings=True)
    if not intake.accounts:
        raise GraphError(
            f"{path} holds no roll call, and only roll calls of files are compared",
            remedy=(
                "build a graph of each, with a ",
                Argument("root"),
                " of its own, and compare those",
            ),
        )
    without = Facts(path, {}, {}, {RollCall: [], Document: []})
    merged = merge(without, intake)
    table = VoteTable.of((), (), merged.record, merged.beside)
    sources = frozenset(intake.sources)
    return Edition(name=str(path), kind="file of votes", votes=table, sources=sources)
