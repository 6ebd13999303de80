"""Noting the steps of trình ký, and withdrawing before the issue."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice, clean_line
from danchu.core.work.services import complete

from ..models import FrozenReport, SigningStep
from .locking import issue_task, locked, not_before, withdrawn


def note_step(
    *, actor: Actor, frozen_id: int, kind: str, done_on: dt.date, note: str = ""
) -> SigningStep:
    """Note a step of trình ký that was done on a day. Needs ``reports.write``.

    A step is noted once; "sent" only after the report was issued. Raises ``Conflict``,
    ``BadInput`` for a day that has not come or lies before the freezing.
    """
    chosen = clean_choice(kind, SigningStep.Kind.values, "kind", "bước trình ký", "step")
    words = clean_line(note, "note", "ghi chú", "note", limit=200, required=False)
    with acting_as(actor):
        frozen = locked(frozen_id)
        require(actor, "reports.write", frozen.unit_id)
        not_before(done_on, frozen, "done_on", "ngày thực hiện", "day of the step")
        if frozen.state == FrozenReport.State.WITHDRAWN:
            raise withdrawn()
        if chosen == SigningStep.Kind.SENT and frozen.state != FrozenReport.State.ISSUED:
            raise Conflict(
                "Báo cáo chưa ban hành nên chưa gửi được.",
                "The report is not issued yet and cannot be sent.",
            )
        try:
            with transaction.atomic():
                step = SigningStep.objects.create(
                    report=frozen,
                    kind=chosen,
                    done_on=done_on,
                    note=words,
                    noted_at=now(),
                    noted_by_id=actor.actor_id,
                )
        except IntegrityError:
            raise Conflict("Bước này đã ghi rồi.", "This step was noted already.") from None
        log_action(
            "report.step_noted",
            actor=actor,
            record_id=frozen.pk,
            data={"kind": chosen, "done_on": done_on.isoformat(), "note": words},
        )
    return step


def withdraw_frozen(*, actor: Actor, frozen_id: int, reason: str) -> FrozenReport:
    """Withdraw a frozen report before it is issued, with the reason. Needs ``reports.write``."""
    why = clean_line(reason, "reason", "lý do thu hồi", "reason for the withdrawal", limit=500)
    with acting_as(actor):
        frozen = locked(frozen_id)
        require(actor, "reports.write", frozen.unit_id)
        if frozen.state == FrozenReport.State.ISSUED:
            raise Conflict(
                "Báo cáo đã ban hành thì không thu hồi; lập báo cáo đính chính.",
                "An issued report is not withdrawn; amend it by another.",
            )
        if frozen.state == FrozenReport.State.WITHDRAWN:
            raise withdrawn()
        frozen.state, frozen.reason = FrozenReport.State.WITHDRAWN, why
        frozen.withdrawn_at, frozen.withdrawn_by_id = now(), actor.actor_id
        frozen.save(update_fields=["state", "reason", "withdrawn_at", "withdrawn_by"])
        complete(actor=actor, key=issue_task(frozen.pk))
        log_action("report.withdrawn", actor=actor, record_id=frozen.pk, data={"reason": why})
    return frozen
