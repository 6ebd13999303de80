"""Taking files in: checked, cleaned, kept under a random name; nothing refused stays anywhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Protocol

from django.conf import settings
from django.db.models import ProtectedError

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, declared_findables
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.models import Record
from danchu.core.text import at_the_door
from danchu.core.text.secrecy import HEAD_CHARACTERS, refuse_inside, refuse_secret

from . import office
from .kinds import DEFAULT, KINDS, PICTURES, extension_of, sniff
from .models import StoredFile
from .pictures import clean_picture
from .storage import store

# Whoever writes any of these for a unit may hand in a file for it; the record it is for asks for
# the right of its own kind.
RIGHTS = ("records.write", "readings.write", "reports.write")
MAX_NAME = 200
_CHUNK = 256 * 1024
_DAY = dt.timedelta(days=1)
_ORPHAN_AFTER = 2 * _DAY


class Readable(Protocol):
    """An open file, or an upload on its way."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` further bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: what it is and its cleaned bytes. Nothing is stored yet."""

    name: str
    kind: str
    media_type: str
    data: bytes
    sha256: str
    sha256_given: str
    head: str  # text near the beginning, "" for pictures
    text: str = ""  # all of it, for what was read whole


def store_upload(
    *,
    actor: Actor,
    unit_id: int,
    data: bytes | Readable,
    name: str,
    record_id: int | None = None,
    allowed: Collection[str] = DEFAULT,
    rights: Collection[str] = RIGHTS,
) -> StoredFile:
    """Check, clean and keep a file for a unit, and for a record where there is one already.

    ``allowed``: keys of ``kinds.KINDS``; ``rights``: holding any of them over the unit is
    enough for a file without a record; a record asks for the right of its kind. Call it outside
    a transaction: the file work comes first, and when writing the row fails the file goes again.
    Raises ``NotAllowed``, ``NotFound`` for a record of another unit, ``BadInput`` (field "file")
    for anything about the file: too large, of a kind not taken in, named as something else,
    damaged, locked, with macros, marked secret.
    """
    _require_any(actor, rights, unit_id)
    record = _record(actor, record_id, unit_id)
    checked = check_upload(data, name, allowed=allowed)
    if record is not None and record.visibility == Record.Visibility.PUBLIC:
        refuse_inside(checked.head)
    return _kept(actor, unit_id, checked, record)


def store_checked(
    *, actor: Actor, unit_id: int, checked: Checked, rights: Collection[str] = RIGHTS
) -> StoredFile:
    """Keep what :func:`check_upload` let in, for a record to come, without reading it again.

    Its row bears no name: what a file is called may name a person, and a file that is never
    attached is deleted days later only. ``attach_file`` gives it its own.
    """
    _require_any(actor, rights, unit_id)
    return _kept(actor, unit_id, replace(checked, name=f"tep.{extension_of(checked.name)}"), None)


def _kept(actor: Actor, unit_id: int, checked: Checked, record: Record | None) -> StoredFile:
    kept = store()
    stored_as = kept.keep(checked.data)
    try:
        with acting_as(actor):
            row = StoredFile.objects.create(
                record=record,
                unit_id=unit_id,
                name=checked.name,
                media_type=checked.media_type,
                size=len(checked.data),
                sha256=checked.sha256,
                sha256_given=checked.sha256_given,
                stored_as=stored_as,
                uploaded_by_id=actor.actor_id,
            )
            log_action(
                "file.stored",
                actor=actor,
                record_id=None if record is None else record.pk,
                data={"file": row.public_id, "sha256": row.sha256},
            )
            return row
    except BaseException:
        kept.forget(stored_as)
        raise


@dataclass(frozen=True, slots=True)
class Made:
    """Bytes that danchu itself made and keeps exactly so; no row speaks of them yet."""

    name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str


@contextmanager
def made_files(files: Mapping[str, tuple[bytes, str, str]]) -> Iterator[dict[str, Made]]:
    """Keep bytes made here around the transaction that writes their rows.

    ``files``: key -> (bytes, file name, media type). File work stands outside transactions
    (DESIGN decision 12); when the block fails, the bytes go again.
    """
    kept, made = store(), {}
    try:
        for key, (data, name, media_type) in files.items():
            made[key] = Made(
                clean_name(name),
                media_type,
                len(data),
                hashlib.sha256(data).hexdigest(),
                kept.keep(data),
            )
        yield made
    except BaseException:
        for item in made.values():
            kept.forget(item.stored_as)
        raise


def add_made(*, actor: Actor, unit_id: int, record_id: int, made: Made) -> StoredFile:
    """The row of a made file, written inside the transaction of the service it belongs to.

    The caller checks the right and logs the hash.
    """
    return StoredFile.objects.create(
        record_id=record_id,
        unit_id=unit_id,
        name=made.name,
        media_type=made.media_type,
        size=made.size,
        sha256=made.sha256,
        sha256_given=made.sha256,
        stored_as=made.stored_as,
        uploaded_by_id=actor.actor_id,
    )


def attach_file(
    *, actor: Actor, public_id: uuid.UUID, record_id: int, name: str = ""
) -> StoredFile:
    """Give a file that was handed in before its record to that record, of the same unit.

    ``name``: its own, where it was kept without. Only by who handed it in. Raises ``NotFound``,
    ``Conflict`` when it belongs to another record.
    """
    with acting_as(actor):
        row = StoredFile.objects.select_for_update().filter(public_id=public_id).first()
        if row is None or row.uploaded_by_id != actor.actor_id:
            raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
        if row.record_id == record_id:
            return row
        if row.record_id is not None:
            raise Conflict(
                "Tệp này đã gắn với nội dung khác. Tải tệp lên lại cho nội dung này.",
                "This file belongs to another record. Upload it again for this one.",
                field="file",
            )
        _require_any(actor, RIGHTS, row.unit_id)
        record = _record(actor, record_id, row.unit_id)
        assert record is not None
        row.record = record
        row.name = clean_name(name) if name else row.name
        row.save(update_fields=["record", "name"])
        log_action("file.attached", actor=actor, record_id=record_id, data={"file": row.public_id})
    return row


def check_upload(
    data: bytes | Readable,
    name: str,
    *,
    allowed: Collection[str] = DEFAULT,
    whole: bool = False,
) -> Checked:
    """What :func:`store_upload` does before it keeps anything; raises the same ``BadInput``.

    ``whole``: for a document that everybody may take home, read to its end (``Checked.text``)
    and refused where it holds what is for its writer only or acts on its reader's machine.
    """
    given = read_within_limit(data)
    if not given:
        raise BadInput("Tệp rỗng, không có nội dung.", "The file is empty.", field="file")
    shown = clean_name(name)
    refuse_secret("", shown)
    kind = sniff(given)
    if kind == "ole":
        raise office.refuse_ole()
    if kind is None or kind not in allowed:
        names = ", ".join(KINDS[key].name for key in KINDS if key in allowed)
        raise BadInput(
            f"Không nhận loại tệp này. Nhận: {names}.",
            f"This kind of file is not taken in. Taken in: {names}.",
            code="kind",
            field="file",
        )
    extension = extension_of(shown)
    if extension and extension not in KINDS[kind].extensions:
        raise BadInput(
            f"Tên tệp ghi .{extension} nhưng nội dung là {KINDS[kind].name}. "
            "Đổi đúng tên tệp rồi gửi lại.",
            f"The name says .{extension} but the content is {KINDS[kind].name}. "
            "Rename the file and send it again.",
            code="mismatch",
            field="file",
        )
    if not extension:
        shown = f"{shown}.{KINDS[kind].extensions[0]}"
    cleaned, text = _clean_whole(given, kind) if whole else _clean(given, kind)
    refuse_secret(text)  # looks at the head of it
    return Checked(
        name=shown,
        kind=kind,
        media_type=KINDS[kind].media_type,
        data=cleaned,
        sha256=hashlib.sha256(cleaned).hexdigest(),
        sha256_given=hashlib.sha256(given).hexdigest(),
        head=text[: 2 * HEAD_CHARACTERS],
        text=text if whole else "",
    )


def sweep_orphans() -> int:
    """Delete what was uploaded and never became part of anything; a daily duty. How many.

    That is bytes without a row (a transaction around the caller's was rolled back) and rows
    that no record took up within two days.
    """
    kept, swept = store(), 0
    before = clock.now() - _ORPHAN_AFTER
    for row in StoredFile.objects.filter(record=None, uploaded_at__lt=before):
        try:
            row.delete()
        except ProtectedError:
            continue  # another table holds on to it
        kept.forget(row.stored_as)
        swept += 1
    for name in kept.older_than(_ORPHAN_AFTER.total_seconds()):
        if not StoredFile.objects.filter(stored_as=name).exists():
            kept.forget(name)
            swept += 1
    return swept


def clean_name(name: str) -> str:
    """A file's name as it is shown: its last part, without control or direction characters."""
    last = PurePosixPath(at_the_door(name).replace("\\", "/")).name
    last = " ".join(last.split()).strip(". ")
    if not last:
        return "tep"
    if len(last) <= MAX_NAME:
        return last
    extension = extension_of(last)
    return last[: MAX_NAME - len(extension) - 1].rstrip() + (f".{extension}" if extension else "")


def _clean(given: bytes, kind: str) -> tuple[bytes, str]:
    if kind in PICTURES:
        return clean_picture(given, kind), ""
    if kind == "pdf":
        return given, office.check_pdf(given)
    if kind == "doc":
        return given, office.check_doc(given)
    if kind in ("txt", "html"):
        return office.clean_text(given, is_html=kind == "html")
    return office.clean_office(given, kind)


def _clean_whole(given: bytes, kind: str) -> tuple[bytes, str]:
    if kind == "pdf":
        return office.check_whole_pdf(given)
    if kind == "docx":
        return office.clean_office(given, kind, whole=True)
    return _clean(given, kind)  # a picture says nothing; others are shown as they were read


def read_within_limit(data: bytes | Readable) -> bytes:
    """The bytes of an upload, never more in memory than may be taken in.

    Raises ``BadInput`` (code "too_large", field "file") for a larger one.
    """
    limit = int(settings.DANCHU_MAX_UPLOAD)
    if isinstance(data, bytes):
        if len(data) > limit:
            raise _too_large(len(data), limit)
        return data
    stated = getattr(data, "size", None)
    if isinstance(stated, int) and stated > limit:
        raise _too_large(stated, limit)
    pieces, total = [], 0
    while piece := data.read(_CHUNK):
        total += len(piece)
        if total > limit:
            raise _too_large(None, limit)
        pieces.append(piece)
    return b"".join(pieces)


def _too_large(size: int | None, limit: int) -> BadInput:
    most = limit / 1_000_000
    vi = f"{size / 1_000_000:.1f} MB".replace(".", ",") if size else f"hơn {most:.0f} MB"
    en = f"{size / 1_000_000:.1f} MB" if size else f"more than {most:.0f} MB"
    return BadInput(
        f"Tệp có {vi}, nhiều nhất là {most:.0f} MB. Giảm độ phân giải ảnh hoặc tách tệp rồi gửi "
        "lại. Tệp không được giữ lại.",
        f"The file has {en}, at most {most:.0f} MB are taken in. Lower the resolution or split "
        "it. It was not kept.",
        code="too_large",
        field="file",
    )


def _require_any(actor: Actor, rights: Collection[str], unit_id: int) -> None:
    if not any(actor.may(right, unit_id) for right in rights):
        raise NotAllowed(
            "Tài khoản này không được gửi tệp cho đơn vị này. Tệp không được giữ lại.",
            "This account may not hand in files for this unit. The file was not kept.",
        )


def _record(actor: Actor, record_id: int | None, unit_id: int) -> Record | None:
    """The record of the unit to which ``actor`` may add a file, by the right of its kind."""
    if record_id is None:
        return None
    record = Record.objects.filter(pk=record_id, unit_id=unit_id).first()
    if record is None:
        raise NotFound("Không tìm thấy nội dung này.", "There is no such record.")
    kind = declared_findables().get(record.kind)
    _require_any(actor, () if kind is None else (kind.right,), unit_id)
    if record.state == Record.State.CANCELLED:
        raise Conflict(
            "Nội dung này đã hủy nên không gắn thêm tệp được.",
            "This record was cancelled; no file can be added to it.",
        )
    return record
