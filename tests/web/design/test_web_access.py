"""Who may open a page, and what a refusal looks like."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from danchu.web.design.access import declared_access, staff
from tests.web.design import pages


def _patterns(entries, prefix=""):
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns, prefix + str(entry.pattern))
        else:
            assert isinstance(entry, URLPattern)
            yield prefix + str(entry.pattern), entry.callback


def test_every_address_of_the_installation_declares_who_may_open_it():
    routes = list(_patterns(get_resolver("danchu.urls").url_patterns))
    assert len(routes) >= 2
    undeclared = [address for address, view in routes if declared_access(view) is None]
    assert undeclared == []


def test_no_page_of_the_office_is_declared_public_but_those_before_signing_in():
    routes = _patterns(get_resolver("danchu.urls").url_patterns)
    wrong = [
        address
        for address, view in routes
        if address.startswith("office/") and declared_access(view).kind == "public"
    ]
    assert wrong == []


def test_a_view_that_declares_nothing_is_noticed():
    assert declared_access(pages.forgotten) is None
    assert declared_access(pages.open_page).kind == "public"
    assert declared_access(pages.office_page).rights == ("records.write", "reports.write")


def test_a_right_that_does_not_exist_cannot_be_declared():
    with pytest.raises(ValueError, match=r"records\.wrote"):
        staff("records.wrote")
    with pytest.raises(ValueError, match="none given"):
        staff()


@pytest.mark.usefixtures("sample_pages")
class TestDoors:
    def test_a_page_for_everybody_opens_and_is_only_read(self, client, db):
        assert client.get("/mo/").status_code == 200
        answer = client.post("/mo/", {"a": "1"})
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD"
        assert "Trang này chỉ để xem" in answer.content.decode()

    def test_who_has_not_signed_in_is_sent_there_and_comes_back(self, client, db):
        answer = client.get("/office/viec/?q=x")
        assert answer.status_code == 302
        assert answer["Location"] == "/office/dang-nhap/?next=/office/viec/%3Fq%3Dx"
        assert client.post("/office/viec/")["Location"] == "/office/dang-nhap/"
        assert client.get("/cua-toi/").status_code == 302

    def test_the_right_opens_the_page_and_another_right_does_not(self, client, make_account):
        client.force_login(make_account("viewer"))
        refused = client.get("/office/viec/")
        assert refused.status_code == 403
        assert "Ghi việc" in refused.content.decode()
        client.force_login(make_account("recorder"))
        opened = client.get("/office/viec/")
        assert opened.status_code == 200
        assert "no-store" in opened["Cache-Control"]
        assert "private" in opened["Cache-Control"]

    def test_someone_without_a_role_opens_only_pages_of_their_own(self, client, make_account):
        client.force_login(make_account())
        assert client.get("/cua-toi/").status_code == 200
        assert client.get("/office/viec/").status_code == 403

    @pytest.mark.parametrize(
        ("kind", "status"),
        [("xau", 400), ("khong", 404), ("cam", 403), ("trung", 409), ("khac", 409)],
    )
    def test_a_refusal_becomes_a_page_with_its_sentence_escaped(self, client, db, kind, status):
        answer = client.get(f"/tu-choi/{kind}/")
        assert answer.status_code == status
        text = answer.content.decode()
        assert "Câu &lt;b&gt;từ chối&lt;/b&gt;." in text
        assert "<b>từ chối</b>" not in text
        assert answer["Cache-Control"] == "no-store"

    def test_an_error_says_that_something_broke_and_asks_no_database(
        self, client, django_assert_num_queries
    ):
        from django.db import connection  # noqa: F401 - no db fixture: a query would fail

        from danchu.web.design.refusals import server_error

        request = client.get("/mo/").wsgi_request
        answer = server_error(request)
        assert answer.status_code == 500
        assert "Hệ thống gặp lỗi" in answer.content.decode()


@pytest.mark.usefixtures("sample_pages")
class TestParameters:
    def test_what_the_page_takes_comes_with_its_type(self, client, db):
        answer = client.get("/mo/", {"q": "  đất đai ", "trang": "2", "loai": "a"})
        assert answer.content.decode() == "{'q': 'đất đai', 'trang': 2, 'loai': 'a'}"
        empty = client.get("/mo/?q=&trang=")
        assert empty.content.decode() == "{'q': None, 'trang': None, 'loai': None}"

    @pytest.mark.parametrize(
        "query",
        [
            "sort=name",
            "trang=x",
            "trang=-1",
            "trang=1e3",
            "trang=٣",
            "trang=99999999999",
            "trang=1&trang=2",
            "loai=c",
            "q=" + "a" * 201,
        ],
    )
    def test_anything_else_is_a_400_with_a_sentence(self, client, db, query):
        answer = client.get("/mo/?" + query)
        assert answer.status_code == 400
        assert "Địa chỉ" in answer.content.decode()

    def test_what_was_typed_into_the_address_is_never_markup(self, client, db):
        answer = client.get("/mo/", {"<script>x</script>": "1"})
        assert answer.status_code == 400
        assert "<script>x" not in answer.content.decode()
