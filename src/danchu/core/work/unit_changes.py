"""Tasks follow a change of the map: the unit that took over has them, with the same last day."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from danchu.core.contracts import Actor, Effect, Following, Touched, UnitChange, Withdrawal
from danchu.core.units.selectors import units_by_ids

from .models import Task

AREA = "work"


def touched(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Open tasks of the units that end, each alone; of those that go on they are counted."""
    for task in _open(change):
        yield _touched(task, change)
    yield from _staying(change)


def transfer(_actor: Actor, change: UnitChange) -> Iterator[Touched]:
    """Give the open tasks to the unit that took over; owner, key and days stay.

    What is to be done stays with the former unit: its page is named with its last day, for the
    code may be another unit's from now on.
    """
    staying = list(_staying(change))
    codes = {u.id: u.code for u in units_by_ids(change.ends, change.last_day).values()}
    for task in _open(change, locked=True):
        done = _touched(task, change)
        heir = change.heir(task.unit_id).unit_id
        assert heir is not None
        code = codes.get(task.unit_id, "")
        if code:
            last = f"{code}@{change.last_day.isoformat()}"
            for part in ("bao-cao", "doi-chieu"):
                task.path = task.path.replace(f"/{part}/{code}/", f"/{part}/{last}/")
        task.unit_id = heir
        task.save(update_fields=["unit_id", "path"])
        yield done
    yield from staying


def _staying(change: UnitChange) -> Iterator[Touched]:
    held = Task.objects.filter(unit_id__in=change.goes_on, done_at__isnull=True)
    counts = held.values_list("unit_id").annotate(n=Count("pk")).order_by("unit_id")
    for unit_id, number in counts:
        yield Touched(
            AREA,
            f"tasks of {unit_id}",
            Effect.STAYS,
            unit_id,
            f"{number} việc đang làm ở {change.units[unit_id]} giữ nguyên, hạn không đổi",
            f"{number} open tasks of {change.units[unit_id]} stay, with their days",
            number=number,
        )


def _touched(task: Task, change: UnitChange) -> Touched:
    # Without its title: that may quote what somebody said, and a receipt is kept for ever.
    heir, name = change.heir(task.unit_id), change.units[task.unit_id]
    vi, en = f"Việc đang làm ở {name}", f"An open task of {name}"
    if task.due_on is not None:
        vi += f", hạn {task.due_on:%d/%m/%Y} không đổi"
        en += f", due {task.due_on.isoformat()} as before"
    return Touched(
        AREA,
        f"task {task.pk}",
        Effect.MOVES,
        task.unit_id,
        f"{vi}; chuyển về {heir.name}",
        f"{en}; goes over to {heir.name}",
        to=heir,
        due_on=task.due_on,
    )


def _open(change: UnitChange, *, locked: bool = False) -> list[Task]:
    rows = Task.objects.filter(unit_id__in=change.ends, done_at__isnull=True).order_by("pk")
    return list(rows.select_for_update() if locked else rows)


def take_back(_actor: Actor, withdrawal: Withdrawal) -> Iterator[Touched]:
    """Give the tasks that had gone over back, and what was assigned meanwhile for the records of
    a unit that is there again.

    Rooms that had assigned tasks of their own to a unit that began have closed them by then.
    """
    codes = {u.id: u.code for u in units_by_ids(withdrawal.ends, withdrawal.last_day).values()}
    moved = {one.key: one for one in withdrawal.of(AREA, Effect.MOVES)}
    held = Task.objects.filter(unit_id__in=withdrawal.heirs).select_related("record")
    for task in held.select_for_update(of=("self",)).order_by("pk"):
        former = moved[task.pk].unit_id if task.pk in moved else None
        if former is None and task.record is not None:
            former = task.record.unit_id
        if former is None or former not in withdrawal.ends:
            continue
        code, taker = codes.get(former, ""), task.unit_id
        last = f"{code}@{withdrawal.last_day.isoformat()}"
        task.path = task.path.replace(f"/bao-cao/{last}/", f"/bao-cao/{code}/")
        task.unit_id = former
        task.save(update_fields=["unit_id", "path"])
        yield Touched(
            AREA,
            f"task {task.pk}",
            Effect.BACK,
            former,
            f"Việc ở {withdrawal.name(taker)} trả về {withdrawal.name(former)}, hạn không đổi",
            f"A task of {withdrawal.name(taker)} goes back to {withdrawal.name(former)}, due as "
            "before",
            due_on=task.due_on,
        )


FOLLOWING = [Following(AREA, "Việc đang làm", "Open tasks", touched, transfer, take_back=take_back)]
