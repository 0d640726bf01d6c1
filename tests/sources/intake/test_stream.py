"""Files opened in any packing and read line by line; every fault names its file and line."""

from __future__ import annotations

import csv
import gzip
import io
import lzma
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.sources import LONGEST_LINE
from kg.sources.intake import csv_file, stream
from kg.sources.intake.stream import Part
from tests.cases import each

TABLE = b"what,who\nA/RES/1/1,Norway\nA/RES/1/2,Chad\n"
ROWS = [(1, ["what", "who"]), (2, ["A/RES/1/1", "Norway"]), (3, ["A/RES/1/2", "Chad"])]


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__DOT__", "."), data)
    return out.getvalue()


def rows(part):
    with stream.opened(part) as file:
        return list(csv_file.rows(part, file))


def saved(tmp_path, data, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def read(tmp_path, data):
    (part,) = stream.parts(saved(tmp_path, data))
    return rows(part)


@each(
    "pack",
    [
        bytes,
        gzip.compress,
        lzma.compress,
        lambda data: zipped(table__DOT__csv=data),
        lambda data: gzip.compress(data[:20]) + gzip.compress(data[20:]),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: gzip.compress(b"\xef\xbb\xbf" + data),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.rstrip(b"\n"),
        lambda data: data.replace(b"\n", b"\r\n").rstrip(b"\r\n"),
    ],
)
def test_a_table_is_the_same_in_every_packing(pack, tmp_path):
    assert read(tmp_path, pack(TABLE)) == ROWS


def test_what_a_file_is_is_told_by_its_bytes_not_by_its_name(tmp_path):
    path = saved(tmp_path, lzma.compress(TABLE), "table.gz")
    assert rows(*stream.parts(path)) == ROWS


def test_blank_lines_are_no_rows_and_lines_are_counted_as_they_stand(tmp_path):
    assert read(tmp_path, b"\n\na,b\n\n1,2\n\n\n3,4\n\n") == [
        (1, ["a", "b"]),
        (5, ["1", "2"]),
        (8, ["3", "4"]),
    ]


@each("before", [b"\t\n", b"\n  \n\n", b"\xef\xbb\xbf\n", b"\xef\xbb\xbf \n"])
def test_lines_of_nothing_but_space_before_the_header_are_no_header(before, tmp_path):
    path = saved(tmp_path, before + TABLE)
    assert [row for _, row in rows(Part(path))] == [row for _, row in ROWS]
    assert stream.first(Part(path)) == "what,who\n"


def test_a_quoted_cell_may_hold_line_ends_and_the_row_is_named_by_its_first_line(tmp_path):
    given_rows = read(tmp_path, b'a,b\n"one\ntwo\r\nthree",2\n3,"x, ""y"""\n')
    assert given_rows[1:] == [(2, ["one\ntwo\r\nthree", "2"]), (5, ["3", 'x, "y"'])]


def test_a_zip_gives_its_tables_in_order_and_leaves_out_what_lies_beside_them(tmp_path):
    data = zipped(
        **{
            "votes/b.csv": TABLE,
            "votes/a.csv": TABLE,
            "README.md": "about",
            "codebook.pdf": "x",
            "__MACOSX/votes/._a.csv": "x",
            ".DS_Store": "x",
            "votes/.hidden.csv": "x",
        }
    )
    found = stream.parts(saved(tmp_path, data, "all.zip"))
    assert [part.member for part in found] == ["votes/a.csv", "votes/b.csv"]
    assert [part.name for part in found] == ["all.zip!votes/a.csv", "all.zip!votes/b.csv"]
    assert [rows(part) for part in found] == [ROWS, ROWS]


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


BIG = b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(9_999))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", r"table\.csv: is empty"),
        (b"\n\n", r"table\.csv: is empty"),
        (gzip.compress(b"", mtime=0), r"table\.csv: is empty"),
        (TABLE.replace(b"Norway", b"Nor\0way"), r":2: holds a NUL"),
        (TABLE.replace(b"Norway", b"Norv\xe6g"), r":2: byte 0xe6 is not UTF-8"),
        (TABLE.replace(b"Norway", b'"one\nNorv\xe6g"'), r":3: byte 0xe6 is not UTF-8"),
        (TABLE.decode().encode("utf-16"), r":1: is UTF-16"),
        (TABLE.decode().encode("utf-16-le"), r":1: holds a NUL"),
        (TABLE.replace(b"Norway", b"Norway,more"), r":2: 3 cells where the header has 2"),
        (TABLE.replace(b",Chad", b""), r":3: 1 cells where the header has 2"),
        (TABLE + b"   \n", r":4: 1 cells where the header has 2"),
        (TABLE.replace(b"Norway", b'"Norway'), r":2: not CSV: .*mend the quoting"),
        (TABLE.replace(b"Norway", b'"Nor"way'), r":2: not CSV: .*mend the quoting"),
        (TABLE.replace(b"Norway", b"Nor\rway"), r":2: not CSV"),
        (TABLE.replace(b"\n", b"\r"), r":1: not CSV"),
        (TABLE + b"x" * (LONGEST_LINE + 1), r":4: is longer than 4 MiB"),
        (TABLE + b'1,"' + b"xxxxxxx\n" * (LONGEST_LINE // 8 + 1), r":4: not CSV"),
        (gzip.compress(BIG)[:-9], r"table\.csv: is damaged or cut short"),
        (gzip.compress(BIG)[:5_000], r"table\.csv: is damaged or cut short"),
        (flipped(gzip.compress(BIG), 9_000), r"table\.csv: "),
        (gzip.compress(BIG) + b"more", r"table\.csv: cannot be read"),
        (lzma.compress(BIG)[:-9], r"table\.csv: is damaged or cut short"),
        (flipped(lzma.compress(BIG), 9_000), r"table\.csv: is damaged or cut short"),
        (zipped(a__DOT__csv=BIG)[:-30], r"table\.csv: is a damaged zip"),
        (flipped(zipped(a__DOT__csv=BIG), 9_000), r"table\.csv!a\.csv: is damaged or cut short"),
        (zipped(README__DOT__md="x"), r"table\.csv: is a zip without a table"),
    ],
)
def test_what_is_damaged_is_one_line_that_names_file_and_line(data, problem, tmp_path):
    with pytest.raises(SourceError, match=problem) as raised:
        read(tmp_path, data)
    assert "\n" not in str(raised.value)


def test_a_zip_with_a_password_is_refused(tmp_path):
    data = bytearray(zipped(a__DOT__csv=TABLE))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(SourceError, match=r"a\.csv: cannot be unpacked: .*password"):
        read(tmp_path, bytes(data))


def test_a_folder_a_missing_file_and_a_pipe_are_refused_without_waiting(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(SourceError, match=r": cannot be read: "):
            stream.parts(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match=r"pipe: is a pipe or a device"):
        stream.parts(tmp_path / "pipe")


def test_a_file_that_goes_away_between_two_looks_is_told(tmp_path):
    (part,) = stream.parts(saved(tmp_path, TABLE))
    part.path.unlink()
    with pytest.raises(SourceError, match=r"table\.csv: cannot be read: No such file"):
        rows(part)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_memory_does_not_grow_with_the_file(pack, tmp_path):
    def peak(count):
        path = saved(tmp_path, pack(b"a,b\n" + b"A/RES/1/1,%s\n" % (b"Norway" * 20) * count))
        part = Part(path)
        tracemalloc.start()
        with stream.opened(part) as file:
            assert sum(1 for _ in csv_file.rows(part, file)) == count + 1
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    small, big = peak(10_000), peak(100_000)
    assert big < small * 1.2
    assert big < 8 << 20


def test_bytes_that_are_read_are_counted_as_the_file_has_them(tmp_path):
    counted = []
    path = saved(tmp_path, gzip.compress(BIG))
    rows(Part(path, watch=counted.append))
    assert sum(counted) == path.stat().st_size


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(cells=st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_what_a_csv_writer_writes_is_read_as_it_was(cells, tmp_path_factory):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([["a", "b"], *cells])
    path: Path = tmp_path_factory.mktemp("rows") / "t.csv"
    path.write_bytes(out.getvalue().encode())
    assert [row for _, row in rows(Part(path))[1:]] == cells


def test_blank_lines_without_end_before_a_header_are_refused_at_once(tmp_path):
    path = saved(tmp_path, gzip.compress(b"\n" * 5_000_000 + TABLE), "table.csv")
    with pytest.raises(SourceError, match=r"table\.csv: begins with more than 64 KiB of blank"):
        stream.first(Part(path))
    assert stream.first(Part(saved(tmp_path, b"\n" * 60_000 + TABLE))) == "what,who\n"
