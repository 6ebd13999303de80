"""Reports on their way to the signature stay with the unit that froze them."""

from __future__ import annotations

from collections.abc import Iterator

from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange

from .models import FrozenReport

AREA = "reviews"


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Each frozen report of a unit that ends which has no number yet; none of them moves."""
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


def transfer(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Nothing moves; the receipt says what still waits, and who goes on with it."""
    return touched(actor, change)


FOLLOWING = [Following(AREA, "Báo cáo chờ ký", "Reports to be signed", touched, transfer)]
