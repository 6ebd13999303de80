"""The pages of requests, of days and of the search of indicators fit a phone, names included."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.clock import VIET_NAM
from danchu.reporting.requests.services import RequestInput, take_in_request
from tests.core.documents.province_form import province_form
from tests.reporting.folding import open_periods

pytestmark = pytest.mark.browser

LONG = "Biểu_mẫu_tổng_hợp_thực_hiện_dân_chủ_ở_cơ_sở_" * 4


def cookies_of(client):
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}]


def test_a_title_without_a_blank_does_not_push_the_page_aside(committed_cast, look_at, as_person):
    cast = committed_cast
    open_periods("nd09:2026H1")
    row = take_in_request(
        actor=cast.reporter_benmau,
        unit_id=cast.benmau,
        content=RequestInput(
            LONG, LONG, "nd09:2026H1", dt.datetime(2026, 6, 10, 16, tzinfo=VIET_NAM)
        ),
        data=province_form(),
        name="bieu.xlsx",
    )
    cookies = cookies_of(as_person(cast.reporter_benmau))
    for address in ("/office/yeu-cau/", f"/office/yeu-cau/{row.record.public_id}/"):
        look_at(address, cookies=cookies)
    admin = cookies_of(as_person(cast.admin))
    look_at("/office/bao-cao/han-nop/", cookies=admin)
    look_at("/office/toan-canh/9A/nd09:2026H1/", cookies=cookies_of(as_person(cast.viewer)))
    look_at("/open-data/chi-tieu/?q=doi+thoai")
