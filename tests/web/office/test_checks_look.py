"""The pages of the rules at 320 and 1440 pixels, before and after a rule was tried."""

from __future__ import annotations

import os

import pytest

from danchu.reporting.checks.models import CheckRule
from danchu.reporting.checks.services import retire_rule
from tests.browser.looking import assert_accessible, assert_fits

pytestmark = pytest.mark.browser


def test_the_pages_of_the_rules_are_accessible_and_fit(
    committed_cast, look_at, as_person, browser_page
):
    row = CheckRule.objects.get(key="score_bound")
    retire_rule(actor=committed_cast.admin, rule_id=row.pk, reason="Thang điểm khác")
    client = as_person(committed_cast.admin)
    cookies = [
        {
            "name": "sessionid",
            "value": client.cookies["sessionid"].value,
            "domain": "localhost",
            "path": "/",
        }
    ]
    for address in ("/office/quy-tac/", "/en/office/quy-tac/", "/office/quy-tac/moi/"):
        look_at(address, cookies=cookies)
    for width in (320, 1440):
        page = browser_page(width)
        page.context.add_cookies(cookies)
        page.goto("/office/quy-tac/moi/")
        page.get_by_label("Mã quy tắc").fill("it_doi_thoai")
        page.get_by_label("Quy tắc", exact=True).fill("dialogues_held <= conferences_held + 1")
        page.get_by_label("Câu báo khi không thỏa").fill("Đối thoại {dialogues_held}.")
        page.get_by_label("Câu báo bằng tiếng Anh").fill("Dialogues {dialogues_held}.")
        page.get_by_role("button", name="Thử quy tắc").click()
        page.get_by_role("heading", name="Kết quả thử").wait_for()
        assert_fits(page)
        assert_accessible(page)
        if shots := os.environ.get("DANCHU_SHOTS"):
            page.screenshot(path=f"{shots}/quy-tac-thu-{width}.png", full_page=True)
        page.get_by_label("Quy tắc", exact=True).fill("dialogues_held <= (1)")
        page.get_by_role("button", name="Thử quy tắc").click()
        page.get_by_role("alert").wait_for()
        assert_fits(page)
        assert_accessible(page)
    assert not CheckRule.objects.filter(shipped=False).exists()
