"""What would be refused of a notice, all of it at once, before anything is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Faults, Refusal
from danchu.core.files.models import StoredFile
from danchu.core.law.catalog import UnitKind
from danchu.core.records.inputs import clean_day
from danchu.core.records.models import Record
from danchu.core.text import format_date
from danchu.core.units.selectors import require_unit

from .. import rules
from ..models import Notice, PlannedItem
from .documents import Words, refuse_names_in_files, refuse_too_many
from .inputs import NoticeInput, clean_names_end, cleaned, cleaned_names, require_content
from .listed_names import refuse_listed_names
from .named import NamedRow
from .names import names_beside
from .place_inputs import cleaned_posting, place_key

_DAY = ("occurred_on", "ngày công khai", "day of publication")


@dataclass(frozen=True, slots=True)
class Judged:
    """A notice as it may be written: its day, the kind of its unit, its columns and rows."""

    day: dt.date
    kind: UnitKind
    columns: dict[str, Any]
    named: tuple[NamedRow, ...] | None
    names_end: dt.date | None
    postings: tuple[dict[str, Any], ...]


def judged(
    unit_id: int, occurred_on: dt.date | None, content: NoticeInput, *, is_register: bool = False
) -> Judged:
    """The notice by what it says itself. Raises ``BadInput`` with all that is wrong (``each``)."""
    faults = Faults()
    found = _judge(unit_id, occurred_on, content, faults, is_register=is_register)
    faults.tell()
    assert found is not None
    return found


def refusals_of(
    *, actor: Actor, unit_id: int, occurred_on: dt.date | None, content: NoticeInput
) -> tuple[Refusal, ...]:
    """All that :func:`record_notice` would refuse of a notice, nothing of it written.

    For a form that is wrong anyway, so that the rest is told with it: what could not be read is
    left out of ``content``, and what follows from that is told too. Needs ``records.write``.
    """
    require(actor, "records.write", unit_id)
    faults = Faults()
    _judge(unit_id, occurred_on, content, faults)
    corrects: Notice | None = None
    with faults.noted():
        corrects = corrected(content.corrects_id, unit_id, None)
    with faults.noted():
        refuse_listed_names(names_beside(corrects), content)
    with faults.noted():
        planned(content.planned_item_id, unit_id)
    with faults.noted():
        if content.named:
            handed = [file.public_id for file in content.documents]
            files = StoredFile.objects.filter(
                public_id__in=handed, uploaded_by_id=actor.actor_id, record=None
            )
            words = Words(actor, content.documents)
            names = [row.name for row in content.named]
            refuse_names_in_files(names, files, words, field="documents")
    return faults.found


def _judge(
    unit_id: int,
    occurred_on: dt.date | None,
    content: NoticeInput,
    faults: Faults,
    *,
    is_register: bool = False,
) -> Judged | None:
    """The notice, None where something is wrong; ``faults`` is told what."""
    day: dt.date | None = None
    with faults.noted():
        day = clean_day(occurred_on, *_DAY)
        require_unit(unit_id, day, field="occurred_on")
    if faults.found:
        day = None  # the rest is judged by the unit as it stands today
    kind: UnitKind = "commune"
    with faults.noted():
        kind = rules.kind_of_level(require_unit(unit_id, day or today(), field="occurred_on").level)
    columns: dict[str, Any] = {}
    named: tuple[NamedRow, ...] | None = None
    names_end: dt.date | None = None
    with faults.noted():
        columns, _rule = cleaned(content, kind, day, is_register=is_register)
    with faults.noted():
        named = cleaned_names(content)
    with faults.noted():
        names_end = clean_names_end(content, day)
    with faults.noted():
        require_content(content)
    with faults.noted():
        refuse_too_many(len({file.public_id for file in content.documents}))
    postings: list[dict[str, Any]] = []
    hung: dict[str, tuple[str, dt.date]] = {}
    for n, one in enumerate(content.postings):
        # One whose day is at fault hangs at its place all the same.
        key, place, since = place_key(one.kind, one.place), one.place, one.starts_on or day
        with faults.noted():
            values = cleaned_posting(one, day, f"postings-{n}")
            key, place, since = values["place_key"], values["place"], values["starts_on"]
            postings.append(values)
        if key in hung and place:
            faults.add(hangs_there(*hung[key], None, f"postings-{n}-place"))
        hung.setdefault(key, (place, since or today()))
    if faults.found or day is None:
        return None
    return Judged(day, kind, columns, named, names_end, tuple(postings))


def hangs_there(place: str, began: dt.date, ended: dt.date | None, field: str) -> BadInput:
    """That a notice is posted at a place in those days already."""
    return BadInput(
        f"Nội dung này đã niêm yết tại {place} từ ngày {format_date(began)}"
        + (f" đến {format_date(ended)}." if ended else " và chưa gỡ."),
        f"It is posted at {place} from {format_date(began)}"
        + (f" to {format_date(ended)}." if ended else " on, still hanging."),
        code="overlap",
        field=field,
    )


def planned(item_id: int | None, unit_id: int) -> PlannedItem | None:
    """The line of the unit's plan that a notice carries out."""
    if item_id is None:
        return None
    item = PlannedItem.objects.filter(
        pk=item_id, plan__record__unit_id=unit_id, plan__record__state=Record.State.RECORDED
    ).first()
    if item is None:
        raise BadInput(
            "Nội dung này không có trong kế hoạch của đơn vị.",
            "The unit's plan has no such content.",
            field="planned_item",
        )
    return item


def corrected(notice_id: int | None, unit_id: int, self_: Notice | None) -> Notice | None:
    """The notice of the same unit that a notice corrects; never itself by a detour."""
    if notice_id is None:
        return None
    found = Notice.objects.filter(
        pk=notice_id, record__unit_id=unit_id, record__state=Record.State.RECORDED
    ).first()
    seen = {self_.pk} if self_ is not None else set()
    link = found
    while link is not None and link.pk not in seen:
        seen.add(link.pk)
        link = link.corrects
    if found is None or link is not None:
        raise BadInput(
            "Không tìm thấy nội dung được đính chính trong đơn vị này.",
            "This unit has no such notice to correct.",
            field="corrects",
        )
    return found
