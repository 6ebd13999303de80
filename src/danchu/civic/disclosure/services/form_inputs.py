"""What a broadcast and another form of disclosure must say, for every way they come in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from danchu.core import clock
from danchu.core.errors import BadInput
from danchu.core.records.inputs import clean_choice, clean_count, clean_day, clean_line
from danchu.core.text import fold, format_date

from ..models import Form
from .shielding import refuse_in_line


@dataclass(frozen=True, slots=True)
class BroadcastInput:
    """One broadcast over the loudspeakers. ``minutes`` None: not measured."""

    on: dt.date | None
    at: dt.time | None
    station: str
    minutes: int | None = None


def cleaned_broadcast(content: BroadcastInput, published_on: dt.date) -> dict[str, Any]:
    """The columns of a broadcast with its day under "on"; its hour has come in Viet Nam."""
    if not isinstance(content.at, dt.time):
        raise BadInput("Nhập giờ phát.", "Enter the time of the broadcast.", field="at")
    station = clean_line(
        content.station, "station", "đài, cụm loa hoặc thôn", "station or village", limit=120
    )
    refuse_in_line(station, field="station", vi="tên đài, cụm loa", en="name of the station")
    on = clean_day(content.on, "on", "ngày phát", "day of the broadcast")
    if on < published_on:
        raise BadInput(
            f"Ngày phát {format_date(on)} trước ngày công khai {format_date(published_on)}.",
            f"The broadcast of {format_date(on)} is before the day of disclosure, "
            f"{format_date(published_on)}.",
            field="on",
        )
    _refuse_hour_to_come(on, content.at)
    return {
        "on": on,
        "at": content.at,
        "station": station,
        "station_key": fold(station)[:120],
        "minutes": clean_count(
            content.minutes, "minutes", "thời lượng (phút)", "length in minutes", limit=600
        ),
    }


def _refuse_hour_to_come(on: dt.date, at: dt.time) -> None:
    """Raise ``BadInput`` for an hour of this very day that the clock of Viet Nam has not shown."""
    clock_there = clock.now().astimezone(clock.VIET_NAM)
    if on == clock_there.date() and at > clock_there.time():
        raise BadInput(
            f"{at:%H:%M} hôm nay chưa đến. Chỉ ghi lần đã phát.",
            f"{at:%H:%M} today has not come yet. Write down only what was broadcast.",
            field="at",
        )


# What hangs and what is broadcast is written down as such, with its place and days.
OTHER_FORMS: tuple[str, ...] = tuple(
    form for form in Form.values if form not in (Form.POSTING, Form.BROADCAST)
)


@dataclass(frozen=True, slots=True)
class FormInput:
    """Another form of article 12.1, used on a day."""

    form: str
    on: dt.date | None
    note: str = ""


def cleaned_form(content: FormInput, published_on: dt.date) -> dict[str, Any]:
    """The columns of a form used, with its day under "on"."""
    note = clean_line(content.note, "note", "ghi chú", "note", limit=300, required=False)
    refuse_in_line(note, field="note", vi="ghi chú", en="note")
    return {
        "form": clean_choice(
            content.form, OTHER_FORMS, "form", "hình thức công khai", "form of disclosure"
        ),
        "on": clean_day(content.on, "on", "ngày thực hiện", "day", not_before=published_on),
        "note": note,
    }
