"""Every published form that is read, one a module, and the one list of them.

A new form is a module here that exports ``LAYOUTS``, and one line below. What several modules use stands in
``shared``.
"""

from __future__ import annotations

from kg.sources.intake.layout import Layout
from kg.sources.readers import (
    atop,
    atop_dyads,
    cow,
    cow_states,
    leaders,
    mapped,
    record,
    record_others,
    undl_csv,
    undl_marc,
    undl_scraped,
    unvotes,
    vetoes,
)

LAYOUTS: tuple[Layout, ...] = (
    *undl_csv.LAYOUTS,
    *undl_marc.LAYOUTS,
    *undl_scraped.LAYOUTS,
    *record.LAYOUTS,
    *vetoes.LAYOUTS,
    *unvotes.LAYOUTS,
    *record_others.LAYOUTS,
    *atop.LAYOUTS,
    *atop_dyads.LAYOUTS,
    *cow.LAYOUTS,
    *cow_states.LAYOUTS,
    *leaders.LAYOUTS,
    *mapped.LAYOUTS,
)
"""Every layout, in the order in which sources are believed of the same roll call."""
