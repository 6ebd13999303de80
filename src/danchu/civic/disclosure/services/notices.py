"""Publishing a notice, correcting and cancelling it, forgetting the names of its list."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from danchu.core.acting import acting_as
from danchu.core.clock import now, today
from danchu.core.contracts import OPERATOR, Actor, require
from danchu.core.errors import BadInput
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_day, clean_line
from danchu.core.records.models import Record
from danchu.core.records.services import (
    cancel_record,
    keep_version,
    open_record,
    touch_figures,
    unchanged_since,
)
from danchu.core.search.services import forget_record
from danchu.core.text import format_date
from danchu.core.units.selectors import require_unit
from danchu.core.units.services import require_held_unit
from danchu.core.work.services import complete_for_record

from .. import rules
from ..models import NamedEntry, Notice, PlannedItem
from ..reminders import no_longer_missing
from .holding import count_again, live_postings, locked_notice, set_names_until, told_everybody
from .inputs import NoticeInput, cleaned, cleaned_names, cleaned_posting
from .named import NamedRow
from .postings import add_to
from .searching import index_notice

_DAY = ("occurred_on", "ngày công khai", "day of publication")


def record_notice(
    *,
    actor: Actor,
    unit_id: int,
    occurred_on: dt.date | None,
    content: NoticeInput,
    client_key: uuid.UUID | None = None,
    register_of: str = "",
) -> Notice:
    """Write down a content made known, with its first postings; the same key twice gives one.

    Needs ``records.write`` over the unit. Raises ``BadInput`` naming the field at fault: a rule
    that was not in force on the day of the document, publication before it, a list of names
    with more than the law wants known.
    """
    require(actor, "records.write", unit_id)
    day = clean_day(occurred_on, *_DAY)
    unit = require_unit(unit_id, day, field="occurred_on")
    kind = rules.kind_of_level(unit.level)
    columns, _rule = cleaned(content, kind, day)
    named = cleaned_names(content)
    postings = [
        cleaned_posting(one, day, f"postings-{n}") for n, one in enumerate(content.postings)
    ]
    public = kind == "commune" if content.public is None else content.public
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="disclosure",
            unit_id=unit_id,
            occurred_on=day,
            visibility=Record.Visibility.PUBLIC if public else Record.Visibility.INTERNAL,
            client_key=client_key,
            author_id=actor.actor_id,
            happened_there=True,
        )
        if not created:
            return Notice.objects.get(record=record)
        notice = Notice.objects.create(
            record=record,
            base_kind=kind,
            register_of=register_of,
            has_names=named is not None,
            names_until=day if named is not None else None,
            planned_item=_planned(content.planned_item_id, unit_id),
            corrects=_corrected(content.corrects_id, unit_id, None),
            **columns,
        )
        _name(notice, named or ())
        for one, values in zip(content.postings, postings, strict=True):
            add_to(actor, notice, values, evidence=one.evidence)
        set_names_until(notice)
        index_notice(notice)
        told_everybody(record)
        if notice.rule_key not in rules.ALWAYS:  # those have to hang
            no_longer_missing(actor, unit_id, notice.rule_key)
        log_action(
            "disclosure.recorded",
            actor=actor,
            record_id=record.pk,
            data={**_snapshot(notice), "postings": len(postings)},
        )
    return notice


def correct_notice(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    occurred_on: dt.date | None,
    content: NoticeInput,
    reason: str,
) -> Notice:
    """Correct what was written down; what stood before is kept as a version with the reason.

    For a slip of the pen in the record. A content that was wrong when it was published is
    corrected by another notice (``NoticeInput.corrects_id``): corrections are published likewise
    (article 14.2). ``named`` None leaves the list as it is; postings are changed one by one.
    ``Conflict`` when somebody changed it since ``version``.
    """
    day = clean_day(occurred_on, *_DAY)
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        notice = locked_notice(record_id)
        record = notice.record
        require(actor, "records.write", record.unit_id)
        require_held_unit(record.unit_id, day, field="occurred_on")
        unchanged_since(record, version)
        kind = rules.kind_of_level(require_unit(record.unit_id, day, field="occurred_on").level)
        columns, _rule = cleaned(content, kind, day)
        named = cleaned_names(content)
        if named is None and notice.has_names and notice.names_forgotten_at is None:
            # The list stays, and none of its names may come into the text by the correction.
            cleaned_names(replace(content, named=_names_of(notice)))
        _not_after_what_followed(notice, day)
        keep_version(record, content=_snapshot(notice), actor=actor, reason=why)
        touch_figures(record)
        for name, value in columns.items():
            setattr(notice, name, value)
        notice.base_kind = kind
        notice.planned_item = _planned(content.planned_item_id, record.unit_id)
        notice.corrects = _corrected(content.corrects_id, record.unit_id, notice)
        if named is not None:
            notice.has_names, notice.names_forgotten_at = True, None
            notice.names_until = notice.names_until or day
        notice.save()
        if named is not None:
            _name(notice, named)
        record.occurred_on = day
        if content.public is not None:
            told_everybody(record)  # what is taken from the citizens' page changes it too
            record.visibility = (
                Record.Visibility.PUBLIC if content.public else Record.Visibility.INTERNAL
            )
            _same_face(notice)
        record.save(update_fields=["occurred_on", "visibility"])
        for posting in live_postings(notice):
            count_again(actor, notice, posting)
        set_names_until(notice)
        touch_figures(record)
        index_notice(notice)
        told_everybody(record)
        log_action("disclosure.corrected", actor=actor, record_id=record.pk, data=_snapshot(notice))
    return notice


def cancel_notice(*, actor: Actor, record_id: int, reason: str) -> None:
    """Cancel a notice written down by mistake, with all that hangs on it. It stays, with the
    reason; the names of its list are overwritten at once."""
    with acting_as(actor):
        notice = locked_notice(record_id)
        require(actor, "records.cancel", notice.record.unit_id)
        for posting in live_postings(notice):
            posting.is_live = False
            posting.save(update_fields=["is_live"])
            if posting.complete_on is not None and posting.complete_on <= today():
                touch_figures(posting.record, day=posting.complete_on)
            complete_for_record(actor=actor, record_id=posting.pk)
        children = [
            *notice.postings.values_list("pk", flat=True),
            *notice.broadcasts.values_list("pk", flat=True),
            *notice.forms_used.values_list("pk", flat=True),
        ]
        live = Record.objects.filter(pk__in=children, state=Record.State.RECORDED)
        for pk in live.order_by("pk").values_list("pk", flat=True):
            cancel_record(actor=actor, record_id=pk, reason=reason, right="records.cancel")
        if notice.has_names:
            _forget(notice)
        forget_record(record_id)
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


def forget_names() -> int:
    """Overwrite the lists of names whose posting has ended; a daily duty. How many lists.

    They went dark on that day already (``selectors``); from now on nobody has them.
    """
    waiting = Notice.objects.filter(
        has_names=True, names_forgotten_at__isnull=True, names_until__lt=today()
    )
    count = 0
    for record_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with acting_as(OPERATOR):
            notice = waiting.select_for_update(of=("self",)).filter(pk=record_id).first()
            if notice is None:
                continue  # posted anew, or forgotten by another worker in between
            _forget(notice)
            told_everybody(notice.record)
            log_action("disclosure.names_forgotten", actor=OPERATOR, record_id=record_id, data={})
            count += 1
    return count


def _forget(notice: Notice) -> None:
    notice.named.update(name="", village="", decision="", level="")
    notice.names_forgotten_at = now()
    notice.save(update_fields=["names_forgotten_at"])


def _name(notice: Notice, rows: Sequence[NamedRow]) -> None:
    """Write the list anew. No version keeps the one before: names are not kept twice."""
    if not notice.has_names:
        return
    notice.named.all().delete()
    NamedEntry.objects.bulk_create(
        NamedEntry(
            notice=notice,
            order=n,
            name=row.name,
            village=row.village,
            decision=row.decision,
            level=row.level,
        )
        for n, row in enumerate(rows, start=1)
    )


def _names_of(notice: Notice) -> tuple[NamedRow, ...]:
    columns = ("name", "village", "decision", "level")
    rows = notice.named.order_by("order").values_list(*columns)
    return tuple(NamedRow(*values) for values in rows)


def _planned(item_id: int | None, unit_id: int) -> PlannedItem | None:
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


def _corrected(notice_id: int | None, unit_id: int, self_: Notice | None) -> Notice | None:
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


def _not_after_what_followed(notice: Notice, day: dt.date) -> None:
    acts = [
        *notice.postings.filter(record__state=Record.State.RECORDED).values_list(
            "record__occurred_on", flat=True
        ),
        *notice.broadcasts.filter(record__state=Record.State.RECORDED).values_list(
            "record__occurred_on", flat=True
        ),
        *notice.forms_used.filter(record__state=Record.State.RECORDED).values_list(
            "record__occurred_on", flat=True
        ),
    ]
    first = min(acts, default=None)
    if first is not None and day > first:
        raise BadInput(
            f"Đã niêm yết hoặc phát từ ngày {format_date(first)}; ngày công khai không thể sau "
            "ngày đó.",
            f"It was posted or broadcast from {format_date(first)} on; it cannot have been "
            "published after that.",
            field="occurred_on",
        )


def _same_face(notice: Notice) -> None:
    """What hangs on a notice is seen by whoever sees the notice."""
    face = notice.record.visibility
    for acts in (notice.postings, notice.broadcasts, notice.forms_used):
        Record.objects.filter(pk__in=acts.values_list("pk", flat=True)).update(visibility=face)


def _snapshot(notice: Notice) -> dict[str, object]:
    """What the notice says, without the names of its list."""
    return {
        "occurred_on": notice.record.occurred_on.isoformat(),
        "rule_key": notice.rule_key,
        "rule_version": notice.rule_version,
        "title": notice.title,
        "text": notice.text,
        "document_number": notice.document_number,
        "decided_on": notice.decided_on.isoformat(),
        "due_on": notice.due_on.isoformat() if notice.due_on else None,
        "permanent": notice.permanent,
        "table": notice.table,
        "named": notice.named.count() if notice.has_names else None,
        "planned_item": notice.planned_item_id,
        "corrects": notice.corrects_id,
        "visibility": notice.record.visibility,
    }
