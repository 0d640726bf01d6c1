"""A file at an address that the user names: brought into the cache whole, or refused and said why.

The file goes to the disk as it comes, so memory does not grow with it. What was cut short is gone on with
where the server says that it is still the same file; what did not change is not sent again.
"""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import FetchError
from kg.sources.intake import address, cache
from kg.sources.intake.cache import Kept, Mark, Slot

_PIECE = 1 << 16
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)", re.ASCII)
_REFUSED = {
    202: "answers programs with a riddle and no file (202)",
    401: "wants a password (401)",
    403: "refuses programs (403)",
    404: "is not there (404)",
    410: "is not there any more (410)",
    429: "was asked too often (429)",
}
_LATER = "ask again later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a fetch may take."""

    size: int = 2 << 30
    """Most bytes of a file."""
    time_s: float = 3600
    """Most seconds for all of it; what came until then is gone on with the next time."""
    silence_s: float = 30
    """Most seconds in which nothing comes."""
    redirects: int = 5
    """How often a request may be sent on."""
    attempts: int = 4
    """How often a file is asked for that is cut short again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that was fetched."""

    url: str
    """The address that was named."""
    path: Path
    """Where the file lies."""
    redirects: tuple[str, ...]
    """Each address that the request was sent on to."""
    digest: str
    """SHA-256 of its bytes."""
    size: int
    """Its bytes."""
    retrieved: str
    """When these bytes came, in UTC."""
    is_new: bool
    """Whether they came now; else the server says that nothing changed since."""


def fetch(
    url: str,
    progress: Callable[[str, float | None], None] = lambda step, part: None,
    *,
    base: Path | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """The file at an address.

    Args:
        url: An address of http or https.
        progress: Called with what is done, each redirect too, and with the part that came.
        base: The folder of fetched files; None means ``cache.default()``.
        limits: How much it may take.

    Raises:
        FetchError: It cannot be reached, is no file, is larger or slower than allowed, or was cut short.
    """
    plain = address.checked(url)
    slot = Slot(base or cache.default(), plain)
    with slot.held():
        return _Fetch(slot, progress, limits or Limits()).run()


def local(
    files: Iterable[Path | str], progress: Callable[[str, float | None], None]
) -> list[tuple[Path, Fetched | None]]:
    """Where each file that was named lies, in order: those at an address are fetched now.

    Args:
        files: Paths, and addresses as text.
        progress: As for ``fetch``.

    Raises:
        FetchError: A file at an address cannot be had.
    """
    given: list[tuple[Path, Fetched | None]] = []
    for file in files:
        if isinstance(file, str) and address.is_address(file):
            fetched = fetch(file, progress)
            given.append((fetched.path, fetched))
        else:
            given.append((Path(file), None))
    return given


class _CutError(Exception):
    """The file ended before its end."""


class _Fetch:
    """One fetch of one address, in as many requests as it takes."""

    def __init__(
        self, slot: Slot, progress: Callable[[str, float | None], None], limits: Limits
    ) -> None:
        self._slot, self._progress, self._limits = slot, progress, limits
        self._deadline = time.monotonic() + limits.time_s
        self._url = slot.url
        self._step = ""

    def run(self) -> Fetched:
        """Ask until the file is whole, while each answer brings more of it."""
        attempt = 0
        while True:
            before, attempt = self._size(), attempt + 1
            try:
                return self._ask()
            except _CutError as cut:
                can_go_on = self._slot.begun() is not None
                has_time = attempt < self._limits.attempts and time.monotonic() < self._deadline
                if can_go_on and has_time and self._size() > before:
                    continue
                what = "what came is kept; fetch it again to go on from there"
                raise FetchError(
                    self._url,
                    f"was cut short: {cut}",
                    remedy=what if can_go_on else "fetch it again",
                ) from cut

    def _size(self) -> int:
        return self._slot.part.stat().st_size if self._slot.part.is_file() else 0

    def _ask(self) -> Fetched:
        begun, headers, kept = self._slot.begun(), {}, None
        if begun is not None:
            headers = {"Range": f"bytes={self._size()}-", "If-Range": begun.for_range}
        elif kept := self._slot.kept():
            asked = {"If-None-Match": kept.mark.etag, "If-Modified-Since": kept.mark.modified}
            headers = {name: value for name, value in asked.items() if value}
        response, redirects = self._open(headers)
        with response:
            if response.status == 304 and kept is not None:
                return self._fetched(kept, is_new=False)
            if begun is not None and response.status in (206, 416):
                if response.status == 206 and self._goes_on(response, begun):
                    return self._take(response, redirects, begun)
                self._slot.drop()  # it is another file by now: from its beginning
                return self._ask()
            if response.status != 200:
                raise self._refused(response.status)
            mark = _mark(response)
            self._slot.begin(mark)
            return self._take(response, redirects, mark)

    def _open(self, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, tuple[str, ...]]:
        self._say(self._url)
        try:
            response, redirects = address.opened(
                self._url,
                headers,
                most_redirects=self._limits.redirects,
                timeout_s=self._limits.silence_s,
                redirected=lambda target: self._progress(f"redirected to {target}", None),
            )
        except FetchError as error:
            kept = self._slot.kept()
            if not error.is_offline or kept is None:
                raise
            where = f"or give {self._slot.path}, as it was on {kept.retrieved[:10]}"
            raise FetchError(
                self._url, error.what, remedy=f"try again when online, {where}", is_offline=True
            ) from error
        self._say(redirects[-1] if redirects else self._url)
        return response, redirects

    def _say(self, url: str) -> None:
        self._step = f"fetching {self._slot.path.name} from {urlsplit(url).netloc}"
        self._progress(self._step, None)

    def _goes_on(self, response: http.client.HTTPResponse, begun: Mark) -> bool:
        """Whether an answer is the rest of what was begun, as far as the server says."""
        match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if match is None or int(match[1]) != self._size():
            return False
        now = _mark(response)
        same_tag = not begun.etag or now.etag == begun.etag
        same_time = not begun.modified or now.modified == begun.modified
        same_total = begun.total is None or int(match[3]) == begun.total
        ends = int(match[2]) + 1 == int(match[3])
        return same_tag and same_time and same_total and ends

    def _take(
        self, response: http.client.HTTPResponse, redirects: tuple[str, ...], mark: Mark
    ) -> Fetched:
        """Write what comes behind what is there."""
        size, total = self._size(), self._total(response)
        with self._slot.part.open("ab") as file:
            for piece in self._pieces(response, size, total):
                size += len(piece)
                self._check_size(size)
                file.write(piece)
                self._progress(self._step, size / total if total else None)
                if time.monotonic() > self._deadline:
                    file.flush()
                    raise _CutError(f"{size:,} bytes in {self._limits.time_s:g} seconds")
        self._check_kind(response, size)
        kept = Kept(
            mark=mark,
            digest=cache.digest_of(self._slot.part),
            size=size,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
            redirects=redirects,
        )
        self._slot.keep(kept)
        return self._fetched(kept, is_new=True)

    def _total(self, response: http.client.HTTPResponse) -> int | None:
        """How many bytes the whole file has; None where it comes in chunks, which have an end of their own.

        Raises:
            FetchError: It would be too large, or nobody could see whether it was cut short.
        """
        match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        total = int(match[3]) if match else response.length
        if total is None and not response.chunked:
            self._slot.drop()
            problem = "does not say how long it is, so that a file cut short would go unseen"
            raise FetchError(self._url, problem, remedy=address.BY_HAND)
        self._check_size(total or 0)
        return total

    def _check_kind(self, response: http.client.HTTPResponse, size: int) -> None:
        """Refuse what is no file of data."""
        with self._slot.part.open("rb") as file:
            is_page = _is_page(response, file.read(_PIECE))
        if is_page or not size:
            self._slot.drop()
            problem = "is a web page, not a file of data" if is_page else "is empty"
            raise FetchError(self._url, problem, remedy=address.BY_HAND)

    def _check_size(self, size: int) -> None:
        if size > self._limits.size:
            self._slot.drop()
            most = f"{self._limits.size:,} bytes"
            raise FetchError(
                self._url,
                f"is larger than {most}, the most that is fetched",
                remedy=address.BY_HAND,
            )

    def _pieces(
        self, response: http.client.HTTPResponse, size: int, total: int | None
    ) -> Iterator[bytes]:
        """What comes, as it comes.

        Raises:
            _CutError: It ends too early, or nothing comes for too long.
            FetchError: More comes than the server announced.
        """
        # a reader of chunks knows their end; else all is read that comes, to see if it is too much
        stream = response if total is None or response.chunked else response.fp
        try:
            while (total is None or size <= total) and (piece := stream.read1(_PIECE)):
                size += len(piece)
                if total is None or size <= total:
                    yield piece
        except TimeoutError as error:
            if size != total:  # some servers keep the line open when all is said
                raise _CutError(f"nothing came for {self._limits.silence_s:g} seconds") from error
        except (OSError, http.client.HTTPException) as error:
            if size != total:
                raise _CutError(f"the line broke after {size:,} bytes") from error
        if total is not None and size < total:
            raise _CutError(f"{size:,} of {total:,} bytes came")
        if total is not None and size > total:
            self._slot.drop()
            problem = f"announces {total:,} bytes and sends more"
            raise FetchError(self._url, problem, remedy=address.BY_HAND)

    def _refused(self, status: int) -> FetchError:
        problem = _REFUSED.get(status) or f"answers with status {status} and no file"
        remedy = (
            _LATER if status >= 500 else "is the address right?" if status in (404, 410) else ""
        )
        return FetchError(self._url, problem, remedy=remedy or address.BY_HAND)

    def _fetched(self, kept: Kept, *, is_new: bool) -> Fetched:
        return Fetched(
            url=self._url,
            path=self._slot.path,
            redirects=kept.redirects,
            digest=kept.digest,
            size=kept.size,
            retrieved=kept.retrieved,
            is_new=is_new,
        )


def _mark(response: http.client.HTTPResponse) -> Mark:
    get = response.headers.get
    return Mark(
        etag=get("ETag", "").strip(),
        modified=get("Last-Modified", "").strip(),
        total=None if response.status == 206 else response.length,
    )


def _is_page(response: http.client.HTTPResponse, head: bytes) -> bool:
    """Whether a page for people comes instead of a file; what it begins with decides, unless it is packed."""
    kind = response.headers.get_content_type()
    packed = head[:2] == b"\x1f\x8b" and response.headers.get("Content-Encoding", "") != ""
    looks = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or packed
    return bool(_PAGE.match(head)) or (kind == "text/html" and looks)
