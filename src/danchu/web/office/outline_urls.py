"""Addresses of the outlines of reports."""

from __future__ import annotations

from django.urls import path

from . import outline_parts, outline_preview, outlines

ONE = "de-cuong/<slug:layout>/<slug:level>/"

urlpatterns = [
    path("de-cuong/", outlines.outlines, name="outlines"),
    path(ONE, outlines.outline, name="outline"),
    path(f"{ONE}ban/<number:number>/", outlines.outline_version, name="outline_version"),
    path(f"{ONE}soan/", outlines.outline_draft, name="outline_draft"),
    path(f"{ONE}soan/xem-thu/", outline_preview.outline_preview, name="outline_preview"),
    path(f"{ONE}soan/khung/", outline_parts.outline_frame, name="outline_frame"),
    path(f"{ONE}soan/phu-luc/", outline_parts.outline_annexes, name="outline_annexes"),
    path(f"{ONE}soan/muc/", outline_parts.outline_section_new, name="outline_section_new"),
    path(f"{ONE}soan/muc/<slug:path>/", outline_parts.outline_section, name="outline_section"),
]
