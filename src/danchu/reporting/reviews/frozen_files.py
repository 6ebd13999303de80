"""The kept bytes of a frozen report."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from danchu.core.errors import Refusal
from danchu.core.files.storage import store

from .models import FrozenFile, FrozenReport


def read_kept(frozen: FrozenReport, kind: str) -> bytes:
    """Those very bytes. Raises ``Refusal`` when they are missing or are not what was kept."""
    file = FrozenFile.objects.select_related("file").get(report=frozen, kind=kind).file
    return _read(file.stored_as, file.sha256)


def data_in(stored_as: str, sha256: str) -> dict[str, Any]:
    """What a kept file of data says. Raises ``Refusal`` as :func:`read_kept` does."""
    found: dict[str, Any] = json.loads(_read(stored_as, sha256))
    return found


def _read(stored_as: str, sha256: str) -> bytes:
    try:
        with store().open(stored_as) as handle:
            data = handle.read()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refusal(
            "Tệp của bản chốt không còn nguyên vẹn. Người quản trị khôi phục từ bản sao lưu.",
            "A file of the frozen report is not whole. The administrator restores it from backup.",
        )
    return data


def kept_data(frozen: FrozenReport) -> dict[str, Any]:
    """What the report is made of: as issued, or as frozen while it waits."""
    issued = frozen.state == FrozenReport.State.ISSUED
    kind = FrozenFile.Kind.DATA if issued else FrozenFile.Kind.CONTENT
    found: dict[str, Any] = json.loads(read_kept(frozen, kind))
    return found
