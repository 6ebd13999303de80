"""How a day is written in a text."""

from __future__ import annotations

import calendar
import datetime as dt

DAY = (
    r"(?P<{0}d>\d{{1,2}})\s?[/.-]\s?(?P<{0}m>\d{{1,2}})(?:\s?[/.-]\s?(?P<{0}y>\d{{4}}"
    r"|\d{{2}}(?!\d)))?"
)
"""Numbers: 5/3, 05-3-2024, 5.3.24. To be formatted with the prefix of its groups."""
LONG_DAY = r"ngày (?P<{0}d>\d{{1,2}}) ?tháng (?P<{0}m>\d{{1,2}})(?: ?năm (?P<{0}y>\d{{4}}))?"
"""Words: ngày 05 tháng 3 năm 2024. To be formatted with the prefix of its groups."""


def day_of(day: str, month: str, year: str | int | None) -> dt.date | None:
    """The day; None where there is none such or its year is open. "24" is 2024."""
    if year is None:
        return None
    number = int(year)
    number += 2000 if number < 100 else 0
    try:
        return dt.date(number, int(month), int(day)) if 1900 <= number <= 2100 else None
    except ValueError:
        return None


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
