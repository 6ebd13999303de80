"""Giving files out: to whoever may read inside the unit they belong to, and nobody else."""

from __future__ import annotations

import hashlib
import logging
import uuid
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import Q, QuerySet

from danchu.core.accounts.policy import within
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound, Refusal

from .models import StoredFile
from .storage import store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it is served. ``handle`` is open; whoever asked for it closes it."""

    name: str
    media_type: str
    size: int
    sha256: str
    handle: BinaryIO


def visible_files(viewer: Actor) -> QuerySet[StoredFile]:
    """The files that ``viewer`` may see: those of records of units they may read inside.

    That a record is public publishes what is said in it, not the minutes and lists attached to
    it; those carry names. A file that belongs to no record yet is also seen by who handed it in.
    """
    seen = within(viewer, "records.read", "unit")
    if viewer.actor_id is not None:
        seen |= Q(record__isnull=True, uploaded_by_id=viewer.actor_id)
    return StoredFile.objects.filter(seen)


def files_of(viewer: Actor, record_id: int) -> list[StoredFile]:
    """The files of a record, in the order they came; empty for who may not see it."""
    return list(visible_files(viewer).filter(record_id=record_id).order_by("uploaded_at", "pk"))


def open_file(viewer: Actor, public_id: uuid.UUID) -> OpenedFile:
    """The file of this address, opened.

    Raises ``NotFound`` alike for none and for one that ``viewer`` may not see, ``Refusal`` when
    the bytes are missing from the store or are not those that were kept.
    """
    row = visible_files(viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
    return open_kept(row)


def open_kept(row: StoredFile, *, name: str = "") -> OpenedFile:
    """A file that its own room has decided to give out, opened, under ``name`` where it is given.

    Raises ``Refusal`` when the bytes are missing from the store or are not those that were kept.
    """
    try:
        handle = store().open(row.stored_as)
        if _digest(handle) != row.sha256:
            handle.close()
            raise OSError("not the bytes that were kept")
        handle.seek(0)
    except OSError:
        log.error("file %s is not in the store as it was kept", row.pk)
        raise Refusal(
            "Tệp này hiện không mở được. Người quản trị hệ thống khôi phục được từ bản sao lưu.",
            "This file cannot be opened now. The administrator can restore it from a backup.",
        ) from None
    return OpenedFile(name or row.name, row.media_type, row.size, row.sha256, handle)


def _digest(handle: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := handle.read(256 * 1024):
        digest.update(piece)
    return digest.hexdigest()
