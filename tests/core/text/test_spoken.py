"""Numbers as papers print them and as they are read aloud."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.errors import BadInput
from danchu.core.text import (
    english_date,
    find_numbers,
    format_date,
    format_number,
    format_percent,
    money_words,
    number_words,
    parse_number,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_002, "một nghìn không trăm linh hai"),
        (12_010, "mười hai nghìn không trăm mười"),
        (1_005_010, "một triệu không trăm linh năm nghìn không trăm mười"),
        (1_000_005, "một triệu không trăm linh năm"),
        (2_350_000_000, "hai tỷ ba trăm năm mươi triệu"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (1_200 * 10**9, "một nghìn hai trăm tỷ"),
        (-24, "âm hai mươi bốn"),
    ],
)
def test_a_number_is_read_aloud(number: int, words: str) -> None:
    assert number_words(number) == words


@given(
    st.one_of(
        st.integers(0, 10**12), st.integers(0, 99_999), st.integers(-(10**18) + 1, 10**18 - 1)
    )
)
def test_a_number_read_aloud_is_understood_again(number: int) -> None:
    assert parse_number(number_words(number)).value == number


@given(st.integers(10, 10**12))
def test_money_in_words_is_found_again_in_running_text(number: int) -> None:
    words = money_words(number, capital=True)
    (found,) = find_numbers(f"Bằng chữ: {words}./.")
    assert (found.surface, found.value) == (words, number)


def test_money_in_words_begins_small_or_with_a_capital() -> None:
    assert money_words(25_300_000) == "hai mươi lăm triệu ba trăm nghìn đồng"
    assert money_words(25_300_000, capital=True) == "Hai mươi lăm triệu ba trăm nghìn đồng"
    assert money_words(0) == "không đồng"


@pytest.mark.parametrize("number", [10**18, -(10**18), 10**30])
def test_a_number_without_a_name_is_refused(number: int) -> None:
    assert number_words(10**18 - 1).startswith("chín trăm chín mươi chín triệu")
    with pytest.raises(BadInput):
        number_words(number)


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1246, None, "1.246"),
        (-1234567, None, "-1.234.567"),
        (Fraction(5, 2), None, "2,5"),
        (Fraction(-2469, 2), None, "-1.234,5"),
        (Fraction(1, 8), None, "0,125"),
        (Fraction(1, 3), None, "0,33"),
        (Fraction(2, 3), 1, "0,7"),
        (Fraction(1, 8), 2, "0,13"),
        (Fraction(-1, 8), 2, "-0,13"),
        (Fraction(5, 1), 3, "5"),
        (Fraction(-1, 1000), 1, "0"),
        (12345, 0, "12.345"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(101, 100), 1, "1"),
        (Fraction(1005, 100), 2, "10,05"),
    ],
)
def test_numbers_are_printed_with_points_and_a_comma(
    number: int | Fraction, decimals: int | None, printed: str
) -> None:
    assert format_number(number, decimals) == printed


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_printed_number_is_read_back_exactly(number: int, places: int) -> None:
    value = Fraction(number, 10**places)
    assert parse_number(format_number(value)).value == value


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "printed"),
    [
        (183, 191, 1, "95,8%"),
        (48, 50, 1, "96%"),
        (0, 5, 1, "0%"),
        (5, 5, 1, "100%"),
        (1, 8, 0, "13%"),
        (1, 2000, 1, "0,1%"),
        (3, 2, 1, "150%"),
        (9049, 10000, 2, "90,49%"),
        (Fraction(1, 2), Fraction(3, 2), 1, "33,3%"),
    ],
)
def test_a_share_is_printed_to_the_decimals_asked(
    numerator: int | Fraction, denominator: int | Fraction, decimals: int, printed: str
) -> None:
    assert format_percent(numerator, denominator, decimals) == printed


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        format_percent(3, 0)
    assert refusal.value.code == "percent_of_nothing"


def test_a_day_is_printed_with_zeros() -> None:
    assert format_date(dt.date(2026, 1, 5)) == "05/01/2026"
    assert format_date(dt.date(987, 12, 31)) == "31/12/0987"


def test_a_day_in_an_english_sentence_names_its_month():
    assert english_date(dt.date(2026, 1, 5)) == "5 January 2026"
    assert english_date(dt.date(2026, 12, 31)) == "31 December 2026"
