"""Data never steers a terminal or a spreadsheet."""

from kg.output.text import STEERING, bracketed, cell, visible

STEERED = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *("\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e"),
    *("\u2060", "\u2066", "\u2069", "\ufeff", "\ud800", "\udfff"),
]


def test_a_character_that_steers_a_terminal_is_written_out():
    for char in STEERED:
        shown = visible(f"a{char}b")
        assert char not in shown, f"{ord(char):04x}"
        assert shown.isprintable(), f"{ord(char):04x}"
        assert shown.startswith("a"), f"{ord(char):04x}"
        assert shown.endswith("b"), f"{ord(char):04x}"


def test_each_character_of_the_table_is_written_out_on_a_terminal_and_on_a_page():
    table = [char for char in map(chr, range(0x10000)) if STEERING.fullmatch(char)]
    assert set(STEERED) - set(table) == set("\t\n\r")
    for char in table:
        point = ord(char)
        escape = f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"
        assert visible(f"a{char}b") == f"a{escape}b", f"{point:04x}"
        assert bracketed(f"a{char}b") == f"a[U+{point:04X}]b", f"{point:04x}"


def test_an_innocent_text_stays_as_it_is():
    for text in ("", "France", "Côte d'Ivoire", "Зеленський", "中国", "عربي", "😀", "\\x1b"):
        assert visible(text) == bracketed(text) == cell(text) == text


def test_what_stood_there_can_still_be_read():
    assert visible("\x1b[31mred") == "\\x1b[31mred"
    assert visible("a\nb\tc") == "a b c"
    assert visible("x\u202ey") == "x\\u202ey"


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe():
    formulas = ("=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "-", "+", "-1+1", "=")
    for text in (*formulas, "- 1", "+1 2"):
        assert cell(text) == f"'{text}"


def test_a_number_or_a_text_that_is_no_formula_stays_as_it_is():
    for text in ("-1", "+1", "-1.5", "-.5", "1e3", "-1e-3", "1.", "a=b", "1-2", "'x"):
        assert cell(text) == text


def test_a_page_keeps_spaces_and_the_joiners_of_letters_and_a_terminal_does_not():
    assert bracketed("a\tb\r\nc \u200c\u200d") == "a\tb\r\nc \u200c\u200d"
    assert visible("a\tb\r\nc \u200c\u200d") == "a b\\x0d c \\u200c\\u200d"
