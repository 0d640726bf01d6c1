"""The formats that an answer is written in; here, so that a help text loads no library."""

TABLE_FORMATS = ("csv", "tsv", "json", "xml")
"""What the answer to a SELECT or an ASK is written in."""
GRAPH_FORMATS = ("ttl", "nt")
"""What the answer to a CONSTRUCT or a DESCRIBE is written in."""
