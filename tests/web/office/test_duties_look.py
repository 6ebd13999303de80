"""The pages of duties and of the legal officer at 320 and 1440 pixels, and without scripts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from danchu.core.law.services import confirm_rule
from tests.cast import TODAY
from tests.making import hold, opinion_input, receive

pytestmark = pytest.mark.browser

PAGE = "/office/nghia-vu/9A001/"


def cookies_of(client: Any) -> list[dict[str, str]]:
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_the_pages_of_duties_are_accessible_and_fit(
    committed_cast: Any, look_at: Any, as_person: Any, browser_page: Any
) -> None:
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 5, 4))
    hold(
        cast.recorder_benmau,
        cast.benmau,
        opinion_input(due_on=dt.date(2026, 6, 15)),
        on=dt.date(2026, 6, 5),
    )
    receive(
        cast.recorder_benmau,
        cast.benmau,
        on=dt.date(2026, 5, 6),
        form="periodic",
        receiver="head",
    )
    confirm_rule(
        actor=cast.legal_officer,
        key="xa_dt_72_kq",
        on=TODAY,
        officer="Bùi Mẫu Liên",
        text_compared="12/VBHN-VPQH",
    )
    own = cookies_of(as_person(cast.recorder_benmau))
    for address in ("", "?vang=15/06/2026", "lich/", "xa_dt_72_kq/", "tcd_xa_cu/"):
        look_at(PAGE + address, cookies=own)
    above = cookies_of(as_person(cast.committee_minhhoa))
    look_at("/office/nghia-vu/9A/truc-thuoc/?nghia-vu=xa_dt_nam", cookies=above)
    legal = cookies_of(as_person(cast.legal_officer))
    for address in ("", "?van-ban=l10_2022&loai=commune", "xa_dt_nam/", "xa_dt_72_kq/"):
        look_at(f"/office/phap-luat/{address}", cookies=legal)


def test_the_absence_of_a_day_is_asked_without_scripts(
    committed_cast: Any, as_person: Any, browser_page: Any
) -> None:
    cast = committed_cast
    hold(cast.recorder_benmau, cast.benmau, on=dt.date(2026, 6, 5))
    page = browser_page(320, script=False)
    page.context.add_cookies(cookies_of(as_person(cast.recorder_benmau)))
    page.goto(PAGE)
    page.fill("#vang", "15/06/2026")
    page.press("#vang", "Enter")
    page.wait_for_url("**vang=15**")
    assert "Công bố, niêm yết và gửi Trưởng thôn kết quả đối thoại" in page.inner_text("#vang-mat")
