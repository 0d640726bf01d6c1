"""Terms as N-Quads writes them, made as text: for what is written by the ten thousand."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from kg.dates import PartialDate
from kg.rdf import iris

_ESCAPE = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_XSD = iris.PREFIXES["xsd"]


def iri(kind: str, key: str) -> str:
    """The IRI of a thing as N-Quads writes it."""
    return f"<{iris.thing(kind, key)}>"


def text(value: str) -> str:
    """A plain literal."""
    return f'"{_ESCAPE.sub(_escaped, value)}"'


def whole(value: int) -> str:
    """A whole number."""
    return f'"{value}"^^<{_XSD}integer>'


def day(value: date) -> str:
    """A day."""
    return f'"{value.isoformat()}"^^<{_XSD}date>'


def partial(value: PartialDate) -> str:
    """A date as exact as it is known."""
    kind = "date" if value.day else "gYearMonth" if value.month else "gYear"
    return f'"{value}"^^<{_XSD}{kind}>'


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


@cache
def term(name: str) -> str:
    """A class or property of the ontology."""
    return f"<{iris.term(name)}>"


TYPE = f"<{iris.expand('rdf:type')}>"
LABEL = f"<{iris.expand('rdfs:label')}>"
DERIVED = f"<{iris.expand('prov:wasDerivedFrom')}>"
