"""Report periods and their codes: pure functions (FEATURES U5, DESIGN decision 2).

Two schemes are built in. ``cal`` cuts the calendar year; its codes carry no prefix:
``2019``, ``2019H1``, ``2019Q1``, ``2019M06``, ``2019N9`` (nine months). ``nd09`` has the data
cut-offs of Decree 09/2019/NĐ-CP, Article 12: a month runs from the 15th of the month before
to the 14th; ``nd09:2026H1`` is 15 December 2025 to 14 June 2026. Schemes of a committee are
rows of the database (``services.add_scheme``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from danchu.core.errors import BadInput

from .days import FIRST_DAY, LAST_DAY
from .words import Phrase, printed

PeriodKind = Literal["month", "quarter", "half_year", "nine_months", "year", "other"]


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """A period as a code means it. Both ends of [start, end] belong to it."""

    code: str
    scheme: str
    kind: PeriodKind
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class BuiltInScheme:
    """A scheme that comes with the product. ``cut_off``: last day of a month's data."""

    code: str
    name: Phrase
    basis: str
    cut_off: int | None


SCHEMES: dict[str, BuiltInScheme] = {
    "cal": BuiltInScheme("cal", Phrase("Năm dương lịch", "Calendar year"), "", None),
    "nd09": BuiltInScheme(
        "nd09",
        Phrase("Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP", "Periods of Decree 09/2019/NĐ-CP"),
        "Điều 12 Nghị định 09/2019/NĐ-CP",
        14,
    ),
}

# By when each level hands in, in days after the period's end, where a scheme says nothing else:
# so that every level has a working day for what comes from below. A day off moves it on.
DUE_AFTER: dict[str, int] = {
    "village": 1, "agency": 1, "state_enterprise": 1, "workplace": 1,
    "commune": 2, "district": 3, "province": 5, "nation": 15,
}  # fmt: skip

# The same levels, by who hands in to whom: each is given a working day after those before it.
STOREYS: tuple[tuple[str, ...], ...] = (
    ("village", "agency", "state_enterprise", "workplace"),
    ("commune",),
    ("district",),
    ("province",),
    ("nation",),
)

_CODE = re.compile(r"(?:([A-Za-z0-9_-]+):)?([0-9]{4})(H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])|N9)?")
_KINDS: dict[str, PeriodKind] = {
    "": "year", "H": "half_year", "Q": "quarter", "M": "month", "N": "nine_months",
}  # fmt: skip
# Months in a period, shortest first.
_LENGTHS: dict[PeriodKind, int] = {
    "month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12,
}  # fmt: skip
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_ROMAN = ("I", "II", "III", "IV")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_period(code: str) -> PeriodSpan:
    """The period a code of a built-in scheme means.

    Raises ``BadInput`` for a code of another form, a year out of range or an unknown scheme.
    """
    match = _CODE.fullmatch(code.strip()) if len(code) <= 60 else None
    if match is None:
        raise BadInput(
            f"“{code[:60]}” không phải là mã kỳ báo cáo. Mã đúng có dạng 2019, 2019H1, 2019Q1, "
            "2019M06, 2019N9 hoặc nd09:2026H1.",
            f"“{code[:60]}” is not the code of a period. Codes look like 2019, 2019H1, 2019Q1, "
            "2019M06, 2019N9 or nd09:2026H1.",
            field="period",
        )
    scheme = match[1] or "cal"
    if scheme not in SCHEMES:
        raise BadInput(
            f"Không có cách chia kỳ nào mang mã “{scheme}”.",
            f"There is no scheme of periods with the code “{scheme}”.",
            field="period",
        )
    part = match[3] or ""
    kind = _KINDS[part[:1]]
    ordinal = int(part[1:]) if kind in ("half_year", "quarter", "month") else 1
    return _span(scheme, int(match[2]), kind, ordinal)


def previous(span: PeriodSpan) -> PeriodSpan:
    """The period of the same kind and scheme just before; a year earlier for nine months."""
    year, ordinal = _place(span)
    if ordinal > 1:
        return _span(span.scheme, year, span.kind, ordinal - 1)
    return _span(span.scheme, year - 1, span.kind, _last_ordinal(span.kind))


def same_last_year(span: PeriodSpan) -> PeriodSpan:
    """The same period of the year before."""
    year, ordinal = _place(span)
    return _span(span.scheme, year - 1, span.kind, ordinal)


def label_vi(span: PeriodSpan) -> str:
    """How a report names the period: "6 tháng đầu năm 2019"; with its days if they differ."""
    return _label(span).vi


def label_en(span: PeriodSpan) -> str:
    """The English name: "first six months of 2019"."""
    return _label(span).en


def containing(day: dt.date) -> list[PeriodSpan]:
    """Every period of the built-in schemes in which the day lies: by scheme, shortest first."""
    return [*_containing(day)]


@lru_cache(maxsize=512)
def _containing(day: dt.date) -> tuple[PeriodSpan, ...]:
    found = []
    for scheme in SCHEMES:
        for kind in _LENGTHS:
            # A day after the cut-off belongs to the next month, and in December to the next year.
            for year in (day.year, day.year + 1):
                if not _in_range(scheme, year):
                    continue
                for ordinal in range(1, _last_ordinal(kind) + 1):
                    span = _span(scheme, year, kind, ordinal)
                    if span.start <= day <= span.end:
                        found.append(span)
    return tuple(found)


def _last_ordinal(kind: PeriodKind) -> int:
    return 1 if kind == "nine_months" else 12 // _LENGTHS[kind]


def _in_range(scheme: str, year: int) -> bool:
    first = FIRST_DAY.year if SCHEMES[scheme].cut_off is None else FIRST_DAY.year + 1
    return first <= year <= LAST_DAY.year


@lru_cache(maxsize=2048)
def _span(scheme: str, year: int, kind: PeriodKind, ordinal: int) -> PeriodSpan:
    if not _in_range(scheme, year):
        raise BadInput(
            f"Năm {year} nằm ngoài khoảng có kỳ báo cáo.",
            f"There are no periods for the year {year}.",
            field="period",
        )
    length = _LENGTHS[kind]
    first_month = (ordinal - 1) * length + 1
    last_month = first_month + length - 1
    cut_off = SCHEMES[scheme].cut_off
    if cut_off is None:
        start = dt.date(year, first_month, 1)
        end = _month_start(year, last_month + 1) - dt.timedelta(days=1)
    else:
        start = _month_start(year, first_month - 1).replace(day=cut_off + 1)
        end = dt.date(year, last_month, cut_off)
    letter = _LETTERS[kind]
    part = {"M": f"M{ordinal:02d}", "N": "N9", "": ""}.get(letter, f"{letter}{ordinal}")
    prefix = "" if scheme == "cal" else f"{scheme}:"
    return PeriodSpan(f"{prefix}{year:04d}{part}", scheme, kind, start, end)


def _month_start(year: int, month: int) -> dt.date:
    years, index = divmod(month - 1, 12)
    return dt.date(year + years, index + 1, 1)


def _place(span: PeriodSpan) -> tuple[int, int]:
    """Year and ordinal of a period of a built-in scheme, read from its code."""
    match = _CODE.fullmatch(span.code)
    if span.kind == "other" or match is None or span.scheme not in SCHEMES:
        raise BadInput(
            f"Kỳ “{span.code}” do đơn vị tự đặt nên không có kỳ liền trước theo quy tắc chung.",
            f"The period “{span.code}” is a body's own; no general rule says which came before.",
            field="period",
        )
    digits = (match[3] or "")[1:]
    return int(match[2]), int(digits) if digits and span.kind != "nine_months" else 1


@lru_cache(maxsize=1024)
def _label(span: PeriodSpan) -> Phrase:
    days = Phrase(
        f"từ {printed(span.start)} đến {printed(span.end)}",
        f"{printed(span.start)} to {printed(span.end)}",
    )
    if span.kind == "other" or span.scheme not in SCHEMES:
        return days
    year, ordinal = _place(span)
    name = {
        "year": Phrase(f"năm {year}", f"{year}"),
        "half_year": (
            Phrase(f"6 tháng đầu năm {year}", f"first six months of {year}")
            if ordinal == 1
            else Phrase(f"6 tháng cuối năm {year}", f"last six months of {year}")
        ),
        "quarter": Phrase(f"quý {_ROMAN[(ordinal - 1) % 4]} năm {year}", f"Q{ordinal} {year}"),
        "month": Phrase(f"tháng {ordinal} năm {year}", f"{_MONTHS_EN[(ordinal - 1) % 12]} {year}"),
        "nine_months": Phrase(f"9 tháng đầu năm {year}", f"first nine months of {year}"),
    }[span.kind]
    if SCHEMES[span.scheme].cut_off is None:
        return name
    return Phrase(f"{name.vi} ({days.vi})", f"{name.en} ({days.en})")
