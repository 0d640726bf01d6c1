"""Where fetched files lie: a folder for each address, with the whole file, or as much of it as came.

A file takes the place of the former one in one step, and only when it is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kg.errors import FetchError


def default() -> Path:
    """The folder of fetched files: below the user's own cache folder."""
    import platformdirs

    return platformdirs.user_cache_path("kg", appauthor=False) / "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a server calls one state of a file, so that a later request can ask about the same."""

    etag: str = ""
    """The entity tag, quotes included; empty where the server sends none."""
    modified: str = ""
    """When it was last changed, as the server prints it."""
    total: int | None = None
    """How many bytes the whole has, where the server says so."""

    @property
    def for_range(self) -> str:
        """What makes a range safe to ask for: a strong tag, else the time; empty where neither is there."""
        return self.modified if self.etag.startswith("W/") else self.etag or self.modified


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A whole file in the cache."""

    mark: Mark
    digest: str
    """SHA-256 of its bytes."""
    size: int
    """Its bytes."""
    retrieved: str
    """When it came, in UTC."""
    redirects: tuple[str, ...] = ()
    """Each address that the request was sent on to."""


class Slot:
    """The folder of one address.

    Args:
        base: The folder of fetched files.
        url: The address.
    """

    def __init__(self, base: Path, url: str) -> None:
        self.url = url
        self.folder = base / hashlib.sha256(url.encode()).hexdigest()[:20]
        self.path = self.folder / name_of(url)
        """The whole file."""
        self.part = self.folder / "part"
        """What came of it so far."""

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other programs out of the folder; a sentence about what cannot be written there.

        Raises:
            FetchError: Another program is fetching the same, or the folder cannot be written.
        """
        import filelock

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self.folder / ".lock", timeout=0):
                yield
        except filelock.Timeout as error:
            raise FetchError(
                self.url, "is being fetched by another program", remedy="wait for it"
            ) from error
        except OSError as error:
            raise FetchError(
                self.url,
                f"cannot be kept in {self.folder}: {error.strerror or error}",
                remedy="free space there",
            ) from error

    def kept(self) -> Kept | None:
        """The whole file, where it is there and as it came."""
        fields = _read(self.folder / "kept.json")
        try:
            kept = Kept(
                mark=Mark(**fields.pop("mark")),
                redirects=tuple(fields.pop("redirects")),
                **fields,
            )
        except (KeyError, TypeError):
            return None
        return kept if self.path.is_file() and digest_of(self.path) == kept.digest else None

    def keep(self, kept: Kept) -> None:
        """Let the part take the place of the whole file."""
        # first the old note away: a file of which there is none is fetched anew
        (self.folder / "kept.json").unlink(missing_ok=True)
        self.part.replace(self.path)
        (self.folder / "kept.json").write_text(json.dumps(asdict(kept), indent=1), "utf-8")
        (self.folder / "part.json").unlink(missing_ok=True)

    def begun(self) -> Mark | None:
        """What the part is the beginning of, where it can be gone on with."""
        try:
            mark = Mark(**_read(self.folder / "part.json"))
        except TypeError:
            return None
        there = self.part.is_file() and self.part.stat().st_size
        return mark if there and mark.for_range else None

    def begin(self, mark: Mark) -> None:
        """Start a part anew."""
        self.drop()
        (self.folder / "part.json").write_text(json.dumps(asdict(mark)), "utf-8")

    def drop(self) -> None:
        """Forget the part."""
        self.part.unlink(missing_ok=True)
        (self.folder / "part.json").unlink(missing_ok=True)


def name_of(url: str) -> str:
    """The name that a file of an address gets: the last step of its path, in plain letters."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", last)[-100:].lstrip(".")
    return "file" if plain in ("", "part", "part.json", "kept.json") else plain


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return fields if isinstance(fields, dict) else {}
