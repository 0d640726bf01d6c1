"""Which states voted otherwise on 23 February 2023 than on 2 March 2022, and how?

Between A/RES/ES-11/1 and A/RES/ES-11/6 the totals hardly moved: 141 yes both times. This shows who
moved beneath them, the new no votes first.

    python examples/new_no_votes.py
"""

from itertools import groupby

import kg

EARLIER, LATER = "ES-11/1", "ES-11/6"
WORDS = {"yes": "yes", "no": "no", "abstain": "abstained", "nonvoting": "cast no vote"}
ORDER = list(WORDS)


def main() -> None:
    """Print the states that moved, grouped by where they moved to."""
    with kg.open() as graph:
        new = graph.query("new-no-votes", earlier=EARLIER, later=LATER)
        print(f"New among the no votes: {', '.join(row['name'] for row in new)}.\n")
        for roll in (EARLIER, LATER):
            totals = graph.query("vote-totals", resolution=roll)
            counts = ", ".join(f"{row['printed']} {WORDS[row['option']]}" for row in totals)
            print(f"A/RES/{roll}: {counts}")
        moved = list(graph.query("vote-changes", earlier=EARLIER, later=LATER))
    print(f"\n{len(moved)} states did otherwise than before:")
    moved.sort(key=lambda row: (ORDER.index(row["after"]), ORDER.index(row["before"])))
    for (before, after), rows in groupby(moved, key=lambda row: (row["before"], row["after"])):
        change = f"{WORDS[before]} -> {WORDS[after]}"
        print(f"  {change:26} {', '.join(row['name'] for row in rows)}")


if __name__ == "__main__":
    main()
