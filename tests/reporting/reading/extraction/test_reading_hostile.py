"""What is made to break a reader ends soon, with a clear word."""

from __future__ import annotations

import io
import random
import time
import zipfile
from typing import Any

import pytest

from danchu.core.errors import BadInput
from danchu.reporting.reading.extraction import check_reading, extract_text, read_text, segments
from danchu.reporting.reading.extraction.sources import extract

SAID = "Xã Bến Mẫu tổ chức 12 hội nghị đối thoại, ghi nhận 48 ý kiến. "
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def nested(depth: int, filler: str = "") -> bytes:
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    said = f"<w:p><w:r><w:t>{SAID}{filler}</w:t></w:r></w:p>"
    return docx(opening * depth + said + closing * depth)


# Does not pack, so that the depth is met and not the size.
NOISE = random.Random(4).randbytes(30_000).hex()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx("<w:p>" + " " * 60_000_000 + "</w:p>"), "bomb"),
        (nested(5_000, NOISE), "damaged"),
        ((SAID * 25_000).encode(), "too_large"),
        (b"1" * 19_000_000, "too_large"),
        (SAID.encode() + SAID.encode("utf-16-le") + bytes(range(128, 255)), "wrong_type"),
    ],
    ids=["bomb", "nested", "line", "digits", "mixed"],
)
def test_it_is_refused_soon_and_by_its_kind(data: bytes, code: str) -> None:
    began = time.process_time()
    with pytest.raises(BadInput) as refused:
        extract_text(data, "bao-cao.docx" if data[:2] == b"PK" else "bao-cao.txt")
    assert refused.value.code == code
    assert time.process_time() - began < 10


def test_tables_within_tables_are_read_while_they_are_few() -> None:
    assert "12 hội nghị" in extract_text(nested(40), "bao-cao.docx").text


def test_a_text_that_is_too_long_is_told_its_length(monkeypatch: Any) -> None:
    monkeypatch.setattr(extract, "TEXT_LIMIT", 100)
    assert extract_text((SAID + "\n").encode(), "a.txt").text.strip() == SAID.strip()
    with pytest.raises(BadInput) as refused:
        extract_text((SAID * 2).encode(), "a.txt")
    assert "124 ký tự" in refused.value.in_language("vi")


def test_hidden_marks_of_direction_are_taken_out_and_told() -> None:
    turned = "Xã ghi nhận \u202e741\u202c ý kiến, họp \u20661\u20692 buổi, có\u200b 9 thôn."
    source = extract_text(turned.encode(), "a.txt")
    assert source.text == "Xã ghi nhận 741 ý kiến, họp 12 buổi, có 9 thôn."
    (warning,) = source.warnings
    assert "đảo chiều" in warning
    unseen = extract_text("Xã ghi nhận 7\u200b41 ý kiến.".encode(), "a.txt")
    assert unseen.text == "Xã ghi nhận 741 ý kiến." and unseen.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000 + " 12 hộ",
        "12; " * 20_000,
        "12 hộ, " * 8_000,
        ("1 | " * 500 + "\n") * 10,
        "a" * 200_000,
        "12 hội nghị " + "và " * 50_000,
        "12; " * 250_000,
        "a@b 1. " * 150_000,
    ],
    ids=["brackets", "semicolons", "list", "bars", "word", "clause", "million", "addresses"],
)
def test_a_text_that_is_no_prose_is_read_in_seconds(text: str) -> None:
    began = time.process_time()
    check_reading(read_text(SAID + "\n" + text))
    assert time.process_time() - began < 15


@pytest.mark.parametrize("mark", ["(", "(a ", "[", " ", "-", "a ", "1 ", "trong đó "])
def test_a_first_line_of_nothing_but_marks_is_read_in_seconds(mark: str) -> None:
    began = time.process_time()
    read = read_text("Báo cáo " + mark * 100_000 + "\n" + SAID)
    assert time.process_time() - began < 5
    assert [figure.value for figure in read.indicators if figure.key == "dialogues_held"] == [12]


def test_the_sentences_beside_a_dump_of_data_are_still_read() -> None:
    read = read_text(SAID + "\n" + "12; " * 2_000)
    assert [figure.value for figure in read.indicators] == [12, 48]
    assert len(read.warnings) == 1 and "không đọc" in read.warnings[0]
    endless = read_text(SAID + "\n" + "12; " * 50_000)
    assert ([f.value for f in endless.indicators], endless.warnings) == ([12, 48], read.warnings)
    assert read_text(SAID + "\n" + "12; " * 300).warnings == ()


def test_a_page_of_endless_tables_is_refused_in_seconds() -> None:
    deep = "<table><tr><td>" * 20_000 + SAID + "</td></tr></table>" * 20_000
    long = "<table>" + ("<tr>" + "<td>1</td>" * 60 + "</tr>") * 3_000 + "</table>"
    for page in (deep, long):
        began = time.process_time()
        with pytest.raises(BadInput, match="lồng nhau") as refused:
            extract_text(f"<html><body>{page}</body></html>".encode(), "trang.html")
        assert (refused.value.code, time.process_time() - began < 5) == ("too_large", True)
    laid_out = "<table><tr><td>" * 6 + SAID + "</td></tr></table>" * 6
    page = f"<html><body>{laid_out * 20}</body></html>".encode()
    assert "12 hội nghị" in extract_text(page, "trang.html").text


def test_more_numbers_than_a_report_holds_are_left_out_and_told(monkeypatch: Any) -> None:
    monkeypatch.setattr(segments, "MOST_NUMBERS", 1)
    read = read_text(SAID)
    assert [figure.value for figure in read.indicators] == [12]
    assert len(read.warnings) == 1
