"""Fixtures for looking at pages; a conftest takes them in with ``from … import *``."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import DESK, HEIGHTS, PHONE, assert_accessible, assert_fits

__all__ = ["browser", "browser_page", "look_at"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium of the system; the test is skipped by name when there is none."""
    chromium = os.environ.get("DANCHU_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine (apt install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the database is used beside it, not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        yield chrome
        chrome.close()


@pytest.fixture
def browser_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """``browser_page(width=1440, dark=False, script=True)`` opens a page of the live server.

    At the end the test fails if the browser complained: a refused style or script, an error
    in a script, a file that is not there.
    """
    contexts, complaints = [], []

    def open_page(width: int = DESK, *, dark: bool = False, script: bool = True) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="vi-VN",
        )
        context.set_default_timeout(60_000)  # a machine that shares its processor pauses
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type in ("error", "warning") and "status of 4" not in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "response",
            lambda answer: (
                complaints.append(f"{answer.status} {answer.url}")
                if answer.status >= 400 and "/static/" in answer.url
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def look_at(browser_page: Callable[..., Any]) -> Callable[..., None]:
    """``look_at("/dia-phuong/…/", cookies=…)`` at 320 and 1440 px: accessible, and it fits.

    With ``DANCHU_SHOTS`` set to a folder, a picture of each is left there.
    """

    pages: dict[Any, Any] = {}

    def page_of(width: int, dark: bool, cookies: list[dict[str, Any]]) -> Any:
        """One page for each width and person: a context for each address costs seconds."""
        who = (width, dark, *(cookie["value"] for cookie in cookies))
        if who not in pages:
            pages[who] = browser_page(width, dark=dark)
            pages[who].context.add_cookies(cookies)
        return pages[who]

    def look(path: str, *, cookies: list[dict[str, Any]] | None = None, dark: bool = False) -> None:
        for width in (PHONE, DESK):
            page = page_of(width, dark, cookies or [])
            page.goto(path)
            page.evaluate("document.fonts.ready.then(() => null)")
            shots = os.environ.get("DANCHU_SHOTS")
            if shots:
                name = re.sub(r"[^a-z0-9]+", "-", path.strip("/").lower()) or "dau"
                Path(shots).mkdir(parents=True, exist_ok=True)
                page.screenshot(
                    path=f"{shots}/{name}-{width}{'-dark' if dark else ''}.png", full_page=True
                )
            assert_fits(page)
            assert_accessible(page)

    return look
