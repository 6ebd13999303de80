"""Reading what the level above wrote on single cells, and what the unit answered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from danchu.core.contracts import Actor

from .models import CellComment, CommentAnswer, SubmissionValue


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit said. ``number``: the version it went up with, None while it is a draft."""

    dealt_with: bool
    text: str
    number: int | None
    row_version: int
    said_by: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on one cell of a returned version, with what stood in the cell.

    ``amount`` in the indicator's smallest unit. ``answer`` is None where nothing was said.
    """

    comment_id: int
    number: int  # of the version it was written on
    indicator: str
    dimension: str
    text: str
    said_by: str
    said_at: dt.datetime | None
    state: str
    amount: int | None
    answer: Answer | None

    @property
    def is_open(self) -> bool:
        """Whether no version answers it yet."""
        return self.answer is None or self.answer.number is None


def comments_on(viewer: Actor, round_id: int, unit_id: int) -> list[Comment]:
    """Every comment on the unit's versions in the round, oldest first, for who reads its reports.

    Drafts of answers are the unit's own and are left out.
    """
    if not viewer.may("reports.read", unit_id):
        return []
    return _comments(round_id, unit_id, drafts=False)


def comments_to_answer(viewer: Actor, round_id: int, unit_id: int) -> list[Comment]:
    """The comments that no version answers yet, with drafts, for who fills or hands in the form."""
    if not (viewer.may("reports.write", unit_id) or viewer.may("submissions.submit", unit_id)):
        return []
    return [found for found in _comments(round_id, unit_id, drafts=True) if found.is_open]


def by_indicator(comments: Iterable[Comment]) -> dict[str, list[Comment]]:
    """indicator -> its comments, in their order."""
    found: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        found[comment.indicator].append(comment)
    return found


def _comments(round_id: int, unit_id: int, *, drafts: bool) -> list[Comment]:
    values = SubmissionValue.objects.filter(
        submission=OuterRef("submission"),
        indicator=OuterRef("indicator"),
        dimension=OuterRef("dimension"),
    )
    rows = (
        CellComment.objects.filter(submission__round=round_id, submission__unit=unit_id)
        .annotate(
            stood=Subquery(values.values("state")[:1]), amount=Subquery(values.values("amount")[:1])
        )
        .select_related("submission__decided_by", "indicator")
        .select_related("answer__submission", "answer__changed_by")
        .order_by("submission__number", "pk")
    )
    return [
        Comment(
            comment_id=row.pk,
            number=row.submission.number,
            indicator=row.indicator.key,
            dimension=row.dimension,
            text=row.text,
            said_by=row.submission.decided_by.name if row.submission.decided_by else "",
            said_at=row.submission.decided_at,
            state=row.stood,
            amount=row.amount,
            answer=_answer(row, drafts=drafts),
        )
        for row in rows
    ]


def _answer(row: CellComment, *, drafts: bool) -> Answer | None:
    said: CommentAnswer | None = getattr(row, "answer", None)
    if said is None or (said.submission is None and not drafts):
        return None
    return Answer(
        dealt_with=said.dealt_with,
        text=said.text,
        number=said.submission.number if said.submission else None,
        row_version=said.row_version,
        said_by=said.changed_by.name if said.changed_by else "",
    )
