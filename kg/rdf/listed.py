"""What files list - documents, roll calls, names in use - to N-Quads text, in pieces.

The record goes to the default graph, every other account to the graph that is named as its source is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import symbols
from kg.accounts import Account, Text, Usage
from kg.model import OPTIONS
from kg.rdf.nquads import DERIVED, LABEL, TYPE, day, iri, partial, term, text, whole
from kg.symbols import Symbol

_CLASSES = {
    "resolution": "Resolution",
    "decision": "Decision",
    "draft-resolution": "DraftResolution",
    "amendment": "Amendment",
    "paragraph": "Part",
    "document": "OtherDocument",
}


def documents(
    texts: Iterable[tuple[str, Text]], *, graph: bool, known: set[str]
) -> Iterator[bytes]:
    """What is said of documents, those they are parts of and the drafts they adopt included.

    Args:
        texts: Source and text.
        graph: Whether it goes to the graph of the source.
        known: Keys that the default graph tells already; grows by those written to it.
    """
    out: list[str] = []
    written: set[tuple[str, str]] = set()
    done = written if graph else None
    related: list[tuple[str, Symbol, str]] = []
    for source, told in texts:  # texts of their own before those that are only mentioned
        if _new(told.key, source, known, done):
            at = f" {iri('source', source)} ." if graph else " ."
            out += [f"{line}{at}\n" for line in _document(told, source)]
        related += [(source, symbol, kind) for _, symbol, kind in _related(told)]
        if len(out) > 20_000:
            yield "".join(out).encode()
            out.clear()
    for source, symbol, kind in related:
        at = f" {iri('source', source)} ." if graph else " ."
        for form in dict.fromkeys((symbol, symbol.draft)):
            if _new(form.key, source, known, done):
                out += [f"{line}{at}\n" for line in _mentioned(form, kind, source)]
        if len(out) > 20_000:
            yield "".join(out).encode()
            out.clear()
    yield "".join(out).encode()


def _new(key: str, source: str, known: set[str], written: set[tuple[str, str]] | None) -> bool:
    if written is None:
        if key in known:
            return False
        known.add(key)
        return True
    if (source, key) in written:
        return False
    written.add((source, key))
    return True


def _document(told: Text, source: str) -> Iterator[str]:
    node = iri("document", told.key)
    name = told.symbol or told.key
    yield f"{node} {TYPE} {term(_CLASSES[told.kind])}"
    yield f"{node} {LABEL} {text(f'{name}: {told.title}' if told.title else name)}"
    yield f"{node} {term('key')} {text(told.key)}"
    yield f"{node} {DERIVED} {iri('source', source)}"
    for prop, value in (("symbol", told.symbol), ("title", told.title), ("session", told.session)):
        if value:
            yield f"{node} {term(prop)} {text(value)}"
    if told.date:
        yield f"{node} {term('date')} {partial(told.date)}"
        yield f"{node} {term('day')} {day(told.date.latest)}"
    if told.url:
        yield f"{node} {term('url')} {text(told.url)}"
    yield f"{node} {term('modality')} {iri('modality', told.modality)}"
    for prop, values in (
        ("agendaItem", told.agenda),
        ("subject", told.subjects),
        ("committeeReport", told.reports),
    ):
        for value in values:
            yield f"{node} {term(prop)} {text(value)}"
    for prop, symbol, _ in _related(told):
        yield f"{node} {term(prop)} {iri('document', symbol.key)}"


def _related(told: Text) -> Iterator[tuple[str, Symbol, str]]:
    """Property, symbol and kind of each document that one names: its whole, its drafts, its first form."""
    symbol = symbols.parse(told.symbol)
    if symbol and symbol.kind and symbol.part:
        kind = "decision" if symbol.kind == "DEC" else "resolution"
        yield "partOf", symbol.whole, kind
    if symbol and symbol.draft != symbol:
        kind = "draft-resolution" if "/L." in symbol.rest else "document"
        yield "revisionOf", symbol.draft, kind
    for printed in told.drafts:
        draft = symbols.parse(printed)
        if draft is not None and draft.key != told.key:
            yield "adopts", draft, "draft-resolution"


def _mentioned(symbol: Symbol, kind: str, source: str) -> Iterator[str]:
    """A document of which only the symbol is known."""
    node = iri("document", symbol.key)
    yield f"{node} {TYPE} {term(_CLASSES[kind])}"
    yield f"{node} {LABEL} {text(str(symbol))}"
    yield f"{node} {term('key')} {text(symbol.key)}"
    yield f"{node} {term('symbol')} {text(str(symbol))}"
    yield f"{node} {DERIVED} {iri('source', source)}"
    if symbol.draft != symbol:
        yield f"{node} {term('revisionOf')} {iri('document', symbol.draft.key)}"


def rollcalls(accounts: Iterable[Account], *, graph: bool) -> Iterator[bytes]:
    """What is said of roll calls, without the votes."""
    out: list[str] = []
    for account in accounts:
        at = f" {iri('source', account.source)} ." if graph else " ."
        out += [f"{line}{at}\n" for line in _rollcall(account)]
        if len(out) > 20_000:
            yield "".join(out).encode()
            out.clear()
    yield "".join(out).encode()


def _rollcall(account: Account) -> Iterator[str]:
    node = iri("rollcall", account.key)
    named = account.text.symbol or account.text.title or account.key
    yield f"{node} {TYPE} {term('RollCall')}"
    yield f"{node} {LABEL} {text(f'Vote of {account.date} on {named}')}"
    yield f"{node} {term('key')} {text(account.key)}"
    yield f"{node} {term('document')} {iri('document', account.text.key)}"
    yield f"{node} {term('organisation')} {iri('organisation', account.organ)}"
    yield f"{node} {term('date')} {partial(account.date)}"
    yield f"{node} {term('day')} {day(account.day)}"
    yield f"{node} {term('question')} {iri('question', account.question)}"
    yield f"{node} {DERIVED} {iri('source', account.source)}"
    if account.result:
        yield f"{node} {term('result')} {iri('result', account.result)}"
    for prop, value in (
        ("meeting", account.meeting),
        ("sourceNote", account.note),
        ("url", account.text.url),
    ):
        if value:
            yield f"{node} {term(prop)} {text(value)}"
    for option in OPTIONS:
        if option in account.printed:
            yield f"{node} {term(f'{option}Count')} {whole(account.printed[option])}"
    if account.member_count is not None:
        yield f"{node} {term('memberCount')} {whole(account.member_count)}"
    if (apart := margin(account)) is not None:
        yield f"{node} {term('margin')} {whole(apart)}"
    for state in account.vetoed_by:
        yield f"{node} {term('vetoedBy')} {iri('state', state)}"


def margin(account: Account) -> int | None:
    """How far yes and no lie apart, as printed, else as counted; None where nobody voted either."""
    printed = account.printed
    if "yes" in printed and "no" in printed:
        yes, no = printed["yes"], printed["no"]
    else:
        yes, no = (account.counted.get(option, 0) for option in ("yes", "no"))
    return abs(yes - no) if yes or no else None


def usages(found: Iterable[Usage]) -> Iterator[bytes]:
    """Names under which states voted, and when."""
    out: list[str] = []
    for usage in found:
        key = f"{usage.source}-{usage.state}-{_slug(usage.name)}"
        node = iri("usage", key)
        out += [
            f"{node} {TYPE} {term('Usage')} .\n",
            f"{node} {LABEL} {text(usage.name)} .\n",
            f"{node} {term('key')} {text(key)} .\n",
            f"{node} {term('text')} {text(usage.name)} .\n",
            f"{node} {term('state')} {iri('state', usage.state)} .\n",
            f"{node} {term('firstDay')} {day(usage.first)} .\n",
            f"{node} {term('lastDay')} {day(usage.last)} .\n",
            f"{node} {term('voteCount')} {whole(usage.count)} .\n",
            f"{node} {DERIVED} {iri('source', usage.source)} .\n",
        ]
    yield "".join(out).encode()


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in name)
