"""Rows as columns of text that fit a width."""

from __future__ import annotations

from kg.output import grid

LONG = (
    "Security Council resolution 2723 (2024) [on extension of the mandate of the Force in Cyprus]"
)


def _lines(columns, rows, width, right=()):
    return list(grid.lines(columns, rows, width, right))


def test_what_fits_stands_side_by_side_with_numbers_to_the_right():
    assert _lines(["state", "yes"], [["Russia", "7"], ["Mali", "141"]], 40, ["yes"]) == [
        "state    yes",
        "────────────",
        "Russia     7",
        "Mali     141",
    ]


def test_text_is_folded_between_words_where_its_column_stays_wide_enough():
    lines = _lines(["symbol", "title"], [["S/RES/2723", LONG]], 60)
    assert lines[0] == "symbol       title"
    assert lines[2] == "S/RES/2723   Security Council resolution 2723 (2024) [on"
    assert max(map(len, lines)) <= 60
    assert " ".join(line[13:] for line in lines[2:]) == LONG


def test_long_text_stands_below_its_row_where_its_column_would_be_narrow():
    row = ["2024-01-30", "S/RES/2723(2024)", LONG, "adopted", "15"]
    lines = _lines(["date", "symbol", "title", "result", "yes"], [row], 64, ["yes"])
    assert lines[:2] == ["date         symbol             result    yes", "    title"]
    assert lines[3] == "2024-01-30   S/RES/2723(2024)   adopted    15"
    assert " ".join(line.strip() for line in lines[4:]) == LONG
    assert max(map(len, lines)) <= 64


def test_several_long_texts_are_told_apart_by_name_and_empty_ones_left_out():
    rows = [["2023-02", LONG, LONG], ["2023-03", LONG, ""]]
    text = "\n".join(_lines(["date", "text", "quote"], rows, 40))
    assert text.count("    text: Security") == 2
    assert text.count("    quote: Security") == 1


def test_the_first_column_stays_though_it_is_long():
    lines = _lines(["source", "title"], [["x" * 50, LONG]], 60)
    assert lines[3] == "x" * 50
    assert max(map(len, lines)) <= 60


def test_characters_of_two_columns_keep_the_columns_straight():
    lines = _lines(["name", "vote"], [["中国", "no"], ["Réunion", "yes"], ["e\u0301", "yes"]], 40)
    assert lines[2:] == ["中国      no", "Réunion   yes", "e\u0301         yes"]


def test_numbers_and_days_are_never_broken_however_little_room_there_is():
    columns = ["state", *(f"count_{i}" for i in range(9)), "day"]
    row = ["Russia", *(str(123456 + i) for i in range(9)), "2023-02-23"]
    for width in (30, 40, 60, 100):
        lines = _lines(columns, [row], width, columns[1:10])
        assert set(row) <= set(" ".join(lines).split()), width
        assert max(map(len, lines)) <= width, width


def test_columns_stand_closer_where_that_saves_one_from_standing_below():
    columns, row = ["organ", "first", "last"], ["UNGA", "1946-01-26", "2025-10-29"]
    assert _lines(columns, [row], 31)[2] == "UNGA    1946-01-26   2025-10-29"
    assert _lines(columns, [row], 30)[2] == "UNGA   1946-01-26  2025-10-29"


def test_no_word_is_lost_at_any_width():
    row = ["2024-01-30", "S/RES/2723(2024)", LONG, "", "15"]
    for width in range(44, 140, 7):
        lines = _lines(["date", "symbol", "title", "result", "yes"], [row], width, ["yes"])
        assert set(" ".join(row).split()) <= set(" ".join(lines).split()), width
        assert max(map(len, lines)) <= width, width
