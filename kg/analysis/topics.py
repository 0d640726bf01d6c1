"""Texts by what they are about: the subject terms of their source, matched by words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.analysis import labels
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot

if TYPE_CHECKING:
    pass

_SHOWN = 3
"""How many terms are named."""


class Topic:
    """The subject terms that have all words of a topic; a plural is the same word.

    Raises:
        QueryError: No term has them.
    """

    def __init__(self, snapshot: Snapshot, words: str) -> None:
        self.words = words
        wanted = _words(words)
        found: dict[str, set[str]] = {}
        for prop in ("subject", "topic"):
            for document, term in labels.of(snapshot, prop):
                found.setdefault(term, set()).add(document)
        self.terms = {t: texts for t, texts in found.items() if wanted and wanted <= _words(t)}
        """Each term to the documents that have it."""
        self._told = set().union(*found.values())
        if not self.terms:
            near = difflib.get_close_matches(words.upper(), found, n=3, cutoff=0.5)
            meant = f"; did you mean {', '.join(near)}?" if near else ""
            raise QueryError(f"no text has a subject term with the words {words!r}{meant}")

    @property
    def documents(self) -> set[str]:
        """Keys of the documents with any of the terms."""
        return set().union(*self.terms.values())

    def told(self, documents: Collection[str]) -> str:
        """The topic, with the terms that some documents have of it."""
        here = set(documents)
        met = sorted(term for term, texts in self.terms.items() if texts & here)
        more = f" and {len(met) - _SHOWN} more" if len(met) > _SHOWN else ""
        return f"topic {self.words!r}" + f" ({', '.join(met[:_SHOWN])}{more})" * bool(met)

    def missed(self, documents: Collection[str]) -> tuple[str, ...]:
        """A note of how many votes on documents no topic finds, where there are any."""
        bare = sum(document not in self._told for document in documents)
        if not bare:
            return ()
        return (
            f"{bare:,} of the {len(documents):,} roll calls of the period have no subject term, most of them "
            "old ones, and no topic finds them",
        )


def _words(text: str) -> set[str]:
    """The words of a text in small letters, without the s of a plural."""
    return {word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.casefold())}
