"""One request to an address: redirects followed within limits and said, every refusal in plain words."""

from __future__ import annotations

import http.client
import re
import ssl
from collections.abc import Callable, Mapping
from urllib import request
from urllib.error import URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from kg import resources
from kg.errors import FetchError

_SCHEMES = ("https", "http")
_MOVED = (301, 302, 303, 307, 308)
_SAFE = "%/:=&?~+!$,;'@()*[]"
"""What stands in an address as it is."""
_SECRET = re.compile(
    r"([?&;][^=&;]*(?:auth|credential|key|pass|secret|sig|token)[^=&;]*=)[^&;]*", re.IGNORECASE
)
"""A part of a query whose name says that nobody else is to know its value."""
BY_HAND = "open it in a browser, save the file, and give the file"
"""What to do where a program gets no file."""
_ASKED = {
    "User-Agent": f"kg/{resources.VERSION} (unkg)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


def is_address(file: str) -> bool:
    """Whether what was given as a file is an address, of whatever scheme."""
    return "://" in file


def checked(url: str) -> str:
    """An address as it is asked for.

    Raises:
        FetchError: It is not one of http or https, or holds a password.
    """
    try:
        plain = quote(urldefrag(url.strip()).url, safe=_SAFE)
        parts = urlsplit(plain)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(url, f"is no address: {error}") from error
    if parts.scheme.lower() not in _SCHEMES:
        raise FetchError(url, f"is of the scheme {parts.scheme!r}", allowed=_SCHEMES)
    if not host:
        raise FetchError(url, "names no host")
    if "@" in parts.netloc:  # it would stand in the manifest of the graph
        shown = plain.replace(parts.netloc, parts.netloc.rpartition("@")[2])
        raise FetchError(shown, "was given with a user or a password", remedy=BY_HAND)
    return plain


def published(url: str) -> str:
    """An address as a graph may show it to everyone: without the values of keys, tokens and signatures."""
    return _SECRET.sub(r"\1***", url)


def sent_on_to(url: str) -> str:
    """An address that a server sent on to, as a graph may show it: its query is the server's own."""
    return urlunsplit(urlsplit(url)._replace(query=""))


def opened(
    url: str,
    headers: Mapping[str, str],
    *,
    most_redirects: int,
    timeout_s: float,
    redirected: Callable[[str], None],
) -> tuple[http.client.HTTPResponse, tuple[str, ...]]:
    """What an address answers, and each address that the request was sent on to.

    Args:
        url: The address, as ``checked`` gives it.
        headers: What is asked beside it.
        most_redirects: How often the request may be sent on.
        timeout_s: How many seconds nothing may come.
        redirected: Called with each address that the request is sent on to, before it is asked.

    Raises:
        FetchError: It cannot be reached, or sends on to where nobody should follow.
    """
    opener = request.OpenerDirector()  # no handler of file: or ftp:, none that follows by itself
    for handler in (request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler()):
        opener.add_handler(handler)
    chain = [url]
    while True:
        asked = request.Request(chain[-1], headers={**_ASKED, **headers})  # noqa: S310  checked above
        response = _answer(opener, asked, timeout_s, chain)
        if response.status not in _MOVED:
            return response, tuple(chain[1:])
        with response:
            chain.append(_target(chain, response.headers.get("Location"), most_redirects))
        redirected(chain[-1])


def _answer(
    opener: request.OpenerDirector, asked: request.Request, timeout_s: float, chain: list[str]
) -> http.client.HTTPResponse:
    try:
        response = opener.open(asked, timeout=timeout_s)
    except (URLError, OSError, http.client.HTTPException, UnicodeError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLCertVerificationError):
            raise FetchError(
                chain[0], f"has no certificate that can be trusted: {reason.verify_message}"
            ) from error
        if isinstance(reason, TimeoutError):
            reason = f"no answer in {timeout_s:g} seconds"
        text = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        asked_for = f" at {chain[-1]}" if len(chain) > 1 else ""
        raise FetchError(
            chain[0],
            f"cannot be reached{asked_for}: {text}",
            remedy="is this machine online, and the address right?",
            is_offline=True,
        ) from error
    if not isinstance(response, http.client.HTTPResponse):
        raise FetchError(chain[0], "is answered by something that is no HTTP")
    return response


def _target(chain: list[str], location: str | None, most: int) -> str:
    """The address that a request is sent on to.

    Raises:
        FetchError: There is none, it may not be followed, or it was asked before.
    """
    if not location:
        raise FetchError(chain[0], "redirects to nowhere")
    try:
        target = urljoin(chain[-1], location)
        parts = urlsplit(target)
    except ValueError as error:
        raise FetchError(chain[0], f"redirects to what is no address: {error}") from error
    if parts.scheme.lower() not in _SCHEMES:
        raise FetchError(chain[0], f"redirects to {target}, which is neither http nor https")
    target = checked(target)
    if urlsplit(chain[-1]).scheme.lower() == "https" and parts.scheme.lower() == "http":
        raise FetchError(
            chain[0], f"redirects from https to {target}, where anyone could change it"
        )
    if target in chain:
        raise FetchError(chain[0], f"redirects in a circle: {' to '.join([*chain, target])}")
    if len(chain) > most:
        raise FetchError(chain[0], f"redirects more than {most} times: {' to '.join(chain)}")
    return target
