"""A period that has not begun has no figures yet: nothing is typed, confirmed or read for it."""

from __future__ import annotations

import datetime as dt

from danchu.core.clock import today
from danchu.core.errors import BadInput
from danchu.core.text import english_date, format_date


def has_begun(start: dt.date) -> bool:
    """Whether a period that starts on ``start`` has begun today."""
    return start <= today()


def require_begun(start: dt.date, field: str = "") -> None:
    """Raise ``BadInput`` before the first day of a period; ``field`` names what was typed."""
    if has_begun(start):
        return
    raise BadInput(
        f"Kỳ báo cáo bắt đầu ngày {format_date(start)} nên chưa nhận số liệu. Chọn kỳ đã bắt đầu.",
        f"The period begins on {english_date(start)} and takes no figures yet. Choose one that has "
        "begun.",
        field=field,
    )


def require_near(start: dt.date) -> None:
    """Raise ``BadInput`` for a period that begins later than next year: nothing is kept of it."""
    if start.year <= today().year + 1:
        return
    raise BadInput(
        f"Kỳ báo cáo bắt đầu ngày {format_date(start)} còn quá xa. Chọn kỳ bắt đầu không muộn hơn "
        f"năm {today().year + 1}.",
        f"The period begins on {english_date(start)}, too far ahead. Choose one that begins in "
        f"{today().year + 1} at the latest.",
    )
