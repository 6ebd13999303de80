"""A composed report as files: DOCX, PDF, HTML, XLSX, and one JSON document."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from danchu.core.addresses import absolute, address_of_installation
from danchu.core.documents import (
    DEMONSTRATION_MARK,
    Sheet,
    SheetCell,
    SheetColumn,
    render_docx,
    render_html,
    render_pdf,
    render_xlsx,
)
from danchu.reporting.figures.models import CellState

from .compose import Report
from .figures import ReportFigure
from .official import official_document, rests_on
from .wording import words

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}

RENDERED = {"docx": render_docx, "pdf": render_pdf, "html": render_html}


def render(report: Report, fmt: str, *, mark: str | None = None) -> bytes:
    """The report as ``docx``, ``pdf``, ``html`` or ``xlsx``; the same report gives the same bytes.

    ``mark``: what a DOCX, PDF or HTML that is not to be issued says at its head. Raises
    ``BadInput`` for a paper of a unit to whose kind the rules give no form.
    """
    if fmt in RENDERED:
        document = official_document(report)
        if mark and document.draft_mark is None:
            document = dataclasses.replace(document, draft_mark=mark)
        return RENDERED[fmt](document)
    if fmt == "xlsx":
        return render_xlsx(
            _sheets(report),
            created=report.written_on,
            title=report.title,
            demo_mark=DEMONSTRATION_MARK if report.is_demonstration else None,
        )
    raise ValueError(fmt)


def file_name(report: Report, fmt: str) -> str:
    """A name for the file, in ASCII: unit, period, layout."""
    period = report.period.code.replace(":", "-")
    return f"bao-cao-{report.unit.code}-{period}-{report.layout}.{fmt}"


def as_json(report: Report) -> dict[str, Any]:
    """Everything the report is made of, as plain JSON values."""
    return {
        "unit": {
            "code": report.unit.code,
            "name": report.unit.name,
            "level": report.unit.level,
            "valid_from": _day(report.unit.valid_from),
            "valid_to": _day(report.unit.valid_to),
        },
        "period": {
            "code": report.period.code,
            "label": report.period_label,
            "start": _day(report.period.start),
            "end": _day(report.period.end),
        },
        "layout": report.layout,
        "outline": {
            "layout": report.outline.layout,
            "level": report.outline.level,
            "version": report.outline.number,
            "sha256": report.outline.sha256,
        },
        "reference_only": report.is_reference,
        "issuing_body": report.issuer.issuing_body.replace("\n", " "),
        "title": report.title,
        "demonstration": report.is_demonstration,
        "sections": [
            {
                "id": s.id,
                "number": s.number,
                "title": s.title,
                "paragraphs": [
                    {
                        "text": p.text,
                        "figures": [x.figure.ref for x in p.pieces if x.figure],
                        # Told only of those an officer worded.
                        **({"edited": True} if p.origin == "edited" else {}),
                    }
                    for p in s.paragraphs
                ],
                "items": [{"text": i.text, "origin": i.origin} for i in s.items],
            }
            for s in report.sections
        ],
        # Openings and closings an officer worded.
        "worded": [p.text for p in (*report.opening, *report.closing) if p.origin == "edited"],
        "figures": [_figure(f) for f in report.figures],
        "comparison": {
            "with": report.compared_with,
            "rows": [
                {
                    "key": r.figure.key,
                    "now": r.figure.text,
                    "before": r.before or None,
                    "change": r.change or None,
                }
                for r in report.comparison
            ],
        },
        "expected": report.round.expected if report.round else None,
        "missing": (
            [{"code": m.code, "name": m.name, "state": m.state} for m in report.round.missing]
            if report.round
            else []
        ),
        "sources": [{"title": title, "note": note} for title, note in report.sources],
        "warnings": list(report.warnings),
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _figure(figure: ReportFigure) -> dict[str, Any]:
    stated = figure.stated
    return {
        "ref": figure.ref,
        "key": figure.key,
        "name": figure.meaning.name_vi,
        "unit": figure.meaning.unit,
        "layer": figure.layer,
        "state": figure.state,
        "amount": figure.amount,
        "scale": figure.meaning.scale,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "text": figure.text,
        "remark": figure.remark_vi or None,
        "stated": stated.stated if stated else None,
        "surface": stated.surface if stated else None,
        "n_reported": figure.n_reported,
        "n_expected": figure.n_expected,
        "evidence": figure.path,
    }


def _cell(figure: ReportFigure) -> SheetCell | str:
    """The figure as a number of its kind; its words where it has no number."""
    meaning = figure.meaning
    if figure.state not in (CellState.REPORTED, CellState.ZERO):
        return figure.text
    if meaning.is_rate and figure.numerator is not None and figure.denominator:
        share = Decimal(figure.numerator) / figure.denominator
        as_printed = Decimal(1).scaleb(-2 - (meaning.decimals or 1))
        return SheetCell(share.quantize(as_printed, ROUND_HALF_UP), "percent")
    if figure.amount is None:
        return figure.text
    value = Decimal(figure.amount) / meaning.scale
    if meaning.is_rate:
        return SheetCell(value / 100, "percent")
    return SheetCell(int(value), "integer") if value == int(value) else SheetCell(value, "decimal")


def _sheets(report: Report) -> list[Sheet]:
    say = words(report.language)
    english = report.language == "en"
    placed = bool(address_of_installation())  # a bare path leads nowhere
    rows = tuple(
        (
            str(figure.ref),
            figure.meaning.name_en if english else figure.meaning.name_vi,
            figure.meaning.unit_en if english else figure.meaning.unit_vi,
            _cell(figure),
            rests_on(figure, report, say),
            figure.remark_en if english else figure.remark_vi,
            *([absolute(figure.path)] if placed else []),
        )
        for figure in report.figures
    )
    figures = Sheet(
        name=say.indicator,
        columns=(
            SheetColumn(say.number),
            SheetColumn(say.indicator),
            SheetColumn("Unit" if english else "Đơn vị tính"),
            SheetColumn(say.value),
            SheetColumn(say.basis_of_value),
            SheetColumn(say.remark),
            *([SheetColumn(say.address)] if placed else []),
        ),
        rows=rows,
        notes=(
            (say.report, report.title),
            ("Reporting unit" if english else "Đơn vị báo cáo", report.unit.name),
            ("Period" if english else "Kỳ báo cáo", report.period_label),
        ),
        title=(
            f"{say.report}: {report.title}",
            f"{report.unit.name[:1].upper()}{report.unit.name[1:]}, {report.period_label}",
        ),
    )
    return [figures]
