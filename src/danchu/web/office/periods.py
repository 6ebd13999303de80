"""Periods as officers call them."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language, gettext

from danchu.core.calendar.periods import containing, label_en, label_vi, parse_period
from danchu.core.errors import BadInput


def period_label(code: str) -> str:
    """The name of a period; a committee's own is called by its code."""
    try:
        span = parse_period(code)
    except BadInput:
        return code
    label = label_en(span) if get_language() == "en" else label_vi(span)
    if span.scheme == "nd09":
        return gettext("%(label)s, chốt theo Nghị định 09/2019") % {"label": label}
    return label


def period_choices(on: dt.date) -> list[tuple[str, str]]:
    """The half-years and years that hold a day, the State's own cut first."""
    spans = [s for s in containing(on) if s.kind in ("half_year", "year")]
    spans.sort(key=lambda s: (s.kind != "half_year", s.scheme != "nd09"))
    return [(s.code, period_label(s.code)) for s in spans]
