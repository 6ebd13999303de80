"""One number alone: what a field or a cell says, exactly, or a refusal that explains."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.errors import BadInput
from danchu.core.text import Number, in_base, parse_number

BILLION = 10**9


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("05", 5),
        ("4.984", 4984),
        ("1.234.567", 1234567),
        ("1 234", 1234),
        ("1\u00a0234\u202f567", 1234567),
        ("90,49", Fraction(9049, 100)),
        ("1,234", Fraction(1234, 1000)),
        ("1.234,5", Fraction(12345, 10)),
        ("2,50", Fraction(5, 2)),
        ("-7,4", Fraction(-74, 10)),
        ("− 12", -12),
        ("âm mười hai", -12),
        ("2,5 tỷ", 2_500_000_000),
        ("2,5 tỉ", 2_500_000_000),
        ("2 tỷ 350 triệu", 2_350_000_000),
        ("3 triệu 200 nghìn", 3_200_000),
        ("12 ngàn", 12_000),
        ("2 vạn", 20_000),
        ("3 chục", 30),
        ("3 nghìn tỷ", 3_000 * BILLION),
        ("15 trđ", 15_000_000),
        ("không", 0),
        ("một", 1),
        ("mười", 10),
        ("mười một", 11),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("hai mươi lăm", 25),
        ("hai mươi nhăm", 25),
        ("tám mươi tư", 84),
        ("tám mươi bốn", 84),
        ("bảy mươi bẩy", 77),
        ("ba lăm", 35),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("một trăm linh tư", 104),
        ("một trăm mười lăm", 115),
        ("chín trăm chín mươi chín", 999),
        ("hai trăm rưỡi", 250),
        ("mười hai nghìn", 12_000),
        ("hai nghìn không trăm mười chín", 2019),
        ("một nghìn không trăm linh hai", 1002),
        ("một triệu không trăm linh năm nghìn không trăm mười", 1_005_010),
        ("một nghìn hai trăm tỷ", 1_200 * BILLION),
        ("năm tỷ năm trăm triệu", 5_500_000_000),
        ("hai phẩy năm", Fraction(5, 2)),
        ("hai phẩy năm tỷ", 2_500_000_000),
        ("ba phẩy không bốn", Fraction(304, 100)),
        ("hai phẩy hai mươi lăm", Fraction(225, 100)),
        ("mười hai phẩy năm phần trăm", Fraction(25, 2)),
        ("nửa triệu", 500_000),
        ("nửa", Fraction(1, 2)),
        ("một nửa", Fraction(1, 2)),
        ("một tỷ rưỡi", 1_500_000_000),
        ("hai rưỡi", Fraction(5, 2)),
        ("HAI MƯƠI", 20),
        ("  4.984 \n", 4984),
    ],
)
def test_a_number_in_digits_or_in_words_is_read_exactly(
    written: str, value: int | Fraction
) -> None:
    number = parse_number(written)
    assert number.value == value
    assert isinstance(number.value, int) == (Fraction(value).denominator == 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "number_empty"),
        (" \u00a0\n", "number_empty"),
        ("12.34", "number_doubtful"),
        ("1.6430", "number_doubtful"),
        ("1,234,567", "number_doubtful"),
        ("1,234.5", "number_doubtful"),
        ("0.123", "number_doubtful"),
        ("1234.567", "number_doubtful"),
        ("một trăm hai", "number_doubtful"),
        ("một triệu hai", "number_doubtful"),
        ("3,5,7", "number_unreadable"),
        ("21/9/2022", "number_unreadable"),
        ("2022-09-21", "number_unreadable"),
        ("04/2015/NĐ-CP", "number_unreadable"),
        ("năm nay", "number_unreadable"),
        ("một số", "number_unreadable"),
        ("12 hoặc 13", "number_unreadable"),
        ("5/0", "number_unreadable"),
        ("12 12", "number_unreadable"),
        ("٤٥", "number_unreadable"),
        ("９９", "number_unreadable"),
        ("1e5", "number_unreadable"),
        ("NaN", "number_unreadable"),
        ("--5", "number_unreadable"),
        ("-3/4", "number_unreadable"),
        ("9" * 100, "number_unreadable"),
        ("9" * 5000, "number_too_long"),
    ],
)
def test_what_is_no_number_or_an_uncertain_one_is_refused(written: str, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_number(written)
    assert refusal.value.code == code
    assert refusal.value.vi and refusal.value.en and refusal.value.vi != refusal.value.en


def test_a_refusal_names_what_was_written_but_never_at_length() -> None:
    with pytest.raises(BadInput) as refusal:
        parse_number("abc" * 50)
    assert "abcabc" in refusal.value.vi and len(refusal.value.vi) < 200


@pytest.mark.parametrize(
    ("written", "want"),
    [
        ("2,5 tỷ đồng", Number(2_500_000_000, unit="tỷ đồng", multiplier=BILLION, decimals=1)),
        ("90,49 %", Number(Fraction(9049, 100), percent=True, unit="%", decimals=2)),
        ("183/191", Number(183, denominator=191)),
        (
            "6.159/6.509 triệu đồng",
            Number(6_159_000_000, denominator=6_509_000_000, unit="triệu đồng", multiplier=10**6),
        ),
        (
            "68 tỷ đồng/179 tỷ đồng",
            Number(68 * BILLION, denominator=179 * BILLION, unit="tỷ đồng", multiplier=BILLION),
        ),
        ("10-15", Number(10, low=10, high=15)),
        ("từ 10 đến 15 %", Number(10, low=10, high=15, percent=True, unit="%")),
        (
            "2 - 3 tỷ",
            Number(2 * BILLION, low=2 * BILLION, high=3 * BILLION, unit="tỷ", multiplier=BILLION),
        ),
        ("hơn 40 hộ", Number(40, approx=True, unit="hộ")),
        ("ước đạt 95%", Number(95, approx=True, percent=True, unit="%")),
        ("hai mươi năm", Number(20, unit="năm", spelled=True)),
        ("hai nghìn năm", Number(2000, unit="nghìn năm", multiplier=1000, spelled=True)),
        ("1.234,5 ha", Number(Fraction(12345, 10), unit="ha", decimals=1)),
        ("50.000đ", Number(50_000, unit="đ")),
    ],
)
def test_what_is_written_around_a_number_is_kept(written: str, want: Number) -> None:
    assert parse_number(written) == want


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("1.234,5 ha", 12_345_000, "m2"),
        ("12,4 km", 12_400, "m"),
        ("71,6km", 71_600, "m"),
        ("984m2", 984, "m2"),
        ("984 m²", 984, "m2"),
        ("3,2 km2", 3_200_000, "m2"),
        ("18 cm", Fraction(18, 100), "m"),
        ("11 mét", 11, "m"),
        ("120 mét vuông", 120, "m2"),
        ("2,5 tấn", 2500, "kg"),
        ("3 tiếng đồng hồ", 3, "giờ"),
        ("90 phút", Fraction(3, 2), "giờ"),
        ("2,5 tỷ đồng", 2_500_000_000, "VND"),
        ("2 tỷ 350 triệu đồng", 2_350_000_000, "VND"),
        ("500 nghìn đồng", 500_000, "VND"),
        ("15 tr.đ", 15_000_000, "VND"),
        ("một tỷ rưỡi đồng", 1_500_000_000, "VND"),
        ("31 tỷ", 31 * BILLION, ""),
        ("12 sào", 12, "sào"),
        ("7%", 7, "%"),
    ],
)
def test_amounts_are_turned_into_the_unit_of_figures(
    written: str, value: int | Fraction, unit: str
) -> None:
    base = in_base(parse_number(written))
    assert (base.value, base.unit) == (value, unit)


def test_the_base_unit_reaches_the_denominator_and_both_ends_of_a_range() -> None:
    assert in_base(parse_number("1,5/2 ha")).denominator == 20_000
    band = in_base(parse_number("2 - 2,5 km"))
    assert (band.low, band.high) == (2000, 2500)


def test_the_printed_precision_is_known() -> None:
    assert parse_number("95,8%").resolution == Fraction(1, 10)
    assert parse_number("2,5 tỷ").resolution == 100_000_000
    assert parse_number("2 tỷ 350 triệu").resolution == 1_000_000
    assert parse_number("4.984").resolution == 1


@given(st.integers(0, 10**15), st.integers(0, 4), st.integers(0, 9999))
def test_digits_grouped_by_points_come_back(whole: int, places: int, tail: int) -> None:
    grouped = f"{whole:,}".replace(",", ".")
    frac = str(tail).zfill(4)[:places]
    number = parse_number(grouped + ("," + frac if frac else ""))
    assert number.value == Fraction(whole) + Fraction(int(frac or 0), 10 ** len(frac))
    assert number.decimals == len(frac)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        number = parse_number(text)
    except BadInput:
        return
    assert isinstance(number.value, int | Fraction) and not number.doubtful
