"""In a real browser: who chooses a figure, answers or confirms stays where they were, and is told."""

from __future__ import annotations

import pytest

from danchu.core.clock import today
from tests.browser.looking import DESK, PHONE, assert_accessible, assert_fits, eventually
from tests.civic.disclosure.made import HEADQUARTERS, publish
from tests.web.office.test_main_walk import _sign_in

pytestmark = pytest.mark.browser

PAGE = "/office/bao-cao/9A001/nd09:2026H1/"


def _y(page):
    return page.evaluate("Math.round(scrollY)")


def _in_sight(page, place):
    box = page.locator(place).first.bounding_box()
    return box is not None and 0 <= box["y"] < page.viewport_size["height"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_figure_opens_beside_its_sentence(
    committed_cast, a_committed_dialogue, browser_page, settle, width
):
    page = browser_page(width)
    _sign_in(page, committed_cast.reporter_benmau)
    page.goto(PAGE)
    settle()
    page.reload()
    chosen = page.locator("a.fig[href*='so=opinions_received']").first
    chosen.scroll_into_view_if_needed()
    before = _y(page)
    chosen.click()
    page.wait_for_selector("#bang-chung")
    eventually(lambda: _in_sight(page, "a.fig[aria-current]"))
    eventually(lambda: _in_sight(page, "#bang-chung h2"))
    figure = page.locator("a.fig[aria-current]").first.bounding_box()
    panel = page.locator("#bang-chung").bounding_box()
    assert panel["x"] >= figure["x"] + figure["width"] or panel["y"] >= figure["y"]
    if width == DESK:
        eventually(lambda: _y(page) == before)
    assert_fits(page)
    assert_accessible(page)
    kept = _y(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("#bang-chung", state="detached")
    eventually(lambda: _y(page) == kept)


def test_who_answers_an_opinion_stays_there_and_is_told(
    committed_cast, a_committed_dialogue, browser_page
):
    page = browser_page(DESK)
    _sign_in(page, committed_cast.recorder_benmau)
    page.goto(f"/office/ghi-viec/doi-thoai/{a_committed_dialogue.record.public_id}/")
    opinion = page.locator("#y-kien-2")
    opinion.get_by_text("Ghi câu trả lời").click()
    opinion.locator("input[name=yk2-on]").nth(-1).fill(f"{today():%d/%m/%Y}")
    opinion.get_by_label("Đã giải trình, trả lời").check()
    opinion.locator("textarea[name=yk2-answer]").fill("Đã khơi cống.")
    before = _y(page)
    opinion.get_by_role("button", name="Lưu câu trả lời").click()
    page.wait_for_selector(".messages")
    page.wait_for_load_state("load")
    eventually(lambda: before - 200 < _y(page) < before + 200)
    eventually(lambda: _in_sight(page, "#y-kien-2") and _in_sight(page, ".messages"))
    assert "Đã ghi câu trả lời." in page.get_by_role("status").inner_text()
    assert_accessible(page)


def test_a_refused_return_opens_at_its_field_with_what_was_typed(
    committed_cast, browser_page, as_person, settle
):
    above, reporter = as_person(committed_cast.committee_minhhoa), committed_cast.reporter_benmau
    typed = {"title": "Đợt thử", "cut_off": "14/06/2026", "due_on": "16/06/2026"}
    above.post("/office/bao-cao/mo-dot/nd09:2026H1/", typed)
    step = browser_page(PHONE)
    _sign_in(step, reporter)
    step.goto(PAGE)
    step.get_by_role("link", name="Nộp số liệu").click()
    assert_fits(step)
    assert_accessible(step)
    step.get_by_role("button", name="Nộp số liệu (bản số 1)").click()
    step.wait_for_selector("text=Đã nộp số liệu, bản số 1.")

    page = browser_page(DESK)
    _sign_in(page, committed_cast.committee_minhhoa)
    page.goto("/office/bao-cao/9A/nd09:2026H1/")
    line = page.locator("#nop-9A001")
    line.locator("summary").click()
    line.locator("button[value=tra]").click()
    page.wait_for_selector("#nop-9A001 .err")
    page.wait_for_function("document.activeElement.classList.contains('err')")
    assert page.locator("#nop-9A001 details[open] input[name=reason]").is_visible()
    assert_accessible(page)


def test_what_an_interruption_changed_is_in_sight_under_the_message(committed_cast, browser_page):
    officer = committed_cast.recorder_benmau
    notice = publish(officer, committed_cast.benmau, HEADQUARTERS, on=today())
    page = browser_page(PHONE)
    _sign_in(page, officer)
    page.goto(f"/office/ghi-viec/cong-khai/{notice.record.public_id}/")
    page.locator(".posting summary", has_text="Bị gián đoạn").click()
    page.locator("[name^=gian-doan][name$=reason]").first.fill("Bảng tin bị tháo để sơn lại")
    page.get_by_role("button", name="Ghi gián đoạn").click()
    page.wait_for_selector(".messages")
    said = page.locator(".posting", has_text="Đang gián đoạn: chưa ngày nào được tính")

    def is_seen():
        head, message = said.locator("h3").bounding_box(), page.locator(".messages").bounding_box()
        return message["y"] + message["height"] <= head["y"] < page.viewport_size["height"] / 2

    eventually(is_seen)
    assert_fits(page)
    assert_accessible(page)
