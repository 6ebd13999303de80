"""Addresses of requests from above."""

from __future__ import annotations

from django.urls import path

from . import requests

urlpatterns = [
    path("yeu-cau/", requests.requests, name="requests"),
    path("yeu-cau/moi/", requests.request_new, name="request_new"),
    path("yeu-cau/<uuid:public_id>/", requests.request, name="request"),
    path("yeu-cau/<uuid:public_id>/bieu/", requests.request_form, name="request_form"),
    path(
        "yeu-cau/<uuid:public_id>/so-voi/<uuid:other_id>/",
        requests.request_compare,
        name="request_compare",
    ),
]
