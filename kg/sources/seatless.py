"""Votes of states that held no seat that day: often names or codes read in another usage than theirs."""

from __future__ import annotations

from datetime import date

from kg.model import records
from kg.model.facts import Facts
from kg.model.seats import voting_times
from kg.sources.intake.intake import Intake, Problem
from kg.votes.table import CODES

KIND = "vote without a seat"
"""The kind of problem; ``kg.check`` calls it the same."""
_CAST = frozenset(CODES[option] for option in ("yes", "no", "abstain"))


def note(facts: Facts, intake: Intake) -> None:
    """Note the votes, in the files that were given, of states that held no seat in the organ that day.

    Organs whose seats are not among the facts are left alone; where no day is known, whoever held a seat
    in that month did.
    """
    times = voting_times(facts.records(records.Holding))
    organs = {organ for organ, _ in times}
    members: dict[tuple[str, date, date], set[str]] = {}
    for account in intake.accounts:
        if account.organ not in organs or account.path in intake.bundled:
            continue
        days = account.organ, account.date.earliest, account.date.latest
        if days not in members:
            members[days] = {
                state
                for (organ, state), intervals in times.items()
                if organ == account.organ
                and any(
                    (one.start_day or date.min) <= days[2] and days[1] < (one.end_day or date.max)
                    for one in intervals
                )
            }
        for state in account.ballots.keys() - members[days]:
            if account.ballots[state] in _CAST:
                text = (
                    f"{account.key} on {account.date}: {state} held no seat then; its vote is kept"
                )
                intake.add_problem(Problem(KIND, account.path, account.line, text))
                intake.seatless[state] += 1
