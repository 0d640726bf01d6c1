"""Official files: told by their header, read from any packing, each trap handled on purpose."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import zipfile
from importlib import import_module
from pkgutil import iter_modules

import pytest

import kg
from kg.cli.spelling import command
from kg.errors import SourceError
from kg.graph.content import Content
from kg.model import records
from kg.sources import LONGEST_LINE, merge, readers
from kg.sources.read import read_files
from kg.sources.readers import LAYOUTS
from kg.votes.table import CODES
from tests import headers
from tests import official as files
from tests.cases import each
from tests.sources.reading import bundled_facts, bundled_names

FACTS = bundled_facts()
NAMES = bundled_names()


def read(tmp_path, texts, maps=()):
    """An intake of files given by name and content."""
    paths = []
    for name, content in texts.items():
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return read_files(paths, NAMES, maps)


def told(intake):
    return intake.problem_kinds()


def ballots(intake):
    return {a.key: dict(a.ballots) for a in intake.accounts}


def plain(tmp_path):
    return ballots(read(tmp_path, {"plain.csv": files.ga()}))


def zipped(data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.md", "about")
        archive.writestr("__MACOSX/._ga.csv", "x")
        archive.writestr("ga.csv", data)
    return out.getvalue()


@each(
    "pack",
    [
        gzip.compress,
        lzma.compress,
        zipped,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"\n\n"),
    ],
)
def test_a_file_is_the_same_in_every_packing(pack, tmp_path):
    assert ballots(read(tmp_path, {"packed.bin": pack(files.ga().encode())})) == plain(tmp_path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no known layout"),
        (files.ga().encode("utf-16"), "UTF-16"),
        (files.ga().encode().replace(b"FRANCE", b"FR\xffNCE", 1), r":\d+: byte 0xff is not UTF-8"),
        (files.ga().encode().replace(b"FRANCE", b"FR\0NCE", 1), r":\d+: holds a NUL"),
        (files.ga().encode().replace(b"FRANCE", b'FRAN"CE,', 1), r":\d+: "),
        (files.ga().encode().replace(b"UNITED STATES,N", b"UNITED STATES", 1), r":3: 19 cells"),
        (gzip.compress(files.ga().encode())[:-30], "cut short"),
        (lzma.compress(files.ga().encode())[:-30], "cut short"),
        (zipped(files.ga())[:-30], "zip"),
        (headers.GA.encode() + b"\n", "no row"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><collection><record/></collection>", "DOCTYPE"),
        (b"<collection><record></collection>", "XML"),
        (b'{"id_record": ["1"], "resolution_symbol": ["A/RES/1/1"], "vote": ["N/A"]}\n{broken\n', ":2: "),
        (b"[" * 100_000, "layout"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_with_the_file(content, problem, tmp_path):
    with pytest.raises(SourceError, match=problem) as raised:
        read(tmp_path, {"odd.csv": content})
    assert "\n" not in str(raised.value)
    assert "odd.csv" in str(raised.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            read_files([path], NAMES)


def test_an_unknown_layout_lists_what_is_known(tmp_path):
    with pytest.raises(SourceError) as raised:
        read(tmp_path, {"x.csv": "first,second\n1,2\n"})
    for layout in LAYOUTS:
        assert layout.title in str(raised.value)
    assert str(raised.value).endswith("; for a CSV of votes of your own give mappings")
    assert raised.value.text(command).endswith("; for a CSV of votes of your own give --map")


def test_every_reader_is_in_the_one_list_and_its_keys_are_its_own():
    modules = {name for _, name, is_package in iter_modules(readers.__path__) if not is_package}
    layouts = [
        one for name in modules for one in import_module(f"{readers.__name__}.{name}").LAYOUTS
    ]
    assert sorted(map(id, layouts)) == sorted(map(id, LAYOUTS))
    sources = {(layout.key, layout.reader) for layout in LAYOUTS}
    assert len(sources) == len({layout.key for layout in LAYOUTS})


def test_reading_leaves_the_limit_of_the_csv_module_as_it_was_set(tmp_path):
    assert csv.field_size_limit() == LONGEST_LINE
    with_long_title = files.ga().replace("Question, the", "x" * 200_000, 1)
    assert ballots(read(tmp_path, {"ga.csv": with_long_title})) == plain(tmp_path)
    with pytest.raises(SourceError):
        read(tmp_path, {"odd.csv": files.ga() + '"'})
    assert csv.field_size_limit() == LONGEST_LINE


def columns(header, rename):
    """The bulk file with other columns: rows of the year 2026 under other names, in another order."""
    rows = list(csv.DictReader(io.StringIO(files.ga())))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([rename(name, row) for name in header])
    return out.getvalue()


def test_the_layouts_of_all_years_say_the_same(tmp_path):
    new = headers.GA.split(",")
    y2025 = [name for name in new if name != "vote_note"]
    old = dict(
        zip(
            headers.GA_2024.split(","),
            [*("undl_id", "ms_code", "ms_name", "ms_vote", "resolution", "title", "", "draft"),
             *("committee_report", "meeting", "agenda_title", "subjects", "date", "total_yes", "total_no"),
             *("total_abstentions", "total_non_voting", "total_ms", "undl_link")],
            strict=True,
        )
    )  # fmt: skip

    def in_2024(name, row):
        value = row.get(old[name], "vote")
        value = "NV" if name == "ms_votes" and value == "X" else value
        return f"{value}.0" if name in ("yes", "no", "abstentions", "non-voting") else value

    expected = plain(tmp_path)
    for name, text in {
        "2025.csv": columns(y2025, lambda n, row: row[n]),
        "turned.csv": columns(new[::-1], lambda n, row: row[n]),
        "2024.csv": columns(list(old), in_2024),
    }.items():
        intake = read(tmp_path, {name: text})
        assert ballots(intake) == expected
        assert intake.accounts[0].printed == {"yes": 5, "no": 2, "abstain": 2, "nonvoting": 1}
        assert told(intake) == {"no symbol": 1}


def changed(tmp_path, old, new, count=1):
    text = files.ga()
    assert old in text
    return read(tmp_path, {"ga.csv": text.replace(old, new, count)})


def test_votes_printed_otherwise_are_read_and_told(tmp_path):
    intake = changed(tmp_path, "FRANCE,A", "FRANCE,a")
    assert told(intake)["vote spelled otherwise"] == 1
    assert ballots(intake) == plain(tmp_path)
    intake = changed(tmp_path, "FRANCE,A", "FRANCE,AN")
    assert told(intake)["unknown vote"] == 1
    assert ballots(intake)["34_83A"]["FRA"] == 0
    assert (
        ballots(changed(tmp_path, "BAHAMAS,X", "BAHAMAS,"))["34_83A"]["BHS"] == CODES["nonvoting"]
    )


@each(
    ("old", "new", "kind", "state"),
    [
        ("FRA,FRANCE", "XXX,ATLANTIS", "unknown state", None),
        ("FRA,FRANCE", "QQQ,FRANCE", "unknown code", "FRA"),
        ("FRA,FRANCE", "FRA,FRANCE THE GREAT", "unknown name", "FRA"),
        ("FRA,FRANCE", "BEL,FRANCE", "name and code differ", "FRA"),
        ("FRA,FRANCE", "GBR,UNITED KINGDOM", "two votes", "GBR"),
    ],
)
def test_what_is_not_understood_is_counted_and_never_guessed(old, new, kind, state, tmp_path):
    intake = changed(tmp_path, old, new)
    assert told(intake)[kind] == 1
    (problem,) = [p for p in intake.problems if p.kind == kind]
    assert problem.file == "ga.csv"
    assert problem.line > 1
    assert (state in ballots(intake)["34_83A"]) is (state is not None)


def test_a_row_that_tells_its_roll_call_otherwise_and_a_day_that_is_none_are_told(tmp_path):
    first, second, *rest = files.ga().splitlines()
    other = rest[0].replace(",34,", ",35,")
    intake = read(tmp_path, {"ga.csv": "\n".join([first, second, other, *rest[1:]])})
    assert told(intake)["row differs"] == 1
    assert ballots(intake) == plain(tmp_path)
    intake = changed(tmp_path, "1979-12-14", "1979-13-14", count=-1)
    assert told(intake)["no date"] == 1
    assert told(intake)["row of a roll call left out"] == 10
    assert "34_83A" not in ballots(intake)


def test_names_are_those_of_the_day(tmp_path):
    rows = [
        ("1971-10-01", "CHN", "CHINA", "TWN"),
        ("1971-10-25", "CHN", "CHINA", "TWN"),  # its last: by it the seat passed
        ("1971-10-26", "CHN", "CHINA", "CHN"),
        ("1980-01-01", "GER", "GERMANY, FEDERAL REPUBLIC OF", "DEU"),
        ("1963-12-17", "", "ZANZIBAR", "ZANZIBAR"),
        ("1990-01-01", "SUN", "USSR", "SUN"),
        ("1990-01-01", "YEM", "DEMOCRATIC YEMEN", "YMD"),
        ("2022-07-01", "TUR", "TÜRKİYE", "TUR"),
        ("2000-01-01", "CIV", "CÔTE D'IVOIRE", "CIV"),
    ]
    lines = [headers.GA] + [
        f'{i},{code},"{name}",Y,{day},1,A/RES/40/{i},,,,T,,,,1,0,0,0,1,'
        for i, (day, code, name, _) in enumerate(rows, 1)
    ]
    intake = read(tmp_path, {"ga.csv": "\n".join(lines)})
    assert [next(iter(a.ballots)) for a in intake.accounts] == [state for *_, state in rows]
    assert {u.name for u in intake.names_in_use} == {name for _, _, name, _ in rows}


MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record>
<controlfield tag="001">77</controlfield>
<datafield tag="245"><subfield code="a">Peace :</subfield><subfield code="b">resolution /</subfield>
<subfield code="c">adopted by the General Assembly</subfield></datafield>
<datafield tag="269"><subfield code="a">2023-10-27</subfield></datafield>
<datafield tag="791"><subfield code="a">A/RES/ES-10/21</subfield></datafield>
<datafield tag="996"><subfield code="b">1</subfield><subfield code="c">0</subfield>
<subfield code="d">0</subfield><subfield code="e">1</subfield><subfield code="f">2</subfield></datafield>
<datafield tag="967"><subfield code="a">1</subfield><subfield code="c">FRA</subfield>
<subfield code="d">Y</subfield><subfield code="e">FRANCE</subfield></datafield>
<datafield tag="967"><subfield code="a">2</subfield><subfield code="c">BEN</subfield>
<subfield code="e">BENIN</subfield></datafield></record>
<record><controlfield tag="001">78</controlfield>
<datafield tag="791"><subfield code="a">A/RES/ES-10/22</subfield></datafield></record></collection>"""


def test_marcxml_tells_votes_totals_and_texts_without_a_roll_call(tmp_path):
    intake = read(tmp_path, {"r.xml": MARC})
    (account,) = intake.accounts
    assert (account.key, account.text.title) == ("ES-10_21", "Peace")
    assert account.ballots == {"FRA": CODES["yes"], "BEN": CODES["nonvoting"]}
    assert account.printed == {"yes": 1, "no": 0, "abstain": 0, "nonvoting": 1}
    assert account.member_count == 2
    ((_, text),) = intake.texts
    assert (text.key, text.modality) == ("A_RES_ES-10_22", "unrecorded")


def test_scraped_records_tell_blank_votes_and_no_roll_call(tmp_path):
    records = [
        {"id_record": ["1"], "resolution_symbol": ["A/RES/3/4"], "title": ["T"], "vote_date": ["1990-01-01"],
         "meeting_record": ["N/A"], "committee_report": ["N/A"], "agenda": ["N/A"],
         "vote": ["Y FRANCE", "  CHINA", " a INDIA", " AN PAKISTAN", " Y ATLANTIS"]},
        {"id_record": ["2"], "resolution_symbol": ["A/RES/3/5"], "title": ["T"], "vote_date": ["1990-01-01"],
         "meeting_record": [], "committee_report": [], "agenda": [], "vote": ["N/A"]},
    ]  # fmt: skip
    intake = read(tmp_path, {"r.jsonl": "\n".join(map(json.dumps, records))})
    (account,) = intake.accounts
    assert account.ballots == {"FRA": 1, "CHN": 8, "IND": 2, "PAK": 0}
    assert told(intake) == {"vote spelled otherwise": 1, "unknown vote": 1, "unknown state": 1}
    assert [text.modality for _, text in intake.texts] == ["unrecorded"]


ROLLS = "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
TIDY = {
    "rolls.csv": ROLLS
    + "1,1,0,1946-01-01,R/1/66,0,0,A,B\n2,50,0,1995-11-01,R/50/8,0,0,A,B\n"
    + "3,50,0,1995-11-01,R/50/8,0,1,A,B\n4,60,NA,2005-12-08,R/60/70,NA,NA,A,B\n9,1,0,1946-01-01,,0,0,A,B\n",
    "votes.csv": "rcid,country,country_code,vote\n1,Russia,RU,no\n1,Taiwan,TW,yes\n2,Namibia,NA,yes\n"
    "2,Russia,RU,abstain\n1,Yemen Arab Republic,NA,no\n3,France,FR,no\n4,France,FR,maybe\n7,France,FR,no\n",
    "issues.csv": "rcid,short_name,issue\n2,me,Palestinian conflict\n",
}


@each("turn", [1, -1])
def test_the_tidy_tables_are_joined_and_their_traps_handled(turn, tmp_path):
    intake = read(tmp_path, dict(list(TIDY.items())[::turn]))
    found = {a.number: a for a in intake.accounts}
    assert found["1"].ballots == {"SUN": 3, "TWN": 1, "YEMEN_ARAB_REPUBLIC": 3}
    assert found["2"].ballots == {"NAM": 1, "RUS": 2}
    assert (found["1"].key, str(found["1"].date)) == ("rcid-1", "1946-01")
    assert (found["2"].key, found["2"].text.subjects) == ("50_8", ("Palestinian conflict",))
    assert (found["3"].key, found["3"].question) == ("rcid-3", "paragraph")
    assert (found["4"].key, str(found["4"].date)) == ("60_70", "2005-12-08")
    assert told(intake) == {
        "unknown vote": 1,
        "vote without roll call": 1,
        "roll call without votes": 1,
    }


def test_the_raw_codes_are_read_with_numbers_of_countries(tmp_path):
    raw = "rcid,session,date,unres,ccode,member,vote\n" + "".join(
        f"5,60,2005-12-08,R/60/70,{code},1,{vote}\n"
        for code, vote in ((2, 1), (365, 2), (710, 3), (220, 8), (817, 9))
    )
    (account,) = read(tmp_path, {"raw.csv": raw}).accounts
    assert account.ballots == {"USA": 1, "RUS": 2, "CHN": 3, "FRA": 8}
    assert account.complete


def test_votes_without_their_roll_calls_stop(tmp_path):
    with pytest.raises(SourceError, match="without votes"):
        read(tmp_path, {"rolls.csv": TIDY["rolls.csv"]})


MAPPING = (
    'key = "mine"\n[columns]\nstate = "who"\nvote = "did"\nresolution = "what"\ndate = "when"\n'
    '[votes]\nyes = ["Y", "yes"]\nno = "N"\nnonvoting = [""]\n'
)


def test_a_csv_of_ones_own_is_read_by_its_mapping(tmp_path):
    (tmp_path / "m.toml").write_text(MAPPING)
    own = "what,who,did,when,more\nA/RES/50/8,France,yes,1995-11-20,x\nA/RES/50/8,India,Q,1995-11-20,x\n"
    intake = read(tmp_path, {"own.csv": own}, [tmp_path / "m.toml"])
    assert ballots(intake) == {"50_8": {"FRA": 1, "IND": 0}}
    assert told(intake) == {"column not read": 1, "unknown vote": 1}
    assert list(intake.sources) == ["mine"]


def test_the_first_source_is_the_record_and_the_others_stand_beside_it(tmp_path):
    texts = {**TIDY, "ga.csv": files.ga(), "ga2.csv": files.ga(files.ROLLS[2:3])}
    intake = read(tmp_path, texts)
    merged = merge.merge(FACTS, intake)
    sources = {(a.source, a.key): True for a in merged.record}
    assert sources["undl-ga", "50_8"]
    assert {(a.source, a.key) for a in merged.beside} == {
        ("undl-ga-2", "50_8"),
        ("unvotes", "50_8"),
        # of a session and year of which undl-ga lists others
        ("unvotes", "rcid-3"),
    }
    told = [problem for problem in intake.problems if problem.kind == "roll call beside the record"]
    assert [problem.text.partition(":")[0] for problem in told] == ["rcid-3"]


def test_what_only_a_later_source_tells_is_the_record_where_the_first_holds_nothing(tmp_path):
    early = [roll for roll in files.ROLLS if roll[1] < "1981"]
    for name, texts in {
        "after": {**TIDY, "ga.csv": files.ga(early)},
        "alone": TIDY,
    }.items():
        (tmp_path / name).mkdir()
        merged = merge.merge(FACTS, read(tmp_path / name, texts))
        assert {a.key for a in merged.record if a.source == "unvotes"} >= {"50_8", "60_70"}
        assert not [a for a in merged.beside if a.source == "unvotes"]


def test_a_mapping_cannot_pose_as_an_official_source(tmp_path):
    (tmp_path / "m.toml").write_text(MAPPING.replace('key = "mine"', 'key = "undl-ga"'))
    with pytest.raises(SourceError, match=r"m\.toml: key 'undl-ga' names an official source"):
        read(tmp_path, {"own.csv": "what,who,did,when\n"}, [tmp_path / "m.toml"])


@pytest.mark.parametrize("key", ["states", "un-member-notes"])
def test_a_mapping_cannot_pose_as_a_part_of_the_facts(tmp_path, key):
    (tmp_path / "m.toml").write_text(MAPPING.replace('key = "mine"', f'key = "{key}"'))
    (tmp_path / "own.csv").write_text("what,who,did,when\nA/RES/50/8,France,Y,1995-11-20\n")
    with pytest.raises(SourceError, match=rf"m\.toml: key '{key}' names a data set or a work"):
        kg.build(
            tmp_path / "graph",
            files=[tmp_path / "own.csv"],
            mappings=[tmp_path / "m.toml"],
            only="case",
        )


def test_a_file_of_the_user_may_be_named_as_one_that_came_with_the_facts(tmp_path):
    came = tmp_path / "record" / "votes.csv"
    came.parent.mkdir()
    came.write_text(files.ga())
    (tmp_path / "votes.csv").write_text(files.sc())
    intake = read_files([tmp_path / "votes.csv"], NAMES, bundled=[came])
    assert intake.bundled == {"record/votes.csv"}
    assert [entry.file for entry in intake.given] == ["votes.csv"]
    assert {a.path: a.organ for a in intake.accounts} == {
        "record/votes.csv": "UNGA",
        "votes.csv": "UNSC",
    }


def test_the_same_bytes_twice_are_refused_and_the_order_of_files_is_free(tmp_path):
    with pytest.raises(SourceError, match="same bytes"):
        read(tmp_path, {"a.csv": files.ga(), "b.csv": files.ga()})
    one = read(tmp_path, {"ga.csv": files.ga(), "sc.csv": files.sc()})
    two = read_files([tmp_path / "sc.csv", tmp_path / "ga.csv"], NAMES)
    assert ballots(one) == ballots(two)
    assert list(one.sources) == list(two.sources) == ["undl-ga", "undl-sc"]


def test_the_totals_of_the_whole_record_are_its_votes(shared):
    undl = shared / "undl"
    intake = read_files(
        [
            undl / "ga_votes_undl2026_reconstructed.csv.gz",
            undl / "sc_votes_undl2026_reconstructed.csv.gz",
        ],
        NAMES,
    )
    assert {f.source: (f.row_count, f.rollcall_count, f.vote_count) for f in intake.files} == {
        "undl-ga": (917_380, 5_539, 917_380),
        "undl-sc": (41_079, 2_797, 41_079),
    }
    assert told(intake) == {"unknown vote": 1}
    wrong = []
    for account in intake.accounts:
        cast = list(account.ballots.values())
        counted = {option: cast.count(code) for option, code in CODES.items()}
        if counted != account.printed:
            wrong.append(account.key)
    assert wrong == ["620_VII_A"]
    anchor = next(a for a in intake.accounts if a.key == "68_262")
    assert [anchor.printed[o] for o in ("yes", "no", "abstain")] == [100, 11, 58]
    own = {(v.rollcall, v.state): CODES[v.vote] for v in FACTS.records(records.Vote)}
    theirs = {
        (a.key, s): v
        for a in intake.accounts
        for s, v in a.ballots.items()
        if a.key.startswith("ES-11")
    }
    assert theirs == {key: code for key, code in own.items() if key[0] != "ES-11_9"}
    scraped = read_files([undl / "undl_records_scraped.jsonl.gz"], NAMES)
    assert ballots(scraped) == ballots(intake)


def test_an_independent_source_agrees_on_the_votes_that_can_be_joined(shared):
    undl, folder = shared / "undl", shared / "unvotes"
    given_files = [undl / "ga_votes_undl2026_reconstructed.csv.gz", *sorted(folder.iterdir())]
    intake = read_files(given_files, NAMES)
    merged = merge.merge(FACTS, intake)
    record = {a.key: a for a in merged.record}
    joined = same = 0
    for account in merged.beside:
        if account.key not in record:
            continue
        mine = record[account.key].ballots
        for state, vote in account.ballots.items():
            if state in mine:
                joined += 1
                same += mine[state] == vote
    assert joined > 500_000
    assert same / joined >= 0.995


def test_a_file_given_twice_and_two_files_of_one_name_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    for folder, text in ((tmp_path, files.ga()), (tmp_path / "other", files.sc())):
        (folder / "votes.csv").write_text(text)
    here, there = tmp_path / "votes.csv", tmp_path / "other" / "votes.csv"
    for again in (here, tmp_path / "other" / ".." / "votes.csv"):
        with pytest.raises(SourceError, match=r"votes\.csv: (is given twice|holds the same bytes)"):
            read_files([here, again], NAMES)
    with pytest.raises(SourceError, match=r"votes\.csv: is the name of two files"):
        read_files([here, there], NAMES)


def test_a_zip_may_hold_the_files_of_both_organs(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("data/sc.csv", files.sc())
        archive.writestr("data/ga.csv", files.ga())
        archive.writestr("data/codebook.txt", "about")
    intake = read(tmp_path, {"all.zip": out.getvalue()})
    assert [(f.file, f.source) for f in intake.files] == [
        ("all.zip!data/ga.csv", "undl-ga"),
        ("all.zip!data/sc.csv", "undl-sc"),
    ]
    assert ballots(intake) == ballots(read(tmp_path, {"ga.csv": files.ga(), "sc.csv": files.sc()}))


def test_the_second_file_of_a_layout_is_a_source_of_its_own_whatever_the_order(tmp_path):
    texts = {"b.csv": files.ga(files.ROLLS[1:]), "a.csv": files.ga(files.ROLLS[:3])}
    for given_texts in (texts, dict(reversed(texts.items()))):
        intake = read(tmp_path, given_texts)
        assert [(f.file, f.source) for f in intake.files] == [
            ("a.csv", "undl-ga"),
            ("b.csv", "undl-ga-2"),
        ]
        assert intake.sources["undl-ga-2"].title.endswith(", file 2")


def quads(paths):
    content = Content.of(FACTS, read_files(paths, NAMES))
    return sorted(b"".join((*content.things(), *content.columns())).split(b"\n"))


def test_the_order_of_the_files_makes_no_difference_to_the_graph(tmp_path):
    paths = files.write(tmp_path)
    (tmp_path / "more.csv").write_text(files.ga(files.ROLLS[2:3]))
    paths.append(tmp_path / "more.csv")
    assert quads(paths) == quads(paths[::-1]) == quads(paths[3:] + paths[:3])


def test_a_mapped_file_stands_after_every_official_one(tmp_path):
    for key in ("a-source", "z-source"):
        (tmp_path / f"{key}.toml").write_text(MAPPING.replace("mine", key))
    (tmp_path / "a-source.toml").write_text(
        MAPPING.replace("mine", "a-source").replace("who", "name")
    )
    own = "what,{},did,when\nA/RES/50/8,France,yes,1995-11-20\n"
    texts = {"1.csv": own.format("name"), "2.csv": own.format("who"), "3.csv": files.ga()}
    maps = [tmp_path / "z-source.toml", tmp_path / "a-source.toml"]
    for order in (maps, maps[::-1]):
        intake = read(tmp_path, texts, order)
        assert list(intake.sources) == ["undl-ga", "a-source", "z-source"]
        merged = merge.merge(FACTS, intake)
        assert {a.source for a in merged.record} == {"undl-ga"}
        assert [a.source for a in merged.beside] == ["a-source", "z-source"]


def test_all_problems_are_counted_and_the_first_of_a_kind_listed(tmp_path):
    from kg.sources.intake.intake import MOST_LISTED

    row = files.ga().splitlines()[1].replace("USSR", "ATLANTIS").replace("SUN", "ATL")
    intake = read(tmp_path, {"ga.csv": "\n".join([headers.GA, *[row] * (MOST_LISTED + 5)])})
    assert told(intake) == {"unknown state": MOST_LISTED + 5}
    assert intake.problem_count("ga.csv") == MOST_LISTED + 5
    assert len(intake.problems) == MOST_LISTED
    assert [problem.line for problem in intake.problems[:3]] == [2, 3, 4]


def roll_calls(number_and_symbol):
    votes = {"FRA": "Y", "IND": "N"}
    return files.ga([(n, "1979-12-14", "34", s, "", votes) for n, s in number_and_symbol])


@each(
    ("first", "second", "record", "beside"),
    [
        ("A/RES/34/9[I]", "A/RES/34/9I", ["34_9_I"], ["34_9_I"]),
        ("A/RES/34/9I", "A/RES/34/9[I]", ["34_9I"], ["34_9I"]),
        ("A/RES/34/9[A]", "A/RES/34/9A", ["34_9A"], ["34_9A"]),
        ("A/RES/34/9A", "A/RES/34/9B", ["34_9A", "34_9B"], []),
        ("A/RES/34/9", "A/RES/34/9[I]", ["34_9", "34_9_I"], []),
        ("no symbol", "no symbol either", ["undl-1"], ["undl-1"]),
    ],
)
def test_a_section_and_a_letter_are_the_same_text_in_two_sources(
    first, second, record, beside, tmp_path
):
    texts = {"a.csv": roll_calls([("1", first)]), "b.csv": roll_calls([("1", second)])}
    merged = merge.merge(FACTS, read(tmp_path, texts))
    assert [account.key for account in merged.record] == record
    assert [account.key for account in merged.beside] == beside


def test_a_section_and_a_letter_are_two_texts_where_one_source_tells_both(tmp_path):
    both = [("1", "A/RES/34/9[I]"), ("2", "A/RES/34/9I")]
    intake = read(tmp_path, {"a.csv": roll_calls(both), "b.csv": roll_calls(both[::-1])})
    merged = merge.merge(FACTS, intake)
    assert [account.key for account in merged.record] == ["34_9_I", "34_9I"]
    assert [account.key for account in merged.beside] == ["34_9I", "34_9_I"]
    assert told(intake) == {}


def test_two_roll_calls_of_one_symbol_in_one_source_are_both_kept_and_told(tmp_path):
    three = [("1", "A/RES/34/9"), ("2", "A/RES/34/9"), ("3/4", "A/RES/34/9")]
    intake = read(tmp_path, {"a.csv": roll_calls(three)})
    merged = merge.merge(FACTS, intake)
    assert [account.key for account in merged.record] == ["34_9", "34_9-2", "34_9-3-4"]
    assert told(intake) == {"two roll calls of one symbol": 2}


def test_what_the_curated_facts_tell_is_the_record_and_the_file_stands_beside(tmp_path):
    votes = {"FRA": "Y", "IND": "N"}
    text = files.ga([("1", "2022-03-02", "ES-11", "A/RES/ES-11/1", "", votes)])
    merged = merge.merge(FACTS, read(tmp_path, {"a.csv": text}))
    assert merged.record == []
    assert [account.key for account in merged.beside] == ["ES-11_1"]
