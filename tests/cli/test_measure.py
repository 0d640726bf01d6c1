"""The commands that measure: what they refuse, draw and offer."""

import subprocess
import sys

import pytest

from kg.analysis import bloc
from kg.analysis.measured import FORMATS
from kg.cli import cli
from kg.model.words import ABSENCES
from kg.votes.intervals import LEAST
from kg.votes.methods import MEASURES

REFUSED = [
    (("compare", "Atlantis"), "no known state"),
    (("compare", "Yugoslavia", "--from", "2022"), "cast no vote that counts from 2022"),
    (("compare", "Russia", "--from", "2030"), "no roll call from 2030-01-01; the record has"),
    (("compare", "Russia", "--on", "2022-12-31"), "no roll call on 2022-12-31; the record has"),
    (("compare", "Russia", "--from", "2020", "--to", "2010"), "before it begins"),
    (("compare", "Russia", "--from", "soon"), "is not a day, month or year"),
    (("compare", "Russia", "--on", "2022", "--to", "2023"), "exclude each other"),
    (("compare", "Russia", "RUS"), "are one state here"),
    (("compare", "Russia", "Belarus", "--on", "2023"), f"{LEAST} are the fewest"),
    (("compare", "Russia", "--on", "2023"), f"fewer than {LEAST} votes in common"),
    (("compare", "Russia", "--votes"), "name another beside"),
    (("compare", "Russia", "--differing"), "--differing lists the votes of two states"),
    (("compare", "Russia", "--topic", "unicorns"), "no text has a subject term"),
    (("compare", "Russia", "--session", "999"), "no text of session '999'"),
    (("compare", "Russia", "Belarus", "--votes", "--plot", "x.svg"), "has no picture"),
    (("bloc", "Russia"), "is one state"),
    (("bloc", "Russia", "RUS"), "two states or more"),
    (("bloc", "ES-11/1"), "a bloc is an organisation"),
    (("bloc", "NATO", "--on", "2023"), f"{LEAST} are the fewest"),
    (
        ("bloc", "NATO", "EU"),
        "NATO is an organisation; a bloc is one organisation or several states",
    ),
    (("bloc", "NATO", "--absent", "own"), "give absent skip or as-no"),
    (("compare", "Germany"), "always voted yes in the 9"),
    (("bloc", "NATO", "--against", "CSTO", "--votes"), "leave out --show and --votes"),
    (("blocs",), "too few for blocs"),
    (("moves", "ES-11/1"), "give two votes, two periods"),
    (("moves", "ES-11/1", "ES-11/1"), "held against itself"),
    (("moves", "ES-11/1", "2022"), "give two votes or two periods"),
    (("moves", "this", "that"), "is no vote in the graph, and no period"),
    (("moves", "2022", "2022"), "give them in order"),
    (("moves", "ES-11/1", "ES-11/6", "--topic", "x"), "leave out topic"),
    (("points",), "too few for points"),
    (("points", "--absent", "own"), "ordered answers"),
    (("points", "--session", "ES-11", "--plot", "x.svg"), "too few for points"),
]
"""A command, and a part of the one line that it is refused with."""


@pytest.mark.parametrize("command", sorted({words[0] for words, _ in REFUSED}))
def test_what_cannot_be_measured_is_one_clear_line(command, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words, part in REFUSED:
        if words[0] == command:
            result = run(*words)
            assert result.exit_code == 2, words
            assert result.stdout == "", words
            (line,) = result.stderr.splitlines()
            assert part in line, words
            assert "nan" not in line.lower().replace("finance", ""), words


@pytest.mark.parametrize(
    ("command", "plot"),
    [
        (("compare", "Russia"), "a.svg"),
        (("compare", "Russia", "Belarus"), "a.svg"),
        (("compare", "Russia", "Belarus"), "a.png"),
        (("bloc", "NATO"), "a.svg"),
        (("bloc", "CSTO", "--against", "NATO"), "a.pdf"),
        (("points", "--session", "70"), "a.svg"),
    ],
)
def test_a_picture_has_its_title_n_period_and_source_in_it(
    command, plot, run, voting_root, tmp_path
):
    first, second = tmp_path / plot, tmp_path / f"2{plot}"
    for path in (first, second):
        done = run(*command, "--plot", path, graph=voting_root)
        assert done.exit_code == 0, done.stderr
        assert f"wrote {path}" in done.stderr
    assert first.read_bytes() == second.read_bytes()
    if plot.endswith("svg"):
        text = first.read_text(encoding="utf-8")
        year = "1960" if "compare" in command else "20"
        for part in ("n = ", "roll calls", "UN Digital Library", year):
            assert part in text
        assert 'href="http' not in text


def test_a_seed_below_zero_is_a_usage_error(run):
    done = run("compare", "Russia", "--seed", "-1")
    assert done.exit_code == 2
    assert "--seed" in done.stderr


def test_a_picture_of_another_kind_is_refused_before_anything_is_written(
    run, voting_root, tmp_path
):
    done = run("compare", "Russia", "--plot", tmp_path / "x.gif", graph=voting_root)
    assert done.exit_code == 2
    assert "a picture is .svg, .png or .pdf" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_options_offer_what_the_library_knows():
    def choices(command, option):
        (found,) = [p for p in cli.get_command(None, command).params if p.name == option]
        return tuple(found.type.choices)

    assert choices("compare", "measure") == MEASURES
    assert choices("compare", "absent") == ABSENCES
    assert choices("compare", "form") == ("table", *FORMATS)
    assert choices("bloc", "part") == bloc.PARTS


def test_the_help_of_a_measure_loads_no_numpy():
    code = (
        "import sys; from click.testing import CliRunner; from kg.cli import cli;"
        "assert CliRunner().invoke(cli, ['compare', '--help']).exit_code == 0;"
        "assert not {'numpy', 'polars', 'networkx'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
