"""RDF: the IRI of every thing, records as triples, and Turtle that is the same bytes every time."""
