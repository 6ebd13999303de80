"""Documents that are part of a notice: taken in, attached, taken back, deleted with its names.

As with other records the file is checked and its copy cleaned by ``core.files``; all that can be
read of it is held against what no notice may tell of people, and against the list beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.db.models import Max

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, NotFound
from danchu.core.files.models import StoredFile
from danchu.core.files.selectors import open_kept
from danchu.core.files.services import (
    Readable,
    attach_file,
    check_upload,
    store_checked,
)
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.text import fold
from danchu.core.text.secrecy import refuse_inside

from ..models import Notice, NoticeDocument
from .holding import locked_notice, told_everybody
from .inputs import HandedIn
from .shielding import refuse_in_document

TAKEN_IN = frozenset({"pdf", "docx"})
MOST_DOCUMENTS = 5
_WORD = re.compile(r"\w+")


def hand_in_document(*, actor: Actor, unit_id: int, data: bytes | Readable, name: str) -> HandedIn:
    """Take a PDF or DOCX in for a notice that is about to be written down.

    Outside a transaction, as files are. What no notice takes up within two days is deleted by
    ``sweep_orphans``. Raises what ``store_upload`` raises (field "documents"), and ``BadInput``
    for a document that tells who owes or holds numbers of persons.
    """
    require(actor, "records.write", unit_id)
    try:
        checked = check_upload(data, name, allowed=TAKEN_IN, whole=True)
        refuse_inside(checked.head)
        refuse_in_document(checked.text, checked.name, field="documents")
        row = store_checked(
            actor=actor, unit_id=unit_id, checked=checked, rights=("records.write",)
        )
    except BadInput as refusal:
        refusal.field = "documents"
        raise
    return HandedIn(row.public_id, name=checked.name)


def add_document(*, actor: Actor, notice_id: int, file: HandedIn) -> NoticeDocument:
    """Attach a document that was handed in; the same file twice gives the same row."""
    words = Words.beside(actor, notice_id, [file], new_list=False)
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        row = attach_documents(actor, notice, [file], words)[0]
        told_everybody(notice.record)
        log_action(
            "disclosure.document_added",
            actor=actor,
            record_id=notice.pk,
            data={"document": row.pk, "order": row.order},
        )
    return row


def remove_document(*, actor: Actor, notice_id: int, order: int, reason: str) -> None:
    """Take back a document attached by mistake; it stays inside, with the reason.

    Raises ``BadInput`` where the notice would be left with nothing but its title.
    """
    why = clean_line(reason, "reason", "lý do", "reason", limit=500)
    with acting_as(actor):
        notice = locked_notice(notice_id)
        require(actor, "records.write", notice.record.unit_id)
        rows = live_documents(notice)
        row = next((one for one in rows if one.order == order), None)
        if row is None:
            raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
        if len(rows) == 1 and not (notice.text or notice.table or notice.has_names):
            raise BadInput(
                "Đây là nội dung duy nhất của lần công khai này. Đính kèm tệp đúng hoặc ghi tóm "
                "tắt trước, rồi gỡ tệp này.",
                "This is all that the notice makes known. Attach the right document or write a "
                "summary first, then take this one back.",
                code="empty",
                field="reason",
            )
        row.removed_at, row.removed_reason = clock.now(), why
        row.save(update_fields=["removed_at", "removed_reason"])
        told_everybody(notice.record)
        log_action(
            "disclosure.document_removed",
            actor=actor,
            record_id=notice.pk,
            data={"document": row.pk, "order": order, "reason": why},
        )


def live_documents(notice: Notice) -> list[NoticeDocument]:
    """The documents of a notice that were not taken back, in order."""
    rows = notice.documents.filter(removed_at__isnull=True, file__isnull=False)
    return list(rows.select_related("file").order_by("order"))


def attach_documents(
    actor: Actor, notice: Notice, files: Sequence[HandedIn], words: Words
) -> list[NoticeDocument]:
    """Make the rows; inside the transaction that holds the notice."""
    known = live_documents(notice)
    last = notice.documents.aggregate(last=Max("order"))["last"] or 0
    made: list[NoticeDocument] = []
    for file in files:
        kept = StoredFile.objects.filter(public_id=file.public_id).first()
        if kept is None:
            raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
        there = next((row for row in [*known, *made] if row.file_id == kept.pk), None)
        if there is not None:
            made.append(there)
            continue
        if len({row.pk for row in [*known, *made]}) >= MOST_DOCUMENTS:
            refuse_too_many(MOST_DOCUMENTS + 1)
        kept = attach_file(
            actor=actor, public_id=kept.public_id, record_id=notice.pk, name=file.name
        )
        refuse_names_in_documents(notice, [kept], words, field="documents")
        last += 1
        made.append(
            NoticeDocument.objects.create(
                notice=notice,
                order=last,
                file=kept,
                added_at=clock.now(),
                added_by_id=actor.actor_id,
            )
        )
    return made


def refuse_too_many(number: int) -> None:
    """Raise ``BadInput`` (field "documents") for more documents than a notice has."""
    if number > MOST_DOCUMENTS:
        raise BadInput(
            f"Một nội dung kèm nhiều nhất {MOST_DOCUMENTS} tệp.",
            f"A notice has at most {MOST_DOCUMENTS} documents.",
            field="documents",
        )


def forget_documents(notice: Notice) -> None:
    """Let go of the documents beside a list of names: they may hold the names too.

    No record holds the files any more, so that ``sweep_orphans`` deletes their bytes.
    """
    rows = notice.documents.filter(file__isnull=False)
    held = list(rows.values_list("file_id", flat=True))
    rows.update(file=None)
    StoredFile.objects.filter(pk__in=held).update(record=None)


class Words:
    """What documents say that are held against a list, read before the transaction that asks.

    ``files``: those about to be attached, of the person acting. Who may not write for the notice
    has nothing read.
    """

    def __init__(self, actor: Actor, files: Sequence[HandedIn] = ()) -> None:
        self._said: dict[int, str] = {}
        handed = [file.public_id for file in files]
        for row in StoredFile.objects.filter(
            public_id__in=handed, uploaded_by_id=actor.actor_id, record=None
        ):
            self.of(row)

    @classmethod
    def beside(
        cls, actor: Actor, notice_id: int, files: Sequence[HandedIn], *, new_list: bool
    ) -> Words:
        """Of the files where the notice has a list or gets one, and of its own for a new one."""
        notice = Notice.objects.select_related("record").filter(pk=notice_id).first()
        if notice is None or not actor.may("records.write", notice.record.unit_id):
            return cls(actor)
        words = cls(actor, files if new_list or notice.has_names else ())
        for document in live_documents(notice) if new_list else ():
            if document.file is not None:
                words.of(document.file)
        return words

    def of(self, kept: StoredFile) -> str:
        """Its words, folded, each between single blanks.

        Raises ``BadInput`` (field "documents") for one taken in under older rules, which would
        not be taken in any more.
        """
        said = self._said.get(kept.pk)
        if said is None:
            opened = open_kept(kept)
            with opened.handle as handle:
                data = handle.read()
            try:
                read = check_upload(data, kept.name, allowed=TAKEN_IN, whole=True)
            except BadInput as refusal:
                raise _not_any_more(kept, refusal) from refusal
            said = self._said[kept.pk] = _words(read.text)
        return said


def refuse_names_in_documents(
    notice: Notice, documents: Iterable[StoredFile], words: Words, *, field: str
) -> None:
    """No name of the list may stand in a document: its reader keeps it when the list is gone."""
    if not notice.has_names or notice.names_forgotten_at is not None:
        return
    names = notice.named.order_by("order").values_list("name", flat=True)
    refuse_names_in_files(names, documents, words, field=field)


def refuse_names_in_files(
    names: Iterable[str], documents: Iterable[StoredFile], words: Words, *, field: str
) -> None:
    """The same for a list that is not written yet."""
    listed = [(name, _words(name)) for name in names]
    for kept in documents:
        said = _words(kept.name)[:-1] + words.of(kept)
        pairs = set(pairwise(said.split()))
        for name, folded in listed:
            parts = tuple(folded.split())
            if len(parts) > 1 and parts[:2] in pairs and folded in said:
                raise BadInput(
                    f"Tệp “{kept.name}” có tên “{name}”. Chỉ ghi tên trong danh sách: danh sách "
                    "được gỡ khi hết thời gian niêm yết, tệp đã tải về thì không. Gỡ hoặc thay "
                    "tệp này, hoặc bỏ tên khỏi danh sách; chưa có gì được lưu.",
                    f"The file “{kept.name}” holds the name “{name}”. Names belong into the list "
                    "only: it is taken down when the posting ends, a file once taken home is not. "
                    "Take the file back or replace it, or leave the name out; nothing was saved.",
                    code="name_in_text",
                    field=field,
                )


def _not_any_more(kept: StoredFile, refusal: BadInput) -> BadInput:
    return BadInput(
        f"Tệp “{kept.name}” không đối chiếu được với danh sách: {refusal.vi} Gỡ tệp này rồi ghi "
        "danh sách; chưa có gì được lưu.",
        f"The file “{kept.name}” cannot be held against the list: {refusal.en} Take it back, then "
        "write the list; nothing was saved.",
        code=refusal.code,
        field="documents",
    )


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "
