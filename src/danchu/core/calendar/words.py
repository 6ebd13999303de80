"""Phrases in both languages, and the names of days; used by the calendar and the clock."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple


class Phrase(NamedTuple):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str

    def said(self, language: str) -> str:
        """The phrase in ``language``: English for "en…", Vietnamese for any other."""
        return self.en if language.startswith("en") else self.vi


_WEEKDAYS = (
    Phrase("thứ Hai", "Monday"),
    Phrase("thứ Ba", "Tuesday"),
    Phrase("thứ Tư", "Wednesday"),
    Phrase("thứ Năm", "Thursday"),
    Phrase("thứ Sáu", "Friday"),
    Phrase("thứ Bảy", "Saturday"),
    Phrase("Chủ nhật", "Sunday"),
)


def weekday(day: dt.date) -> Phrase:
    """The name of the day of the week."""
    return _WEEKDAYS[day.weekday()]


_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_of_text(text: str) -> dt.date:
    """The day that a person typed: 16/11/2026 (also 16.11.2026, 16-11-2026) or 2026-11-16.

    Raises ``ValueError`` for anything else and for a day that does not exist.
    """
    typed = text.strip()
    found = _DAY_MONTH_YEAR.fullmatch(typed)
    if found is not None:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    if _ISO.fullmatch(typed) is None:
        raise ValueError(f"not a day: {text!r}")
    return dt.date.fromisoformat(typed)


def printed(day: dt.date) -> str:
    """dd/mm/yyyy, as the interface shows a date in both languages."""
    return f"{day:%d/%m/%Y}"
