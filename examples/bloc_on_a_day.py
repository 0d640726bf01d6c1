"""How did CSTO, NATO and the African Union vote on A/RES/ES-11/6, as they were that day?

A bloc is its members on the day of the vote, not its members of today: Finland and Sweden voted yes
on 23 February 2023, but not yet as members of NATO. A suspended member is a member, and is marked.

    python examples/bloc_on_a_day.py
    python examples/bloc_on_a_day.py EU ECOWAS ALBA
"""

import sys

import kg

VOTE, DAY = "ES-11/6", "2023-02-23"
OPTIONS = {"yes": "yes", "no": "no", "abstain": "abstained", "nonvoting": "cast no vote"}


def main(*blocs: str) -> None:
    """Print how each bloc voted, and who joined or left since."""
    with kg.open() as graph:
        known = graph.covers("alliances")[1].isoformat()
        suspended = {(r["organisation"], r["state"]) for r in graph.query("suspensions", on=DAY)}
        for bloc in blocs:
            votes: dict[str, list[str]] = {option: [] for option in OPTIONS}
            for row in graph.query("bloc-vote", organisation=bloc, resolution=VOTE):
                mark = " (suspended)" if (bloc, row["state"]) in suspended else ""
                votes[row["vote"]].append(row["name"] + mark)
            voting = sum(map(len, votes.values()))
            print(f"{bloc}: {voting} of its members of {DAY} had a vote on {VOTE}")
            for option, names in votes.items():
                print(f"  {len(names):3} {OPTIONS[option]:12}  {', '.join(sorted(names))}".rstrip())
            answers = [graph.query("members", organisation=bloc, on=day) for day in (DAY, known)]
            then, now = (
                {row["name"] for row in rows if row["role"] == "member"} for rows in answers
            )
            print(f"  joined by {known}: {', '.join(sorted(now - then)) or 'none'}")
            print(f"  left by {known}: {', '.join(sorted(then - now)) or 'none'}\n")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ("CSTO", "NATO", "AU")))
