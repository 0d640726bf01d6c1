"""Every error that ``kg`` raises on purpose.

::

    KgError                 what happened, what is allowed and a remedy, as data; one line for a person
    ├── RecordError         a record breaks a rule of its own
    ├── SourceError         a file cannot be read as records; names file and line
    ├── FetchError          the file at an address cannot be had
    ├── UnknownNameError    a name or code means nothing, or more than one thing, on that date
    ├── GraphError          a graph folder is missing, foreign, of another version or damaged
    │   └── BusyError       another build is at work there
    ├── QueryError          a query is refused, wrong or lacks a parameter
    │   ├── QueryTimeout    it ran out of time and was ended
    │   └── QueryCrash      it ended its worker process
    └── ExportError         an export was asked for that cannot be written
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.calls import Phrase, Spelling, python, spell


class KgError(Exception):
    """Any error of ``kg``.

    Args:
        problem: What happened; a phrase where it has to name an argument.
        allowed: What would have been right, of a closed set.
        remedy: What to do; a phrase, whose arguments and calls each front spells in its own way.
    """

    def __init__(
        self,
        problem: str | Phrase,
        *,
        allowed: Iterable[str] = (),
        remedy: str | Phrase = (),
    ) -> None:
        super().__init__(problem)
        self.problem: Phrase = (problem,) if isinstance(problem, str) else problem
        self.allowed = tuple(allowed)
        self.remedy: Phrase = ((remedy,) if remedy else ()) if isinstance(remedy, str) else remedy

    def text(self, spelling: Spelling = python) -> str:
        """One line that says what, where and what to do, arguments spelled as a front spells them."""
        parts = [spell(self.problem, spelling)]
        if self.allowed:
            parts.append(f"known: {', '.join(self.allowed)}")
        if self.remedy:
            parts.append(spell(self.remedy, spelling))
        return "; ".join(parts)

    def __str__(self) -> str:
        return self.text()


class RecordError(KgError):
    """A record breaks a rule of its own, such as an interval that ends before it starts."""


class SourceError(KgError):
    """A file cannot be read as records.

    Args:
        path: The file.
        line: Its line, counted from 1; 0 where the whole file is meant.
        problem: What is wrong.
        remedy: What to do.
    """

    def __init__(
        self, path: Path, line: int, problem: str | Phrase, *, remedy: str | Phrase = ()
    ) -> None:
        where = f"{path}:{line}" if line else str(path)
        parts = (problem,) if isinstance(problem, str) else problem
        super().__init__((f"{where}: ", *parts), remedy=remedy)
        self.path, self.line = path, line


class FetchError(KgError):
    """The file at an address cannot be had.

    Args:
        url: The address.
        what: Why.
        allowed: What would have been right, of a closed set.
        remedy: What to do.
        is_offline: Whether nothing answered at all.
    """

    def __init__(
        self,
        url: str,
        what: str,
        *,
        allowed: Iterable[str] = (),
        remedy: str | Phrase = (),
        is_offline: bool = False,
    ) -> None:
        super().__init__(f"{url} {what}", allowed=allowed, remedy=remedy)
        self.url, self.what, self.is_offline = url, what, is_offline


class UnknownNameError(KgError):
    """A name or code means nothing on that date, or more than one thing.

    Args:
        name: What was given.
        problem: Why it has no one answer.
        nearest: Known names that look alike, nearest first; for the message only.
        remedy: What to do.
    """

    def __init__(
        self,
        name: str,
        problem: str,
        nearest: tuple[str, ...] = (),
        *,
        remedy: str | Phrase = (),
    ) -> None:
        hint = f"; nearest known: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"{name!r} {problem}{hint}", remedy=remedy)
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
