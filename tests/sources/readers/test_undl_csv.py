"""The bulk CSV of the UN Digital Library, in all its years: quick and careful reading say the same."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError, UnknownNameError
from kg.sources.intake.cells import spelled
from kg.sources.readers import undl_csv
from kg.votes.table import CODES
from tests import headers
from tests.cases import each
from tests.sources.reading import bundled_names, kinds, read_parts, recognised

NAMES = bundled_names()
ASSEMBLY, COUNCIL = undl_csv.LAYOUTS
Y2026, Y2024, SECURITY = (c.split(",") for c in (headers.GA, headers.GA_2024, headers.SC))
Y2025 = [name for name in Y2026 if name != "vote_note"]
TOLD = {
    "date": "1979-03-05",
    "session": "34",
    "symbol": "A/RES/34/801A",
    "draft": "A/34/L.901|A/34/L.902",
    "report": "A/34/999",
    "meeting": "A/34/PV.901",
    "title": "A question : resolution / adopted by the General Assembly",
    "agenda": "One item.|Another item.",
    "subjects": "ONE--THING|ANOTHER",
    "note": "Some note.",
    "yes": "2",
    "no": "1",
    "abstain": "0",
    "nonvoting": "1",
    "members": "4",
}
CAST = (("NOR", "NORWAY", "Y"), ("TCD", "CHAD", "N"), ("BRA", "BRAZIL", "Y"), ("IND", "INDIA", "X"))


def table(header, cast=CAST, number="901", **said):
    """Rows in the columns of a header."""
    told = {name: what for what, names in undl_csv.COLUMNS.items() for name in names}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for code, name, vote in cast:
        values = TOLD | said | {"number": number, "code": code, "name": name, "vote": vote}
        writer.writerow([values.get(told.get(spelled(column), ""), "") for column in header])
    return out.getvalue()


def read(tmp_path, text, header=Y2026, layout=ASSEMBLY):
    path = tmp_path / "votes.csv"
    path.write_bytes((",".join(header) + "\n" + text).encode())
    intake, (count,) = read_parts(layout, [path])
    assert count
    return intake


@each(
    ("header", "layout"),
    [
        (Y2026, ASSEMBLY),
        (Y2025, ASSEMBLY),
        (Y2024, ASSEMBLY),
        (SECURITY, COUNCIL),
        (["date"], None),
    ],
)
def test_the_header_tells_the_layout(header, layout):
    for columns in (header, header[::-1], [column.upper() for column in header]):
        expected = [layout] if layout else []
        assert recognised(undl_csv.LAYOUTS, ",".join(columns)) == expected


@each("header", [Y2026, Y2025, Y2024])
@each("turn", [1, -1])
def test_the_layouts_of_the_assembly_tell_the_same_in_any_order(header, turn, tmp_path):
    cast = [(c, n, "NV" if v == "X" and header is Y2024 else v) for c, n, v in CAST]
    intake = read(tmp_path, table(header[::turn], cast), header[::turn])
    (account,) = intake.accounts
    assert account.ballots == {"NOR": 1, "TCD": 3, "BRA": 1, "IND": 8}
    assert account.printed == {"yes": 2, "no": 1, "abstain": 0, "nonvoting": 1}
    assert account.member_count == 4
    assert (account.key, account.number, account.organ) == ("34_801A", "901", "UNGA")
    assert (account.result, account.complete, account.meeting) == ("adopted", True, "A/34/PV.901")
    text = account.text
    assert (text.key, text.title, text.kind) == ("A_RES_34_801A", "A question", "resolution")
    assert (text.drafts, text.reports) == (("A/34/L.901", "A/34/L.902"), ("A/34/999",))
    assert (text.agenda, text.subjects) == (
        ("One item.", "Another item."),
        ("ONE--THING", "ANOTHER"),
    )
    assert text.session == "34"
    assert account.note == ("Some note." if header is Y2026 else "")
    assert text.url == "https://digitallibrary.un.org/record/901"
    assert kinds(intake) == {}


def test_the_layout_of_the_council_tells_its_own(tmp_path):
    said = {"symbol": "S/RES/9901(1979)", "session": "", "report": "", "meeting": "S/PV.9901"}
    intake = read(tmp_path, table(SECURITY, **said), SECURITY, COUNCIL)
    (account,) = intake.accounts
    assert (account.key, account.organ) == ("S_RES_9901_1979", "UNSC")
    assert account.ballots == {"NOR": 1, "TCD": 3, "BRA": 1, "IND": 8}
    assert kinds(intake) == {}
    said["symbol"] = "a decision"
    intake = read(tmp_path, table(SECURITY, **said), SECURITY, COUNCIL)
    assert (intake.accounts[0].organ, intake.accounts[0].key) == ("UNSC", "undl-901")
    assert kinds(intake) == {"no symbol": 1}


@each(("printed", "number"), [("120.0", 120), ("7", 7), ("0", 0), ("", None), ("N/A", None)])
def test_a_total_is_a_whole_number_or_not_known(printed, number, tmp_path):
    intake = read(tmp_path, table(Y2026, yes=printed, members=printed))
    assert intake.accounts[0].printed.get("yes") == number
    assert intake.accounts[0].member_count == number
    assert kinds(intake) == {}


@each("printed", ["many", "1.5", "-1", "1e3", "٣", "9999999"])
def test_a_total_that_is_no_number_is_told(printed, tmp_path):
    intake = read(tmp_path, table(Y2026, yes=printed))
    assert "yes" not in intake.accounts[0].printed
    assert kinds(intake) == {"unread total": 1}


@each(
    ("printed", "code", "told"),
    [
        ("", 8, {}),
        ("X", 8, {}),
        ("NV", 8, {}),
        ("A", 2, {}),
        ("y", 1, {"vote spelled otherwise": 1}),
        (" N", 3, {"vote spelled otherwise": 1}),
        ("nv", 8, {"vote spelled otherwise": 1}),
        ("AN", 0, {"unknown vote": 1}),
        ("yes", 0, {"unknown vote": 1}),
    ],
)
def test_each_way_of_printing_a_vote_is_read_or_told(printed, code, told, tmp_path):
    intake = read(tmp_path, table(Y2026, [("NOR", "NORWAY", printed)]))
    assert intake.accounts[0].ballots == {"NOR": code}
    assert kinds(intake) == told


@pytest.mark.parametrize(
    ("code", "name", "day", "state", "told"),
    [
        ("NOR", "NORWAY", "1979-03-05", "NOR", {}),
        ("", "NORWAY", "1979-03-05", "NOR", {}),
        ("NOR", "", "1979-03-05", "NOR", {}),
        ("KOR", "KOREA, REPUBLIC OF", "1999-03-05", None, {"unknown name": 1}),
        ("KOR", "REPUBLIC OF KOREA", "1999-03-05", "KOR", {}),
        ("GER", "GERMANY, FEDERAL REPUBLIC OF", "1979-03-05", "DEU", {}),
        ("", "ZANZIBAR", "1963-12-17", "ZANZIBAR", {}),
        ("CHN", "CHINA", "1971-10-25", "TWN", {}),
        ("CHN", "CHINA", "1971-10-26", "CHN", {}),
        ("", "CHINA", "1971-10-25", "TWN", {}),
        ("TUR", "TÜRKÝYE", "2022-10-05", "TUR", {}),
        ("CIV", "CÔTE D'IVOIRE", "1999-03-05", "CIV", {}),
        ("YUG", "YUGOSLAVIA", "1993-03-05", "SCG", {}),
        ("BRA", "NORWAY", "1979-03-05", "NOR", {"name and code differ": 1}),
        ("QQQ", "NORWAY", "1979-03-05", "NOR", {"unknown code": 1}),
        ("NOR", "THE LAND OF THE FJORDS", "1979-03-05", "NOR", {"unknown name": 1}),
        ("ATL", "ATLANTIS", "1979-03-05", "", {"unknown state": 1}),
        ("", "", "1979-03-05", "", {"unknown state": 1}),
    ],
)
def test_a_name_means_who_it_meant_on_the_day(code, name, day, state, told, tmp_path):
    intake = read(tmp_path, table(Y2026, [(code, name, "Y")], date=day))
    if state is None:  # the name is not among the known ones, the code is
        state = "KOR"
    assert intake.accounts[0].ballots == ({state: 1} if state else {})
    assert kinds(intake) == told


def test_what_is_odd_in_many_rows_is_counted_in_each(tmp_path):
    cast = [("ATL", "ATLANTIS", "Y"), ("NOR", "NORWAY", "AN"), ("NOR", "NORWAY", "AN")]
    text = "".join(table(Y2026, cast, number=str(n), symbol=f"A/RES/34/{n}") for n in range(1, 9))
    intake = read(tmp_path, text)
    assert kinds(intake) == {"unknown state": 8, "unknown vote": 16, "repeated vote": 8}
    assert [problem.line for problem in intake.problems[:4]] == [2, 3, 4, 4]


def test_a_state_that_stands_twice_keeps_its_vote_only_if_both_agree(tmp_path):
    twice = (
        ("NOR", "NORWAY", "Y"),
        ("NOR", "NORWAY", "Y"),
        ("TCD", "CHAD", "Y"),
        ("TCD", "CHAD", "N"),
    )
    intake = read(tmp_path, table(Y2026, twice))
    assert intake.accounts[0].ballots == {"NOR": 1, "TCD": 0}
    assert kinds(intake) == {"repeated vote": 1, "two votes": 1}


def test_rows_of_one_record_may_stand_anywhere(tmp_path):
    cast = [(c, n, "YNA"[i % 3]) for i, (c, n, _) in enumerate(CAST)]
    each = [table(Y2026, cast, str(n), symbol=f"A/RES/34/{n}").splitlines(True) for n in (1, 2, 3)]
    mixed = [rows[i] for i in range(4) for rows in each]
    first, second = read(tmp_path, "".join(map("".join, each))), read(tmp_path, "".join(mixed))
    assert [a.ballots for a in first.accounts] == [a.ballots for a in second.accounts]
    assert kinds(second) == {}


def test_a_row_that_was_met_before_is_taken_anew_where_its_name_means_another_by_then(tmp_path):
    cast, days = [("NOR", "NORWAY", "Y"), ("CHN", "CHINA", "Y")], ("1971-10-25", "1971-10-26") * 2
    text = "".join(
        table(Y2026, cast, str(n), date=day, symbol=f"A/RES/34/{n}") for n, day in enumerate(days)
    )
    intake = read(tmp_path, text)
    assert [sorted(a.ballots) for a in intake.accounts] == [["NOR", "TWN"], ["CHN", "NOR"]] * 2


def test_a_quote_within_a_cell_does_not_lead_the_quick_path_astray(tmp_path):
    header = [
        "undl_id",
        "ms_code",
        "ms_name",
        "ms_vote",
        "title",
        "a",
        "b",
        "c",
        "resolution",
        "date",
    ]
    lines = [
        f'{number}",{code},{name},{vote},Ti"tle,1,2,3,A/RES/34/9,1979-03-05'
        for number in (1, 2)
        for code, name, vote in (CAST[1:2] * 2 if number == 2 else CAST[:2])
    ]
    intake = read(tmp_path, "\n".join(lines), header)
    assert [a.ballots for a in intake.accounts] == [{"NOR": 1, "TCD": 3}, {"TCD": 3}]
    assert kinds(intake) == {"column not read": 3, "repeated vote": 1}


def test_a_row_that_tells_the_roll_call_otherwise_is_told_and_its_vote_kept(tmp_path):
    text = table(Y2026, CAST[:2]) + table(Y2026, CAST[2:], title="Another question")
    intake = read(tmp_path, text)
    assert len(intake.accounts[0].ballots) == 4
    assert kinds(intake) == {"row differs": 2}
    assert {problem.line for problem in intake.problems} == {4, 5}


def test_a_record_without_a_day_is_told_and_each_of_its_rows(tmp_path):
    intake = read(tmp_path, table(Y2026, date="5 March 1979") + table(Y2026, number="902"))
    assert [account.number for account in intake.accounts] == ["902"]
    assert kinds(intake) == {"no date": 1, "row of a roll call left out": 4}


def test_a_title_may_hold_commas_quotes_and_line_ends(tmp_path):
    title = 'On "this", that\nand the other'
    intake = read(tmp_path, table(Y2026, title=title))
    assert intake.accounts[0].text.title == 'On "this", that and the other'
    assert len(intake.accounts[0].ballots) == 4
    assert kinds(intake) == {}


def test_a_text_adopted_without_a_vote_is_a_text_and_no_roll_call(tmp_path):
    said = dict.fromkeys(("yes", "no", "abstain", "nonvoting", "members"), "")
    text = table(Y2024, [("", "", "")], modality="without vote", **said) + table(Y2024, number="2")
    intake = read(tmp_path, text, Y2024)
    assert [account.number for account in intake.accounts] == ["2"]
    assert [(source, told.modality) for source, told in intake.texts] == [
        ("undl-ga", "without-vote")
    ]
    assert kinds(intake) == {}


def test_columns_that_are_not_read_are_told_once(tmp_path):
    header = [*Y2026, "mood", "date"]
    text = "".join(f"{row},x,1999-01-01\n" for row in table(Y2026).splitlines())
    intake = read(tmp_path, text, header)
    assert [problem.text for problem in intake.problems] == ["'mood'", "'date'"]
    assert str(intake.accounts[0].date) == "1979-03-05"


def test_a_file_without_a_row_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"votes\.csv:1: holds no row"):
        read(tmp_path, "\n\n")


def test_names_in_use_tell_who_voted_under_which_name_and_when(tmp_path):
    days = ("1971-10-20", "1971-11-20", "1970-01-01")
    text = "".join(
        table(Y2026, [("CHN", "CHINA", "Y")], str(n), date=day, symbol=f"A/RES/34/{n}")
        for n, day in enumerate(days, 1)
    )
    told = [
        (u.name, u.state, str(u.first), str(u.last), u.count)
        for u in read(tmp_path, text).names_in_use
    ]
    assert told == [
        ("CHINA", "CHN", "1971-11-20", "1971-11-20", 1),
        ("CHINA", "TWN", "1970-01-01", "1971-10-20", 2),
    ]


READ = {"Y": 1, "N": 3, "A": 2, "X": 8, "": 8, "NV": 8}


def plainly(text):
    """What the rows of a file say, read by ``csv.DictReader`` one by one: ballots, and what is odd."""
    first, ballots, odd = {}, {}, Counter()
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        number, rest = row["undl_id"], {k: v for k, v in row.items() if not k.startswith("ms_")}
        told = first.setdefault(number, rest)
        cast = ballots.setdefault(number, {})
        odd["row differs"] += rest != told
        state = meant(row["ms_name"], row.get("ms_code", ""), told["date"])
        if not state:
            odd["unknown state"] += 1
            continue
        printed = row["ms_vote"]
        vote = READ.get(printed.strip().upper(), 0)
        odd["unknown vote"] += not vote
        odd["vote spelled otherwise"] += vote > 0 and printed not in READ
        if state not in cast:
            cast[state] = vote
        else:
            odd["repeated vote"] += cast[state] == vote
            odd["two votes"] += cast[state] != vote
            cast[state] = vote if cast[state] == vote else 0
    return ballots, +odd


def meant(name, code, day, known={}):  # noqa: B006  remembers what it found
    if (name, code, day) not in known:
        known[name, code, day] = ""
        for text, usage in ((code, "undl-code"), (name, "undl")):
            try:
                on = date.fromisoformat(day)
                known[name, code, day] = NAMES.resolve(text.strip(), on=on, usage=usage)
            except UnknownNameError:
                continue
    return known[name, code, day]


WHO = [
    *(("CHN", "CHINA"), ("KOR", "REPUBLIC OF KOREA"), ("KOR", "KOREA, REPUBLIC OF")),
    ("CIV", "CÔTE D'IVOIRE"),
    *(("IRN", "IRAN (ISLAMIC REPUBLIC OF)"), ("", 'A "FREE" STATE'), ("ATL", "ATLANTIS, ISLE OF")),
    *(("NOR", "NORWAY"), ("NOR", ""), ("", "NORWAY"), ("TCD", "CHAD"), ("", "")),
]  # fmt: skip
VOTES = st.sampled_from(["Y", "N", "A", "X", "", "NV", "y", "AN", "Y", "Y", "N"])
CELLS = st.sampled_from(
    [
        "Plain",
        'Ti"tle',
        "With, comma",
        'With "quotes"',
        "Two\nlines",
        "Two\r\nlines",
        ",",
        '"',
        "é",
        "",
        ',"',
        '",',
    ]
)
OTHERS = ("session", "draft", "committee_report", "meeting", "agenda_title", "subjects")
HEADERS = [
    ["undl_id", "ms_code", "ms_name", "ms_vote", "date", "resolution", "title"],
    ["undl_id", "ms_name", "ms_vote", "ms_code", "title", "date", "resolution"],
    ["undl_id", "ms_vote", "ms_code", "ms_name", "resolution", "date", "title"],
    ["undl_id", "ms_code", "date", "ms_name", "title", "resolution", "ms_vote"],
    ["title", "ms_code", "ms_name", "ms_vote", "date", "resolution", "undl_id"],
    [*("undl_id", "ms_code", "ms_name", "ms_vote", "title"), *OTHERS, "date", "resolution"],
    [*("undl_id", "ms_name", "ms_vote", "title", "date"), *OTHERS, "resolution"],
]


@st.composite
def bulk_files(draw):
    header = draw(st.sampled_from(HEADERS))
    rows = []
    who = st.sampled_from(draw(st.lists(st.sampled_from(WHO), min_size=1, max_size=5)))
    votes = st.sampled_from(draw(st.lists(VOTES, min_size=1, max_size=3)))
    for number in range(draw(st.integers(1, 4))):
        told = {
            "undl_id": draw(st.sampled_from([str(number), "", f"{number},x", f'{number}"'])),
            "date": draw(st.sampled_from(["1971-10-25", "1971-10-26", "1999-03-05"])),
            "resolution": f"A/RES/53/{number + 1}",
            "title": draw(CELLS),
            **dict.fromkeys(OTHERS, draw(st.sampled_from(["", "a,b", "6", "6"]))),
        }
        for code, name in draw(st.lists(who, max_size=8)):
            row = told | {"ms_code": code, "ms_name": name, "ms_vote": draw(votes)}
            rows.append(row | {"title": draw(CELLS)} if draw(st.integers(0, 7)) == 0 else row)
    rows += draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    rows = draw(st.permutations(rows)) if draw(st.booleans()) else rows
    end, random = draw(st.sampled_from(["\n", "\r\n"])), draw(st.randoms(use_true_random=False))
    odd = draw(st.sampled_from([0, 0, 0.3, 1]))  # how often a cell is quoted that need not be
    lines = [
        ",".join(quoted(row[column], random.random() < odd) for column in header) for row in rows
    ]
    text = end.join([",".join(header), *lines]) + end * draw(st.integers(0, 2))
    return text, len(rows)


def quoted(cell, always):
    """A cell as a writer may write it: a quote within stands for itself where nothing else is quoted."""
    must = always or cell.startswith('"') or set(cell) & set(",\r\n")
    return '"' + cell.replace('"', '""') + '"' if must else cell


@given(file=bulk_files())
@settings(derandomize=True, deadline=None, max_examples=300)
def test_quick_and_careful_reading_say_the_same(file, tmp_path_factory):
    text, count = file
    path = tmp_path_factory.mktemp("bulk") / "votes.csv"
    path.write_bytes(text.encode())
    if not count:
        with pytest.raises(SourceError, match="holds no row"):
            read_parts(ASSEMBLY, [path])
        return
    intake, counts = read_parts(ASSEMBLY, [path])
    assert counts == [count]
    ballots, odd = plainly(text)
    assert {a.number: a.ballots for a in intake.accounts} == {
        number.strip(): cast for number, cast in ballots.items()
    }
    told = kinds(intake)
    assert {kind: told.get(kind, 0) for kind in odd} == odd
    assert set(told) <= set(odd) | {"unknown name", "unknown code", "name and code differ"}
    kept = sum(len(cast) for cast in ballots.values())
    twice = odd["repeated vote"] + odd["two votes"]
    assert kept + twice + odd["unknown state"] == count


def test_every_vote_of_the_shared_file_is_what_a_plain_reader_reads(shared):
    path = shared / "undl" / "ga_votes_undl2026_reconstructed.csv.gz"
    intake, counts = read_parts(ASSEMBLY, [path])
    assert counts == [917_380]
    ballots = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        assert next(rows) == Y2026
        for number, code, name, vote, day, *_ in rows:
            ballots.setdefault(number, {})[meant(name, code, day)] = READ.get(vote, 0)
    assert {a.number: a.ballots for a in intake.accounts} == ballots
    assert sum(map(len, ballots.values())) == 917_380
    assert kinds(intake) == {"unknown vote": 1}
    wrong = [
        account.key
        for account in intake.accounts
        for cast in [list(account.ballots.values())]
        if {option: cast.count(code) for option, code in CODES.items()} != account.printed
        or len(cast) != account.member_count
    ]
    assert wrong == ["620_VII_A"]  # the one whose vote of Pakistan is printed AN
