"""What files list - documents, roll calls, names in use - as text, in pieces, by the same table as records.

The record goes to the default graph. What another account says otherwise, or more, goes to the graph that is
named as its source is; that it agrees is one statement of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from kg.model import symbols
from kg.model.accounts import Account, NameInUse, Text
from kg.model.records import Document, RollCall
from kg.model.symbols import Symbol
from kg.model.words import DocumentKind
from kg.rdf.terms import DERIVED, LABEL, TYPE, node, predicate, written
from kg.rdf.triples import of_record

_PIECE = 20_000
"""Statements that are made into text at a time."""


class Documents:
    """The documents of one graph: each as the first that lists it has it, or only mentioned by another.

    Args:
        texts: Source and text.
        curated: Documents that the record has besides.
    """

    def __init__(self, texts: Iterable[tuple[str, Text]], curated: Iterable[Document] = ()) -> None:
        self._curated = {document.document: document for document in curated}
        self._texts: dict[str, tuple[str, Text]] = {}
        mentioned: dict[str, tuple[str, Symbol, DocumentKind]] = {}
        for source, text in texts:
            self._texts.setdefault(text.key, (source, text))
            for _, symbol, kind in _related(text):
                for form in dict.fromkeys((symbol, symbol.draft)):
                    mentioned.setdefault(form.key, (source, form, kind))
        self._mentioned = {
            key: found
            for key, found in mentioned.items()
            if key not in self._texts and key not in self._curated
        }

    def get(self, key: str) -> Document | None:
        """What the graph says of a document; None where it says nothing."""
        if key in self._curated:
            return self._curated[key]
        if key in self._texts:
            source, text = self._texts[key]
            return _document(text, source)
        if key in self._mentioned:
            source, symbol, kind = self._mentioned[key]
            return _mentioned(symbol, kind, source)
        return None

    def listed(self) -> Iterator[tuple[str, Document]]:
        """Source and document, of all that are not curated and that a text is about."""
        for key, (source, text) in self._texts.items():
            if key not in self._curated:
                yield source, _document(text, source)

    def mentioned(self) -> Iterator[tuple[str, Document]]:
        """Source and document, of those of which only the symbol is known."""
        for source, symbol, kind in self._mentioned.values():
            yield source, _mentioned(symbol, kind, source)


def documents(record: Documents) -> Iterator[bytes]:
    """What the record says of documents, those they are parts of and the drafts they adopt included."""
    described = chain(record.listed(), record.mentioned())
    yield from _pieces(("", of_record(document, _key_itself)) for _, document in described)


def documents_beside(
    texts: Iterable[tuple[str, Text]], record: Documents, agreed: list[str]
) -> Iterator[bytes]:
    """What sources say of documents beside the record: of those that it has too, only what it does not say.

    Args:
        texts: Source and text, of all sources beside it.
        record: The documents of the record.
        agreed: Grows by statements of the record: which sources say the same of a document, which more.
    """
    by_source: dict[str, list[tuple[str, Text]]] = {}
    for source, text in texts:
        by_source.setdefault(source, []).append((source, text))
    for source, own in by_source.items():
        graph = node("source", source)
        yield from _pieces(_beside(Documents(own), record, graph, agreed))


def _beside(
    own: Documents, record: Documents, graph: str, agreed: list[str]
) -> Iterator[tuple[str, Iterable[str]]]:
    for _, document in own.listed():
        other = record.get(document.document)
        statements = list(of_record(document, _key_itself, other))
        yield graph, statements
        if other is not None:
            name = predicate("differsIn" if statements else "agreedBy")
            agreed.append(f"{node('document', document.document)} {name} {graph}")
    for _, document in own.mentioned():
        if record.get(document.document) is None:
            yield graph, of_record(document, _key_itself)


def _document(text: Text, source: str) -> Document:
    related: dict[str, list[str]] = {}
    for name, symbol, _ in _related(text):
        related.setdefault(name, []).append(symbol.key)
    return Document(
        document=text.key,
        symbol=text.symbol,
        kind=text.kind,
        title=text.title,
        date=text.date,
        session=text.session,
        adopts=tuple(related.get("adopts", ())),
        part_of="".join(related.get("part_of", ())),
        revision_of="".join(related.get("revision_of", ())),
        modality=text.modality,
        agenda=text.agenda,
        subjects=text.subjects,
        reports=text.reports,
        url=text.url,
        source=(source,),
    )


def _related(text: Text) -> Iterator[tuple[str, Symbol, DocumentKind]]:
    """Field, symbol and kind of each document that a text names: its whole, its drafts, its first form."""
    symbol = symbols.parse(text.symbol)
    if symbol and symbol.kind and symbol.part:
        yield "part_of", symbol.whole, "decision" if symbol.kind == "DEC" else "resolution"
    if symbol and symbol.draft != symbol:
        is_draft = "/L." in symbol.rest
        yield "revision_of", symbol.draft, "draft-resolution" if is_draft else "document"
    for printed in text.drafts:
        draft = symbols.parse(printed)
        if draft is not None and draft.key != text.key:
            yield "adopts", draft, "draft-resolution"


def _mentioned(symbol: Symbol, kind: DocumentKind, source: str) -> Document:
    """A document of which only the symbol is known."""
    return Document(
        document=symbol.key,
        symbol=str(symbol),
        kind=kind,
        title="",
        revision_of=symbol.draft.key if symbol.draft != symbol else "",
        source=(source,),
    )


def rollcalls(accounts: Iterable[Account]) -> Iterator[bytes]:
    """What the record says of roll calls, without the votes."""
    yield from _pieces(("", _rollcall(account, None)) for account in accounts)


def rollcalls_beside(
    accounts: Iterable[Account], record: Callable[[str], RollCall | None]
) -> Iterator[bytes]:
    """What sources say of roll calls beside the record, without the votes: only what it does not say.

    Args:
        accounts: Accounts beside the record.
        record: The roll call of that key as the record has it; None where it has none.
    """
    yield from _pieces(
        (node("source", account.source), _rollcall(account, record(account.key)))
        for account in accounts
    )


def _rollcall(account: Account, other: RollCall | None) -> Iterator[str]:
    record = rollcall(account)
    named = account.text.symbol or account.text.title or account.key
    yield from of_record(record, lambda kind, key: named, other)
    yes, no = (account.counted.get(option, 0) for option in ("yes", "no"))
    if other is None and (record.yes is None or record.no is None) and (yes or no):
        yield f"{node('rollcall', account.key)} {predicate('margin')} {written(abs(yes - no))}"


def rollcall(account: Account) -> RollCall:
    """An account of a roll call as a record, without the votes."""
    text, printed = account.text, account.printed
    return RollCall(
        rollcall=account.key,
        document=text.key,
        organ=account.organ,
        date=account.date,
        meeting=account.meeting,
        result=account.result,
        question=account.question,
        yes=printed.get("yes"),
        no=printed.get("no"),
        abstain=printed.get("abstain"),
        nonvoting=printed.get("nonvoting"),
        member_count=account.member_count,
        vetoed_by=account.vetoed_by,
        source_note=account.note,
        url=text.url,
        source=(account.source,),
    )


def usages(names: Iterable[NameInUse]) -> Iterator[bytes]:
    """Names under which states voted, and when."""
    yield from _pieces(("", _usage(name)) for name in names)


def _usage(usage: NameInUse) -> Iterator[str]:
    key = f"{usage.source}-{usage.state}-{_slug(usage.name)}"
    start = node("usage", key) + " "
    yield f"{start}{TYPE} {predicate('Usage')}"
    yield f"{start}{LABEL} {written(usage.name)}"
    yield f"{start}{predicate('key')} {written(key)}"
    yield f"{start}{predicate('text')} {written(usage.name)}"
    yield f"{start}{predicate('state')} {node('state', usage.state)}"
    yield f"{start}{predicate('firstDay')} {written(usage.first)}"
    yield f"{start}{predicate('lastDay')} {written(usage.last)}"
    yield f"{start}{predicate('voteCount')} {written(usage.count)}"
    yield f"{start}{DERIVED} {node('source', usage.source)}"


def _pieces(described: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """Graph (empty for the record) and statements as text, in pieces of about ``_PIECE`` lines."""
    out: list[str] = []
    for graph, statements in described:
        end = f" {graph} .\n" if graph else " .\n"
        out += [statement + end for statement in statements]
        if len(out) > _PIECE:
            yield "".join(out).encode()
            out.clear()
    yield "".join(out).encode()


def _key_itself(kind: str, key: str) -> str:
    return key


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in name)
