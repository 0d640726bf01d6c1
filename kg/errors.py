"""Every error that ``kg`` raises on purpose.

::

    KgError                 one clear line for a person; the command line exits with status 2
    ├── RecordError         a record breaks a rule of its own
    ├── SourceError         a file cannot be read as records; names file and line
    ├── UnknownNameError    a name or code means nothing, or more than one thing, on that date
    ├── GraphError          a graph folder is missing, foreign, of another version or damaged
    │   └── BusyError       another build is at work there
    ├── QueryError          a query is refused, wrong or lacks a parameter
    │   ├── QueryTimeout    it ran out of time and was ended
    │   └── QueryCrash      it ended its worker process
    └── ExportError         an export was asked for that cannot be written
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """Any error of ``kg``; its text is one line that says what, where and what to do."""


class RecordError(KgError):
    """A record breaks a rule of its own, such as an interval that ends before it starts."""


class SourceError(KgError):
    """A file cannot be read as records.

    Args:
        path: The file.
        line: Its line, counted from 1; 0 where the whole file is meant.
        problem: What is wrong and what to do.
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {problem}")
        self.path, self.line, self.problem = path, line, problem


class UnknownNameError(KgError):
    """A name or code means nothing on that date, or more than one thing.

    Args:
        name: What was asked for.
        problem: Why it has no one answer.
        nearest: Known names that look alike, nearest first; for the message only.
    """

    def __init__(self, name: str, problem: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f"; nearest known: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"{name!r} {problem}{hint}")
        self.name, self.nearest = name, nearest


class GraphError(KgError):
    """A graph folder is missing, foreign, of another version or damaged."""


class BusyError(GraphError):
    """Another build is at work in the same graph folder."""


class QueryError(KgError):
    """A query is refused, wrong or lacks a parameter."""


class QueryTimeout(QueryError):  # noqa: N818  the name says which error it is
    """A query ran out of its time and was ended."""


class QueryCrash(QueryError):  # noqa: N818
    """A query ended the worker process it ran in."""


class ExportError(KgError):
    """An export was asked for that cannot be written."""
