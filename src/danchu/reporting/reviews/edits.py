"""Reading the wordings that officers put in the place of composed paragraphs.

A place is named by the section of the outline, and after "/" by the sentence that begins the
paragraph where it is not the first: it stays the same when figures come and go.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor

from .models import EditedParagraph

OPENING, CLOSING = "opening", "closing"


@dataclass(frozen=True, slots=True)
class EditView:
    """One paragraph worded anew. ``over``: what was composed there when it was written."""

    place: str
    text: str
    over: str
    reason: str
    row_version: int
    written_by: str
    written_at: dt.datetime


def edits_of(viewer: Actor, unit_id: int, period: Period, layout: str) -> dict[str, EditView]:
    """place -> the wording that stands there; for who may read the unit's reports."""
    if not viewer.may("reports.read", unit_id):
        return {}
    rows = EditedParagraph.objects.filter(
        unit_id=unit_id, period=period, layout=layout, withdrawn_at__isnull=True
    ).select_related("written_by")
    return {
        row.place: EditView(
            row.place,
            row.text,
            row.over,
            row.reason,
            row.row_version,
            row.written_by.name if row.written_by else "",
            row.written_at,
        )
        for row in rows
    }
