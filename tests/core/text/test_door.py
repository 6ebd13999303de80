"""What every text from a person passes before it is kept."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.text import at_the_door, detect_legacy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("Ủy ban", "Ủy ban"),
        (unicodedata.normalize("NFD", "Đối thoại với nhân dân"), "Đối thoại với nhân dân"),
        ("Uỷ ban nhân dân xã Hoà Mẫu", "Ủy ban nhân dân xã Hòa Mẫu"),
        ("một\r\nhai\rba\u2028bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm"),
        ("a\x00b\x07c\x1bd\x7fe\x9f", "abcde"),
        ("cột\tcột", "cột\tcột"),
        ("5\u00a0000\u2009hộ\u3000xã", "5 000 hộ xã"),
        ("dân\u200b chủ\ufeff \u00adcơ\u2060 sở", "dân chủ cơ sở"),
        ("abc\u202etxt.exe\u2066", "abctxt.exe"),
        ("dòng một   \n  dòng hai\t\n\n\n", "dòng một\n  dòng hai"),
        ("  thụt vào", "  thụt vào"),
        ("nửa cặp \ud83d hỏng", "nửa cặp  hỏng"),
        ("m² · € “lời” – 😀", "m² · € “lời” – 😀"),
        ("e\u0302\u0323", "ệ"),
        ("e\u0323\u0302", "ệ"),
        ("a\u200b\u0301", "á"),
    ],
)
def test_a_text_is_kept_clean_and_unified(typed: str, kept: str) -> None:
    assert at_the_door(typed) == kept


def test_a_legacy_encoding_is_never_guessed_on_typed_text() -> None:
    typed = "TiÕp c«ng d©n, gi¶i quyÕt khiÕu n¹i"
    assert detect_legacy(typed) == "tcvn3"
    assert at_the_door(typed) == typed


def test_every_control_and_invisible_character_goes_and_every_blank_is_a_space() -> None:
    for code in range(0x110000):
        char = chr(code)
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Cs"):
            assert at_the_door(f"a{char}b") in ("ab", "a\nb", "a\tb"), hex(code)
        elif category in ("Zs", "Zl", "Zp"):
            assert at_the_door(f"a{char}b") in ("a b", "a\nb"), hex(code)


@given(st.text())
def test_passing_twice_changes_nothing_more(text: str) -> None:
    once = at_the_door(text)
    assert at_the_door(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="hoàuỷ \t\r\n\u0301\u0323\u200b\u00a0\u00ad\x00ê", max_size=30))
def test_passing_twice_changes_nothing_more_for_what_it_works_on(text: str) -> None:
    once = at_the_door(text)
    assert at_the_door(once) == once
    assert not set(once) & set("\r\x00\u200b\u00a0\u00ad")


def test_a_huge_text_of_blanks_passes_quickly() -> None:
    started = time.process_time()
    assert at_the_door("à" + " " * 2_000_000 + "b") == "à" + " " * 2_000_000 + "b"
    assert at_the_door("\u200b" * 200_000) == ""
    assert time.process_time() - started < 3
