"""Pages of finding, units and people in a real browser, at 320 and 1440 pixels."""

from __future__ import annotations

import pytest

from danchu.core.accounts.services import add_person
from danchu.core.contracts import OPERATOR
from tests.cast import TODAY

pytestmark = pytest.mark.browser

PAGES = (
    "/office/tim/",
    "/office/tim/?q=mau",
    "/office/tim/?q=khong+co",
    "/office/don-vi/9A001/",
    "/office/don-vi/9A1/",
    "/office/don-vi/9A001/?ky=2019H1",
    "/office/don-vi/",
    "/office/don-vi/lien-he/",
    "/office/don-vi/lich-tiep/",
    "/office/don-vi/dang-ky-moi/",
    "/office/don-vi/9A001.01/doi-ten/",
    "/office/don-vi/9A001.01/ket-thuc/",
    "/office/nguoi-dung/",
    "/office/nguoi-dung/them/",
    "/office/nguoi-dung/danh-sach/",
    "/en/office/don-vi/9A001/",
    "/en/office/nguoi-dung/",
)


def test_pages_of_units_and_people_are_accessible_and_fit(committed_cast, as_person, look_at):
    client = as_person(committed_cast.admin_benmau)
    cookies = [
        {"name": name, "value": morsel.value, "domain": "localhost", "path": "/"}
        for name, morsel in client.cookies.items()
    ]
    person = f"/office/nguoi-dung/{committed_cast.recorder_benmau.pk}/"
    for page in (*PAGES, person):
        look_at(page, cookies=cookies)


def test_a_person_is_added_without_scripts_and_the_link_opens(
    committed_cast, as_person, browser_page
):
    add_person(
        actor=OPERATOR,
        email="cho@minhhoa.example",
        name="Vi Mẫu Chờ",
        unit_id=committed_cast.benmau,
        role="viewer",
        valid_from=TODAY,
    )
    client = as_person(committed_cast.admin_benmau)
    page = browser_page(320, script=False)
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "domain": "localhost", "path": "/"}
            for name, morsel in client.cookies.items()
        ]
    )
    page.goto("/office/nguoi-dung/")
    page.click("text=Thêm người")
    page.fill("#id_name", "Lâm Mẫu Kiên")
    page.fill("#id_email", "kien@minhhoa.example")
    page.select_option("#id_role", "recorder")
    page.click("text=Thêm và tạo đường dẫn")
    link = page.inner_text(".once")
    assert "/office/duong-dan/welcome/" in link
    assert "/duong-dan/" not in page.url
    other = browser_page(320, script=False)
    other.goto(link)
    assert "kien@minhhoa.example" in other.content()
