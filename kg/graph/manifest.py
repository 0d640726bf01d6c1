"""The manifest of a version: what it was built from, how much it holds, and under which licences."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg import resources
from kg.graph import folder
from kg.graph.content import Content
from kg.sources.intake import address
from kg.sources.intake.fetch import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many triples a store holds."""

    triples: int
    """All of them."""
    record: int
    """Those of the record, in the default graph."""


def manifest(
    content: Content, data: Path, counted: Counted, *, is_bundled: bool, only: str = ""
) -> dict[str, Any]:
    """What a version says of itself.

    Args:
        content: What was written.
        data: The folder of facts that it was built from.
        counted: What can be read back of it.
        is_bundled: Whether it holds the bundled facts and nothing else.
        only: Which part of the bundled facts it was made of; empty where it is all of them.
    """
    facts = content.facts
    return {
        "format": folder.FORMAT,
        "kg": resources.VERSION,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "bundled": is_bundled,
        "only": only,
        "digest": digest(data, only),
        "triple_count": counted.triples,
        "counts": counts(content),
        "files": {
            path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in _files(data, only)
        },
        "datasets": _datasets(content),
        "source_count": len(facts.sources) + len(content.sources),
        "given": _given(content),
        "record_count": counted.record,
    }


def counts(content: Content) -> dict[str, int]:
    """How many records of each kind there are; roll calls and votes are those of the record."""
    number = {record.__name__: len(rows) for record, rows in content.facts.tables.items()}
    merged = content.merged
    number["RollCall"] += len(merged.record)
    number["Vote"] += content.vote_count
    if content.intake:
        own = {account.text.key for account in merged.record}
        number["Document"] += len(own | {text.key for _, text in merged.texts})
        number["Account beside the record"] = len(merged.beside)
        differing = int(content.accord.differs.sum())
        number["Account that agrees with the record"] = len(content.accord.others) - differing
        number["Account that differs from the record"] = differing
        for records in content.intake.records.values():
            for record in records:
                name = f"{type(record).__name__} beside the record"
                number[name] = number.get(name, 0) + 1
    return number


def digest(data: Path, only: str = "") -> str:
    """The digest of a folder of facts, or of a part of it, and of the ontology."""
    sha = hashlib.sha256()
    for base in (data, resources.ontology()):
        for path in _files(base, only):
            sha.update(path.relative_to(base).as_posix().encode() + b"\0")
            sha.update(hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def bundled_digest(only: str = "") -> str:
    """The digest of the facts, or of a part of them, and the ontology that came with this ``kg``."""
    return digest(resources.data(), only)


def _datasets(content: Content) -> dict[str, dict[str, Any]]:
    """Title, licence and last day of each folder of facts and of each source of files, and how many roll
    calls of the record are of such a source."""
    of_source = Counter(account.source for account in content.merged.record)
    described = [
        (name, folder.title, folder.licence, folder.known)
        for name, folder in content.facts.descriptions.items()
    ]
    described += [
        (key, source.title, source.licence, content.known[key])
        for key, source in content.sources.items()
    ]
    return {
        name: {
            "title": title,
            "licence": licence,
            "known": known.isoformat(),
            "roll_calls": of_source[name],
        }
        for name, title, licence, known in described
    }


def _given(content: Content) -> list[dict[str, Any]]:
    """What was read from each file of the user."""
    if content.intake is None:
        return []
    problems: dict[str, dict[str, int]] = {}
    for (file, kind), count in sorted(content.intake.problem_counts.items()):
        problems.setdefault(file, {})[kind] = count
    return [
        {
            "file": file.file,
            "source": file.source,
            "sha256": file.digest,
            "rows": file.row_count,
            "roll_calls": file.rollcall_count,
            "votes": file.vote_count,
            "records": file.record_count,
            "problems": problems.get(file.file, {}),
            **(_fetched(file.fetched) if file.fetched else {}),
        }
        for file in content.intake.given
    ]


def _fetched(fetched: Fetched) -> dict[str, Any]:
    """How a file came that was named by its address."""
    return {
        "url": address.published(fetched.url),
        "redirects": [address.sent_on_to(one) for one in fetched.redirects],
        "retrieved": fetched.retrieved,
    }


def _files(base: Path, only: str) -> list[Path]:
    left_out = [base / resources.RECORD] if only else []
    return sorted(
        path
        for path in base.rglob("*")
        if path.suffix in (".csv", ".toml", ".ttl")
        and path.is_file()
        and path.parent not in left_out
    )
