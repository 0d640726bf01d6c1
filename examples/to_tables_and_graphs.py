"""How do I go on with kg's answers in polars, pandas, networkx and rdflib?

An answer to a SELECT becomes a frame, the whole graph a network or an RDF graph; from there on it is
plain polars, pandas, networkx or rdflib, each asked one question of its own kind.

    python examples/to_tables_and_graphs.py
"""

from importlib.util import find_spec

import networkx as nx
import polars as pl

import kg


def main() -> None:
    """Hand the same record to each library."""
    with kg.open() as graph:
        blocs = graph.query("bloc-counts", resolution="ES-11/6")
        split = blocs.to_polars().filter((pl.col("yes") > 0) & (pl.col("no") > 0)).sort("yes")
        print(f"polars: members of {split.height} of {len(blocs)} organisations voted yes and no")
        print(split.drop("name").tail(5))

        if find_spec("pandas"):
            counts = blocs.to_pandas().set_index("organisation").drop(columns="name")
            print(f"\npandas: the members of the African Union voted {counts.loc['AU'].to_dict()}")

        web = graph.network(on="2023-02-23")  # what held that day; edges have kind, dates, sources
        pacts = nx.Graph((a, b) for a, b, kind in web.edges(data="kind") if kind == "treaty")
        chain = nx.shortest_path(pacts, "state:BLR", "state:USA")
        print(f"\nnetworkx: {len(web)} things, {web.number_of_edges()} links on 23 February 2023")
        print(f"  by treaty: {' - '.join(web.nodes[node]['label'] for node in chain)}")

        triples = graph.to_rdflib()  # kg's prefixes are bound, so rdflib's SPARQL knows them
        asked = "SELECT ?s { ?r kg:votedNo state:MLI ; kg:document/kg:symbol ?s } ORDER BY ?s"
        symbols = [str(row.s) for row in triples.query(asked)]
        print(f"\nrdflib: {len(triples)} triples; Mali voted no on {', '.join(symbols)}")


if __name__ == "__main__":
    main()
