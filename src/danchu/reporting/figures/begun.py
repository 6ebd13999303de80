"""A period that has not begun has no figures yet: nothing is typed, confirmed or read for it."""

from __future__ import annotations

import datetime as dt

from danchu.core.clock import today
from danchu.core.errors import BadInput
from danchu.core.text import format_date


def has_begun(start: dt.date) -> bool:
    """Whether a period that starts on ``start`` has begun today."""
    return start <= today()


def require_begun(start: dt.date, field: str = "") -> None:
    """Raise ``BadInput`` before the first day of a period; ``field`` names what was typed."""
    if has_begun(start):
        return
    raise BadInput(
        f"Kỳ báo cáo bắt đầu ngày {format_date(start)} nên chưa nhận số liệu. Chọn kỳ đã bắt đầu.",
        f"The period begins on {start.isoformat()} and takes no figures yet. Choose one that has "
        "begun.",
        field=field,
    )
