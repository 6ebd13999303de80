"""Whether versions of a round may still change."""

from __future__ import annotations

from danchu.core.errors import Conflict
from danchu.core.prepared import Prepared

from ..dates import require_unlocked
from ..models import Round

HANDED_IN = "submission"  # the form of a message that tells of a version


def require_running(round_id: int, *, unlocked: bool = False) -> None:
    """Raise ``Conflict`` when the round is closed, or past its lock where ``unlocked`` is asked.

    Asked while the line of the expected unit is locked: closing locks every line, so a version
    is either counted by the closing or refused.
    """
    ((closed_at, locks_on),) = _STATE.rows(round_id)
    if closed_at is not None:
        raise Conflict(
            "Đợt báo cáo đã đóng. Đề nghị nơi mở đợt mở lại nếu cần đính chính số liệu.",
            "The round is closed. Ask who opened it to open it again for an amendment.",
        )
    if unlocked:
        require_unlocked(locks_on)


_STATE = Prepared(
    lambda round_id: Round.objects.filter(pk=round_id).values_list("closed_at", "locks_on")
)
