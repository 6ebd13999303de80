"""Addresses of reports and figures."""

from __future__ import annotations

from django.urls import path, register_converter

from . import (
    entry,
    entry_sheet,
    figures,
    frozen,
    period_days,
    report_notes,
    report_paragraph,
    report_word,
    reports,
    round_opening,
    rounds,
    series,
    submission,
)
from .converters import FormatConverter, KeyConverter, PeriodConverter, UnitCodeConverter

register_converter(UnitCodeConverter, "unit")
register_converter(PeriodConverter, "period")
register_converter(KeyConverter, "key")
register_converter(FormatConverter, "fmt")

urlpatterns = [
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/han-nop/", period_days.period_days, name="period_days"),
    path("bao-cao/mo-dot/<period:period>/", round_opening.round_open, name="round_open"),
    path("bao-cao/<unit:code>/<period:period>/", reports.report, name="report"),
    path(
        "bao-cao/<unit:code>/<period:period>/tai-ve/<fmt:fmt>/",
        reports.report_file,
        name="report_file",
    ),
    path(
        "bao-cao/<unit:code>/<period:period>/nhan-xet/",
        report_notes.report_notes,
        name="report_notes",
    ),
    path(
        "bao-cao/<unit:code>/<period:period>/sua-trong-word/",
        report_word.report_word,
        name="report_word",
    ),
    path(
        "bao-cao/<unit:code>/<period:period>/sua-cau/",
        report_paragraph.report_paragraph,
        name="report_paragraph",
    ),
    path(
        "bao-cao/<unit:code>/<period:period>/xac-nhan/",
        reports.report_states,
        name="report_states",
    ),
    path("bao-cao/<unit:code>/<period:period>/dot/", rounds.round_board, name="round_board"),
    path(
        "bao-cao/<unit:code>/<period:period>/ban-chot/",
        frozen.frozen_reports,
        name="frozen_reports",
    ),
    path(
        "bao-cao/<unit:code>/<period:period>/ban-chot/<number:frozen_id>/<fmt:fmt>/",
        frozen.frozen_draft,
        name="frozen_draft",
    ),
    path("bao-cao/<unit:code>/<period:period>/bieu/", entry.entry, name="entry"),
    path(
        "bao-cao/<unit:code>/<period:period>/bieu/excel/",
        entry_sheet.entry_sheet_file,
        name="entry_sheet_file",
    ),
    path(
        "bao-cao/<unit:code>/<period:period>/bieu/nhap/",
        entry_sheet.entry_sheet,
        name="entry_sheet",
    ),
    path("bao-cao/<unit:code>/<period:period>/nop/", reports.report_submit, name="report_submit"),
    path(
        "bao-cao/<unit:code>/<period:period>/ban-nop/",
        reports.submission_decide,
        name="submission_decide",
    ),
    path("bao-cao/<unit:code>/<period:period>/kiem-tra/", submission.submission, name="submission"),
    path("so-lieu/", figures.figures, name="figures"),
    path("so-lieu/<unit:code>/<period:period>/", figures.figures_of, name="figures_of"),
    path("so-lieu/<unit:code>/<period:period>/<key:key>/", figures.figure, name="figure"),
    path("chuoi/<unit:code>/<key:key>/", series.series, name="series"),
    path("chuoi/<unit:code>/<key:key>/tai-ve/", series.series_file, name="series_file"),
]
