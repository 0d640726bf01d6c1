"""The record counted: what each state did in each year, and each organisation in each roll call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from kg.model.words import OPTIONS
from kg.votes.table import CODES, VoteTable

LEAST_MEMBERS = 10
"""Fewest voting members of an organisation for its counts in a roll call to be observed."""


def observations(
    table: VoteTable, members: Iterable[tuple[date, dict[str, set[str]]]]
) -> pl.DataFrame:
    """The record counted, as the observations of two data cubes, by key.

    Columns: key, cube, organisation, state, rollcall, year, yes, no, abstain, nonvoting. By state and year
    are counted the votes on whole texts in one organ; by roll call and bloc, the members of each
    organisation on the day of the roll call of which at least ten had a vote, and the organ itself.

    Args:
        table: The record.
        members: From each day on, in order, the members of each organisation.
    """
    frame = pl.concat([_by_state_and_year(table), _by_rollcall_and_bloc(table, members)])
    return frame.sort("key")


_OBSERVATION: dict[str, Any] = {
    "key": pl.String,
    "cube": pl.String,
    "organisation": pl.String,
    "state": pl.String,
    "rollcall": pl.String,
    "year": pl.Int32,
    **dict.fromkeys(OPTIONS, pl.Int32),
}


def _by_state_and_year(table: VoteTable) -> pl.DataFrame:
    frame = table.rollcalls
    rows: list[tuple[Any, ...]] = []
    years = frame["date"].dt.year().to_numpy()
    whole_texts = (frame["question"] == "whole-text").to_numpy()
    for organ in sorted(frame["organ"].unique()):
        here = (frame["organ"] == organ).to_numpy() & whole_texts
        for year in sorted(set(years[here].tolist())):
            part = table.matrix[here & (years == year)]
            counts = [(part == CODES[option]).sum(axis=0).tolist() for option in OPTIONS]
            rows += [
                (f"{state}-{year}-{organ}", "countsByStateAndYear", organ, state, None, year, *cast)
                for state, *cast in zip(table.states, *counts, strict=True)
                if any(cast)
            ]
    return pl.DataFrame(rows, schema=_OBSERVATION, orient="row")


def _by_rollcall_and_bloc(
    table: VoteTable, members: Iterable[tuple[date, dict[str, set[str]]]]
) -> pl.DataFrame:
    column = {state: i for i, state in enumerate(table.states)}
    turns = list(members)
    days = np.array([np.datetime64(turn, "D") for turn, _ in turns])
    dates = table.rollcalls["date"].to_numpy().astype("datetime64[D]")
    epochs = np.searchsorted(days, dates, side="right") - 1
    names = sorted({name for _, groups in turns for name in groups})
    least = np.full(len(names) + 1, LEAST_MEMBERS)
    least[-1] = 1  # the organ itself, however few voted
    rows, blocs = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    counts = [np.empty((0, len(OPTIONS)), np.int16)]
    for epoch in np.unique(epochs):
        at = np.nonzero(epochs == epoch)[0]
        masks = np.zeros((len(names) + 1, len(table.states)), dtype=np.int16)
        masks[-1, :] = 1
        for name, states in turns[epoch][1].items() if epoch >= 0 else ():
            masks[names.index(name), [column[s] for s in states if s in column]] = 1
        part = table.matrix[at]
        cast = np.stack([(part == CODES[o]).astype(np.int16) @ masks.T for o in OPTIONS], axis=2)
        row, bloc = np.nonzero(cast.sum(axis=2) >= least)
        rows.append(at[row])
        blocs.append(bloc)
        counts.append(cast[row, bloc])
    at, bloc, cast = np.concatenate(rows), np.concatenate(blocs), np.concatenate(counts)
    rolls = table.rollcalls.select("rollcall", "organ")[at]
    is_organ = pl.Series(bloc == len(names))
    organisation = rolls["organ"].zip_with(is_organ, pl.Series([*names, ""])[bloc])
    columns: dict[str, Any] = {
        "key": rolls["rollcall"] + "-" + organisation,
        "cube": pl.repeat("countsByRollCallAndBloc", len(at), eager=True),
        "organisation": organisation,
        "state": None,
        "rollcall": rolls["rollcall"],
        "year": None,
        **{option: cast[:, i] for i, option in enumerate(OPTIONS)},
    }
    return pl.DataFrame(columns).cast(pl.Schema(_OBSERVATION))
