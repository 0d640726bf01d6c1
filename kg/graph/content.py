"""What goes into a graph: curated facts and accounts of files, the record and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resources
from kg.model import records, symbols
from kg.model.ballots import BallotBytes
from kg.model.dates import holds
from kg.model.facts import Facts
from kg.model.records import Source
from kg.model.words import COVERAGE_START, UNITED_NATIONS
from kg.rdf import accounts, terms, triples
from kg.sources.intake.address import published
from kg.sources.intake.intake import Intake
from kg.sources.merge import Merged, merge

if TYPE_CHECKING:
    import polars as pl

    from kg.votes.accord import Accord
    from kg.votes.table import VoteTable


_LINES: dict[str, float] = {
    "roll call": 31,
    "account": 9,
    "text": 14,
    "record": 11,
    "facts": 41_000,
}
"""Lines that are written about one of each, the mean of all official files: a roll call of the record with
its document, an account beside it, a text without a roll call, a record of a file, the bundled facts."""
_PART = 2_000
"""Records that are made into text at a time."""


@dataclass
class Content:
    """All that one build writes."""

    facts: Facts
    intake: Intake | None
    merged: Merged
    table: VoteTable
    vote_count: int
    """Single votes of the files that are the record."""
    _agreed: list[str] = field(default_factory=list)
    """Statements of the record on sources that say the same of a document; known after ``beside``."""

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
            count_of = account.ballots.count
            account.counted = {option: count_of(code) for option, code in CODES.items()}
            account.ballots = BallotBytes()  # they are in the table now
        return content

    @property
    def sources(self) -> dict[str, Source]:
        """The sources of the files."""
        return self.intake.sources if self.intake else {}

    @cached_property
    def lines(self) -> int:
        """About as many lines of text as are written."""
        from kg.rdf import columns

        merged = self.merged
        number = {
            "roll call": len(merged.record),
            "account": len(merged.beside),
            "text": len(merged.texts) + len(merged.texts_beside),
            "record": sum(map(len, self.intake.records.values())) if self.intake else 0,
            "facts": 1,
        }
        written = sum(count * _LINES[kind] for kind, count in number.items())
        votes = columns.vote_count(self.table, self.accord)
        return round(written) + votes + columns.observation_count(self.observations)

    def columns(self) -> Iterator[bytes]:
        """What is written from columns, as N-Quads: single votes and observations."""
        from kg.rdf import columns

        yield from columns.votes(self.table, self.accord)
        yield columns.omitted_options(self.table, self.accord)
        yield from columns.observation_quads(self.observations)

    @cached_property
    def accord(self) -> Accord:
        """What the accounts beside the record say otherwise than it."""
        from kg.votes.accord import Accord

        return Accord.of(self.table)

    @cached_property
    def _documents(self) -> accounts.Documents:
        texts = [(account.source, account.text) for account in self.merged.record]
        curated = self.facts.records(records.Document)
        return accounts.Documents([*texts, *self.merged.texts], curated)

    def things(self) -> Iterator[bytes]:
        """All else that the record holds, as N-Triples, once what stands beside it was written."""
        from kg.rdf import columns

        yield terms.lines(triples.triples(self.facts))
        yield terms.lines(_ontology())
        for key, source in self.sources.items():
            yield terms.lines(triples.of_file(source, self.known[key], self._note(key)))
        yield from accounts.documents(self._documents)
        yield from accounts.rollcalls(self.merged.record)
        yield terms.lines(columns.agreements(self.table, self.accord))
        yield terms.lines(self._agreed)
        if self.intake:
            yield from accounts.usages(self.intake.names_in_use)

    def beside(self) -> Iterator[bytes]:
        """What sources say beside the record, without the votes, as N-Quads."""
        merged = self.merged
        texts = [(account.source, account.text) for account in merged.beside]
        yield from accounts.documents_beside(
            [*texts, *merged.texts_beside], self._documents, self._agreed
        )
        yield from accounts.rollcalls_beside(merged.beside, self._rollcalls().get)
        label = triples.labels(self.facts)
        for source, made_of in self.intake.records.items() if self.intake else ():
            graph = terms.node("source", source)
            for at in range(0, len(made_of), _PART):
                part = made_of[at : at + _PART]
                yield terms.lines(triples.of_records(part, label), graph)

    def _rollcalls(self) -> dict[str, records.RollCall]:
        """By key, the roll calls of the record that another account has too."""
        wanted = {account.key for account in self.merged.beside}
        found = {
            account.key: accounts.rollcall(account)
            for account in self.merged.record
            if account.key in wanted
        }
        return found | {roll.rollcall: roll for roll in self.facts.records(records.RollCall)}

    @cached_property
    def observations(self) -> pl.DataFrame:
        """The record counted by state and year, and by roll call and bloc."""
        from kg.votes import counts

        return counts.observations(self.table.record, self._members())

    def _members(self) -> Iterator[tuple[date, dict[str, set[str]]]]:
        """From each day on which one changes, the members of each organisation that is a bloc."""
        kinds = {o.organisation: o.kind for o in self.facts.records(records.Organisation)}
        memberships = [
            (m.organisation, m.state, m.interval.start_day, m.interval.end_day)
            for m in self.facts.records(records.Membership)
            if m.role == "member"
            and kinds[m.organisation] in ("organisation", "grouping")
            and m.organisation != UNITED_NATIONS  # counted as the Assembly
        ]
        turns = {COVERAGE_START} | {day for m in memberships for day in m[2:] if day}
        for turn in sorted(turns):
            members: dict[str, set[str]] = {}
            for organisation, state, start, end in memberships:
                if holds(start, end, turn):
                    members.setdefault(organisation, set()).add(state)
            yield turn, members

    @cached_property
    def known(self) -> dict[str, date]:
        """Source of files to the last day that it says something about."""
        days: dict[str, list[date]] = {key: [COVERAGE_START] for key in self.sources}
        for account in (*self.merged.record, *self.merged.beside):
            days[account.source].append(account.day)
        for source, text in self.intake.texts if self.intake else ():
            if text.date:
                days[source].append(text.date.latest)
        for source, made_of in self.intake.records.items() if self.intake else ():
            for record in made_of:
                if isinstance(record, records.Dated):
                    interval = record.interval
                    days[source] += [d for d in (interval.start_day, interval.end_day) if d]
        return {key: max(dated) for key, dated in days.items()}

    def _note(self, key: str) -> str:
        files = [file for file in (self.intake.files if self.intake else ()) if file.source == key]
        places = {
            file.file: f" at {published(file.fetched.url)}" if file.fetched else ""
            for file in files
        }
        return "from " + ", ".join(
            f"{file.file}{places[file.file]} (sha256 {file.digest[:12]})" for file in files
        )

    def seats(self) -> dict[str, str]:
        """State to seat, of the seats that several states held one after the other."""
        holders: dict[str, set[str]] = {}
        for holding in self.facts.records(records.Holding):
            holders.setdefault(holding.seat, set()).add(holding.state)
        return {
            state: seat for seat, states in holders.items() if len(states) > 1 for state in states
        }

    def symbols(self) -> dict[str, str]:
        """Canonical symbol to key, of every roll call of the files; its key, where it has no symbol."""
        keys: dict[str, str] = {}
        for account in self.merged.record:
            symbol = symbols.parse(account.text.symbol)
            keys.setdefault(str(symbol) if symbol is not None else account.key, account.key)
        return dict(sorted(keys.items()))


def _ontology() -> Iterator[str]:
    path = resources.ontology() / "kg.ttl"
    return (str(quad.triple) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
