"""A request from above in a real browser without scripts: taken in, mapped by clicking, filled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from danchu.core.documents.forms.docx import WordForm
from danchu.core.documents.forms.xlsx import open_form
from tests.core.documents.province_form import province_form
from tests.core.documents.word_form import word_form
from tests.web.office.test_requests import FIELDS


@pytest.fixture
def taken_in(committed_cast, settle, as_person, browser_page):
    """``taken_in(name, form)``: a request with that form, its mapping page open without scripts."""

    def take(name: str, form: bytes) -> tuple[Page, dict[str, str], str]:
        settle()
        signed_in = as_person(committed_cast.reporter_benmau)
        cookie = {
            "name": "sessionid",
            "value": signed_in.cookies["sessionid"].value,
            "domain": "localhost",
            "path": "/",
        }
        page = browser_page(script=False)
        page.context.add_cookies([cookie])
        page.goto("/office/yeu-cau/moi/")
        for field in ("title", "sender", "due_on", "due_hour"):
            page.fill(f"[name={field}]", FIELDS[field])
        page.select_option("[name=period_code]", FIELDS["period_code"])
        given = {"name": name, "mimeType": "application/octet-stream", "buffer": form}
        page.set_input_files("[name=given]", given)
        page.click("main form button.btn")
        page.wait_for_selector("text=Các ô sẽ điền")
        address = "/office" + page.url.partition("/office")[2]
        settle()
        page.click("text=Mở biểu để gắn ô")
        return page, cookie, address

    return take


@pytest.mark.browser
def test_an_officer_maps_and_fills_a_form_in_the_browser(
    taken_in, settle, look_at, a_committed_dialogue
):
    page, cookie, address = taken_in("bieu.xlsx", province_form())
    page.click("td a:has-text('C6')")
    page.fill("[name=tim]", "doi thoai")
    page.click(".find-cell button")
    page.click("button[value=dialogues_held] >> nth=0")
    page.wait_for_selector("text=Đang gắn")
    look_at(f"{address}bieu/?o=D6&tim=doi+thoai", cookies=[cookie])
    page.goto(address)
    page.click("button:has-text('Điền biểu')")
    page.wait_for_selector("text=Tải bản 1")
    with page.expect_download() as fetched:
        page.click("text=Tải bản 1")
    with open(fetched.value.path(), "rb") as kept:
        filled = open_form(kept.read()).sheet("Biểu 1")
    assert filled.cell("C6").text == "1"
    assert filled.cell("B6").text == "Xã, phường"
    for path in ("/office/yeu-cau/", "/office/yeu-cau/moi/", address):
        look_at(path, cookies=[cookie])


@pytest.mark.browser
def test_an_officer_maps_and_fills_a_document_for_two_receivers_in_the_browser(
    taken_in, settle, look_at, a_committed_dialogue
):
    page, cookie, address = taken_in("bieu.docx", word_form())
    page.click("a.gap:has-text('..........')")
    page.wait_for_selector("h2:has-text('Chỗ trống 3')")
    page.click("button[value=dialogues_held] >> nth=0")
    page.wait_for_selector("text=Đã gắn: Chỗ trống 3.")
    page.click("td a:has-text('Bảng 2 C4')")
    page.click("button[value=dialogues_held] >> nth=0")
    page.wait_for_selector("text=Đã gắn: Bảng 2, ô C4.")
    look_at(f"{address}bieu/?trang-tinh=3&o=D4&tim=doi+thoai", cookies=[cookie])
    page.goto(address)
    page.click("summary:has-text('Nơi khác cũng cần biểu này')")
    more = page.locator("form:has(button[name=them])")
    more.locator("[name=sender]").fill("Ban Tuyên giáo")
    more.locator("[name=due_on]").fill("11/06/2026")
    more.locator("button[name=them]").click()
    page.wait_for_selector("text=Đã thêm nơi nhận")
    other = "/office" + page.url.partition("/office")[2]
    for place in (other, address):
        page.goto(place)
        page.click("button:has-text('Điền biểu')")
        page.wait_for_selector("text=Tải bản 1")
    with page.expect_download() as fetched:
        page.click("text=Tải bản 1")
    with open(fetched.value.path(), "rb") as kept:
        filled = WordForm(kept.read())
    assert filled.tables[1].rows[3][2].text == "1"
    assert [place.text for place in filled.running].count("..........") == 0
    page.click("summary:has-text('Ghi đã gửi bản 1')")
    page.click("button[name=gui]")
    page.wait_for_selector("text=Đã ghi là đã gửi.")
    page.click("text=Giống nhau cả 1 số cùng hỏi")
    page.wait_for_selector("text=Hai nơi nhận cùng số liệu")
    compared = "/office" + page.url.partition("/office")[2]
    for path in (address, compared):
        look_at(path, cookies=[cookie])
