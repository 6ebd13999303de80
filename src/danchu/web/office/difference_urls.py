"""Addresses of what is stated beside what is recorded, with the converters of reports."""

from __future__ import annotations

from django.urls import path

from . import differences

urlpatterns = [
    path("doi-chieu/<unit:code>/<period:period>/", differences.differences, name="differences"),
    path(
        "doi-chieu/<unit:code>/<period:period>/tai-ve/",
        differences.differences_file,
        name="differences_file",
    ),
    path(
        "doi-chieu/<unit:code>/<period:period>/<key:key>/",
        differences.difference,
        name="difference",
    ),
]
