"""The generated pages of ``docs/``: ``python -m tools.docs`` rewrites them; a test fails when stale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from kg.cli import cli
from kg.query import catalogue
from tools import codebook, reference

_HELP = ["-h", "--help"]
"""As the group has them; a command on its own would know the long one only."""
_FOLDER = Path(__file__).resolve().parent.parent / "docs"


def commands() -> str:
    """Every command with its help, as the terminal shows it."""
    parts = ["# Commands\n\nGenerated from `--help`. Every command takes `--help`.\n"]
    for path, command in _walk("kg", cli):
        context = click.Context(
            command,
            info_name=path,
            terminal_width=90,
            max_content_width=90,
            help_option_names=_HELP,
        )
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def queries() -> str:
    """Every shipped question with its parameters and its SPARQL."""
    parts = [
        "# Shipped questions\n\nGenerated from `kg/query/questions/`. Ask one by name: "
        "`kg query NAME parameter=value`.\n"
    ]
    for name in catalogue.names():
        query = catalogue.load(name)
        given = " ".join(f"{p.name}='{p.example}'" for p in query.parameters)
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("# "))
        parts.append(
            f"## {name}\n\n{query.title}.{f' Note: {query.note}.' if query.note else ''}\n\n"
            f"```sh\nkg query {name} {given}".rstrip()
            + f"\n```\n\n```sparql\n{body}\n```\n"
        )
    return "\n".join(parts)


def _walk(path: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found += _walk(f"{path} {name}", inner)
    return found


PAGES: dict[str, Callable[[], str]] = {
    "codebook.md": codebook.markdown,
    "commands.md": commands,
    "python.md": reference.markdown,
    "queries.md": queries,
}
"""File name to what makes the text of the page."""

if __name__ == "__main__":
    _FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (_FOLDER / name).write_text(page(), encoding="utf-8", newline="\n")
