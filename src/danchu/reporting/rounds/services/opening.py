"""Opening a round: who is asked, by which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import FIGURES
from danchu.core.units.models import Unit
from danchu.core.units.selectors import UnitOnDay, children
from danchu.core.units.services import hold_units
from danchu.core.work.services import assign
from danchu.reporting.figures.structure import LOWER

from .. import carrying
from ..carrying import asked_elsewhere, told
from ..dates import check_days, write_days
from ..models import ExpectedReporter, Round
from ..overlaps import refuse_overlap


def open_round(
    *,
    actor: Actor,
    unit_id: int,
    period: Period,
    title: str,
    cut_off: dt.date,
    due_on: dt.date,
    letter: str = "",
    structure_on: dt.date | None = None,
    excused: Mapping[int, str] | None = None,
    due: Mapping[str, dt.date] | None = None,
    locks_on: dt.date | None = None,
    overlaps_seen: bool = False,
) -> Round:
    """Open a round and freeze who is expected: the communes directly below on that map.

    A commune asks its villages, agencies and workplaces.
    ``excused``: unit -> why it does not report this time; it is never missing. ``due_on`` is
    not before the cut-off; Decree 09/2019 article 8.5 asks State reports for a working day
    between the two, committees set their own. ``due``: level -> its own day, of units that are
    asked instead of ``due_on``, of those below and above for who opens a round there.
    ``locks_on``: last day on which anything is handed in. ``overlaps_seen``: the person knows
    that the unit has another round over days of this period (:mod:`.overlaps`). A unit that
    another round of the period asks, for it moved, is asked once (:mod:`.carrying`). Raises
    ``Conflict`` when the round is open already or such another was not seen, ``BadInput`` for an
    excuse without a reason or of a unit that is not expected.
    """
    name = clean_line(title, "title", "tên đợt báo cáo", "name of the round", limit=300)
    asked_by = clean_line(
        letter, "letter", "số, ngày công văn", "letter", limit=200, required=False
    )
    reasons = {
        unit: clean_line(
            why, "excused", "lý do không thuộc diện báo cáo", "reason for the excuse", limit=300
        )
        for unit, why in (excused or {}).items()
    }
    days = dict(due or {})
    on = structure_on or min(period.end, today())
    with acting_as(actor):
        require(actor, "rounds.open", unit_id)
        hold_units([unit_id])  # two rounds opened at once see each other, and the map
        reporters = _asked(unit_id, on)
        if not reporters:
            raise BadInput(
                "Đơn vị này không có đơn vị trực thuộc phải báo cáo vào ngày đã chọn.",
                "This unit has nobody directly below it on that day who would report.",
            )
        if reasons.keys() - {u.id for u in reporters}:
            raise BadInput(
                "Chỉ ghi lý do cho đơn vị thuộc đợt báo cáo này.",
                "Only a unit that the round would ask can be excused.",
                field="excused",
            )
        if not overlaps_seen:
            refuse_overlap(unit_id, period)
        last = max(days.get(u.level, due_on) for u in reporters)
        check_days(cut_off, last, days, locks_on, period_end=period.end)
        made, created = Round.objects.get_or_create(
            unit_id=unit_id,
            period=period,
            defaults={
                "title": name,
                "letter": asked_by,
                "cut_off": cut_off,
                "due_on": last,
                "locks_on": locks_on,
                "structure_on": on,
                "opened_at": now(),
                "opened_by_id": actor.actor_id,
            },
        )
        if not created:
            raise Conflict(
                "Đợt báo cáo của kỳ này đã mở.", "The round of this period is already open."
            )
        write_days(made, days)
        elsewhere = asked_elsewhere([u.id for u in reporters], period, unit_id)
        reasons = told(elsewhere) | reasons  # a unit that came from another round of the period
        ExpectedReporter.objects.bulk_create(
            [
                ExpectedReporter(
                    round=made,
                    unit_id=u.id,
                    due_on=days.get(u.level, due_on),
                    excused=reasons.get(u.id, ""),
                )
                for u in reporters
            ]
        )
        for u in reporters:
            if u.id not in reasons:
                assign(
                    key=f"round.submit:{made.pk}:{u.id}",
                    unit_id=u.id,
                    kind="round.submit",
                    title=f"Nộp số liệu: {name}",
                    starts_on=today(),
                    due_on=days.get(u.level, due_on),
                    path=f"/office/bao-cao/{u.code}/{period.code}/",
                )
        for one in elsewhere:
            if one.can_go and one.line.unit_id not in reasons:
                carrying.let_go(actor, one.line, made)
        enqueue(FIGURES, period_id=period.pk, unit_id=unit_id)
        log_action("round.opened", actor=actor, data={"round": made.pk, "units": len(reporters)})
    return made


# Who reports to a commune; a committee's figures are those of its unit.
_BELOW_COMMUNES = tuple(level for level in LOWER if level != Unit.Level.COMMITTEE)


def _asked(unit_id: int, on: dt.date) -> list[UnitOnDay]:
    commune = Unit.objects.filter(pk=unit_id, level=Unit.Level.COMMUNE).exists()
    levels = _BELOW_COMMUNES if commune else (Unit.Level.COMMUNE,)
    return [unit for unit in children(unit_id, on) if unit.level in levels]
