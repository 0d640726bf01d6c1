"""One table read strictly: every row is blamed by file and line."""

import re
from datetime import date

import pytest

from kg.errors import SourceError
from kg.model import records
from kg.model.dates import PartialDate
from kg.sources import LONGEST_LINE
from kg.sources.curated import table
from tests.cases import each

TOML = 'title = "T"\ndescription = "D"\nlicence = "CC0-1.0"\nknown = 2025-01-01\n'
HEADER = "organisation,state,role,start,end,source,status,note"
ROW = "NATO,FRA,member,1949-08-24,,treaty-1949,,"


def read(tmp_path, text, limits=None):
    path = tmp_path / "memberships.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(table.read(path, records.Membership, limits))


def test_a_row_becomes_a_record_with_its_line(tmp_path):
    (row,) = read(tmp_path, f"{HEADER}\n{ROW}\n")
    assert row.line == 2
    assert row.record == records.Membership(
        organisation="NATO",
        state="FRA",
        role="member",
        start=PartialDate(1949, 8, 24),
        source=("treaty-1949",),
    )


@each(
    "text",
    [
        f"\ufeff{HEADER}\n{ROW}\n",
        f"{HEADER}\r\n{ROW}\r\n",
        f"\ufeff{HEADER}\r\n{ROW}",
        "state,organisation,note,status,source,end,start,role\n"
        "FRA,NATO,,,treaty-1949,,1949-08-24,member\n",
        f'{HEADER}\n"NATO","FRA","member",1949-08-24,,treaty-1949,,""\n',
    ],
)
def test_what_a_spreadsheet_saves_reads_the_same(text, tmp_path):
    assert [r.record for r in read(tmp_path, text)] == [
        r.record for r in read(tmp_path, f"{HEADER}\n{ROW}\n")
    ]


def test_the_line_of_a_row_counts_the_breaks_within_the_cells_before_it(tmp_path):
    first, second = read(tmp_path, f'{HEADER}\n{ROW}"two\nlines"\n{ROW.replace("FRA", "GBR")}\n')
    assert (first.line, second.line) == (2, 4)
    assert first.record.note == "two\nlines"


@pytest.mark.parametrize(
    ("row", "line", "problem"),
    [
        ("NATO,FRA,member", 2, "3 cells where the header has 8 columns; mend the row"),
        (ROW + ",", 2, "9 cells where the header has 8 columns"),
        (f'{ROW}"open', 2, "not CSV: .*; mend the quoting"),
        (f'{ROW}"a" b', 2, "not CSV: .*; mend the quoting"),
        (f"\n{ROW}", 2, "is a blank line; remove it"),
        (f"{ROW}\n\n", 3, "is a blank line; remove it"),
        (ROW.replace("FRA", " FRA"), 2, "state has spaces around it: ' FRA'"),
        (ROW.replace("FRA", ""), 2, "state: is empty and must not be"),
        (ROW.replace("member", "Member"), 2, "role: 'Member' is not one of member, observer"),
        (ROW.replace("1949-08-24", "24 August 1949"), 2, "start: .* is not a date; write YYYY"),
        (ROW.replace("1949-08-24", "1949-02-30"), 2, "start: '1949-02-30' is not a date"),
        (ROW.replace("1949-08-24", "1949-00-24"), 2, "start: '1949-00-24' is not a date"),
        (ROW.replace("1949-08-24", "٢٠٢٣-٠٢-٢٣"), 2, "start: .* is not a date"),
        (ROW.replace("24,,", "24,1949-08-24,"), 2, "ends on 1949-08-24, not after its start"),
        (ROW.replace("24,,", "24,1948,"), 2, "ends on 1948, not after its start on 1949-08-24"),
        (ROW.replace("treaty-1949", ""), 2, "source is empty; every row names the source"),
        (ROW.replace("treaty-1949,,", "treaty-1949,maybe,"), 2, r"status: 'maybe' is not one of \(e"),
        (ROW.replace("NATO", "NA/TO"), 2, "'NA/TO' is not a key; use letters"),
        (ROW.replace("NATO", "N\x00"), 2, "holds a NUL character; save the file as UTF-8 text"),
        (f"{ROW}{'x' * (LONGEST_LINE + 1)}", 2, "not CSV: field larger"),
    ],
)  # fmt: skip
def test_a_bad_row_is_blamed_by_file_and_line(row, line, problem, tmp_path):
    where = re.escape(str(tmp_path / "memberships.csv"))
    with pytest.raises(SourceError, match=rf"^{where}:{line}: {problem}") as error:
        read(tmp_path, f"{HEADER}\n{row}\n")
    assert (error.value.line, "\n" in str(error.value)) == (line, False)


@each(
    ("header", "problem"),
    [
        (HEADER.replace("role", "rôle"), "missing role; unknown 'rôle'; expected organisation"),
        (HEADER.replace(",note", ""), "missing note; expected"),
        (HEADER + ",extra", "unknown 'extra'; expected"),
        (HEADER + ",note", "a column stands twice; expected"),
        (ROW, "missing organisation, state"),
        (HEADER.replace(",", ";"), "missing organisation"),
    ],
)
def test_a_wrong_header_says_what_is_missing_and_what_is_not_known(header, problem, tmp_path):
    with pytest.raises(SourceError, match=rf"\.csv:1: wrong header: .*{problem}"):
        read(tmp_path, f"{header}\n{ROW}\n")


@each(
    ("text", "problem"),
    [
        (b"", r"csv: is empty; restore it"),
        (b"\n \r\n", r"csv: is empty; restore it"),
        (b"\xef\xbb\xbf", r"csv:1: no header line"),
        (HEADER.encode() + b"\nNATO,FR\xc9", r"csv:2: byte 0xc9 is not UTF-8; save the file as"),
        (HEADER.encode("utf-16"), r"csv:1: (byte 0xff is not UTF-8|holds a NUL)"),
        (HEADER.encode("utf-16-le"), r"csv:1: holds a NUL character"),
    ],
)
def test_a_file_that_is_no_text_is_blamed(text, problem, tmp_path):
    with pytest.raises(SourceError, match=problem):
        read(tmp_path, text)


@each("limits", [(2, 9), (0, 0)])
def test_a_file_with_fewer_or_more_rows_than_make_sense_is_refused(limits, tmp_path):
    with pytest.raises(SourceError, match=r"1 rows, expected .*; is the file whole"):
        read(tmp_path, f"{HEADER}\n{ROW}\n", limits)


def test_a_table_with_a_header_and_no_row_is_refused(tmp_path):
    with pytest.raises(SourceError, match="0 rows, expected 1 to"):
        read(tmp_path, f"{HEADER}\n")


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.csv: cannot be read: No such file"):
        list(table.read(tmp_path / "gone.csv", records.Membership))


def test_a_missing_description_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"source\.toml: cannot be read: No such file"):
        table.describe(tmp_path)


@each(("cell", "problem"), [
    ("-1", "is not a whole number"), ("1.0", "is not a whole number"),
    ("٣", "is not a whole number"), ("9" * 5000, "is too large a number"),
])  # fmt: skip
def test_a_number_is_a_whole_number_of_a_sane_size(cell, problem, tmp_path):
    path = tmp_path / "roll_calls.csv"
    names = records.columns(records.RollCall)
    row = dict.fromkeys(names, "") | {"rollcall": "R", "document": "D", "organ": "O", "source": "s"}
    row |= {"date": "2023-02-23", "result": "adopted", "yes": cell, "no": "1", "abstain": "1"}
    path.write_text(",".join(names) + "\n" + ",".join(row[n] for n in names) + "\n")
    with pytest.raises(SourceError, match=rf"csv:2: yes: .*{problem}"):
        list(table.read(path, records.RollCall))


def test_a_folder_describes_itself(tmp_path):
    (tmp_path / "source.toml").write_text(TOML + '[files."a.csv"]\nleast = 1\nmost = 2\n')
    told = table.describe(tmp_path)
    assert (told.title, told.known, told.limits) == ("T", date(2025, 1, 1), {"a.csv": (1, 2)})


@each(
    ("toml", "problem"),
    [
        ("title = ", "not TOML"),
        ("title = 'x'\n", "needs title, description, licence, known"),
        (TOML + "extra = 1\n", "needs title"),
        (TOML.replace("2025-01-01", '"2025"'), "known is no date"),
        (TOML.replace("2025-01-01", "2025-01-01T00:00:00"), "known is no date"),
        (TOML.replace('"T"', "1"), "title is no str"),
        (TOML + "files = 3\n", "needs title"),
        (TOML + '[files]\n"a.csv" = 3\n', "needs title"),
        (TOML + '[files."a.csv"]\nleast = 1\n', "most"),
        (TOML + '[files."a.csv"]\nleast = "1"\nmost = 2\n', "of a.csv are no whole numbers"),
    ],
)
def test_a_description_that_is_not_as_it_must_be_is_refused(toml, problem, tmp_path):
    (tmp_path / "source.toml").write_text(toml)
    with pytest.raises(SourceError, match=rf"source\.toml: .*{problem}"):
        table.describe(tmp_path)
