"""Publishing a notice, correcting and cancelling it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.clock import today
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_day, clean_line
from danchu.core.records.models import Record
from danchu.core.records.services import (
    cancel_record,
    keep_version,
    open_record,
    require_same,
    touch_figures,
    unchanged_since,
)
from danchu.core.search.services import forget_record
from danchu.core.subscriptions.letters import may_have_been_told
from danchu.core.text import format_date
from danchu.core.units.selectors import require_unit
from danchu.core.units.services import require_held_unit
from danchu.core.work.services import complete_for_record

from .. import rules
from ..models import Notice
from .documents import Words, attach_documents, live_documents, refuse_names_in_documents
from .holding import (
    cap_names,
    count_again,
    judged_anew,
    live_postings,
    locked_notice,
    set_names_until,
    told_everybody,
)
from .inputs import (
    NoticeInput,
    clean_names_end,
    cleaned,
    cleaned_names,
    require_content,
)
from .judging import corrected, judged, planned
from .listed_names import refuse_listed_names
from .names import forget_list, names_beside, names_of, refuse_dark_list, write_names
from .postings import add_to
from .reminding import no_longer_missing
from .searching import index_notice
from .sent_again import refuse_alike, require_same_notice, require_standing, snapshot

_DAY = ("occurred_on", "ngày công khai", "day of publication")


def record_notice(
    *,
    actor: Actor,
    unit_id: int,
    occurred_on: dt.date | None,
    content: NoticeInput,
    client_key: uuid.UUID | None = None,
    register_of: str = "",
    alike: bool = False,
) -> Notice:
    """Write down a content made known, with its first postings; the same key twice gives one.

    Needs ``records.write`` over the unit. Raises ``BadInput`` naming each field at fault: a rule
    that was not in force on the day of the document, publication before it, a notice with
    nothing but a title, more of people than the law wants known. What says the same as one that
    stands is asked for first: ``BadInput`` (code "alike") without ``alike``. ``Conflict`` (code
    "sent_before") where the key came with another content before, or what it made was cancelled.
    """
    require(actor, "records.write", unit_id)
    told = judged(unit_id, occurred_on, content, is_register=bool(register_of))
    day, kind, columns, named = told.day, told.kind, told.columns, told.named
    public = kind == "commune" if content.public is None else content.public
    visibility = Record.Visibility.PUBLIC if public else Record.Visibility.INTERNAL
    words = Words(actor, content.documents if named is not None else ())
    with acting_as(actor):
        record, created = open_record(
            actor=actor,
            kind="disclosure",
            unit_id=unit_id,
            occurred_on=day,
            visibility=visibility,
            client_key=client_key,
            author_id=actor.actor_id,
            happened_there=True,
        )
        if not created:
            sent = Notice.objects.select_related("record").get(record=record)
            require_standing(sent)
            if register_of:  # made out of what was there, not typed
                require_same(record, sent.register_of == register_of)
            else:
                require_same_notice(actor, sent, told, content, visibility)
            return sent
        corrects = corrected(content.corrects_id, unit_id, None)
        refuse_listed_names(names_beside(corrects), content)
        if not (alike or register_of):
            refuse_alike(unit_id, columns, named, corrects)
        notice = Notice.objects.create(
            record=record,
            base_kind=kind,
            register_of=register_of,
            has_names=named is not None,
            names_until=day if named is not None else None,
            names_not_after=told.names_end,
            planned_item=planned(content.planned_item_id, unit_id),
            corrects=corrects,
            **columns,
        )
        write_names(notice, named or ())
        attach_documents(actor, notice, content.documents, words)
        for n, (one, values) in enumerate(zip(content.postings, told.postings, strict=True)):
            try:
                add_to(actor, notice, values, evidence=one.evidence)
            except BadInput as refusal:
                refusal.field = f"postings-{n}-{refusal.field}"
                raise
        set_names_until(notice, light=True)
        index_notice(notice)
        told_everybody(record)
        judged_anew(record)
        if notice.rule_key not in rules.ALWAYS:  # those have to hang
            no_longer_missing(actor, unit_id, notice.rule_key)
        log_action(
            "disclosure.recorded",
            actor=actor,
            record_id=record.pk,
            data={**snapshot(notice), "postings": len(told.postings)},
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
    (article 14.2). ``named`` None leaves the list as it is; ``documents`` are added; postings
    are changed one by one. ``Conflict`` when somebody changed it since ``version`` and for a
    register, ``BadInput`` for a new list where the one before has gone dark.
    """
    day = clean_day(occurred_on, *_DAY)
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    words = Words.beside(actor, record_id, content.documents, new_list=content.named is not None)
    with acting_as(actor):
        notice = locked_notice(record_id)
        record = notice.record
        require(actor, "records.write", record.unit_id)
        require_held_unit(record.unit_id, day, field="occurred_on")
        unchanged_since(record, version)
        if notice.register_of:
            raise Conflict(
                "Danh mục đã công khai được giữ nguyên. Nội dung ghi sau vào danh mục quý sau; nếu "
                "lập sai thì hủy danh mục này rồi công khai lại.",
                "A published register stays as it is. What is written down later comes in the "
                "next one; if it was wrong, cancel it and publish it again.",
                code="frozen",
            )
        kind = rules.kind_of_level(require_unit(record.unit_id, day, field="occurred_on").level)
        whole = content
        if content.named is None and notice.has_names and notice.names_forgotten_at is None:
            # The list stays, and none of its names may come into the text by the correction.
            whole = replace(content, named=names_of(notice))
        columns, _rule = cleaned(whole, kind, day)
        listed = cleaned_names(whole)
        named = listed if content.named is not None else None
        first_list = named is not None and not notice.has_names
        if named is not None:
            refuse_dark_list(notice)
        corrects = corrected(content.corrects_id, record.unit_id, notice)
        refuse_listed_names(names_beside(corrects), whole)
        ends = clean_names_end(whole, day)
        require_content(
            content, documents=len(live_documents(notice)) + (1 if notice.has_names else 0)
        )
        _not_after_what_followed(notice, day)
        cap_names(notice)
        keep_version(record, content=snapshot(notice), actor=actor, reason=why)
        touch_figures(record)
        for name, value in columns.items():
            setattr(notice, name, value)
        notice.base_kind = kind
        notice.planned_item = planned(content.planned_item_id, record.unit_id)
        notice.corrects = corrects
        if named is not None:
            notice.has_names, notice.names_forgotten_at = True, None
            notice.names_until = notice.names_until or day
        if ends is not None:
            notice.names_not_after = ends
        notice.save()
        if named is not None:
            write_names(notice, named)
            there = [row.file for row in live_documents(notice) if row.file]
            refuse_names_in_documents(notice, there, words, field="names_text")
        attach_documents(actor, notice, content.documents, words)
        record.occurred_on = day
        if content.public is not None:
            told_everybody(record)  # what is taken from the citizens' page changes it too
            if content.public and record.visibility != Record.Visibility.PUBLIC:
                _shown_first(record)
            record.visibility = (
                Record.Visibility.PUBLIC if content.public else Record.Visibility.INTERNAL
            )
            _same_face(notice)
        record.save(update_fields=["occurred_on", "visibility", "public_at"])
        for posting in live_postings(notice):
            count_again(actor, notice, posting)
        set_names_until(notice, light=first_list)
        touch_figures(record)
        index_notice(notice)
        told_everybody(record)
        judged_anew(record)
        if notice.rule_key not in rules.ALWAYS:  # corrected, it may tell of what was missing
            no_longer_missing(actor, record.unit_id, notice.rule_key)
        log_action("disclosure.corrected", actor=actor, record_id=record.pk, data=snapshot(notice))
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
            forget_list(notice)
        forget_record(record_id)
        judged_anew(notice.record)
        cancel_record(actor=actor, record_id=record_id, reason=reason, right="records.cancel")


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


def _shown_first(record: Record) -> None:
    """Followers of the board are told of it now, unless they may have been before.

    The versions say when it stood public: each what it was until it was changed.
    """
    since = record.created_at
    kept = record.versions.order_by("number").values_list("content__visibility", "changed_at")
    for face, until in kept:
        if face == Record.Visibility.PUBLIC and may_have_been_told(since, until):
            return
        since = until
    record.public_at = clock.now()


def _same_face(notice: Notice) -> None:
    """What hangs on a notice is seen by whoever sees the notice."""
    face = notice.record.visibility
    for acts in (notice.postings, notice.broadcasts, notice.forms_used):
        Record.objects.filter(pk__in=acts.values_list("pk", flat=True)).update(visibility=face)
