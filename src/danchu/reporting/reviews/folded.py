"""A paper is never made of a period whose figures are still being computed for the first time."""

from __future__ import annotations

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import SCHEMES
from danchu.core.calendar.selectors import period_span
from danchu.core.errors import NotYet
from danchu.reporting.figures.selectors import waits_for_first_fold

from .earlier import compared_period


def is_folded(period: Period) -> bool:
    """Whether the figures of a period, and of those its report is held against, are computed.

    Composing the report opens them all.
    """
    span = period_span(period.code)
    codes = [span.code]
    before = compared_period(span)
    if before is not None:
        codes.append(before.code)
    if span.kind == "year" and span.scheme in SCHEMES:
        codes += [f"{span.code}H1", f"{span.code}H2"]
    ids = Period.objects.filter(code__in=codes).values_list("pk", flat=True)
    return not waits_for_first_fold(list(ids))


def require_folded(period: Period) -> None:
    """Raise ``NotYet`` while they are not."""
    if not is_folded(period):
        raise NotYet(
            "Đang tính số liệu của kỳ này lần đầu. Thử lại sau vài giây.",
            "The figures of this period are being computed for the first time. Try again in a "
            "few seconds.",
        )
