"""A server on this machine that answers as a test tells it to: well, slowly, wrongly or not at all."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Loopback:
    """What is served, and what was asked for."""

    port: int
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers of each request."""
    folder: Path | None = None
    """Where the files lie that are served beside, as they are when they are asked for."""

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def answer(self, path: str) -> Answer:
        """What a path is answered with."""
        beside = self.folder / path.lstrip("/") if self.folder else None
        if path not in self.answers and beside and beside.is_file():
            return file(beside.read_bytes(), f'"{beside.stat().st_mtime_ns}"')
        return self.answers.get(path, status(404))

    def serve(self, path: str, answer: Answer) -> str:
        """Answer a path; its address."""
        self.answers[path] = answer
        return self.url(path)


@contextmanager
def loopback(context=None) -> Iterator[Loopback]:
    """A server that runs until the block ends; with a context it speaks TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers)))
            self.close_connection = True
            with contextlib.suppress(
                BrokenPipeError, ConnectionResetError
            ):  # the client saw enough
                served.answer(self.path)(self)

        def log_message(self, *args: object) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    served = Loopback(server.server_address[1], "https" if context else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """A status, a body and headers (``_`` for ``-``), with the length that is right unless one is given."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **given}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def moved(to: str, code: int = 302) -> Answer:
    """A redirect."""
    return status(code, Location=to)


def file(body: bytes, etag: str = '"1"', *, cuts: list[int] | None = None) -> Answer:
    """A file as a good server gives it: ranges and conditions understood.

    Args:
        body: Its bytes.
        etag: What the server calls this state of it.
        cuts: How many bytes each answer may have before the line breaks; taken away one by one.
    """

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers
        start = 0
        if asked.get("If-None-Match") == etag:
            status(304, ETag=etag)(handler)
            return
        if "Range" in asked and asked.get("If-Range") in (None, etag):
            start = int(asked["Range"].removeprefix("bytes=").rstrip("-"))
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", etag)
        handler.send_header("Content-Length", str(len(body) - start))
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.end_headers()
        end = start + cuts.pop(0) if cuts else len(body)
        handler.wfile.write(body[start:end])

    return answer
