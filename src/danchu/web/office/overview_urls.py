"""Addresses of overviews and of the map of the country, with the converters of reports."""

from __future__ import annotations

from django.urls import path

from . import overviews

urlpatterns = [
    path("toan-canh/", overviews.overviews, name="overviews"),
    path("toan-canh/ban-do/", overviews.country, name="country"),
    path("toan-canh/ban-do/tai-ve/", overviews.country_file, name="country_file"),
    path("toan-canh/<unit:code>/<period:period>/", overviews.overview, name="overview"),
    path(
        "toan-canh/<unit:code>/<period:period>/tai-ve/",
        overviews.overview_file,
        name="overview_file",
    ),
]
