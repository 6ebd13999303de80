"""The first page and the search."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.accounts.models import Installation


def found(client, text, language=""):
    answer = client.get(f"{language}/dia-phuong/", {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("text", ["xã Bến Mẫu", "ben mau", "BEN MAU", "9A101", "xa ben mau"])
def test_a_unit_is_found_with_and_without_accents_and_by_its_code(client, places, text):
    assert "/dia-phuong/9A101-xa-ben-mau/" in found(client, text)


def test_an_old_name_is_found_and_marked_as_ended(client, places):
    page = found(client, "huyen mau cu")
    assert "Huyện Mẫu Cũ" in page
    assert "/dia-phuong/9A1-huyen-mau-cu/den-2025-06-30/" in page
    assert "Đến hết ngày 30/06/2025" in page


def test_nothing_found_says_what_to_try_and_repeats_the_text_escaped(client, places):
    page = found(client, "<script>alert(1)</script>")
    assert "Không tìm thấy" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_registered_units_are_not_found_from_outside(client, places):
    from danchu.core.contracts import OPERATOR
    from danchu.core.units.services import register_unit

    register_unit(
        actor=OPERATOR,
        level="workplace",
        short_code="MAYMAU",
        name="Công ty May Mẫu",
        kind="doanh nghiệp",
        parent_id=places.new.pk,
        valid_from=dt.date(2025, 7, 1),
    )
    assert "Công ty May Mẫu" not in found(client, "may mau")


def test_the_first_page_says_so_when_the_data_are_invented(client, places):
    page = client.get("/").content.decode()
    assert "Dữ liệu minh họa" not in page
    assert "Trang này phục vụ" not in page
    assert "Xem thử" not in page
    Installation.objects.create(mode="demo", serves=["9A"])
    from danchu.web.portal.caching import forget_all

    forget_all()
    page = client.get("/").content.decode()
    assert "Dữ liệu minh họa" in page
    assert "Xem thử với đơn vị minh họa" in page
    assert "/dia-phuong/9A101-xa-ben-mau/" in page


def test_a_demonstration_that_names_no_unit_shows_its_invented_provinces(client, places):
    from danchu.core.contracts import OPERATOR
    from danchu.core.units.services import register_unit

    register_unit(
        actor=OPERATOR,
        level="committee",
        short_code="BCD",
        name="Ban Chỉ đạo Minh Họa",
        kind="ban chỉ đạo",
        parent_id=places.province.pk,
        valid_from=dt.date(2025, 7, 1),
    )
    Installation.objects.create(mode="demo", serves=[])
    page = client.get("/").content.decode()
    assert "Xem thử với đơn vị minh họa" in page
    assert "/dia-phuong/9A-tinh-minh-hoa/" in page
    assert "/dia-phuong/9A101-xa-ben-mau/" in page
    assert "Ban Chỉ đạo Minh Họa" not in page


def test_the_first_page_counts_the_official_map_only(client, places):
    page = client.get("/").content.decode()
    assert "Chưa nạp danh mục đơn vị hành chính" in page
    from danchu.core.units.models import UnitState
    from danchu.web.portal.caching import forget_all

    forget_all()
    places.province.is_demo = places.new.is_demo = False
    places.province.save()
    places.new.save()
    assert UnitState.objects.count() > 2
    page = client.get("/").content.decode()
    assert "<b>1</b> tỉnh, thành phố và <b>1</b> xã" in page
    assert '<th scope="row">Tỉnh</th>' in page
    english = client.get("/en/").content.decode()
    assert '<th scope="row">Province</th>' in english and '<th scope="row">Tỉnh</th>' not in english


def test_without_a_text_the_provinces_are_listed(client, db):
    assert client.get("/dia-phuong/").status_code == 200
    assert "Chưa nạp danh mục" in client.get("/dia-phuong/").content.decode()


def test_both_languages_stand_in_the_address_alone(client, places):
    vietnamese = client.get("/", headers={"accept-language": "en-GB"})
    assert 'lang="vi"' in vietnamese.content.decode()
    english = client.get("/en/", headers={"accept-language": "vi"})
    assert 'lang="en"' in english.content.decode()
    assert not vietnamese.cookies and not english.cookies
    assert client.get("/vi/").status_code == 404
