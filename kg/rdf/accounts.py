"""What files list - documents, roll calls, names in use - as text, in pieces, by the same table as records.

The record goes to the default graph, every other account to the graph that is named as its source is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kg.model import symbols
from kg.model.accounts import Account, NameInUse, Text
from kg.model.records import Document, RollCall
from kg.model.symbols import Symbol
from kg.model.words import DocumentKind
from kg.rdf.terms import DERIVED, LABEL, TYPE, lines, literal, term, thing
from kg.rdf.triples import of_record

_PIECE = 20_000
"""Triples that are made into text at a time."""


def documents(
    texts: Iterable[tuple[str, Text]], *, graph: bool, known: Iterable[str] = ()
) -> Iterator[bytes]:
    """What is said of documents, those they are parts of and the drafts they adopt included.

    Args:
        texts: Source and text.
        graph: Whether it goes to the graph of the source.
        known: Keys that the default graph has already.
    """
    listed = _documents(texts, graph=graph, known=known)
    described = ((source, of_record(document, _key_itself)) for source, document in listed)
    yield from _pieces(described, graph=graph)


def _documents(
    texts: Iterable[tuple[str, Text]], *, graph: bool, known: Iterable[str]
) -> Iterator[tuple[str, Document]]:
    """Source and document, each document once in each graph: those that are only mentioned come last."""
    written = {("", key) for key in known}
    mentioned: list[tuple[str, Symbol, DocumentKind]] = []
    for source, text in texts:
        place = (source if graph else "", text.key)
        if place not in written:
            written.add(place)
            yield source, _document(text, source)
        mentioned += [(source, symbol, kind) for _, symbol, kind in _related(text)]
    for source, symbol, kind in mentioned:
        for form in dict.fromkeys((symbol, symbol.draft)):
            place = (source if graph else "", form.key)
            if place not in written:
                written.add(place)
                yield source, _mentioned(form, kind, source)


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


def rollcalls(accounts: Iterable[Account], *, graph: bool) -> Iterator[bytes]:
    """What is said of roll calls, without the votes."""
    yield from _pieces(((a.source, _rollcall(a)) for a in accounts), graph=graph)


def _rollcall(account: Account) -> Iterator[Triple]:
    text, printed = account.text, account.printed
    record = RollCall(
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
    named = text.symbol or text.title or account.key
    yield from of_record(record, lambda kind, key: named)
    yes, no = (account.counted.get(option, 0) for option in ("yes", "no"))
    if (record.yes is None or record.no is None) and (yes or no):
        yield Triple(thing("rollcall", account.key), term("margin"), literal(abs(yes - no)))


def usages(names: Iterable[NameInUse]) -> Iterator[bytes]:
    """Names under which states voted, and when."""
    yield from _pieces(((name.source, _usage(name)) for name in names), graph=False)


def _usage(usage: NameInUse) -> Iterator[Triple]:
    key = f"{usage.source}-{usage.state}-{_slug(usage.name)}"
    node = thing("usage", key)
    yield Triple(node, TYPE, term("Usage"))
    yield Triple(node, LABEL, literal(usage.name))
    yield Triple(node, term("key"), literal(key))
    yield Triple(node, term("text"), literal(usage.name))
    yield Triple(node, term("state"), thing("state", usage.state))
    yield Triple(node, term("firstDay"), literal(usage.first))
    yield Triple(node, term("lastDay"), literal(usage.last))
    yield Triple(node, term("voteCount"), literal(usage.count))
    yield Triple(node, DERIVED, thing("source", usage.source))


def _pieces(described: Iterable[tuple[str, Iterator[Triple]]], *, graph: bool) -> Iterator[bytes]:
    """Triples by source as text, in pieces of about ``_PIECE`` lines."""
    out: list[bytes] = []
    count = 0
    for source, facts in described:
        triples = list(facts)
        name: NamedNode | None = thing("source", source) if graph else None
        out.append(lines(triples, name))
        count += len(triples)
        if count > _PIECE:
            yield b"".join(out)
            out.clear()
            count = 0
    yield b"".join(out)


def _key_itself(kind: str, key: str) -> str:
    return key


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in name)
