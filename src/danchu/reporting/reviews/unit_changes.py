"""Reports stay with the unit that froze them, on their way to the signature or issued."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange, Withdrawal
from danchu.core.units.selectors import ancestors, units_by_ids

from .models import FrozenReport, Note

AREA = "reviews"


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Each frozen report of a unit that ends which has no number yet, and each issued one, of the
    units and of those above them, over days of the new map; none of them moves."""
    waiting = FrozenReport.objects.filter(
        unit_id__in=change.ends, state=FrozenReport.State.FROZEN
    ).select_related("period")
    for report in waiting.order_by("pk"):
        name, heir = change.units[report.unit_id], change.heir(report.unit_id).name
        code = report.period.code
        yield Touched(
            AREA,
            f"frozen {report.pk}",
            Effect.STAYS,
            report.unit_id,
            f"Bản chốt chờ ký của {name}, kỳ {code}, giữ nguyên; {heir} trình ký hoặc thu hồi",
            f"The frozen report of {name} for {code} stays; {heir} has it signed or takes it back",
        )
    above = {u.id for unit_id in change.units for u in ancestors(unit_id, change.last_day)}
    issued = FrozenReport.objects.filter(
        unit_id__in=above | change.units.keys(),
        state=FrozenReport.State.ISSUED,
        period__end__gte=change.on,
    )
    names = {u.id: u.name for u in units_by_ids(above, change.last_day).values()} | {**change.units}
    for report in issued.select_related("period").order_by("pk"):
        name, code = names.get(report.unit_id, ""), report.period.code
        number = f"{report.number}/{report.symbol}"
        yield Touched(
            AREA,
            f"issued {report.pk}",
            Effect.STAYS,
            report.unit_id,
            f"Báo cáo số {number} của {name}, kỳ {code}, đã ban hành theo bản đồ cũ; giữ nguyên",
            f"Report no. {number} of {name} for {code} was issued on the former map and stays",
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
    for report in since.select_related("period").order_by("pk"):
        number = f"{report.number}/{report.symbol}" if report.number else ""
        vi = f"Báo cáo số {number} đã ban hành" if number else "Bản chốt chờ ký"
        en = f"The issued report no. {number}" if number else "A frozen report"
        yield Touched(
            AREA,
            f"frozen {report.pk}",
            Effect.STAYS,
            report.unit_id,
            f"{vi}, kỳ {report.period.code}, lập theo bản đồ mới",
            f"{en} for {report.period.code} was made on the new map",
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
