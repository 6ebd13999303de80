"""The quarterly register: content, form and time of what was disclosed (article 13.2; K3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from danchu.core.calendar.words import Phrase, printed
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput
from danchu.core.law.catalog import cited
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.inputs import EARLIEST
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from .. import rules
from ..models import Broadcast, Form, FormUsed, Notice, Place, Posting

_LIVE = Q(record__state=Record.State.RECORDED)
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year."""

    year: int
    number: int

    @classmethod
    def read(cls, key: str) -> Quarter:
        """The quarter of "2026-Q1". Raises ``BadInput`` for anything else, or one to come."""
        year, mark, number = key.partition("-Q")
        within = {str(one) for one in range(EARLIEST.year, today().year + 1)}
        if mark and year in within and number in ("1", "2", "3", "4"):
            quarter = cls(int(year), int(number))
            if quarter.end >= EARLIEST and quarter.start <= today():
                return quarter
        raise BadInput(
            "Chọn một quý đã bắt đầu.", "Choose a quarter that has begun.", field="quarter"
        )

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """The quarter that holds a day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def key(self) -> str:
        """As it is stored and addressed: "2026-Q1"."""
        return f"{self.year}-Q{self.number}"

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> dt.date:
        """Its last day."""
        after = dt.date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return after - dt.timedelta(days=1)

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.start - dt.timedelta(days=1))

    @property
    def name(self) -> Phrase:
        """As printed: "quý I năm 2026"."""
        return Phrase(
            f"quý {_ROMAN[self.number - 1]} năm {self.year}",
            f"quarter {self.number} of {self.year}",
        )


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A content disclosed: which, by which clause, how and when."""

    notice_id: int
    title: str
    document_number: str
    clause: Phrase
    published_on: dt.date
    forms: Phrase
    time: Phrase


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a unit for a quarter, as it stands now, oldest first."""

    quarter: Quarter
    lines: tuple[RegisterLine, ...]

    def as_table(self) -> dict[str, Any]:
        """The lines as the table of a notice, in Vietnamese: it is the paper that is posted."""
        return {
            "header": [
                "TT",
                "Nội dung công khai",
                "Căn cứ",
                "Hình thức công khai",
                "Thời gian công khai",
            ],
            "rows": [
                [
                    str(n),
                    f"{line.title} ({line.document_number})"
                    if line.document_number
                    else line.title,
                    line.clause.vi,
                    line.forms.vi,
                    line.time.vi,
                ]
                for n, line in enumerate(self.lines, start=1)
            ],
            "money": False,
        }


def register_of(viewer: Actor, unit_id: int, quarter: Quarter) -> Register:
    """What a unit disclosed in a quarter, of what the viewer may see; registers are left out.

    Five queries whatever the number of notices. Names of lists are no part of it.
    """
    records = visible_records(
        viewer, unit_id=unit_id, kinds=["disclosure"], start=quarter.start, end=quarter.end
    )
    shown = list(
        Notice.objects.select_related("record")
        .filter(_LIVE, record__in=records, register_of="")
        .order_by("record__occurred_on", "record_id")
    )
    ids = [row.pk for row in shown]
    postings: dict[int, list[Posting]] = {pk: [] for pk in ids}
    rows = Posting.objects.select_related("record").filter(_LIVE, notice_id__in=ids)
    for posting in rows.order_by("record__occurred_on", "pk"):
        postings[posting.notice_id].append(posting)
    broadcasts: dict[int, list[dt.date]] = {pk: [] for pk in ids}
    for notice_id, day in Broadcast.objects.filter(_LIVE, notice_id__in=ids).values_list(
        "notice_id", "record__occurred_on"
    ):
        broadcasts[notice_id].append(day)
    others: dict[int, list[str]] = {pk: [] for pk in ids}
    for notice_id, form in (
        FormUsed.objects.filter(_LIVE, notice_id__in=ids)
        .order_by("record__occurred_on", "pk")
        .values_list("notice_id", "form")
    ):
        others[notice_id].append(form)
    known = current_catalogue().rules if shown else {}
    return Register(
        quarter,
        tuple(
            RegisterLine(
                notice_id=row.pk,
                title=row.title,
                document_number=row.document_number,
                clause=cited(known[row.rule_key]) if row.rule_key in known else Phrase("", ""),
                published_on=row.record.occurred_on,
                forms=_forms(postings[row.pk], broadcasts[row.pk], others[row.pk]),
                time=_time(row, postings[row.pk]),
            )
            for row in shown
        ),
    )


def registers_published(
    viewer: Actor, unit_id: int, quarter: Quarter
) -> tuple[tuple[UUID, dt.date], ...]:
    """Address and day of the notices by which a register was published, the latest first."""
    rows = Notice.objects.filter(
        _LIVE,
        record__in=visible_records(viewer, unit_id=unit_id, kinds=["disclosure"]),
        register_of=quarter.key,
    ).order_by("-record__occurred_on", "-record_id")
    return tuple(rows.values_list("record__public_id", "record__occurred_on"))


def _forms(postings: list[Posting], broadcasts: list[dt.date], others: list[str]) -> Phrase:
    vi: list[str] = []
    en: list[str] = []
    places = [posting.place for posting in postings if posting.kind != Place.PORTAL]
    if places:
        named = "; ".join(dict.fromkeys(places))
        vi.append(f"niêm yết tại {named}")
        en.append(f"posted at {named}")
    if any(posting.kind == Place.PORTAL for posting in postings) or Form.PORTAL in others:
        vi.append("đăng trên cổng, trang thông tin điện tử")
        en.append("on the web portal")
    if broadcasts:
        days = len(set(broadcasts))
        vi.append(f"phát truyền thanh {days} ngày")
        en.append(f"broadcast on {days} days")
    for form in dict.fromkeys(others):
        if form != Form.PORTAL:
            vi.append(rules.FORM_NAMES[form].vi)
            en.append(rules.FORM_NAMES[form].en)
    said = "; ".join(vi)
    return Phrase(said[:1].upper() + said[1:], "; ".join(en))


def _time(row: Notice, postings: list[Posting]) -> Phrase:
    first = printed(row.record.occurred_on)
    if row.permanent:
        return Phrase(f"Từ {first}, thường xuyên", f"from {first}, permanently")
    ends = [posting.ends_on for posting in postings]
    if not postings:
        return Phrase(first, first)
    if None in ends:
        return Phrase(f"Từ {first}, đang niêm yết", f"from {first}, still posted")
    last = printed(max(end for end in ends if end is not None))
    return Phrase(f"Từ {first} đến {last}", f"{first} to {last}")
