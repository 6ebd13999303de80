"""Every component in a real browser, light and dark, at both widths."""

from __future__ import annotations

import pytest

from tests.browser.looking import assert_focused

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sample_pages"),
]


@pytest.mark.parametrize("dark", [False, True])
def test_every_component_is_accessible_and_fits(look_at, dark):
    look_at("/thanh-phan/", dark=dark)


def test_a_form_in_error_moves_to_the_summary_and_on_to_the_field(browser_page):
    page = browser_page(320)
    page.goto("/bieu-mau/")
    page.get_by_label("Nơi họp").fill("Nhà văn hóa")
    page.get_by_role("button", name="Lưu biên bản").click()
    page.wait_for_selector(".govuk-error-summary")
    page.wait_for_function("document.activeElement.classList.contains('govuk-error-summary')")
    assert page.title().startswith("Lỗi:")
    assert page.get_by_label("Nơi họp").input_value() == "Nhà văn hóa"
    page.locator(".govuk-error-summary a").first.click()
    assert_focused(page, "id_held_on", by="id")


def test_a_form_is_sent_without_a_script(browser_page):
    page = browser_page(1440, script=False)
    page.goto("/bieu-mau/")
    page.get_by_label("Nơi họp").fill("Nhà văn hóa")
    page.get_by_label("Ngày", exact=True).fill("20112026")
    page.get_by_label("Số người dự").fill("1.246")
    page.get_by_label("Loại B").check()
    page.get_by_role("button", name="Lưu biên bản").click()
    assert page.get_by_role("link", name="Đã có người ghi.").is_visible()
    assert page.get_by_label("Số người dự").input_value() == "1.246"
    assert page.get_by_label("Loại B").is_checked()
