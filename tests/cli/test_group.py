from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg import __version__
from kg.cli import COMMANDS
from kg.cli.view import view

EVERY = [*((name,) for name in COMMANDS), *(("view", name) for name in view.commands)]


def _kg(*args: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


def test_every_command_has_help(run):
    for command in ((), *EVERY):
        for option in ("-h", "--help"):
            done = run(*command, option)
            assert done.exit_code == 0, command
            usage = f"Usage: {' '.join(('cli', *command))} [OPTIONS]"
            assert done.stdout.startswith(usage), command


def test_the_help_of_every_command_shows_how_to_call_it(run):
    for command in EVERY:
        assert f"  kg {' '.join(command)}" in run(*command, "-h").stdout, command


def test_the_list_of_commands_is_the_commands(run):
    told = run("--help").stdout
    for name, (_, line) in COMMANDS.items():
        assert f"{name} " in told
        assert line.split()[0] in told


def test_the_version_is_shown(run):
    for option in ("-V", "--version"):
        assert run(option).stdout == f"kg, version {__version__}\n"


WRONG: tuple[tuple[tuple[str, ...], str], ...] = (
    (("nope",), "No such command 'nope'; see "),
    (("--nope",), "No such option"),
    (("query", "--nope"), "No such option"),
    (("path", "Belarus"), "Missing argument 'GOAL'; see "),
    (("path", "BLR", "RUS", "-k", "0"), "0 is not in the range 1<=x<=50"),
    (("path", "BLR", "RUS", "-k", "many"), "'many' is not a valid integer range"),
    (("path", "BLR", "RUS", "--by", "love"), "'love' is not one of 'treaty'"),
    (("path", "BLR", "RUS", "--on", "23.02.2023"), "'23.02.2023' is not a day; write YYYY-MM-DD"),
    (("path", "BLR", "RUS", "--on", "2023"), "'2023' is not a day; write YYYY-MM-DD"),
    (("path", "BLR", "RUS", "--on", "2023-02-30"), "'2023-02-30' is not a day"),
    (("path", "BLR", "BLR"), "start and goal are the same"),
    (("path", "BLR", "Atlantis"), "'Atlantis' is no known name"),
    (("path", "BLR", "RUS", "--without", "Atlantis"), "'Atlantis' is no known name"),
    (("query", "votes-agains"), "vote-changes? (kg query --list shows all)"),
    (("query", "votes-against"), "such as: kg query votes-against resolution=ES-11/6"),
    (("query", "votes-against", "ES-11/6"), "'ES-11/6' is no parameter; write NAME=VALUE"),
    (("query", "votes-against", "resolution=ES-11/6", "resolution=ES-11/5"), "given twice"),
    (("query", "-q", "SELECT ?x {"), "error at 1:"),
    (("query", "-q", "SELECT ?x { SERVICE <http://127.0.0.1:9/> {} }"), "SERVICE is not allowed"),
    (("query", "-q", "INSERT DATA { <urn:a> <urn:b> 1 }"), "INSERT is not allowed: the graph is read-only; "),
    (("query", "roll-calls", "-f", "ttl"), "rows cannot be written as ttl"),
    (("query", "-q", "DESCRIBE state:RUS", "-f", "csv"), "a graph cannot be written as csv"),
    (("query", "roll-calls", "--timeout", "0"), "0.0 is not in the range x>0"),
    (("query", "nothere.rq"), "nothere.rq"),
    (("query", "-q", "ASK {}", "state=RUS"), "parameters go with a shipped query"),
    (("view", "vote", "ES-11/66"), "'ES-11/66' is no known rollcall"),
    (("view", "nope"), "No such command 'nope'; see "),
    (("view", "path", "Belarus", "Atlantis"), "'Atlantis' is no known name"),
    (("export",), "Missing option '-o' / '--output'; see "),
    (("export", "-o", "x", "--format", "pdf"), "'pdf' is not one of 'turtle'"),
    (("build", "-q", "--data", "nothere"), "nothere"),
    (("check", "extra"), "Got unexpected extra argument (extra)"),
)  # fmt: skip
"""What is typed wrong, and what the line on standard error says of it."""


def test_wrong_use_is_told_in_one_line_and_has_status_2(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for args, message in WRONG:
        graph = {"graph": tmp_path / "own"} if args[0] == "build" else {}
        done = run(*args, **graph)
        assert done.exit_code == 2, args
        assert done.stdout == "", args
        assert done.stderr.startswith("Error: "), args
        assert done.stderr.count("\n") == 1, args
        assert message in done.stderr, args


def test_a_remedy_is_spelled_as_a_command(run):
    for text, remedy in (
        ("DROP ALL", "change the facts in a data folder and run kg build --data\n"),
        ("ASK { SERVICE <http://e/> {} }", "kg answers from its own graph alone\n"),
    ):
        assert run("query", "-q", text).stderr.endswith(remedy)


def test_a_folder_with_blanks_and_quotes_is_named_as_a_shell_reads_it(run, tmp_path):
    root = tmp_path / 'my "own" graph'
    root.mkdir()
    (root / "CURRENT").write_text("7\n", encoding="ascii")
    done = run("info", graph=root)
    assert done.exit_code == 2
    assert shlex.split(done.stderr.partition("again: ")[2]) == ["kg", "build", "--graph", str(root)]


@pytest.mark.parametrize("args", [(), ("view",)])
def test_a_group_without_a_command_shows_its_help(args, run):
    done = run(*args)
    assert "Usage: " in done.stdout + done.stderr
    assert "Commands:" in done.stdout + done.stderr


def test_a_reader_that_has_seen_enough_ends_the_command_without_a_word(graph_root):
    command = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "-q", "SELECT * { ?s ?p ?o } LIMIT 20000", "-f", "csv"],
        env={**os.environ, "KG_GRAPH": str(graph_root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert command.stdout is not None
    assert command.stderr is not None
    assert command.stdout.readline().strip().split(",") == ["o", "p", "s"]
    command.stdout.close()
    told = command.stderr.read()
    command.stderr.close()
    assert command.wait() in (0, 141)  # 0 where the system lets the writer finish
    assert told == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_an_output_that_is_full_is_told_in_one_line(graph_root):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "query", "roll-calls", "-f", "csv"],
            env={**os.environ, "KG_GRAPH": str(graph_root)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "the output cannot be written or read: No space left on device" in done.stderr


def test_a_broken_pipe_has_the_status_that_shells_give_it(run, monkeypatch):
    def broken(*args: object, **more: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("click.echo", broken)
    done = run("query", "votes-against", "resolution=ES-11/6", "-f", "csv")
    assert (done.exit_code, done.output) == (141, "")


def test_python_m_kg_is_the_command(graph_root):
    done = _kg("query", "votes-against", "resolution=ES-11/6", "-f", "csv",
               env={**os.environ, "KG_GRAPH": str(graph_root)})  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:3] == ["BLR,Belarus", "ERI,Eritrea"]
    assert _kg("nope").returncode == 2


def test_help_loads_no_heavy_library():
    code = (
        "import sys\nfrom kg.cli import cli\n"
        "for args in (['--help'], ['path', '-h'], ['query', '-h'], ['export', '-h'], ['view', '-h']):\n"
        "    try:\n        cli(args)\n    except SystemExit:\n        pass\n"
        "heavy = {'polars', 'networkx', 'rdflib', 'pyvis', 'pyshacl', 'rich', 'pyoxigraph', 'numpy'}\n"
        "sys.exit(f'loaded {heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_name_that_would_steer_the_terminal_is_shown_escaped(altered, run):
    graph = altered({"states/states.csv": {"\nMLI,Mali,": "\nMLI,\x1b[31mMali\u202e,"}})
    against = ("query", "votes-against", "resolution=ES-11/6", "-f")
    for form in ("csv", "tsv", "json"):
        assert run(*against, form, graph=graph.root).exit_code == 0, form
    table = run(*against, "table", graph=graph.root).stdout
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert "\\x1b[31mMali\\u202e" in table
    told = run("path", "MLI", "Nicaragua", "--on", "2023-02-23", graph=graph.root).stdout
    assert "\\x1b[31mMali" in told
    assert "\x1b[31mMali" not in told


def test_what_was_typed_does_not_steer_the_terminal_either(run, tmp_path):
    for args in (("path", "\x1b[31mMalta?", "Mali"), ("export", "-o", tmp_path / "\x1b[31m.pdf")):
        wrong = run(*args)
        assert wrong.exit_code == 2
        assert "\\x1b[31m" in wrong.stderr
        assert "\x1b" not in wrong.stderr
