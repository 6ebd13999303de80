"""Periods as officers call them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.utils.translation import get_language, gettext

from danchu.core.calendar.periods import (
    PeriodKind,
    containing,
    label_en,
    label_vi,
    parse_period,
    previous,
)
from danchu.core.errors import BadInput
from danchu.reporting.reviews.earlier import period_title


def period_label(code: str) -> str:
    """The name of a period without its days, which stand beside it where they matter.

    A period that is cut off as it mostly is (half-years and years by Decree 09/2019, months and
    quarters by the calendar) has the plain name, the other one says so; a committee's own is
    called by its code.
    """
    try:
        span = parse_period(code)
    except BadInput:
        return code
    label = (label_en(span) if get_language() == "en" else label_vi(span)).partition(" (")[0]
    long = span.kind in ("half_year", "year")
    if span.scheme == "cal" and long:
        return gettext("%(label)s, năm dương lịch") % {"label": label}
    if span.scheme == "nd09" and not long:
        return gettext("%(label)s, chốt ngày 14") % {"label": label}
    return label


def plain_label(code: str) -> str:
    """The name alone, where every period that could be meant is one of the calendar: "năm 2026"."""
    span = parse_period(code)
    return (label_en(span) if get_language() == "en" else label_vi(span)).partition(" (")[0]


def period_span_words(code: str) -> str:
    """The days of a period: "15/06/2026 đến 14/12/2026"; "" for a committee's own."""
    try:
        span = parse_period(code)
    except BadInput:
        return ""
    return gettext("%(first)s đến %(last)s") % {
        "first": f"{span.start:%d/%m/%Y}",
        "last": f"{span.end:%d/%m/%Y}",
    }


def short_label(code: str) -> str:
    """A period under the axis: "6T đầu 2026", "Quý I/2026", "3/2026", "2026"."""
    text = code.rpartition(":")[2]
    year, part = text[:4], text[4:]
    names = {
        "H1": gettext("6T đầu"),
        "H2": gettext("6T cuối"),
        "N9": gettext("9T"),
    }
    if not year.isdigit() or len(text) > 7:
        return text
    if part.startswith("M"):
        return f"{int(part[1:])}/{year}"
    if part.startswith("Q") and part[1:] in _ROMAN:
        quarter = {"roman": _ROMAN[part[1:]], "n": part[1:], "year": year}
        return gettext("Quý %(roman)s/%(year)s") % quarter
    return f"{names.get(part, part)} {year}".strip()


def _title(code: str) -> str:
    try:
        return period_title(parse_period(code), "vi")
    except BadInput:  # a committee's own
        return f"kỳ {code}"


def round_title(code: str) -> str:
    """What a round over the period is called unless its body names it; it goes to the units."""
    return f"Báo cáo kết quả thực hiện dân chủ ở cơ sở {_title(code)}"


def download_name(code: str, unit_name: str, fmt: str) -> str:
    """What a report's file is called in a folder: of what period, of whom; in ASCII.

    "BC dan chu 6 thang cuoi nam 2026 - xa Ben Mau.docx"
    """
    letters = unicodedata.normalize("NFD", f"BC dân chủ {_title(code)} - {unit_name}")
    plain = letters.replace("đ", "d").replace("Đ", "D").encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.-]+", " ", plain).strip() + f".{fmt}"


def period_choices(on: dt.date) -> list[tuple[str, str]]:
    """The half-years and years that hold a day, the State's own cut first."""
    spans = [s for s in containing(on) if s.kind in ("half_year", "year")]
    spans.sort(key=lambda s: (s.kind != "half_year", s.scheme != "nd09"))
    return [(s.code, period_label(s.code)) for s in spans]


def asked_periods(on: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods a request that comes on a day may ask for, by kind, each with its days.

    Those under way and those that ended last, of the calendar and of Decree 09/2019.
    """
    kinds: dict[PeriodKind, str] = {
        "month": gettext("Tháng"),
        "quarter": gettext("Quý"),
        "half_year": gettext("6 tháng"),
        "nine_months": gettext("9 tháng"),
        "year": gettext("Năm"),
    }
    spans = {s.code: s for now in containing(on) for s in (previous(now), now)}
    return [
        (
            name,
            [
                (s.code, f"{_begun(period_label(s.code))} ({period_span_words(s.code)})")
                for s in sorted(spans.values(), key=lambda s: (s.scheme, s.end))
                if s.kind == kind
            ],
        )
        for kind, name in kinds.items()
    ]


def asked_usually(on: dt.date) -> str:
    """The period a request is most often for: the month of the calendar that ended last."""
    return next(previous(s).code for s in containing(on) if s.scheme == "cal" and s.kind == "month")


def _begun(label: str) -> str:
    return label[:1].upper() + label[1:]


FIRST_LISTED = 2016  # reports on grassroots democracy before it are read from papers by text


def periods_by_year(on: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every period a report may be of, the newest year first, to choose from by name."""
    found = []
    for year in range(on.year + 1, FIRST_LISTED - 1, -1):
        of_year = []
        for scheme, parts in (("nd09:", ("H2", "H1", "")), ("", ("H2", "H1", "", *_QUARTERS))):
            for part in parts:
                code = f"{scheme}{year}{part}"
                try:
                    span = parse_period(code)
                except BadInput:
                    continue
                if span.start <= on:
                    of_year.append((code, _begun(period_label(code))))
        if of_year:
            found.append((str(year), of_year))
    return found


_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_QUARTERS = ("Q4", "Q3", "Q2", "Q1")
