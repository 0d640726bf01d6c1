"""Texts by what they are about: the subject terms of their source, matched by words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from kg.analysis import labels
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot

_SHOWN = 3
"""How many terms are named."""


class Subject:
    """The subject terms that have all words of a topic; a plural is the same word.

    Raises:
        QueryError: No term has them.
    """

    def __init__(self, snapshot: Snapshot, words: str) -> None:
        self.words = words
        wanted = _words(words)
        documents_of: dict[str, set[str]] = {}
        for prop in ("subject", "topic"):
            for document, term in labels.values(snapshot, prop):
                documents_of.setdefault(term, set()).add(document)
        self.terms = {
            term: documents
            for term, documents in documents_of.items()
            if wanted and wanted <= _words(term)
        }
        """Each term to the documents that have it."""
        self._with_any = set().union(*documents_of.values())
        if not self.terms:
            raise QueryError(
                f"no text has a subject term with the words {words!r}",
                remedy=_nearest(words, documents_of),
            )

    @property
    def documents(self) -> set[str]:
        """Keys of the documents with any of the terms."""
        return set().union(*self.terms.values())

    def title(self, documents: Collection[str]) -> str:
        """The topic, with the terms that some documents have of it."""
        present = sorted(t for t, texts in self.terms.items() if not texts.isdisjoint(documents))
        if not present:
            return f"topic {self.words!r}"
        more = f" and {len(present) - _SHOWN} more" if len(present) > _SHOWN else ""
        return f"topic {self.words!r} ({', '.join(present[:_SHOWN])}{more})"

    def missed(self, documents: Collection[str]) -> tuple[str, ...]:
        """A note of how many votes on documents no topic finds, where there are any."""
        bare = sum(document not in self._with_any for document in documents)
        if not bare:
            return ()
        return (
            f"{bare:,} of the {len(documents):,} roll calls of the period have no subject term, most of them "
            "old ones, and no topic finds them",
        )


def _nearest(words: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(words.upper(), known, n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else ""


def _words(text: str) -> set[str]:
    """The words of a text in small letters, without the s of a plural."""
    return {word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.casefold())}
