"""Tìm đơn vị: units by any spelling, in any time."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.contracts import OPERATOR
from danchu.core.units.services import register_demo_unit, register_unit

FIND = "/office/tim/"


@pytest.mark.parametrize(
    "typed", ["mau dong", "mẫu đông", "huyện Mẫu Đông", "h mau dong", "9a1", "MAU DONG "]
)
def test_an_ended_district_is_found_by_any_spelling_and_leads_to_its_last_day(
    cast, as_person, typed
):
    client = as_person(cast.reporter_benmau)
    page = client.get(FIND, {"q": typed}).content.decode()
    assert '<a href="/office/don-vi/9A1/?ngay=2025-06-30">Huyện Mẫu Đông</a>' in page
    assert "đến 30/06/2025" in page
    there = client.get("/office/don-vi/9A1/?ngay=2025-06-30")
    assert there.status_code == 200
    assert "Đơn vị kết thúc ngày 30/06/2025" in there.content.decode()


def test_units_of_one_name_are_told_apart_by_parent_and_time(cast, as_person):
    page = as_person(cast.recorder_benmau).get(FIND, {"q": "ben mau"}).content.decode()
    assert '<a href="/office/don-vi/9A001/">Xã Bến Mẫu</a>' in page
    assert '<a href="/office/don-vi/9A001/?ngay=2025-06-30">Xã Bến Mẫu</a>' in page
    assert "Tỉnh Minh Họa, mã 9A001, từ 01/07/2025" in page
    assert "Huyện Mẫu Đông, mã 9A001" in page


def test_a_unit_that_begins_later_leads_to_its_first_day(cast, as_person):
    register_unit(
        actor=OPERATOR,
        parent_id=cast.benmau,
        level="village",
        name="thôn Mẫu Sau",
        kind="thôn",
        short_code="77",
        valid_from=dt.date(2027, 1, 1),
    )
    page = as_person(cast.recorder_benmau).get(FIND, {"q": "mau sau"}).content.decode()
    assert 'href="/office/don-vi/9A001.77/?ngay=2027-01-01"' in page
    assert as_person(cast.recorder_benmau).get("/office/don-vi/9A001.77/").status_code == 200


def test_nothing_typed_nothing_found_and_what_cannot_be_asked(cast, as_person):
    client = as_person(cast.viewer_benmau)
    empty = client.get(FIND).content.decode()
    assert "Gõ tên xã, phường, huyện cũ hoặc mã đơn vị" in empty
    none = client.get(FIND, {"q": "không đâu cả <b>"}).content.decode()
    assert "Không có đơn vị nào khớp với “không đâu cả &lt;b&gt;”" in none
    assert client.get(FIND, {"tim": "x"}).status_code == 400
    assert client.get(FIND, {"q": "x" * 500}).status_code == 400
    signed_out = as_person(cast.viewer_benmau)
    signed_out.logout()
    assert signed_out.get(FIND, {"q": "mau"}).status_code == 302


def test_no_more_than_fifty_are_shown_and_the_page_says_so(cast, as_person):
    for n in range(60):
        register_demo_unit(
            actor=OPERATOR,
            level="commune",
            code=f"9C{n:03d}",
            name=f"xã Mẫu Riêng {n}",
            kind="xã",
            parent_id=cast.minhhoa,
            valid_from=dt.date(2025, 7, 1),
        )
    page = as_person(cast.viewer_benmau).get(FIND, {"q": "mẫu riêng"}).content.decode()
    assert page.count('href="/office/don-vi/9C') == 50
    assert "Chỉ hiện 50 đơn vị khớp nhất" in page


def test_finding_takes_twelve_queries_whatever_is_found(
    cast, as_person, django_assert_max_num_queries
):
    client = as_person(cast.reporter_benmau)
    for text in ("mau", "ben mau", "khong co dau ca"):
        with django_assert_max_num_queries(12):
            assert client.get(FIND, {"q": text}).status_code == 200
    assert client.get(FIND, {"q": "mau"}).content.decode().count("/office/don-vi/") > 10
