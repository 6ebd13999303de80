"""The dates of a round: cut-off, by when each level hands in, and the lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import due_days
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, Faults, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.text import english_date, format_date
from danchu.core.units.models import Unit
from danchu.core.work.services import move_due_day
from danchu.reporting.figures.structure import LOWER

from .models import ExpectedReporter, Round, RoundDue

# Who hands in to whom, from below: a level is never due after one above it.
_STOREYS: tuple[tuple[str, ...], ...] = (
    LOWER,
    (Unit.Level.COMMUNE,),
    (Unit.Level.DISTRICT,),
    (Unit.Level.PROVINCE,),
    (Unit.Level.NATION,),
)
_STOREY = {str(level): place for place, levels in enumerate(_STOREYS) for level in levels}


def offered_days(unit_id: int, period: Period) -> dict[str, dt.date]:
    """level -> the day a round of this unit is offered: as the round that asks it says, else
    as the scheme of the period does. No personal data, so it takes no viewer.
    """
    offered = due_days(period)
    above = (
        ExpectedReporter.objects.filter(unit_id=unit_id, round__period=period, excused="")
        .select_related("unit")
        .order_by("-round_id")
        .first()
    )
    if above is not None:
        offered |= dict(
            RoundDue.objects.filter(round=above.round_id).values_list("level", "due_on")
        )
        offered[above.unit.level] = above.due_on
    return offered


def check_days(
    cut_off: dt.date,
    due_on: dt.date,
    due: Mapping[str, dt.date],
    locks_on: dt.date | None,
    *,
    period_end: dt.date,
) -> None:
    """Raise ``BadInput`` naming every date that cannot be.

    That is one before the cut-off, one later than that of a level above, one more than a year
    after the period's end (of a period that is over: after today), and a lock before the last day
    to hand in (``due_on``) or more than a year after it.
    """
    faults = Faults()
    # A round of long ago, opened to collect its figures now, has its year from today.
    latest = _year_after(max(period_end, today()))
    if due_on > latest and due_on not in due.values():
        faults.add(_too_late(due_on, period_end, "due_on"))
    if due_on < cut_off and due_on not in due.values():
        faults.add(
            BadInput(
                "Hạn nộp không thể trước ngày chốt số liệu.",
                "It cannot be due before the figures are cut off.",
                field="due_on",
            )
        )
    for level, day in due.items():
        if level not in _STOREY:
            raise BadInput(
                f"Không có cấp nộp “{level[:20]}”.", f"No level “{level[:20]}”.", field="due"
            )
        with faults.noted():
            if day > latest:
                raise _too_late(day, period_end, f"due_{level}")
            _check_level(level, day, cut_off, due)
    if locks_on is not None and locks_on < due_on:
        faults.add(
            BadInput(
                f"Ngày khóa không thể trước hạn nộp {format_date(due_on)}.",
                f"It cannot be locked before it is due, {english_date(due_on)}.",
                field="locks_on",
            )
        )
    last = _year_after(min(due_on, latest))
    if locks_on is not None and locks_on > last:
        faults.add(
            BadInput(
                f"Ngày khóa {format_date(locks_on)} quá xa: hạn nộp {format_date(due_on)}, khóa "
                f"chậm nhất là {format_date(last)}. Kiểm tra lại năm, hoặc để trống nếu không "
                "khóa.",
                f"Locking on {english_date(locks_on)} is too far off: it is due on "
                f"{english_date(due_on)}, so it locks on {english_date(last)} at the latest. "
                "Check the year, or leave it empty for no lock.",
                field="locks_on",
            )
        )
    faults.tell()


def _year_after(day: dt.date) -> dt.date:
    """The same day of the next year; 28 February for a 29th that it does not have."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _too_late(day: dt.date, period_end: dt.date, field: str) -> BadInput:
    latest = _year_after(max(period_end, today()))
    return BadInput(
        f"Hạn nộp {format_date(day)} quá xa: kỳ báo cáo hết ngày {format_date(period_end)}, hạn "
        f"nộp chậm nhất là {format_date(latest)}. Kiểm tra lại năm.",
        f"Due on {english_date(day)} is too far off: the period ends on "
        f"{english_date(period_end)}, so it is due on {english_date(latest)} at the latest. Check "
        "the year.",
        field=field,
    )


def _check_level(level: str, day: dt.date, cut_off: dt.date, due: Mapping[str, dt.date]) -> None:
    if day < cut_off:
        raise BadInput(
            f"Hạn nộp {format_date(day)} trước ngày chốt số liệu {format_date(cut_off)}.",
            f"Due on {english_date(day)}, before the cut-off {english_date(cut_off)}.",
            field=f"due_{level}",
        )
    above = [later for upper, later in due.items() if _STOREY.get(upper, -1) > _STOREY[level]]
    if above and day > min(above):
        raise BadInput(
            f"Cấp dưới nộp {format_date(day)}, sau hạn {format_date(min(above))} của cấp trên.",
            f"The level below is due on {english_date(day)}, after "
            f"{english_date(min(above))} of the level above.",
            field=f"due_{level}",
        )


def require_unlocked(locks_on: dt.date | None) -> None:
    """Raise ``Conflict`` after the day on which the round locks, if it does."""
    if locks_on is not None and today() > locks_on:
        raise Conflict(
            f"Đợt báo cáo đã khóa sau ngày {format_date(locks_on)}. Đề nghị nơi mở đợt gia "
            "hạn nếu cần nộp hoặc sửa số liệu.",
            f"The round locked after {english_date(locks_on)}. Ask who opened it for more "
            "time to hand in or change figures.",
        )


def write_days(found: Round, due: Mapping[str, dt.date]) -> None:
    """Keep by when each level hands in, inside the transaction that opens the round."""
    RoundDue.objects.bulk_create(
        RoundDue(round=found, level=level, due_on=day) for level, day in due.items()
    )


def change_days(
    *,
    actor: Actor,
    round_id: int,
    due: Mapping[str, dt.date],
    locks_on: dt.date | None,
    reason: str,
) -> Round:
    """Give a running round other dates, with the reason; units asked are told by their task.

    ``due``: level -> its new day; levels not named keep theirs. ``locks_on``: None for no lock.
    Needs ``rounds.open``. Raises ``Conflict`` when the round is closed, ``BadInput`` without a
    reason and for dates that cannot be.
    """
    why = clean_line(reason, "reason", "lý do đổi hạn", "reason for the change", limit=500)
    with acting_as(actor):
        found = (
            Round.objects.select_for_update(of=("self",), no_key=True).filter(pk=round_id).first()
        )
        if found is None:
            raise NotFound("Không tìm thấy đợt báo cáo này.", "There is no such round.")
        require(actor, "rounds.open", found.unit_id)
        if found.closed_at is not None:
            raise Conflict("Đợt báo cáo này đã đóng.", "This round is closed already.")
        lines = list(
            ExpectedReporter.objects.select_for_update(of=("self",))
            .filter(round=found)
            .select_related("unit")
            .order_by("pk")
        )
        known = dict(RoundDue.objects.filter(round=found).values_list("level", "due_on"))
        for line in lines:
            line.due_on = due.get(line.unit.level, line.due_on)
        last = max(line.due_on for line in lines)
        check_days(found.cut_off, last, known | dict(due), locks_on, period_end=found.period.end)
        for level, day in due.items():
            RoundDue.objects.update_or_create(round=found, level=level, defaults={"due_on": day})
        ExpectedReporter.objects.bulk_update(lines, ["due_on"], batch_size=500)
        found.due_on, found.locks_on = last, locks_on
        found.save(update_fields=["due_on", "locks_on"])
        for line in lines:
            move_due_day(key=f"round.submit:{found.pk}:{line.unit_id}", due_on=line.due_on)
        log_action(
            "round.days_changed",
            actor=actor,
            data={
                "round": found.pk,
                "due": {level: day.isoformat() for level, day in due.items()},
                "locks_on": locks_on.isoformat() if locks_on else "",
                "reason": why,
            },
        )
    return found
