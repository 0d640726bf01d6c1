"""UN document symbols: every form in which a text is cited means the same text."""

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import symbols
from kg.rdf import iris

SAME = [
    ("A/RES/34/222A", "R/34/222A", "34/222 A", "A/RES/34/222 A", "A/RES/34/222[A]"),
    ("A/RES/181(II)[A]", "181 A (II)", "A/RES/181(II)A", "181A(II)", "Resolution 181 A (II)"),
    ("R/70/15", "A/RES/70/15", "70/15", " a/res/70/15 "),
    ("A/RES/377(V)[A-C]", "A/RES/377(V)A-C"),
    ("S/RES/2790(2025)", "S/RES/2790 (2025)", "2790 (2025)"),
    ("R/34/233/XI", "A/RES/34/233[XI]", "A/RES/34//233XI"),
    ("A/RES/37/235C-II", "R/37/235C/II"),
    ("A/RES/1005(ES-II)", "A/RES/1005(ES-2)"),
    ("A/RES/2758(XXVI)", "R/26/2758", "2758 (XXVI)"),
    ("A/RES/ES-11/6", "ES-11/6", "resolution ES-11/6"),
    ("A/79/L.1/Rev.1", "A/79/L.1/REV.1"),
]
OTHER = [
    ("A/RES/34/222A", "A/RES/34/222B"),
    ("A/RES/31/6I", "A/RES/31/6[I]"),
    ("A/RES/S-9/2", "A/RES/9/2"),
    ("A/DEC/80/506", "A/RES/80/506"),
    ("A/RES/106(S-1)", "A/RES/106(I)"),
    ("A/RES/63(I)[PARA.1]", "A/RES/63(I)"),
]


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_all_forms_of_one_symbol_are_one(forms):
    parsed = {symbols.parse(form) for form in forms}
    assert len(parsed) == 1
    (symbol,) = parsed
    assert symbols.parse(str(symbol)) == symbol


@pytest.mark.parametrize("pair", OTHER, ids=lambda pair: pair[0])
def test_what_is_not_the_same_text_is_not_taken_for_it(pair):
    a, b = map(symbols.parse, pair)
    assert a != b
    assert a.key != b.key


@pytest.mark.parametrize(
    ("form", "key", "short"),
    [
        ("A/RES/181(II)[A]", "A_RES_181_II_A", "181_II_A"),
        ("A/RES/68/262", "A_RES_68_262", "68_262"),
        ("A/RES/ES-11/6", "A_RES_ES-11_6", "ES-11_6"),
        ("S/RES/2790(2025)", "S_RES_2790_2025", "S_RES_2790_2025"),
        ("A/DEC/80/506", "A_DEC_80_506", "A_DEC_80_506"),
        ("A/ES-11/L.7", "A_ES-11_L.7", "A_ES-11_L.7"),
    ],
)
def test_the_key_can_stand_in_an_iri(form, key, short):
    symbol = symbols.parse(form)
    assert (symbol.key, symbol.short) == (key, short)
    assert iris.thing("document", symbol.key)


@pytest.mark.parametrize(
    "text",
    ["", "N/A", "hello", "12", "A/RES/", "A/RES/0/1(", "S/3710 (as amended)", "x" * 500, "(II)"],
)
def test_what_is_no_symbol_is_none(text):
    assert symbols.parse(text) is None


def test_parts_and_revisions_know_the_whole():
    assert str(symbols.parse("A/RES/34/222A").whole) == "A/RES/34/222"
    assert str(symbols.parse("A/79/L.1/Rev.2").draft) == "A/79/L.1"
    assert str(symbols.parse("A/RES/31/6[I]").twin) == "A/RES/31/6I"
    assert str(symbols.parse("A/RES/31/6I").twin) == "A/RES/31/6[I]"


@given(st.text(alphabet="ASREDC/0123456789()[]IVXLES-. ABé\u2013\n", max_size=40))
@settings(derandomize=True, deadline=None, max_examples=3000)
def test_no_text_breaks_it_and_what_it_reads_it_reads_again(text):
    symbol = symbols.parse(text)
    if symbol is not None:
        assert symbols.parse(str(symbol)) == symbol
        assert iris.thing("document", symbol.key)


def test_roman_numerals_are_read_as_they_are_written():
    assert [symbols.arabic(symbols.roman(n)) for n in range(1, 90)] == list(range(1, 90))
    assert symbols.arabic("IIII") == symbols.arabic("") == 0


def test_every_symbol_of_the_digital_library_is_read_and_has_a_key_of_its_own(shared):
    with gzip.open(
        shared / "undl" / "undl_records_scraped.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        printed = [json.loads(line)["resolution_symbol"][0] for line in file]
    parsed = [symbols.parse(text) for text in printed]
    assert [text for text, symbol in zip(printed, parsed, strict=True) if symbol is None] == ["N/A"]
    keys = {symbol.key for symbol in parsed if symbol}
    assert len(keys) == len({str(symbol) for symbol in parsed if symbol}) == len(printed) - 1
