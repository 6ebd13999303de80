"""Việc hôm nay, and how many questions the lists ask."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.core.accounts.models import Installation


def test_the_day_shows_what_is_late_and_what_waits(cast, as_person, a_dialogue):
    page = as_person(cast.recorder_benmau).get("/office/").content.decode()
    assert "Công bố kết quả đối thoại" in page
    assert "Đường ngõ xóm ngập khi mưa." in page
    assert "Đường ngõ xóm ngập khi mưa." not in (
        as_person(cast.recorder_caumau).get("/office/").content.decode()
    )
    # A page that is not there leads, at the office's own address, to the person's account.
    elsewhere = as_person(cast.recorder_caumau).get("/office/?don-vi=9A001")
    assert (elsewhere.status_code, elsewhere.url) == (302, "/office/tai-khoan/")


def test_without_a_role_the_office_says_whom_to_ask(cast, as_person):
    answer = as_person(cast.outsider).get("/office/")
    assert answer.status_code == 403
    assert "người quản trị" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/office/", "/office/ghi-viec/", "/office/bao-cao/", "/office/ra-soat/"],
)
def test_a_list_asks_the_database_twelve_times_at_most(cast, as_person, a_dialogue, address):
    Installation.objects.create(mode="demo")
    client = as_person(cast.reporter_benmau)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:150] for query in asked)
