"""Three old reports to reviewed figures, in a real browser: with the keyboard, then by marking."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.models import Correction, ReadDocument
from danchu.reporting.reading.services import read_next
from tests.making import hold
from tests.web.office.test_round_walk import _signed_in, looked_over

pytestmark = [pytest.mark.browser]

HEAD = "BÁO CÁO\nKết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu\n\n"
TEXTS = (
    HEAD + "Trong kỳ ghi nhận 50 ý kiến của người dân; đã giải quyết 40 ý kiến.\n"
    "Ban Tiếp công dân đã tiếp 21 lượt công dân. Có 92,5% phiếu đánh giá rất hài lòng.\n"
    "Trung tâm phục vụ hành chính công tiếp nhận 4.984 hồ sơ.\n"
    "Bà con trong xã chung tay sửa đường, kết quả ghi ở phụ lục là 37 đoạn.\n",
    HEAD.replace("2026", "2025") + "Đã tiếp 18 lượt công dân.\n",
    HEAD.replace("2026", "2024") + "Đã tiếp 15 lượt công dân.\n",
)


def _current(page):
    return page.locator("[data-card].at").get_attribute("data-card")


def _pressed(page, key, sign):
    page.keyboard.press(key)
    page.wait_for_selector(sign)


def test_three_reports_become_reviewed_figures(browser_page, committed_cast, settle, tmp_path):
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, "Mương bị lấp.")
    page = _signed_in(browser_page, cast.reporter_benmau)
    names = []
    for number, text in enumerate(TEXTS, start=1):
        path = tmp_path / f"bao-cao-{number}.txt"
        path.write_text(text)
        names.append(str(path))
    page.goto("/office/ra-soat/lo/moi/")
    looked_over(page)
    page.set_input_files("input[name=given]", names)
    page.click("main form button")
    page.wait_for_selector("text=Còn 3 tệp chờ đọc")
    for _ in TEXTS:
        assert read_next()
    page.wait_for_selector("text=Đã xong 3/3 tệp")  # the page renews itself
    looked_over(page)
    report = ReadDocument.objects.get(text__contains="50 ý kiến")
    page.goto(f"/office/ra-soat/{report.record.public_id}/")
    looked_over(page)

    # With the keyboard alone: accept, look ahead and back, reject, change the number.
    waiting = report.figures.filter(decision="pending").count()
    first = _current(page)
    _pressed(page, "Enter", "text=Đã xác nhận")
    page.wait_for_function(f"document.querySelector('[data-card].at').dataset.card !== '{first}'")
    second = _current(page)
    page.keyboard.press("j")
    third = _current(page)
    page.keyboard.press("ArrowUp")
    assert _current(page) == second
    assert page.locator(f"mark.at[data-figure='{second}']").count() == 1  # the text follows
    page.keyboard.press("ArrowDown")
    assert _current(page) == third
    _pressed(page, "x", "text=Đã bỏ")
    page.wait_for_function(f"document.querySelector('[data-card].at').dataset.card !== '{third}'")
    page.keyboard.press("k")
    page.keyboard.press("k")
    chosen = _current(page)
    assert chosen == second
    page.keyboard.press("e")
    page.wait_for_selector("[data-correction] [name=amount]:focus")
    page.keyboard.type("17")
    _pressed(page, "Enter", "text=Đã sửa")
    assert report.figures.get(pk=chosen).decided_amount in (17, 17_000)
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    looked_over(page)
    page.keyboard.press("Escape")
    assert report.figures.filter(decision="pending").count() == waiting - 3

    # All above a confidence, taken back with a key, and once more.
    page.set_viewport_size({"width": 1440, "height": 900})
    for sign in ("button[value=hoan-tac]", "button[value=nhan-tu]", "button[value=hoan-tac]"):
        if sign == "button[value=nhan-tu]":
            page.locator("[data-card]").first.focus()
            page.keyboard.press("z")
        else:
            page.locator("#muc").focus()
            page.keyboard.press("End")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        page.wait_for_selector(sign)
    assert not report.figures.filter(decision="pending").exists()

    # A figure the reader passed over is marked in the text; its words are kept exactly.
    words = page.locator(".doc [data-at]", has_text="37 đoạn").first
    words.evaluate(
        """element => {
             const text = element.firstChild, at = text.data.indexOf("37 đoạn");
             const range = document.createRange();
             range.setStart(text, at); range.setEnd(text, at + 7);
             getSelection().removeAllRanges(); getSelection().addRange(range);
           }"""
    )
    page.wait_for_function("document.querySelector('[name=doan-words]').value === '37 đoạn'")
    page.locator("[data-card]").first.focus()
    page.keyboard.press("t")
    page.fill("[name=doan-key]", "trainings_held")
    page.click("button[value=them-doan]")
    page.wait_for_selector("text=Người rà soát thêm từ văn bản")
    added = report.figures.get(by_hand=True)
    assert (report.text[added.start : added.end], added.amount) == ("37 đoạn", 37)
    assert Correction.objects.filter(withdrawn_at=None).count() == 3
    looked_over(page)

    # What the report states stands beside what the records show; neither replaces the other.
    settle()
    page.goto(f"/office/so-lieu/9A001/{report.period.code}/")
    text = page.locator("main").inner_text()
    assert "báo cáo đã công bố" in text
    assert "hồ sơ gốc" in text
    assert "văn bản đã rà soát ghi" in text
