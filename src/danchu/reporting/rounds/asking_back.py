"""Figures that come back to their unit: what the tasks are called, and asking for it.

A unit whose version was accepted asks to have it back: something was missed, or came after.
"""

from __future__ import annotations

from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotFound
from danchu.core.ledger import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.units.selectors import address_code, unit_at_last
from danchu.core.work.selectors import open_task_title
from danchu.core.work.services import assign

from .dates import require_unlocked
from .models import ExpectedReporter, Submission

MOST_WORDS = 200


def title_when_returned(title: str, reason: str) -> str:
    """What the task of a unit is called whose figures came back."""
    return f"Nộp lại số liệu: {title} (bị trả lại: {reason})"


def task_to_return(round_id: int, unit_id: int) -> str:
    """The key of the task to look at what a unit asks back."""
    return f"round.return:{round_id}:{unit_id}"


def ask_for_return(*, actor: Actor, round_id: int, unit_id: int, reason: str) -> None:
    """Ask whoever opened the round to return the unit's accepted version.

    They get a task with the reason, which is done when they return it or close the round; asking
    again replaces the reason. Needs ``submissions.submit``. Raises ``BadInput`` for a reason that
    is missing or longer than ``MOST_WORDS`` characters, ``Conflict`` where there is nothing to
    give back or it could not be handed in again, ``NotFound`` for a unit that is not expected.
    """
    require(actor, "submissions.submit", unit_id)
    why = clean_line(reason, "reason", "lý do", "reason", limit=MOST_WORDS)
    with acting_as(actor):
        line = (
            ExpectedReporter.objects.select_for_update(of=("self",))
            .filter(round_id=round_id, unit_id=unit_id, excused="")
            .select_related("round__period")
            .first()
        )
        if line is None:
            raise NotFound(
                "Đơn vị không thuộc diện báo cáo của đợt này.",
                "The unit is not expected in this round.",
            )
        found = line.round
        versions = Submission.objects.filter(round_id=round_id, unit_id=unit_id)
        last = versions.order_by("-number").first()
        if found.closed_at is not None or last is None or last.state != Submission.State.ACCEPTED:
            raise Conflict(
                "Không có bản đã nhận nào đang chờ đóng đợt. Mở lại trang.",
                "There is no accepted version of a running round. Open the page again.",
            )
        require_unlocked(found.locks_on)
        name = unit_at_last(unit_id, found.period.end).name
        code = address_code(unit_id, found.period.end)
        assign(
            key=task_to_return(round_id, unit_id),
            unit_id=found.unit_id,
            kind="round.return",
            title=f"{name} đề nghị trả lại bản {last.number}: {why}",
            starts_on=today(),
            due_on=line.due_on,
            path=f"/office/bao-cao/{code}/{found.period.code}/kiem-tra/",
        )
        log_action(
            "submission.asked_back",
            actor=actor,
            record_id=last.pk,
            data={"round": round_id, "number": last.number},
        )


def asked_back(round_id: int, unit_id: int) -> str:
    """What the unit asks back and why, in one line, while nobody has dealt with it; else ""."""
    return open_task_title(task_to_return(round_id, unit_id))
