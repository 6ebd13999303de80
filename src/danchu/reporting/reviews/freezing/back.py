"""Keeping what came back from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.documents import render_docx
from danchu.core.documents.signed import Differs, check_signed
from danchu.core.errors import BadInput, Conflict
from danchu.core.files.services import check_upload, store_upload
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_choice
from danchu.core.units.services import raise_public_version

from ..frozen_data import document_of
from ..frozen_files import kept_data, read_kept
from ..models import FrozenFile, FrozenReport
from ..word_changes import as_kept, word_changes
from .locking import unknown, withdrawn


def take_back(*, actor: Actor, frozen_id: int, kind: str, data: bytes, name: str) -> FrozenFile:
    """Keep what came back from outside: the signed PDF, or the DOCX somebody went on with.

    A signed PDF of an issued report is held against the pages kept here: a word that is missing
    or another refuses it, page by page; what was added is told; a scan is left to a person.
    It goes out to everybody when nothing but signatures was added, else once
    :func:`.release.release_signed` let it out. Figures are changed only in danchu. Needs
    ``reports.write``. Raises ``BadInput`` (field "file"), ``Conflict``.
    """
    back = (FrozenFile.Kind.SIGNED, FrozenFile.Kind.EDITED)
    chosen = clean_choice(kind, [str(k) for k in back], "kind", "loại tệp", "kind of file")
    frozen = FrozenReport.objects.filter(pk=frozen_id).first()
    if frozen is None:
        raise unknown()
    require(actor, "reports.write", frozen.unit_id)
    found, differences = None, None
    if frozen.state == FrozenReport.State.WITHDRAWN:
        raise withdrawn()
    if chosen == FrozenFile.Kind.SIGNED:
        if frozen.state != FrozenReport.State.ISSUED:
            raise Conflict(
                "Ghi số và ngày ban hành trước khi gửi lại bản đã ký.",
                "Enter the number and day of issue before the signed file.",
            )
        try:
            found = check_signed(read_kept(frozen, FrozenFile.Kind.PDF), data)
        except Differs as told:
            raise _differs(told) from None
    else:
        checked = check_upload(data, name, allowed=("docx",))
        read = (word_changes(made, checked.data, checked.name) for made in _made(frozen))
        differences = as_kept(min(read, key=len))
    row = store_upload(
        actor=actor,
        unit_id=frozen.unit_id,
        data=data,
        name=name,
        record_id=frozen.pk,
        allowed=("pdf",) if chosen == FrozenFile.Kind.SIGNED else ("docx",),
        rights=("reports.write",),
    )
    with acting_as(actor):
        kept = FrozenFile.objects.create(
            report=frozen,
            kind=chosen,
            file=row,
            verdict=found.verdict if found else "",
            signatures=found.signatures if found else 0,
            signers=[asdict(signer) for signer in found.signers] if found else [],
            added=list(found.added) if found else [],
            pictures=list(found.pictures) if found else [],
            differences=differences,
            only_signed=found.only_signed if found else False,
        )
        if kept.only_signed:
            raise_public_version(frozen.unit_id)
        log_action(
            "report.taken_back",
            actor=actor,
            record_id=frozen.pk,
            data={"kind": chosen, "sha256": row.sha256, "verdict": kept.verdict},
        )
    return kept


def _made(frozen: FrozenReport) -> Iterator[bytes]:
    """The DOCX that danchu made: the one that goes round for signature, and the issued one.

    Either may have been gone on with in Word: of the draft, number, day and signature of the
    issued one are no change.
    """
    yield render_docx(document_of({**kept_data(frozen), "issue": None}))
    if frozen.state == FrozenReport.State.ISSUED:
        yield read_kept(frozen, FrozenFile.Kind.DOCX)


def _differs(told: Differs) -> BadInput:
    shown = told.where[:5]
    vi = "; ".join(
        f"trang {page}: bản chốt ghi “{wanted}”, tệp này ghi “{found or '(không có)'}”"
        for page, wanted, found in shown
    )
    en = "; ".join(
        f"page {page}: frozen “{wanted}”, here “{found or '(nothing)'}”"
        for page, wanted, found in shown
    )
    return BadInput(
        f"Tệp này không khớp bản chốt: {vi}. Tệp không được giữ lại. Nội dung cần sửa thì sửa "
        "trên hệ thống rồi lập báo cáo đính chính.",
        f"This file does not match the frozen report: {en}. It was not kept. What has to change "
        "is changed in danchu and issued as an amendment.",
        field="file",
    )
