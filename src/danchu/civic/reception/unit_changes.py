"""The published reception schedule ends with its unit: other leaders receive, elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q

from danchu.core.clock import today
from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange, Withdrawal
from danchu.core.units.services import raise_public_version

from .models import ScheduleLine

AREA = "reception"
_DAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """The lines of the units that end, each alone; of those that go on they are counted."""
    for line in _lasting(change):
        yield _touched(line, change)
    yield from _staying(change)


def transfer(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """End the lines on the last day of their unit; the unit that took over publishes its own."""
    staying = list(_staying(change))
    for line in _lasting(change):
        done = _touched(line, change)
        line.valid_to = change.last_day
        line.save(update_fields=["valid_to"])
        raise_public_version(line.unit_id)
        yield done
    yield from staying


def take_back(_actor: Actor, withdrawal: Withdrawal) -> Iterator[Touched]:
    """Publish the ended lines again; those that a unit which began has published end."""
    for one in withdrawal.of(AREA, Effect.ENDS):
        line = ScheduleLine.objects.get(pk=one.key)
        if line.valid_to != withdrawal.last_day:
            continue  # somebody has changed it since
        line.valid_to = one.last_day
        line.save(update_fields=["valid_to"])
        name, (vi, en) = withdrawal.name(line.unit_id), _when(line)
        yield Touched(
            AREA,
            f"line {line.pk}",
            Effect.BACK,
            line.unit_id,
            f"Lịch tiếp công dân {vi} của {name} có lại như trước",
            f"The reception of {name} on {en} is back",
        )
    yesterday = today() - dt.timedelta(days=1)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=yesterday)
    for line in ScheduleLine.objects.filter(lasting, unit_id__in=withdrawal.begun.keys()):
        line.valid_to = yesterday
        line.save(update_fields=["valid_to"])
        name, (vi, en) = withdrawal.name(line.unit_id), _when(line)
        yield Touched(
            AREA,
            f"line {line.pk}",
            Effect.ENDS,
            line.unit_id,
            f"Lịch tiếp công dân {vi} của {name} kết thúc",
            f"The reception of {name} on {en} ends",
        )


def _staying(change: UnitChange) -> Iterator[Touched]:
    held = ScheduleLine.objects.filter(_after(change), unit_id__in=change.goes_on)
    counts = held.values_list("unit_id").annotate(n=Count("pk")).order_by("unit_id")
    for unit_id, number in counts:
        yield Touched(
            AREA,
            f"lines of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{number} dòng lịch tiếp công dân của {change.units[unit_id]} giữ nguyên",
            f"{number} lines of the reception schedule of {change.units[unit_id]} stay",
            number=number,
        )


def _touched(line: ScheduleLine, change: UnitChange) -> Touched:
    name, heir = change.units[line.unit_id], change.heir(line.unit_id)
    vi, en = _when(line)
    return Touched(
        AREA,
        f"line {line.pk}",
        Effect.ENDS,
        line.unit_id,
        f"Lịch tiếp công dân {vi} của {name} kết thúc; {heir.name} công bố lịch của mình",
        f"The reception of {name} on {en} ends; {heir.name} publishes its own",
        was=line.valid_to.isoformat() if line.valid_to else "",
    )


def _when(line: ScheduleLine) -> tuple[str, str]:
    hours = f"{line.starts_at:%H:%M}–{line.ends_at:%H:%M}"
    return f"{_DAYS[line.weekday]} {hours}", f"{_DAYS_EN[line.weekday]} {hours}"


def _lasting(change: UnitChange) -> list[ScheduleLine]:
    rows = ScheduleLine.objects.filter(_after(change), unit_id__in=change.ends)
    return list(rows.order_by("pk"))


def _after(change: UnitChange) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=change.on)


FOLLOWING = [
    Following(
        AREA, "Lịch tiếp công dân", "Reception schedule", touched, transfer, take_back=take_back
    )
]
