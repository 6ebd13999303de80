"""Pages of a change of the map in a real browser: at 320 and 1440 pixels, without scripts."""

from __future__ import annotations

import os
from typing import Any

import pytest

from danchu.core.changes.models import MapChange
from tests.browser.looking import DESK, PHONE, assert_accessible, assert_fits
from tests.web.office.test_unit_changes import BASIS, COMMUNES, MERGE

pytestmark = pytest.mark.browser

PAGES = (
    COMMUNES,
    MERGE,
    f"{COMMUNES}chia/",
    f"{COMMUNES}tach/",
    f"{COMMUNES}chuyen/",
    f"{COMMUNES}doi-ten/",
    f"{COMMUNES}giai-the/",
    f"/en{MERGE}",
)


def cookies_of(client: Any) -> list[dict[str, Any]]:
    return [
        {"name": name, "value": morsel.value, "domain": "localhost", "path": "/"}
        for name, morsel in client.cookies.items()
    ]


def test_the_forms_are_accessible_and_fit(
    committed_cast: Any, as_person: Any, look_at: Any
) -> None:
    cookies = cookies_of(as_person(committed_cast.admin))
    for page in PAGES:
        look_at(page, cookies=cookies)


def dry_run(page: Any, caumau: int) -> None:
    """The form of a merger filled in and sent with the keyboard."""
    page.goto(MERGE)
    page.focus(f"input[value='{caumau}']")
    page.keyboard.press("Space")
    page.focus("input[name=into][value=new]")
    page.keyboard.press("Space")
    page.select_option("#id_kind", "xã")
    typed = {"name": "xã Hợp Mẫu", "code": "9A010", **BASIS}
    for name, text in typed.items():
        if name != "document":
            page.focus(f"#id_{name}")
            page.keyboard.type(text)
    page.focus("button[value=chay-thu]")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=thuc-hien]")


def look(page: Any, name: str) -> None:
    """The page as it is open, in both widths."""
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        if shots := os.environ.get("DANCHU_SHOTS"):
            page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)
        assert_fits(page)
        assert_accessible(page)


def test_a_merger_is_done_without_scripts_with_the_keyboard_alone(
    committed_cast: Any, as_person: Any, browser_page: Any
) -> None:
    cookies = cookies_of(as_person(committed_cast.admin))
    at_desk, phone = browser_page(DESK), browser_page(PHONE, script=False)
    for page in (at_desk, phone):
        page.context.add_cookies(cookies)
        dry_run(page, committed_cast.caumau)
    look(at_desk, "dry-run")
    phone.focus("button[value=thuc-hien]")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Biên nhận")
    assert str(MapChange.objects.get().public_id) in phone.url
    # Somebody else who confirms the same dry run is led to what was done, and nothing is doubled.
    at_desk.click("button[value=thuc-hien]")
    at_desk.wait_for_url("**/sap-xep/**")
    assert MapChange.objects.count() == 1
    look(at_desk, "receipts")
    # Entered by mistake: taken back there, with the reason, and told so.
    at_desk.fill("#id_reason", "Nhập nhầm xã")
    at_desk.focus("#rut-lai button")
    at_desk.keyboard.press("Enter")
    at_desk.wait_for_selector("text=Biên nhận rút lại")
    assert MapChange.objects.get().withdrawn_reason == "Nhập nhầm xã"
    look(at_desk, "taken-back")
