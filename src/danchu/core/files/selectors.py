"""Giving files out: whoever may see the record may see its files, and nobody else."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import Q, QuerySet

from danchu.core.accounts.policy import within
from danchu.core.contracts import Actor
from danchu.core.errors import NotFound, Refusal
from danchu.core.records.selectors import visible_records

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
    """The files that ``viewer`` may see: those of records they may see.

    A file that belongs to no record yet is seen by who handed it in and by those who may
    read inside its unit.
    """
    loose = Q(record__isnull=True) & within(viewer, "records.read", "unit")
    if viewer.actor_id is not None:
        loose |= Q(record__isnull=True, uploaded_by_id=viewer.actor_id)
    return StoredFile.objects.filter(Q(record__in=visible_records(viewer)) | loose)


def files_of(viewer: Actor, record_id: int) -> list[StoredFile]:
    """The files of a record, in the order they came; empty for who may not see it."""
    return list(visible_files(viewer).filter(record_id=record_id).order_by("uploaded_at", "pk"))


def open_file(viewer: Actor, public_id: uuid.UUID) -> OpenedFile:
    """The file of this address, opened.

    Raises ``NotFound`` alike for none and for one that ``viewer`` may not see, ``Refusal`` when
    the bytes are missing from the store.
    """
    row = visible_files(viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
    try:
        handle = store().open(row.stored_as)
    except OSError:
        log.error("file %s is not in the store", row.pk)
        raise Refusal(
            "Tệp này hiện không mở được. Người quản trị hệ thống khôi phục được từ bản sao lưu.",
            "This file cannot be opened now. The administrator can restore it from a backup.",
        ) from None
    return OpenedFile(row.name, row.media_type, row.size, row.sha256, handle)
