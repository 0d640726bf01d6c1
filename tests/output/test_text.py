"""Data never steers a terminal or a spreadsheet."""

import pytest

from kg.output.text import cell, visible

STEERING = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *("\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e"),
    *("\u2060", "\u2066", "\u2069", "\ufeff", "\ud800", "\udfff"),
]


@pytest.mark.parametrize("char", STEERING, ids=lambda char: f"{ord(char):04x}")
def test_a_character_that_steers_a_terminal_is_written_out(char):
    told = visible(f"a{char}b")
    assert char not in told
    assert told.isprintable()
    assert told.startswith("a")
    assert told.endswith("b")


@pytest.mark.parametrize(
    "text", ["", "France", "Côte d'Ivoire", "Зеленський", "中国", "عربي", "😀", "\\x1b"]
)
def test_an_innocent_text_stays_as_it_is(text):
    assert visible(text) == cell(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("\x1b[31mred", "\\x1b[31mred"), ("a\nb\tc", "a b c"), ("x\u202ey", "x\\u202ey")],
)
def test_what_stood_there_can_still_be_told(text, told):
    assert visible(text) == told


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "-", "+", "-1+1", "=", "- 1", "+1 2"],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-1", "+1", "-1.5", "-.5", "1e3", "-1e-3", "1.", "a=b", "1-2", "'x"]
)
def test_a_number_or_a_text_that_is_no_formula_stays_as_it_is(text):
    assert cell(text) == text
