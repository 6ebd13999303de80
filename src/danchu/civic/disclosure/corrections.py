"""A notice that was wrong is corrected by a notice of its own (Law 10/2022 article 14.2)."""

from __future__ import annotations

from uuid import UUID

from danchu.core.contracts import Corrections

from .models import Notice


def _of(record_id: int) -> list[int]:
    rows = Notice.objects.filter(corrects_id=record_id).order_by("-record__occurred_on", "-pk")
    return list(rows.values_list("pk", flat=True))


def _page(public_id: UUID, code: str) -> str:
    return f"/office/ghi-viec/cong-khai/moi/?don-vi={code}&dinh-chinh={public_id}"


CORRECTIONS = [Corrections("disclosure", _of, _page)]
