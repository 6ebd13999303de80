"""The calendar of the release: a CSV file read without Django.

Columns: ``date`` (YYYY-MM-DD), ``kind`` (holiday, swap_off, work), ``name_vi``, ``name_en``
(may be left out), ``basis`` (the text it rests on), ``certainty`` (sure, likely, unsure).
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from danchu.core.errors import BadInput

from .days import DayKind, Special, WorkCalendar, checked_day
from .words import printed

FOLDER = Path(__file__).parent / "data"
FILE_NAME = "calendar.csv"
CERTAINTIES = ("sure", "likely", "unsure")
_KINDS: dict[str, DayKind] = {"holiday": "holiday", "swap_off": "swap_off", "work": "work"}


def read_days(path: Path) -> dict[dt.date, Special]:
    """The special days of a calendar file.

    Raises ``BadInput`` naming the line for a missing column, a date that does not exist or
    comes twice, an unknown kind, or a kind that does not fit its weekday.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"Không đọc được tệp lịch {path.name}: {error}.",
            f"The calendar file {path.name} cannot be read: {error}.",
        ) from None
    reader = csv.DictReader(io.StringIO(text))
    missing = {"date", "kind", "name_vi", "basis", "certainty"} - set(reader.fieldnames or ())
    if missing:
        names = ", ".join(sorted(missing))
        raise BadInput(
            f"Tệp lịch {path.name} thiếu cột: {names}.",
            f"The calendar file {path.name} lacks the columns: {names}.",
        )
    return checked_days(_rows(reader, path.name))


def _rows(reader: csv.DictReader[str], name: str) -> Iterator[Special]:
    for row in reader:
        try:
            yield Special(
                dt.date.fromisoformat(row["date"]),
                _KINDS[row["kind"]],
                row["name_vi"],
                row.get("name_en") or "",
                row["basis"],
                row["certainty"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f"Tệp lịch {name}, dòng {reader.line_num}: giá trị không hợp lệ ({error}).",
                f"Calendar file {name}, line {reader.line_num}: invalid value ({error}).",
            ) from None


def checked_days(days: Iterable[Special]) -> dict[dt.date, Special]:
    """The days by date. ``BadInput`` for a date given twice or a kind that its weekday denies.

    A make-up day is a Saturday or Sunday, a swapped day off a day from Monday to Friday.
    """
    found: dict[dt.date, Special] = {}
    for special in days:
        day = printed(checked_day(special.date))
        if special.date in found:
            raise BadInput(
                f"Ngày {day} được ghi hai lần.", f"The day {day} is given twice.", field="days"
            )
        if special.kind == "work" and special.date.weekday() < 5:
            raise BadInput(
                f"Ngày {day} không phải thứ Bảy hay Chủ nhật nên không thể là ngày làm bù.",
                f"{day} is neither a Saturday nor a Sunday, so it cannot be a make-up day.",
                field="days",
            )
        if special.kind == "swap_off" and special.date.weekday() >= 5:
            raise BadInput(
                f"Ngày {day} là ngày nghỉ hằng tuần nên không thể là ngày nghỉ hoán đổi.",
                f"{day} is a weekly day off, so it cannot be a swapped day off.",
                field="days",
            )
        if special.kind != "ordinary" and not special.name_vi.strip():
            raise BadInput(
                f"Ngày {day} chưa có tên gọi.", f"The day {day} has no name.", field="days"
            )
        if max(len(special.name_vi), len(special.name_en)) > 200 or len(special.basis) > 300:
            raise BadInput(
                f"Ngày {day}: tên gọi dài quá 200 ký tự hoặc căn cứ dài quá 300 ký tự.",
                f"{day}: the name has more than 200 characters or the basis more than 300.",
                field="days",
            )
        if special.certainty not in CERTAINTIES:
            raise BadInput(
                f"Ngày {day}: mức chắc chắn “{special.certainty[:20]}” không có.",
                f"{day}: there is no certainty “{special.certainty[:20]}”.",
                field="days",
            )
        found[special.date] = special
    return found


def digest(path: Path) -> str:
    """A short, stable name of what a file holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar of the release, as the first version every installation starts from."""
    return WorkCalendar(1, read_days(FOLDER / FILE_NAME))
