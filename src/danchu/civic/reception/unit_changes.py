"""The published reception schedule ends with its unit: other leaders receive, elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange
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
        line.valid_to = change.last_day
        line.save(update_fields=["valid_to"])
        raise_public_version(line.unit_id)
        yield _touched(line, change)
    yield from staying


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
    hours = f"{line.starts_at:%H:%M}–{line.ends_at:%H:%M}"
    return Touched(
        AREA,
        f"line {line.pk}",
        Effect.ENDS,
        line.unit_id,
        f"Lịch tiếp công dân {_DAYS[line.weekday]} {hours} của {name} kết thúc; "
        f"{heir.name} công bố lịch của mình",
        f"The reception of {name} on {_DAYS_EN[line.weekday]} {hours} ends; "
        f"{heir.name} publishes its own",
    )


def _lasting(change: UnitChange) -> list[ScheduleLine]:
    rows = ScheduleLine.objects.filter(_after(change), unit_id__in=change.ends)
    return list(rows.order_by("pk"))


def _after(change: UnitChange) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=change.on)


FOLLOWING = [Following(AREA, "Lịch tiếp công dân", "Reception schedule", touched, transfer)]
