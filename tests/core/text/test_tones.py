"""Tone marks stand where official papers print them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.text import place_tones


@pytest.mark.parametrize(
    ("written", "placed"),
    [
        ("hoà", "hòa"),
        ("Hoà Bình", "Hòa Bình"),
        ("HOÀ", "HÒA"),
        ("khoẻ", "khỏe"),
        ("xoè, loé", "xòe, lóe"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("thuỷ luỹ huỷ truỵ nguỵ tuý", "thủy lũy hủy trụy ngụy túy"),
        ("thuý Kiều", "thúy Kiều"),
        ("toà án, hoạ sĩ, xoã tóc", "tòa án, họa sĩ, xõa tóc"),
        ("oà khóc", "òa khóc"),
        ("hoà-giải/thoả_ước", "hòa-giải/thỏa_ước"),
        ("qúy gía qủa gìa", "quý giá quả già"),
        ("QÚY", "QUÝ"),
        ("qúan", "quán"),
    ],
)
def test_the_mark_moves_to_where_papers_print_it(written: str, placed: str) -> None:
    assert place_tones(written) == placed
    assert place_tones(unicodedata.normalize("NFD", written)) == placed


@pytest.mark.parametrize(
    "kept",
    [
        "hòa",
        "khỏe",
        "ủy",
        "quý",
        "quỳ",
        "quỹ",
        "quả",
        "quà",
        "giá",
        "già",
        "giày",
        "giếng",
        "gì",
        "gìn",
        "giữ",
        "hoàn",
        "toán",
        "hoặc",
        "khoản",
        "ngoài",
        "xoáy",
        "khuya",
        "khuỷu",
        "tuyết",
        "nguyễn",
        "quốc",
        "giường",
        "thuế",
        "thuở",
        "của",
        "mùa",
        "lúa",
        "kìa",
        "mía",
        "chìa",
        "Quỳnh",
        "oái",
        "ngoáy",
    ],
)
def test_everything_else_stays(kept: str) -> None:
    assert place_tones(kept) == kept
    assert place_tones(kept.upper()) == kept.upper()


def test_words_with_other_initials_or_endings_are_not_touched() -> None:
    for word in ("Foà", "zuỷ", "hoàx", "Antoàne", "hoà́"):
        assert place_tones(word) == unicodedata.normalize("NFC", word)


@given(st.text(alphabet="hqgiaoeuyHOAàáảãạèéỳýỷỹỵòỏúủíìn ck\u0301\u0300", max_size=20))
def test_placing_twice_changes_nothing_and_no_letter_is_lost(text: str) -> None:
    once = place_tones(text)
    assert place_tones(once) == once
    assert sorted(unicodedata.normalize("NFD", once)) == sorted(unicodedata.normalize("NFD", text))
