"""The public board in a real browser: both widths, an accessibility engine, what travels, print."""

from __future__ import annotations

import datetime as dt
import os
import uuid

import pytest
from django.test import Client

from danchu.civic.disclosure.services import PostingInput, interrupt_posting, resume_posting
from danchu.core.accounts.models import Installation
from tests.browser.looking import DESK, PHONE, assert_accessible, assert_fits
from tests.civic.disclosure.made import HALL, HEADQUARTERS, publish, publish_names

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
ONE_PAGE = 150_000  # bytes of a first visit (DESIGN section 7)
MONEY = {
    "header": ["TT", "Nội dung chi", "Dự toán năm 2026", "Thực hiện 6 tháng"],
    "rows": [
        ["", "Tổng chi ngân sách xã", 14_226_500_000, 6_120_300_000],
        ["1", "Chi đầu tư phát triển", 5_180_000_000, 2_010_000_000],
        [
            "2",
            "Chi sự nghiệp giáo dục, văn hóa, thể thao và truyền thanh",
            1_846_500_000,
            803_000_000,
        ],
        ["3", "Chi quản lý nhà nước, Đảng, đoàn thể", 6_900_000_000, 3_207_300_000],
        ["4", "Dự phòng ngân sách", 300_000_000, 100_000_000],
    ],
    "money": True,
}


@pytest.fixture
def hung(committed_cast):
    """A commune with a budget, an interrupted posting, a correction, a list with names."""
    cast = committed_cast
    Installation.objects.get_or_create(defaults={"mode": "demo", "serves": ["9A"]})
    who, unit = cast.recorder_benmau, cast.benmau
    portal = PostingInput(
        kind="portal", place="Cổng thông tin xã", link="https://benmau.example/ngan-sach"
    )
    budget = publish(who, unit, HEADQUARTERS, HALL, portal, table=MONEY)
    posting = budget.postings.select_related("record").get(kind="culture_house")
    interrupt_posting(
        actor=who, posting_id=posting.pk, version=posting.record.version,
        from_on=dt.date(2026, 6, 1), reason="Mưa làm hỏng bảng tin.",
    )  # fmt: skip
    posting.record.refresh_from_db()
    resume_posting(
        actor=who, posting_id=posting.pk, version=posting.record.version, on=dt.date(2026, 6, 3)
    )
    publish(who, unit, title="Đính chính dự toán chi năm 2026", corrects_id=budget.pk)
    names = publish_names(who, unit, HALL)
    torn = publish(who, unit, HEADQUARTERS, rule_key="xa_ck_07", title="Kết quả bình xét hộ nghèo")
    held = torn.postings.select_related("record").get()
    interrupt_posting(
        actor=who, posting_id=held.pk, version=held.record.version,
        from_on=dt.date(2026, 6, 8), reason="Bảng tin bị tháo để sơn lại.",
    )  # fmt: skip
    return [f"{BOARD}{one.record.public_id}/" for one in (budget, names, torn)]


def test_the_board_and_its_notices_are_accessible_and_fit_both_widths(look_at, hung):
    for address in (
        BOARD,
        "/en" + BOARD,
        BOARD + "?tinh-trang=dang-niem-yet",
        *hung,
        "/en" + hung[0],
    ):
        look_at(address)
    look_at("/dia-phuong/9A001-xa-ben-mau/")
    for address in ("/tim/", "/tim/?q=ngan+sach", "/en/tim/?q=du+toan&don-vi=9A001", "/tim/?q=xyz"):
        look_at(address)
    look_at("/dia-phuong/9A002-phuong-cau-mau/cong-khai/")


def test_the_pages_of_a_claim_are_accessible_and_fit_both_widths(
    look_at, browser_page, hung, committed_cast, monkeypatch
):
    from django.conf import settings

    from danchu.civic.claims.services import answer_claim, send_claim
    from danchu.web.portal import claims as pages

    pages.sending.clear()
    monkeypatch.setenv("DANCHU_TODAY", "2026-09-10")
    form = hung[0] + "phan-anh/"
    for address in (form, "/en" + form, "/xem-tra-loi/"):
        look_at(address)
    about = uuid.UUID(hung[0].rstrip("/").rpartition("/")[2])
    text = "Bảng ghi chi giáo dục 1,8 tỷ; biên bản họp thôn ghi 1,2 tỷ."
    sent = send_claim(about=about, kind="wrong", text=text)
    office = f"/office/phan-anh/{sent.claim.record.public_id}/"
    client = Client()
    client.force_login(committed_cast.recorder_benmau)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
    signed_in = [{**cookie, "domain": "localhost", "path": "/"}]
    for address in ("/office/phan-anh/", office):
        look_at(address, cookies=signed_in)
    for width in (PHONE, DESK):
        page = browser_page(width)
        page.goto(form)
        page.get_by_role("textbox", name="Nội dung").fill(text)
        page.get_by_role("button", name="Gửi").click()
        page.get_by_role("heading", name="Đã gửi").wait_for()
        _seen(page, f"claim-sent-{width}")
        _follow(page, sent)
        page.get_by_role("heading", name="Chưa có trả lời").wait_for()
        _seen(page, f"claim-waits-{width}")
    answer_claim(
        actor=committed_cast.recorder_benmau, record_id=sent.claim.pk, version=1,
        outcome="stands", answer="Hai số là của hai năm: 1,2 tỷ của năm 2025, 1,8 tỷ của năm 2026.",
    )  # fmt: skip
    _follow(page, sent)
    page.get_by_role("heading", name="Đã kiểm tra").wait_for()
    _seen(page, "claim-answered")


def _follow(page, sent):
    page.goto("/xem-tra-loi/")
    page.get_by_label("Mã").fill(sent.code.shown)
    page.get_by_label("PIN").fill(sent.code.pin)
    page.get_by_role("button", name="Xem").click()


def _seen(page, name):
    assert_fits(page)
    assert_accessible(page)
    shots = os.environ.get("DANCHU_SHOTS")
    if shots:
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def test_a_first_visit_is_small_and_needs_no_script(browser_page, hung):
    page = browser_page(320)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(hung[0])
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 8
    assert sum(sizes) <= ONE_PAGE, sum(sizes)
    assert page.get_by_role("button", name="Chép đoạn ngắn").is_visible()
    plain = browser_page(320, script=False)
    plain.goto(hung[0])
    assert not plain.get_by_role("button", name="Chép đoạn ngắn").is_visible()
    assert plain.get_by_label("Đoạn ngắn để dán vào Zalo").is_visible()


def test_a_notice_prints_what_it_says_and_nothing_to_press(browser_page, hung):
    page = browser_page(1440)
    page.goto(hung[0])
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.get_by_role("heading", name="Niêm yết").is_visible()
    assert not page.get_by_text("Tải bảng (XLSX)").is_visible()
    assert not page.get_by_text("Báo cho người khác biết").is_visible()


def test_a_phone_shows_three_notices_of_a_unit_and_the_way_on(browser_page, hung):
    for width, shown in ((PHONE, 3), (DESK, 4)):
        page = browser_page(width)
        page.goto("/dia-phuong/9A001-xa-ben-mau/")
        notices = page.locator("article.notice")
        assert sum(notices.nth(n).is_visible() for n in range(notices.count())) == shown
        assert page.locator(".next3 a").is_visible() is (width == PHONE)
        page.goto(BOARD)
        notices = page.locator("article.notice")
        assert all(notices.nth(n).is_visible() for n in range(notices.count()))
