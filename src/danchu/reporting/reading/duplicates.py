"""When two reports are the same one: the same bytes, the same words, or the same subject."""

from __future__ import annotations

from django.db.models import QuerySet

from danchu.core.errors import Conflict
from danchu.core.records.models import Record

from .models import ReadDocument


class TakenInBefore(Conflict):
    """The report stands here already; ``document`` is the one that was taken in before.

    ``code``: "same_file", "same_text", or "alike" for the same words in another file, which a
    person may have read all the same.
    """

    default_code = "same_text"

    def __init__(self, document: ReadDocument, vi: str, en: str, *, code: str) -> None:
        super().__init__(vi, en, code=code, field="given")
        self.document = document


def refuse_same_file(unit_id: int, digest: str) -> None:
    """Raise :class:`TakenInBefore` when a file of these bytes was read for the unit before."""
    found = (
        _standing(unit_id).filter(record__files__sha256_given=digest).order_by("record_id").first()
    )
    if found is not None:
        raise TakenInBefore(
            found,
            "Tệp này đã được đưa vào trước đó cho đơn vị này. Mở bản đã có để rà soát.",
            "This file was taken in for this unit before. Open that one to review it.",
            code="same_file",
        )


def refuse_same_text(unit_id: int, digest: str, likeness: str, *, anyway: bool) -> None:
    """Raise :class:`TakenInBefore` for the same text, and for the same words unless ``anyway``."""
    kept = _standing(unit_id)
    found = kept.filter(text_hash=digest).order_by("record_id").first()
    if found is not None:
        raise TakenInBefore(
            found,
            "Văn bản này đã được đưa vào trước đó cho đơn vị này. Mở bản đã có để rà soát.",
            "This text was taken in for this unit before. Open that one to review it.",
            code="same_text",
        )
    if anyway or not likeness:
        return
    found = kept.filter(likeness=likeness).order_by("record_id").first()
    if found is not None:
        raise TakenInBefore(
            found,
            "Văn bản này có cùng câu chữ với một báo cáo đã đưa vào, chỉ khác định dạng. Mở bản "
            "đã có, hoặc chọn đọc cả tệp này.",
            "This text has the same words as a report taken in before, only its format differs. "
            "Open that one, or choose to have this file read too.",
            code="alike",
        )


def _standing(unit_id: int) -> QuerySet[ReadDocument]:
    return ReadDocument.objects.filter(record__unit_id=unit_id, record__state=Record.State.RECORDED)
