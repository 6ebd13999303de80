"""The short text that asks late units for their figures, to be pasted or set as a công văn."""

from __future__ import annotations

import datetime as dt

from .selectors import RoundView


def reminder(found: RoundView, on: dt.date) -> str:
    """Who has not handed in yet, by when it is asked, and what happens otherwise; "" when nobody
    is missing. In Vietnamese: it goes to the units."""
    if not found.missing or found.closed_at is not None:
        return ""
    names = "; ".join(
        f"{line.name} (đã trả lại, chưa nộp lại)" if line.state == "returned" else line.name
        for line in found.missing
    )
    count = len(found.missing)
    late = (on - found.due_on).days
    if late > 0:
        when = f"đã quá hạn {late} ngày (hạn {_day(found.due_on)})"
        ask = "Đề nghị các đơn vị nộp ngay"
    else:
        when = f"hạn nộp {_day(found.due_on)}"
        ask = "Đề nghị các đơn vị nộp đúng hạn"
    return (
        f"{found.title}: {when}. Đến ngày {_day(on)} còn {count:02d} đơn vị (trong "
        f"{found.expected:02d} đơn vị) chưa nộp: {names}. {ask}; đơn vị không nộp sẽ được nêu tên "
        "trong báo cáo tổng hợp."
    )


def _day(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month}/{day.year}"
