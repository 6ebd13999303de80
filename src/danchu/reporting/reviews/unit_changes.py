"""Reports stay with the unit that froze them, on their way to the signature or issued."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import span_of
from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange, Withdrawal
from danchu.core.units.selectors import ancestors, units_by_ids

from .earlier import period_title
from .frozen import sign_of
from .models import FrozenReport, Note

AREA = "reviews"


def _title(period: Period) -> tuple[str, str]:
    """What the period is called, in Vietnamese and in English."""
    span = span_of(period)
    return period_title(span, "vi"), period_title(span, "en")


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Each frozen report of a unit that ends which has no number yet, and each issued one, of the
    units and of those above them, over days of the new map; none of them moves."""
    waiting = FrozenReport.objects.filter(
        unit_id__in=change.ends, state=FrozenReport.State.FROZEN
    ).select_related("period__scheme")
    for report in waiting.order_by("pk"):
        name, heir = change.units[report.unit_id], change.heir(report.unit_id).name
        title = _title(report.period)
        yield Touched(
            AREA,
            f"frozen {report.pk}",
            Effect.STAYS,
            report.unit_id,
            f"Bản chốt chờ ký của {name}, {title[0]}, giữ nguyên; {heir} trình ký hoặc thu hồi",
            f"The frozen report of {name} for {title[1]} stays; {heir} has it signed or takes it "
            "back",
        )
    above = {u.id for unit_id in change.units for u in ancestors(unit_id, change.last_day)}
    issued = FrozenReport.objects.filter(
        unit_id__in=above | change.units.keys(),
        state=FrozenReport.State.ISSUED,
        period__end__gte=change.on,
    )
    names = {u.id: u.name for u in units_by_ids(above, change.last_day).values()} | {**change.units}
    for report in issued.select_related("period__scheme").order_by("pk"):
        name, title = names.get(report.unit_id, ""), _title(report.period)
        number = sign_of(report)
        yield Touched(
            AREA,
            f"issued {report.pk}",
            Effect.STAYS,
            report.unit_id,
            f"Báo cáo số {number} của {name}, {title[0]}, đã ban hành theo bản đồ cũ; giữ nguyên",
            f"Report no. {number} of {name} for {title[1]} was issued on the former map and stays",
        )


def transfer(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Nothing moves; the receipt says what still waits, and who goes on with it."""
    return touched(actor, change)


def depending(withdrawal: Withdrawal) -> Iterator[Touched]:
    """Each report frozen since, by one of the units or above them, over days of the new map: it
    names the units as they are there."""
    concerned = {*withdrawal.units, *withdrawal.begun, *withdrawal.above}
    since = FrozenReport.objects.filter(
        unit_id__in=concerned, frozen_at__gt=withdrawal.since, period__end__gte=withdrawal.on
    ).exclude(state=FrozenReport.State.WITHDRAWN)
    for report in since.select_related("period__scheme").order_by("pk"):
        number, title = sign_of(report), _title(report.period)
        vi = f"Báo cáo số {number} đã ban hành" if number else "Bản chốt chờ ký"
        en = f"The issued report no. {number}" if number else "A frozen report"
        yield Touched(
            AREA,
            f"frozen {report.pk}",
            Effect.STAYS,
            report.unit_id,
            f"{vi}, {title[0]}, lập theo bản đồ mới",
            f"{en} for {title[1]} was made on the new map",
        )
    written = Note.objects.filter(unit_id__in=withdrawal.begun.keys(), withdrawn_at=None)
    for unit_id, n in written.values_list("unit_id").annotate(n=Count("pk")).order_by("unit_id"):
        name = withdrawal.name(unit_id)
        yield Touched(
            AREA,
            f"notes of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{name} đã viết {n} nhận định cho báo cáo",
            f"{name} has written {n} findings for its report",
            number=n,
        )


FOLLOWING = [
    Following(
        AREA,
        "Báo cáo chờ ký và đã ban hành",
        "Reports, to be signed and issued",
        touched,
        transfer,
        depending,
    )
]
