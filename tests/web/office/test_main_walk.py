"""The main job from end to end in a real browser, on both engines.

An officer writes a dialogue down, takes a past report in, confirms what was read, opens the
report, follows a figure to its records and to its words, and takes the paper away.
"""

from __future__ import annotations

import pytest

from danchu.demo.cast import PASSWORD
from tests.web.office.conftest import REPORT

pytestmark = [pytest.mark.browser, pytest.mark.main_walk]


def _sign_in(page, account):
    page.goto("/office/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/office/")


def test_an_officer_walks_from_record_and_old_report_to_the_paper(
    committed_cast, browser_page, settle, tmp_path
):
    recorder = browser_page()
    _sign_in(recorder, committed_cast.recorder_benmau)
    recorder.click("text=Đối thoại, hội nghị")
    recorder.fill("input[name=occurred_on]", "02/06/2026")
    recorder.fill("input[name=topic]", "Đối thoại về nước sạch")
    recorder.fill("input[name=place]", "Hội trường xã")
    recorder.fill("input[name=chair_post]", "Chủ tịch UBND xã")
    recorder.fill("input[name=participants]", "102")
    recorder.fill("textarea[name=op-0-text]", "Nước yếu vào buổi tối.")
    recorder.click("button:has-text('Lưu biên bản')")
    recorder.wait_for_selector("text=Đã lưu biên bản")
    settle()

    officer = browser_page()
    _sign_in(officer, committed_cast.reporter_benmau)
    officer.goto("/office/ra-soat/moi/")
    officer.fill("textarea[name=text]", REPORT)
    officer.fill("input[name=period_code]", "2025H2")
    officer.click("button:has-text('Đọc báo cáo')")
    officer.wait_for_selector("text=Số liệu đọc được")
    while officer.locator("button[value=dung]").count():
        officer.locator("button[value=dung]").first.dblclick()  # pressed twice, it counts once
        officer.wait_for_selector("[data-desk]:not([aria-busy])")
    assert officer.locator("#khong-khop, .err").count() == 0
    settle()
    officer.goto("/office/bao-cao/9A001/2025H2/")
    officer.click("a.fig:has-text('92,5%')")
    panel = officer.locator("#bang-chung")
    assert "không nêu số phiếu" in panel.inner_text()
    assert "92,5% phiếu đánh giá rất hài lòng" in panel.inner_text()

    officer.goto("/office/bao-cao/9A001/nd09:2026H1/")
    settle()
    officer.reload()
    officer.locator("a.fig[href*='so=opinions_received']").first.click()
    officer.click("#bang-chung >> text=Nước yếu vào buổi tối.")
    officer.wait_for_selector("h1:has-text('Đối thoại về nước sạch')")
    officer.goto("/office/bao-cao/9A001/nd09:2026H1/")
    for fmt, begins in (("DOCX", b"PK"), ("PDF", b"%PDF")):
        with officer.expect_download() as download:
            officer.click(f"a.btn:has-text('{fmt}')")
        target = tmp_path / fmt
        download.value.save_as(target)
        assert target.read_bytes().startswith(begins)
