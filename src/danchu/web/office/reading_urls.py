"""Addresses of the review of past reports."""

from __future__ import annotations

from django.urls import path

from . import reading_batches, reading_compare, reading_corrections, reading_desk, readings

urlpatterns = [
    path("ra-soat/", readings.readings, name="readings"),
    path("ra-soat/moi/", readings.reading_new, name="reading_new"),
    path("ra-soat/cho-da-sua/", reading_corrections.corrections, name="corrections"),
    path("ra-soat/lo/moi/", reading_batches.batch_new, name="reading_batch_new"),
    path("ra-soat/lo/<uuid:public_id>/", reading_batches.batch_page, name="reading_batch"),
    path(
        "ra-soat/<uuid:public_id>/so-sanh/<uuid:other_id>/",
        reading_compare.compare,
        name="reading_compare",
    ),
    path("ra-soat/<uuid:public_id>/", reading_desk.reading, name="reading"),
    path("ra-soat/<uuid:public_id>/xu-ly/", reading_desk.reading_decide, name="reading_decide"),
]
