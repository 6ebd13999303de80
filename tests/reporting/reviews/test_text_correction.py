"""An issued report of which only words or the signature were wrong is put right by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.documents import plain_text
from danchu.core.errors import BadInput, Conflict
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.editing import (
    composed_text,
    paragraphs_of,
    withdraw_paragraph,
    write_paragraph,
)
from danchu.reporting.reviews.freezing import freeze_report, issue_report
from danchu.reporting.reviews.frozen import words_changed_since
from danchu.reporting.reviews.frozen_data import document_of
from danchu.reporting.reviews.frozen_files import kept_data
from danchu.reporting.reviews.models import FrozenReport
from danchu.reporting.reviews.notes import edit_note
from danchu.reporting.reviews.text_warnings import text_warnings
from tests.cast import TODAY, Cast
from tests.making import hold, refused
from tests.reporting.publishing import KNOWN, PERIOD, with_something_to_report


@pytest.fixture
def ready(cast: Cast, settle: Any) -> Cast:
    """A commune with a dialogue and a comment to report."""
    return with_something_to_report(cast, settle, note="Niêm yết ở mọi thôn chưa đều.")


def freeze(cast: Cast, **more: Any) -> FrozenReport:
    given = {"code": "9A001", "period_code": PERIOD, "known": KNOWN}
    return freeze_report(actor=cast.reporter_benmau, **given, **more)


def issue(cast: Cast, frozen: FrozenReport, number: str = "05", day: dt.date = TODAY) -> Any:
    return issue_report(
        actor=cast.leader_benmau,
        frozen_id=frozen.pk,
        number=number,
        issued_on=day,
        signer_name="Người Ký Mẫu",
    )


def reword(cast: Cast, text: str) -> None:
    report = compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD)
    write_paragraph(
        actor=cast.reporter_benmau,
        code="9A001",
        period_code=PERIOD,
        place="dialogue",
        text=text,
        seen=0,
        over=composed_text(paragraphs_of(report)["dialogue"]),
    )


def now(cast: Cast) -> Any:
    return compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD)


def test_a_false_sentence_is_put_right_by_a_report_that_lists_it(ready: Cast) -> None:
    first = issue(ready, freeze(ready))
    told = refused(Conflict, freeze, cast=ready, reason="Sai câu chữ")
    assert "Không số liệu, câu chữ nào khác" in told.vi
    assert words_changed_since(now(ready), first.pk) == []
    was = paragraphs_of(now(ready))["dialogue"].text
    reword(ready, "Xã đã mở 01 cuộc đối thoại với Nhân dân ở nhà văn hóa.")
    edit_note(
        actor=ready.reporter_benmau,
        note_id=_note(ready),
        seen=0,
        text="Niêm yết ở một số thôn chưa đều.",
    )
    shown = words_changed_since(now(ready), first.pk)
    assert [(d.part.partition(",")[0], d.before, d.after) for d in shown] == [
        ("Mục I", was, "Xã đã mở 01 cuộc đối thoại với Nhân dân ở nhà văn hóa."),
        ("Mục II", "Niêm yết ở mọi thôn chưa đều.", "Niêm yết ở một số thôn chưa đều."),
    ]
    refused(BadInput, freeze, cast=ready)  # a correction says why
    second = freeze(ready, reason="Ghi sai phạm vi niêm yết")
    data = kept_data(second)
    assert [item["after"] for item in data["corrected"]] == [d.after for d in shown]
    text = plain_text(document_of(data))
    assert "thay thế Báo cáo số 05/BC-UBND" in text
    assert "Các nội dung đính chính nêu tại Phụ lục" in text and "NỘI DUNG ĐÍNH CHÍNH" in text
    assert "SỐ LIỆU ĐÍNH CHÍNH" not in text and "Niêm yết ở mọi thôn chưa đều." in text
    assert "; nội dung đính chính (Phụ lục" in text.partition("Kèm theo báo cáo: ")[2]
    # A correction of a correction starts from the text, not from what is said above it.
    with on_day(TODAY + dt.timedelta(1)):
        third = issue(ready, second, "06", TODAY + dt.timedelta(1))
        assert words_changed_since(now(ready), third.pk) == []


def test_a_wrong_signature_is_put_right_where_nothing_else_differs(ready: Cast) -> None:
    issue(ready, freeze(ready))
    frozen = freeze(ready, reason="Ghi sai họ tên người ký", corrects_signature=True)
    text = plain_text(document_of(kept_data(frozen)))
    assert "CHỦ TỊCH, Người Ký Mẫu" in text and "ghi như phần ký của báo cáo này" in text
    assert len(kept_data(frozen)["corrected"]) == 1


def test_where_figures_changed_the_sentences_that_follow_them_are_not_listed_again(
    ready: Cast, settle: Any
) -> None:
    issue(ready, freeze(ready))
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    data = kept_data(freeze(ready, reason="Bổ sung một cuộc đối thoại"))
    text = plain_text(document_of(data))
    assert "SỐ LIỆU ĐÍNH CHÍNH" in text and "NỘI DUNG ĐÍNH CHÍNH" not in text
    assert "corrected" not in data


def test_a_sentence_that_was_taken_back_is_told_with_the_one_in_its_place(
    ready: Cast, settle: Any
) -> None:
    reword(ready, "Xã đã tổ chức 05 cuộc đối thoại với Nhân dân tại nhà văn hóa.")
    (warning,) = text_warnings(ready.reporter_benmau, now(ready))
    reasons = {warning.key: "Cộng cả bốn cuộc của năm trước"}
    issue(ready, freeze(ready, reasons=reasons))
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    withdraw_paragraph(
        actor=ready.reporter_benmau, code="9A001", period_code=PERIOD, place="dialogue", seen=1
    )
    data = kept_data(freeze(ready, reason="Ghi sai số cuộc đối thoại"))
    (told,) = data["corrected"]
    assert told["part"].startswith("Mục ")
    assert told["before"].startswith("Xã đã tổ chức 05") and "02" in told["after"]
    text = plain_text(document_of(data))
    assert "(bỏ)" not in text
    # The list gives the number that everybody read, and the one that stood in the annex.
    assert "05 (phụ lục: 1)" in text


def test_a_sentence_of_another_section_is_not_what_was_reported_of_the_figure(
    ready: Cast, settle: Any
) -> None:
    held = [figure for figure in now(ready).figures if figure.key == "dialogues_held"]
    assert [figure.text for figure in held] == ["1"]
    edit_note(
        actor=ready.reporter_benmau,
        note_id=_note(ready),
        text="Ban chỉ đạo của xã đã tổ chức 05 cuộc đối thoại nội bộ.",
        seen=0,
    )
    warnings = text_warnings(ready.reporter_benmau, now(ready))
    reasons = {warning.key: "Cuộc của Ban chỉ đạo" for warning in warnings}
    issue(ready, freeze(ready, reasons=reasons))
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    warnings = text_warnings(ready.reporter_benmau, now(ready))
    reasons = {warning.key: "Cuộc của Ban chỉ đạo" for warning in warnings}
    data = kept_data(freeze(ready, reason="Bổ sung một cuộc đối thoại", reasons=reasons))
    text = plain_text(document_of(data))
    assert "SỐ LIỆU ĐÍNH CHÍNH" in text and "05 (phụ lục" not in text


def _note(cast: Cast) -> int:
    (item,) = [i for s in now(cast).sections for i in s.items if i.note_id]
    assert item.note_id is not None
    return item.note_id
