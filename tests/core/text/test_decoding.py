"""Uploaded text files: read for what they are, or refused with a reason."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from danchu.core.errors import BadInput
from danchu.core.text import decode_bytes
from danchu.core.text.decoding import Decoded

TEXT = (
    "Ủy ban nhân dân xã Bến Mẫu báo cáo: đã tiếp 20 lượt công dân,\n"
    "giải quyết 5/6 đơn khiếu nại, còn lại một vụ đang xem xét.\n"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_1258(text: str) -> bytes:
    """As Windows wrote it: tones behind their vowel, unless the page has the whole letter."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = "".join(c for c in parts if c in TONES)
            base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
            out += (base + tone).encode("cp1258")
    return out


TCVN3 = "§· tiÕp c«ng d©n, gi¶i quyÕt khiÕu n¹i, tè c¸o t¹i x· – “c¬ së”".encode("cp1252")
VNI = "Ñaõ tieáp coâng daân, giaûi quyeát khieáu naïi".encode("cp1252")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (in_1258(TEXT), "windows-1258"),
    ],
)
def test_unicode_and_windows_files_are_read_without_a_warning(data: bytes, encoding: str) -> None:
    assert decode_bytes(data) == Decoded(TEXT, encoding)


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (TCVN3, "tcvn3", "Đã tiếp công dân, giải quyết khiếu nại, tố cáo tại xã – “cơ sở”"),
        (VNI, "vni", "Đã tiếp công dân, giải quyết khiếu nại"),
        (TCVN3.decode("cp1252").encode(), "tcvn3",
         "Đã tiếp công dân, giải quyết khiếu nại, tố cáo tại xã – “cơ sở”"),
        (VNI.decode("cp1252").encode("utf-16"), "vni", "Đã tiếp công dân, giải quyết khiếu nại"),
    ],
)  # fmt: skip
def test_legacy_files_are_converted_and_say_so(data: bytes, encoding: str, text: str) -> None:
    decoded = decode_bytes(data)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    (warning,) = decoded.warnings
    assert warning.code == "legacy_encoding" and warning.vi != warning.en


def test_a_western_file_is_read_as_such_with_a_doubt() -> None:
    text = "Où est le théâtre ? Déjà là, à côté de l’hôtel ; c’est très loin, ça."
    decoded = decode_bytes(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "windows-1252")
    assert [w.code for w in decoded.warnings] == ["encoding_guessed"]


def test_a_few_broken_bytes_do_not_lose_the_file_but_are_counted() -> None:
    for data in (TEXT.encode()[:-2].replace(b"\n", b"\xff", 1), (TEXT + "đã").encode()[:-1]):
        decoded = decode_bytes(data)
        assert decoded.encoding == "utf-8" and decoded.text.count("\ufffd") == 1
        assert [w.code for w in decoded.warnings] == ["broken_characters"]
        assert "1" in decoded.warnings[0].vi


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode_bytes(b"") == Decoded("", "utf-8")
    assert decode_bytes(codecs.BOM_UTF8) == Decoded("", "utf-8")
    assert decode_bytes(b"12;34\n") == Decoded("12;34\n", "utf-8")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "file_not_text"),
        (b"PK\x03\x04 word/document.xml", "file_not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_not_text"),
        (b"{\\rtf1\\ansi", "file_not_text"),
        (b"\x89PNG\r\n\x1a\n", "file_not_text"),
        (b"abc\0def", "file_unreadable"),
        (bytes(range(1, 32)) * 10, "file_unreadable"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "file_unreadable"),
        (b"\x90\x8d\x9d abc \x81", "file_unreadable"),
        (b"a\xa7b c\xbfd e\xb5f" * 30, "file_unreadable"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        decode_bytes(data)
    assert refusal.value.code == code
    assert ".txt" in refusal.value.vi and ".txt" in refusal.value.en


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_refusal(data: bytes) -> None:
    try:
        decoded = decode_bytes(data)
    except BadInput:
        return
    assert unicodedata.is_normalized("NFC", decoded.text)


@example("à â")
@given(st.text(alphabet="Đđăâêôơưáàảãạếềểễệộợụừy \n", max_size=50))
def test_whatever_is_written_in_utf_8_comes_back(text: str) -> None:
    assert decode_bytes(text.encode()).text == text
