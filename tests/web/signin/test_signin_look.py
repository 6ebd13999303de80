"""The pages of signing in, looked at: both widths, an accessibility engine, the walk of a person."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest

from danchu.cli import main
from danchu.core.accounts import links
from danchu.core.accounts.models import Account, Installation, RoleGrant
from danchu.core.contracts import OPERATOR
from danchu.core.units.models import Placement, Unit, UnitState
from tests.browser.looking import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "bốn con trâu qua cầu"


@pytest.fixture
def lan(transactional_db) -> Account:
    unit = Unit.objects.create(level="commune", is_demo=True)
    UnitState.objects.create(
        unit=unit, code="9Z001", name="xã Bến Mẫu", kind="xã", folded="xa ben mau", sort_key="ben"
    )
    Placement.objects.create(unit=unit, path=f"/{unit.pk}/")
    account = Account.objects.create(
        email="lan@benmau.invalid", name="Mẫu Thị Lan", post="Công chức Văn phòng"
    )
    account.set_password(PASSWORD)
    account.save()
    RoleGrant.objects.create(
        account=account, role="recorder", unit=unit, valid_from=dt.date(2026, 1, 1)
    )
    return account


def signed_in(page) -> None:
    page.goto("/office/dang-nhap/?next=/office/tai-khoan/")
    page.get_by_label("Thư điện tử").fill("lan@benmau.invalid")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/office/tai-khoan/")


def test_pages_before_signing_in_are_accessible_and_fit(look_at, lan: Account) -> None:
    token = links.make_one_time_link(actor=OPERATOR, account_id=lan.pk, purpose="welcome")
    look_at("/office/dang-nhap/")
    look_at("/en/office/dang-nhap/")
    look_at(f"/office/duong-dan/welcome/{token}/")


def test_a_person_signs_in_and_switches_the_second_factor_on(
    browser_page, look_at, lan: Account
) -> None:
    page = browser_page(320)
    signed_in(page)
    cookies = page.context.cookies()
    look_at("/office/tai-khoan/", cookies=cookies)
    page.get_by_role("link", name="Bật lớp xác thực thứ hai").click()
    look_at("/office/tai-khoan/xac-nhan/", cookies=cookies)
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/xac-thuc/bat/")
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 100
    cookies = page.context.cookies()
    look_at("/office/tai-khoan/xac-thuc/bat/", cookies=cookies)
    look_at("/office/tai-khoan/mat-khau/", cookies=cookies)
    look_at("/office/dang-xuat/", cookies=cookies)


def test_a_wrong_password_is_told_above_the_form(browser_page, lan: Account) -> None:
    page = browser_page(320)
    page.goto("/office/dang-nhap/")
    page.get_by_label("Thư điện tử").fill("lan@benmau.invalid")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    assert "không đúng" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Thư điện tử").input_value() == "lan@benmau.invalid"
    assert page.get_by_label("Mật khẩu").input_value() == ""


def test_the_link_that_account_create_prints_sets_a_password_in_a_browser(
    browser_page, look_at, live_server, lan: Account, capsys, settings
) -> None:
    Installation.objects.create(mode="demo")
    settings.DANCHU_ADDRESS = live_server.url
    create = ["account", "create", "moi@benmau.invalid", "--role", "recorder", "--unit", "9Z001"]
    assert main([*create, "--name", "Mẫu Thị Mới"]) == 0
    address = capsys.readouterr().out.split()[-1]
    assert address.startswith(live_server.url)
    look_at(urlsplit(address).path)  # looking at it spends nothing
    page = browser_page(320)
    page.goto(address)
    assert "moi@benmau.invalid" in page.locator("main").inner_text()
    first, second = page.locator("input[type=password]").all()
    first.fill(PASSWORD)
    second.fill("khác hẳn câu trên")
    page.get_by_role("button", name="Đặt mật khẩu").click()
    assert page.locator(".govuk-error-summary").is_visible()
    assert_accessible(page)
    first, second = page.locator("input[type=password]").all()
    first.fill(PASSWORD)
    second.fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    page.wait_for_url("**/office/dang-nhap/")
    assert "Đã đặt mật khẩu" in page.locator(".messages").inner_text()
    assert_accessible(page)
    page.get_by_label("Thư điện tử").fill("moi@benmau.invalid")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/office/")
    assert page.goto(address).status == 404  # it worked once
