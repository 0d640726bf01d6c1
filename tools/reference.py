"""The Python reference, ``docs/python.md``: what can be called and what comes back, from the docstrings."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator

import kg
from kg.model import records
from tools import definitions
from tools.definitions import Class, Field, Function

_INTRO = """\
# Python reference

Made by `tools.reference.markdown()` from the docstrings; change those, not this. What stands in `kg`
itself is imported from there; all else from the module that its heading names.
[codebook.md](codebook.md) says what the records mean, [queries.md](queries.md) lists the shipped
questions, [measures.md](measures.md) the measures.
"""
_SECTIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "The graph",
        "What `kg.open()` gives: every verb of the product.",
        "",
        (
            "kg.Graph",
            "kg.graph.build.Built",
            "kg.api.updating.Updated",
            "kg.sources.curated.publications.Publication",
            "kg.model.names.Names",
            "kg.model.entries.Entry",
        ),
    ),
    (
        "Answers",
        "What `Graph.query` gives: a table for SELECT, triples for CONSTRUCT and DESCRIBE, a truth for ASK;"
        " and what `kg.questions` lists.",
        """
        for row in g.query("votes-against", resolution="ES-11/6"):
            print(row["state"], row["name"])
        print(g.query("ASK { rollcall:ES-11_6 kg:votedNo state:MLI }").value)
        """,
        (
            *("kg.query.answers.Table", "kg.query.answers.Triples", "kg.query.answers.Truth"),
            *("kg.query.catalogue.Query", "kg.query.catalogue.Parameter"),
        ),
    ),
    (
        "What changed",
        "What `kg.diff` gives, and `kg.update` before it publishes.",
        """
        found = kg.diff(g.root, g.root)
        print(found.is_empty, found.counts, found.to_csv())
        """,
        (
            *("kg.changes.difference.Difference", "kg.changes.difference.Alteration"),
            "kg.changes.difference.StateVotes",
        ),
    ),
    (
        "Measures",
        "What `compare`, `bloc`, `blocs`, `moves`, `odd_pairs` and `points` take and give.",
        """
        measured = g.bloc("NATO", start=2022)
        print(measured.to_csv())
        for heading, words in measured.receipt.lines():
            print(f"{heading}: {words}")
        """,
        (
            "kg.analysis.choice.Filter",
            "kg.analysis.measured.Measured",
            "kg.analysis.blocs.Blocs",
            "kg.analysis.receipt.Receipt",
            "kg.votes.methods.Method",
        ),
    ),
    (
        "Votes",
        "What `Graph.votes` is.",
        """
        print(g.votes.rollcalls.select("rollcall", "date", "result"))
        print(g.votes.matrix.shape, len(g.votes.states))
        """,
        ("kg.votes.table.VoteTable",),
    ),
    (
        "Chains",
        "What `Graph.path` gives, and the links that it is made of.",
        """
        for chain in g.path("Belarus", "North Korea", on="2023-02-23"):
            print(chain)
            for hop in chain.hops:
                print("   ", hop.sentence, hop.link.when, hop.link.sources)
        """,
        (
            *("kg.network.paths.Chain", "kg.network.paths.Hop", "kg.network.links.Link"),
            *("kg.network.alliances.AllianceNetwork", "kg.network.alliances.Ally"),
        ),
    ),
    (
        "Findings and claims",
        "What `Graph.check`, `Graph.claims` and `Graph.case` give.",
        """
        for claim in g.claims("roberts-2023-02-24"):
            print(claim.verdict, "-", claim.record)
        """,
        (
            *("kg.check.finding.Finding", "kg.articles.claims.Judged", "kg.articles.case.Case"),
            *("kg.articles.case.VoteChapter", "kg.articles.case.NewNoVote"),
            "kg.articles.case.SharedGroup",
        ),
    ),
    (
        "Exports",
        "What `Graph.export` gives.",
        "",
        ("kg.export.formats.Exported",),
    ),
    (
        "Records",
        "What is known, one class a table.",
        """
        from kg.model.records import Membership

        for membership in g.snapshot.records(Membership):
            if membership.organisation == "CSTO":
                print(membership.state, membership.interval.start, membership.source)
        """,
        tuple(
            f"kg.model.records.{name}"
            for name in records.__all__
            if isinstance(getattr(records, name), type)
        ),
    ),
    (
        "Errors",
        "Everything that `kg` raises on purpose. `str(error)` is one line for a person.",
        """
        try:
            g.query("members", organisation="NATOO")
        except kg.KgError as error:
            print(error)
        """,
        tuple(
            f"kg.errors.{name}"
            for name in (
                *(
                    "KgError",
                    "RecordError",
                    "SourceError",
                    "FetchError",
                    "UnknownNameError",
                    "GraphError",
                ),
                *("BusyError", "QueryError", "QueryTimeout", "QueryCrash", "ExportError"),
            )
        ),
    ),
    (
        "Calls in errors and receipts",
        "The library names its own verbs and arguments as data, and each front spells them.",
        "",
        ("kg.calls.Argument", "kg.calls.Call", "kg.calls.Sentence"),
    ),
)
"""Heading, a sentence, an example that runs after the first one of the page, and what stands below them."""
_PARTS = re.compile(r"(Args|Returns|Yields|Raises|Source):")
_ENTRY = re.compile(r"(\*{0,2}\w+): ")


def markdown() -> str:
    """The whole page as Markdown, always the same bytes for the same docstrings."""
    parts = [_INTRO, _text(definitions.module_text("kg")), "## Functions\n"]
    functions = [getattr(kg, name) for name in kg.__all__ if name[0].islower()]
    parts += [_function("###", "kg.", definitions.function_of(each)) for each in functions]
    for heading, sentence, example, names in _SECTIONS:
        parts += [f"## {heading}\n", f"{sentence}\n"]
        if example:
            parts.append(_code(textwrap.dedent(example).strip()))
        parts += [_class(name) for name in names]
    return "\n".join(parts)


def _class(name: str) -> str:
    found = definitions.find(name)
    assert isinstance(found, type), name
    cls = definitions.class_of(found)
    parts = [f"### {name}\n", _text(cls.text)]
    if cls.bases:
        parts.append(f"A kind of {', '.join(f'`{base}`' for base in cls.bases)}.\n")
    if cls.fields:
        parts.append(_fields(cls))
    parts += [_function("####", f"{cls.name}.", function) for function in cls.functions]
    return "\n".join(parts)


def _fields(cls: Class) -> str:
    rows = "".join(f"| `{f.name}` | {_type(f)} | {_inline(f.text)} |\n" for f in cls.fields)
    return f"| Field | Type | What it is |\n| --- | --- | --- |\n{rows}"


def _type(field: Field) -> str:
    default = f" = {field.default}" if field.default else ""
    return f"`{field.type}{default}`".replace("|", r"\|")


def _function(level: str, owner: str, function: Function) -> str:
    heading = f"{level} {owner}{function.name}\n"
    return "\n".join((heading, f"```text\n{function.signature()}\n```\n", _text(function.text)))


def _text(docstring: str) -> str:
    """A docstring as Markdown: its parts as lists, its literal blocks as code."""
    return "\n".join(_blocks(docstring))


def _blocks(docstring: str) -> Iterator[str]:
    lines = docstring.splitlines()
    while lines:
        line = lines.pop(0)
        if part := _PARTS.fullmatch(line):
            yield _part(part[1], _indented(lines))
        elif line == "::":
            yield _code(_indented(lines))
        elif line:
            paragraph = [line]
            while lines and lines[0]:
                paragraph.append(lines.pop(0))
            text = " ".join(each.strip() for each in paragraph)
            if text.endswith("::"):
                text = text[:-1]
                lines.insert(0, "::")
            yield _inline(text) + "\n"


def _indented(lines: list[str]) -> str:
    """Take the lines that are indented, or empty, from the front."""
    count = 0
    while count < len(lines) and (not lines[count] or lines[count].startswith(" ")):
        count += 1
    inner = "\n".join(lines[:count])
    del lines[:count]
    return textwrap.dedent(inner).strip("\n")


def _part(name: str, inner: str) -> str:
    """The arguments or errors as a list; what comes back, or the source of a formula, as a sentence."""
    if name not in ("Args", "Raises"):
        return f"{name}: {_inline(' '.join(inner.split()))}\n"
    entries: list[str] = []
    for line in inner.splitlines():
        if _ENTRY.match(line):
            called, _, meaning = line.partition(": ")
            entries.append(f"- `{called}`: {meaning}")
        elif line.strip():
            entries[-1] += f" {line.strip()}"
    return f"{name}:\n\n" + "".join(f"{_inline(entry)}\n" for entry in entries)


def _code(text: str) -> str:
    try:
        ast.parse(text)
    except SyntaxError:
        return f"```text\n{text}\n```\n"
    return f"```python\n{text}\n```\n"


def _inline(text: str) -> str:
    return text.replace("``", "`")
