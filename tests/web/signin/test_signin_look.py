"""The pages of signing in, looked at: both widths, an accessibility engine, the walk of a person."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.accounts import links
from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.contracts import OPERATOR
from danchu.core.units.models import Placement, Unit, UnitState

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
