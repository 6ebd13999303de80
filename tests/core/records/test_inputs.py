"""What people type: cleaned once, refused with the field at fault."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.errors import BadInput
from danchu.core.records.inputs import (
    EARLIEST,
    clean_choice,
    clean_count,
    clean_day,
    clean_document_number,
    clean_line,
    clean_text,
)

TODAY = dt.date(2026, 6, 10)


@pytest.fixture(autouse=True)
def _day():
    with on_day(TODAY):
        yield


def line(value: Any, **more: Any) -> str:
    return clean_line(value, "topic", "nội dung chính", "topic", **{"limit": 10, **more})


def text(value: Any, **more: Any) -> str:
    return clean_text(value, "note", "ghi chú", "note", **more)


def day(value: Any, **more: Any) -> dt.date:
    return clean_day(value, "occurred_on", "ngày diễn ra", "day it took place", **more)


def count(value: Any, **more: Any) -> int | None:
    return clean_count(value, "people", "số người", "number of people", **more)


def refusal(call: Any, *given: Any, **more: Any) -> BadInput:
    with pytest.raises(BadInput) as caught:
        call(*given, **more)
    return caught.value


def test_a_line_is_one_line_of_limited_length() -> None:
    assert line("  Hòa  \n giải\t1 ") == "Hòa giải 1"
    assert line("Hoà giải") == "Hòa giải"  # one place for the tone
    assert line("1234567890") == "1234567890"
    assert line("", required=False) == ""
    too_long = refusal(line, "12345678901")
    assert too_long.field == "topic"
    assert "11 ký tự" in too_long.vi
    assert "at most 10" in too_long.en
    assert too_long.vi.startswith("Nội dung chính dài")


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b", "\x00"])
def test_nothing_is_no_line(nothing: str) -> None:
    refused = refusal(line, nothing)
    assert (refused.field, refused.vi) == ("topic", "Nhập nội dung chính.")
    assert refusal(text, nothing, required=True).field == "note"
    assert text(nothing) == ""


def test_text_keeps_its_lines_and_has_a_limit() -> None:
    assert text(" một\r\nhai \u00a0ba \n\n") == "một\nhai  ba"
    assert text("x" * 10_000) == "x" * 10_000
    assert refusal(text, "x" * 10_001).field == "note"
    assert refusal(text, "x" * 6, limit=5).field == "note"


@pytest.mark.parametrize("wrong", [None, 5, b"abc", ["a"], dt.date(2026, 1, 1)])
def test_what_is_no_text_is_refused_and_not_a_fault(wrong: Any) -> None:
    assert refusal(line, wrong).field == "topic"
    assert refusal(text, wrong).field == "note"


def test_a_day_has_come_and_is_not_older_than_the_directive() -> None:
    assert day(TODAY) == TODAY
    assert day(EARLIEST) == EARLIEST
    future = refusal(day, TODAY + dt.timedelta(1))
    assert future.field == "occurred_on"
    assert "11/06/2026" in future.vi
    old = refusal(day, EARLIEST - dt.timedelta(1))
    assert "18/02/1998" in old.vi
    assert "1998" in old.en
    assert refusal(day, None).vi == "Nhập ngày diễn ra."
    said = dt.date(2026, 5, 1)
    assert day(said, not_before=said) == said
    assert "01/05/2026" in refusal(day, dt.date(2026, 4, 30), not_before=said).vi


@pytest.mark.parametrize("wrong", ["2026-06-01", 20260601, dt.datetime(2026, 6, 1, 8)])
def test_what_is_no_day_is_refused_and_not_a_fault(wrong: Any) -> None:
    assert refusal(day, wrong).field == "occurred_on"


def test_a_count_is_a_whole_number_within_its_limit() -> None:
    assert count(0) == 0
    assert count(10_000_000) == 10_000_000
    assert count(None) is None
    assert refusal(count, None, required=True).vi == "Nhập số người."
    for wrong in (-1, 10_000_001, 1.0, True, "7", 10**30):
        assert refusal(count, wrong).field == "people"
    assert refusal(count, 6, limit=5).vi == "Số người phải là số nguyên từ 0 đến 5."


def test_a_choice_is_one_of_the_listed() -> None:
    assert clean_choice("a", ["a", "b"], "kind", "hình thức", "form") == "a"
    for wrong in ("", "c", None, 1):
        refused = refusal(clean_choice, wrong, ["a", "b"], "kind", "hình thức", "form")
        assert (refused.field, refused.vi, refused.en) == (
            "kind",
            "Chọn hình thức.",
            "Choose the form.",
        )


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_what_bears_a_stamp_of_secrecy_is_not_written_down(clean) -> None:
    def said(text: str) -> str:
        return clean(text, "topic", "nội dung chính", "topic", limit=500)

    for stamped in ("TỐI MẬT", "M Ậ T", "Độ mật: Tuyệt mật"):
        with pytest.raises(BadInput) as refused:
            said(stamped)
        assert (refused.value.code, refused.value.field) == ("secret", "topic")
    with pytest.raises(BadInput):
        clean_text("UBND XÃ\nMẬT\nV/v kế hoạch", "topic", "nội dung", "topic")
    for plain in ("Giữ bí mật danh sách", "Đổi mật khẩu", "Anh Mật hỏi về đường"):
        assert said(plain) == plain


def number(value: Any) -> str:
    return clean_document_number(value, "letter_number", "số công văn", "number of the letter")


def test_a_number_of_a_paper_has_a_number_and_a_symbol_and_stays_as_typed() -> None:
    for typed in (
        "",
        "123/SNV",
        "12/UBND-VP",
        "05-CV/TU",
        "15/2020/NĐ-CP",
        "1234/BNV - CQĐP",
        "12a/BC-UBND",
        "7/SNV-XDCQ&CCVC",
        "07-HD/BTG.DVTU",
    ):
        assert number(typed) == typed
    assert number("Số: 12/UBND-VP") == "12/UBND-VP"
    for typed in ("foo", "12", "12/2026", "/SNV", "SNV/12", "12/", "12//SNV", "12/SNV<b>", "số"):
        with pytest.raises(BadInput) as refused:
            number(typed)
        assert refused.value.field == "letter_number"
