"""How frozen reports are shown in lists that mix kinds of records."""

from __future__ import annotations

from danchu.core.accounts.policy import within
from danchu.core.calendar.selectors import period_span
from danchu.core.contracts import Actor, Findable
from danchu.core.records.selectors import visible_records
from danchu.core.units.selectors import units_by_ids

from .earlier import period_name
from .models import FrozenReport


def _reports(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
    # An issued report is public, but its page in the office is for who reads inside the unit.
    seen = visible_records(viewer, kinds=["report"]).filter(
        within(viewer, "records.read", "unit"), pk__in=record_ids
    )
    found: dict[int, tuple[str, str]] = {}
    for row in FrozenReport.objects.filter(record__in=seen).select_related("period"):
        unit = units_by_ids([row.unit_id], row.period.end)[row.unit_id]
        name = period_name(period_span(row.period.code), "vi")
        path = f"/office/bao-cao/{unit.code}/{row.period.code}/ban-chot/"
        found[row.pk] = (f"Báo cáo {name}, {unit.name}", path)
    return found


FINDABLES = [
    Findable("report", "Báo cáo đã chốt", "Frozen report", _reports, right="reports.write")
]
