"""The citizens' pages in a real browser: both widths, an accessibility engine, how much travels."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.accounts.models import Installation
from danchu.core.contracts import OPERATOR
from tests.browser.looking import assert_fits, assert_focused
from tests.web.portal.conftest import build_places, hold_dialogue, write_contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEN_MAU = "/dia-phuong/9A101-xa-ben-mau/"
ONE_PAGE = 150_000  # bytes of a first visit (DESIGN section 7)


@pytest.fixture
def lived_in(transactional_db):
    """The invented commune with everything its page can show."""
    from danchu.civic.reception.services import ScheduleInput, add_schedule_line

    places = build_places()
    Installation.objects.create(mode="demo", serves=["9A"])
    write_contact(
        places.new,
        address="Phố Mẫu Lương, thôn Mẫu Lương, xã Bến Mẫu, tỉnh Minh Họa",
        telephone="0200 000 0147",
        email="ubnd@benmau.invalid",
        hours="Thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30 và 13 giờ 30 đến 17 giờ",
        counter_note="Đơn khiếu nại có chữ ký thì nộp tại trụ sở.",
    )
    add_schedule_line(
        actor=OPERATOR,
        unit_id=places.new.pk,
        content=ScheduleInput(
            "Chủ tịch UBND xã", "Nguyễn Văn Mẫu", 3, (1, 3), dt.time(8), dt.time(11, 30), "Trụ sở"
        ),
    )
    places.dialogue = hold_dialogue(places.new)
    return places


def test_every_page_is_accessible_and_fits_both_widths(look_at, lived_in):
    for address in (
        "/",
        "/dia-phuong/",
        "/dia-phuong/?q=mau",
        "/dia-phuong/?q=khong+co+dau",
        BEN_MAU,
        "/en" + BEN_MAU,
        BEN_MAU + "doi-thoai/",
        f"{BEN_MAU}doi-thoai/{lived_in.dialogue.record.public_id}/",
        BEN_MAU + "so-lieu/",
        "/dia-phuong/9A-tinh-minh-hoa/",
        "/dia-phuong/9A001-xa-mau-giua/den-2025-06-30/",
        "/dia-phuong/9A102-phuong-cau-mau/",
        "/ve-trang-nay/",
        "/khong-co-trang-nay/",
        BEN_MAU + "bao-cao/",
    ):
        look_at(address)


def test_reports_and_open_data_are_accessible_and_fit_both_widths(
    look_at, browser_page, committed_cast, settle, settings
):
    """One report whose files are given out, one that holds small counts back."""
    import shutil

    from tests.making import hold, work
    from tests.reporting.publishing import PERIOD, issue, known, public_id

    settings.DANCHU_API_RATE = 0
    shutil.rmtree(settings.DANCHU_DATA / "cache" / "open-data", ignore_errors=True)
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    hold(cast.recorder_caumau, cast.caumau, "Ngõ ngập khi mưa.")
    work(cast.recorder_caumau, cast.caumau, kind="complaints_received", number=2, people=None)
    known(PERIOD, "9A001", "9A002")
    for code, name in (("9A001", "xa-ben-mau"), ("9A002", "phuong-cau-mau")):
        one = f"/dia-phuong/{code}-{name}/bao-cao/{public_id(issue(code))}/"
        look_at(one)
        look_at("/en" + one)
    for address in ("/open-data/", "/en/open-data/", "/open-data/chi-tieu/"):
        look_at(address)
        page = browser_page(320)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes = []
        session.on(
            "Network.loadingFinished",
            lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]),
        )
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert sum(sizes) <= ONE_PAGE, (address, sum(sizes))


def test_the_menu_opens_without_a_script_and_closes_with_escape(browser_page, lived_in):
    page = browser_page(320, script=False)
    page.goto(BEN_MAU)
    page.get_by_text("Mục", exact=True).click()
    assert page.get_by_role("link", name="Chọn xã, phường").is_visible()
    page = browser_page(320)
    page.goto(BEN_MAU)
    page.get_by_text("Mục", exact=True).click()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Chọn xã, phường").is_visible()


def test_find_my_commune_by_keyboard_alone(browser_page, lived_in):
    page = browser_page(1440)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("ben mau")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Xã Bến Mẫu").first.click()
    page.wait_for_url("**/9A101-xa-ben-mau/")
    page.keyboard.press("Tab")
    assert_focused(page, "skip", by="className")
    page.keyboard.press("Enter")
    assert_focused(page, "noi-dung", by="id")


def test_larger_letters_stay_on_this_device_and_the_page_still_fits(browser_page, lived_in):
    page = browser_page(1440)
    page.goto(BEN_MAU)
    before = page.evaluate("getComputedStyle(document.querySelector('main p')).fontSize")
    page.get_by_role("button", name="Cỡ chữ").click()
    page.reload()
    after = page.evaluate("getComputedStyle(document.querySelector('main p')).fontSize")
    assert float(after[:-2]) > float(before[:-2]) * 1.1
    assert page.context.cookies() == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)


def test_a_first_visit_is_small(browser_page, lived_in):
    page = browser_page(320)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(BEN_MAU)
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 8  # page, styles, script, four fonts
    assert sum(sizes) <= ONE_PAGE, sum(sizes)


def test_a_page_prints_in_black_on_white(browser_page, lived_in):
    page = browser_page(1440)
    page.goto(BEN_MAU)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.get_by_role("link", name="Chọn xã, phường").first.is_visible()
