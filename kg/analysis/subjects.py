"""Texts by what they are about: the subject terms of their source, matched by words.

A term that a source gives beside the record counts only where the words name that source, as ``Voeten human
rights`` does: two ways of filing are not mixed unasked.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode

from kg.analysis import labels
from kg.errors import QueryError
from kg.graph.snapshot import Snapshot, beside
from kg.rdf import iris

_SHOWN = 3
"""How many terms are named."""


class Subject:
    """The subject terms that have all words of a topic; a plural is the same word.

    Args:
        snapshot: The graph.
        words: The topic, such as ``human rights``; with words of a source's key, such as ``Voeten``, the
            terms that this source gives beside the record.

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
        matching = {
            term: documents
            for term, documents in documents_of.items()
            if wanted and wanted <= _words(term)
        }
        others = _beside(snapshot)
        self.terms = matching | {
            f"{term} ({source})": documents
            for (term, source), documents in others.items()
            if wanted & _collection(source) and wanted <= _words(term) | _collection(source)
        }
        """Each term to the documents that have it."""
        self._with_any = set().union(*documents_of.values())
        if not self.terms:
            raise QueryError(
                f"no text has a subject term with the words {words!r}",
                remedy=_nearest(words, documents_of, others),
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


def _beside(snapshot: Snapshot) -> dict[tuple[str, str], set[str]]:
    """Subject term and source of what is said beside the record, to the documents."""
    documents_of: dict[tuple[str, str], set[str]] = {}
    for name in beside(snapshot):
        source = iris.shorten(name).partition(":")[2]
        for document, term in labels.values(snapshot, "subject", graph=NamedNode(name)):
            documents_of.setdefault((term, source), set()).add(document)
    return documents_of


def _nearest(words: str, known: Iterable[str], others: Iterable[tuple[str, str]]) -> str:
    spelled = {term.casefold(): term for term in known}
    for term, source in others:
        for name in _collection(source):
            spelled[f"{name} {term}".casefold()] = f"{name.capitalize()} {term}"
    near = difflib.get_close_matches(words.casefold(), spelled, n=3, cutoff=0.5)
    return f"did you mean {', '.join(spelled[one] for one in near)}?" if near else ""


def _collection(source: str) -> set[str]:
    """The words that name whose way of filing a source's terms are: not that it came with kg."""
    return _words(source) - {"record"}


def _words(text: str) -> set[str]:
    """The words of a text in small letters, without the s of a plural."""
    return {word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.casefold())}
