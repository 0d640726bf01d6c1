"""The command ``kg``: parse, call one function of the library, print."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli.spelling import command
from kg.errors import KgError
from kg.output.text import visible

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "The case of 23 February 2023 in one go; start here."),
    "build": ("build", "Build the graph from facts and official files."),
    "update": ("update", "Build it again with newer files; show what changes first."),
    "diff": ("diff", "What two graphs, versions or files say differently."),
    "info": ("info", "What is in the graph, and from where."),
    "check": ("check", "What does not add up in the graph."),
    "query": ("query", "Ask in SPARQL, or one of the shipped questions by name."),
    "path": ("path", "The best chains between two states, officials or organisations."),
    "alliances": ("alliances", "The network of alliances on a day, and who is central in it."),
    "compare": ("measure", "Who votes with a state, or two states through time."),
    "bloc": ("measure", "How an organisation or some states hold together."),
    "blocs": ("measure", "The blocs that the votes themselves show, if they do."),
    "moves": ("measure", "Who changed between two votes or two periods."),
    "points": ("measure", "Where states stand on one line, by what they voted."),
    "view": ("view", "Draw the alliances, a chain or a vote as one offline page."),
    "export": ("export", "Write Turtle, TriG, JSON-LD, GraphML, GEXF, CSV and more."),
}
"""Command to its module and its line in the help, so that ``kg --help`` loads none of them."""


class KgGroup(click.Group):
    """A group that loads a command when it is used and shows a KgError as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module loaded now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, written without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise Refused(error.text(command)) from error
        except click.UsageError as error:
            raise _in_one_line(error) from error
        except BrokenPipeError:  # the reader, such as head, has seen enough
            _drop_output()
            raise SystemExit(141) from None
        except OSError as error:  # of the output; for its own files the library raises a KgError
            _drop_output()
            problem = (
                f"{error.filename or 'the output'} cannot be written or read: {error.strerror}"
            )
            raise Refused(f"{problem}; free space or name another place") from error

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """The context of the group itself, its options read."""
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            raise _in_one_line(error) from error


class Refused(click.ClickException):
    """Wrong use or bad input: one line, exit status 2."""

    exit_code = 2

    def format_message(self) -> str:
        """The line, safe for a terminal."""
        return visible(self.message)


def _drop_output() -> None:
    """Let what still waits to be written go nowhere, or Python complains of it at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _in_one_line(error: click.UsageError) -> click.ClickException:
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):  # of click 8.2
        return error
    path = error.ctx.command_path if error.ctx else "kg"
    text = " ".join(error.format_message().split()).rstrip(".")
    return Refused(f"{text}; see {path} --help")


@click.group(
    cls=KgGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 fine, 1 a finding or an empty answer, 2 wrong use or bad input.",
)
@click.version_option(__version__, "-V", "--version", prog_name="kg")
def cli() -> None:
    """How states vote, ally and speak at the United Nations: one dated, sourced graph.

    \b
      kg demo
      kg query votes-against resolution=ES-11/6
      kg path Belarus Russia --on 2023-02-23
      kg view network -o alliances.html
      kg export -o graph.ttl
    """


def main() -> None:
    """Run the command line; what the terminal cannot print is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # the matrices are small: two threads wait for each other longer than they work, on a busy machine
    # several times as long; read by numpy when it loads, and left alone where the user has set it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(prog_name="kg")
