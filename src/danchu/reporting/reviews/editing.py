"""Wording a paragraph of the report anew, and going back to what the figures give."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.reporting.figures.begun import require_begun

from .compose import Report, compose
from .compose.report import ComposedParagraph
from .models import EditedParagraph

CHANGED = "paragraph_changed"  # code of the refusal where somebody else was first
MOST_WORDS = 6_000  # characters of one paragraph


def paragraphs_of(report: Report) -> dict[str, ComposedParagraph]:
    """place -> its paragraph, of every paragraph that an officer may word anew, in their order."""
    found = [
        *report.opening,
        *(paragraph for section in report.sections for paragraph in section.paragraphs),
        *report.closing,
    ]
    return {paragraph.place: paragraph for paragraph in found if paragraph.place}


def composed_text(paragraph: ComposedParagraph) -> str:
    """What the figures give in the paragraph's place; "" where they give nothing."""
    if paragraph.origin == "edited":
        return paragraph.composed
    return "" if paragraph.origin == "empty" else paragraph.text


def write_paragraph(
    *,
    actor: Actor,
    code: str,
    period_code: str,
    place: str,
    text: str,
    seen: int,
    over: str,
    reason: str = "",
) -> EditedParagraph:
    """Put an officer's wording in the place of a composed paragraph of the report.

    ``seen``: the row version of the wording the person saw there, 0 where there was none;
    ``over``: the composed text the person saw. Where either is another by now nothing is kept.
    ``reason``: why a number stands in it that danchu does not have. Needs ``reports.write``.
    Raises ``NotFound`` for a place the report does not have, ``Conflict`` (code
    "paragraph_changed"), ``BadInput``.
    """
    words = clean_line(text, "text", "đoạn văn", "paragraph", limit=MOST_WORDS)
    why = clean_line(reason, "reason", "lý do", "reason", limit=500, required=False)
    report = compose(viewer=actor, code=code, period_code=period_code)
    require(actor, "reports.write", report.unit.id)
    require_begun(report.period.start)
    paragraph = paragraphs_of(report).get(place)
    if paragraph is None:
        raise _unknown()
    composed = composed_text(paragraph)
    if composed != over:
        raise Conflict(
            "Số liệu vừa thay đổi nên câu hệ thống lập đã khác; câu của bạn chưa được lưu. Xem câu "
            "mới, rồi lưu lại.",
            "The figures changed just now, and with them the sentence the system composes; yours "
            "was not saved. Look at the new one, then save again.",
            code=CHANGED,
        )
    if words == composed:
        raise BadInput(
            "Câu này giống hệt câu hệ thống lập. Sửa câu, hoặc bỏ câu đã sửa để lấy câu theo số "
            "liệu.",
            "This is what the system composes. Change it, or withdraw the edited one.",
            field="text",
        )
    with acting_as(actor):
        row = _locked(report.unit.id, report.period.pk, report.layout, place)
        if (row.row_version if row else 0) != seen:
            raise _changed()
        if row is None:
            row = EditedParagraph(
                unit_id=report.unit.id,
                period=report.period,
                layout=report.layout,
                place=place,
                row_version=0,
            )
        row.text, row.over, row.reason = words, composed, why
        row.written_by_id, row.written_at = actor.actor_id, now()
        row.row_version += 1
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise _changed() from None  # two wrote the first wording at once
        log_action(
            "reviews.paragraph_edited",
            actor=actor,
            data={"paragraph": row.pk, "place": place, "version": row.row_version},
        )
    return row


def withdraw_paragraph(*, actor: Actor, code: str, period_code: str, place: str, seen: int) -> None:
    """Take an officer's wording out; what the figures give stands there again.

    It stays known what was written. Needs ``reports.write``. Raises ``Conflict`` (code
    "paragraph_changed") when it is not the version that was seen, or is out already.
    """
    report = compose(viewer=actor, code=code, period_code=period_code)
    require(actor, "reports.write", report.unit.id)
    with acting_as(actor):
        row = _locked(report.unit.id, report.period.pk, report.layout, place)
        if row is None or row.row_version != seen:
            raise _changed()
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        log_action(
            "reviews.paragraph_withdrawn",
            actor=actor,
            data={"paragraph": row.pk, "place": place, "version": row.row_version},
        )


def _locked(unit_id: int, period_id: int, layout: str, place: str) -> EditedParagraph | None:
    rows = EditedParagraph.objects.select_for_update(of=("self",))
    return rows.filter(
        unit_id=unit_id, period_id=period_id, layout=layout, place=place, withdrawn_at=None
    ).first()


def _unknown() -> NotFound:
    return NotFound("Báo cáo không có đoạn này.", "The report has no such paragraph.")


def _changed() -> Conflict:
    return Conflict(
        "Đoạn này vừa được người khác sửa; câu của bạn chưa được lưu. Xem câu hiện nay, rồi lưu "
        "lại.",
        "Somebody else changed this paragraph just now; yours was not saved. Look at it as it is "
        "now, then save again.",
        code=CHANGED,
    )
