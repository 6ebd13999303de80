"""Many reports handed in together: kept at once, read one after the other by the worker."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotAllowed, NotFound, Refusal
from danchu.core.files.models import StoredFile
from danchu.core.files.services import clean_name, store_upload
from danchu.core.files.storage import store
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line

from ..duplicates import TakenInBefore
from ..models import Batch, BatchFile, ReadDocument
from ..packed import Given, unpacked
from ..whose import AnotherUnit, unit_named
from .taking_in import DocumentInput, take_in_document

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 3  # a file that ends the worker this often is given up


def hand_in_batch(
    *,
    actor: Actor,
    unit_id: int,
    files: Sequence[tuple[str, bytes]],
    client_key: uuid.UUID,
    source_note: str = "",
    public: bool = False,
) -> Batch:
    """Keep the files of a batch for the worker; a ZIP gives each file it holds.

    A file that may not be kept stands in the batch with its reason and stops no other. Needs
    ``readings.write`` and an account, in whose name the worker reads. Sent twice with one
    ``client_key`` it is one batch. Raises ``BadInput`` (field "given") for no file, too many, or a
    ZIP that cannot be opened.
    """
    require(actor, "readings.write", unit_id)
    if actor.actor_id is None:
        raise NotAllowed(
            "Đăng nhập bằng tài khoản của cán bộ để gửi lô tệp.",
            "Sign in with an officer's account to hand in a batch.",
        )
    note = clean_line(source_note, "source_note", "nguồn", "source", limit=500, required=False)
    sent = Batch.objects.filter(made_by_id=actor.actor_id, client_key=client_key).first()
    if sent is not None:
        return sent
    given = unpacked(files)
    kept = [_kept(actor, unit_id, one) for one in given]
    with acting_as(actor):
        batch, made = Batch.objects.get_or_create(
            made_by_id=actor.actor_id,
            client_key=client_key,
            defaults={
                "unit_id": unit_id,
                "made_at": now(),
                "source_note": note,
                "public": public,
            },
        )
        if not made:
            return batch  # sent twice at once; the files kept here are swept as orphans
        BatchFile.objects.bulk_create(
            BatchFile(
                batch=batch,
                position=position,
                name=clean_name(one.name),
                file=stored,
                state=BatchFile.State.FAILED if refusal else BatchFile.State.WAITING,
                reason_vi=refusal.vi[:500] if refusal else "",
                reason_en=refusal.en[:500] if refusal else "",
            )
            for position, (one, (stored, refusal)) in enumerate(zip(given, kept, strict=True))
        )
        log_action(
            "reading.batch_handed_in",
            actor=actor,
            data={"batch": batch.public_id, "unit": unit_id, "files": len(given)},
        )
    return batch


def _kept(actor: Actor, unit_id: int, one: Given) -> tuple[StoredFile | None, Refusal | None]:
    if one.refusal is not None:
        return None, one.refusal
    try:
        stored = store_upload(
            actor=actor,
            unit_id=unit_id,
            data=one.data,
            name=one.name,
            rights=("readings.write",),
        )
    except Refusal as refusal:
        return None, refusal
    return stored, None


def decide_file(*, actor: Actor, file_id: int, read: bool) -> BatchFile:
    """Have a file read although there is a doubt about it, or leave it out.

    The doubt: its words stand here in another format, or it names another unit. Needs
    ``readings.write``. ``Conflict`` when it was decided before.
    """
    with acting_as(actor):
        file = (
            BatchFile.objects.select_for_update(of=("self",))
            .select_related("batch")
            .filter(pk=file_id)
            .first()
        )
        if file is None:
            raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
        require(actor, "readings.write", file.batch.unit_id)
        doubt = file.state
        if doubt not in (BatchFile.State.DUPLICATE, BatchFile.State.OTHER_UNIT):
            raise Conflict("Tệp này đã được xử lý.", "This file was dealt with before.")
        file.state = BatchFile.State.WAITING if read else BatchFile.State.LEFT_OUT
        file.attempts = 0
        if not read:
            file.file = None  # swept with the orphans
        elif doubt == BatchFile.State.DUPLICATE:
            file.anyway = True
        else:
            file.is_own, file.other_unit = True, None
        file.save(update_fields=["state", "anyway", "is_own", "attempts", "file", "other_unit"])
        log_action(
            "reading.duplicate_decided"
            if doubt == BatchFile.State.DUPLICATE
            else "reading.other_unit_decided",
            actor=actor,
            data={"batch": file.batch.public_id, "file": file.position, "read": read},
        )
    return file


def sort_to_unit(*, actor: Actor, batch_id: uuid.UUID, unit_id: int) -> int:
    """Have every file of a batch that waits and names this unit read for it; how many they are.

    ``batch_id``: the public id. Needs ``readings.write`` for the batch's unit and for this one.
    ``Conflict`` when none waits any more.
    """
    with acting_as(actor):
        batch = Batch.objects.filter(public_id=batch_id).first()
        if batch is None:
            raise NotFound("Không tìm thấy lô tệp này.", "There is no such batch.")
        require(actor, "readings.write", batch.unit_id)
        require(actor, "readings.write", unit_id)
        waiting = batch.files.select_for_update(of=("self",)).filter(
            state=BatchFile.State.OTHER_UNIT, other_unit_id=unit_id
        )
        ids = [file.pk for file in waiting]
        if not ids:
            raise Conflict("Các tệp này đã được xử lý.", "These files were dealt with before.")
        batch.files.filter(pk__in=ids).update(
            state=BatchFile.State.WAITING, is_own=True, attempts=0
        )
        log_action(
            "reading.sorted_to_unit",
            actor=actor,
            data={"batch": batch.public_id, "unit": unit_id, "files": len(ids)},
        )
    return len(ids)


def read_next() -> bool:
    """Read the next waiting file of any batch, in the name of who handed it in.

    False when none waits. For the worker: a file that is cut off in the middle is read again,
    and makes one report all the same; what goes wrong with it is kept with it.
    """
    chosen = _chosen()
    if chosen is None:
        return False
    with _held(chosen) as file:
        if file is not None:
            _read(file)
            file.save(
                update_fields=[
                    "state",
                    "document",
                    "same_as",
                    "reason_vi",
                    "reason_en",
                    "file",
                    "other_unit",
                ]
            )
    return True


def _chosen() -> int | None:
    """The next file, its attempt counted for good before it begins."""
    with transaction.atomic():
        waiting = BatchFile.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        ).filter(state=BatchFile.State.WAITING)
        file = waiting.order_by("attempts", "id").first()
        if file is None:
            return None
        BatchFile.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
        return file.pk


@contextmanager
def _held(file_id: int) -> Iterator[BatchFile | None]:
    """The file for this worker alone; the hold ends with the worker, however it ends.

    SQLite has one worker only (``only_worker``), and a transaction would keep everybody else from
    writing while a scan is recognised.
    """
    rows = BatchFile.objects.select_related("batch__made_by", "file").filter(
        pk=file_id, state=BatchFile.State.WAITING
    )
    if connection.vendor != "postgresql":
        yield rows.first()
        return
    with transaction.atomic():
        yield rows.select_for_update(skip_locked=True, of=("self",)).first()


def _read(file: BatchFile) -> None:
    if file.attempts > MOST_ATTEMPTS:
        _fail(
            file,
            "Đọc tệp này làm tiến trình dừng nhiều lần nên không đọc nữa. Chuyển tệp sang DOCX "
            "hoặc PDF có chữ rồi gửi lại.",
            "Reading this file ended the worker several times; it was given up. Convert it and "
            "send it again.",
        )
        return
    try:
        file.document = _taken_in(file)
        file.state = BatchFile.State.DONE
        file.same_as = None
        file.reason_vi = file.reason_en = ""
    except TakenInBefore as before:
        alike = before.code == "alike"
        file.state = BatchFile.State.DUPLICATE if alike else BatchFile.State.LEFT_OUT
        file.same_as = before.document
        file.reason_vi, file.reason_en = before.vi[:500], before.en[:500]
        file.file = file.file if alike else None
    except AnotherUnit as other:
        file.state = BatchFile.State.OTHER_UNIT
        if other.named is not None:
            file.other_unit_id = unit_named(file.batch.made_by, other.named)
        file.reason_vi, file.reason_en = other.vi[:500], other.en[:500]
    except Refusal as refusal:
        _fail(file, refusal.vi, refusal.en)
    except DatabaseError:
        raise  # no fault of the file: it waits until the database answers
    except Exception as error:  # one broken file must not stop the others
        log.warning("batch: a file could not be read (%s)", type(error).__name__)
        _fail(
            file,
            "Không đọc được tệp vì lỗi chưa lường trước. Báo người quản trị.",
            "The file could not be read because of an unexpected error. Tell the administrator.",
        )


def _taken_in(file: BatchFile) -> ReadDocument:
    assert file.file is not None
    with store().open(file.file.stored_as) as handle:
        data = handle.read()
    return take_in_document(
        actor=file.batch.made_by,
        unit_id=file.other_unit_id or file.batch.unit_id,
        content=DocumentInput(
            name=file.name,
            data=data,
            source_note=file.batch.source_note,
            public=file.batch.public,
            anyway=file.anyway,
            own_only=not file.is_own,
        ),
        client_key=file.client_key,
        stored=file.file,
    )


def _fail(file: BatchFile, vi: str, en: str) -> None:
    file.state = BatchFile.State.FAILED
    file.reason_vi, file.reason_en = vi[:500], en[:500]
    file.file = None  # swept with the orphans
