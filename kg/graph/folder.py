"""The graph folder: where it lies, and which version in it answers.

``CURRENT`` names that version, ``v/<n>`` holds each version; ``kg.graph.publish`` writes both.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from kg.calls import Argument, Call, Phrase
from kg.errors import GraphError
from kg.graph.parts import Parts

FORMAT = 2
"""Layout of the folder; a reader takes only its own."""
_FIELDS = {
    *("kg", "built", "bundled", "digest", "triple_count", "counts", "datasets", "source_count"),
    *("given", "record_count"),
}
"""Fields of every manifest of this layout."""


def default() -> Path:
    """Where the graph lies if no one says otherwise: ``KG_GRAPH``, else the user's data folder."""
    if named := os.environ.get("KG_GRAPH"):
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("kg", appauthor=False) / "graph"


def exists(root: Path) -> bool:
    """Whether something was ever published there."""
    try:
        return (root / "CURRENT").is_file()
    except OSError as error:
        raise GraphError(
            f"{root} cannot be read: {error.strerror}",
            remedy=("name another folder with ", Argument("root")),
        ) from error


def current(root: Path) -> Path:
    """The folder of the version that answers.

    Raises:
        GraphError: Nothing was published there, or it is damaged.
    """
    if not exists(root):
        raise GraphError(f"{root} holds no graph", remedy=("run: ", _build(root)))
    number = _read(root, "CURRENT").strip()
    version = root / "v" / number
    if not number.isdigit() or not version.is_dir():
        raise GraphError(
            f"{root}/CURRENT names version {number!r}, which is not there", remedy=build_again(root)
        )
    return version


def manifest(root: Path, version: Path | None = None) -> dict[str, Any]:
    """What a version says of itself; without one, the version that answers.

    Raises:
        GraphError: It is missing, damaged, or of another layout than this version of kg reads.
    """
    version = version or current(root)
    path = Parts(version).manifest
    try:
        fields = json.loads(_read(root, f"v/{version.name}/{path.name}"))
    except ValueError as error:
        raise GraphError(f"{path} is damaged: {error}", remedy=build_again(root)) from error
    if not isinstance(fields, dict):
        raise _other_layout(root, "another program", None)
    if fields.get("format") != FORMAT:
        raise _other_layout(root, fields.get("kg", "another version"), fields.get("format"))
    if lacking := sorted(_FIELDS - fields.keys()):
        raise GraphError(
            f"{path} is damaged: it lacks {', '.join(lacking)}", remedy=build_again(root)
        )
    if lost := Parts(version).missing():
        raise GraphError(
            f"{version} is damaged: it lacks {', '.join(lost)}", remedy=build_again(root)
        )
    return fields


def peek(root: Path) -> dict[str, Any]:
    """What the version that answers says of itself, whatever its layout; empty where it cannot."""
    try:
        fields = json.loads(_read(root, f"v/{current(root).name}/manifest.json"))
    except (GraphError, ValueError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _read(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except OSError as error:
        raise GraphError(
            f"{root / name} cannot be read: {error.strerror}", remedy=build_again(root)
        ) from error
    except UnicodeDecodeError as error:
        raise GraphError(f"{root / name} is damaged: {error}", remedy=build_again(root)) from error


def build_again(root: Path) -> Phrase:
    """What to do about a damaged graph."""
    return "build it again: ", _build(root)


def _other_layout(root: Path, program: str, layout: object) -> GraphError:
    return GraphError(
        f"{root} was built by kg {program} in layout {layout}, and this kg reads layout {FORMAT}",
        remedy=build_again(root),
    )


def _build(root: Path) -> Call:
    return Call("build", arguments=(("root", str(root)),))
