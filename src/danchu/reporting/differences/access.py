"""Who sees a difference: the unit first, the levels above once its days are over."""

from __future__ import annotations

from django.db.models import F, Q

from danchu.core.accounts.policy import works_in
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound

from .models import Difference

READ = "figures.read"
EXPLAIN = "submissions.submit"


def told() -> Q:
    """Those that levels above see: explained, or not settled before the unit's days were over."""
    over = Q(settled_on__isnull=True, explain_by__lt=today()) | Q(settled_on__gt=F("explain_by"))
    return over | Q(explained_at__isnull=False)


def is_told(row: Difference) -> bool:
    """The same of one row."""
    return row.explained_at is not None or (row.settled_on or today()) > row.explain_by


def is_own(viewer: Actor, unit_id: int) -> bool:
    """Whether the viewer looks from inside the unit."""
    return works_in(viewer, READ, unit_id)


def sees(viewer: Actor, row: Difference) -> bool:
    """Whether this viewer sees the difference."""
    if not viewer.may(READ, row.unit_id):
        return False
    return is_told(row) or is_own(viewer, row.unit_id)


def require_seen(viewer: Actor, row: Difference | None) -> Difference:
    """The row; ``NotFound`` when there is none, or none for this viewer."""
    if row is None or not sees(viewer, row):
        raise NotFound("Không tìm thấy chênh lệch này.", "There is no such difference.")
    return row
