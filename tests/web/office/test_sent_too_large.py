"""What is larger than one sending may hold: told before it is sent, and never with a loss."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.civic.disclosure.models import Notice
from danchu.core.files.models import StoredFile
from danchu.demo.cast import PASSWORD
from tests.browser.looking import DESK, PHONE, assert_accessible, assert_fits

pytestmark = pytest.mark.browser

NEW = "/office/ghi-viec/cong-khai/moi/?khoan=xa_ck_02"
TOLD = "[data-files-too-large]"
MB = 2**20


def _file(name: str, size: int) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": "Dự toán thu, chi. ".encode() * size}


def _opened(browser_page: Any, account: Any, width: int, **given: Any) -> Any:
    page = browser_page(width, **given)
    page.goto("/office/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/office/")
    page.goto(NEW)
    return page


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_files_too_large_together_are_told_before_they_are_sent(
    committed_cast: Any, browser_page: Any, settings: Any, width: int
) -> None:
    settings.DANCHU_MAX_REQUEST = MB
    page = _opened(browser_page, committed_cast.recorder_benmau, width)
    page.fill("[name=title]", "Dự toán thu, chi ngân sách xã")
    page.set_input_files("[name=documents]", [_file("a.txt", 20_000), _file("b.txt", 40_000)])
    assert "có 1,3 MB, một lần gửi nhiều nhất 1 MB" in page.inner_text(TOLD)
    assert_fits(page)
    assert_accessible(page)
    page.click("form:has([name=documents]) button.btn >> nth=-1")
    assert page.evaluate(f"document.activeElement.matches('{TOLD}')")
    assert page.input_value("[name=title]") == "Dự toán thu, chi ngân sách xã"
    assert not StoredFile.objects.exists(), "nothing was sent"
    page.set_input_files("[name=documents]", [_file("a.txt", 20_000)])
    assert page.locator(TOLD).count() == 0
    page.click("form:has([name=documents]) button.btn >> nth=-1")
    page.wait_for_selector(".govuk-error-summary")  # it lacks a day
    assert page.input_value("[name=title]") == "Dự toán thu, chi ngân sách xã"
    assert not Notice.objects.exists()


def test_the_page_of_a_sending_that_was_too_long_is_right_about_the_way_back(
    committed_cast: Any, browser_page: Any, settings: Any
) -> None:
    page = _opened(browser_page, committed_cast.recorder_benmau, DESK)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    page.fill("[name=title]", "Dự toán thu, chi ngân sách xã")
    page.fill("[name=text]", "Nội dung công khai. " * 100)
    page.click("form:has([name=documents]) button.btn >> nth=-1")
    page.wait_for_selector("text=Nội dung gửi lên quá nhiều")
    assert "Bấm nút Quay lại của trình duyệt" in page.inner_text("main")
    page.go_back()
    page.wait_for_selector("[name=title]")
    assert page.input_value("[name=title]") == "Dự toán thu, chi ngân sách xã"
    assert page.input_value("[name=text]").strip() == ("Nội dung công khai. " * 100).strip()
    assert not Notice.objects.exists()
