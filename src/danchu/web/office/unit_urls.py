"""Addresses of finding, and of units. The converter "unit" is registered by the reports."""

from __future__ import annotations

from django.urls import path

from . import report_urls as _converters  # noqa: F401 - registers the converters used below
from . import search, unit_changes, unit_keeping, units

urlpatterns = [
    path("tim/", search.find, name="find"),
    path("don-vi/", unit_keeping.units, name="units"),
    path("don-vi/lien-he/", unit_keeping.contact, name="unit_contact"),
    path("don-vi/lich-tiep/", unit_keeping.schedule, name="schedule"),
    path("don-vi/lich-tiep/<number:line_id>/bo/", unit_keeping.schedule_end, name="schedule_end"),
    path("don-vi/dang-ky-moi/", unit_keeping.register, name="unit_register"),
    path("don-vi/<unit:code>/", units.unit, name="unit"),
    path("don-vi/<unit:code>/doi-ten/", unit_keeping.rename, name="unit_rename"),
    path("don-vi/<unit:code>/ket-thuc/", unit_keeping.end, name="unit_end"),
    path("don-vi/<unit:code>/thay-doi/", unit_changes.unit_changes, name="unit_changes"),
    path("don-vi/<unit:code>/thay-doi/<slug:way>/", unit_changes.unit_change, name="unit_change"),
    path("sap-xep/<uuid:public_id>/", unit_changes.receipts_of_change, name="map_change"),
]
