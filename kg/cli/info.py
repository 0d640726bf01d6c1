"""``kg info``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kg.cli import terminal
from kg.cli.options import graph_option, opened


@click.command()
@graph_option
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table")
def info(root: Path | None, form: str) -> None:
    """Show what is in the graph, from where, under which licence and up to which day.

    \b
      kg info
      kg info -f json
    """
    with opened(root) as graph:
        manifest = graph.manifest
    if form == "json":
        click.echo(json.dumps(manifest, indent=1, ensure_ascii=False))
        return
    click.echo(f"graph    {graph.root}")
    click.echo(
        f"built    {manifest['built']} by kg {manifest['kg']}, facts {manifest['digest'][:12]}"
    )
    click.echo(f"triples  {manifest['triple_count']:,} from {manifest['source_count']} sources")
    click.echo()
    terminal.table(
        ["records", "count"],
        [(k, f"{v:,}") for k, v in manifest["counts"].items()],
        right=["count"],
    )
    click.echo()
    terminal.table(
        ["facts", "title", "known to", "licence"],
        [(name, d["title"], d["known"], d["licence"]) for name, d in manifest["datasets"].items()],
    )
    _print_given(manifest)
    terminal.paragraph(
        "The works behind them: kg query sources. Unchecked facts: kg query unchecked."
    )


def _print_given(manifest: Mapping[str, Any]) -> None:
    """Each file that was given, with its digest, and where it was fetched from."""
    if manifest["given"]:
        terminal.table(
            ["file", "source", "sha256", "from"],
            [
                (file["file"], file["source"], file["sha256"][:12], file.get("url", "this machine"))
                for file in manifest["given"]
            ],
        )
        click.echo()
