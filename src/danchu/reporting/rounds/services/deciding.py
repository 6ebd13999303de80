"""Accepting and returning what was handed in."""

from __future__ import annotations

from collections.abc import Mapping

from danchu.core.acting import acting_as
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import FIGURES
from danchu.core.units.selectors import address_code
from danchu.core.work.services import assign, complete

from ..asking_back import task_to_return, title_when_returned
from ..commenting import Cell, cleaned_comments, write_comments
from ..dates import require_unlocked
from ..models import ExpectedReporter, Submission
from .running import HANDED_IN, require_running


def _decide(
    actor: Actor,
    submission_id: int,
    state: str,
    code: str,
    *,
    seen: str,
    reason: str = "",
    comments: Mapping[Cell, str] | None = None,
) -> Submission:
    with acting_as(actor):
        place = Submission.objects.filter(pk=submission_id).values("round_id", "unit_id").first()
        if place is None:
            raise NotFound("Không tìm thấy bản nộp này.", "There is no such submission.")
        # The lock under which versions are handed in: none comes in between.
        expected = ExpectedReporter.objects.select_for_update().get(**place)
        found = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("round")
            .get(pk=submission_id)
        )
        require(actor, "submissions.decide", found.round.unit_id)
        require_running(found.round_id)
        if state == Submission.State.RETURNED:
            require_unlocked(found.round.locks_on)  # it could not be handed in again
        newest = (
            Submission.objects.filter(round=found.round, unit_id=found.unit_id)
            .order_by("-number")
            .first()
        )
        if newest != found:
            raise Conflict(
                "Đơn vị đã nộp bản mới hơn. Mở bản mới để xem xét.",
                "The unit has handed in a newer version. Open that one.",
            )
        if found.state == Submission.State.RETURNED or (
            found.state == Submission.State.ACCEPTED and state == Submission.State.ACCEPTED
        ):
            raise Conflict("Bản này đã được xử lý.", "This version was already decided.")
        if seen and found.state != seen:
            raise Conflict(
                "Người khác vừa nhận bản này. Xem lại rồi quyết định.",
                "Somebody else has just accepted this version. Look at it again, then decide.",
            )
        found.state = state
        found.reason = reason
        found.decided_at = now()
        found.decided_by_id = actor.actor_id
        found.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        write_comments(found, comments or {})
        enqueue(FIGURES, unit_id=found.unit_id, period_id=found.round.period_id, form=HANDED_IN)
        if state == Submission.State.RETURNED:
            complete(actor=actor, key=task_to_return(found.round_id, found.unit_id))
            assign(
                key=f"round.submit:{found.round_id}:{found.unit_id}",
                unit_id=found.unit_id,
                kind="round.submit",
                title=title_when_returned(found.round.title, reason),
                starts_on=today(),
                due_on=expected.due_on,
                path=f"/office/bao-cao/{_code(found)}/{found.round.period.code}/",
            )
        data: dict[str, object] = {"state": state}
        if comments:
            data["cells"] = sorted(comments)
        log_action(code, actor=actor, record_id=found.pk, data=data)
    return found


def _code(submission: Submission) -> str:
    return address_code(submission.unit_id, submission.round.period.end)


def accept_submission(*, actor: Actor, submission_id: int, seen: str = "") -> Submission:
    """Accept the newest version of a unit's figures. Needs ``submissions.decide``.

    ``seen``: the state in which the person saw the version; raises ``Conflict`` when somebody
    else decided on it meanwhile.
    """
    state = Submission.State.ACCEPTED
    return _decide(actor, submission_id, state, "submission.accepted", seen=seen)


def return_submission(
    *,
    actor: Actor,
    submission_id: int,
    reason: str,
    comments: Mapping[Cell, str] | None = None,
    seen: str = "",
) -> Submission:
    """Return the newest version with the reason; the unit then hands in another.

    ``comments``: (indicator, dimension) -> a word on that cell, kept with the version; blank
    ones are left out. Where there are some, the reason may be left out. ``seen`` as in
    ``accept_submission``: without it a version that somebody else accepted in the same moment
    would be returned unawares. Raises ``BadInput`` (with the indicator as field) for a comment
    that is too long or on a cell the version does not have.
    """
    said = cleaned_comments(comments or {})
    why = clean_line(
        reason.strip() or (f"Có nhận xét ở {len(said):02d} chỉ tiêu." if said else ""),
        "reason",
        "lý do trả lại",
        "reason for the return",
        limit=500,
    )
    return _decide(
        actor,
        submission_id,
        Submission.State.RETURNED,
        "submission.returned",
        seen=seen,
        reason=why,
        comments=said,
    )
