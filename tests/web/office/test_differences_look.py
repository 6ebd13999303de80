"""The pages of the three sides at 320 and 1440 pixels, with what differs and where it is told."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.reporting.rounds.services import submit
from tests.making import receive
from tests.reporting.differences.conftest import AFTER, LAST
from tests.reporting.folding import open_round_of_minhhoa

pytestmark = pytest.mark.browser

PAGE = "/office/doi-chieu/9A001/nd09:2026H1/"


def cookies_of(client: Any) -> list[dict[str, str]]:
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_the_pages_of_the_three_sides_are_accessible_and_fit(
    committed_cast: Any,
    look_at: Any,
    as_person: Any,
    browser_page: Any,
    settle: Any,
    monkeypatch: Any,
) -> None:
    cast = committed_cast
    receive(cast.recorder_benmau, cast.benmau)
    opened = open_round_of_minhhoa(cast)
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    monkeypatch.setenv("DANCHU_TODAY", AFTER.isoformat())
    receive(cast.recorder_benmau, cast.benmau, visits=3)
    settle()
    own = cookies_of(as_person(cast.reporter_benmau))
    for address in (PAGE, f"/en{PAGE}", f"{PAGE}citizens_received/"):
        look_at(address, cookies=own)
    page = browser_page(320)
    page.context.add_cookies(own)
    page.goto(PAGE)
    for table in page.locator(".sides").all():  # read downward on a phone, never sideways
        assert table.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth")
    monkeypatch.setenv("DANCHU_TODAY", LAST.replace(month=7, day=1).isoformat())
    above = cookies_of(as_person(cast.committee_minhhoa))
    look_at("/office/doi-chieu/9A/nd09:2026H1/", cookies=above)
