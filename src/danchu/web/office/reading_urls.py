"""Addresses of the review of past reports."""

from __future__ import annotations

from django.urls import path

from . import reading_desk, readings

urlpatterns = [
    path("ra-soat/", readings.readings, name="readings"),
    path("ra-soat/moi/", readings.reading_new, name="reading_new"),
    path("ra-soat/<uuid:public_id>/", reading_desk.reading, name="reading"),
    path("ra-soat/<uuid:public_id>/xu-ly/", reading_desk.reading_decide, name="reading_decide"),
]
