"""What a figure that was handed in rests on: its version, who handed it in, what was said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.core.clock import day_of
from danchu.core.contracts import Actor

from .comments import Comment, by_indicator, comments_on
from .models import Submission, SubmissionValue
from .which_stand import versions_that_stand


@dataclass(frozen=True, slots=True)
class HandedCell:
    """One figure of the version that stands; amounts in the indicator's smallest unit.

    ``recorded``: what the records showed on that day, None where they showed nothing. ``post`` of
    who handed it in, "" where none is known. ``comments``: those of the level above on it.
    """

    number: int
    on: dt.date
    post: str
    amount: int | None
    recorded: int | None
    reason: str
    comments: tuple[Comment, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether a person gave another number than the records, or they showed none."""
        return self.recorded is None or self.recorded != self.amount


def handed_cell(viewer: Actor, unit_id: int, period: Period, key: str) -> HandedCell | None:
    """The figure in the unit's version that stands, with the comments on it.

    None for who may not read the unit's figures; comments are for who reads its reports.
    """
    version = _version(viewer, unit_id, period)
    found = _cells(version).get(key) if version else None
    if version is None or found is None:
        return None
    said = by_indicator(comments_on(viewer, version.round_id, unit_id)).get(key, [])
    return HandedCell(
        found.number,
        found.on,
        found.post,
        found.amount,
        found.recorded,
        found.reason,
        tuple(said),
    )


def handed_cells(viewer: Actor, unit_id: int, period: Period) -> dict[str, HandedCell]:
    """Every figure of the unit's version that stands, by indicator, without the comments."""
    version = _version(viewer, unit_id, period)
    return _cells(version) if version else {}


def _version(viewer: Actor, unit_id: int, period: Period) -> Submission | None:
    if not viewer.may("figures.read", unit_id):
        return None
    rows = versions_that_stand(unit_id=unit_id, round__period=period)
    return rows.select_related("record__author").first()


def _cells(version: Submission) -> dict[str, HandedCell]:
    author = version.record.author
    rows = SubmissionValue.objects.filter(submission=version, dimension="")
    return {
        row.indicator.key: HandedCell(
            version.number,
            day_of(version.submitted_at),
            author.post if author else "",
            row.amount,
            row.recorded_amount,
            row.reason,
        )
        for row in rows.select_related("indicator")
    }
