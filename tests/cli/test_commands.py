"""Each command on the real facts, and each line that its help shows."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil

import click
import pyoxigraph as ox
import pytest

from kg.cli import cli
from kg.errors import UnknownNameError
from kg.query import catalogue
from tests import official
from tests.loopback import loopback
from tools import docs

DAY = "2023-02-23"
MEASURES = ("compare", "bloc", "blocs", "moves", "points")


def _examples() -> list[str]:
    """Every line of every help text that begins with ``kg``."""
    found: dict[str, None] = {}
    for _, command in docs._walk("kg", cli):
        text = command.get_help(
            click.Context(command, max_content_width=200, help_option_names=docs._HELP)
        )
        found |= dict.fromkeys(re.findall(r"^ +(kg [a-z].*)$", text, re.MULTILINE))
    return list(found)


@pytest.fixture(scope="module")
def shared_export(graph, tmp_path_factory):
    """The bundled facts as Turtle."""
    path = tmp_path_factory.mktemp("export") / "graph.ttl"
    graph.export(path)
    return path


@pytest.fixture
def served_folder(tmp_path):
    """The address of a server of this machine, which has the files of the folder of the test."""
    with loopback() as server:
        server.folder = tmp_path
        yield server.url("")


@pytest.mark.parametrize("line", _examples())
def test_every_line_of_the_help_runs_and_answers(
    line, run, tmp_path, monkeypatch, voting_root, graph_root, shared_export, served_folder
):
    monkeypatch.chdir(tmp_path)
    args = shlex.split(line)[1:]
    if "my-facts" in args:
        from shutil import copytree

        from kg import resources

        copytree(resources.data(), tmp_path / "my-facts")
    if args[0] == "diff":
        shutil.copytree(graph_root, tmp_path / "my-graph")
        shutil.copy(shared_export, tmp_path / "graph.ttl")
    if args[0] == "update":
        shutil.copytree(graph_root, tmp_path / "own")
    (tmp_path / "2025_ga_voting.csv").write_text(official.ga(), encoding="utf-8")
    (tmp_path / "2026_02_06_ga_voting.csv").write_text(official.ga(), encoding="utf-8")
    (tmp_path / "2026_02_06_sc_voting.csv").write_text(official.sc(), encoding="utf-8")
    (tmp_path / "mine.csv").write_text("who,did,what,when\nFRA,Y,A/RES/50/8,1995-11-20\n")
    (tmp_path / "mine.toml").write_text(
        '[columns]\ncode = "who"\nvote = "did"\nresolution = "what"\ndate = "when"\n[votes]\nyes = "Y"\n'
    )
    own = {"graph": tmp_path / "own"} if args[0] in ("build", "update") else {}
    args = [arg.replace("https://example.org", served_folder) for arg in args]
    if args[0] in MEASURES:
        own = {"graph": voting_root}
    done = run(*args, **own)
    assert done.exit_code == 0, done.stderr
    assert done.stdout or list(tmp_path.iterdir())


def test_there_is_a_line_in_the_help_of_every_command():
    shown = {tuple(shlex.split(line)[1:2]) for line in _examples()}
    assert {name for (name,) in shown} >= {
        "demo", "build", "info", "check", "query", "path", "view", "export", *MEASURES,
    }  # fmt: skip


def test_build_tells_what_it_built_and_quiet_tells_nothing(run, tmp_path):
    done = run("build", "--graph", tmp_path / "a")
    assert done.exit_code == 0
    assert "11 roll calls with 1,737 votes" in done.stdout
    assert re.search(r"version 1, \d\d,\d{3} triples", done.stdout)
    assert "reading the facts ..." in done.stderr
    again = run("build", "--graph", tmp_path / "a", "-q")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")
    assert (tmp_path / "a" / "CURRENT").read_text(encoding="ascii") == "2\n"


def test_info_tells_counts_licences_and_how_far_the_record_goes(run, graph_root):
    shown = run("info").stdout
    assert str(graph_root) in shown
    assert "1,737" in shown
    assert "CC0-1.0" in shown
    told = json.loads(run("info", "-f", "json").stdout)
    assert told["counts"]["Vote"] == 1737
    assert set(told["datasets"]) == {"states", "alliances", "roll_calls", "officials", "statements"}


def test_query_list_names_every_question(run):
    told = run("query", "--list").stdout
    for name in catalogue.names():
        query = catalogue.load(name)
        assert name in told
        assert query.title.split()[0] in told
        assert all(p.name in told for p in query.parameters)
    assert run("query").stdout == told


def test_query_as_csv_is_the_answer_alone(run):
    done = run("query", "votes-against", "resolution=ES-11/6", "-f", "csv")
    assert done.stdout == (
        "state,name\nBLR,Belarus\nERI,Eritrea\nMLI,Mali\nNIC,Nicaragua\nPRK,North Korea\n"
        "RUS,Russia\nSYR,Syria\n"
    )
    assert done.stderr == ""


def test_query_in_each_form_is_read_again(run):
    for form, kind in {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }.items():
        text = run("query", "bloc-counts", "resolution=ES-11/6", "-f", form).stdout
        rows = list(ox.parse_query_results(text.encode(), format=kind))
        nato = next(row for row in rows if row["organisation"].value == "NATO")
        counts = [nato[name].value for name in ("yes", "no", "abstain", "nonvoting")]
        assert counts == ["30", "0", "0", "0"], form


def test_a_range_of_years_is_start_and_end_or_as_flags_have_it_from_and_to(run):
    years = run("query", "closest-states", "state=Russia", "start=2022", "end=2025").stdout
    assert years
    assert run("query", "closest-states", "state=Russia", "from=2022", "to=2025").stdout == years
    twice = run("query", "closest-states", "state=Russia", "start=2022", "from=2022", "end=2025")
    assert (twice.exit_code, twice.stderr) == (2, "Error: start is given twice\n")


def test_continuity_is_an_option_and_a_parameter_too(run):
    """As a parameter, as ``--list`` shows it, it was a traceback."""
    asked = ("query", "new-no-votes", "earlier=ES-11/1", "later=ES-11/6")
    option = run(*asked, "--continuity", "seat")
    assert option.exit_code == 0
    assert run(*asked, "continuity=seat").stdout == option.stdout
    twice = run(*asked, "continuity=seat", "--continuity", "seat")
    assert (twice.exit_code, twice.stderr) == (2, "Error: continuity is given twice\n")
    for name, message in (("timeout_s", "with --timeout"), ("query", "has no parameter 'query'")):
        wrong = run("query", "votes-for", "resolution=ES-11/6", f"{name}=3")
        assert wrong.exit_code == 2, name
        assert message in wrong.stderr, name


def test_a_table_shows_every_cell_also_on_a_narrow_terminal(run):
    done = run("query", "votes-for", "resolution=ES-11/6", env={"COLUMNS": "30"})
    letters = re.sub(r"\s", "", done.stdout)
    assert "BosniaandHerzegovina" in letters
    assert done.stdout.count("\n") >= 141
    assert done.stderr == "141 rows\n"
    assert max(map(len, done.stdout.splitlines())) <= 30


def test_describe_gives_a_graph(run):
    for form, kind in {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}.items():
        text = run("query", "-q", "DESCRIBE membership:CSTO-BLR-1994-04-20", "-f", form).stdout
        objects = {quad.object.value for quad in ox.parse(text.encode(), format=kind)}
        assert {"1994-04-20", "https://w3id.org/unkg/id/state/BLR"} <= objects, form


def test_ask_answers_yes_or_no(run):
    text = "ASK { rollcall:ES-11_6 kg:votedNo state:MLI }"
    for form, yes in {
        "table": "yes\n",
        "csv": "answer\ntrue\n",
        "json": '{"head": {}, "boolean": true}\n',
    }.items():
        assert run("query", "-q", text, "-f", form).stdout == yes, form


def test_a_query_comes_from_a_file_also_with_a_byte_order_mark(run, tmp_path):
    path = tmp_path / "mine.rq"
    text = "# who\nSELECT ?k { rollcall:ES-11_6 kg:votedNo/kg:key ?k } ORDER BY ?k LIMIT 1"
    for mark in ("", "\ufeff"):
        path.write_text(mark + text, encoding="utf-8")
        assert run("query", path, "-f", "csv").stdout == "k\nBLR\n"
    path.write_bytes(b"\xff\xfe\x00")
    wrong = run("query", path)
    assert wrong.exit_code == 2
    assert "mine.rq" in wrong.stderr
    assert wrong.stderr.count("\n") == 1


def test_a_query_may_be_longer_than_the_name_of_a_file(run):
    assert run("query", f"ASK {{ ?s ?p '{'x' * 300}' }}").exit_code in (0, 1)


def test_a_query_out_of_time_is_told_with_what_to_do(run):
    done = run("query", "--timeout", "1", "-q",
               "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")  # fmt: skip
    assert done.exit_code == 2
    assert "was ended after 1 s; give it longer with --timeout" in done.stderr


def test_a_query_that_nests_too_deep_is_refused_and_the_next_is_answered(run):
    done = run("query", "-q", "SELECT * WHERE " + "{" * 4000 + "}" * 4000)
    assert done.exit_code == 2
    assert "nests deeper than 200" in done.stderr
    assert run("query", "-q", "ASK {}").stdout == "yes\n"


def test_path_tells_each_hop_with_its_dates_and_its_sources(run):
    told = " ".join(run("path", "Belarus", "Russia", "--on", DAY).stdout.split())
    assert told.startswith("1. Belarus - Union State of Russia and Belarus - Russia ")
    assert "since 2000-01-26; binds to defence" in told
    assert "Sources" in told
    assert "[union-state-treaty-1999] Treaty on the Creation of the Union State" in told
    hops, _, listed = told.partition(" Sources ")
    cited = {key for group in re.findall(r"\[([^\]]+)\]", hops) for key in group.split(", ")}
    assert cited == set(re.findall(r"\[([a-z0-9-]+)\]", listed))


def test_path_before_the_union_state_does_not_tell_of_it(run):
    assert (
        "Union State"
        not in run("path", "Belarus", "Russia", "--on", "1995-01-01", "-k", "9").stdout
    )


def test_path_without_an_answer_says_why(run):
    done = run("path", "Belarus", "North Korea", "--on", "1890-01-01")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert (
        "no chain of at most 6 links on 1890-01-01; the record covers 1945-10-24 to" in done.stderr
    )
    done = run("path", "Belarus", "North Korea", "--on", DAY, "--by", "sponsorship")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "try more with --max-hops, or fewer limits" in done.stderr


def test_path_leaves_out_what_is_named_by_name(run):
    told = run(
        "path", "Belarus", "North Korea", "--on", DAY, "--without", "Russia", "-k", "2"
    ).stdout
    chains = [line for line in told.splitlines() if re.match(r"\d\. ", line)]
    assert len(chains) == 2
    assert not any(" - Russia - " in chain for chain in chains)


def test_path_as_json_and_as_turtle_holds_the_same_records(run):
    data = json.loads(run("path", "Belarus", "Russia", "--on", DAY, "-f", "json").stdout)
    assert data["on"] == DAY
    assert len(data["chains"]) == 3
    turtle = run("path", "Belarus", "Russia", "--on", DAY, "-f", "ttl").stdout
    subjects = {q.subject.value for q in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)}
    hops = [hop for chain in data["chains"] for hop in chain["hops"]]
    assert {hop["record"] for hop in hops} <= subjects
    assert {
        f"https://w3id.org/unkg/id/source/{key}" for hop in hops for key in hop["sources"]
    } <= subjects


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("view", "network", "--on", DAY), ("Union State of Russia and Belarus", "CSTO")),
        (("view", "path", "Belarus", "North Korea", "--on", DAY), ("North Korea", "Union State")),
        (("view", "vote", "ES-11/6", "--compare", "ES-11/1"), ("A/RES/ES-11/6", "A/RES/ES-11/1")),
    ],
)  # fmt: skip
def test_view_writes_one_page_that_needs_no_network(args, words, run, tmp_path):
    page = tmp_path / "page.html"
    done = run(*args, "-o", page)
    assert done.exit_code == 0
    assert done.stderr == f"wrote {page}\n"
    html = page.read_text(encoding="utf-8")
    assert all(word in html for word in words)
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//[^"'>]*\.(?:js|css)""", html)
    again = tmp_path / "again.html"
    run(*args, "-o", again)
    assert again.read_bytes() == page.read_bytes()


def test_view_of_a_chain_that_is_not_there_writes_nothing(run, tmp_path):
    done = run(
        "view", "path", "Belarus", "North Korea", "--on", "1890-01-01", "-o", tmp_path / "x.html"
    )
    assert done.exit_code == 1
    assert "nothing was written" in done.stderr
    assert not list(tmp_path.iterdir())


def test_view_to_a_folder_that_is_not_there_is_told_in_one_line(run, tmp_path):
    done = run("view", "vote", "ES-11/6", "-o", tmp_path / "none" / "x.html")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "x.html" in done.stderr


@pytest.fixture(scope="module")
def case(graph_root, tmp_path_factory):
    from click.testing import CliRunner

    out = tmp_path_factory.mktemp("case") / "out"
    done = CliRunner().invoke(
        cli, ["demo", "--out", str(out)], env={"KG_GRAPH": str(graph_root), "COLUMNS": "100"}
    )
    assert done.exit_code == 0, done.output
    return done.stdout, out


def test_demo_tells_the_case(case):
    text = " ".join(case[0].split())
    for words in (
        "141 yes, 7 no, 32 abstained, 13 cast no vote",
        "141 + 7 + 32 + 13 = 193, and 193 states were members that day",
        "the single votes counted again give the same",
        "Against: Belarus, Eritrea, Mali, Nicaragua, North Korea, Russia, Syria.",
        "were checked: nothing that does not add up",
        "Mali, which abstained then",
        "Nicaragua, which abstained then",
        "Union State of Russia and Belarus 2000-01-26 2000-01-26 defence",
        "1. Belarus - Union State of Russia and Belarus - Russia",
        "1 differ",
        "A/RES/ES-11/4 of 2022-10-12 demanded withdrawal too",
        "agrees bound to defend each other on 2023-02-23 by",
    ):
        assert words in text, words


def test_the_chapters_of_the_demo_are_data_too(graph):
    case = graph.case()
    assert case.vote.symbol == "A/RES/ES-11/6"
    assert case.vote.printed == {"yes": 141, "no": 7, "abstain": 32, "nonvoting": 13}
    assert case.vote.is_the_same
    assert case.vote.printed_sum == case.vote.member_count == 193
    assert case.vote.finding_count == 0
    assert {state.name: state.before for state in case.new_no_votes} == {
        "Mali": "abstain",
        "Nicaragua": "abstain",
    }
    union = next(group for group in case.shared if group.name.startswith("Union State"))
    assert (union.since_first, union.obligations[:1]) == ("2000-01-26", ("defence",))
    assert case.chains == graph.path("Belarus", "North Korea", on="2023-02-23", k=1)
    assert case.claims == graph.claims("roberts-2023-02-24")
    assert case.article.author
    with pytest.raises(UnknownNameError):
        graph.claims("nothing-2023")


def test_the_check_is_the_same_from_python_and_the_command(official, run):
    """Files of other sources do not agree with each other in all, so there is something to find."""
    done = run("check", "--no-shapes", "-f", "json", graph=official.root)
    findings = official.check(shapes=False)
    assert json.loads(done.stdout) == [
        {"level": f.level, "kind": f.kind, "thing": f.thing, "text": f.text} for f in findings
    ]


def test_demo_names_exactly_two_new_no_votes(case):
    part = case[0].partition("2. New among")[2].partition("3. What bound")[0]
    assert re.findall(r"^   (\w+), which", part, re.MULTILINE) == ["Mali", "Nicaragua"]


def test_demo_writes_three_pages_and_the_graph(case, graph):
    told, out = case
    assert {path.name for path in out.iterdir()} == {
        "network.html",
        "path.html",
        "vote.html",
        "graph.ttl",
    }
    for path in out.iterdir():
        assert path.name in told
    again = list(ox.parse((out / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    assert len(again) == graph.manifest["triple_count"]


def test_demo_says_the_same_each_time(case, run, tmp_path):
    told, out = case
    again = run("demo", "--out", tmp_path / "out", env={"COLUMNS": "100"})
    assert again.stdout.replace(str(tmp_path / "out"), "OUT") == told.replace(str(out), "OUT")
    for path in out.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_demo_where_no_folder_can_be_made_is_told_in_one_line(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("demo", "--out", tmp_path / "file" / "out")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "--out" in done.stderr


def test_the_answers_are_rows_a_program_can_read(run):
    told = run("query", "unchecked", "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert {"Membership", "Treaty", "Statement"} <= {row["kind"] for row in rows}


def test_rows_without_any_value_say_so_and_what_the_functions_take(run):
    text = "SELECT (kg:agreement(state:USA, state:XXX, 1980, 1990) AS ?a) {}"
    done = run("query", "-q", text)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].strip() == "a"
    assert "kg:kappa(state:RUS, state:BLR, 2015, 2019)" in done.stderr
    assert done.stderr.endswith("1 row\n")


def test_the_check_counts_what_it_found_by_kind(run, tmp_path):
    (tmp_path / "ga.csv").write_text(official.ga().replace("FRANCE,A", "FRANCE,AN", 1))
    assert run("build", "-q", tmp_path / "ga.csv", graph=tmp_path / "g").exit_code == 0
    done = run("check", "--no-shapes", graph=tmp_path / "g")
    assert done.exit_code == 1
    counted = {(level, kind): count for level, kind, count in re.findall(
        r"^(finding|remark) +(\S+(?: \S+)*) +(\d+)$", done.stdout, re.MULTILINE
    )}  # fmt: skip
    assert counted["finding", "unread vote"] == "1"
    assert counted["finding", "totals"] == "1"


def test_a_syntax_without_named_graphs_says_what_it_leaves_out(run, tmp_path):
    files = official.write(tmp_path)
    assert run("build", "-q", *files, graph=tmp_path / "g").exit_code == 0
    for ending, whole in (("ttl", False), ("nq", True)):
        done = run("export", "-o", tmp_path / f"o.{ending}", graph=tmp_path / "g")
        assert ("beside the record is not in it" in done.stderr) is not whole
    done = run("export", "-o", tmp_path / "o.ttl")
    assert "beside" not in done.stderr
