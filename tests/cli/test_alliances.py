"""``kg alliances`` as a person sees it."""

import json

from tests.cases import each

DAY = "2023-02-23"


def test_the_table_shows_the_most_allied_and_says_what_it_is_made_of(run):
    done = run("alliances", "--on", DAY, env={"COLUMNS": "80"})
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[2].split()[:3] == ["USA", "United", "States"]
    assert max(map(len, lines)) <= 80
    assert "20 of" in done.stderr
    for said in (f"in force on {DAY}", "density", "components", "unchecked"):
        assert said in done.stdout, said
    assert len(run("alliances", "--on", DAY, "--all").stdout.splitlines()) > 100


def test_json_and_csv_have_every_state(run):
    data = json.loads(run("alliances", "--on", DAY, "-f", "json").stdout)
    table = run("alliances", "--on", DAY, "-f", "csv").stdout.splitlines()
    assert len(data["rows"]) == data["state_count"] == len(table) - 1


@each(
    ("args", "status"),
    [(("--obligation", "peace"), 2), (("--on", "1945-10-24", "--obligation", "offence"), 1)],
)
def test_the_exit_status_tells_wrong_use_from_an_empty_network(args, status, run):
    assert run("alliances", *args).exit_code == status
