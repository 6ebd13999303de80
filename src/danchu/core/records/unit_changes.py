"""Records stay on the unit that wrote them; whoever took over answers for them (decision 1)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from danchu.core.contracts import (
    Actor,
    ChangeKind,
    Effect,
    Following,
    Touched,
    UnitChange,
    Withdrawal,
    declared_findables,
)

from .models import Record

AREA = "records"


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """How many records of each kind the units that end have; none of them moves."""
    rows = Record.objects.filter(unit_id__in=change.ends, state=Record.State.RECORDED)
    counts = rows.values_list("unit_id", "kind").annotate(n=Count("pk"))
    kinds = declared_findables()
    for unit_id, kind, number in counts.order_by("unit_id", "kind"):
        known, heir = kinds.get(kind), change.heir(unit_id)
        vi, en = (known.name_vi, known.name_en) if known else ("hồ sơ khác", "other")
        yield Touched(
            AREA,
            f"{kind} of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{number} nội dung “{vi}” giữ ở {change.units[unit_id]}; {heir.name} trả lời",
            f"{number} records “{en}” stay with {change.units[unit_id]}; {heir.name} answers",
            number=number,
        )


def transfer(actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Nothing moves; the receipt says what stayed, and where."""
    return touched(actor, change)


def depending(withdrawal: Withdrawal) -> Iterator[Touched]:
    """What was written down at the units that began, and since then at a unit others joined.

    Any other unit that went on keeps what it wrote, whatever it is called and wherever it stands.
    """
    since = Q(
        unit_id__in=withdrawal.heirs if withdrawal.kind == ChangeKind.MERGE else (),
        state=Record.State.RECORDED,
        created_at__gt=withdrawal.since,
        occurred_on__gte=withdrawal.on,
    )
    rows = Record.objects.filter(Q(unit_id__in=withdrawal.begun.keys()) | since)
    counts = rows.values_list("unit_id", "kind").annotate(n=Count("pk"))
    kinds = declared_findables()
    for unit_id, kind, number in counts.order_by("unit_id", "kind"):
        known, name = kinds.get(kind), withdrawal.name(unit_id)
        vi, en = (known.name_vi, known.name_en) if known else ("hồ sơ khác", "other")
        yield Touched(
            AREA,
            f"{kind} of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{name} đã ghi {number} nội dung “{vi}”",
            f"{name} has written down {number} records “{en}”",
            number=number,
        )


FOLLOWING = [Following(AREA, "Nội dung đã ghi", "Records", touched, transfer, depending)]
