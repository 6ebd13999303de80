"""The page of the form's spreadsheet at 320 and 1440 pixels: empty, refused, looked through."""

from __future__ import annotations

import os
from typing import Any

import pytest

from danchu.reporting.rounds.models import FormValue
from tests.browser.looking import assert_accessible, assert_fits
from tests.reporting.folding import open_round_of_minhhoa
from tests.reporting.rounds.sheets import filled

from .test_entry import PAGE, alone

pytestmark = pytest.mark.browser


def assert_nothing_cut(page: Any) -> None:
    """Old and new values are all in sight: nobody confirms what lies behind an edge."""
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.tbl-x td, .tbl-x tbody th')].filter(e =>
            e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right
                > e.closest('.tbl-x').getBoundingClientRect().right + 1).map(e => e.innerText)"""
    )
    assert cut == []


def test_the_spreadsheet_page_is_accessible_and_works_without_a_script(
    committed_cast: Any, look_at: Any, as_person: Any, browser_page: Any, tmp_path: Any
) -> None:
    open_round_of_minhhoa(committed_cast)
    client = as_person(committed_cast.reporter_benmau)
    cookies = [
        {
            "name": "sessionid",
            "value": client.cookies["sessionid"].value,
            "domain": "localhost",
            "path": "/",
        }
    ]
    for address in (PAGE, PAGE + "nhap/", "/en" + PAGE + "nhap/"):
        look_at(address, cookies=cookies)
    blank = client.get(PAGE + "excel/").content
    client.post(PAGE, alone("land_donating_households", "3"))  # typed on the page meanwhile
    good, bad = tmp_path / "bieu.xlsx", tmp_path / "sai.xlsx"
    changed = {"labour_days": 1246, "cases_resolved": ("KAD", "Không có đơn")}
    good.write_bytes(filled(blank, **changed, land_donating_households=4))
    bad.write_bytes(filled(blank, labour_days="mười hai", cases_resolved=-4))
    for width, script in ((320, True), (1440, True), (1440, False)):
        page = browser_page(width, script=script)
        page.context.add_cookies(cookies)
        for file, heading in (
            (bad, "Tệp có 2 lỗi, chưa ghi ô nào"),
            (good, "Xem lại trước khi ghi"),
        ):
            page.goto(PAGE + "nhap/")
            page.get_by_label("Tệp biểu đã điền (XLSX)").set_input_files(file)
            page.get_by_role("button", name="Xem trước").press("Enter")
            page.get_by_role("heading", name=heading).wait_for()
            if not script:
                continue
            if shots := os.environ.get("DANCHU_SHOTS"):
                page.screenshot(path=f"{shots}/{file.stem}-{width}.png", full_page=True)
            assert_fits(page)
            assert_nothing_cut(page)
            assert_accessible(page)
            if file is bad:
                with page.expect_download() as download:
                    page.get_by_role("button", name="Tải bảng lỗi").press("Enter")
                assert download.value.suggested_filename.startswith("Loi bieu")
    assert FormValue.objects.count() == 1  # a preview writes nothing
    page.get_by_role("button", name="Ghi 2 ô vào biểu").press("Enter")
    page.get_by_text("Đã ghi 2 ô từ tệp Excel").wait_for()
    assert FormValue.objects.count() == 3
