"""Citizens' pages: the same bytes for everybody, kept whole, never stale."""

from __future__ import annotations

import gzip

import brotli
import pytest

from danchu.web.portal import caching
from tests.web.portal.conftest import hold_dialogue, write_contact

BEN_MAU = "/dia-phuong/9A101-xa-ben-mau/"
PAGES = [
    "/",
    "/en/",
    "/ve-trang-nay/",
    "/dia-phuong/?q=mau",
    BEN_MAU,
    BEN_MAU + "so-lieu/",
    BEN_MAU + "doi-thoai/",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_sets_a_cookie_touches_the_session_or_holds_a_token(client, places, address):
    hold_dialogue(places.new)
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.wsgi_request.session.accessed
    assert b"csrfmiddlewaretoken" not in answer.content
    assert "no-store" not in answer["Cache-Control"]


@pytest.mark.parametrize("address", PAGES)
def test_a_signed_in_person_gets_the_same_bytes(client, places, address):
    from django.contrib.auth import get_user_model

    first = client.get(address).content
    caching.forget_all()
    person = get_user_model().objects.create(email="a@mau.invalid", name="Người Mẫu")
    client.force_login(person)
    assert client.get(address).content == first


def test_a_kept_page_costs_one_query_and_no_rendering(
    client, places, django_assert_num_queries, monkeypatch
):
    first = client.get(BEN_MAU)
    monkeypatch.setattr("danchu.web.portal.unit.render", None)  # would fail if called
    with django_assert_num_queries(1):
        second = client.get(BEN_MAU)
    assert second.content == first.content


def test_a_change_shows_at_once(client, places):
    write_contact(places.new, telephone="0200 000 0001")
    assert "0200 000 0001" in client.get(BEN_MAU).content.decode()
    write_contact(places.new, version=1, telephone="0200 000 0002")
    page = client.get(BEN_MAU).content.decode()
    assert "0200 000 0002" in page and "0200 000 0001" not in page
    english = client.get("/en" + BEN_MAU).content.decode()
    assert "0200 000 0002" in english


def test_publishing_a_result_shows_at_once_and_leaves_the_neighbour_alone(client, places):
    neighbour = client.get("/dia-phuong/9A102-phuong-cau-mau/")
    assert "Đối thoại về nước sạch" not in client.get(BEN_MAU).content.decode()
    hold_dialogue(places.new)
    assert "Đối thoại về nước sạch" in client.get(BEN_MAU).content.decode()
    assert client.get("/dia-phuong/9A102-phuong-cau-mau/")["ETag"] == neighbour["ETag"]


def test_a_change_that_comes_while_the_page_is_made_is_not_lost(client, places, monkeypatch):
    from danchu.web.portal import unit

    plain = unit.render

    def slow(request, template, context):
        page = plain(request, template, context)
        write_contact(places.new, telephone="0200 000 0003")  # after the page was put together
        return page

    monkeypatch.setattr(unit, "render", slow)
    assert "0200 000 0003" not in client.get(BEN_MAU).content.decode()
    monkeypatch.setattr(unit, "render", plain)
    assert "0200 000 0003" in client.get(BEN_MAU).content.decode()


def test_the_page_of_yesterday_is_not_shown_today(client, places, monkeypatch):
    assert "Thứ Sáu, 20/11/2026" in client.get(BEN_MAU).content.decode()
    monkeypatch.setenv("DANCHU_TODAY", "2026-11-21")
    assert "Thứ Bảy, 21/11/2026" in client.get(BEN_MAU).content.decode()


def test_who_has_the_page_already_is_told_so(client, places):
    first = client.get(BEN_MAU)
    again = client.get(BEN_MAU, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    write_contact(places.new, telephone="0200 000 0004")
    assert client.get(BEN_MAU, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_pages_travel_compressed_as_the_browser_can_take_them(client, places):
    plain = client.get(BEN_MAU)
    assert "Content-Encoding" not in plain
    small = client.get(BEN_MAU, headers={"accept-encoding": "gzip, deflate, br"})
    assert small["Content-Encoding"] == "br"
    assert brotli.decompress(small.content) == plain.content
    zipped = client.get(BEN_MAU, headers={"accept-encoding": "gzip, br;q=0"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len({plain["ETag"], small["ETag"], zipped["ETag"]}) == 3
    assert small["Vary"] == "Accept-Encoding"


def test_what_is_kept_has_a_bound_and_the_least_used_goes_first(client, places, monkeypatch):
    client.get("/ve-trang-nay/")
    client.get(BEN_MAU)
    # Room for these two and a little: the English page is somewhat longer than one of them.
    monkeypatch.setattr(caching, "MOST_BYTES", caching._kept._bytes + 3000)
    client.get("/ve-trang-nay/")
    client.get("/en/ve-trang-nay/")
    assert caching._kept._bytes <= caching.MOST_BYTES
    assert caching._kept.get(f"http://{BEN_MAU}") is None
    assert caching._kept.get("http:///ve-trang-nay/") is not None


def test_refusals_and_redirects_are_not_kept(client, places):
    client.get("/dia-phuong/9A101-sai/")
    client.get("/dia-phuong/00000-x/")
    client.get(BEN_MAU + "?x=1")
    assert len(caching._kept._entries) == 0


def test_a_kept_page_is_answered_before_anything_else_wakes_up(
    client, places, settings, django_assert_num_queries
):
    settings.MIDDLEWARE = [
        settings.MIDDLEWARE[0],
        "danchu.web.portal.caching.KeptPages",
        *settings.MIDDLEWARE[1:],
    ]
    write_contact(places.new, telephone="0200 000 0001")
    first = client.get(BEN_MAU)
    with django_assert_num_queries(1):
        second = client.get(BEN_MAU)
    assert second.content == first.content
    assert not hasattr(second.wsgi_request, "session")
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    write_contact(places.new, version=1, telephone="0200 000 0002")
    third = client.get(BEN_MAU)
    assert "0200 000 0002" in third.content.decode()
    assert client.post(BEN_MAU).status_code == 405


def test_a_page_that_one_host_asked_for_is_not_given_to_another(client, places):
    client.get(BEN_MAU, headers={"host": "testserver:6666"})
    client.get(BEN_MAU, headers={"host": "testserver"})
    assert len(caching._kept._entries) == 2
