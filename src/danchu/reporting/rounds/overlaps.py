"""Two rounds of one unit over the same days: allowed where meant, never by mistake."""

from __future__ import annotations

from danchu.core.calendar.models import Period
from danchu.core.errors import Conflict
from danchu.core.text import english_date, format_date

from .models import Round

OVERLAP = "overlaps_seen"  # field of the refusal: the face asks for a tick there


def refuse_overlap(unit_id: int, period: Period) -> None:
    """Raise ``Conflict`` when the unit opened a round of another period with days in common.

    A quarter inside a half-year is a round of its own, and asked for knowingly; two half-years
    of different schemes ask every unit for the same work twice.
    """
    found = (
        Round.objects.filter(
            unit_id=unit_id, period__start__lte=period.end, period__end__gte=period.start
        )
        .exclude(period=period)
        .select_related("period")
        .order_by("-period__end", "pk")
        .first()
    )
    if found is None:
        return
    first, last = found.period.start, found.period.end
    raise Conflict(
        f"Đã có đợt “{found.title}” từ {format_date(first)} đến {format_date(last)}, trùng ngày "
        "với kỳ này: các đơn vị sẽ nộp hai lần. Đánh dấu xác nhận nếu vẫn mở đợt.",
        f"The round “{found.title}” from {english_date(first)} to {english_date(last)} has days in "
        "common with this period: units would hand in twice. Tick to confirm if you still open it.",
        field=OVERLAP,
    )
