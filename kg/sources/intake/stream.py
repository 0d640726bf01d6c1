"""Files as they are downloaded, opened as lines: plain, gzip, xz or zip, with or without a BOM.

What a file is, its first bytes say, never its name. It is read as a stream, so memory does not grow with
it, and every error names file and line.
"""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kg.calls import Phrase
from kg.errors import SourceError
from kg.sources import LONGEST_LINE

_BUFFER = 1 << 20
_MOST_BLANK = 1 << 16
"""Most bytes of blank lines before a header: packed, a file may be little else and unpack for minutes."""
_SKIPPED = (".md", ".txt", ".pdf", ".html", ".docx", ".log")
"""Endings of what lies beside the data in a zip and is not read."""
_BROKEN = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Part:
    """One table or document: a file, or one member of a zip."""

    path: Path
    member: str = ""
    folder: str = ""
    """The folder that its name begins with, where it came with the facts: no file of a user has that."""
    watch: Callable[[int], object] | None = field(default=None, compare=False)
    """Called with the number of bytes of the file that were read since the last call."""

    @property
    def where(self) -> Path:
        """What an error calls it."""
        return Path(f"{self.path}!{self.member}") if self.member else self.path

    @property
    def name(self) -> str:
        """Its name, the same on every machine, so without the folder in which a user keeps it."""
        name = f"{self.folder}/{self.path.name}" if self.folder else self.path.name
        return f"{name}!{self.member}" if self.member else name

    def error_at(
        self, line: int, problem: str | Phrase, *, remedy: str | Phrase = ()
    ) -> SourceError:
        """An error about a line of it; line 0 means the whole."""
        return SourceError(self.where, line, problem, remedy=remedy)


def parts(path: Path) -> tuple[Part, ...]:
    """What is in a file: itself, or the members of a zip.

    Raises:
        SourceError: It cannot be read, or it is a zip without a table.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise SourceError(path, 0, "is a pipe or a device", remedy="save it as a file first")
        with path.open("rb") as file:
            head = file.read(4)
        if head != b"PK\x03\x04":
            return (Part(path),)
        with zipfile.ZipFile(path) as archive:
            names = [i.filename for i in archive.infolist() if not i.is_dir()]
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror or error}") from error
    except (*_BROKEN, ValueError) as error:
        raise SourceError(path, 0, f"is a damaged zip: {error}", remedy="fetch it again") from error
    wanted = [name for name in names if _is_data(name)]
    if not wanted:
        raise SourceError(path, 0, "is a zip without a table", remedy="give the file itself")
    return tuple(Part(path, name) for name in sorted(wanted))


def _is_data(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(step.startswith((".", "__MACOSX")) for step in path.parts)
    return not hidden and path.suffix.lower() not in _SKIPPED


@contextmanager
def opened(part: Part) -> Iterator[IO[bytes]]:
    """The bytes of a part, decompressed as they are read.

    Raises:
        SourceError: It cannot be read or is damaged; damage may show only when its place is reached.
    """
    try:
        with io.BufferedReader(_Watched(part.path, part.watch), _BUFFER) as file:
            if part.member:
                with zipfile.ZipFile(file) as archive, archive.open(part.member) as inside:
                    yield io.BufferedReader(inside, _BUFFER)  # type: ignore[type-var]
                return
            head = file.read(6)
            file.seek(0)
            if head[:2] == b"\x1f\x8b":
                with gzip.GzipFile(fileobj=file) as inside:
                    yield io.BufferedReader(inside, _BUFFER)
            elif head == b"\xfd7zXZ\x00":
                with lzma.LZMAFile(file) as inside:
                    yield io.BufferedReader(inside, _BUFFER)
            else:
                yield file
    except _BROKEN as error:
        reason = str(error) or type(error).__name__
        raise part.error_at(
            0, f"is damaged or cut short: {reason}", remedy="fetch it again"
        ) from error
    except RuntimeError as error:  # what zipfile raises for a password
        raise part.error_at(0, f"cannot be unpacked: {error}", remedy="give it unpacked") from error
    except OSError as error:
        raise part.error_at(0, f"cannot be read: {error.strerror or error}") from error


class _Watched(io.FileIO):
    """A file that reports how much of it was read."""

    def __init__(self, path: Path, watch: Callable[[int], object] | None) -> None:
        super().__init__(path)
        self._watch = watch or (lambda count: None)

    def readinto(self, buffer: Any, /) -> int:
        """Read into a buffer."""
        count = super().readinto(buffer) or 0
        self._watch(count)
        return count


def lines(part: Part, file: IO[bytes]) -> Iterator[str]:
    """Its lines as text, line ends kept, the BOM left out.

    Raises:
        SourceError: A line is too long, is not UTF-8, or holds a NUL character.
    """
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        yield decoded(part, number, raw)


def decoded(part: Part, number: int, raw: bytes) -> str:
    """One line as text.

    Raises:
        SourceError: It is too long, is not UTF-8, or holds a NUL character.
    """
    if len(raw) > LONGEST_LINE:
        raise part.error_at(
            number, f"is longer than {LONGEST_LINE >> 20} MiB", remedy="is it text?"
        )
    if number == 1:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise part.error_at(1, "is UTF-16", remedy="save the file as UTF-8")
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in raw:
        raise part.error_at(number, "holds a NUL character", remedy="save the file as UTF-8 text")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise part.error_at(
            number, f"byte 0x{raw[error.start]:02x} is not UTF-8", remedy="save the file as UTF-8"
        ) from error


def first(part: Part) -> str:
    """The beginning of its first line that is not blank; empty where there is none.

    Raises:
        SourceError: It cannot be read, or too many blank lines come first.
    """
    blank = 0
    with opened(part) as file:
        for line in lines(part, file):
            if line.strip():
                return line
            blank += len(line)
            if blank > _MOST_BLANK:
                problem = f"begins with more than {_MOST_BLANK >> 10} KiB of blank lines"
                raise part.error_at(0, problem, remedy="is it a table? remove them")
    return ""
