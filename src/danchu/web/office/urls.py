"""Addresses of the office. Each part of it brings its own list; this one only joins them."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, register_converter

from .converters import NumberConverter

app_name = "office"

# Each module holds ``urlpatterns`` without a namespace of its own, so its names are office:…
PARTS = (
    "danchu.web.office.signin_urls",
    "danchu.web.office.record_urls",
    "danchu.web.office.disclosure_urls",
    "danchu.web.office.reading_urls",
    "danchu.web.office.report_urls",
    "danchu.web.office.overview_urls",
    "danchu.web.office.difference_urls",
    "danchu.web.office.duty_urls",
    "danchu.web.office.request_urls",
    "danchu.web.office.unit_urls",
    "danchu.web.office.people_urls",
    "danchu.web.office.check_urls",
    "danchu.web.office.outline_urls",
    "danchu.web.office.claim_urls",
)

register_converter(NumberConverter, "number")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(part)) for part in PARTS if find_spec(part) is not None
]
