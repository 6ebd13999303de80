"""Published figures: those of issued reports, and those stated in reports of elsewhere."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from danchu.core.contracts import NOBODY
from danchu.reporting.opendata.edition import as_number
from danchu.reporting.reading.open_statements import OpenStatement, open_statements
from danchu.reporting.reviews.published_figures import OpenFigure, published_figures

from .api import next_piece, operation
from .parameters import (
    AfterNumber,
    IndicatorKey,
    InForce,
    KnownOn,
    Limit,
    PeriodCode,
    ProvinceCode,
    UnitCode,
    require_codes,
)
from .schemas import FigureOut, Page, StatementOut


@operation("figures", Page[FigureOut], tag="figures")
def list_figures(
    request: HttpRequest,
    unit: UnitCode = None,
    province: ProvinceCode = None,
    period: PeriodCode = None,
    indicator: IndicatorKey = None,
    report: Annotated[uuid.UUID | None, Query(description="Only of this report")] = None,
    dimensions: Annotated[bool, Query(description="Parts of figures as well")] = True,
    known_on: KnownOn = None,
    in_force: InForce = False,
    after: AfterNumber = None,
    limit: Limit = 100,
) -> Any:
    """Figures of issued reports, in the order in which they were published."""
    require_codes(period, indicator)
    found = published_figures(
        NOBODY,
        report=report,
        unit_code=unit,
        province_code=province,
        period_code=period,
        key=indicator,
        dimensions=dimensions,
        known_on=known_on,
        in_force_only=in_force,
        after=after,
        limit=limit + 1,
    )
    shown = found[:limit]
    last = shown[-1].id if shown else 0
    return {
        "items": [_figure_out(one) for one in shown],
        "next": next_piece(request, last, is_last=len(found) <= limit),
    }


@operation("stated-figures", Page[StatementOut], tag="figures")
def list_stated_figures(
    request: HttpRequest,
    unit: UnitCode = None,
    period: PeriodCode = None,
    indicator: IndicatorKey = None,
    after: AfterNumber = None,
    limit: Limit = 100,
) -> Any:
    """Figures stated in reports published elsewhere, each with its words and its source."""
    require_codes(period, indicator)
    found = open_statements(
        NOBODY, unit_code=unit, period_code=period, key=indicator, after=after, limit=limit + 1
    )
    shown = found[:limit]
    last = shown[-1].id if shown else 0
    return {
        "items": [_statement_out(one) for one in shown],
        "next": next_piece(request, last, is_last=len(found) <= limit),
    }


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else as_number(value)


def _figure_out(one: OpenFigure) -> dict[str, Any]:
    return {
        "report_id": one.report_id,
        "report_number": one.report_sign,
        "issued_on": one.issued_on,
        "known_on": one.known_on,
        "in_force": one.in_force,
        "unit_code": one.unit_code,
        "unit_name": one.unit_name,
        "unit_level": one.unit_level,
        "province_code": one.province_code,
        "province_name": one.province_name,
        "period": one.period_code,
        "period_start": one.period_start,
        "period_end": one.period_end,
        "indicator": one.key,
        "dimension": one.dimension,
        "layer": one.layer,
        "state": one.state,
        "value": _number(one.value),
        "numerator": _number(one.numerator),
        "denominator": _number(one.denominator),
        "text": one.text,
        "withheld": one.withheld,
        "n_reported": one.n_reported,
        "n_zero": one.n_zero,
        "n_not_applicable": one.n_not_applicable,
        "n_missing": one.n_missing,
        "n_expected": one.n_expected,
        "dictionary_version": one.dictionary,
        "demonstration": one.is_demo,
    }


def _statement_out(one: OpenStatement) -> dict[str, Any]:
    return {
        "unit_code": one.unit_code,
        "unit_name": one.unit_name,
        "unit_level": one.unit_level,
        "parent_code": one.parent_code,
        "parent_name": one.parent_name,
        "period": one.period_code,
        "period_start": one.period_start,
        "period_end": one.period_end,
        "indicator": one.key,
        "value": _number(one.value),
        "text": one.text,
        "stated": one.stated,
        "words": one.words,
        "approximate": one.approximate,
        "withheld": one.withheld,
        "document_id": one.document_id,
        "document_title": one.document_title,
        "document_date": one.document_date,
        "source": one.source,
        "demonstration": one.is_demo,
    }
