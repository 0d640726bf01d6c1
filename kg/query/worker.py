"""A process of its own that answers queries from outside: it can be ended, and it can die.

The engine cannot be interrupted from Python and some texts crash it, so the process that answers the
user never runs them. Requests and answers are a line of JSON each, the answer followed by its bytes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any, cast

from kg.calls import Argument, Phrase
from kg.errors import GraphError, QueryCrash, QueryError, QueryTimeout
from kg.graph.parts import Parts

MEMORY = 4 << 30
"""Most address space of the worker, in bytes, where the system can hold it to that."""
LARGEST = 512 << 20
"""Longest answer, in bytes."""
_LONGEST = 200
"""Most characters of what the engine says of a wrong query; it may list a hundred alternatives."""

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from kg.query.worker import serve; serve(sys.argv[2], int(sys.argv[3]))"
)


class Worker:
    """A query process on one store, started when it is first needed and again after it was ended.

    Args:
        parts: The files of the version of the graph that it answers from.
        memory: Most address space of the process, in bytes, where the system can hold it to that.
        remedy: What to do where the store is damaged.
    """

    def __init__(self, parts: Parts, memory: int = MEMORY, *, remedy: Phrase = ()) -> None:
        self._parts, self._memory, self._remedy = parts, memory, remedy
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def answer(
        self, request: dict[str, Any], timeout_s: float | None
    ) -> tuple[dict[str, Any], bytes]:
        """The answer's head and its bytes.

        Args:
            request: ``query`` and, where needed, ``terms``, parameter to its N-Triples form, and
                ``continuity``, whose votes are one state's for the functions.
            timeout_s: Seconds after which the process is ended; None waits.

        Raises:
            QueryTimeout: The time ran out.
            QueryCrash: The query ended the process.
            QueryError: The engine refuses the query.
            GraphError: The store is damaged.
        """
        with self._lock:
            process = self._running()
            timer = _Timer(process, timeout_s)
            try:
                head, body = _exchange(process, request)
            except (OSError, ValueError, EOFError) as error:
                self.close()
                raise self._ended(timer, process, timeout_s) from error
            except BaseException:  # an interrupt: the engine would go on without us
                self.close()
                raise
            finally:
                timer.cancel()
            if timer.struck:  # too late for this answer, and the next needs a new process
                self.close()
        if "damage" in head:
            raise GraphError(head["damage"], remedy=self._remedy)
        if "error" in head:
            message = " ".join(head["error"].split())
            raise QueryError(message if len(message) <= _LONGEST else f"{message[:_LONGEST]} ...")
        return head, body

    def close(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            path = json.dumps([entry or "." for entry in sys.path])
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    "-S",
                    "-c",
                    _START,
                    path,
                    str(self._parts.folder),
                    str(self._memory),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _ended(
        self, timer: _Timer, process: subprocess.Popen[bytes], timeout_s: float | None
    ) -> QueryError:
        if timer.struck:
            return QueryTimeout(
                f"the query was ended after {timeout_s:g} s",
                remedy=("give it longer with ", Argument("timeout_s"), ", or ask for less"),
            )
        return QueryCrash(
            f"the query ended the process that answered it (status {process.returncode}); it nests too "
            f"deep or takes more than {self._memory >> 30} GiB of memory; ask for less"
        )


class _Timer:
    """Kills a process after a time and remembers that it did."""

    def __init__(self, process: subprocess.Popen[bytes], timeout_s: float | None) -> None:
        self.struck = False
        self._process = process
        self._timer = threading.Timer(timeout_s, self._strike) if timeout_s is not None else None
        if self._timer:
            self._timer.daemon = True
            self._timer.start()

    def _strike(self) -> None:
        self.struck = True
        self._process.kill()

    def cancel(self) -> None:
        """Let the process live."""
        if self._timer:
            self._timer.cancel()


def _exchange(
    process: subprocess.Popen[bytes], request: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    requests.write(json.dumps(request).encode() + b"\n")
    requests.flush()
    line = answers.readline()
    if not line:
        raise EOFError
    head = json.loads(line)
    body = answers.read(head.get("bytes", 0))
    if len(body) != head.get("bytes", 0):
        raise EOFError
    return head, body


def serve(version: str, memory: int) -> None:
    """Answer requests from standard input until it closes; the main loop of the process."""
    _confine(memory)
    _outlive_no_parent()
    parts, opened, damage = Parts(Path(version)), None, ""
    try:
        opened = parts.open_store()
    except GraphError as error:
        damage = str(error)
    out: IO[bytes] = sys.stdout.buffer
    functions_by_continuity: dict[str, Any] = {}
    for line in sys.stdin.buffer:
        try:
            request = json.loads(line)
            called = _functions(parts, request, functions_by_continuity)
            head, body = _answer(opened, request, called) if opened else _damaged(damage)
        except GraphError as error:
            head, body = _damaged(str(error))
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            head, body = {"error": str(error)}, b""
        head["bytes"] = len(body)
        out.write(json.dumps(head).encode() + b"\n" + body)
        out.flush()


def _damaged(message: str) -> tuple[dict[str, Any], bytes]:
    return {"damage": message}, b""


class _Capped(io.BytesIO):
    """Bytes up to ``LARGEST``: what is longer would only be too much for the process that asks."""

    def write(self, data: Any, /) -> int:
        """Take more bytes."""
        if self.tell() + len(data) > LARGEST:
            raise ValueError(
                f"the answer is larger than {LARGEST >> 20} MiB; ask for less, or LIMIT it"
            )
        return super().write(data)


def _outlive_no_parent() -> None:
    """End this process when the one that asks is gone, even in the middle of a query."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    if sys.platform != "win32":  # there a parent's number stays
        threading.Thread(target=watch, daemon=True).start()


def _functions(parts: Parts, request: dict[str, Any], ready: dict[str, Any]) -> dict[Any, Any]:
    """The functions that a query may call, loaded when one is called for the first time."""
    from kg.query import functions

    if not functions.wanted(request["query"]):
        return {}
    continuity = request.get("continuity", "state")
    if continuity not in ready:
        ready[continuity] = functions.functions(parts, continuity)
    return dict(ready[continuity])


def _answer(
    store: Any, request: dict[str, Any], called: dict[Any, Any]
) -> tuple[dict[str, Any], bytes]:
    import pyoxigraph as ox

    from kg.rdf.iris import PREFIXES

    terms = request.get("terms", {})
    bound = {ox.Variable(name): _term(text) for name, text in terms.items()}
    answer = store.query(
        request["query"],
        prefixes=PREFIXES,
        substitutions=bound or None,
        custom_functions=called,
    )
    out = _Capped()
    if isinstance(answer, ox.QueryTriples):
        kind = "graph"
        ox.serialize(answer, out, format=ox.RdfFormat.N_TRIPLES)
    else:
        kind = "boolean" if isinstance(answer, ox.QueryBoolean) else "bindings"
        answer.serialize(out, format=ox.QueryResultsFormat.JSON)
    return {"kind": kind}, out.getvalue()


def _term(text: str) -> Any:
    import pyoxigraph as ox

    statement = f"<urn:s> <urn:p> {text} ."
    return next(iter(ox.parse(statement, format=ox.RdfFormat.N_TRIPLES))).object


def _confine(memory: int) -> None:
    """Hold this process to its memory and, on Linux where allowed, to no network at all."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        new_user, new_net = 0x10000000, 0x40000000
        with contextlib.suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None)
            if libc.unshare(new_net) != 0:
                libc.unshare(new_user | new_net)
