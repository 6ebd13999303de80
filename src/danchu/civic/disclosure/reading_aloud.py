"""A notice as it is read over the loudspeakers: plain text, and how long reading takes.

Article 13.3 of Law 10/2022 has some contents broadcast. Vietnamese only: it is read to the
village. Never a name of a list.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from danchu.core.errors import BadInput
from danchu.core.text.spoken import number_words
from danchu.core.text.syllables import is_syllable
from danchu.core.units.selectors import UnitOnDay

from .rules import PLACE_NAMES
from .views import NoticeView

SYLLABLES_A_MINUTE = 130
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Script:
    """What is read, a paragraph a line, and for how long: at 130 syllables a minute."""

    text: str
    syllables: int

    @property
    def seconds(self) -> int:
        """Reading time, rounded up to whole seconds."""
        return -(-self.syllables * 60 // SYLLABLES_A_MINUTE)


def discloses(unit: UnitOnDay) -> str:
    """In whose name a unit discloses: a commune by its People's Committee, others by their own."""
    if unit.level == "commune":
        return f"Ủy ban nhân dân {unit.name}"
    return f"{unit.name[:1].upper()}{unit.name[1:]}"


def script_of(notice: NoticeView, *, unit: UnitOnDay) -> Script:
    """The script of a notice of this unit: neighbours are spoken to as such, staff as staff."""
    hearers = "bà con" if notice.base_kind == "commune" else "các đồng chí"
    if notice.base_kind in ("workplace", "state_enterprise"):
        hearers = "anh chị em người lao động"
    lines = []
    if notice.corrections:
        # Article 14.2: the correction is what is to be read.
        day = _printed(notice.corrections[-1].occurred_on)
        lines.append(f"Bản này đã được đính chính ngày {day}. Đọc bản đính chính.")
    lines.append(f"Kính thưa {hearers}. {discloses(unit)} thông báo nội dung công khai.")
    lines.append(_sentence(notice.title))
    if notice.document_number:
        day = f"{notice.decided_on:%d/%m/%Y}"
        lines.append(f"Theo văn bản số {notice.document_number}, ngày {day}.")
    lines += [_sentence(line) for line in notice.text.splitlines() if line.strip()]
    if notice.table is not None:
        lines.append("Bảng chi tiết xem tại nơi niêm yết.")
    if notice.has_names:
        lines.append("Danh sách xem tại nơi niêm yết.")
    lines += _where(notice)
    lines.append(f"Xin cảm ơn {hearers} đã lắng nghe.")
    text = "\n".join(_with_days_read(line) for line in lines)
    return Script(text, syllables_of(text))


def syllables_of(text: str) -> int:
    """How many syllables reading takes; numbers as they are said, capitals letter by letter."""
    return sum(_said(word) for word in _WORD.findall(text))


def _said(word: str) -> int:
    digits = re.sub(r"[.,]", "", word)
    if digits.isascii() and digits.isdigit():
        try:
            return len(number_words(int(digits)).split())
        except BadInput:
            return len(digits)
    if any(char.isdigit() for char in word):
        return len(word)
    # "UBND" is said letter by letter, "TỔNG" as the word it is.
    return len(word) if word.isupper() and not is_syllable(word) else 1


def _where(notice: NoticeView) -> list[str]:
    hanging = [p for p in notice.postings if p.standing.state in ("hanging", "not_yet")]
    if not hanging:
        return []
    kinds = dict.fromkeys(PLACE_NAMES[posting.kind].vi for posting in hanging)
    until = max((p.standing.until for p in hanging if p.standing.until), default=None)
    ends = "" if notice.permanent or until is None else f" đến ngày {_printed(until)}"
    return [f"Nội dung được niêm yết tại {', '.join(kinds)}{ends}."]


def _printed(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _with_days_read(text: str) -> str:
    """Days as they are read: "20/05/2026" is "20 tháng 5 năm 2026"."""
    return _DAY.sub(lambda m: f"{int(m[1])} tháng {int(m[2])} năm {m[3]}", text)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", ":", ";")) else f"{text}."
