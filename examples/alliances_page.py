"""Who was bound to whom on a day of my choice, as a page to look at?

Writes the network of alliances, treaties and memberships as one HTML file that needs no network
connection and opens on that day; the page itself can then show any other.

    python examples/alliances_page.py
    python examples/alliances_page.py out 1962-10-16
"""

import sys
import tempfile
from pathlib import Path

import kg


def main(folder: str = "", day: str = "2023-02-23") -> None:
    """Write the page into the folder, or into a new temporary one."""
    target = Path(folder or tempfile.mkdtemp(prefix="kg-")) / f"alliances-{day}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    with kg.open() as graph:
        graph.view_network(target, on=day)
        web = graph.network(on=day)
    ties = [link for _, _, link in web.edges(data="link") if link.kind in ("treaty", "membership")]
    defence = sum("defence" in link.obligations for link in ties)
    print(f"On {day}: {len(ties)} ties of membership, {defence} with a promise of defence")
    pacts = [node for node, kind in web.nodes(data="kind") if kind == "organisation"]
    largest = sorted(pacts, key=web.degree, reverse=True)[:5]
    print("Largest: " + ", ".join(web.nodes[node]["label"] for node in largest))
    print(f"Open {target}")


if __name__ == "__main__":
    main(*sys.argv[1:])
