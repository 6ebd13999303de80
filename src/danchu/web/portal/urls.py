"""Addresses of the citizens' face: readable and permanent (INTERFACE, Web)."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "portal"

urlpatterns: list[URLPattern] = []
