"""``kg.update()``: a graph built again of what it was built from, looked at before it is published."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.errors import GraphError
from kg.graph import folder

if TYPE_CHECKING:
    from kg.changes.difference import Difference
    from kg.graph.build import Built, Progress
    from kg.graph.version import Version
    from kg.sources.curated.publications import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What an update would change, and whether it did."""

    difference: Difference
    """What the new version says otherwise than the one that answered until then."""
    built: Built | None
    """What was published; None where nothing was, since nothing changes or it was not wanted."""
    pages: dict[Publication, date | None] = field(default_factory=dict)
    """Where newer files may be had by hand, each with the last day that the publisher's own files reach in
    the new version; None where it holds none of them."""


class _Kept(Exception):  # noqa: N818  no error: the former version stays
    """The new version was not wanted."""


def update(
    root: Path | str | None = None,
    files: Iterable[Path | str] = (),
    mappings: Iterable[Path | str] = (),
    *,
    publish: bool | Callable[[Difference], bool] = False,
    accept_losses: bool = False,
    progress: Progress = lambda step, part=None, triples=None: None,
) -> Updated:
    """Build a graph again of what it was built from, with files that are newer, and say what changes.

    Every file that was given by its address is fetched again, if it changed; every other is read again
    where it lay. The facts are those that come with this ``kg``. Nothing is published unless it is wanted.

    Args:
        root: The graph folder; None means ``KG_GRAPH``, else the user's data folder.
        files: More files, or addresses; one takes the place of a file of the same name.
        mappings: More mapping files, for CSVs of votes of the user's own.
        publish: Whether to publish what changed; or what decides that, called with the difference.
        accept_losses: As for ``kg.build``.
        progress: As for ``kg.build``.

    Returns:
        The difference, and what was published.

    Raises:
        FetchError: A file at an address cannot be had.
        KgError: The graph, or a file that it was built from, is not there or not as it must be.
    """
    from kg.graph.build import build
    from kg.graph.version import Version

    home = Path(root) if root is not None else folder.default()
    former = Version(home)
    inputs = _inputs(former.manifest)
    look = _Look(former, publish, progress)
    built = None
    with contextlib.suppress(_Kept):
        built = build(
            home,
            inputs["data"] or None,
            progress,
            _replaced(inputs["files"], list(files)),
            _replaced(inputs["mappings"], list(mappings)),
            only=former.manifest.get("only", ""),
            inspect=look,
            accept_losses=accept_losses,
        )
    pages = _pages(look.later, Path(inputs["data"] or resources.data()))
    return Updated(difference=look.difference, built=built, pages=pages)


class _Look:
    """A look at a new version before it is published."""

    difference: Difference
    later: dict[str, date]
    """Organ to the last day of a vote in the publisher's own files in the new version."""

    def __init__(
        self, former: Version, publish: bool | Callable[[Difference], bool], progress: Progress
    ) -> None:
        self._former, self._publish, self._progress = former, publish, progress

    def __call__(self, aside: Path) -> None:
        from kg.changes import comparing, edition
        from kg.graph.version import Version
        from kg.sources.curated.publications import published

        self._progress("comparing with the graph that answers now")
        version = Version(self._former.root, aside)
        both = (edition.of_version(one) for one in (self._former, version))
        self.difference = comparing.compare(*both)
        rows = version.accounts.rollcalls.select("organ", "date", "source").sort("date")
        self.later = {organ: day for organ, day, source in rows.iter_rows() if published(source)}
        publish = self._publish
        wanted = publish(self.difference) if callable(publish) else publish
        if self.difference.is_empty or not wanted:
            raise _Kept


def _inputs(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a graph was built from.

    Raises:
        GraphError: It does not say so, or a file of it is not where it lay.
    """
    inputs = manifest.get("inputs")
    if inputs is None and manifest["bundled"]:
        return {"data": "", "files": [], "mappings": []}
    if inputs is None:
        raise GraphError(
            "this graph was built by an earlier kg and does not say where its files lie",
            remedy="build it again with all its files once",
        )
    return dict(inputs)


def _replaced(former: list[str], given: list[Path | str]) -> list[Path | str]:
    """The former files, those that are given again under the same name left out, and the given ones.

    Raises:
        GraphError: A former one is not where it lay.
    """
    names = {_name(file) for file in given}
    kept: list[Path | str] = [file for file in former if _name(file) not in names]
    for file in kept:
        if "://" not in str(file) and not Path(file).exists():
            raise GraphError(
                f"{file}, of which this graph was built, is not there any more",
                remedy=f"give {Path(file).name} where it lies now, or build the graph again without it",
            )
    return [*kept, *given]


def _name(file: Path | str) -> str:
    return str(file).partition("?")[0].rstrip("/").rpartition("/")[2]


def _pages(last: Mapping[str, date], data: Path) -> dict[Publication, date | None]:
    """Where newer files are published, and the last day that is held of each."""
    from kg.sources.curated.publications import publications

    return {page: last.get(page.organ) for page in publications(data)}
