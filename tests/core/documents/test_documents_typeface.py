"""The typeface of documents holds every Vietnamese letter."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from danchu.core.documents.typeface import FONTS, balanced, letters, typeface

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def vietnamese_letters() -> list[str]:
    """The 134 letters that are not plain Latin ones, in both cases."""
    small = {unicodedata.normalize("NFC", v + t) for v, t in itertools.product(VOWELS, TONES)}
    small.add("đ")
    both = small | {letter.upper() for letter in small}
    return sorted(letter for letter in both if not letter.isascii())


def test_all_134_letters_are_in_all_four_styles():
    wanted = vietnamese_letters()
    assert len(wanted) == 134
    assert not [letter for letter in wanted if ord(letter) not in letters()]
    assert ord("中") not in letters()


@pytest.mark.parametrize(("bold", "italic"), list(itertools.product((False, True), repeat=2)))
def test_widths_are_those_of_times_new_roman(bold, italic):
    face = typeface(bold=bold, italic=italic)
    # Digits of Times New Roman are half an em wide in every style.
    assert face.width("0123456789", 10) == pytest.approx(50, abs=0.01)
    assert face.width("Độc lập", 14) == pytest.approx(2 * face.width("Độc lập", 7))
    assert face.width("", 14) == 0


def test_the_licence_comes_with_the_typeface():
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert len(list(FONTS.glob("Tinos-*.ttf"))) == 4


def test_lines_are_as_few_as_greed_would_make_and_break_after_commas():
    text = "kết quả thực hiện dân chủ ở cơ sở, nhiệm vụ trọng tâm 6 tháng cuối năm 2026"
    lines = balanced(text, 14, 380)
    assert lines == [
        "kết quả thực hiện dân chủ ở cơ sở,",
        "nhiệm vụ trọng tâm 6 tháng cuối năm 2026",
    ]
    assert balanced("", 14, 100) == []
    assert balanced("một", 14, 1) == ["một"]
    assert balanced(text, 14, 10_000) == [text]
