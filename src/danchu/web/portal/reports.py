"""Reports a unit issued: the list, and one as everybody may read it, with its files and proof."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from django.core.paginator import EmptyPage, Paginator
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render

from danchu.core.calendar.periods import label_en, label_vi
from danchu.core.calendar.selectors import period_span
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.reviews.published import (
    PublishedReport,
    ReportLine,
    open_published,
    proof_of_report,
    published_lines,
    published_report,
    unit_of_report,
)
from danchu.reporting.reviews.published_figures import OpenFigure, published_figures
from danchu.reporting.reviews.reading_copy import reading_copy
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters
from danchu.web.design.programs import open_to_programs, require_known

from .addresses import report_address, report_file_address, unit_part_address
from .caching import depends_on, whole_page
from .places import place_of_record, place_of_today

PER_PAGE = 20
PROOF = "chung-thuc.json"


@public
@whole_page
def reports(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Every public report of the unit that holds the code today, the newest first."""
    number = parameters(request, {"trang": int})["trang"] or 1
    found = place_of_today(
        request, code, slug, lambda unit: unit_part_address("portal:reports", unit)
    )
    if isinstance(found, HttpResponseRedirectBase):
        return found
    lines, total = published_lines(
        NOBODY, found.unit.id, limit=PER_PAGE, offset=(number - 1) * PER_PAGE
    )
    try:
        page = Paginator(range(total), PER_PAGE).page(number)
    except EmptyPage:
        raise NotFound("Không có trang số này.", "There is no page of this number.") from None
    return render(
        request,
        "portal/reports.html",
        {
            "place": found,
            "reports": [shown_line(line, found.unit) for line in lines],
            "total": total,
            "page": page,
        },
    )


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A report in a list with its address and the name of its period."""

    report: ReportLine
    address: str
    name_vi: str
    name_en: str


def shown_line(report: ReportLine, unit: UnitOnDay) -> ShownLine:
    """A report as lists of the unit show it."""
    span = period_span(report.period_code)
    return ShownLine(report, report_address(report, unit), label_vi(span), label_en(span))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of a report with its meaning; ``given``: units that gave a number, nought too."""

    meaning: Definition
    one: OpenFigure

    @property
    def given(self) -> int | None:
        """None where the report did not keep it."""
        if self.one.n_reported is None:
            return None
        return self.one.n_reported + (self.one.n_zero or 0)


@public
@whole_page
def report(request: HttpRequest, code: str, slug: str, public_id: str) -> HttpResponse:
    """One report, found by its id alone; an old or wrong unit in the address redirects."""
    parameters(request, {})
    depends_on(request, unit_of_report(NOBODY, uuid.UUID(public_id)))
    shown = published_report(NOBODY, uuid.UUID(public_id))
    found = place_of_record(request, shown.unit_id, shown.unit_code, shown.period_end)
    unit = found.unit
    address = report_address(shown, unit)
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    span = period_span(shown.period_code)
    meanings = definitions()
    figures = [
        FigureRow(meanings[one.key], one)
        for one in published_figures(NOBODY, report=shown.public_id, dimensions=False)
        if one.key in meanings
    ]
    return render(
        request,
        "portal/report.html",
        {
            "place": found,
            "report": shown,
            "name_vi": label_vi(span),
            "name_en": label_en(span),
            "figures": figures,
            "held": sum(bool(row.one.withheld) for row in figures),
            "reports_address": unit_part_address("portal:reports", unit),
            "copy": reading_copy(shown, [row.one for row in figures]),
            "files": [(file, report_file_address(shown, file.name, unit)) for file in shown.files],
            "proof": report_file_address(shown, PROOF, unit),
            "replaces": _other(shown.replaces, unit),
            "replaced_by": _other(shown.replaced_by, unit),
        },
    )


def _other(public_id: uuid.UUID | None, unit: UnitOnDay) -> tuple[PublishedReport, str] | None:
    if public_id is None:
        return None
    found = published_report(NOBODY, public_id)
    return found, report_address(found, unit)


@open_to_programs
def report_file(
    request: HttpRequest, code: str, slug: str, public_id: str, name: str
) -> HttpResponseBase:
    """A file of a report byte for byte, or the entry of the ledger that holds its hashes."""
    require_known(request, frozenset())
    if name == PROOF:
        proof = proof_of_report(published_report(NOBODY, uuid.UUID(public_id)))
        text = json.dumps(proof, ensure_ascii=False, indent=1)
        return HttpResponse(text, content_type="application/json")
    found = open_published(NOBODY, uuid.UUID(public_id), name)
    answer = FileResponse(
        found.handle, as_attachment=True, filename=found.name, content_type=found.media_type
    )
    answer["ETag"] = f'"{found.sha256[:32]}"'
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
