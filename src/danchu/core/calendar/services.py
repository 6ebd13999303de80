"""Writing the calendar: days off decided each year, and the periods of a committee."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from django.db import IntegrityError
from django.db.models import Max

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.text import at_the_door

from . import periods, shipped
from .days import Special
from .models import CalendarVersion, Period, PeriodScheme, SchemeDue, SpecialDay
from .periods import PeriodKind
from .words import printed

_SCHEME_CODE = re.compile(r"[a-z][a-z0-9_-]{1,29}")
_PERIOD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,24}")


def extend_calendar(*, actor: Actor, days: Sequence[Special], note: str) -> CalendarVersion:
    """Add or correct special days as a new version of the calendar.

    Needs the right "calendar.edit". ``note`` names the notice or decision the days come from.
    A kind "ordinary" withdraws an earlier row. Clocks that run keep the version they were
    started with. Raises ``BadInput`` for days that contradict themselves, ``Conflict`` when
    somebody else changed the calendar in the same moment.
    """
    require(actor, "calendar.edit")
    note = _line(note)
    checked = shipped.checked_days(
        replace(day, name_vi=_line(day.name_vi), name_en=_line(day.name_en), basis=_line(day.basis))
        for day in days
    )
    if not checked:
        raise BadInput(
            "Chưa ghi ngày nào vào lịch.", "No day was entered for the calendar.", field="days"
        )
    if not 1 <= len(note) <= 300:
        raise BadInput(
            "Ghi văn bản thông báo hoặc quyết định lịch nghỉ làm căn cứ, không quá 300 ký tự.",
            "Name the notice or decision these days off rest on, in 300 characters at most.",
            field="note",
        )
    with acting_as(actor):
        if not CalendarVersion.objects.exists():
            # The rows of the release come first, or the extension would stand for everything.
            add_version(
                list(shipped.shipped_calendar().days.values()),
                source=shipped.digest(shipped.FOLDER / shipped.FILE_NAME),
                note="",
                actor=actor,
            )
        version = add_version(list(checked.values()), source="", note=note, actor=actor)
        log_action(
            "calendar.extended",
            actor=actor,
            data={
                "version": version.number,
                "days": [f"{day.date.isoformat()} {day.kind}" for day in checked.values()],
                "note": version.note,
            },
        )
    return version


def add_version(
    days: Sequence[Special], *, source: str, note: str, actor: Actor
) -> CalendarVersion:
    """Write the next version with its rows; inside the transaction of the caller."""
    number = (CalendarVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        version = CalendarVersion.objects.create(
            number=number, source=source, note=note, created_by_id=actor.actor_id
        )
    except IntegrityError:
        raise Conflict(
            "Người khác vừa sửa lịch làm việc. Chưa lưu gì; mở lại lịch rồi ghi lại.",
            "Somebody else has just changed the calendar. Nothing was saved; open it again.",
        ) from None
    SpecialDay.objects.bulk_create(
        SpecialDay(
            version=version,
            date=day.date,
            kind=day.kind,
            name_vi=day.name_vi,
            name_en=day.name_en,
            basis=day.basis,
            certainty=day.certainty,
        )
        for day in days
    )
    return version


def period_row(code: str) -> Period:
    """The row of a period, made on first use for the built-in schemes.

    It follows from its code alone, so it takes no actor and is not logged. Raises
    ``BadInput`` for a code that no scheme knows.
    """
    row = Period.objects.filter(code=code).first()
    if row is not None:
        return row
    span = periods.parse_period(code)
    built_in = periods.SCHEMES[span.scheme]
    scheme, _ = PeriodScheme.objects.get_or_create(
        code=built_in.code,
        defaults={
            "name_vi": built_in.name.vi,
            "name_en": built_in.name.en,
            "basis": built_in.basis,
        },
    )
    row, _ = Period.objects.get_or_create(
        code=span.code,
        defaults={"scheme": scheme, "kind": span.kind, "start": span.start, "end": span.end},
    )
    return row


def add_scheme(
    *,
    actor: Actor,
    code: str,
    name_vi: str,
    name_en: str = "",
    basis: str = "",
    unit_id: int | None = None,
) -> PeriodScheme:
    """A body's own way to cut the year into periods. Needs "periods.edit" over the unit.

    Raises ``BadInput`` for a malformed code or an empty name, ``Conflict`` for a code in use.
    """
    require(actor, "periods.edit", unit_id)
    if not _SCHEME_CODE.fullmatch(code):
        raise BadInput(
            "Mã cách chia kỳ gồm 2 đến 30 chữ thường không dấu, chữ số, gạch nối, bắt đầu bằng "
            "chữ.",
            "The code of a scheme has 2 to 30 plain lower-case letters, digits or hyphens and "
            "begins with a letter.",
            field="code",
        )
    name_vi, name_en, basis = _line(name_vi), _line(name_en), _line(basis)
    if not 1 <= len(name_vi) <= 200 or len(name_en) > 200 or len(basis) > 300:
        raise BadInput(
            "Ghi tên cách chia kỳ không quá 200 ký tự, căn cứ không quá 300 ký tự.",
            "Name the scheme in 200 characters at most, its basis in 300.",
            field="name_vi",
        )
    taken = Conflict(
        f"Mã “{code}” đã được dùng cho một cách chia kỳ khác.",
        f"The code “{code}” is already that of another scheme.",
        field="code",
    )
    if code in periods.SCHEMES or PeriodScheme.objects.filter(code=code).exists():
        raise taken
    with acting_as(actor):
        try:
            scheme = PeriodScheme.objects.create(
                code=code,
                name_vi=name_vi,
                name_en=name_en or name_vi,
                basis=basis,
                unit_id=unit_id,
            )
        except IntegrityError:
            raise taken from None
        log_action("periods.scheme_added", actor=actor, data={"code": code, "name": scheme.name_vi})
    return scheme


MOST_DAYS_AFTER = 365


def set_due_days(*, actor: Actor, scheme_code: str, days: Mapping[str, int]) -> None:
    """Say by how many days after a period's end each level hands in; other levels stay as usual.

    Needs "periods.edit" over the unit of the scheme. Rounds that are open keep their dates.
    Raises ``NotFound`` for an unknown scheme, ``BadInput`` for a level that hands in nothing or
    a number that is none.
    """
    scheme = PeriodScheme.objects.filter(code=scheme_code).first()
    if scheme is None:
        raise NotFound(
            f"Không có cách chia kỳ nào mang mã “{scheme_code}”.",
            f"There is no scheme of periods with the code “{scheme_code}”.",
            field="scheme",
        )
    require(actor, "periods.edit", scheme.unit_id)
    for level, number in days.items():
        if level not in periods.DUE_AFTER:
            raise BadInput(
                f"Không có cấp nộp “{level[:20]}”.", f"No level “{level[:20]}”.", field="days"
            )
        if type(number) is not int or not 0 <= number <= MOST_DAYS_AFTER:
            raise BadInput(
                f"Số ngày từ 0 đến {MOST_DAYS_AFTER}.",
                f"The number of days is from 0 to {MOST_DAYS_AFTER}.",
                field="days",
            )
    _require_upward(scheme, days)
    with acting_as(actor):
        for level, number in days.items():
            SchemeDue.objects.update_or_create(
                scheme=scheme, level=level, defaults={"days_after": number}
            )
        log_action(
            "periods.due_days_set", actor=actor, data={"code": scheme_code, "days": dict(days)}
        )


def _require_upward(scheme: PeriodScheme, days: Mapping[str, int]) -> None:
    """Raise ``BadInput`` for a level that would hand in after the one above it."""
    told = dict(SchemeDue.objects.filter(scheme=scheme).values_list("level", "days_after"))
    whole = told | dict(days)
    for place, storey in enumerate(periods.STOREYS):
        for lower in (level for level in storey if level in whole):
            for upper in (one for above in periods.STOREYS[place + 1 :] for one in above):
                if upper in whole and whole[lower] > whole[upper]:
                    raise BadInput(
                        f"Cấp dưới nộp sau {whole[lower]} ngày, muộn hơn cấp trên "
                        f"({whole[upper]} ngày).",
                        f"The level below hands in after {whole[lower]} days, later than the one "
                        f"above ({whole[upper]} days).",
                        field=f"due_{lower}" if lower in days else f"due_{upper}",
                    )


def add_period(
    *,
    actor: Actor,
    scheme_code: str,
    name: str,
    start: dt.date,
    end: dt.date,
    kind: PeriodKind = "other",
) -> Period:
    """A period with its own dates in a body's own scheme; its code is ``scheme:name``.

    Needs "periods.edit" over the unit of the scheme. Periods of one kind do not overlap,
    except those of kind "other" (as a stub at a change of the map). Raises ``NotFound`` for
    an unknown scheme, ``BadInput`` for dates the wrong way round, a malformed name or a
    built-in scheme, ``Conflict`` for a code in use or an overlap.
    """
    if scheme_code in periods.SCHEMES:
        raise BadInput(
            "Kỳ của cách chia này do quy định chung đặt, không thêm bằng tay.",
            "The periods of this scheme are set by a general rule and are not added by hand.",
            field="scheme",
        )
    scheme = PeriodScheme.objects.filter(code=scheme_code).first()
    if scheme is None:
        raise NotFound(
            f"Không có cách chia kỳ nào mang mã “{scheme_code}”.",
            f"There is no scheme of periods with the code “{scheme_code}”.",
            field="scheme",
        )
    require(actor, "periods.edit", scheme.unit_id)
    if not _PERIOD_NAME.fullmatch(name):
        raise BadInput(
            "Tên ngắn của kỳ gồm 1 đến 25 chữ không dấu, chữ số, gạch nối.",
            "The short name of a period has 1 to 25 plain letters, digits or hyphens.",
            field="name",
        )
    if end < start:
        raise BadInput(
            f"Kỳ kết thúc ngày {printed(end)}, trước ngày bắt đầu {printed(start)}.",
            f"The period ends on {printed(end)}, before it begins on {printed(start)}.",
            field="end",
        )
    if kind not in get_args(PeriodKind):
        raise BadInput(f"Không có loại kỳ “{kind}”.", f"No kind “{kind}”.", field="kind")
    code = f"{scheme_code}:{name}"
    with acting_as(actor):
        # Two periods typed at once must see each other, or both would find no overlap.
        PeriodScheme.objects.select_for_update().get(pk=scheme.pk)
        _refuse_overlap(scheme, kind, start, end)
        try:
            period = Period.objects.create(
                scheme=scheme, code=code, kind=kind, start=start, end=end
            )
        except IntegrityError:
            raise Conflict(
                f"Kỳ “{code}” đã có.", f"The period “{code}” exists already.", field="name"
            ) from None
        log_action(
            "periods.period_added",
            actor=actor,
            data={"code": code, "kind": kind, "start": start, "end": end},
        )
    return period


def _refuse_overlap(scheme: PeriodScheme, kind: PeriodKind, start: dt.date, end: dt.date) -> None:
    if kind == "other":
        return
    other = Period.objects.filter(scheme=scheme, kind=kind, start__lte=end, end__gte=start).first()
    if other is not None:
        raise Conflict(
            f"Trùng ngày với kỳ “{other.code}” ({printed(other.start)} đến {printed(other.end)}).",
            f"Overlaps the period “{other.code}” ({printed(other.start)} to {printed(other.end)}).",
            field="start",
        )


def _line(text: str) -> str:
    """What a person typed, as one line."""
    return " ".join(at_the_door(text).split())
