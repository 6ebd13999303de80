"""Addresses of requests from above."""

from __future__ import annotations

from django.urls import path

from . import request_mapping, requests

urlpatterns = [
    path("yeu-cau/", requests.requests, name="requests"),
    path("yeu-cau/moi/", requests.request_new, name="request_new"),
    path("yeu-cau/<uuid:public_id>/", requests.request, name="request"),
    path("yeu-cau/<uuid:public_id>/bieu/", request_mapping.request_form, name="request_form"),
    path(
        "yeu-cau/<uuid:public_id>/so-voi/<uuid:other_id>/",
        requests.request_compare,
        name="request_compare",
    ),
]
