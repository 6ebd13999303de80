"""The quarterly register: content, form and time of what was disclosed (article 13.2; K3).

A published register is frozen. What was written down after it for the same quarter comes in the
next one, told as an addition.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from danchu.core.calendar.words import Phrase, printed
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.law.citing import clause_of
from danchu.core.law.selectors import current_catalogue
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records

from ..models import Broadcast, FormUsed, Interruption, Notice, Posting, RegisterEntry
from ..quarters import Quarter
from ..standing import Gap, standing
from .register_words import forms, headed, hung_time

_ONE_DAY = dt.timedelta(days=1)
_LIVE = Q(record__state=Record.State.RECORDED)


# In Vietnamese, as the rest of the paper that is posted.
WITHDRAWN = "Nội dung này đã rút, không còn công khai"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A content disclosed: which, by which clause, how and when.

    ``remark``: how long each posting hung, its interruptions, what it corrects. ``incomplete``: a
    posting did not hang its least consecutive days, or does not yet. ``added_from``: the earlier
    quarter it belongs to, where that quarter's register was published without it.
    """

    notice_id: int
    title: str
    document_number: str
    clause: Phrase
    published_on: dt.date
    forms: Phrase
    time: Phrase
    remark: Phrase
    incomplete: bool
    added_from: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """What a register of a quarter would hold if it were published now, oldest first."""

    quarter: Quarter
    lines: tuple[RegisterLine, ...]

    @property
    def added(self) -> tuple[RegisterLine, ...]:
        """The lines that belong to an earlier quarter."""
        return tuple(line for line in self.lines if line.added_from is not None)

    @property
    def digest(self) -> str:
        """Tells whether what is published is what was looked at."""
        told = json.dumps(self.as_table(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def as_table(self) -> dict[str, Any]:
        """The lines as the table of a notice, in Vietnamese: it is the paper that is posted."""
        return {
            "header": [
                "TT",
                "Nội dung công khai",
                "Căn cứ",
                "Hình thức công khai",
                "Thời gian công khai",
                "Ghi chú",
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
                    line.remark.vi,
                ]
                for n, line in enumerate(self.lines, start=1)
            ],
            "money": False,
        }


@dataclass(frozen=True, slots=True)
class PublishedRegister:
    """The register of a quarter as it was published; its lines do not change any more."""

    record_id: int
    public_id: UUID
    unit_id: int
    quarter: Quarter
    published_on: dt.date
    number: str
    title: str
    table: dict[str, Any]
    n_added: int


def register_of(viewer: Actor, unit_id: int, quarter: Quarter) -> Register:
    """What the register of a quarter would hold now, of what the viewer may see.

    What stands in a published register is left out, and so are registers. What belongs to an
    earlier quarter whose register was published without it is added. A fixed number of queries,
    whatever the number of notices. Names of lists are no part of it.
    """
    within = Q(record__occurred_on__range=(quarter.start, quarter.end))
    for key in _published_keys(unit_id):
        earlier = Quarter.kept(key)
        if earlier.end < quarter.start:
            within |= Q(record__occurred_on__range=(earlier.start, earlier.end))
    listed = RegisterEntry.objects.filter(
        notice=OuterRef("pk"), register__record__state=Record.State.RECORDED
    )
    records = visible_records(viewer, unit_id=unit_id, kinds=["disclosure"], end=quarter.end)
    shown = list(
        Notice.objects.select_related("record", "corrects__record")
        .filter(_LIVE, within, ~Exists(listed), record__in=records, register_of="")
        .order_by("record__occurred_on", "record_id")
    )
    return Register(quarter, _lines(shown, quarter))


def published_register(viewer: Actor, unit_id: int, quarter: Quarter) -> PublishedRegister | None:
    """The register of a quarter that was published and stands; None for none seen by the viewer."""
    row = (
        Notice.objects.select_related("record")
        .filter(
            _LIVE,
            record__in=visible_records(viewer, unit_id=unit_id, kinds=["disclosure"]),
            register_of=quarter.key,
        )
        .order_by("-record__occurred_on", "-record_id")
        .first()
    )
    if row is None:
        return None
    return PublishedRegister(
        record_id=row.pk,
        public_id=row.record.public_id,
        unit_id=row.record.unit_id,
        quarter=quarter,
        published_on=row.record.occurred_on,
        number=row.document_number,
        title=row.title,
        table=row.table or {"header": [], "rows": [], "money": False},
        n_added=row.entries.exclude(added_from="").count(),
    )


def register_table_now(row: Notice) -> dict[str, Any] | None:
    """The table of a published register as everybody may read it today.

    A line whose content was cancelled or is read inside only says no more than that; inside the
    unit the register stays as it was published. Of any other notice its table as it is.
    """
    table: dict[str, Any] | None = row.table
    if not row.register_of or table is None:
        return table
    gone = row.entries.exclude(
        notice__record__state=Record.State.RECORDED,
        notice__record__visibility=Record.Visibility.PUBLIC,
    )
    orders = set(gone.values_list("order", flat=True))
    rows = [
        [str(n), WITHDRAWN, *("" for _cell in cells[2:])] if n in orders else cells
        for n, cells in enumerate(table["rows"], start=1)
    ]
    return {**table, "rows": rows}


def n_read_inside(viewer: Actor, unit_id: int, quarter: Quarter) -> int:
    """How many contents of a quarter are read inside the unit only; 0 for who may not read them."""
    records = visible_records(
        viewer, unit_id=unit_id, kinds=["disclosure"], start=quarter.start, end=quarter.end
    ).filter(visibility=Record.Visibility.INTERNAL, state=Record.State.RECORDED)
    return records.count()


def _published_keys(unit_id: int) -> list[str]:
    rows = Notice.objects.filter(_LIVE, record__unit_id=unit_id).exclude(register_of="")
    return sorted(set(rows.values_list("register_of", flat=True)))


def _lines(shown: Sequence[Notice], quarter: Quarter) -> tuple[RegisterLine, ...]:
    ids = [row.pk for row in shown]
    postings: dict[int, list[Posting]] = defaultdict(list)
    rows = Posting.objects.select_related("record").filter(_LIVE, notice_id__in=ids)
    for posting in rows.order_by("record__occurred_on", "pk"):
        postings[posting.notice_id].append(posting)
    gaps: dict[int, list[Gap]] = defaultdict(list)
    for gap in Interruption.objects.filter(posting__notice_id__in=ids).order_by("from_on", "pk"):
        gaps[gap.posting_id].append(Gap(gap.from_on, gap.to_on))
    broadcasts: dict[int, dict[str, list[dt.date]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}  # one station however it was written
    for notice_id, key, station, day in (
        Broadcast.objects.filter(_LIVE, notice_id__in=ids)
        .order_by("record__occurred_on", "pk")
        .values_list("notice_id", "station_key", "station", "record__occurred_on")
    ):
        broadcasts[notice_id][names.setdefault(key, station)].append(day)
    others: dict[int, list[str]] = defaultdict(list)
    for notice_id, form in (
        FormUsed.objects.filter(_LIVE, notice_id__in=ids)
        .order_by("record__occurred_on", "pk")
        .values_list("notice_id", "form")
    ):
        others[notice_id].append(form)
    known = current_catalogue().rules if shown else {}
    found = []
    for row in shown:
        hung, own = postings[row.pk], Quarter.of(row.record.occurred_on)
        added_from = own if own != quarter else None
        remark, incomplete = _remark(row, hung, gaps, added_from)
        found.append(
            RegisterLine(
                notice_id=row.pk,
                title=row.title,
                document_number=row.document_number,
                clause=headed(clause_of(known[row.rule_key]))
                if row.rule_key in known
                else Phrase("", ""),
                published_on=row.record.occurred_on,
                forms=forms(hung, broadcasts[row.pk], others[row.pk]),
                time=hung_time(row, hung, gaps),
                remark=remark,
                incomplete=incomplete,
                added_from=added_from,
            )
        )
    return tuple(found)


def _remark(
    row: Notice,
    postings: Sequence[Posting],
    gaps: dict[int, list[Gap]],
    added_from: Quarter | None,
) -> tuple[Phrase, bool]:
    """The remark of a line, places that stand alike told together; whether days are lacking."""
    told: list[Phrase] = []
    if added_from is not None:
        told.append(Phrase(f"Bổ sung {added_from.name.vi}", f"Added from {added_from.name.en}"))
    if row.corrects is not None:
        day = printed(row.corrects.record.occurred_on)
        told.append(Phrase(f"Đính chính nội dung ngày {day}", f"Corrects the content of {day}"))
    places: dict[Phrase, list[str]] = {}
    incomplete = False
    for posting in postings:
        lasted, lacks = _lasted(row, posting, gaps[posting.pk])
        incomplete = incomplete or lacks
        for said in (*_interrupted(gaps[posting.pk]), *lasted):
            places.setdefault(said, []).append(posting.place or posting.link)
    for said, where in places.items():
        names = "; ".join(dict.fromkeys(where))
        alike = len(places) == 1
        told.append(
            Phrase(
                said.vi if alike else f"{names}: {said.vi[:1].lower()}{said.vi[1:]}",
                said.en if alike else f"{names}: {said.en[:1].lower()}{said.en[1:]}",
            )
        )
    return Phrase(". ".join(one.vi for one in told), ". ".join(one.en for one in told)), incomplete


def _interrupted(gaps: Sequence[Gap]) -> list[Phrase]:
    found = []
    for gap in gaps:
        first = printed(gap.from_on)
        if gap.to_on is None:
            found.append(Phrase(f"Gián đoạn từ {first}", f"Interrupted since {first}"))
        elif gap.to_on == gap.from_on:
            found.append(Phrase(f"Gián đoạn ngày {first}", f"Interrupted on {first}"))
        else:
            last = printed(gap.to_on)
            found.append(
                Phrase(f"Gián đoạn từ {first} đến {last}", f"Interrupted {first} to {last}")
            )
    return found


def _lasted(row: Notice, posting: Posting, gaps: Sequence[Gap]) -> tuple[tuple[Phrase, ...], bool]:
    """How long a posting hung against its least days, and whether days are lacking."""
    stands = standing(
        starts_on=posting.record.occurred_on,
        ends_on=posting.ends_on,
        least_days=posting.least_days,
        complete_on=posting.complete_on,
        permanent=row.permanent,
        gaps=gaps,
        # Taken down today it has had its last day: it comes to no more.
        on=max(today(), posting.ends_on + _ONE_DAY) if posting.ends_on else today(),
    )
    if stands.of is None or row.permanent:
        return (), False
    day, of = stands.day, stands.of
    if stands.state == "complete":
        return (Phrase(f"Đủ {of} ngày liên tục", f"{of} consecutive days in full"),), False
    if stands.state == "taken_early":
        return (
            Phrase(
                f"Chưa đủ {of} ngày liên tục: gỡ khi mới {day} ngày",
                f"Short of {of} consecutive days: taken down after {day}",
            ),
        ), True
    if stands.until is None:
        return (Phrase(f"Chưa đủ {of} ngày liên tục", f"Short of {of} consecutive days"),), True
    until = printed(stands.until)
    return (
        Phrase(
            f"Mới {day}/{of} ngày liên tục, đủ vào {until}",
            f"{day} of {of} consecutive days so far, in full on {until}",
        ),
    ), True
