"""Every verb of the product: ``kg.open()`` gives a ``Graph``, whose modules here are its verbs by kind."""

from __future__ import annotations

from kg.api.asking import questions
from kg.api.graph import Graph
from kg.api.opening import open  # noqa: A004  the verb of the library, as in kg.open()
from kg.api.updating import update

__all__ = ["Graph", "open", "questions", "update"]
