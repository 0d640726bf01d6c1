"""Single votes and observations to text, from their columns, never one object at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from kg.model.words import OPTIONS
from kg.rdf import iris
from kg.rdf.terms import VOTED, lines, literal, node, predicate, term, thing, total
from kg.votes.accord import Accord
from kg.votes.table import CODES, CURATED, VoteTable

_ROWS = 32_000
"""Lines made at a time: few enough that the memory of their text does not count."""

OBSERVED: tuple[tuple[str, str, str], ...] = (
    ("cube", "qb:dataSet", "kg"),
    ("organisation", "organisation", "organisation"),
    ("state", "state", "state"),
    ("rollcall", "rollcall", "rollcall"),
    ("year", "year", ""),
    *((option, total(option), "") for option in OPTIONS),
)
"""Of each column of the observations: its property, and the prefix of what it names, none for a number."""


_ACCOUNTS = 4_096
"""Rows of the vote table that are compared and written at a time."""


def votes(table: VoteTable, accord: Accord) -> Iterator[bytes]:
    """Single votes of the accounts, one line each; those of curated roll calls are left out.

    Of an account beside the record only the votes that it gives otherwise than the record are written, and
    which votes of the record it does not list.

    Raises:
        RecordError: A text that is no key stands for a roll call or a state.
    """
    texts = _Texts(table)
    files = (table.rollcalls["source"] != CURATED).to_numpy()
    for start in range(0, len(table.matrix), _ACCOUNTS):
        rows = slice(start, start + _ACCOUNTS)
        codes, own = table.matrix[rows], accord.own(table, rows) & files[rows, None]
        for option in OPTIONS:
            yield from texts.lines(VOTED[option], (codes == CODES[option]) & own, start)
        yield from texts.lines("omits", accord.omitted(table, rows), start)


def vote_count(table: VoteTable, accord: Accord) -> int:
    """How many lines ``votes`` gives."""
    files = (table.rollcalls["source"] != CURATED).to_numpy()
    count = 0
    for start in range(0, len(table.matrix), _ACCOUNTS):
        rows = slice(start, start + _ACCOUNTS)
        count += int((accord.own(table, rows) & files[rows, None]).sum())
        count += int(accord.omitted(table, rows).sum())
    return count


def omitted_options(table: VoteTable, accord: Accord) -> bytes:
    """Kinds of votes that accounts beside the record do not list, as N-Quads."""
    keys, sources = table.rollcalls["rollcall"], table.rollcalls["source"]
    name = predicate("omitsOption")
    return b"".join(
        lines(
            [f"{node('rollcall', keys[row])} {name} {node('option', o)}" for o in options],
            node("source", sources[row]),
        )
        for row, options in accord.omitted_options(table)
    )


def agreements(table: VoteTable, accord: Accord) -> Iterator[str]:
    """Of each roll call of the record, the sources that agree and those that do not, as statements."""
    keys, sources = table.rollcalls["rollcall"], table.rollcalls["source"]
    for row, differs in zip(accord.others.tolist(), accord.differs.tolist(), strict=True):
        name = predicate("differsIn" if differs else "agreedBy")
        yield f"{node('rollcall', keys[row])} {name} {node('source', sources[row])}"


class _Texts:
    """What the rows and columns of a vote table are called in N-Quads."""

    def __init__(self, table: VoteTable) -> None:
        frame = table.rollcalls
        keys = [f"<{iris.thing('rollcall', key)}" for key in frame["rollcall"]]
        self._subjects = np.array(keys, dtype=object)
        self._states = np.array(
            [f"> <{iris.thing('state', key)}" for key in table.states], dtype=object
        )
        ends = [
            "> .\n" if is_record else f"> {node('source', source)} .\n"
            for is_record, source in zip(frame["record"], frame["source"], strict=True)
        ]
        self._ends = np.array(ends, dtype=object)

    def lines(self, prop: str, cells: NDArray[np.bool_], start: int) -> Iterator[bytes]:
        """A line for each cell that is true; ``start`` is the row of the first of them."""
        name = f"> {predicate(prop)}".removesuffix(">")
        row, column = np.nonzero(cells)
        row += start
        for at in range(0, len(row), _ROWS):
            r, c = row[at : at + _ROWS], column[at : at + _ROWS]
            yield _joined(
                *(pl.Series(self._subjects[r]), name),
                *(pl.Series(self._states[c]), pl.Series(self._ends[r])),
            )


def _joined(*columns: Any) -> bytes:
    named = [pl.lit(value).alias(f"c{i}") for i, value in enumerate(columns)]
    return _one_text(pl.select(pl.concat_str(named).alias("text")))


def _one_text(frame: pl.DataFrame) -> bytes:
    """The column ``text``, one after the other."""
    text: str = frame["text"].str.join("").item()
    return text.encode()


def observation_quads(frame: pl.DataFrame) -> Iterator[bytes]:
    """Observations as N-Quads."""
    node = "<" + iris.PREFIXES["observation"] + pl.col("key") + "> "
    parts = [
        _given(column, node + f"{term(name)} " + _quads_term(column, prefix) + " .\n")
        for column, name, prefix in OBSERVED
    ]
    for part in frame.iter_slices(_ROWS // 8):
        yield _one_text(part.select(pl.concat_str(parts).alias("text")))


def _quads_term(column: str, prefix: str) -> pl.Expr:
    if prefix:
        return f"<{iris.PREFIXES[prefix]}" + pl.col(column) + ">"
    before, after = str(literal(0)).split("0", 1)
    return before + pl.col(column).cast(pl.String) + after


def observation_turtle(frame: pl.DataFrame) -> list[str]:
    """Observations as Turtle, a piece for each, their predicates sorted as ``kg.rdf.turtle`` does."""
    shown = sorted(
        (name if ":" in name else f"kg:{name}", column, f"{prefix}:" if prefix else "")
        for column, name, prefix in OBSERVED
    )
    parts = [
        (column, f" ;\n    {name} {value}" if i else f" {name} {value}", "")
        for i, (name, column, value) in enumerate(shown)
    ]
    return observation_texts(frame, "observation:", "", parts)


def observation_ntriples(frame: pl.DataFrame) -> list[str]:
    """Observations as lines of N-Triples, a text of several sorted lines for each."""
    parts = []
    for column, name, prefix in OBSERVED:
        before, after = str(literal(0)).split("0", 1)
        if prefix:
            before, after = f"<{iris.PREFIXES[prefix]}", ">"
        parts.append((f"{term(name)} {before}", column, f"{after} .\n"))
    node = f"<{iris.PREFIXES['observation']}"
    said = [(column, before, after) for before, column, after in sorted(parts)]
    return observation_texts(frame, "", "", said, each=(node, "> "))


def observation_texts(
    frame: pl.DataFrame,
    head: str,
    tail: str,
    parts: Iterable[tuple[str, str, str]],
    each: tuple[str, str] | None = None,
) -> list[str]:
    """Observations in some syntax, a text for each.

    Args:
        frame: The observations.
        head: What stands before the key, and ...
        tail: ... what stands behind it; with ``each`` the key is not written first.
        parts: Column, and what stands before and behind its value; nothing stands where there is none.
        each: What stands before and behind the key that begins each part.
    """
    key = pl.lit("") if each is None else each[0] + pl.col("key") + each[1]
    texts = [
        _given(column, key + before + pl.col(column).cast(pl.String) + after)
        for column, before, after in parts
    ]
    first = head + pl.col("key") + tail if each is None else pl.lit("")
    return frame.select(pl.concat_str([first, *texts]).alias("text"))["text"].to_list()


def predicates() -> tuple[NamedNode, ...]:
    """The properties of votes and observations that lead to a thing."""
    names = [name for _, name, prefix in OBSERVED if prefix]
    return tuple(term(name) for name in (*VOTED.values(), *names))


def observation_objects(frame: pl.DataFrame) -> dict[NamedNode, set[NamedNode]]:
    """Each property of the observations that leads to things, and all things that it leads to."""
    return {
        term(name): {thing(prefix, key) for key in frame[column].drop_nulls().unique()}
        for column, name, prefix in OBSERVED
        if prefix and prefix in iris.KINDS
    }


def observation_count(frame: pl.DataFrame) -> int:
    """How many triples the observations are."""
    return sum(frame[column].len() - frame[column].null_count() for column, _, _ in OBSERVED)


def observation_prefixes(frame: pl.DataFrame) -> set[str]:
    """The prefixes that the observations use in Turtle."""
    used = {prefix for column, _, prefix in OBSERVED if prefix and frame[column].count()}
    return used | {"kg", "observation", "qb"} if len(frame) else set()


def _given(column: str, text: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(column).is_null()).then(pl.lit("")).otherwise(text)
