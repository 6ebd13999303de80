"""Phrases in both languages, and the names of days; used by the calendar and the clock."""

from __future__ import annotations

import datetime as dt
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


def printed(day: dt.date) -> str:
    """dd/mm/yyyy, as the interface shows a date in both languages."""
    return f"{day:%d/%m/%Y}"
