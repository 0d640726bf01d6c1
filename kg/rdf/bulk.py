"""Single votes and observations to text, from their columns, never one object at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from kg.model import OPTIONS
from kg.rdf import iris
from kg.rdf.nquads import iri, term
from kg.rdf.triples import VOTED
from kg.votes import CODES, CURATED, VoteTable

_XSD = iris.PREFIXES["xsd"]
_ROWS = 32_000
"""Lines made at a time: few enough that the memory of their text does not count."""
_DATASET = f"<{iris.expand('qb:dataSet')}>"


def votes(table: VoteTable) -> Iterator[bytes]:
    """Every single vote of the accounts, one line each; those of curated roll calls are left out."""
    frame = table.rollcalls
    subjects = (iris.PREFIXES["rollcall"] + frame["rollcall"]).to_numpy()
    states = np.array([f"> <{iris.PREFIXES['state']}{key}" for key in table.states], dtype=object)
    ends = np.array(
        [
            "> .\n" if told else f"> {iri('source', source)} .\n"
            for told, source in zip(frame["record"], frame["source"], strict=True)
        ],
        dtype=object,
    )
    files = (frame["source"] != CURATED).to_numpy()
    for option in OPTIONS:
        predicate = f"> <{iris.term(VOTED[option])}"
        row, column = np.nonzero((table.matrix == CODES[option]) & files[:, None])
        for at in range(0, len(row), _ROWS):
            r, c = row[at : at + _ROWS], column[at : at + _ROWS]
            yield _joined(
                "<" + pl.Series(subjects[r]), predicate, pl.Series(states[c]), pl.Series(ends[r])
            )


def _joined(*columns: Any) -> bytes:
    named = [pl.lit(value).alias(f"c{i}") for i, value in enumerate(columns)]
    return _whole_text(pl.select(pl.concat_str(named).alias("text")))


def _whole_text(frame: pl.DataFrame) -> bytes:
    """The column ``text``, one after the other."""
    told: str = frame["text"].str.join("").item()
    return told.encode()


def observation_quads(frame: pl.DataFrame) -> Iterator[bytes]:
    """Observations as N-Quads."""
    node = "<" + iris.PREFIXES["observation"] + pl.col("key") + "> "
    parts = [
        node + f"{_DATASET} <{iris.KG}" + pl.col("cube") + "> .\n",
        node
        + f"{term('organisation')} <{iris.PREFIXES['organisation']}"
        + pl.col("organisation")
        + "> .\n",
        _given(
            "state", node + f"{term('state')} <{iris.PREFIXES['state']}" + pl.col("state") + "> .\n"
        ),
        _given(
            "rollcall",
            node
            + f"{term('rollcall')} <{iris.PREFIXES['rollcall']}"
            + pl.col("rollcall")
            + "> .\n",
        ),
        _given("year", node + f"{term('year')} " + _whole("year") + " .\n"),
        *(node + f"{term(f'{option}Count')} " + _whole(option) + " .\n" for option in OPTIONS),
    ]
    for part in frame.iter_slices(_ROWS // 8):
        yield _whole_text(part.select(pl.concat_str(parts).alias("text")))


def observation_turtle(frame: pl.DataFrame) -> list[str]:
    """Observations as Turtle, a piece for each, their predicates sorted as ``kg.rdf.turtle`` does."""

    def line(name: str, value: pl.Expr) -> pl.Expr:
        return f" ;\n    kg:{name} " + value

    parts = [
        "observation:" + pl.col("key") + " kg:abstainCount " + pl.col("abstain").cast(pl.String),
        line("noCount", pl.col("no").cast(pl.String)),
        line("nonvotingCount", pl.col("nonvoting").cast(pl.String)),
        line("organisation", "organisation:" + pl.col("organisation")),
        _given("rollcall", line("rollcall", "rollcall:" + pl.col("rollcall"))),
        _given("state", line("state", "state:" + pl.col("state"))),
        _given("year", line("year", pl.col("year").cast(pl.String))),
        line("yesCount", pl.col("yes").cast(pl.String)),
        " ;\n    qb:dataSet kg:" + pl.col("cube"),
    ]
    return frame.select(pl.concat_str(parts).alias("text"))["text"].to_list()


def _given(column: str, text: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(column).is_null()).then(pl.lit("")).otherwise(text)


def _whole(column: str) -> pl.Expr:
    return '"' + pl.col(column).cast(pl.String) + f'"^^<{_XSD}integer>'
