"""Editing the words of a report in a real browser: both widths, an accessibility engine, and a
report that renews itself while its figures are counted."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from tests.browser.looking import DESK, HEIGHTS, PHONE, assert_accessible, assert_fits
from tests.cast import Cast
from tests.making import hold

from .test_report_words import NOTES, PAGE, WORDS, hidden

pytestmark = pytest.mark.browser

WORD, FROZEN = PAGE + "sua-trong-word/", PAGE + "ban-chot/"


@pytest.fixture
def told(committed_cast: Cast, as_person: Any, settle: Any) -> Any:
    """The commune's report with a dialogue, a comment and a sentence that no longer matches."""
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    client = as_person(cast.reporter_benmau)
    client.get(PAGE)
    settle()
    given = {"kind": "achievement", "text": "Toàn xã đã tổ chức 99 cuộc đối thoại."}
    assert client.post(NOTES, given).status_code in (200, 302)
    worded = {**hidden(client), "text": "Xã đã mở 07 cuộc đối thoại.", "reason": "Theo sổ"}
    client.post(WORDS, worded)
    settle()
    return client


def cookies(client: Any) -> list[dict[str, Any]]:
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_the_pages_of_a_reports_words_are_accessible_and_fit(told: Any, look_at: Any) -> None:
    for address in (PAGE, WORDS, NOTES, WORD, FROZEN, f"/en{WORDS}", f"/en{NOTES}"):
        look_at(address, cookies=cookies(told))


def test_what_came_back_from_word_is_accessible_and_fits(told: Any, browser_page: Any) -> None:
    document = docx.Document(io.BytesIO(told.get(PAGE + "tai-ve/docx/").content))
    changed = 0
    for paragraph in document.paragraphs:
        if "đối thoại" in paragraph.text and paragraph.runs:
            paragraph.runs[0].text = "Trong kỳ, " + paragraph.runs[0].text
            changed += 1
    assert changed
    out = io.BytesIO()
    document.save(out)
    file = {"name": "sua.docx", "mimeType": "application/zip", "buffer": out.getvalue()}
    for width in (PHONE, DESK):
        page = browser_page(width)
        page.context.add_cookies(cookies(told))
        page.goto(WORD)
        page.set_input_files("input[type=file]", file)
        page.click("main form button")
        page.wait_for_selector("text=Trong kỳ,")
        assert_accessible(page)
        assert_fits(page)


def test_a_report_renews_itself_while_its_figures_are_counted(
    told: Any, committed_cast: Cast, browser_page: Any, settle: Any
) -> None:
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, "Đường thôn chưa có đèn.")
    page = browser_page(DESK)
    page.context.add_cookies(cookies(told))
    page.goto(PAGE)
    waits = page.locator("[data-running]")
    assert "Có nội dung vừa ghi chưa vào số liệu" in waits.inner_text()
    assert page.locator("[data-running] a").inner_text() == "Tải lại trang"
    settle()
    waits.wait_for(state="detached", timeout=20_000)
    assert "Có nội dung vừa ghi" not in page.inner_text("main")
    assert page.viewport_size["height"] == HEIGHTS[DESK]
    # Without a script the words and the link are the same, and nothing moves.
    hold(cast.recorder_benmau, cast.benmau, "Sân bóng chưa được sửa.")
    plain = browser_page(DESK, script=False)
    plain.context.add_cookies(cookies(told))
    plain.goto(PAGE)
    settle()
    plain.click("text=Tải lại trang")
    assert plain.locator("[data-running]").count() == 0
