"""By which ties does Belarus reach North Korea, since when, and who says so?

Each hop of the closest chain is shown with its dates and with the works it was taken from. A hop
marked unchecked was not compared with the primary record.

    python examples/chain_with_sources.py
    python examples/chain_with_sources.py Mali Russia 2023-02-23
"""

import sys

import kg


def main(start: str = "Belarus", goal: str = "North Korea", day: str = "2023-02-23") -> None:
    """Print the closest chain, hop by hop."""
    with kg.open() as graph:
        chains = graph.path(start, goal, on=day, k=1)
        if not chains:
            print(f"Nothing ties {start} to {goal} on {day}.")
        for chain in chains:
            print(f"{chain}, as of {day}")
            for number, hop in enumerate(chain.hops, 1):
                link = hop.link
                duties = f"; binds to {', '.join(link.obligations)}" if link.obligations else ""
                mark = "; unchecked" if link.unchecked else ""
                print(f"\n{number}. {hop.sentence}\n   {link.when}{duties}{mark}")
                for key in link.sources:
                    print(f"   source: {graph.source(key).title}")


if __name__ == "__main__":
    main(*sys.argv[1:])
