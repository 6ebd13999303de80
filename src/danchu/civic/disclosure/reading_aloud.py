"""A notice as it is read over the loudspeakers: plain text, and how long reading takes.

Article 13.3 of Law 10/2022 has some contents broadcast. Vietnamese only: it is read to the
village. Never a name of a list.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from danchu.core.text.aloud import spoken, written_for_reading
from danchu.core.units.selectors import UnitOnDay

from .rules import PLACE_NAMES
from .views import NoticeView

SYLLABLES_A_MINUTE = 130
MOST_HEARD = 10_000  # letters of a notice that a voice reads: some twenty minutes
_SYLLABLE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Script:
    """What is read, a paragraph a line, and for how long: at 130 syllables a minute.

    ``text`` for who reads it from paper, ``spoken`` the same in nothing but words, for a voice.
    """

    text: str
    spoken: str
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
    lines = [f"Kính thưa {hearers}. {discloses(unit)} thông báo nội dung công khai."]
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
    text = "\n".join(written_for_reading(line) for line in lines)
    said = spoken(text)
    return Script(text, said, len(_SYLLABLE.findall(said)))


def syllables_of(text: str) -> int:
    """How many syllables reading takes; numbers and abbreviations as they are said."""
    return len(_SYLLABLE.findall(spoken(text)))


def short_enough_to_hear(notice: NoticeView) -> bool:
    """Whether a notice is read as a recording; a longer one nobody listens to over loudspeakers."""
    return len(notice.text) <= MOST_HEARD


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


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", ":", ";")) else f"{text}."
