"""Addresses of the review of past reports."""

from __future__ import annotations

from django.urls import path

from . import readings

urlpatterns = [
    path("ra-soat/", readings.readings, name="readings"),
    path("ra-soat/moi/", readings.reading_new, name="reading_new"),
    path("ra-soat/<uuid:public_id>/", readings.reading, name="reading"),
    path("ra-soat/<uuid:public_id>/xu-ly/", readings.reading_decide, name="reading_decide"),
]
