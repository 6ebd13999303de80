"""What every step after the freezing begins with."""

from __future__ import annotations

import datetime as dt

from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.records.inputs import clean_day
from danchu.core.text import english_date, format_date

from ..models import FrozenReport


def issue_task(frozen_id: int) -> str:
    """The key of the task to give a frozen report its number and issue it."""
    return f"report.issue:{frozen_id}"


def not_before(day: dt.date, frozen: FrozenReport, field: str, name_vi: str, name_en: str) -> None:
    clean_day(day, field, name_vi, name_en)
    first = frozen.record.occurred_on
    if day < first:
        raise BadInput(
            f"{name_vi[:1].upper()}{name_vi[1:]} không thể trước ngày chốt {format_date(first)}.",
            f"The {name_en} cannot lie before the report was frozen on {english_date(first)}.",
            field=field,
        )


def locked(frozen_id: int) -> FrozenReport:
    frozen = (
        FrozenReport.objects.select_for_update(of=("self",))
        .select_related("record")
        .filter(pk=frozen_id)
        .first()
    )
    if frozen is None:
        raise unknown()
    return frozen


def unknown() -> NotFound:
    return NotFound("Không tìm thấy bản chốt này.", "There is no such frozen report.")


def withdrawn() -> Conflict:
    return Conflict("Bản chốt này đã thu hồi.", "This frozen report was withdrawn.")
