"""Comments on single cells of a version that is returned, and what the unit answers to them.

A comment stands with the version it was written on; an answer goes up with the next one. Neither
changes afterwards. Their words are not in the ledger, their number and places are.
"""

from __future__ import annotations

from collections.abc import Mapping

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.records.inputs import clean_line
from danchu.reporting.figures.selectors import definitions

from .entering import lock_form
from .models import CellComment, CommentAnswer, Submission, SubmissionValue

LONGEST = 500  # characters of a comment, and of an answer

Cell = tuple[str, str]  # indicator, dimension


class AnswerTaken(Conflict):
    """Somebody else changed the answer meanwhile; ``theirs`` is what stands now."""

    def __init__(self, theirs: CommentAnswer) -> None:
        super().__init__(
            "Câu trả lời này vừa được người khác sửa. Xem lại rồi lưu.",
            "Somebody else has just changed this answer. Look at it, then save.",
            code="answer_taken",
        )
        self.theirs = theirs


def cleaned_comments(comments: Mapping[Cell, str]) -> dict[Cell, str]:
    """The comments that say something. Raises ``BadInput`` naming the indicator as its field."""
    found = {
        cell: clean_line(text, cell[0], "nhận xét", "comment", limit=LONGEST, required=False)
        for cell, text in comments.items()
    }
    return {cell: text for cell, text in found.items() if text}


def write_comments(version: Submission, comments: Mapping[Cell, str]) -> None:
    """Keep the comments with the version, inside the transaction that returns it.

    Raises ``BadInput`` for a cell the version does not have.
    """
    if not comments:
        return
    rows = SubmissionValue.objects.filter(submission=version)
    cells = {
        (key, dimension): indicator
        for indicator, key, dimension in rows.values_list(
            "indicator_id", "indicator__key", "dimension"
        )
    }
    for key, dimension in comments:
        if (key, dimension) not in cells:
            raise BadInput(
                f"Bản nộp không có ô {key[:60]}.",
                f"The version has no cell {key[:60]}.",
                field=key,
            )
    CellComment.objects.bulk_create(
        CellComment(submission=version, indicator_id=cells[cell], dimension=cell[1], text=text)
        for cell, text in comments.items()
    )


def answer_comment(
    *,
    actor: Actor,
    comment_id: int,
    row_version: int,
    dealt_with: bool = False,
    text: str = "",
) -> CommentAnswer:
    """Say that a comment was dealt with, or answer it; it goes up with the next version.

    Neither takes the draft of an answer back. ``row_version``: what the person saw, 0 where
    nobody had answered. Needs ``reports.write``; not in the ledger, like all that is typed into
    a form. Raises ``AnswerTaken`` when somebody else changed the answer meanwhile, ``Conflict``
    when it was handed in or the form takes nothing any more, ``NotFound`` for no such comment.
    """
    said = clean_line(text, "text", "câu trả lời", "answer", limit=LONGEST, required=False)
    with acting_as(actor):
        comment = (
            CellComment.objects.select_related("submission", "indicator")
            .filter(pk=comment_id)
            .first()
        )
        if comment is None:
            raise NotFound("Không tìm thấy nhận xét này.", "There is no such comment.")
        version = comment.submission
        require(actor, "reports.write", version.unit_id)
        lock_form(actor=actor, round_id=version.round_id, unit_id=version.unit_id)
        row = CommentAnswer.objects.filter(comment=comment).first() or CommentAnswer(
            comment=comment
        )
        if row.submission_id is not None:
            meaning = definitions()[comment.indicator.key]
            raise Conflict(
                f"“{meaning.name_vi}”: câu trả lời đã nộp cùng bản trước, không sửa được.",
                f"“{meaning.name_en}”: the answer went up with a version and does not change.",
            )
        if (row.dealt_with, row.text) == (dealt_with, said):
            return row  # sent twice
        if row.row_version != row_version:
            raise AnswerTaken(row)
        row.dealt_with, row.text = dealt_with, said
        row.row_version += 1
        row.changed_by_id, row.changed_at = actor.actor_id, now()
        row.save()
        return row


def hand_in_answers(version: Submission) -> int:
    """Send the drafts of answers up with a version, inside its transaction; how many there are."""
    drafts = CommentAnswer.objects.filter(
        comment__submission__round=version.round_id,
        comment__submission__unit=version.unit_id,
        submission=None,
    )
    return drafts.exclude(dealt_with=False, text="").update(submission=version)
