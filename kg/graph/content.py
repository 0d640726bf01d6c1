"""What goes into a graph: curated facts and the accounts of the user's files, told apart and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import resources
from kg.model import records, symbols
from kg.model.accounts import Account
from kg.model.facts import Facts
from kg.model.records import Source
from kg.model.words import COVERAGE_START
from kg.rdf import accounts, terms, triples
from kg.sources.intake.intake import Intake
from kg.sources.merge import Merged, merge

if TYPE_CHECKING:
    import polars as pl

    from kg.votes.table import VoteTable


@dataclass
class Content:
    """All that one build writes."""

    facts: Facts
    intake: Intake | None
    merged: Merged
    table: VoteTable
    vote_count: int
    """Single votes of the files that are the record."""

    @classmethod
    def of(cls, facts: Facts, intake: Intake | None) -> Content:
        """The content of curated facts and of what was taken in."""
        from kg.votes.table import CODES, VoteTable

        merged = merge(facts, intake) if intake else Merged()
        kinds = {
            d.document: "amendment"
            for d in facts.records(records.Document)
            if d.kind == "amendment"
        }
        table = VoteTable.of(
            facts.records(records.RollCall),
            facts.records(records.Vote),
            merged.record,
            merged.beside,
            kinds,
        )
        count = sum(len(account.ballots) for account in merged.record)
        content = cls(facts, intake, merged, table, count)
        for account in (*merged.record, *merged.beside):
            cast = Counter(account.ballots.values())
            account.counted = {option: cast[code] for option, code in CODES.items()}
            account.ballots = {}  # they are in the table now, and the engine needs the memory
        return content

    @property
    def sources(self) -> dict[str, Source]:
        """The sources of the files."""
        return self.intake.sources if self.intake else {}

    @cached_property
    def lines(self) -> int:
        """About as many lines of text as are written."""
        accounts = [*self.merged.record, *self.merged.beside]
        return sum(self.table.totals.values()) + 118 * len(accounts) + 15_000

    def columns(self) -> Iterator[bytes]:
        """What is written from columns, as N-Quads: single votes and observations."""
        from kg.rdf import columns

        yield from columns.votes(self.table)
        yield from columns.observation_quads(self.observations)

    def things(self) -> Iterator[bytes]:
        """All else that the record holds, as N-Triples."""
        merged = self.merged
        yield terms.lines(triples.triples(self.facts))
        yield terms.lines(_ontology())
        for key, told in self.sources.items():
            yield terms.lines(triples.of_file(told, self._known(key), self._note(key)))
        known = {document.document for document in self.facts.records(records.Document)}
        own = [(account.source, account.text) for account in merged.record]
        yield from accounts.documents([*own, *merged.texts], graph=False, known=known)
        yield from accounts.rollcalls(merged.record, graph=False)
        if self.intake:
            yield from accounts.usages(self.intake.names_in_use)

    def beside(self) -> Iterator[bytes]:
        """What sources say beside the record, without the votes, as N-Quads."""
        merged = self.merged
        told = [(account.source, account.text) for account in merged.beside]
        yield from accounts.documents([*told, *merged.texts_beside], graph=True, known=set())
        yield from accounts.rollcalls(merged.beside, graph=True)
        for source, made_of in self.intake.records.items() if self.intake else ():
            found = triples.of_records(made_of, triples.labels(self.facts))
            yield terms.lines(found, terms.thing("source", source))

    @cached_property
    def observations(self) -> pl.DataFrame:
        """The record counted by state and year, and by roll call and bloc."""
        from kg.votes import counts

        return counts.observations(self.table.record, self._members())

    def _members(self) -> Iterator[tuple[date, dict[str, set[str]]]]:
        """From each day on which one changes, the members of each organisation that is a bloc."""
        kinds = {o.organisation: o.kind for o in self.facts.records(records.Organisation)}
        held = [
            (m.organisation, m.state, m.interval.start_day, m.interval.end_day)
            for m in self.facts.records(records.Membership)
            if m.role == "member" and kinds[m.organisation] in ("organisation", "grouping")
        ]
        turns = {COVERAGE_START} | {day for m in held for day in m[2:] if day}
        for turn in sorted(turns):
            told: dict[str, set[str]] = {}
            for organisation, state, start, end in held:
                if (start is None or start <= turn) and (end is None or turn < end):
                    told.setdefault(organisation, set()).add(state)
            yield turn, told

    def _known(self, key: str) -> date:
        """The last day that a source of files tells of."""
        assert self.intake is not None
        days = [account.day for account in self._accounts(key)]
        days += [
            text.date.latest for source, text in self.intake.texts if source == key and text.date
        ]
        for record in self.intake.records.get(key, ()):
            if isinstance(record, records.Dated):
                days += [day for day in (record.interval.start_day, record.interval.end_day) if day]
        return max(days, default=COVERAGE_START)

    def _note(self, key: str) -> str:
        assert self.intake is not None
        files = [told for told in self.intake.files if told.source == key]
        return "from " + ", ".join(f"{told.file} (sha256 {told.digest[:12]})" for told in files)

    def _accounts(self, key: str) -> list[Account]:
        return self._by_source.get(key, [])

    @cached_property
    def _by_source(self) -> dict[str, list[Account]]:
        found: dict[str, list[Account]] = {}
        for account in (*self.merged.record, *self.merged.beside):
            found.setdefault(account.source, []).append(account)
        return found

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are; roll calls and votes are those of the record."""
        counts = {record.__name__: len(rows) for record, rows in self.facts.tables.items()}
        merged = self.merged
        counts["RollCall"] += len(merged.record)
        counts["Vote"] += self.vote_count
        if self.intake:
            counts["Document"] += len(
                {a.text.key for a in merged.record} | {t.key for _, t in merged.texts}
            )
            counts["Account beside the record"] = len(merged.beside)
            for records in self.intake.records.values():
                for record in records:
                    name = f"{type(record).__name__} beside the record"
                    counts[name] = counts.get(name, 0) + 1
        return counts

    def datasets(self) -> dict[str, dict[str, str]]:
        """For the manifest: title, licence and last day of each source of the files."""
        return {
            key: {
                "title": told.title,
                "licence": told.licence,
                "known": self._known(key).isoformat(),
            }
            for key, told in self.sources.items()
        }

    def given(self) -> list[dict[str, Any]]:
        """For the manifest: what was read from each file."""
        if self.intake is None:
            return []
        return [
            {
                "file": told.file,
                "source": told.source,
                "sha256": told.digest,
                "rows": told.row_count,
                "roll_calls": told.rollcall_count,
                "votes": told.vote_count,
                "records": told.record_count,
                "problems": {
                    kind: count
                    for (file, kind), count in sorted(self.intake.problem_counts.items())
                    if file == told.file
                },
            }
            for told in self.intake.files
        ]

    def seats(self) -> dict[str, str]:
        """State to seat, of the seats that several states held one after the other."""
        holders: dict[str, set[str]] = {}
        for held in self.facts.records(records.Holding):
            holders.setdefault(held.seat, set()).add(held.state)
        return {
            state: seat for seat, states in holders.items() if len(states) > 1 for state in states
        }

    def symbols(self) -> dict[str, str]:
        """Canonical symbol to key, of every roll call of the files; its key, where it has no symbol."""
        found: dict[str, str] = {}
        for account in self.merged.record:
            symbol = symbols.parse(account.text.symbol)
            found.setdefault(str(symbol) if symbol is not None else account.key, account.key)
        return dict(sorted(found.items()))


def _ontology() -> Iterator[ox.Triple]:
    path = resources.ontology() / "kg.ttl"
    return (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
