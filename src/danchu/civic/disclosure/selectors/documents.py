"""The documents of a notice: shown to who sees the notice, and no longer than its names."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound
from danchu.core.files.kinds import KINDS
from danchu.core.files.selectors import OpenedFile, open_kept
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from ..models import Notice, NoticeDocument
from ..views import DocumentView

_ENDINGS = {kind.media_type: kind.extensions[0] for kind in KINDS.values()}


def are_names_shown(row: Notice, day: dt.date) -> bool:
    """Whether the list with names of a notice is shown on that day."""
    if not row.has_names or row.names_forgotten_at is not None:
        return False
    return row.names_until is not None and day <= row.names_until


def documents_of(row: Notice, *, inside: bool, names_shown: bool) -> tuple[DocumentView, ...]:
    """The documents of a notice in order; those taken back are told inside only.

    Beside a list with names they go dark with it: they may hold the names too.
    """
    rows = row.documents.select_related("file", "added_by").order_by("order")
    if row.has_names and not names_shown:
        return ()
    if not inside:
        rows = rows.filter(removed_at__isnull=True, file__isnull=False)
    return tuple(_view(one, inside=inside) for one in rows)


def _view(row: NoticeDocument, *, inside: bool) -> DocumentView:
    file = row.file
    return DocumentView(
        order=row.order,
        file_id=file.public_id if file and inside else None,
        name=file.name if file else "",
        ending=_ENDINGS[file.media_type] if file else "",
        size=file.size if file else 0,
        sha256=file.sha256 if file else "",
        removed=row.removed_at is not None,
        removed_reason=row.removed_reason,
        added_by=row.added_by.name if inside and row.added_by else "",
    )


def open_document(viewer: Actor, public_id: UUID, order: int, ending: str) -> OpenedFile:
    """A document of a notice, opened, for who may see the notice.

    Raises ``NotFound`` alike for none, for one taken back and for one that went dark with its
    list; ``Refusal`` when the bytes are not those that were kept.
    """
    row = (
        NoticeDocument.objects.select_related("file", "notice")
        .filter(
            notice__record__in=visible_records(viewer, kinds=["disclosure"]),
            notice__record__public_id=public_id,
            notice__record__state=Record.State.RECORDED,
            order=order,
            removed_at__isnull=True,
        )
        .first()
    )
    if row is None or row.file is None or _ENDINGS[row.file.media_type] != ending:
        raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
    if row.notice.has_names and not are_names_shown(row.notice, today()):
        raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
    return open_kept(row.file)
