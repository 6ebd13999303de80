"""The page of a series: three readings, a chart with its table, a file."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from danchu.core.contracts import OPERATOR
from danchu.reporting.figures.services import open_period
from tests.making import work

PAGE = "/office/chuoi/9A001/trainings_held/"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def told(cast, settle):
    for code in ("2025H1", "2026H1"):
        open_period(code)
    before, after = dt.date(2025, 6, 10), dt.date(2026, 3, 3)
    work(OPERATOR, cast.old_benmau, on=before, kind="trainings_held", number=20)
    work(OPERATOR, cast.old_nuimau, on=before, kind="trainings_held", number=40)
    work(OPERATOR, cast.benmau, on=after, kind="trainings_held", number=9)
    settle()
    return cast


def test_the_page_shows_a_range_as_a_bar_and_says_so_in_its_table(told, as_person):
    client = as_person(told.committee_minhhoa)
    page = text_of(client.get(PAGE, {"ky": "cal:half_year"}))
    assert '<rect class="b"' in page and '<circle class="d"' in page
    assert "<b>20–60</b>" in page and "một phần, không rõ tỷ lệ" in page
    assert "style=" not in page
    # Drawn once for a desk and once for a phone, where nothing has to be moved sideways.
    for name, width in (("is-wide", 720), ("is-narrow", 300)):
        assert page.count(f'class="series-chart {name}" viewBox="0 0 {width} ') == 1
    assert "Biểu đồ; số liệu có trong bảng" not in page
    same = text_of(client.get(PAGE, {"ky": "cal:half_year", "cach": "cung-dia-gioi"}))
    assert "không so sánh được" in same and "Khác địa giới." in same
    published = text_of(client.get(PAGE, {"ky": "cal:half_year", "cach": "cong-bo"}))
    assert "mỗi đơn vị một số" in published
    together = text_of(client.get(PAGE, {"ky": "cal:half_year", "nhom": "1"}))
    assert "Chỉ xem xã Bến Mẫu" in together


def test_the_page_and_its_file_are_refused_alike(told, as_person):
    client = as_person(told.committee_minhhoa)
    answer = client.get(f"{PAGE}tai-ve/")
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    assert 'filename="chuoi-9A001-trainings_held.xlsx"' in answer["Content-Disposition"]
    for address in (f"{PAGE}?cach=khac", f"{PAGE}?nhom=2", f"{PAGE}?la=1"):
        assert client.get(address).status_code == 400, address
    assert client.get("/office/chuoi/9A001/khong_co/").status_code == 404
    assert client.get("/office/chuoi/9Z9/trainings_held/").status_code == 404
    for person in (told.recorder_mautrung, told.outsider):
        other = as_person(person)
        assert other.get(PAGE).status_code == 403
        assert other.get(f"{PAGE}tai-ve/").status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_the_page_of_a_figure_leads_to_its_series(told, as_person):
    client = as_person(told.committee_minhhoa)
    assert f'href="{PAGE}"' in text_of(client.get("/office/so-lieu/9A001/2026H1/trainings_held/"))
    old = text_of(client.get("/office/so-lieu/9A004/2025H1/trainings_held/"))
    address = "/office/chuoi/9A004/trainings_held/?ngay=2025-06-30"
    assert f'href="{address}"' in old
    page = text_of(client.get(address))
    assert "xã Bến Mẫu, phường Cầu Mẫu" in page


def test_where_nothing_was_counted_the_page_says_so(cast, as_person):
    page = text_of(as_person(cast.reporter_benmau).get(PAGE))
    assert "Chưa có số liệu nào của chỉ tiêu này." in page and "series-chart" not in page


def test_the_page_of_a_series_leads_back_to_the_figure_it_is_of(told, as_person):
    client = as_person(told.committee_minhhoa)
    page = text_of(client.get(PAGE, {"ky": "cal:half_year"}))
    back = re.search(r'<p class="hint back"><a href="([^"]+)"', page)
    assert back and back[1] == "/office/so-lieu/9A001/2026H1/trainings_held/"
    assert client.get(back[1]).status_code == 200
    english = text_of(client.get(f"/en{PAGE}", {"ky": "cal:half_year"}))
    assert re.search(r'<p class="hint back"><a href="/en/office/so-lieu/', english)
