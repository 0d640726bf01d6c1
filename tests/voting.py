"""A made-up record of votes, large enough for measures: states along a line, in years 2010 to 2023."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path

from kg import resources
from kg.sources.curated.facts import read_facts
from kg.sources.curated.names import names_of
from tests import headers

STATES = tuple(
    re.findall(
        r"\w+",
        "USA GBR FRA DEU CAN POL EST LVA LTU TUR NOR HUN ITA ESP NLD ISR AUS JPN UKR GEO AUT SWE IRL CHE RUS "
        "BLR ARM KAZ KGZ TJK CHN PRK SYR CUB VEN NIC IRN ZWE MLI ERI IND ZAF BRA MEX IDN EGY NGA KEN PAK",
    )
)
SESSIONS = range(65, 78)
A_SESSION = 32
"""Roll calls in each session."""


def places() -> dict[str, float]:
    """Where each state stands: the first high, the last low."""
    return {state: 1.5 - 3 * i / (len(STATES) - 1) for i, state in enumerate(STATES)}


def rolls() -> list[tuple[str, str, str, str, str, dict[str, str]]]:
    """Roll calls in which what a state does depends on where it stands."""
    chance = random.Random(7)
    made = []
    for session in SESSIONS:
        for n in range(1, A_SESSION + 1):
            sharp = chance.choice((-2.5, -2, -1.5, 2))
            edge = chance.uniform(-1.2, 1.2)
            votes = {}
            for state, place in places().items():
                drawn, lean = chance.random(), sharp * (place - edge)
                no, upto = (1 / (1 + math.exp(-(lean - shift))) for shift in (0.8, -0.4))
                votes[state] = "N" if drawn < no else "A" if drawn < upto else "Y"
                if chance.random() < 0.06:
                    votes[state] = "X"
            day = f"{session + 1945}-{10 + n % 3}-{n % 27 + 1:02}"
            made.append((f"{session}{n:02}", day, str(session), f"A/RES/{session}/{n}", "", votes))
    for n, few in ((91, ["USA"]), (92, ["USA", "PRK"]), (93, ["USA", "GBR"])):
        votes = {state: "N" if state in few else "Y" for state in STATES}
        made.append((f"77{n}", "2022-12-30", "77", f"A/RES/77/{n}", "", votes))
    return made


def write(folder: Path) -> Path:
    """The roll calls as a bulk file of the Assembly."""
    names = {
        e.key: e.text
        for e in names_of(read_facts(resources.data())).entries
        if e.kind == "state" and e.usage == "undl" and e.end is None and e.key in STATES
    }
    lines = [headers.GA]
    for number, day, session, symbol, _, votes in rolls():
        cast = list(votes.values())
        topic = "PALESTINE QUESTION" if int(number) % 2 else "DISARMAMENT"
        totals = ",".join(str(cast.count(vote)) for vote in "YNAX")
        lines += [
            f'{number},{state},"{names.get(state, state)}",{vote},{day},{session},{symbol},,,'
            f"A/{session}/PV.1,Question {number},Item,{topic},,{totals},{len(cast)},"
            for state, vote in votes.items()
        ]
    path = folder / "ga.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path
