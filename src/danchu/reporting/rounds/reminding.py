"""The short text that asks late units for their figures, to be pasted or set as a công văn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from .selectors import ReporterLine, RoundView


def reminder(found: RoundView, on: dt.date) -> str:
    """Who has not handed in yet, each by its own last day, and what happens otherwise; "" when
    nobody is missing. In Vietnamese: it goes to the units."""
    if not found.missing or found.closed_at is not None:
        return ""
    days = sorted({line.due_on for line in found.missing})
    count = len(found.missing)
    said = (
        f"Đến ngày {_day(on)} còn {count:02d} đơn vị (trong {found.expected:02d} đơn vị) chưa nộp"
    )
    if len(days) == 1:
        asked = f"{found.title}: {_when(days[0], on)}. {said}: {_names(found.missing)}."
    else:
        groups = [
            f"{_when(day, on)}: {_names([m for m in found.missing if m.due_on == day])}."
            for day in days
        ]
        asked = f"{found.title}. {said}. " + " ".join(g[:1].upper() + g[1:] for g in groups)
    if all(on > day for day in days):
        ask = "Đề nghị các đơn vị nộp ngay"
    elif any(on > day for day in days):
        ask = "Đề nghị đơn vị quá hạn nộp ngay, các đơn vị khác nộp đúng hạn"
    else:
        ask = "Đề nghị các đơn vị nộp đúng hạn"
    lock = f" Hệ thống khóa nhập số liệu sau ngày {_day(found.locks_on)}." if found.locks_on else ""
    return f"{asked} {ask}; đơn vị không nộp sẽ được nêu tên trong báo cáo tổng hợp.{lock}"


def _when(due_on: dt.date, on: dt.date) -> str:
    late = (on - due_on).days
    return f"đã quá hạn {late} ngày (hạn {_day(due_on)})" if late > 0 else f"hạn nộp {_day(due_on)}"


def _names(lines: Iterable[ReporterLine]) -> str:
    return "; ".join(
        f"{line.name} (đã trả lại, chưa nộp lại)" if line.state == "returned" else line.name
        for line in lines
    )


def _day(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month}/{day.year}"
