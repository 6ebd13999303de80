"""Addresses of the ledger of duties and of the rules of the law, with the converters of reports."""

from __future__ import annotations

from django.urls import path

from . import duties, law_rules
from . import report_urls as _converters  # noqa: F401 - registers the converters used below

urlpatterns = [
    path("nghia-vu/", duties.own_duties, name="duties"),
    path("nghia-vu/<unit:code>/", duties.duties, name="duties_of"),
    path("nghia-vu/<unit:code>/lich/", duties.duties_month, name="duties_month"),
    path("nghia-vu/<unit:code>/lich.ics", duties.duties_file, name="duties_file"),
    path("nghia-vu/<unit:code>/truc-thuoc/", duties.duties_of_below, name="duties_below"),
    path("nghia-vu/<unit:code>/<key:key>/", duties.duty, name="duty"),
    path("phap-luat/", law_rules.law_rules, name="law_rules"),
    path("phap-luat/<key:key>/", law_rules.law_rule, name="law_rule"),
]
