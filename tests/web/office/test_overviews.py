"""The page of an overview: sentence, tiles, what is open, trend, map; its files; the map alone."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest

from danchu.core.contracts import OPERATOR
from tests.making import hold, opinion_input
from tests.reporting.folding import open_periods
from tests.web.design.test_country_map import whole

NOW = "nd09:2026H1"
PAGE = f"/office/toan-canh/9A/{NOW}/"
MAP = "/office/toan-canh/ban-do/"
ON = dt.date(2026, 5, 20)


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def told(cast, settle):
    open_periods(NOW, "nd09:2025H2", "nd09:2025H1")
    taken = [opinion_input(text=f"Ý kiến {n}.", taken_up_on=ON) for n in range(11)]
    hold(OPERATOR, cast.benmau, *taken, "Còn chờ.", on=ON)
    hold(OPERATOR, cast.old_benmau, "Trước đây.", on=dt.date(2025, 6, 2))
    settle()
    return cast


def test_the_page_says_first_what_is_true_and_every_number_opens(told, as_person):
    page = text_of(as_person(told.committee_minhhoa).get(PAGE))
    assert "<b>91,7%</b> (11/12)" in page and "1/2 đơn vị" in page
    assert "Dữ liệu minh họa." in page and "style=" not in page
    # A tile leads to the unit below, a figure to its own page, and from there to the records.
    below = f"/office/toan-canh/9A001/{NOW}/?chi-tieu=opinions_resolved_pct"
    assert f'<li class="b3"><a href="{below}">' in page and "<b>11/12</b>" in page
    assert '<li class="m">' in page and "chưa có số liệu" in page
    figure = f"/office/so-lieu/9A/{NOW}/opinions_received/"
    assert f'href="{figure}"' in page
    client = as_person(told.committee_minhhoa)
    commune = text_of(client.get(below))
    assert f'href="{PAGE}?chi-tieu=opinions_resolved_pct"' in commune
    records = f"/office/so-lieu/9A001/{NOW}/opinions_resolved_pct/"
    assert f'href="{records}"' in commune and client.get(records).status_code == 200


def test_a_commune_shows_no_way_up_to_who_may_not_go_there(told, as_person):
    page = text_of(as_person(told.reporter_benmau).get(f"/office/toan-canh/9A001/{NOW}/"))
    assert f'href="{PAGE}' not in page
    assert "Ở chính đơn vị này còn 12 ý kiến chưa trả lời." in page


def test_every_picture_has_its_sentence_its_table_and_its_file(told, as_person):
    client = as_person(told.committee_minhhoa)
    page = text_of(client.get(PAGE))
    assert 'role="img" aria-label="Ý kiến, kiến nghị đã ghi nhận: 1 (' in page
    assert "Địa giới thay đổi ngày 01/07/2025, đường bị ngắt tại đó. Trục bắt đầu từ 0." in page
    assert page.count('<line class="cut"') == 1 and "địa giới thay đổi 01/07/2025" in page
    assert page.count("<table") == 4 and "Không xếp hạng." in page
    answer = client.get(f"{PAGE}tai-ve/", {"chi-tieu": "opinions_resolved_pct"})
    assert 'filename="toan-canh-9A-nd09-2026H1.xlsx"' in answer["Content-Disposition"]
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    words = book.read("xl/sharedStrings.xml").decode()
    for said in (
        "xã Bến Mẫu",
        "chưa báo cáo",
        "Dữ liệu minh họa",
        "01/07/2025",
        "11/12",
        "Toàn cảnh: ",
    ):
        assert said in words, said


def test_page_and_file_are_refused_alike(told, as_person):
    for address in (PAGE, f"{PAGE}tai-ve/"):
        for person in (told.reporter_benmau, told.committee_maunguyen, told.outsider):
            assert as_person(person).get(address).status_code == 403, (address, person)
        client = as_person(told.committee_minhhoa)
        assert client.get(address).status_code == 200
        assert client.get(f"{address}?chi-tieu=khong_co").status_code == 400
        assert client.get(f"{address}?la=1").status_code == 400
        client.logout()
        assert client.get(address).status_code == 302
    client = as_person(told.committee_minhhoa)
    assert client.get(f"/office/toan-canh/9Z9/{NOW}/").status_code == 404


def test_the_map_beside_an_overview_is_whole_and_carries_no_figure(told, as_person):
    for person, address in (
        (told.committee_minhhoa, PAGE),
        (told.reporter_benmau, f"/office/toan-canh/9A001/{NOW}/"),
    ):
        page = text_of(as_person(person).get(address))
        whole(page)
        drawing = page[page.index('class="vn') : page.index("Nền bản đồ")]
        assert "t-low" not in drawing and "<title>" not in drawing and "Mẫu" not in drawing
        assert "Bản đồ không mang số liệu." in drawing


def test_the_map_of_the_country_is_whole_on_its_page_and_in_its_file(cast, as_person):
    client = as_person(cast.recorder_benmau)
    whole(text_of(client.get(MAP)))
    file = client.get(f"{MAP}tai-ve/")
    assert file["Content-Type"] == "image/svg+xml"
    assert 'filename="ban-do-viet-nam.svg"' in file["Content-Disposition"]
    whole(text_of(file))
    assert client.get(f"{MAP}?tinh=01").status_code == 400
    client.logout()
    assert client.get(MAP).status_code == client.get(f"{MAP}tai-ve/").status_code == 302


def test_in_english_the_islands_keep_their_names(cast, as_person):
    page = text_of(as_person(cast.recorder_benmau).get(f"/en{MAP}"))
    assert page.count("Hoàng Sa") >= 2 and page.count("Trường Sa") >= 2


def test_provinces_of_the_map_lead_to_their_units_and_to_nothing_invented(cast, as_person):
    from danchu.core.units.models import Unit, UnitState

    real = Unit.objects.create(level="province", is_demo=False)
    UnitState.objects.create(
        unit=real, code="01", name="thành phố Hà Nội", kind="thành phố", sort_key="ha noi"
    )
    invented = Unit.objects.create(level="province", is_demo=True)
    UnitState.objects.create(unit=invented, code="04", name="tỉnh Mẫu", kind="tỉnh", sort_key="mau")
    page = text_of(as_person(cast.recorder_benmau).get(MAP))
    assert '<a href="/office/don-vi/01/" tabindex="-1">' in page and "tỉnh Mẫu" not in page
    assert "/office/don-vi/04/" not in page and '<li><a href="/office/don-vi/01/">' in page


def test_the_way_in_is_the_half_year_that_runs(told, as_person):
    answer = as_person(told.reporter_benmau).get("/office/toan-canh/")
    assert answer.status_code == 302 and answer.url == f"/office/toan-canh/9A001/{NOW}/"
    assert as_person(told.outsider).get("/office/toan-canh/").status_code == 403
    client = as_person(told.committee_minhhoa)
    way = f'href="{PAGE}"'
    assert way in text_of(client.get(f"/office/so-lieu/9A/{NOW}/"))
    assert way in text_of(client.get("/office/"))


@pytest.fixture
def nation(cast):
    """A country of two real provinces, of which the first gave two numbers; and who may see it."""
    from danchu.core.accounts.models import Account, RoleGrant
    from danchu.core.units.models import Placement, Unit, UnitState
    from danchu.reporting.figures.models import Cell, Indicator

    (period,) = open_periods(NOW).values()
    units = {}
    for code, level, name in (
        ("VN", "nation", "Việt Nam"),
        ("01", "province", "thành phố Hà Nội"),
        ("48", "province", "thành phố Đà Nẵng"),
    ):
        unit = units[code] = Unit.objects.create(level=level, is_demo=False)
        UnitState.objects.create(unit=unit, code=code, name=name, kind="", sort_key=name)
        root = units["VN"].pk
        path = f"/{root}/" if code == "VN" else f"/{root}/{unit.pk}/"
        Placement.objects.create(
            unit=unit, tree="state", path=path, parent_id=None if code == "VN" else root
        )
    for key, amount in (("opinions_received", 20), ("opinions_resolved", 19)):
        Cell.objects.create(
            unit_id=units["01"].pk,
            period_id=period.pk,
            province_id=units["01"].pk,
            indicator_id=Indicator.objects.get(key=key).pk,
            layer="recorded",
            reach="all",
            state="reported",
            amount=amount,
            n_reported=1,
            n_expected=126,
            n_missing=125,
        )
    viewer = Account.objects.create(email="trunguong@minhhoa.example", name="Người Mẫu")
    RoleGrant.objects.create(
        account=viewer, role="viewer", unit_id=units["VN"].pk, valid_from=dt.date(2026, 1, 1)
    )
    return viewer


def test_the_nations_map_shows_what_each_province_gave_and_leads_there(
    nation, as_person, monkeypatch
):
    address = f"/office/toan-canh/VN/{NOW}/?chi-tieu=opinions_resolved_pct"
    monkeypatch.setattr("danchu.web.design.context._mode", "live")
    page = text_of(as_person(nation).get(address))
    whole(page)
    drawing = page[page.index('class="vn') : page.index("Nền bản đồ")]
    hanoi = f'<a href="/office/toan-canh/01/{NOW}/?chi-tieu=opinions_resolved_pct" tabindex="-1">'
    assert drawing.count("t-high") == 1 and hanoi in drawing
    assert "<title>Thành phố Hà Nội: 19/20</title>" in drawing
    assert "<title>Thành phố Đà Nẵng: chưa có số liệu</title>" in drawing
    assert "<b>19/20</b>" in page and "1/126" in page and "Mẫu" not in drawing


def test_in_a_demonstration_no_real_province_is_said_to_owe_anything(
    nation, as_person, monkeypatch
):
    monkeypatch.setattr("danchu.web.design.context._mode", "demo")
    address = f"/office/toan-canh/VN/{NOW}/?chi-tieu=opinions_resolved_pct"
    page = text_of(as_person(nation).get(address))
    whole(page)
    assert "Đà Nẵng</title>" not in page and "t-missing" not in page
    assert "Thành phố Đà Nẵng" not in page


def test_who_sees_the_nation_sees_no_province_that_stands_outside_it(nation, cast, as_person):
    client = as_person(nation)
    assert client.get(PAGE).status_code == 403
    assert as_person(cast.committee_minhhoa).get(f"/office/toan-canh/VN/{NOW}/").status_code == 403


def test_on_a_phone_each_cell_of_a_table_brings_its_label(told, as_person):
    page = as_person(told.committee_minhhoa).get(PAGE).content.decode()
    tables = re.findall(r'<table class="([^"]*)"', page)
    assert tables and all("board" in names.split() for names in tables)
    for label in ("Đơn vị có số liệu", "Tử số/mẫu số", "Ý kiến chưa trả lời"):
        assert f'<span class="lb">{label}: </span>' in page, label
