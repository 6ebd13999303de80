"""The pages around messages and claims in a real browser: both widths, an accessibility engine."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from danchu.core.accounts.models import Installation
from danchu.core.subscriptions.models import Subscription
from danchu.core.subscriptions.sealing import confirming, stopping
from danchu.core.subscriptions.services import subscribe
from danchu.web.portal import claims as claim_pages
from danchu.web.portal import subscriptions as pages
from danchu.web.portal.caching import forget_all
from tests.browser.looking import PHONE, assert_accessible, assert_fits
from tests.civic.disclosure.made import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
TEXT = "Khoản chi sửa đường ghi 5 triệu, biên bản họp thôn ghi 15 triệu."


@pytest.fixture
def board(committed_cast, live_server, settings):
    settings.DANCHU_ADDRESS = live_server.url
    settings.DANCHU_MAIL_FROM = "khong-tra-loi@danchu.example"
    for buckets in (pages.asking, pages.asking_of_day, claim_pages.sending):
        buckets.clear()
    cache.clear()
    forget_all()
    Installation.objects.get_or_create(defaults={"mode": "demo", "serves": ["9A"]})
    yield committed_cast, publish(committed_cast.recorder_benmau, committed_cast.benmau)
    forget_all()


def test_messages_are_asked_for_confirmed_and_stopped(board, browser_page, look_at):
    cast, _made = board
    subscribe(unit_id=cast.benmau, address="lan@example.vn", language="vi")
    row = Subscription.objects.get()
    confirm = f"/nhan-thu/xac-nhan/{confirming(row.public_id)}/"
    stop = f"/nhan-thu/dung/{stopping(row.public_id)}/"
    for path in (f"{BOARD}nhan-thu/", confirm, stop):
        look_at(path)
    page = browser_page(PHONE)
    page.goto(BOARD)
    page.get_by_role("link", name="nhận thư điện tử khi có nội dung mới").click()
    page.get_by_role("button", name="Gửi thư xác nhận").click()
    assert page.locator(".govuk-error-summary").is_visible()
    assert_accessible(page)
    page.get_by_label("Địa chỉ thư điện tử").fill("khac@example.vn")
    page.get_by_role("button", name="Gửi thư xác nhận").click()
    assert "Mở hộp thư" in page.locator("h1").inner_text()
    assert_accessible(page)
    assert_fits(page)
    page.goto(confirm)
    page.get_by_role("button", name="Xác nhận").click()
    assert page.locator("h1").inner_text() == "Đã xác nhận"
    page.goto(stop)
    page.get_by_role("button", name="Dừng nhận thư").click()
    assert page.locator("h1").inner_text() == "Đã dừng"
    assert_accessible(page)
    assert_fits(page)
    assert not Subscription.objects.filter(pk=row.pk).exists()


def test_going_back_and_sending_again_shows_the_same_code_and_pin(board, browser_page):
    _cast, made = board
    page = browser_page(PHONE)
    page.goto(f"{BOARD}{made.record.public_id}/phan-anh/?loai=chua-dung")
    shown = []
    for _ in range(2):
        page.get_by_label("Nội dung", exact=True).fill(TEXT)
        page.get_by_role("button", name="Gửi").click()
        page.wait_for_selector("dl.keys")
        shown.append(page.locator("dl.keys dd").all_inner_texts())
        assert_accessible(page)
        assert_fits(page)
        page.go_back()
    assert shown[0] == shown[1]
    assert re.fullmatch(r"\d{6}", shown[0][1])
