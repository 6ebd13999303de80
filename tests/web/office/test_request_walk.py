"""A request from above in a real browser without scripts: taken in, mapped by clicking, filled."""

from __future__ import annotations

import pytest

from danchu.core.documents.forms.xlsx import open_form
from tests.core.documents.province_form import province_form
from tests.web.office.test_requests import FIELDS


@pytest.mark.browser
def test_an_officer_maps_and_fills_a_form_in_the_browser(
    committed_cast, settle, as_person, browser_page, look_at, a_committed_dialogue
):
    cast = committed_cast
    settle()
    cookie = {
        "name": "sessionid",
        "value": as_person(cast.reporter_benmau).cookies["sessionid"].value,
        "domain": "localhost",
        "path": "/",
    }
    page = browser_page(script=False)
    page.context.add_cookies([cookie])
    page.goto("/office/yeu-cau/moi/")
    for name in ("title", "sender", "due_on", "due_hour"):
        page.fill(f"[name={name}]", FIELDS[name])
    page.select_option("[name=period_code]", FIELDS["period_code"])
    page.set_input_files(
        "[name=given]",
        {
            "name": "bieu.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": province_form(),
        },
    )
    page.click("main form button.btn")
    page.wait_for_selector("text=Các ô sẽ điền")
    address = "/office" + page.url.partition("/office")[2]
    settle()
    page.click("text=Mở biểu để gắn ô")
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
