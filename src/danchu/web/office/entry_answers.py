"""Comments of the level above at their cells of the form, and the answers that are typed there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from danchu.core.errors import BadInput, Refusal
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.rounds.commenting import AnswerTaken, answer_comment
from danchu.reporting.rounds.comments import Comment, by_indicator, comments_to_answer
from danchu.reporting.rounds.form import FormView
from danchu.reporting.rounds.models import CommentAnswer
from danchu.web.design.access import viewer_of
from danchu.web.design.forms import readable
from danchu.web.design.refusals import status_of

from .cells import clock_text, state_text
from .sent import whole_number


@dataclass(frozen=True, slots=True)
class Said:
    """A comment at its cell, with what stood there then, and the answer that is being given."""

    comment: Comment
    then: str
    dealt_with: bool
    text: str
    version: str
    refused: str = ""

    @property
    def mark(self) -> str:
        """What was shown, sent along so that a change can be told from it."""
        return _mark(self.dealt_with, self.text)


def comments_at(
    request: HttpRequest, unit_id: int, form: FormView, unsaid: Mapping[int, Refusal]
) -> dict[str, tuple[Said, ...]]:
    """key -> the comments that wait for an answer. ``unsaid``: comment -> why it was not saved."""
    waiting = by_indicator(comments_to_answer(viewer_of(request), form.round_id, unit_id))
    return {
        line.key: tuple(_said(request, line.meaning, c, unsaid) for c in waiting[line.key])
        for line in form.lines
        if line.key in waiting
    }


def save_answers(
    request: HttpRequest, unit_id: int, form: FormView, keys: Collection[str]
) -> tuple[int, dict[int, Refusal]]:
    """Save what changed among the answers to comments on these indicators.

    Returns how many were saved, and comment -> refusal of the others.
    """
    saved, unsaid = 0, dict[int, Refusal]()
    for comment in comments_to_answer(viewer_of(request), form.round_id, unit_id):
        number = comment.comment_id
        if comment.indicator not in keys or f"tl.{number}" not in request.POST:
            continue
        if _mark(*_answer(request, number)) == request.POST.get(f"ct.{number}", ""):
            continue
        try:
            _save(request, number)
        except Refusal as refusal:
            unsaid[number] = refusal
        else:
            saved += 1
    return saved, unsaid


def one_answer(request: HttpRequest, unit_id: int, form: FormView) -> HttpResponse:
    """Autosave of the answer to one comment of this form."""
    try:
        number = whole_number(request.POST.get("nx", ""))
        waiting = comments_to_answer(viewer_of(request), form.round_id, unit_id)
        if number not in {comment.comment_id for comment in waiting}:
            raise BadInput("Biểu này không có nhận xét ấy.", "This form has no such comment.")
        row = _save(request, number)
    except AnswerTaken as refusal:
        said = {"sentence": _told(refusal), "version": refusal.theirs.row_version}
        return JsonResponse(said, status=409)
    except Refusal as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=status_of(refusal))
    return JsonResponse(
        {
            "saved": clock_text(row.changed_at),
            "version": row.row_version,
            "mark": _mark(row.dealt_with, row.text),
        }
    )


def _said(
    request: HttpRequest, meaning: Definition, comment: Comment, unsaid: Mapping[int, Refusal]
) -> Said:
    answer = comment.answer
    said = Said(
        comment=comment,
        then=state_text(meaning, comment.state, comment.amount),
        dealt_with=answer.dealt_with if answer else False,
        text=answer.text if answer else "",
        version=str(answer.row_version if answer else 0),
    )
    refusal = unsaid.get(comment.comment_id)
    if refusal is None:
        return said
    dealt_with, text = _answer(request, comment.comment_id)
    said = replace(said, dealt_with=dealt_with, text=text, refused=_told(refusal))
    if isinstance(refusal, AnswerTaken):
        return said  # sent again, it is put over what is told here
    return replace(said, version=request.POST.get(f"bt.{comment.comment_id}", ""))


def _told(refusal: Refusal) -> str:
    """The sentence of the refusal, with what somebody else wrote."""
    if not isinstance(refusal, AnswerTaken):
        return str(refusal)
    row = refusal.theirs
    words = [gettext("đã xử lý")] if row.dealt_with else []
    theirs = gettext("%(who)s đã ghi lúc %(at)s: %(value)s.") % {
        "who": row.changed_by.name if row.changed_by else gettext("Người khác"),
        "at": clock_text(row.changed_at),
        "value": "; ".join([*words, *([row.text] if row.text else [])]) or gettext("để trống"),
    }
    return f"{refusal} {theirs}"


def _mark(dealt_with: bool, text: str) -> str:
    return f"{'xl' if dealt_with else ''}|{text}"


def _answer(request: HttpRequest, number: int) -> tuple[bool, str]:
    """What was sent as the answer to one comment."""
    sent = request.POST
    return f"xl.{number}" in sent, sent.get(f"tl.{number}", "").strip()


def _save(request: HttpRequest, number: int) -> CommentAnswer:
    dealt_with, text = _answer(request, number)
    readable(text, "text")
    return answer_comment(
        actor=viewer_of(request),
        comment_id=number,
        row_version=whole_number(request.POST.get(f"bt.{number}", "")),
        dealt_with=dealt_with,
        text=text,
    )
