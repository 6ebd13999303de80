"""A unit explains a difference."""

from __future__ import annotations

from danchu.core.accounts.policy import works_in
from danchu.core.acting import acting_as
from danchu.core.clock import now, today
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotAllowed
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_text

from .access import EXPLAIN, require_seen
from .models import Difference
from .steps import explained
from .tasks import follow

LONGEST = 2000  # characters of an explanation


def explain(*, actor: Actor, difference_id: int, seen: int, text: str) -> Difference:
    """Write why the unit says another figure than its records show; an earlier word is kept.

    Needs ``submissions.submit`` by a role over the unit itself: nobody above explains for it.
    ``seen``: the row version the person saw. After the last day it is taken all the same and
    marked late. Raises ``NotFound``, ``NotAllowed``, ``BadInput`` for an empty or overlong text,
    ``Conflict`` when the difference is settled or was changed since.
    """
    with acting_as(actor):
        row = (
            Difference.objects.select_for_update(of=("self",))
            .select_related("period")
            .filter(pk=difference_id)
            .first()
        )
        row = require_seen(actor, row)
        require(actor, EXPLAIN, row.unit_id)
        if not works_in(actor, EXPLAIN, row.unit_id):
            raise NotAllowed(
                "Chỉ chính đơn vị giải trình số liệu của mình.",
                "Only the unit itself explains its figures.",
            )
        if row.settled_on is not None:
            raise Conflict(
                "Chênh lệch này không còn. Nội dung vừa nhập chưa được lưu.",
                "This difference is settled. What was typed was not saved.",
            )
        if row.row_version != seen:
            raise Conflict(
                "Chênh lệch này vừa thay đổi hoặc đã có người giải trình. Xem lại số liệu rồi gửi.",
                "This difference has just changed or was explained. Look at it again, then send.",
            )
        words = clean_text(
            text, "explanation", "nội dung giải trình", "explanation", limit=LONGEST, required=True
        )
        late = today() > row.explain_by
        explained(row, words=words, at=now(), by=actor.actor_id, late=late)
        follow(row.period, [row.unit_id], actor)
        log_action(
            "difference.explained",
            actor=actor,
            record_id=row.stated_in_id,
            data={
                "difference": row.pk,
                "stated": row.stated_amount,
                "recorded": row.recorded_amount,
                "text": words,
                "late": late,
            },
        )
    return row
