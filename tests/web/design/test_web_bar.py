"""The pages of the office bar as markup, and the short ways that stand for Django's own tags."""

from __future__ import annotations

import uuid

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, override

from danchu.web.design.office_bar import _parted
from danchu.web.design.office_bar_shown import ShownItem, find_shown, nav_shown
from danchu.web.design.templatetags.danchu import shortened
from danchu.web.design.templatetags.kept import _address, address_of_codes, address_with

HOME = ShownItem("Việc hôm nay", "/office/", True, False)
RULES = ShownItem("Quy tắc", "/office/quy-tac/", False, True)
PEOPLE = ShownItem("Người <dùng>", "/office/nguoi-dung/", True, True)


def test_pages_of_keeping_stand_in_a_menu_where_they_are_two() -> None:
    assert _parted((HOME, RULES)) == ((HOME, RULES), ())
    work, keeping = _parted((HOME, RULES, PEOPLE))
    assert (work, keeping) == ((HOME,), (RULES, PEOPLE))
    wide = nav_shown(work, keeping, get_language())
    assert "Quản trị" in wide and '<summary class="is-here">' in wide
    assert '<li><a href="/office/" aria-current="page">Việc hôm nay</a></li>' in wide
    assert "Người &lt;dùng&gt;" in wide
    plain = nav_shown((HOME, RULES, PEOPLE), (), get_language())
    assert "Quản trị" not in plain and plain.count("<li>") == 3


def test_what_is_kept_of_a_list_is_kept_in_its_language() -> None:
    first = nav_shown((HOME,), (RULES, PEOPLE), "vi"), find_shown("/office/tim/", "tim", "vi")
    with override("en"):
        english = nav_shown((HOME,), (RULES, PEOPLE), "en"), find_shown("/office/tim/", "tim", "en")
    assert "Quản trị" in first[0] and "Quản trị" not in english[0]
    assert "Tìm đơn vị" in first[1] and "Tìm đơn vị" not in english[1]


@pytest.mark.parametrize(
    "text", ["", "Ngõ ngập", "x" * 10, "x" * 11, "Nga\u0303 ba", "e\u0301" * 12, "q\u0323" * 12]
)
def test_a_text_is_shortened_as_django_shortens_it(text: str) -> None:
    assert shortened(text, 10) == Truncator(text).chars(10)


def test_an_address_with_an_id_is_the_one_of_the_urls_in_each_language() -> None:
    for one in (uuid.UUID(int=7), uuid.UUID(int=2**127)):
        for language in ("vi", "en"):
            with override(language):
                address = reverse("office:dialogue", args=[one])
                assert address_with("office:dialogue", one) == address
                assert address_with("office:dialogue", one) == address


def test_an_address_of_codes_is_kept_and_what_may_be_a_secret_is_not() -> None:
    told = engines["django"].from_string('{% url "office:overview" code period %}')
    for language in ("vi", "en", "vi"):
        with override(language):
            address = reverse("office:overview", args=["9A001", "nd09:2026H1"])
            assert address_of_codes("office:overview", "9A001", "nd09:2026H1") == address
            assert told.render({"code": "9A001", "period": "nd09:2026H1"}) == address
    kept = _address.cache_info().currsize
    secret = "x" * 43
    link = address_of_codes("office:one_time_link", "password", secret)
    assert link == reverse("office:one_time_link", args=["password", secret])
    assert _address.cache_info().currsize == kept
    with pytest.raises(NoReverseMatch):
        told.render({"code": "9A001", "period": ""})


def test_the_address_of_a_file_is_asked_again_when_other_files_are_served(settings) -> None:  # type: ignore[no-untyped-def]
    told = '{% load static %}{% static "design/mark.svg" %}{% static "a&b" as x %}|{{ x }}'
    page = engines["django"].from_string(told)
    assert page.render() == page.render() == "/static/design/mark.svg|/static/a%26b"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "OPTIONS": {"base_url": "/other/"},
        },
    }
    assert page.render() == "/other/design/mark.svg|/other/a%26b"
