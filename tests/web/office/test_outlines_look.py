"""The pages of the outlines at 320 and 1440 pixels."""

from __future__ import annotations

import pytest

from danchu.reporting.reviews.outlines.editing import RemoveSection
from danchu.reporting.reviews.outlines.services import edit_draft, start_draft

pytestmark = pytest.mark.browser

ONE = "/office/de-cuong/party/province/"


def test_the_pages_of_the_outlines_are_accessible_and_fit(committed_cast, look_at, as_person):
    which = {"actor": committed_cast.admin, "layout": "party", "level": "province"}
    look = as_person(committed_cast.admin)
    cookies = [
        {
            "name": "sessionid",
            "value": look.cookies["sessionid"].value,
            "domain": "localhost",
            "path": "/",
        }
    ]
    look_at(ONE, cookies=cookies)
    start_draft(**which)
    edit_draft(**which, row_version=0, edit=RemoveSection((7,)))
    for address in (
        "/office/de-cuong/",
        ONE,
        f"{ONE}ban/0/",
        f"{ONE}soan/",
        f"/en{ONE}soan/",
        f"{ONE}soan/muc/0-1/",
        f"{ONE}soan/muc/",
        f"{ONE}soan/khung/",
        f"{ONE}soan/phu-luc/",
        f"{ONE}soan/xem-thu/?unit=9A&period=nd09:2026H1",
    ):
        look_at(address, cookies=cookies)
