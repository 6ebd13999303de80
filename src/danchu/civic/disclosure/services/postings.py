"""Putting a notice up, interruptions, taking it down."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import clean_line
from danchu.core.records.services import (
    cancel_record,
    keep_version,
    open_record,
    require_same_content,
    touch_figures,
)
from danchu.core.text import format_date
from danchu.core.units.services import require_held_unit
from danchu.core.work.services import complete_for_record

from .. import rules
from ..models import Notice, Posting
from .evidence import attach
from .holding import (
    cap_names,
    count_again,
    judged_anew,
    live_postings,
    locked_notice,
    locked_posting,
    posting_to_change,
    set_names_until,
    told_everybody,
)
from .inputs import EvidenceInput, PostingInput, clean_ended
from .judging import hangs_there
from .listed_names import refuse_listed_name
from .names import names_beside
from .place_inputs import cleaned_posting
from .reminding import no_longer_missing

_ONE_DAY = dt.timedelta(days=1)


def add_posting(
    *,
    actor: Actor,
    notice_id: int,
    content: PostingInput,
    client_key: uuid.UUID | None = None,
) -> Posting:
    """Write down that a notice was put up at a place; the same key twice gives the same posting.

    Needs ``records.write``. Raises ``BadInput`` where it hangs at that place already in those
    days, or was put up before the notice was published; ``Conflict`` (code "sent_before") where
    the key came with another posting before.
    """
    with acting_as(actor):
        notice = locked_notice(notice_id)
        record = notice.record
        require(actor, "records.write", record.unit_id)
        values = cleaned_posting(content, record.occurred_on)
        if client_key is not None:
            sent = notice.postings.filter(
                record__author_id=actor.actor_id, record__client_key=client_key
            ).first()
            if sent is not None:
                typed = {**values, "starts_on": values["starts_on"].isoformat()}
                require_same_content(sent.record, told(sent), typed)
                return sent
        refuse_listed_name(names_beside(notice), values["place"], field="place")
        require_held_unit(record.unit_id, values["starts_on"], field="starts_on")
        cap_names(notice)
        posting = add_to(actor, notice, values, evidence=content.evidence, client_key=client_key)
        set_names_until(notice)
        told_everybody(record)
        judged_anew(posting.record)
        log_action("posting.recorded", actor=actor, record_id=posting.pk, data=told(posting))
    return posting


def add_to(
    actor: Actor,
    notice: Notice,
    values: dict[str, Any],
    *,
    evidence: EvidenceInput | None = None,
    client_key: uuid.UUID | None = None,
) -> Posting:
    """Make the rows of a posting; inside the transaction that holds the notice."""
    columns = {key: value for key, value in values.items() if key != "starts_on"}
    _not_twice(notice, columns["place_key"], values["starts_on"], None)
    record, created = open_record(
        actor=actor,
        kind="posting",
        unit_id=notice.record.unit_id,
        occurred_on=values["starts_on"],
        visibility=notice.record.visibility,
        client_key=client_key,
        author_id=actor.actor_id,
    )
    if not created:
        raise Conflict(
            "Phiếu này đã được gửi cho một nội dung khác. Lần niêm yết chưa được ghi; mở lại "
            "trang rồi nhập lại.",
            "This form was already sent for another notice. The posting was not recorded; open "
            "the page again and enter it once more.",
        )
    posting = Posting.objects.create(record=record, notice=notice, **columns)
    count_again(actor, notice, posting)
    if notice.rule_key in rules.ALWAYS:
        no_longer_missing(actor, record.unit_id, notice.rule_key)
    if evidence is not None:
        attach(actor, posting, evidence)
    return posting


def correct_posting(
    *, actor: Actor, posting_id: int, version: int, content: PostingInput, reason: str
) -> Posting:
    """Correct place, first day or link of a posting; what stood before is kept."""
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version)
        record = posting.record
        values = cleaned_posting(content, notice.record.occurred_on)
        refuse_listed_name(names_beside(notice), values["place"], field="place")
        starts_on: dt.date = values.pop("starts_on")
        require_held_unit(record.unit_id, starts_on, field="starts_on")
        _not_twice(notice, values["place_key"], starts_on, posting)
        first_gap = posting.interruptions.order_by("from_on").first()
        if (posting.ends_on and starts_on > posting.ends_on) or (
            first_gap is not None and starts_on > first_gap.from_on
        ):
            raise BadInput(
                "Ngày bắt đầu không thể sau ngày gỡ hoặc ngày bị gián đoạn.",
                "It cannot have been put up after it was taken down or interrupted.",
                field="starts_on",
            )
        keep_version(record, content=told(posting), actor=actor, reason=why)
        touch_figures(record)
        for name, value in values.items():
            setattr(posting, name, value)
        posting.save()
        record.occurred_on = starts_on
        record.save(update_fields=["occurred_on"])
        touch_figures(record)
        recounted(actor, notice, posting)
        log_action("posting.corrected", actor=actor, record_id=posting.pk, data=told(posting))
    return posting


def take_down(
    *,
    actor: Actor,
    posting_id: int,
    version: int,
    on: dt.date | None,
    evidence: EvidenceInput | None = None,
    early: bool = False,
) -> Posting:
    """Write down the last day on which a posting hung, with the picture of its end if there is one.

    Before its least days are over it is asked for first: ``BadInput`` (code "early", field "on")
    without ``early``. It then stays written down as taken down early.
    """
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version)
        record = posting.record
        if posting.ends_on is not None:
            raise Conflict(
                f"Đã ghi gỡ ngày {format_date(posting.ends_on)}.",
                f"It is written down as taken down on {format_date(posting.ends_on)}.",
            )
        last = clean_ended(
            on, record.occurred_on, "on", "ngày cuối niêm yết", "last day of the posting"
        )
        for gap in posting.interruptions.all():
            if gap.from_on > last:
                raise BadInput(
                    f"Đã ghi gián đoạn từ ngày {format_date(gap.from_on)}, sau ngày này.",
                    f"An interruption from {format_date(gap.from_on)}, after that day, is written "
                    "down.",
                    field="on",
                )
        if not early:
            _not_before_its_days(notice, posting, last)
        keep_version(record, content=told(posting), actor=actor)
        # Nobody puts up again what was taken down: the open interruption ends with it.
        posting.interruptions.filter(to_on__isnull=True).update(to_on=last)
        posting.ends_on = last
        posting.save(update_fields=["ends_on"])
        if evidence is not None:
            attach(actor, posting, evidence)
        recounted(actor, notice, posting)
        log_action("posting.taken_down", actor=actor, record_id=posting.pk, data=told(posting))
    return posting


def _not_before_its_days(notice: Notice, posting: Posting, last: dt.date) -> None:
    """Raise ``BadInput`` where the posting has not hung its least consecutive days by ``last``."""
    of, complete = posting.least_days, posting.complete_on
    if of is None or notice.permanent or (complete is not None and complete <= last):
        return
    if complete is None:  # interrupted: no day counts until it is put up again
        raise BadInput(
            f"Đang gián đoạn nên chưa ngày nào được tính; luật yêu cầu ít nhất {of} ngày liên tục.",
            f"It is interrupted, so no day counts yet; the law asks for at least {of} consecutive "
            "days.",
            code="early",
            field="on",
        )
    day = max(0, of - (complete - last).days)
    raise BadInput(
        f"Niêm yết mới được {day} ngày, luật yêu cầu ít nhất {of} ngày liên tục, sớm nhất "
        f"là {format_date(complete)}.",
        f"It hung for {day} {'day' if day == 1 else 'days'}; the law asks for at least {of} "
        f"consecutive days, that is until {format_date(complete)} at the earliest.",
        code="early",
        field="on",
    )


def hang_again(*, actor: Actor, posting_id: int, version: int, reason: str) -> Posting:
    """Take back a taking down that was written by mistake.

    An interruption that only ended with it is open again: nobody put the paper up meanwhile.
    """
    why = clean_line(reason, "reason", "lý do sửa", "reason for the correction", limit=500)
    with acting_as(actor):
        notice, posting = posting_to_change(actor, posting_id, version)
        record = posting.record
        if posting.ends_on is None:
            raise Conflict("Lần niêm yết này chưa ghi gỡ.", "This posting was not taken down.")
        keep_version(record, content=told(posting), actor=actor, reason=why)
        if _was_interrupted(posting):
            posting.interruptions.filter(to_on=posting.ends_on).update(to_on=None)
        posting.ends_on = None
        _not_twice(notice, posting.place_key, record.occurred_on, posting)
        posting.save(update_fields=["ends_on"])
        recounted(actor, notice, posting)
        log_action("posting.hangs_again", actor=actor, record_id=posting.pk, data=told(posting))
    return posting


def _was_interrupted(posting: Posting) -> bool:
    """Whether an interruption was open when the posting was taken down, as its version tells."""
    for version in posting.record.versions.order_by("-number"):
        if version.content["ends_on"] is None:  # the last before it was taken down
            return any(to_on is None for _from_on, to_on, _why in version.content["interruptions"])
    return False


def cancel_posting(*, actor: Actor, posting_id: int, reason: str) -> None:
    """Cancel a posting written down by mistake. It stays, with the reason."""
    with acting_as(actor):
        notice, posting = locked_posting(posting_id)
        require(actor, "records.cancel", posting.record.unit_id)
        cap_names(notice)
        posting.is_live = False
        posting.save(update_fields=["is_live"])
        recounted(actor, notice, posting)
        complete_for_record(actor=actor, record_id=posting.pk)
        cancel_record(actor=actor, record_id=posting_id, reason=reason, right="records.cancel")
        set_names_until(notice)


def recounted(actor: Actor, notice: Notice, posting: Posting) -> None:
    """Count the days anew after a change, and tell whoever rests on them."""
    count_again(actor, notice, posting)
    set_names_until(notice)
    told_everybody(posting.record)
    judged_anew(posting.record)


def _not_twice(notice: Notice, place_key: str, starts_on: dt.date, self_: Posting | None) -> None:
    """One notice hangs at one place once: two postings there may not share a day."""
    last = (self_.ends_on if self_ is not None else None) or dt.date.max
    for other in live_postings(notice):
        if other.place_key != place_key or (self_ is not None and other.pk == self_.pk):
            continue
        began, ended = other.record.occurred_on, other.ends_on or dt.date.max
        if starts_on <= ended and began <= last:
            raise hangs_there(other.place, began, other.ends_on, "place")


def told(posting: Posting) -> dict[str, object]:
    """A posting as its versions and the ledger keep it."""
    return {
        "starts_on": posting.record.occurred_on.isoformat(),
        "kind": posting.kind,
        "place": posting.place,
        "link": posting.link,
        "ends_on": posting.ends_on.isoformat() if posting.ends_on else None,
        "interruptions": [
            [gap.from_on.isoformat(), gap.to_on.isoformat() if gap.to_on else None, gap.reason]
            for gap in posting.interruptions.order_by("from_on", "pk")
        ],
    }
