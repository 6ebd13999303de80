"""Issued reports that are public, with their files and hashes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from danchu.core.contracts import NOBODY
from danchu.reporting.reviews.published import (
    PublishedReport,
    published_report,
    published_reports,
)
from danchu.web.portal.addresses import report_address, report_file_address

from .api import next_piece, operation
from .parameters import (
    AfterReport,
    InForce,
    KnownOn,
    Limit,
    PeriodCode,
    ProvinceCode,
    ReportId,
    UnitCode,
    require_codes,
)
from .schemas import CountedPage, ReportOut


@operation("reports", CountedPage[ReportOut], tag="reports")
def list_reports(
    request: HttpRequest,
    unit: UnitCode = None,
    province: ProvinceCode = None,
    period: PeriodCode = None,
    known_on: KnownOn = None,
    in_force: InForce = False,
    after: AfterReport = None,
    limit: Limit = 100,
) -> Any:
    """Issued reports, the newest first."""
    require_codes(period)
    found, total = published_reports(
        NOBODY,
        unit_code=unit,
        province_code=province,
        period_code=period,
        known_on=known_on,
        in_force_only=in_force,
        after=after,
        limit=limit + 1,
    )
    shown = found[:limit]
    last = shown[-1].public_id if shown else ""
    return {
        "items": [_report_out(one) for one in shown],
        "next": next_piece(request, last, is_last=len(found) <= limit),
        "total": total,
    }


@operation("reports/{report_id}", ReportOut, tag="reports")
def one_report(request: HttpRequest, report_id: ReportId) -> Any:
    """One issued report, with its files and their hashes."""
    return _report_out(published_report(NOBODY, report_id))


def _report_out(one: PublishedReport) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "number": one.sign,
        "title": one.title,
        "issuing_body": one.issuing_body,
        "issued_on": one.issued_on,
        "known_on": one.known_on,
        "unit_code": one.unit_code,
        "unit_name": one.unit_name,
        "unit_level": one.unit_level,
        "province_code": one.province_code,
        "province_name": one.province_name,
        "period": one.period_code,
        "period_start": one.period_start,
        "period_end": one.period_end,
        "in_force": one.replaced_by is None,
        "replaces": one.replaces,
        "replaced_by": one.replaced_by,
        "release": one.release,
        "dictionary_version": one.dictionary,
        "demonstration": one.is_demo,
        "page": report_address(one),
        "proof": report_file_address(one, "chung-thuc.json"),
        "files": [
            {
                "kind": file.kind,
                "href": report_file_address(one, file.name),
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "standing": file.standing,
                "released_on": file.released_on,
            }
            for file in one.files
        ],
        "files_held": one.files_held,
    }
