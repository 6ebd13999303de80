"""Whether the figures of a closed round are those of the versions that its closing names."""

from __future__ import annotations

from danchu.core.calendar.models import Period
from danchu.core.errors import Conflict
from danchu.core.units.models import Unit
from danchu.reporting.figures.adding import Row, added
from danchu.reporting.figures.models import Cell, Layer
from danchu.reporting.figures.selectors import summed_over_units

from .reported import asked, counted


def require_agreement(unit_id: int, period: Period) -> None:
    """Raise ``Conflict`` where a figure is not the sum of what the closing counted.

    Of a commune and below a figure may be its own word; there is nothing to hold it against.
    """
    parts = counted(unit_id, period)
    if not parts or Unit.objects.filter(pk=unit_id, level=Unit.Level.COMMUNE).exists():
        return
    cells = Cell.objects.filter(
        unit_id=unit_id, period_id=period.pk, layer=Layer.REPORTED, reach=Cell.Reach.ALL
    )
    rows = added(parts, len(asked(unit_id, period) or ()), summed_over_units())
    if {Row(*row) for row in cells.values_list(*Row._fields)} != set(rows):
        raise Conflict(
            "Số liệu tổng hợp đang khác các bản nộp đã chốt khi đóng đợt, có thể vì đang được "
            "tính lại. Chờ ít phút rồi chốt lại.",
            "The figures differ from the versions that the closing of the round counted, perhaps "
            "because they are being worked out anew. Wait a few minutes, then freeze again.",
        )
